"""`lajur watch`: what is saved is sent, what others send comes in, and nobody presses a key."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.testing import CliRunner

from addin.attendant import Attendant
from addin.cli import app
from addin.hosts.base import Workbook
from addin.notices import Binding, Notices, pause
from addin.runs import Run, sync_workbook
from addin.watching import Done, Pace, Watch, watch
from sync_server.companies import add_company, add_person
from tests.scenarios.front_desk import serving as served_at
from tests.scenarios.office import Office, entry, seen, type_rows
from tests.scenarios.test_commands import JOURNAL, serving
from workbook_templates.schema import Company

PATIENCE_S = 60.0
PACE = Pace(every=3600, settle=0.1, look=0.05)


@pytest.fixture
def file(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A blank ledger, bound to a running server."""
    office.client("rina")
    monkeypatch.setenv("LAJUR_TOKEN", office.tokens["rina", "contoh"])
    monkeypatch.setenv("LAJUR_LANG", "en")
    with serving(office) as address:
        made = office.folder / "ledger.xlsx"
        bound = ("--company", "contoh", "--server", address, "--lang", "en")
        assert lajur("new", "ledger", "-o", made, *bound) == 0
        yield made


@dataclass
class Watched:
    """A watch in a thread."""

    wake: Event = field(default_factory=Event)
    end: Event = field(default_factory=Event)
    syncs: list[Done] = field(default_factory=list)


@contextmanager
def watching(file: Path, pace: Pace = PACE) -> Iterator[Watched]:
    """Watches a file until the end of the block."""
    watched, attending = Watched(), Attendant(as_json=True)
    notices = Notices(watched.wake)

    def sync(name: str) -> Done:
        watched.syncs.append(attending.sync(name))
        return watched.syncs[-1]

    given = Watch(sync, notices.head, pace, watched.wake, watched.end)
    thread = Thread(target=watch, args=(given, [str(file)]))
    thread.start()
    try:
        yield watched
    finally:
        watched.end.set()
        watched.wake.set()
        notices.close()
        thread.join(PATIENCE_S)
    assert not thread.is_alive()


def lajur(*arguments: object) -> int:
    """Exit status of one command; the watch in its thread prints into the same output."""
    result = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code


