"""Files that are no workbook, damaged, dangerous or held by somebody else, and what is said."""

import errno
import resource
import shutil
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from addin.hosts import errors, open_workbook
from addin.hosts.base import SetCell, SheetEdit
from addin.hosts.xlsx.package import package_of
from tests.contract.hosts import write_xlsx

EDIT = [SheetEdit("Journal", (SetCell(1, 1, "new"),))]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "ledger.xlsx", {"Journal": [["old", 1]]})


def rezipped(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The workbook with its parts changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, change(name, content))
    return path


def with_member(path: Path, name: str, content: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def all_errors() -> list[type[errors.HostError]]:
    return errors.HostError.__subclasses__()


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.__name__)
def test_an_error_has_a_code_and_both_languages(error: type[errors.HostError]) -> None:
    names = ("name", "reason", "who", "lock", "sheet", "table", "cell", "program", "account")
    facts = dict.fromkeys(names, "X1")
    words = error(**facts, length=40000).words
    assert set(words) == {"id", "en"}
    assert words["id"] != words["en"]
    assert all("X1" in text and "{" not in text for text in words.values())
    assert sum(other.code == error.code for other in all_errors()) == 1
    assert error.code.isidentifier()
    assert error.code.islower()


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(errors.WorkbookMissing, match=r"absent\.xlsx"):
        open_workbook(tmp_path / "absent.xlsx")


@pytest.mark.parametrize("content", [b"", b"Date;Account\n", b"%PDF-1.7", b"\xd0\xcf\x11\xe0"])
def test_a_file_of_another_kind_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(content)
    with pytest.raises(errors.NotAWorkbook):
        open_workbook(other)


def test_a_zip_file_of_another_kind_is_no_workbook(tmp_path: Path) -> None:
    other = with_member(tmp_path / "other.xlsx", "content.xml")
    with pytest.raises(errors.NotAWorkbook):
        open_workbook(other)


def test_a_workbook_with_a_password_is_named_so(tmp_path: Path) -> None:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    (tmp_path / "secret.xlsx").write_bytes(header + "EncryptedPackage".encode("utf-16-le"))
    (tmp_path / "old.xls").write_bytes(header + "Workbook".encode("utf-16-le"))
    with pytest.raises(errors.EncryptedWorkbook):
        open_workbook(tmp_path / "secret.xlsx")
    with pytest.raises(errors.NotAWorkbook):
        open_workbook(tmp_path / "old.xls")


