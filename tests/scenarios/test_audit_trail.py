"""The audit of what a workbook sent: who, when, from where, what stood there; none rewrites it."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True)
class Kept:
    """A database after three syncs of a ledger, its last commit, and what its server said of row 2
    of the journal before it was closed: to a program, and to its person.
    """

    database: Path
    company: str
    last: int
    history: list[dict[str, Any]]
    told: list[dict[str, Any]]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """An entry was typed, and its description changed later."""
    folder = tmp_path_factory.mktemp("audit")
    with serving(folder / "central.sqlite3") as running:
        desk = Desk(folder, *running, "en")
        file = desk.new()
        desk.sync(file)
        desk.lay(file, {JOURNAL: entry("JV-1", 100)})
        put(file, JOURNAL, 2, description="Rent of May")
        said = desk.sync(file)
        assert said.status == 0
        row_id = seen(file, JOURNAL)[0]["id"]
        url = f"{desk.server}/v1/companies/{desk.company}/rows/{JOURNAL}/{row_id}/history"
        signed = {"Authorization": f"Bearer {desk.token}"}
        history = httpx2.get(url, headers=signed, timeout=60).json()
        told = desk.run("history", str(file), "journal", "2", "--json").reply["changes"]
        return Kept(folder / "central.sqlite3", desk.company, said.reply["head"], history, told)


def verified(database: Path) -> tuple[int, str]:
    said = CliRunner().invoke(lajur_server, ["verify", "--database", f"sqlite:///{database}"])
    return said.exit_code, said.output


def test_the_audit_says_who_when_from_where_and_what_stood_there(kept: Kept) -> None:
    typed, changed = kept.history
    assert typed["cells"]["debit"] == [None, "100.00"]
    assert changed["cells"] == {"description": ["Rent", "Rent of May"]}
    for one in (typed, changed):
        assert one["by"] == f"rina of {kept.company}"
        assert one["when"].startswith("20")
        assert (one["file"], one["at"]) == ("ledger.xlsx", {"sheet": "Journal", "row": 2})
    place = {"file": "ledger.xlsx", "sheet": "Journal", "row": 2}
    assert [one["from"] for one in kept.told] == [place, place]


def test_what_was_not_altered_is_in_order(kept: Kept) -> None:
    assert verified(kept.database)[0] == 0


@pytest.mark.parametrize("what", ALTERED)
def test_a_stored_line_that_was_altered_is_found(kept: Kept, tmp_path: Path, what: str) -> None:
    database = shutil.copy(kept.database, tmp_path / "altered.sqlite3")
    tampered = sqlite3.connect(database)
    done = tampered.execute(ALTERED[what].format(seq=kept.last))
    assert done.rowcount > 0
    tampered.commit()
    tampered.close()
    status, said = verified(Path(database))
    assert status == 1, said