def until(found: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not found():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def test_a_file_is_synced_when_it_was_saved(office: Office, file: Path) -> None:
    with watching(file) as watched:
        until(lambda: watched.syncs)
        type_rows(file, JOURNAL, entry("JV-1", 100))
        until(lambda: office.kept(JOURNAL))
    assert watched.syncs[-1].status == 0


def test_our_own_saving_is_no_reason_to_sync_again(office: Office, file: Path) -> None:
    type_rows(file, JOURNAL, entry("JV-1", 100))
    with watching(file) as watched:
        until(lambda: watched.syncs)
        time.sleep(1)  # many looks
    assert len(watched.syncs) == 1


def test_what_others_send_comes_in_on_the_servers_notice(
    office: Office,
    file: Path,
    tmp_path: Path,
) -> None:
    other = tmp_path / "other.xlsx"
    assert lajur("sync", file) == 0
    other.write_bytes(file.read_bytes())
    with watching(other) as watched:
        until(lambda: watched.syncs)
        type_rows(file, JOURNAL, entry("JV-1", 100))
        assert lajur("sync", file) == 0
        until(lambda: len(watched.syncs) > 1)
    assert len(seen(other, JOURNAL)) == 2


def test_without_notices_the_timer_brings_it(
    office: Office,
    file: Path,
    tmp_path: Path,
) -> None:
    office.app.state.notices.is_on = False
    other = tmp_path / "other.xlsx"
    assert lajur("sync", file) == 0
    other.write_bytes(file.read_bytes())
    with watching(other, Pace(every=0.5, settle=0.1, look=0.05)):
        type_rows(file, JOURNAL, entry("JV-1", 100))
        assert lajur("sync", file) == 0
        until(lambda: len(seen(other, JOURNAL)) == 2)


def test_a_file_that_is_open_is_waited_for_and_that_is_said_once(
    office: Office,
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lock = file.with_name(f".~lock.{file.name}#")
    lock.write_text(",Rina,laptop,03.05.2026 10:00;")
    with watching(file) as watched:
        until(lambda: len(watched.syncs) > 2)
        type_rows(file, JOURNAL, entry("JV-1", 100))
        assert not office.kept(JOURNAL)
        lock.unlink()
        until(lambda: office.kept(JOURNAL))
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [reply.get("error", {}).get("code") for reply in said][:2] == ["workbook_is_open", None]


def test_a_file_that_is_saved_during_a_sync_is_synced_again_and_nothing_is_said(
    office: Office,
    file: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    saves = iter((1,))

    def saving(workbook: Workbook) -> Run:
        for _ in saves:
            type_rows(file, JOURNAL, entry("JV-1", 100))
        return sync_workbook(workbook)

    monkeypatch.setattr("addin.attendant.sync_workbook", saving)
    with watching(file):
        until(lambda: office.kept(JOURNAL))
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all("error" not in reply for reply in said)


def test_a_server_that_was_away_is_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.server.WAITS", ())
    monkeypatch.setattr("addin.notices.LONGEST_WAIT_S", 0.2)
    ledger = tmp_path / "ledger.xlsx"
    database = tmp_path / "lajur.sqlite3"
    with served_at(database) as (served, address):
        add_company(served, Company("contoh", "PT Contoh"), "2026-01", "2026-12")
        monkeypatch.setenv("LAJUR_TOKEN", add_person(served, "rina", "owner", "contoh"))
        bound = ("--company", "contoh", "--server", address, "--lang", "en")
        assert lajur("new", "ledger", "-o", ledger, *bound) == 0
    port = int(address.rpartition(":")[2])
    with watching(ledger) as watched:
        until(lambda: any(done.failed for done in watched.syncs))
        type_rows(ledger, JOURNAL, entry("JV-1", 100))
        with served_at(database, port) as (served, _):
            until(lambda: any(not done.failed for done in watched.syncs))
            with served.store.reading("contoh") as held:
                assert len(held.rows_of(JOURNAL)) == 2


def test_ctrl_c_ends_the_watch_after_the_sync_that_is_running(file: Path) -> None:
    lajur = "from addin.cli import main; main()"
    command = [sys.executable, "-c", lajur, "watch", str(file), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watching:
        assert watching.stdout is not None
        assert json.loads(watching.stdout.readline())["received_rows"] > 0
        watching.send_signal(signal.SIGINT)
        assert watching.wait(PATIENCE_S) == 0
        assert watching.stderr is not None
        assert watching.stderr.read() == b""
    assert not list(file.parent.glob(".~lajur*"))


def test_people_hear_only_of_what_is_new(
    office: Office,
    file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    attending = Attendant(as_json=False)
    attending.sync(str(file))
    capsys.readouterr()
    attending.sync(str(file))
    assert capsys.readouterr().out == ""
    type_rows(file, JOURNAL, entry("JV-1", 100))
    attending.sync(str(file))
    assert "1 documents accepted" in capsys.readouterr().out


def test_pauses_grow_to_an_end_and_differ() -> None:
    assert [pause(n, lambda low, high: high) for n in (0, 1, 5, 40)] == [1, 2, 32, 60]
    assert [pause(n, lambda low, high: low) for n in (0, 40)] == [0.5, 30]


def test_a_watch_that_ends_leaves_nothing_half_done(tmp_path: Path) -> None:
    end, wake, order = Event(), Event(), []

    def sync(name: str) -> Done:
        end.set()  # Ctrl-C in the middle
        order.append(name)
        return Done(1, binding=Binding("http://x", "c"))

    given = Watch(sync, lambda binding: 0, Pace(), wake, end)
    assert watch(given, ["a.xlsx", "b.xlsx"]) == 1
    assert order == ["a.xlsx"]