def test_a_zip_file_with_a_password_is_encrypted(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(errors.EncryptedWorkbook):
        open_workbook(path)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_damaged(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(errors.DamagedWorkbook):
        open_workbook(path)


def test_changed_bytes_in_a_sheet_are_noticed(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(errors.DamagedWorkbook):
        open_workbook(path).read("Journal")


def test_a_sheet_whose_rows_are_out_of_order_is_not_patched(path: Path) -> None:
    rows = b'<sheetData><row r="5"/><row r="2"/></sheetData>'

    def change(name: str, content: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return content
        start, end = content.index(b"<sheetData>"), content.index(b"</sheetData>")
        return content[:start] + rows + content[end + len(b"</sheetData>") :]

    with pytest.raises(errors.DamagedWorkbook):
        open_workbook(rezipped(path, change)).write([SheetEdit("Journal", (SetCell(9, 1, 1),))])


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/../../evil", "C:/evil.xml"])
def test_a_part_that_leaves_the_file_is_dangerous(path: Path, name: str) -> None:
    with pytest.raises(errors.DangerousWorkbook, match="path"):
        open_workbook(with_member(path, name))


def test_a_part_that_stands_twice_is_dangerous(path: Path) -> None:
    with pytest.raises(errors.DangerousWorkbook, match="twice"):
        open_workbook(with_member(path, "XL/workbook.xml"))


def test_a_zip_bomb_is_not_inflated(path: Path) -> None:
    with pytest.raises(errors.DangerousWorkbook, match="bomb"):
        open_workbook(with_member(path, "xl/media/image1.bin", bytes(80 * 1024**2)))


def test_a_part_that_is_larger_than_it_says_is_not_inflated(path: Path) -> None:
    with_member(path, "xl/bomb.xml", bytes(1024**2))
    content = bytearray(path.read_bytes())
    size = struct.pack("<L", 1024**2)
    at = content.rindex(size)
    content[at : at + 4] = struct.pack("<L", 10)
    path.write_bytes(content)
    package = package_of(path.read_bytes(), path.name)
    with pytest.raises(errors.DamagedWorkbook):
        package.read("xl/bomb.xml")


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"]
)
def test_xml_with_entities_is_dangerous(path: Path, part: str) -> None:
    dtd = b'<!DOCTYPE a [<!ENTITY b "boom">]>'

    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"?>", b"?>" + dtd, 1) if name == part else content

    rezipped(path, change)
    with pytest.raises(errors.DangerousWorkbook, match="DTD"):
        open_workbook(path).read("Journal")


def test_xml_in_another_encoding_cannot_hide_entities(path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.decode().encode("utf-16") if name == "xl/workbook.xml" else content

    with pytest.raises(errors.NotAWorkbook):
        open_workbook(rezipped(path, change))


def test_a_file_open_in_excel_is_read_but_not_written(path: Path) -> None:
    name = b"\x0aBudi Wijay" + b" " * 44 + "Budi".encode("utf-16-le")
    (path.parent / "~$ledger.xlsx").write_bytes(name)
    workbook = open_workbook(path)
    assert workbook.read("Journal").rows == [["old", 1]]
    with pytest.raises(errors.WorkbookIsOpen, match=r"Budi Wijay.*~\$ledger\.xlsx"):
        workbook.write(EDIT)


def test_a_file_open_in_libreoffice_is_not_written(path: Path) -> None:
    lock = path.parent / ".~lock.ledger.xlsx#"
    lock.write_text(",sari,pc-7,22.11.2026 10:00,file:///home/sari/.config/libreoffice/4;")
    with pytest.raises(errors.WorkbookIsOpen, match="sari"):
        open_workbook(path).write(EDIT)


def test_a_file_that_excel_opened_after_the_write_is_not_saved(path: Path) -> None:
    workbook = open_workbook(path)
    workbook.write(EDIT)
    before = path.read_bytes()
    (path.parent / "~$ledger.xlsx").write_bytes(b"\x01B")
    with pytest.raises(errors.WorkbookIsOpen):
        workbook.save()
    assert path.read_bytes() == before


def test_two_writers_at_once_are_kept_apart(path: Path) -> None:
    first, second = open_workbook(path), open_workbook(path)
    first.write(EDIT)
    with pytest.raises(errors.WorkbookIsOpen, match="Lajur"):
        second.replace("Journal", [])
    first.close()
    second.write(EDIT)
    second.close()
    assert sorted(each.name for each in path.parent.iterdir()) == ["ledger.xlsx"]


def test_the_lock_of_a_program_that_died_is_no_lock(path: Path) -> None:
    dying = (
        "import os, sys; from addin.hosts import open_workbook\n"
        "from tests.hosts.test_xlsx_safety import EDIT\n"
        "workbook = open_workbook(sys.argv[1]); workbook.write(EDIT); os._exit(7)"
    )
    root = Path(__file__).parents[2]
    died = subprocess.run([sys.executable, "-c", dying, path], cwd=root, check=False)
    assert died.returncode == 7
    assert (path.parent / ".~lajur.ledger.xlsx.lock").exists()
    workbook = open_workbook(path)
    workbook.write(EDIT)
    workbook.save()
    workbook.close()
    assert open_workbook(path).read("Journal").rows == [["new", 1]]


def test_what_another_program_saved_is_not_overwritten(path: Path, tmp_path: Path) -> None:
    workbook = open_workbook(path)
    workbook.write(EDIT)
    other = write_xlsx(tmp_path / "other.xlsx", {"Journal": [["theirs"]]})
    shutil.copy(other, path)
    with pytest.raises(errors.WorkbookChanged):
        workbook.save()
    assert open_workbook(path).read("Journal").rows == [["theirs"]]


def test_a_workbook_that_was_saved_since_it_was_read_is_not_written(path: Path) -> None:
    stale, quick = open_workbook(path), open_workbook(path)
    quick.write(EDIT)
    quick.save()
    quick.close()
    with pytest.raises(errors.WorkbookChanged):
        stale.write(EDIT)


def test_a_read_only_file_is_not_written(path: Path) -> None:
    path.chmod(stat.S_IRUSR)
    workbook = open_workbook(path)
    with pytest.raises(errors.ReadOnlyWorkbook):
        workbook.write(EDIT)


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """A disk with little room, as the system's limit on the size of a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_old_file(path: Path) -> None:
    workbook = open_workbook(path)
    workbook.write(EDIT)
    before = path.read_bytes()
    with files_no_longer_than(len(before) // 2), pytest.raises(errors.DiskFull) as raised:
        workbook.save()
    assert isinstance(raised.value.__cause__, OSError)
    assert raised.value.__cause__.errno == errno.EFBIG
    assert path.read_bytes() == before
    workbook.save()
    workbook.close()
    assert open_workbook(path).read("Journal").rows == [["new", 1]]
    assert sorted(each.name for each in path.parent.iterdir()) == ["ledger.xlsx", "ledger.xlsx.bak"]


def test_the_backup_is_the_state_before_the_first_save(path: Path) -> None:
    before = path.read_bytes()
    workbook = open_workbook(path)
    for value in ("one", "two"):
        workbook.write([SheetEdit("Journal", (SetCell(1, 1, value),))])
        workbook.save()
    backup = path.with_name("ledger.xlsx.bak")
    assert backup.read_bytes() == before
    assert open_workbook(path).read("Journal").rows == [["two", 1]]


def test_saving_keeps_the_permissions_and_follows_a_link(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    workbook = open_workbook(link)
    workbook.write(EDIT)
    workbook.save()
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert open_workbook(path).read("Journal").rows == [["new", 1]]


def test_saving_nothing_touches_nothing(path: Path) -> None:
    before = path.stat()
    open_workbook(path).save()
    after = path.stat()  # reading may set the time of the last access
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert [each.name for each in path.parent.iterdir()] == ["ledger.xlsx"]
