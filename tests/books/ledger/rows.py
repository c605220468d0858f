"""Rows as people type them, for the tests of the ledger: a company, entries, invoices, payments."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tests.books.known import KnownRows, refusals
from workbook_templates import money
from workbook_templates.packs.opening import opening_rows
from workbook_templates.schema import Cells, Company, ReportRequest

PARTIES: tuple[Cells, ...] = (
    {"code": "C1", "name": "Toko Maju", "kind": "customer"},
    {"code": "C2", "name": "Toko Jaya", "kind": "customer"},
    {"code": "S1", "name": "CV Sumber", "kind": "supplier", "tax_id": "0031987650015000"},
    {"code": "S2", "name": "CV Hulu", "kind": "supplier"},
    {"code": "B1", "name": "UD Dua Arah", "kind": "both"},
)
CASH, BANK, RECEIVABLE, PAYABLE = "11100", "11200", "11300", "21100"
VAT_IN, VAT_OUT = "11810", "21450"
INVENTORY, OPENING, GOODS_RECEIVED = "11500", "39000", "21150"
CAPITAL, SALES, RENT, SUPPLIES = "31000", "41000", "61200", "61400"
RETAINED = "32000"
DOLLARS, USD = "11220", {"currency": "USD"}


def new_company(pack: str = "id", first: str = "2025-01", last: str = "2027-12") -> KnownRows:
    """A company as `lajur-server company add` lays it, with a few parties."""
    rows = opening_rows(pack, "en", first, last)
    company = Company("contoh", "PT Lajur Contoh", pack=pack, language="en")
    return KnownRows({**rows, "ledger.parties": PARTIES}, company)


def entry(key: str, date: str, *lines: tuple[str, object, object], **cells: str) -> list[Cells]:
    """A journal entry of (account, debit, credit); blank or zero sides are left out."""
    return [
        {
            "entry": key,
            "date": date,
            "account": account,
            **{
                side: amount(number)
                for side, number in (("debit", debit), ("credit", credit))
                if number
            },
            **cells,
        }
        for account, debit, credit in lines
    ]


def amount(number: object) -> str:
    """Canonical money."""
    return money.text(Decimal(str(number)))


def invoice(key: str, date: str, *prices: object, **cells: str) -> list[Cells]:
    """A sales invoice to C1 with a line of one piece for each price; `cells` go on every line."""
    head = {"invoice": key, "date": date, "customer": "C1", "account": SALES, **cells}
    return [{**head, "qty": "1", "unit_price": str(price)} for price in prices]


def bill(key: str, date: str, *prices: object, **cells: str) -> list[Cells]:
    """A bill of S1 with a line of one piece for each price; `cells` go on every line."""
    head = {"bill": key, "date": date, "supplier": "S1", "account": SUPPLIES, **cells}
    return [{**head, "qty": "1", "unit_price": str(price)} for price in prices]


def payment(
    key: str, date: str, total: object, *applied: tuple[str, object], **cells: str
) -> list[Cells]:
    """Money in from C1 that settles (document, amount) pairs; `cells` change the head."""
    head = {
        "payment": key,
        "date": date,
        "direction": "in",
        "party": "C1",
        "bank_account": BANK,
        "amount": amount(total),
        **cells,
    }
    if not applied:
        return [head]
    return [{**head, "document": number, "applied": amount(part)} for number, part in applied]


def rate(date: str, number: object, currency: str = "USD") -> Cells:
    """What one unit of a currency is worth from a day on."""
    return {"currency": currency, "date": date, "rate": str(number)}


def codes(known: KnownRows, table: str, rows: Iterable[Cells], key: str | None = None) -> list[str]:
    """The codes of all problems of a document as it would be, each once, in order."""
    return sorted({problem.code for problem in refusals(known, table, rows, key)})


def without_cell(rows: Iterable[Cells], column: str) -> list[Cells]:
    """The same rows with one column blank."""
    return [{key: text for key, text in row.items() if key != column} for row in rows]


def entries_of(known: KnownRows, key: str) -> list[tuple[str, str, str]]:
    """A journal entry as (account, debit, credit) in order."""
    found = known.document("ledger.journal", key)
    lines = found.lines if found else ()
    return [(line.text("account"), line.text("debit"), line.text("credit")) for line in lines]


def at(as_of: str, **parameters: str) -> ReportRequest:
    """A request for a report at a date, or from the first of its year to that date."""
    return ReportRequest(as_of, f"{as_of[:4]}-01-01", as_of, None, parameters)


def span(first: str, last: str, **parameters: str) -> ReportRequest:
    """A request for a report from a day to a day."""
    return ReportRequest(last, first, last, None, parameters)
