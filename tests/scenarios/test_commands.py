"""The commands of `lajur` as a stranger's script calls them: JSON shapes and exit statuses."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from typer.testing import CliRunner

from addin.cli import app
from sync_server.serving import Serving
from tests.scenarios.office import Office, decide, entry, put, seen, type_rows

JOURNAL = "ledger.journal"


@contextmanager
def serving(office: Office) -> Iterator[str]:
    """The office's server on a free port of this machine."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = Serving(office.app, "127.0.0.1", 0, log_level="warning")
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def server(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server, and the token of its owner in LAJUR_TOKEN."""
    office.client("rina")
    monkeypatch.setenv("LAJUR_TOKEN", office.tokens["rina", "contoh"])
    monkeypatch.setenv("LAJUR_LANG", "en")
    with serving(office) as address:
        yield address


@pytest.fixture
def file(office: Office, server: str) -> Path:
    """A blank ledger made by `lajur new`."""
    target = office.folder / "ledger.xlsx"
    status, reply = lajur(
        *("new", "ledger", "-o", target, "--company", "contoh"),
        *("--lang", "en", "--server", server),
    )
    assert status == 0
    assert reply["file"] == str(target)
    return target


def lajur(*arguments: object) -> tuple[int, dict[str, Any]]:
    """Exit status and JSON of one command."""
    result = CliRunner().invoke(app, [*map(str, arguments), "--json"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, json.loads(result.stdout)


def said(*arguments: object) -> tuple[int, str]:
    """Exit status and text of one command."""
    result = CliRunner().invoke(app, [*map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def test_sync_answers_in_its_documented_shape(file: Path) -> None:
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 100, other=90)])
    status, reply = lajur("sync", file)
    (workbook,) = reply["workbooks"]
    assert status == 1
    assert list(workbook) == [
        "file",
        "book",
        "head",
        "groups",
        "received_rows",
        "problems",
        "remarks",
        "review_open",
        "offered",
        "cloned",
        "report_sheets",
        "left_window",
    ]
    assert (workbook["offered"], workbook["cloned"], workbook["left_window"]) == ([], False, [])
    assert workbook["groups"] == {
        "applied": 1,
        "noop": 0,
        "conflict": 0,
        "invalid": 1,
        "denied": 0,
        "locked": 0,
    }
    (problem,) = workbook["problems"]
    assert (problem["sheet"], problem["row"], problem["column"]) == ("journal", 5, "credit")
    assert problem["code"] == "unbalanced"
    assert workbook["review_open"] == 1
    put(file, JOURNAL, 5, credit=100)
    assert lajur("sync", file)[0] == 0
    status, reply = lajur("sync", file)
    assert (status, sum(reply["workbooks"][0]["groups"].values())) == (0, 0)


def test_sync_says_each_problem_with_its_place(file: Path) -> None:
    type_rows(file, JOURNAL, entry("JV-2", 100, other=90))
    status, text = said("sync", file)
    assert status == 1
    assert "Journal, row 3, Credit: Entry JV-2 does not balance" in text


def test_validate_and_dry_run_change_nothing(office: Office, file: Path) -> None:
    type_rows(file, JOURNAL, entry("JV-1", 100))
    before = file.read_bytes()
    assert lajur("validate", file)[1]["workbooks"][0]["groups"]["applied"] == 1
    assert lajur("sync", file, "--dry-run")[0] == 0
    assert file.read_bytes() == before
    assert not office.kept(JOURNAL)


def test_status_tells_without_a_server_what_is_unsent_and_wrong(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lajur("sync", file)
    monkeypatch.setenv("LAJUR_TOKEN", "none")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 100, other=90)])
    status, reply = lajur("status", file)
    assert status == 1
    assert reply["unsent"] == [
        {
            "sheet": "journal",
            "new": 4,
            "changed": 0,
            "deleted": 0,
            "totals": {"debit": "200.00", "credit": "190.00"},
        }
    ]
    assert [(p["row"], p["code"]) for p in reply["problems"]] == [(5, "unbalanced")]
    assert "does not balance" in said("status", file)[1]


def test_resolve_carries_out_what_was_typed_on_review(office: Office, file: Path) -> None:
    type_rows(file, "ledger.parties", [{"code": "C1", "name": "Toko", "kind": "customer"}])
    lajur("sync", file)
    twin = file.with_name("twin.xlsx")
    twin.write_bytes(file.read_bytes())
    put(twin, "ledger.parties", 2, name="Theirs")
    put(file, "ledger.parties", 2, name="Mine")
    lajur("sync", twin)
    status, reply = lajur("sync", file)
    assert (status, reply["workbooks"][0]["groups"]["conflict"]) == (1, 1)
    decide(file, 1, "Theirs")
    assert lajur("resolve", file) == (0, {"file": str(file), "decided": 1, "open": []})
    assert seen(file, "ledger.parties")[0]["name"] == "Theirs"


def test_history_tells_who_changed_a_row(file: Path) -> None:
    type_rows(file, JOURNAL, entry("JV-1", 100))
    lajur("sync", file)
    put(file, JOURNAL, 2, description="Rent for May")
    lajur("sync", file)
    status, reply = lajur("history", file, "journal", 2)
    assert status == 0
    assert [change["by"] for change in reply["changes"]] == ["rina", "rina"]
    assert reply["changes"][1]["cells"] == {"description": ["Rent", "Rent for May"]}
    assert "Rent for May" in said("history", file, "Journal", 2)[1]
    assert lajur("history", file, "journal", 99)[0] == 2


def test_pull_brings_in_and_sends_nothing(office: Office, file: Path) -> None:
    type_rows(file, JOURNAL, entry("JV-1", 100))
    status, reply = lajur("pull", file)
    assert (status, reply["workbooks"][0]["received_rows"] > 50) == (0, True)
    assert not office.kept(JOURNAL)
    assert len(seen(file, JOURNAL)) == 2


def test_watch_syncs_as_often_as_it_is_told(office: Office, file: Path) -> None:
    type_rows(file, JOURNAL, entry("JV-1", 100))
    status, text = said("watch", file, "--every", 0, "--times", 2, "--json")
    replies = [json.loads(line) for line in text.splitlines()]
    assert status == 0
    assert [reply["groups"]["applied"] for reply in replies] == [1, 0]


def test_several_files_are_done_though_one_fails(file: Path) -> None:
    broken = file.with_name("broken.xlsx")
    broken.write_bytes(file.read_bytes()[:2000])
    type_rows(file, JOURNAL, entry("JV-1", 100))
    status, reply = lajur("sync", broken, file)
    assert status == 2
    assert reply["workbooks"][0]["error"]["code"] == "damaged_workbook"
    assert reply["workbooks"][1]["groups"]["applied"] == 1


def test_what_cannot_be_done_is_said_in_the_workbooks_language(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = office.folder / "buku.xlsx"
    lajur("new", "ledger", "-o", target, "--company", "x", "--server", "http://127.0.0.1:9")
    monkeypatch.setenv("LAJUR_TOKEN", "token")
    monkeypatch.setattr("addin.server.WAITS", ())
    status, text = said("sync", target)
    assert status == 2
    assert "tidak menjawab" in text
    assert lajur("sync", target)[1]["workbooks"][0]["error"]["code"] == "no_server"


def test_new_never_overwrites_and_knows_its_books(file: Path) -> None:
    before = file.read_bytes()
    assert lajur("new", "ledger", "-o", file)[1]["error"]["code"] == "already_there"
    assert file.read_bytes() == before
    status, reply = lajur("new", "cooking", "-o", file.with_name("c.xlsx"))
    assert (status, reply["error"]["code"]) == (2, "unknown_book")


def test_books_lists_every_column_with_its_headings() -> None:
    status, reply = lajur("books")
    assert status == 0
    assert {"ledger", "inventory"} <= {book["key"] for book in reply["books"]}
    journal = next(s for b in reply["books"] for s in b["sheets"] if s["key"] == "journal")
    assert (journal["group_by"], journal["titles"]["id"]) == ("entry", "Jurnal")
    date = next(column for column in journal["columns"] if column["key"] == "date")
    assert date["headings"] == {"id": "Tanggal", "en": "Date"}
    assert (date["kind"], date["required"], date["choices"]) == ("date", True, None)


class Drawer(KeyringBackend):
    """A key store in memory."""

    priority = 1  # type: ignore[assignment]  # keyring declares a property of the class

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def test_sign_in_keeps_the_token_in_the_key_store(
    office: Office, file: Path, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    monkeypatch.delenv("LAJUR_TOKEN")
    before = keyring.get_keyring()
    try:
        keyring.set_keyring(fail.Keyring())
        assert lajur("sync", file)[1]["workbooks"][0]["error"]["code"] == "wrong_token"
        keyring.set_keyring(Drawer())
        token = office.tokens["rina", "contoh"]
        assert lajur("sign-in", "--server", server, "--token", token)[0] == 0
        assert lajur("sync", file)[0] == 0
    finally:
        keyring.set_keyring(before)
