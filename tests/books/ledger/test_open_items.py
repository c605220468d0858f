"""Whatever is paid, written off and moved: the control accounts are the open items on every day."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, refusals
from tests.books.ledger.rows import (
    BANK,
    PAYABLE,
    RECEIVABLE,
    amount,
    at,
    bill,
    invoice,
    new_company,
    payment,
)
from workbook_templates.books.ledger.reports.aged import AGED_PAYABLES, AGED_RECEIVABLES
from workbook_templates.books.ledger.reports.balances import NOTHING, balances
from workbook_templates.books.ledger.reports.payment_proposals import proposals
from workbook_templates.schema import Cells

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
COMPANY = new_company(first="2026-01", last="2026-12")
DAYS = st.integers(1, 28).map(lambda day: f"2026-05-{day:02}")
SUMS = st.integers(1, 300)
PARTIES = {"C1": ("in", "I"), "S1": ("out", "B")}


@st.composite
def settlements(draw: st.DrawFn, number: int) -> list[Cells]:
    """Money from or to a party, perhaps for a document, with a difference, or moving a rest."""
    party = draw(st.sampled_from(sorted(PARTIES)))
    direction, prefix = PARTIES[party]
    head = {"direction": direction, "party": party}
    document = draw(st.sampled_from([f"{prefix}0", f"{prefix}1", ""]))
    day, part, rest = draw(DAYS), draw(SUMS), draw(st.integers(0, 50))
    if document and number and draw(st.booleans()):
        moved = (document, part), (f"P{draw(st.integers(0, number - 1))}", -part)
        return payment(f"P{number}", day, 0, *moved, **head)
    if not document:
        return payment(f"P{number}", day, part, **head)
    (row,) = payment(f"P{number}", day, part + rest, (document, part), **head)
    return [{**row, "written_off": amount(draw(st.integers(-part, 50))) if rest else None}]


@st.composite
def months(draw: st.DrawFn) -> list[tuple[str, list[Cells]]]:
    traded = [
        (INVOICES, invoice(f"I{n}", draw(DAYS), draw(SUMS))) if sells
        else (BILLS, bill(f"B{n}", draw(DAYS), draw(SUMS)))
        for n in range(2)
        for sells in (True, False)
    ]  # fmt: skip
    paid = [(PAYMENTS, draw(settlements(n))) for n in range(draw(st.integers(1, 6)))]
    return [*traded, *paid]


@settings(max_examples=25)
@given(months())
def test_the_control_accounts_are_the_open_items_on_every_day(
    documents: list[tuple[str, list[Cells]]],
) -> None:
    known: KnownRows = COMPANY
    for table, rows in documents:
        if not refusals(known, table, rows):
            known = accepted(known, table, rows)
    for day in ("2026-05-07", "2026-05-14", "2026-05-21", "2026-05-31"):
        for report, control, side in (
            (AGED_RECEIVABLES, RECEIVABLE, 1),
            (AGED_PAYABLES, PAYABLE, -1),
        ):
            opened = sum(Decimal(row["open"] or 0) for row in report.build(known, at(day)))
            sums = balances(known, day).get(control, NOTHING)
            assert opened == side * Decimal(sums.balance) / 10_000
    paid_in = sum_of(known, "in") - sum_of(known, "out")
    assert Decimal(balances(known, "2026-05-31").get(BANK, NOTHING).balance) / 10_000 == paid_in


def sum_of(known: KnownRows, direction: str) -> Decimal:
    """What all payments of a direction come to."""
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    for line in known.rows(PAYMENTS):
        if line.text("direction") == direction:
            amounts[line.text("payment")] = line["amount"]
    return sum(amounts.values(), Decimal(0))


@settings(max_examples=25)
@given(months())
def test_no_proposal_is_refused_when_it_is_typed_as_a_move(
    documents: list[tuple[str, list[Cells]]],
) -> None:
    known: KnownRows = COMPANY
    for table, rows in documents:
        if not refusals(known, table, rows):
            known = accepted(known, table, rows)
    for row, _, found in list(proposals(known, "2026-05-31")):
        for match in found:
            part = sum((part for _, part in match.settles), Decimal(0))
            cells = {"direction": row.text("direction"), "party": row.text("party")}
            settles = (*match.settles, (row.text("payment"), -part))
            move = payment("MOVE", "2026-05-31", 0, *settles, **cells)
            assert refusals(known, PAYMENTS, move) == []
