"""A closed period: nothing moves in it."""

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
from workbook_templates.schema import Cells

CLOSED_MAY = [{"period": "2026-05", "status": "closed"}]


def closed_may(company: KnownRows) -> KnownRows:
    return accepted(company, "ledger.periods", CLOSED_MAY)


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
    reopened = accepted(
        closed_may(company), "ledger.periods", [{"period": "2026-05", "status": "open"}]
    )
    assert codes(reopened, *DOCUMENTS[0]) == []


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
