"""Drafts and offers by command, and what whoever runs the server asks it: copies, compact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from typer.testing import CliRunner

from addin.hosts import open_workbook
from addin.runs import sync_workbook
from sync_server.cli import app as server_app
from tests.scenarios.office import Office, entry, put, seen, type_rows
from tests.scenarios.test_commands import file, lajur, said, server

__all__ = ["file", "server"]
JOURNAL = "ledger.journal"


def test_drafts_are_parked_listed_adopted_and_gone(office: Office, file: Path) -> None:
    lajur("sync", file)
    type_rows(file, JOURNAL, entry("JV-1", 100))
    status, reply = lajur("drafts", "park", file, "--take-out", "--reason", "on leave")
    assert (status, reply["rows_taken_out"]) == (0, 2)
    assert seen(file, JOURNAL) == []
    (draft,) = lajur("drafts", "list", file)[1]["drafts"]
    assert (draft["made_by"], draft["documents"], draft["reason"]) == ("rina", 1, "on leave")
    assert "on leave" in said("drafts", "list", file)[1]
    assert lajur("drafts", "adopt", file, draft["id"])[1]["rows"] == 2
    assert lajur("sync", file)[1]["workbooks"][0]["groups"]["applied"] == 1
    assert lajur("drafts", "list", file)[1]["drafts"] == []
    status, reply = lajur("drafts", "drop", file, "0197a000-0000-7000-8000-000000000001")
    assert (status, reply["error"]["code"]) == (2, "no_open_draft")
    assert lajur("drafts", "park", file)[1]["error"]["code"] == "nothing_to_park"


@pytest.mark.parametrize(("word", "kept"), [("send", 2), ("drop", 0)])
def test_what_a_restored_server_lost_is_decided_by_command(
    office: Office, file: Path, word: str, kept: int
) -> None:
    lajur("sync", file)
    restore = office.backup()
    type_rows(file, JOURNAL, entry("JV-1", 100))
    lajur("sync", file)
    restore()
    status, reply = lajur("sync", file)
    (done,) = reply["workbooks"]
    assert (status, len(done["offered"]), done["cloned"]) == (1, 2, False)
    assert "--offered send" in said("sync", file)[1]
    assert lajur("resolve", file, "--offered", word)[1]["open"] == []
    assert lajur("sync", file)[0] == 0
    assert len(office.kept(JOURNAL)) == len(seen(file, JOURNAL)) == kept


class Counting(httpx2.BaseTransport):
    """Counts the requests that it hands on."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self.inner, self.count = inner, 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.count += 1
        return self.inner.handle_request(request)


def test_a_sync_with_nothing_to_say_is_one_request_and_saves_nothing(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    office.sync(file)
    before = file.read_bytes()
    http = office.client()
    http._transport = counting = Counting(http._transport)
    workbook = open_workbook(file)
    sync_workbook(workbook, http)
    workbook.close()
    assert counting.count == 1
    assert file.read_bytes() == before


# -- lajur-server ----------------------------------------------------------------------------------


def asked(folder: Path, *arguments: str) -> dict[str, Any]:
    """The JSON of one command over a database in a folder."""
    database = f"sqlite:///{folder / 'central.sqlite3'}"
    told = [*arguments, "--database", database, "--json"]
    result = CliRunner().invoke(server_app, told, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_compact_says_what_goes_and_verify_stays_green(tmp_path: Path) -> None:
    asked(tmp_path, "company", "add", "PT")
    dry = asked(tmp_path, "compact", "--dry-run", "--older-than", "30")
    assert dry["companies"]["PT"] == {"tombstones": 0, "results": 0, "floor": 0}
    assert asked(tmp_path, "compact")["older_than"] == 400
    assert asked(tmp_path, "verify")["ok"]


def test_copies_lists_who_holds_what_and_how_far_behind(office: Office, tmp_path: Path) -> None:
    file = office.workbook("ledger")
    office.sync(file)
    put(file, "ledger.accounts", 2, name="Kas kecil")
    office.sync(file)
    (copy,) = office.store.copies("contoh")
    assert (copy.file, copy.person, copy.book) == ("ledger.xlsx", "rina", "ledger")
    assert copy.seq > 0
    asked(tmp_path, "company", "add", "PT")
    assert asked(tmp_path, "copies", "--company", "PT")["copies"] == []
