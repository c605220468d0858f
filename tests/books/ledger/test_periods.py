"""Locks: nothing moves in a closed period, and only a controller moves in one on hold."""

from dataclasses import replace

import pytest

from tests.books.known import KnownRows, accepted, laid, without
from tests.books.ledger.rows import (
    BANK,
    CAPITAL,
    CASH,
    bill,
    codes,
    entry,
    invoice,
    payment,
)
from workbook_templates.periods import lock_of
from workbook_templates.schema import Cells
from workbook_templates.senders import Sender

CLOSED_MAY = [{"period": "2026-05", "status": "closed"}]


def closed_may(company: KnownRows) -> KnownRows:
    return accepted(company, "ledger.periods", CLOSED_MAY)


def by(company: KnownRows, role: str) -> KnownRows:
    """The company as a person of that role changes it."""
    return replace(company, sender=Sender("rina", frozenset({role})))


DOCUMENTS: list[tuple[str, list[Cells]]] = [
    ("ledger.journal", entry("1", "2026-05-03", (CASH, 100, 0), (CAPITAL, 0, 100))),
    ("ledger.sales_invoices", invoice("1", "2026-05-03", 100)),
    ("ledger.purchase_bills", bill("1", "2026-05-03", 100)),
    ("ledger.payments", payment("1", "2026-05-03", 100)),
]


@pytest.mark.parametrize(("table", "rows"), DOCUMENTS)
def test_a_closed_period_takes_no_new_document(
    company: KnownRows, table: str, rows: list[Cells]
) -> None:
    assert codes(closed_may(company), table, rows) == ["period_closed"]


@pytest.mark.parametrize(("table", "rows"), DOCUMENTS)
def test_a_document_in_a_closed_period_is_not_deleted(
    company: KnownRows, table: str, rows: list[Cells]
) -> None:
    company = closed_may(accepted(company, table, rows))
    assert codes(company, table, [], "1") == ["period_closed"]


@pytest.mark.parametrize(("table", "rows"), DOCUMENTS)
def test_a_document_does_not_move_out_of_a_closed_period(
    company: KnownRows, table: str, rows: list[Cells]
) -> None:
    company = closed_may(accepted(company, table, rows))
    moved = [{**row, "date": "2026-06-01"} for row in rows]
    assert codes(company, table, moved) == ["period_closed"]


@pytest.mark.parametrize(("table", "rows"), DOCUMENTS)
def test_a_document_does_not_move_into_a_closed_period(
    company: KnownRows, table: str, rows: list[Cells]
) -> None:
    june = [{**row, "date": "2026-06-01"} for row in rows]
    company = closed_may(accepted(company, table, june))
    assert codes(company, table, rows) == ["period_closed"]


def test_a_reopened_period_takes_documents_again(company: KnownRows) -> None:
    opened = {"period": "2026-05", "status": "open", "reason": "Faktur terlambat"}
    reopened = accepted(closed_may(company), "ledger.periods", [opened])
    assert codes(reopened, *DOCUMENTS[0]) == []


def test_a_period_is_not_reopened_without_a_new_reason(company: KnownRows) -> None:
    table, closed = "ledger.periods", {"period": "2026-05", "status": "closed"}
    opened = {"period": "2026-05", "status": "open"}
    needed = ["reopening_needs_a_reason"]
    assert codes(closed_may(company), table, [opened]) == needed
    again = accepted(company, table, [{**closed, "reason": "Faktur terlambat"}])
    assert codes(again, table, [{**opened, "reason": "Faktur terlambat"}]) == needed
    assert codes(again, table, [{**opened, "reason": "Retur"}]) == []


@pytest.mark.parametrize("column", ["status", "inventory", "payroll"])
@pytest.mark.parametrize("lock", ["held", "closed"])
def test_only_a_controller_loosens_a_lock(company: KnownRows, column: str, lock: str) -> None:
    period = {"period": "2026-05", "status": "open"}
    locked = accepted(company, "ledger.periods", [{**period, column: lock}])
    opened = [{**period, column: "open", "reason": "Retur"}]
    assert codes(by(locked, "accountant"), "ledger.periods", opened) == ["reopening_not_allowed"]
    assert codes(by(locked, "controller"), "ledger.periods", opened) == []
    assert codes(by(locked, "owner"), "ledger.periods", opened) == []


@pytest.mark.parametrize(("table", "rows"), DOCUMENTS)
def test_a_period_on_hold_is_open_to_a_controller_alone(
    company: KnownRows, table: str, rows: list[Cells]
) -> None:
    held = accepted(company, "ledger.periods", [{"period": "2026-05", "status": "held"}])
    assert codes(by(held, "accountant"), table, rows) == ["period_held"]
    assert codes(by(held, "controller"), table, rows) == []
    assert codes(held, table, rows) == []  # in a workbook: the server will say


def test_one_book_is_locked_before_the_others(company: KnownRows) -> None:
    period = {"period": "2026-05", "status": "open", "inventory": "closed"}
    locked = accepted(company, "ledger.periods", [period])
    assert codes(locked, *DOCUMENTS[0]) == []
    line = locked.row("ledger.periods", "2026-05")
    assert line is not None
    assert [lock_of(line, book) for book in ("inventory", "payroll", "ledger")] == [
        "closed", "open", "open",
    ]  # fmt: skip
    closed = accepted(company, "ledger.periods", [{**period, "status": "closed"}])
    line = closed.row("ledger.periods", "2026-05")
    assert line is not None
    assert {lock_of(line, book) for book in ("inventory", "payroll", "ledger")} == {"closed"}


def test_a_date_without_a_period_is_refused(company: KnownRows) -> None:
    rows = entry("1", "2041-05-03", (CASH, 100, 0), (CAPITAL, 0, 100))
    assert codes(company, "ledger.journal", rows) == ["no_period"]


def test_a_period_with_entries_is_not_deleted(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (CASH, 100, 0), (BANK, 0, 100))
    company = laid(company, {"ledger.journal": rows})
    assert codes(company, "ledger.periods", [], "2026-05") == ["period_in_use"]
    emptied = without(company, "ledger.journal", "1")
    assert codes(emptied, "ledger.periods", [], "2026-05") == []
    assert codes(company, "ledger.periods", [], "2026-06") == []
