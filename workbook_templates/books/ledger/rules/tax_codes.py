"""Tax codes: dated rows that do not overlap, and that stay as they are once documents use them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from workbook_templates.books.ledger.choices import TAX_KINDS, words_of
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.taxes import (
    HUNDRED,
    WITHHOLDING,
    day_of_line,
    fraction,
    rate_on,
    valid_on,
)
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
NOT_FOR_THIS_KIND = Message(
    "not_for_this_kind",
    Words(
        id="{heading_id} tidak berlaku untuk pajak jenis {kind_id}. Kosongkan selnya.",
        en="{heading_en} is not for a tax of kind {kind_en}. Leave the cell blank.",
    ),
)
NEGATIVE_WITHHOLDING = Message(
    "negative_withholding",
    Words(
        id="Tarif pemotongan ditulis positif; jumlahnya dikurangkan dengan sendirinya.",
        en="A rate of withholding is written positive; its amount is taken off by itself.",
    ),
)
MORE_THAN_ALL = Message(
    "more_than_all",
    Words(
        id="Yang dapat dikreditkan paling banyak 100 %. Perbaiki selnya.",
        en="At most 100 % can be credited. Correct the cell.",
    ),
)
CHAIN_RETURNS = Message(
    "chain_returns",
    Words(
        id="Pajak berikut {further} kembali ke kode {code}. Pilih kode lain.",
        en="The further tax {further} leads back to {code}. Choose another code.",
    ),
)
CHAIN_OF_ANOTHER_KIND = Message(
    "chain_of_another_kind",
    Words(
        id="Pajak berikut {further} berjenis lain dari {code}. Pilih kode dengan jenis yang sama.",
        en="The further tax {further} is of another kind than {code}. Choose one of the same.",
    ),
)
_USED_CELLS = (
    "rate", "base_fraction", "kind", "account", "rounding", "included", "treatment", "creditable",
    "rounded_per", "further", "basis", "without_tax_id", "threshold", "yearly_threshold",
    "on_excess",
)  # fmt: skip
_CHARGING = ("included", "treatment", "rounded_per", "further", "basis", "facility")
_KEEPING_BACK = ("without_tax_id", "threshold", "yearly_threshold", "on_excess")
_NOT_FOR = {
    "output": ("creditable", *_KEEPING_BACK),
    "input": _KEEPING_BACK,
    WITHHOLDING: ("creditable", *_CHARGING),
}


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


def columns_fit_the_kind(document: Document, known: Known) -> Iterator[Problem]:
    """Only input tax is credited, only withholding has thresholds, only charged tax has a price."""
    for line in document.lines:
        kind = line.text("kind")
        for column in _NOT_FOR.get(kind, ()):
            if line.text(column):
                heading, words = line.sheet.column(column).heading, words_of(TAX_KINDS, kind)
                yield NOT_FOR_THIS_KIND(
                    column=column,
                    row_id=line.id,
                    heading_id=heading.id,
                    heading_en=heading.en,
                    kind_id=words.id.lower(),
                    kind_en=words.en.lower(),
                )
        if kind == WITHHOLDING and (line["rate"] or 0) < 0:
            yield NEGATIVE_WITHHOLDING(column="rate", row_id=line.id)
        if (line["creditable"] or 0) > HUNDRED:
            yield MORE_THAN_ALL(column="creditable", row_id=line.id)


def chain_ends(document: Document, known: Known) -> Iterator[Problem]:
    """Further taxes are of the same kind and do not come back to where they began."""
    for line in document.lines:
        further = line.text("further")
        seen = {document.key}
        code = further
        while code and code not in seen:
            seen.add(code)
            row = rate_on(known, code, line.text("from"))
            if row is not None and row.text("kind") != line.text("kind"):
                yield CHAIN_OF_ANOTHER_KIND(
                    column="further", row_id=line.id, further=code, code=document.key
                )
            code = row.text("further") if row else ""
        if code:
            yield CHAIN_RETURNS(
                column="further", row_id=line.id, further=further, code=document.key
            )


def used_tax_code_stays(document: Document, known: Known) -> Iterator[Problem]:
    """What documents were taxed by does not change: their entries are posted."""
    if not document.before or _says_the_same(document):
        return
    codes = _leading_to(document.key, known)
    for table in TRADES:
        if known.has(table):
            yield from _changed_for(document, table, codes, known)


def _says_the_same(document: Document) -> bool:
    """Whether only names and official codes differ: nothing that was computed."""
    said, before = (
        sorted((row.text("from"), row.text("to"), *_cells(row)) for row in rows)
        for rows in (document.lines, document.before)
    )
    return said == before


def _leading_to(code: str, known: Known) -> set[str]:
    """A code and all that bring it along."""
    found, more = {code}, {code}
    while more:
        rows = known.rows("ledger.tax_codes")
        more = {r.text("code") for r in rows if r.text("further") in more} - found
        found |= more
    return found


def _changed_for(
    document: Document, table: str, codes: set[str], known: Known
) -> Iterator[Problem]:
    """The first document of a table for which the code would no longer say the same."""
    for line in known.rows(table):  # no index: codes change too rarely for one to pay
        if not codes & {line.cells.get("tax_code"), line.cells.get("withholding")}:
            continue
        day = day_of_line(line, known)
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
    return _cells(row) if row else None


def _cells(row: Line) -> tuple[str, ...]:
    return tuple(row.text(column) for column in _USED_CELLS)
