"""The sheet of exchange rates: what one unit of a currency is worth from a day on."""

from __future__ import annotations

from workbook_templates.books.ledger.currency_columns import (
    CURRENCY_WORDS,
    RATE_WORDS,
    SMALLEST,
)
from workbook_templates.books.ledger.foreign_consequences import documents_at_the_rate
from workbook_templates.books.ledger.rules.currencies import (
    rate_in_use_stays,
    rate_is_of_another_currency,
)
from workbook_templates.columns import Code, Date, Rate, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

EXCHANGE_RATES = Sheet(
    key="exchange_rates",
    title=Words(id="Kurs", en="Exchange Rates"),
    help=Words(
        id="Nilai satu satuan mata uang lain dalam mata uang perusahaan. Dokumen tanpa kurs "
        "memakai kurs terakhir pada atau sebelum tanggalnya.",
        en="What one unit of another currency is worth in the company's. A document without a "
        "rate takes the last one on or before its date.",
    ),
    unique=("currency", "date"),
    columns=(
        Code("currency", CURRENCY_WORDS, required=True, width=10, max_length=3),
        Date("date", Words(id="Tanggal", en="Date"), required=True, width=12),
        Rate("rate", RATE_WORDS, required=True, width=16, minimum=SMALLEST),
        Text("source", Words(id="Menurut", en="According to"), width=32, max_length=200),
    ),
    rules=(rate_is_of_another_currency, rate_in_use_stays),
    refreshes=documents_at_the_rate,
    indexes=("currency",),
)
