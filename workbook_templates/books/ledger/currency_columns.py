"""The columns with which a document, an account or a journal line says its currency."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.columns import Code, Money, Rate
from workbook_templates.words import Words

CURRENCY_WORDS = Words(id="Mata uang", en="Currency")
RATE_WORDS = Words(id="Kurs", en="Exchange rate")
SMALLEST = Decimal("0.000001")
CURRENCY = Code(
    "currency",
    CURRENCY_WORDS,
    Words(
        id="Tiga huruf, misalnya USD; semua jumlah di dokumen ini lalu dalam mata uang itu. "
        "Kosong = mata uang perusahaan.",
        en="Three letters, such as USD; all amounts of the document are then in it. Blank = the "
        "company's currency.",
    ),
    head=True,
    width=10,
    max_length=3,
)
RATE = Rate(
    "rate",
    RATE_WORDS,
    Words(
        id="Satu satuan mata uang itu dalam mata uang perusahaan; kosong = kurs terakhir di lembar "
        "Kurs.",
        en="One unit of it in the company's currency; blank = the last one on Exchange Rates.",
    ),
    head=True,
    width=14,
    minimum=SMALLEST,
)
DOCUMENT_CURRENCY = (CURRENCY, RATE)
LINE_CURRENCY = (
    Code(
        "currency",
        CURRENCY_WORDS,
        Words(
            id="Hanya untuk baris dalam mata uang lain; debit dan kredit tetap dalam mata uang "
            "perusahaan.",
            en="Only for lines in another currency; debit and credit stay in the company's.",
        ),
        width=10,
        max_length=3,
    ),
    Money(
        "foreign_amount",
        Words(id="Jumlah valuta", en="Foreign amount"),
        Words(
            id="Jumlah dalam mata uang itu, tanpa tanda; sisinya menurut debit atau kredit.",
            en="The amount in that currency, without a sign; its side is that of debit or credit.",
        ),
        minimum=Decimal(0),
        width=16,
    ),
)
IN_CURRENCY = Code("currency", CURRENCY_WORDS, width=10)  # of a report's amounts
ACCOUNT_CURRENCY = Code(
    "currency",
    CURRENCY_WORDS,
    Words(
        id="Untuk rekening bank atau kas dalam mata uang lain, misalnya USD.",
        en="For money at a bank, or cash, in another currency, such as USD.",
    ),
    width=10,
    max_length=3,
)
