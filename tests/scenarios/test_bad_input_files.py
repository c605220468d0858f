"""What a file gets that cannot be synchronised: a sentence with what to do, and no byte changed."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msoffcrypto.format.ooxml
import openpyxl
import pytest

from tests.scenarios.front_desk import (
    COULD_NOT,
    DONE,
    JOURNAL,
    Desk,
    Said,
    assert_all_is_well,
    row_at,
)
from tests.scenarios.office import entry, type_rows, worksheet

Spoil = Callable[[Path], None]
BOUND_BY_PERMISSIONS = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
LAJUR = "from addin.cli import main; main()"


def typed(desk: Desk) -> Path:
    """A ledger with an entry that was typed and not sent yet."""
    file = desk.new()
    type_rows(file, JOURNAL, entry("JV-1", 1_250_000))
    return file


# --- ways to spoil a file ---------------------------------------------------------------------


def rewritten(file: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The same zip file with its parts changed."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, change(name, content))


def not_ours(file: Path) -> None:
    own = openpyxl.Workbook()
    own["Sheet"].append(["Tanggal", "Akun", "Debit"])
    own.save(file)


def a_text_file(file: Path) -> None:
    file.write_text("Tanggal;Akun;Debit\n", encoding="utf-8")


def cut_off(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def zip_bomb(file: Path) -> None:
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(80 * 1024**2))


def with_entities(file: Path) -> None:
    laughs = b'<!DOCTYPE lol [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;">]>'

    def change(name: str, content: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return content
        return content.replace(b"<worksheet", laughs + b"<worksheet", 1)

    rewritten(file, change)


def with_password(file: Path) -> None:
    plain, locked = io.BytesIO(file.read_bytes()), io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("rahasia", locked)
    file.write_bytes(locked.getvalue())


def without_journal(file: Path) -> None:
    opened = openpyxl.load_workbook(file)
    opened.remove(worksheet(opened, "ledger", "journal"))
    opened.save(file)


def without_headings(file: Path) -> None:
    opened = openpyxl.load_workbook(file)
    sheet = worksheet(opened, "ledger", "journal")
    sheet.tables.clear()
    sheet.delete_rows(1)
    opened.save(file)


def of_no_company_here(file: Path) -> None:
    opened = openpyxl.load_workbook(file)
    rows = opened["_lajur_meta"].iter_rows()
    company = next(row for row in rows if row[0].value == "company")[1]
    for sheet in opened.worksheets:  # Setup says it too
        for cell in (cell for row in sheet.iter_rows(max_row=30) for cell in row):
            if cell is not company and str(cell.value).split(" ")[0] == company.value:
                cell.value = "lain"
    company.value = "lain"
    opened.save(file)


SPOILT: dict[str, tuple[Spoil, str, str, str]] = {
    "a workbook that is not ours": (not_ours, "not_our_workbook", "salin isian", "copy your rows"),
    "a text file": (a_text_file, "not_a_workbook", "simpan sebagai Excel", "save it as Excel"),
    "an empty file": (emptied, "not_a_workbook", "bukan berkas .xlsx", "is not an .xlsx"),
    "a truncated zip": (cut_off, "damaged_workbook", "Salin ulang", "Copy it again"),
    "a zip bomb": (zip_bomb, "dangerous_workbook", "tidak aman", "not safe"),
    "xml with entities": (with_entities, "dangerous_workbook", "tidak aman", "not safe"),
    "a password": (with_password, "encrypted_workbook", "Hapus kata sandi", "Remove the password"),
    "a missing sheet": (without_journal, "missing_sheet", "Lembar Jurnal", "sheet Journal"),
    "missing headings": (without_headings, "missing_sheet", "baris judul", "row of headings"),
    "another company": (of_no_company_here, "wrong_company", "perusahaan lain", "company lain"),
}


@pytest.mark.parametrize(("spoil", "code", "indonesian", "english"), SPOILT.values(), ids=SPOILT)
def test_a_file_that_cannot_be_done_is_named_and_left_as_it_is(
    desk: Desk, spoil: Spoil, code: str, indonesian: str, english: str
) -> None:
    good = typed(desk)
    file = good.with_name("kiriman.xlsx")
    shutil.copy(good, file)
    spoil(file)
    before = contents(desk.folder)

    said = desk.sync(file)

    assert_could_not(desk, file, said, code)
    assert {"id": indonesian, "en": english}[desk.language] in said.error["message"]
    assert contents(desk.folder) == before
    assert not desk.kept(JOURNAL)
    shutil.copy(good, file)
    assert_all_is_well(file, desk.sync(file))
    assert desk.keys(JOURNAL) == {"JV-1"}


@pytest.mark.parametrize(
    "command", ["status", "validate", "pull", "resolve", "history FILE journal 2", "watch"]
)
def test_every_command_says_why_it_could_not(english_desk: Desk, command: str) -> None:
    file = english_desk.folder / "kiriman.xlsx"
    not_ours(file)
    words = [str(file) if word == "FILE" else word for word in command.split()]
    words += [] if str(file) in words else [str(file)]
    said = english_desk.run(*words, "--json", *(["--times", "1"] if command == "watch" else []))
    assert_could_not(english_desk, file, said, "not_our_workbook", repeated=False)


def test_one_bad_file_does_not_stop_the_others(english_desk: Desk) -> None:
    good = typed(english_desk)
    bad = english_desk.folder / "kiriman.xlsx"
    a_text_file(bad)
    said = english_desk.run("sync", str(bad), str(good), str(english_desk.folder / "absent.xlsx"))
    assert said.status == COULD_NOT
    assert "kiriman.xlsx is not" in said.text
    assert "absent.xlsx was not found" in said.text
    assert english_desk.keys(JOURNAL) == {"JV-1"}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder: nothing is changed, and nothing is left behind."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def assert_could_not(
    desk: Desk, file: Path, said: Said, code: str, *, repeated: bool = True
) -> None:
    """Exit status 2, one sentence that names the cause, the same with and without `--json`."""
    assert (said.status, said.error["code"], said.reply["file"]) == (COULD_NOT, code, str(file))
    message = said.error["message"]
    assert message.endswith(".")
    if repeated:
        plain = desk.run("sync", str(file))
        assert plain.status == COULD_NOT
        assert plain.text.strip() == f"{file}: {message}"


# --- a file that must not, or cannot, be written ----------------------------------------------


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into."""
    with tempfile.TemporaryDirectory(prefix="lajur-desk-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def sync_as(desk: Desk, file: Path, longest: int | None = None) -> Said:
    """`lajur sync` in a process of its own, which permissions bind even if it is root's.

    `longest` is the largest file that the process may write, as on a disk that is nearly full.
    """
    env = {**os.environ, "LAJUR_TOKEN": desk.token, "LAJUR_LANG": desk.language, "HOME": "/"}
    bound = BOUND_BY_PERMISSIONS if os.geteuid() == 0 else []

    def limit() -> None:
        if longest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (longest, longest))

    done = subprocess.run(
        [*bound, sys.executable, "-c", LAJUR, "sync", str(file), "--json"],
        cwd=Path(__file__).parents[2],
        env=env,
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return Desk.said(done.returncode, done.stdout)


def test_a_read_only_file_is_told_before_anything_is_sent(desk: Desk, open_folder: Path) -> None:
    desk.folder = open_folder
    file = typed(desk)
    file.chmod(0o444)
    open_folder.chmod(0o555)
    before = contents(open_folder)

    said = sync_as(desk, file)

    assert (said.status, said.error["code"]) == (COULD_NOT, "read_only_workbook")
    assert {"id": "hanya dapat dibaca", "en": "read-only"}[desk.language] in said.error["message"]
    assert contents(open_folder) == before
    assert not desk.kept(JOURNAL)
    open_folder.chmod(0o755)
    file.chmod(0o644)
    assert_all_is_well(file, desk.sync(file))


def test_a_file_in_a_read_only_folder_is_told(desk: Desk, open_folder: Path) -> None:
    desk.folder = open_folder
    file = typed(desk)
    file.chmod(0o666)
    open_folder.chmod(0o555)
    said = sync_as(desk, file)
    assert (said.status, said.error["code"]) == (COULD_NOT, "read_only_workbook")
    assert not desk.kept(JOURNAL)


def test_a_file_that_one_may_not_read_is_told(english_desk: Desk, open_folder: Path) -> None:
    english_desk.folder = open_folder
    file = typed(english_desk)
    file.chmod(0o000)
    said = sync_as(english_desk, file)
    assert (said.status, said.error["code"]) == (COULD_NOT, "unreadable_workbook")
    assert "permission" in said.error["message"]


def test_a_full_disk_sends_nothing_and_keeps_the_file(desk: Desk, open_folder: Path) -> None:
    desk.folder = open_folder
    open_folder.chmod(0o777)
    file = typed(desk)
    file.chmod(0o666)
    before = contents(open_folder)

    said = sync_as(desk, file, longest=len(file.read_bytes()) // 2)

    assert (said.status, said.error["code"]) == (COULD_NOT, "disk_full")
    assert {"id": "kosongkan ruang", "en": "free some space"}[desk.language] in (
        said.error["message"]
    )
    assert contents(open_folder) == before
    assert not desk.kept(JOURNAL)
    assert_all_is_well(file, desk.sync(file))
    assert row_at(file, JOURNAL, 2)["status"].startswith("✓")


def _fails(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode != 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 1 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "lajur", str(folder)]
    if sys.platform != "linux" or _fails(mount):
        pytest.skip("this user may not mount a small disk; the limit on file size stands for it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_is_told(desk: Desk, small_disk: Path) -> None:
    desk.folder = small_disk
    file = typed(desk)
    before = file.read_bytes()
    filler = small_disk / "foto-liburan.jpg"
    filler.write_bytes(bytes(960 * 1024 - len(before)))

    said = desk.sync(file)

    assert (said.status, said.error["code"]) == (COULD_NOT, "disk_full")
    assert file.read_bytes() == before
    assert not desk.kept(JOURNAL)
    filler.unlink()
    said = desk.sync(file)
    assert said.status == DONE
    assert desk.keys(JOURNAL) == {"JV-1"}


def test_what_is_no_file_is_said_to_be_missing(english_desk: Desk, open_folder: Path) -> None:
    english_desk.folder = open_folder
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    for file in (closed, closed / "ledger.xlsx", open_folder / f"{'x' * 300}.xlsx"):
        said = sync_as(english_desk, file)
        assert (said.status, said.error["code"]) == (COULD_NOT, "workbook_missing")
