"""Withholding on the lines of invoices and bills: a code that is valid, of the right side, once."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.choices import TAX_KINDS, words_of
from workbook_templates.books.ledger.invoices import SALES
from workbook_templates.books.ledger.rules.trade import TAX_CODE_KIND, TAX_CODE_NOT_VALID
from workbook_templates.books.ledger.taxes import TAX_CODES, WITHHOLDING, rate_on, tax_day
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

WITHHELD_TWICE = Message(
    "withheld_twice",
    Words(
        id="Kode pajak {code} juga pemotongan. Isi pemotongan hanya di satu kolom.",
        en="The tax code {code} withholds too. Name the withholding in one column only.",
    ),
)
WE_ARE_WITHHELD_FROM = Message(
    "we_are_withheld_from",
    Words(
        id="Pada faktur penjualan pelanggan yang memotong: akun kode {code} harus aset (pajak "
        "dibayar di muka) atau beban (pajak final). Pilih kode lain.",
        en="On a sales invoice the customer withholds: the account of {code} must be an asset "
        "(prepaid tax) or an expense (final tax). Choose another code.",
    ),
)
WE_WITHHOLD = Message(
    "we_withhold",
    Words(
        id="Pada tagihan pembelian kita yang memotong: akun kode {code} harus liabilitas (utang "
        "pajak). Pilih kode lain.",
        en="On a purchase bill we withhold: the account of {code} must be a liability (tax "
        "payable). Choose another code.",
    ),
)


def withholding_is_valid(document: Document, known: Known) -> Iterator[Problem]:
    """What is withheld stands under a valid code of that kind, on the side of who withholds."""
    day = tax_day(document, known)
    if not day or not known.has(TAX_CODES):
        return
    for line in document.lines:
        for column in ("tax_code", "withholding"):
            if code := line.text(column):
                yield from _problems_of(document, line, column, rate_on(known, code, day), known)


def _problems_of(
    document: Document, line: Line, column: str, rate: Line | None, known: Known
) -> Iterator[Problem]:
    place = {"column": column, "row_id": line.id, "code": line.text(column)}
    if rate is None:
        exists = known.row(TAX_CODES, line.text(column)) is not None
        if column == "withholding" and exists:  # of the other column `tax_codes_are_valid` tells
            yield TAX_CODE_NOT_VALID(**place, date=document["date"])
    elif rate.text("kind") == WITHHOLDING:
        if column == "tax_code" and line.text("withholding"):
            yield WITHHELD_TWICE(**place)
        account = known.row(ACCOUNTS, rate.text("account"))
        sells = document.sheet.table == SALES.table
        fitting = ("asset", "expense") if sells else ("liability",)
        if account and account.text("type") not in fitting:
            yield (WE_ARE_WITHHELD_FROM if sells else WE_WITHHOLD)(**place)
    elif column == "withholding":
        words = words_of(TAX_KINDS, rate.text("kind"))
        yield TAX_CODE_KIND(**place, kind_id=words.id.lower(), kind_en=words.en.lower())
