"""The audit of what a workbook sent: who, when, from where, what stood there; none rewrites it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner

from sync_server.cli import app as lajur_server
from tests.scenarios.front_desk import JOURNAL, Desk, serving
from tests.scenarios.office import entry, put, seen

# A stored line altered behind the server's back: of the audit, of a commit, of a row.
ALTERED = {
    "an amount in the audit": "UPDATE audit SET cells = replace(cells, '100.00', '900.00')",
    "a change that is gone": "DELETE FROM audit WHERE created = 0",
    "who it was": "UPDATE commits SET author = 'budi' WHERE author LIKE 'rina%'",
    "when it was": "UPDATE commits SET at = '2026-01-01T00:00:00.000Z' WHERE seq = {seq}",
    "from which file": "UPDATE commits SET file = 'other.xlsx' WHERE seq = {seq}",
    "an amount in the books": "UPDATE rows SET cells = replace(cells, '100.00', '900.00')",
    "a row that is gone": "DELETE FROM rows WHERE tbl = 'ledger.journal'",
    "a commit that is gone": "DELETE FROM commits WHERE seq = {seq}",
}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[Path, Desk, Path]]:
    """A database, a person, and their ledger with an entry of which the description was changed."""
    database = tmp_path / "central.sqlite3"
    with serving(database) as running:
        desk = Desk(tmp_path, *running, "en")
        file = desk.new()
        desk.sync(file)
        desk.lay(file, {JOURNAL: entry("JV-1", 100)})
        put(file, JOURNAL, 2, description="Rent of May")
        assert desk.sync(file).status == 0
        yield database, desk, file


def verified(database: Path) -> tuple[int, str]:
    said = CliRunner().invoke(lajur_server, ["verify", "--database", f"sqlite:///{database}"])
    return said.exit_code, said.output


def test_the_audit_says_who_when_from_where_and_what_stood_there(
    own: tuple[Path, Desk, Path],
) -> None:
    _, desk, file = own
    row_id = seen(file, JOURNAL)[0]["id"]
    url = f"{desk.server}/v1/companies/{desk.company}/rows/{JOURNAL}/{row_id}/history"
    signed = {"Authorization": f"Bearer {desk.token}"}
    typed, changed = httpx2.get(url, headers=signed, timeout=60).json()
    assert typed["cells"]["debit"] == [None, "100.00"]
    assert changed["cells"] == {"description": ["Rent", "Rent of May"]}
    for one in (typed, changed):
        assert one["by"] == f"rina of {desk.company}"
        assert one["when"].startswith("20")
        assert (one["file"], one["at"]) == (file.name, {"sheet": "Journal", "row": 2})
    told = desk.run("history", str(file), "journal", "2", "--json").reply["changes"]
    assert [one["from"] for one in told] == [{"file": file.name, "sheet": "Journal", "row": 2}] * 2


@pytest.mark.parametrize("what", ALTERED)
def test_a_stored_line_that_was_altered_is_found(own: tuple[Path, Desk, Path], what: str) -> None:
    database, desk, _ = own
    assert verified(database)[0] == 0
    with desk.served.store.reading(desk.company) as held:
        seq = held.head
    with sqlite3.connect(database) as tampered:
        done = tampered.execute(ALTERED[what].format(seq=seq))
        assert done.rowcount > 0
    tampered.close()
    status, said = verified(database)
    assert status == 1, said
