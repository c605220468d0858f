"""The worker, the emulator and the server as they run: people type, the worker does the rest."""

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner

from addin.cli import app as lajur
from tests.google.conftest import Emulator
from tests.google_worker.online_desk import OWNER, OnlineDesk, Spreadsheet
from tests.google_worker.test_new_online import typed_entry
from tests.google_worker.worker_process import (
    LONG,
    Worker,
    emulator_process,
    shown_problem,
    until,
    working,
)
from tests.scenarios.front_desk import COULD_NOT, DONE

pytestmark = pytest.mark.timeout(600)  # a turn that a killed worker had lasts a minute
COLLEAGUE = "colleague@example.test"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """An emulator that is a process of its own."""
    with emulator_process() as url:
        yield Emulator(url)


def in_ledger(desk: OnlineDesk, *entries: str) -> bool:
    return set(entries) <= {row["entry"] for row in desk.kept("ledger.journal")}


def types(ledger: Spreadsheet, person: str, first: int, numbers: range) -> None:
    """A person types entries of two lines, cell by cell, from a row on."""
    for row, number in zip(range(first, first + 100, 2), numbers, strict=False):
        entry = f"JU-{number}"
        head = {"entry": entry, "date": "2026-05-03", "description": "Rent"}
        ledger.type("journal", row, by=person, **head, account="61400", debit=250000)
        ledger.type("journal", row + 1, by=person, entry=entry, account="11200", credit=250000)


def test_two_people_type_while_a_killed_worker_comes_back(desk: OnlineDesk) -> None:
    ledger = desk.online()
    ledger.emulator.person("share", ledger.id, **{"with": COLLEAGUE})
    with working(Worker(desk, (ledger,))) as worker:
        people = [
            Thread(target=types, args=(ledger, OWNER, 2, range(1, 8))),
            Thread(target=types, args=(ledger, COLLEAGUE, 40, range(21, 28))),
        ]
        for person in people:
            person.start()
        until(lambda: in_ledger(desk, "JU-1"), "the first entry is in the central copy")
        worker.kill()
        worker.start()
        for person in people:
            person.join(LONG)
        until(lambda: worker.said().count("Keeping 1") == 2, "the worker is back")
        types(ledger, OWNER, 60, range(8, 9))
        wanted = [f"JU-{number}" for number in (*range(1, 9), *range(21, 28))]
        until(lambda: in_ledger(desk, *wanted), "every entry is in the central copy")
        until(lambda: accepted(ledger) == 2 * len(wanted), "every row says so")
        assert worker.stop() == 0
    rows = [row for row in desk.kept("ledger.journal") if row["entry"].startswith("JU-")]
    assert sorted(row["entry"] for row in rows) == sorted(2 * wanted), "none is lost, none twice"
    ids = [row["_id"] for row in ledger.rows("journal")]
    assert len(set(ids)) == len(ids)
    assert not shown_problem(worker.said())


def accepted(ledger: Spreadsheet) -> int:
    """The rows of the journal whose Status says that they are kept centrally."""
    return len([row for row in ledger.rows("journal") if row["status"].startswith("✓")])


def test_two_workers_over_one_spreadsheet_take_turns(desk: OnlineDesk) -> None:
    ledger = desk.online()
    first, second = (Worker(desk, (ledger,), name) for name in ("first", "second"))
    with working(first), working(second):
        until(lambda: "Keeping 1" in first.said() and "Keeping 1" in second.said(), "both work")
        types(ledger, OWNER, 2, range(1, 5))
        until(lambda: accepted(ledger) == 8, "every row is kept centrally")
    rows = [row["entry"] for row in desk.kept("ledger.journal") if row["entry"].startswith("JU-")]
    assert sorted(rows) == sorted(2 * [f"JU-{number}" for number in range(1, 5)])
    assert not shown_problem(first.said() + second.said())


def test_one_spreadsheet_that_cannot_be_opened_stops_no_other(desk: OnlineDesk) -> None:
    ledger = desk.online()
    lost = Spreadsheet(desk.emulator, "1nowhere", "ledger", "en")
    own = str(desk.emulator.person("create", title="Mine")["spreadsheetId"])
    alone = Spreadsheet(desk.emulator, own, "ledger", "en")
    worker = Worker(desk, (lost, alone, ledger))
    typed_entry(ledger)
    with working(worker):
        until(lambda: in_ledger(desk, "JU-1"), "the entry is in the central copy")
        until(lambda: "not shared" in worker.said(), "the worker names what it may not open")
    problems = {one["url"]: (one["problem"] or {}).get("code") for one in workbooks(worker, desk)}
    assert problems == {
        lost.link: "google_spreadsheet_gone",
        alone.link: "google_not_shared",
        ledger.link: None,
    }


