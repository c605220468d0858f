"""What holds for any documents: entries balance, reports tie, unbalanced entries never pass."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, document
from tests.books.ledger.rows import (
    BANK,
    CAPITAL,
    CASH,
    PAYABLE,
    RECEIVABLE,
    RENT,
    SALES,
    SUPPLIES,
    amount,
    at,
    codes,
    entry,
    new_company,
)
from workbook_templates import money
from workbook_templates.books import sheet_of
from workbook_templates.books.ledger.invoices import amounts_of
from workbook_templates.books.ledger.reports.aged import AGED_PAYABLES, AGED_RECEIVABLES
from workbook_templates.books.ledger.reports.books_agree import BOOKS_AGREE
from workbook_templates.books.ledger.reports.statements import BALANCE_SHEET
from workbook_templates.books.ledger.reports.trial_balance import TRIAL_BALANCE
from workbook_templates.schema import Cells

INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
COMPANY = new_company(first="2026-01", last="2026-12")
DAYS = st.dates(
    min_value=date(2026, 1, 1),
    max_value=date(2026, 12, 31),
).map(str)
CENTS = st.integers(min_value=1, max_value=10**12)


def _plain(places: int, largest: int) -> st.SearchStrategy[str]:
    def text(number: int) -> str:
        return f"{Decimal(number).scaleb(-places).normalize():f}"

    return st.integers(min_value=0, max_value=largest).map(text)


@st.composite
def trade_rows(draw: st.DrawFn, table: str) -> list[Cells]:
    """An invoice or bill, or a credit note, of one to six lines on any accounts and tax codes."""
    sells = table == INVOICES
    key, party = ("invoice", "customer") if sells else ("bill", "supplier")
    taxes = ["PPN-K", "PPN-EKSPOR", "PPH23-DIPOTONG"] if sells else ["PPN-M", "PPH23-JASA"]
    head = {
        key: "D1",
        "kind": draw(st.sampled_from(["invoice", "credit_note"])),
        "date": draw(DAYS),
        party: "B1",
    }
    line = st.fixed_dictionaries(
        {
            "account": st.sampled_from([SALES, RENT, SUPPLIES]),
            "qty": _plain(4, 10**7),
            "unit_price": _plain(6, 10**12),
            "tax_code": st.sampled_from([*taxes, None]),
            "cost_centre": st.sampled_from(["A", "B", None]),
        }
    )
    return [{**head, **cells} for cells in draw(st.lists(line, min_size=1, max_size=6))]


@given(st.sampled_from([INVOICES, BILLS]).flatmap(lambda t: st.tuples(st.just(t), trade_rows(t))))
def test_whatever_is_traded_its_entry_balances_and_ties_to_the_total(
    traded: tuple[str, list[Cells]],
) -> None:
    table, rows = traded
    whole = document(COMPANY, table, rows)
    propose = sheet_of(table).proposes
    assert propose is not None
    control = {INVOICES: RECEIVABLE, BILLS: "21100"}[table]
    total = amounts_of(whole, COMPANY).total
    for proposal in propose(whole, COMPANY):
        debit = sum(Decimal(row.get("debit") or 0) for row in proposal.rows)
        credit = sum(Decimal(row.get("credit") or 0) for row in proposal.rows)
        assert debit == credit
        owed = [row for row in proposal.rows if row["account"] == control]
        sides = [Decimal(row.get("debit") or row.get("credit") or 0) for row in owed]
        assert sum(sides) == abs(total)
        assert codes(COMPANY, "ledger.journal", [{**r, "entry": "X"} for r in proposal.rows]) == []


@given(trade_rows(INVOICES))
def test_the_order_of_an_invoices_lines_does_not_change_its_entry(rows: list[Cells]) -> None:
    propose = sheet_of(INVOICES).proposes
    assert propose is not None
    first, second = (
        list(propose(document(COMPANY, INVOICES, lines), COMPANY)) for lines in (rows, rows[::-1])
    )
    assert first == second


@given(st.lists(CENTS, min_size=1, max_size=5), st.lists(CENTS, min_size=1, max_size=5))
def test_an_entry_passes_if_and_only_if_its_sides_are_equal(
    debits: list[int], credits: list[int]
) -> None:
    lines = [(CASH, Decimal(cents) / 100, 0) for cents in debits]
    lines += [(CAPITAL, 0, Decimal(cents) / 100) for cents in credits]
    rows = entry("1", "2026-05-03", *lines)
    expected = [] if sum(debits) == sum(credits) else ["unbalanced"]
    assert codes(COMPANY, "ledger.journal", rows) == expected


@st.composite
def months_of_trade(draw: st.DrawFn) -> list[tuple[str, list[Cells]]]:
    """Invoices, bills and credit notes, each perhaps settled in part or in full on some day."""
    documents: list[tuple[str, list[Cells]]] = []
    for number in range(draw(st.integers(1, 5))):
        sells, returned = draw(st.booleans()), draw(st.booleans())
        table, key, party = (
            (INVOICES, "invoice", "customer") if sells else (BILLS, "bill", "supplier")
        )
        price, part = draw(CENTS), draw(st.integers(0, 100))
        partner = draw(st.sampled_from(["C1", "B1"] if sells else ["S1", "B1"]))
        traded = {
            key: f"D{number}",
            "kind": "credit_note" if returned else "invoice",
            "date": draw(DAYS),
            party: partner,
            "account": SALES if sells else SUPPLIES,
            "unit_price": money.plain(Decimal(price) / 100, 6),
        }
        documents.append((table, [traded]))
        settled = Decimal(price * part // 100) / 100
        extra = Decimal(draw(st.integers(0, 5000))) / 100
        if settled:
            row = {
                "payment": f"P{number}",
                "date": draw(DAYS),
                "direction": "in" if sells != returned else "out",
                "party": partner,
                "bank_account": draw(st.sampled_from([CASH, BANK])),
                "amount": amount(settled + extra),
                "document": f"D{number}",
                "applied": amount(settled),
            }
            documents.append((PAYMENTS, [row]))
    return documents


@given(months_of_trade(), DAYS)
def test_on_any_day_the_reports_tie_to_each_other(
    documents: list[tuple[str, list[Cells]]], day: str
) -> None:
    known: KnownRows = COMPANY
    for table, rows in documents:
        known = accepted(known, table, rows)
    trial = {
        str(row["account"]): Decimal(row["balance"] or 0)
        for row in TRIAL_BALANCE.build(known, at(day))
    }
    assert sum(trial.values()) == 0
    for report, control, side in ((AGED_RECEIVABLES, RECEIVABLE, 1), (AGED_PAYABLES, PAYABLE, -1)):
        opened = sum(Decimal(row["open"] or 0) for row in report.build(known, at(day)))
        assert opened == side * trial.get(control, Decimal(0))
    sheet = {row["name"]: row.get("amount") for row in BALANCE_SHEET.build(known, at(day))}
    assert {row["difference"] for row in BOOKS_AGREE.build(known, at(day))} == {"0.00"}
    assert sheet["Total assets"] == sheet["Total liabilities and equity"]
