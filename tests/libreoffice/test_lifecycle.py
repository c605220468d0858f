"""Starting, attaching to, losing and ending LibreOffice: no file harmed, nothing left running."""

import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings as xw

from addin import libreoffice
from addin.libreoffice.office import started
from addin.libreoffice.programs import soffice
from tests.contract.hosts import write_xlsx


@pytest.fixture
def own() -> Iterator[xw.App]:
    """An office of this test alone, which answers within five seconds or hangs."""
    engine = libreoffice.register(strict=True, answer=5.0)
    app = engine.apps.add(add_book=False)
    libreoffice.register(strict=True)
    yield app
    app.kill()


def is_running(pid: int) -> bool:
    """Whether a process is there; one that nobody waited for counts as running."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def goes(pid: int) -> bool:
    """Whether a process ends within a while."""
    until = time.monotonic() + 30
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.1)
    return not is_running(pid)


def test_an_office_that_we_started_ends_with_its_app(own: xw.App) -> None:
    office = own.impl.office
    pids = (office.owned.pid, office._bridge.pid)
    assert all(map(is_running, pids))
    own.quit()
    assert not any(map(is_running, pids))
    assert all(app.pid != own.pid for app in libreoffice.register(strict=True).apps)


def test_a_crash_is_told_and_harms_no_file(own: xw.App, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "buku.xlsx", {"Data": [["isi"]]})
    before = file.read_bytes()
    book = own.books.open(file)
    book.sheets[0]["A1"].value = "lain"
    office = own.impl.office
    os.kill(office.owned.pid, signal.SIGKILL)
    with pytest.raises(libreoffice.OfficeLost, match="saved last"):
        book.save()
    with pytest.raises(libreoffice.OfficeLost):
        book.sheets[0]["A1"].value = "again"
    assert file.read_bytes() == before
    assert [f.name for f in tmp_path.iterdir()] == ["buku.xlsx"]
    assert not is_running(office.owned.pid)
    assert not is_running(office._bridge.pid)


def test_an_office_that_hangs_is_ended_after_a_while(own: xw.App, tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "buku.xlsx", {"Data": [["isi"]]})
    before = file.read_bytes()
    book = own.books.open(file)
    office = own.impl.office
    os.kill(office.owned.pid, signal.SIGSTOP)
    with pytest.raises(libreoffice.OfficeHangs, match="5 seconds"):
        book.sheets[0]["A1"].value = "lain"
    assert not is_running(office.owned.pid)
    assert not is_running(office._bridge.pid)
    assert file.read_bytes() == before


def test_a_crash_while_saving_leaves_the_old_file_or_the_new_one(
    own: xw.App, tmp_path: Path
) -> None:
    rows = [[f"baris {n} x", n] for n in range(20_000)]
    file = write_xlsx(tmp_path / "buku.xlsx", {"Data": rows})
    before = file.read_bytes()
    own.impl.office.answer = 60.0
    book = own.books.open(file)
    book.sheets[0]["C1"].value = "lain"
    killer = threading.Timer(0.3, os.kill, (own.impl.office.owned.pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(libreoffice.OfficeLost):
        _save_on_and_on(book)
    killer.join()
    assert file.read_bytes() == before or zipfile.ZipFile(file).testzip() is None


def _save_on_and_on(book: xw.Book) -> None:
    for _ in range(50):
        book.save()


def test_an_office_ends_when_the_program_that_started_it_is_killed() -> None:
    code = (
        "import sys, time; from addin.libreoffice.office import started; o = started();"
        "print(o.owned.pid, o._bridge.pid, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        pids = [int(pid) for pid in program.stdout.readline().split()]
        program.kill()
    assert all(map(goes, pids))


def test_two_offices_do_not_disturb_each_other(own: xw.App) -> None:
    other = started()
    try:
        number = other.call("books.add")
        assert other.call("books.paths")[0][0] == number
        assert len(own.books) == 0
    finally:
        other.close()
    own.books.add()
    assert len(own.books) == 1


def test_the_office_of_the_user_is_attached_to_and_stays_open(tmp_path: Path) -> None:
    file = write_xlsx(tmp_path / "buku.xlsx", {"Data": [["isi"]]})
    profile = (tmp_path / "profil").as_uri()
    command = [str(soffice()), "--headless", "--norestore", f"-env:UserInstallation={profile}"]
    users = _settled(command, str(file), tmp_path)
    try:
        app = libreoffice.attach(profile=profile)
        assert [book.name for book in app.books] == ["buku.xlsx"]
        app.books[0].sheets[0]["A1"].value = "dari luar"
        app.books[0].save()
        bridge = app.impl.office._bridge.pid
        app.quit()
        assert users.poll() is None
        assert not is_running(bridge)
    finally:
        users.terminate()
        users.wait(30)
    assert b"dari luar" in zipfile.ZipFile(file).read("xl/sharedStrings.xml")


def _settled(command: list[str], file: str, folder: Path) -> subprocess.Popen[bytes]:
    """The user's office with a file open: its lock file tells when."""
    subprocess.run([*command, "--terminate_after_init"], check=True, timeout=120)
    users = subprocess.Popen([*command, file])
    until = time.monotonic() + 60
    while not (folder / ".~lock.buku.xlsx#").exists() and time.monotonic() < until:
        time.sleep(0.1)
    return users


def test_attaching_where_nothing_is_open_says_so(tmp_path: Path) -> None:
    with pytest.raises(libreoffice.OfficeLost):
        libreoffice.attach(address="pipe,name=nothing-listens-here")


def test_a_machine_without_libreoffice_is_told_what_to_install(tmp_path: Path) -> None:
    code = "from addin.libreoffice.programs import soffice; soffice.__wrapped__()"
    hidden = {**os.environ, "PATH": str(tmp_path), "LIBREOFFICE_SOFFICE": str(tmp_path / "none")}
    code = f"import addin.libreoffice.programs as p; p._USUAL = (); {code}"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=hidden, capture_output=True, text=True, check=False)
    assert "Install it (Debian: libreoffice-calc and python3-uno)" in done.stderr
