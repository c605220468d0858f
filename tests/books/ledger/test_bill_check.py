"""A supplier's bill against its order and receipt: what goes beyond waits for approval."""

import pytest

from tests.books.known import KnownRows, accepted, document, laid
from tests.books.ledger.rows import at, bill, codes, entries_of
from tests.books.ledger.statements import report
from workbook_templates.books.ledger.rules.bill_check import reasons_to_approve
from workbook_templates.schema import Cells

BILLS, ORDERS, KINDS = "ledger.purchase_bills", "ledger.purchase_orders", "ledger.document_kinds"
REQUESTS = "ledger.approval_requests"


def ordered(**cells: str) -> list[Cells]:
    """Order PO of S1 for 10 of A at 100."""
    head = {"order": "PO", "date": "2026-05-01", "supplier": "S1"}
    return [{**head, "item": "A", "qty": "10", "unit_price": "100", **cells}]


def billed(key: str, qty: str, price: str = "100", **cells: str) -> list[Cells]:
    more = {"qty": qty, "order": "PO", "item": "A", **cells}
    return [{**row, **more} for row in bill(key, "2026-05-10", price)]


@pytest.fixture
def agreed(company: KnownRows) -> KnownRows:
    return accepted(company, ORDERS, ordered())


def reasons(known: KnownRows, rows: list[Cells]) -> list[str]:
    changed = document(known, BILLS, rows)
    after = accepted(known, BILLS, rows)
    return [words.en for words in reasons_to_approve(changed, after)]


def test_a_bill_as_ordered_is_in_the_books_at_once(agreed: KnownRows) -> None:
    assert reasons(agreed, billed("B", "10")) == []
    assert entries_of(accepted(agreed, BILLS, billed("B", "10")), "PB:B")


def test_a_bill_beyond_its_order_is_kept_and_waits(agreed: KnownRows) -> None:
    assert reasons(agreed, billed("B", "11", "101")) == [
        "the price of A is 101, on the order PO 100",
        "11 of A billed, 10 ordered on PO",
    ]
    known = accepted(agreed, BILLS, billed("B", "11", "101"))
    assert entries_of(known, "PB:B") == []
    (request,) = known.rows(REQUESTS)
    assert request.text("reason").startswith("the price of A is 101")


def test_all_bills_of_an_order_count_together(agreed: KnownRows) -> None:
    known = accepted(agreed, BILLS, billed("B", "6"))
    assert reasons(known, billed("C", "4")) == []
    assert reasons(known, billed("C", "5")) == ["11 of A billed, 10 ordered on PO"]
    known = accepted(known, BILLS, billed("N", "2", kind="credit_note"))
    assert reasons(known, billed("C", "6")) == []


def test_what_is_within_the_tolerance_does_not_wait(agreed: KnownRows) -> None:
    known = accepted(agreed, KINDS, [{"kind": "bill", "tolerance": "10"}])
    assert reasons(known, billed("B", "11", "110")) == []
    assert len(reasons(known, billed("B", "11.5", "110.5"))) == 2


def test_a_bill_for_more_than_was_received_waits(company: KnownRows) -> None:
    known = accepted(company, ORDERS, ordered(received="4"))
    assert reasons(known, billed("B", "4")) == []
    assert reasons(known, billed("B", "5")) == ["5 of A billed, 4 received of PO"]
    known = accepted(company, ORDERS, ordered(received="0"))
    assert reasons(known, billed("B", "1")) == ["1 of A billed, 0 received of PO"]


def test_the_warehouses_receipt_counts_as_received(company: KnownRows) -> None:
    move = {"move": "R1", "date": "2026-05-05", "kind": "receipt", "warehouse": "W"}
    known = laid(
        company,
        {
            "inventory.warehouses": [{"code": "W", "name": "W"}],
            "inventory.items": [
                {"code": code, "name": code, "unit": "kg", "costing": "fifo"} for code in "AB"
            ],
            "inventory.moves": [
                {**move, "item": "A", "qty": "6", "unit_cost": "100"},
                {**move, "item": "B", "qty": "3", "unit_cost": "100"},
            ],
            ORDERS: ordered(receipt="R1"),
        },
    )
    assert reasons(known, billed("B", "6")) == []
    assert reasons(known, billed("B", "7")) == ["7 of A billed, 6 received of PO"]


def test_what_was_not_ordered_waits(agreed: KnownRows) -> None:
    assert reasons(agreed, billed("B", "1", item="X")) == ["X is not on the order PO"]


def test_a_line_without_an_item_is_found_by_its_description(company: KnownRows) -> None:
    rows = [{**row, "description": "Tinta"} for row in ordered(item="")]
    rows = [{key: text for key, text in row.items() if text} for row in rows]
    other = {**rows[0], "description": "Kertas", "unit_price": "5"}
    known = accepted(company, ORDERS, [*rows, other])
    (line,) = billed("B", "10", description="tinta ")
    line = {**line, "description": "tinta"}
    plain = {key: text for key, text in line.items() if key != "item"}
    assert reasons(known, [plain]) == []
    assert reasons(known, [{**plain, "description": "Kertas"}]) == [
        "the price of Kertas is 100, on the order PO 5"
    ]


def test_an_advance_on_an_order_is_no_delivery(agreed: KnownRows) -> None:
    rows = billed("A", "1", "300", kind="deposit", account="11600")
    assert reasons(agreed, rows) == []


def test_a_bill_names_an_order_with_its_supplier(agreed: KnownRows) -> None:
    assert codes(agreed, BILLS, billed("B", "1", supplier="S2")) == ["order_of_another"]


def test_a_billed_order_is_not_deleted_or_moved(agreed: KnownRows) -> None:
    known = accepted(agreed, BILLS, billed("B", "1"))
    assert codes(known, ORDERS, [], "PO") == ["order_is_billed"]
    assert codes(known, ORDERS, ordered(supplier="S2")) == ["order_is_billed"]
    assert codes(known, ORDERS, ordered(received="3")) == []
    assert codes(agreed, ORDERS, [], "PO") == []


def test_the_status_of_orders_shows_what_is_received_and_billed(company: KnownRows) -> None:
    known = accepted(company, ORDERS, ordered(received="4"))
    known = accepted(known, BILLS, billed("B", "3"))
    (row,) = report(known, "purchase_order_status", at("2026-12-31"))
    assert [row[key] for key in ("ordered", "received", "billed", "to_bill")] == [
        "10", "4", "3", "7",
    ]  # fmt: skip
    assert report(known, "purchase_order_status", at("2026-04-30")) == []


def test_a_receipt_that_is_no_stock_move_is_refused(company: KnownRows) -> None:
    assert codes(company, ORDERS, ordered(receipt="GR-404")) == ["unknown_receipt"]
