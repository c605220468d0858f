"""A full disk, and a database that somebody else holds: all that was typed comes later."""

from __future__ import annotations

import resource
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import psycopg
import pytest

from addin.runs import Wishes
from tests.faults.office import FarOffice, Line, attempt, line, no_waits
from tests.scenarios.office import COMPANY, entry, seen, type_rows

JOURNAL = "ledger.journal"
MANY = 300  # entries, more than fit into what is left of the disk


@dataclass
class Holding:
    """Somebody else has the database, until they are told to let go."""

    has_it: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    def until_let_go(self) -> None:
        """To be called with the lock in hand."""
        self.has_it.set()
        self.let_go.wait(60)


@pytest.fixture
def quiet_line(tmp_path: Path) -> Iterator[Line]:
    with line(tmp_path, bad=0) as served:
        yield served
        assert not served.verified()


@pytest.fixture
def office(tmp_path: Path, quiet_line: Line) -> FarOffice:
    return FarOffice(tmp_path, quiet_line)


def assert_all_landed(office: FarOffice, file: Path, count: int) -> None:
    """Every typed entry is in the central copy once, and told so in the file."""
    kept = [row["entry"] for row in office.kept(JOURNAL)]
    assert sorted(kept) == sorted(f"JV-{n}" for n in range(count) for _ in range(2))
    assert all(row["status"].startswith("✓") for row in seen(file, JOURNAL))


def test_a_full_disk_of_the_server_refuses_all_of_it_and_takes_it_later(
    office: FarOffice, quiet_line: Line, tmp_path: Path
) -> None:
    file = office.workbook("ledger")
    office.sync(file)
    type_rows(file, JOURNAL, [row for n in range(MANY) for row in entry(f"JV-{n}", n + 1)])
    pid, most = quiet_line.server.pid or 0, (tmp_path / "central.sqlite3-wal").stat().st_size
    old = resource.prlimit(pid, resource.RLIMIT_FSIZE, (most + 65_536, resource.RLIM_INFINITY))
    headers = office.client().headers
    with httpx2.Client(base_url=quiet_line.proxy.address, headers=headers) as http, no_waits():
        assert attempt(file, http, Wishes()) is None
    assert set(quiet_line.proxy.pushed) == {503}
    assert not office.kept(JOURNAL)
    assert [row["entry"] for row in seen(file, JOURNAL)][::2] == [f"JV-{n}" for n in range(MANY)]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, old)
    assert not office.sync(file).issues
    assert_all_landed(office, file, MANY)


def assert_waited_for(office: FarOffice, line: Line, hold: Callable[[Holding], None]) -> None:
    """A push that finds the database held is told to come again, and lands when it is let go."""
    file, holding = office.workbook("ledger"), Holding()
    office.sync(file)
    type_rows(file, JOURNAL, entry("JV-0", 100))
    other = threading.Thread(target=hold, args=(holding,))

    def begin() -> None:
        line.proxy.before_push = lambda: None
        other.start()
        holding.has_it.wait(10)

    line.proxy.before_push, line.proxy.after_push = begin, holding.let_go.set
    try:
        assert not office.sync(file).issues
    finally:
        holding.let_go.set()
        other.join()
    assert line.proxy.pushed[0] == 503
    assert_all_landed(office, file, 1)


def test_a_database_that_another_process_holds_is_waited_for(
    office: FarOffice, quiet_line: Line, tmp_path: Path
) -> None:
    def hold(holding: Holding) -> None:
        with closing(sqlite3.connect(tmp_path / "central.sqlite3")) as other:
            other.execute("BEGIN EXCLUSIVE")
            holding.until_let_go()
            other.rollback()

    assert_waited_for(office, quiet_line, hold)


@pytest.mark.postgresql
def test_a_company_that_another_process_holds_is_waited_for(
    tmp_path: Path, postgresql_database_url: str
) -> None:
    def hold(holding: Holding) -> None:
        with psycopg.connect(postgresql_database_url.replace("+psycopg", "")) as other:
            other.execute("SELECT 1 FROM companies WHERE code = %s FOR UPDATE", (COMPANY,))
            holding.until_let_go()

    with line(tmp_path, postgresql_database_url, bad=0) as served:
        assert_waited_for(FarOffice(tmp_path, served), served, hold)
        assert not served.verified()
