"""Tax codes: dated rows that do not overlap, and that stay as they are once documents use them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.taxes import fraction, valid_on
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

BAD_FRACTION = Message(
    "bad_fraction",
    Words(
        id="“{text}” bukan bagian dari harga. Tulis pecahan sampai 1, misalnya 11/12 atau 1/1.",
        en="“{text}” is not a part of the price. Write a fraction up to 1, such as 11/12 or 1/1.",
    ),
)
ENDS_BEFORE_IT_BEGINS = Message(
    "ends_before_it_begins",
    Words(
        id="Tanggal akhir {last} mendahului tanggal awal {first}. Perbaiki salah satunya.",
        en="The last day {last} is before the first day {first}. Correct one of them.",
    ),
)
DATES_OVERLAP = Message(
    "dates_overlap",
    Words(
        id="Dua baris kode {code} sama-sama berlaku pada {date}. Isi Sampai pada baris yang lama.",
        en="Two rows of {code} are both valid on {date}. Fill in To on the older row.",
    ),
)
TAX_CODE_IN_USE = Message(
    "tax_code_in_use",
    Words(
        id="Kode pajak {code} dipakai {document} bertanggal {date}; isinya pada tanggal itu tidak "
        "dapat diubah. Tambahkan baris baru dengan tanggal berlaku.",
        en="Tax code {code} is used by {document} dated {date}; what holds on that day cannot "
        "change. Add a new row with the day from which it holds.",
    ),
)
_USED_CELLS = ("rate", "base_fraction", "kind", "account", "rounding")


def base_fraction_is_a_part(document: Document, known: Known) -> Iterator[Problem]:
    """The taxed part of the price is above nothing and at most the whole."""
    for line in document.lines:
        text = line.text("base_fraction")
        try:
            fraction(text)
        except (ValueError, ZeroDivisionError):
            yield BAD_FRACTION(column="base_fraction", row_id=line.id, text=text)


def dates_do_not_overlap(document: Document, known: Known) -> Iterator[Problem]:
    """On each day at most one row of a tax code is valid."""
    for line in document.lines:
        if line.text("to") and line.text("to") < line.text("from"):
            yield ENDS_BEFORE_IT_BEGINS(
                column="to", row_id=line.id, first=line["from"], last=line["to"]
            )
    dated = sorted((ln for ln in document.lines if ln.text("from")), key=lambda ln: ln.text("from"))
    for older, newer in combinations(dated, 2):
        if valid_on((older,), newer.text("from")):
            yield DATES_OVERLAP(
                column="from", row_id=newer.id, code=document.key, date=newer["from"]
            )


def used_tax_code_stays(document: Document, known: Known) -> Iterator[Problem]:
    """What documents were taxed by does not change: their entries are posted."""
    if not document.before:
        return
    for table in TRADES:
        if known.has(table):
            yield from _changed_for(document, table, known)


def _changed_for(document: Document, table: str, known: Known) -> Iterator[Problem]:
    """The first document of a table for which the code would no longer say the same."""
    for line in known.rows(table):  # no index: codes change too rarely for one to pay
        if line.cells.get("tax_code") != document.key:
            continue
        day = line.text("date")
        if _said(document.before, day) != _said(document.lines, day):
            row = valid_on(document.lines, day)
            yield TAX_CODE_IN_USE(
                column="rate" if row else None,
                row_id=row.id if row else None,
                code=document.key,
                document=line.text(line.sheet.key_columns[0]),
                date=line["date"],
            )
            return


def _said(rows: tuple[Line, ...], day: str) -> tuple[str, ...] | None:
    row = valid_on(rows, day)
    return tuple(row.text(column) for column in _USED_CELLS) if row else None
