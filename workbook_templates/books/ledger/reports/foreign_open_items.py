"""What is open in other currencies on a day: in its currency, in the books, at the day's rate."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates import money
from workbook_templates.books.ledger.currencies import rate_on
from workbook_templates.books.ledger.currency_columns import IN_CURRENCY
from workbook_templates.books.ledger.foreign_items import foreign_items
from workbook_templates.books.ledger.revaluations import valued
from workbook_templates.columns import Code, Money, Rate, Text
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words


def foreign_item_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row an open document or bank account, by currency; without a rate the last three blank."""
    parties = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
    items = foreign_items(known, request.as_of)
    for item in sorted(items, key=lambda item: (item.currency, item.account, item.party)):
        row = {
            "currency": item.currency,
            "account": item.account,
            "party": item.party or None,
            "name": parties.get(item.party),
            "document": item.document or None,
            "foreign_amount": money.text(item.amount),
            "amount": money.text(item.company),
        }
        rate = rate_on(known, item.currency, request.as_of)
        worth = valued(item, request.as_of, known)
        if rate is not None and worth is not None:
            row |= {"rate": money.plain(rate, 6), "value": money.text(worth)}
            row |= {"difference": money.text(worth - item.company)}
        yield row


FOREIGN_OPEN_ITEMS = Report(
    key="foreign_open_items",
    title=Words(id="Saldo Valuta Asing", en="Foreign Open Items"),
    help=Words(
        id="Piutang, utang dan rekening dalam mata uang lain; selisihnya belum terealisasi.",
        en="Receivables, payables and bank accounts in other currencies; the difference is not "
        "realised.",
    ),
    columns=(
        IN_CURRENCY,
        Code("account", Words(id="Akun", en="Account"), width=12),
        Code("party", Words(id="Mitra", en="Party"), width=12),
        Text("name", Words(id="Nama", en="Name"), width=28),
        Code("document", Words(id="Dokumen", en="Document"), width=16),
        Money("foreign_amount", Words(id="Jumlah valuta", en="Foreign amount"), width=16),
        Money("amount", Words(id="Menurut pembukuan", en="In the books"), width=18),
        Rate("rate", Words(id="Kurs", en="Exchange rate"), width=14),
        Money("value", Words(id="Menurut kurs", en="At the rate"), width=18),
        Money("difference", Words(id="Selisih", en="Difference"), width=16),
    ),
    build=foreign_item_rows,
    sums=("amount", "value", "difference"),
)