def test_one_spreadsheet_that_does_not_answer_stops_no_other(desk: OnlineDesk) -> None:
    slow, quick = desk.online(), desk.online()
    typed_entry(quick)
    hangs = {"kind": "slow", "on": slow.id, "seconds": 100, "times": 100}
    desk.emulator.control("faults", faults=[hangs])
    with working(Worker(desk, (slow, quick))):
        until(lambda: in_ledger(desk, "JU-1"), "the other's entry is in the central copy")
    assert not [one["read"] for one in workbooks(Worker(desk, (slow,)), desk) if one["read"]]


def test_a_worker_that_cannot_remember_says_so_at_once(desk: OnlineDesk) -> None:
    worker = Worker(desk, (Spreadsheet(desk.emulator, "1nowhere", "ledger", "en"),))
    text = worker.settings.read_text(encoding="utf-8")
    worker.settings.write_text(f'state = "no such folder/state.json"\n{text}', encoding="utf-8")
    said = desk.run("google-worker", "--settings", str(worker.settings), "--json")
    assert (said.status, said.error["code"]) == (COULD_NOT, "worker_state_unwritable")


def workbooks(worker: Worker, desk: OnlineDesk) -> list[dict[str, Any]]:
    """What `--status --json` tells of each."""
    asked = ("google-worker", "--settings", str(worker.settings), "--status", "--json")
    told = CliRunner().invoke(lajur, asked, env=desk.env).stdout
    return list(json.loads(told)["workbooks"])


def test_ticking_sync_now_is_answered_on_setup(desk: OnlineDesk) -> None:
    ledger = desk.online()
    worker = Worker(desk, (ledger,))
    with working(worker):
        until(lambda: ledger.shown("lajur_worker") != [], "the first sync")
        ledger.tick()
        until(lambda: ledger.shown("lajur_sync_now") == [["FALSE"]], "the box is unticked")
        [[told]] = ledger.shown("lajur_worker")
        assert told.startswith("✓ In step with the central copy · 20")


def test_a_mistake_is_told_on_setup_and_mended_in_its_cell(desk: OnlineDesk) -> None:
    ledger = desk.online()
    typed_entry(ledger)
    ledger.type("journal", 3, credit=225000)
    with working(Worker(desk, (ledger,))):
        until(lambda: "! 1" in str(ledger.shown("lajur_worker")), "the mistake is counted")
        assert ledger.rows("journal")[0]["status"].startswith("✗")
        ledger.type("journal", 3, credit=250000)
        until(lambda: in_ledger(desk, "JU-1"), "the mended entry is accepted")
        until(lambda: "✓" in str(ledger.shown("lajur_worker")), "and Setup says so")


def test_what_others_did_arrives_without_anybody_typing(desk: OnlineDesk) -> None:
    first, second = desk.online(), desk.online()
    with working(Worker(desk, (first, second))):
        until(lambda: first.shown("lajur_worker") != [], "the first sync")
        until(lambda: second.shown("lajur_worker") != [], "the first sync of the other")
        typed_entry(first)
        until(
            lambda: any(row["entry"] == "JU-1" for row in second.rows("journal")),
            "the entry stands in the other spreadsheet",
        )


def test_the_status_tells_when_each_was_read_and_whether_a_worker_works(
    desk: OnlineDesk,
) -> None:
    ledger = desk.online()
    worker = Worker(desk, (ledger,))
    asked = ("google-worker", "--settings", str(worker.settings), "--status")
    assert "No worker is running." in desk.run(*asked).text
    said = desk.run("google-worker", "--settings", str(worker.settings), "--times", "1")
    assert said.status == DONE
    [line] = workbooks(worker, desk)
    assert (line["title"], line["lane"], line["problem"]) == ("ledger", "warm", None)
    assert line["read"]
    assert line["synced"]
    kept = json.loads((desk.folder / "worker-state.json").read_text(encoding="utf-8"))
    assert list(kept["workbooks"]) == [ledger.link]
