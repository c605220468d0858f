"""Payment terms: the parts are a whole, and what documents were due by does not change."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.terms import PARTIES, is_rest
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

PERCENT_AND_AMOUNT = Message(
    "percent_and_amount",
    Words(
        id="Isi persen atau jumlah tetap, tidak keduanya; kosong keduanya berarti sisanya.",
        en="Fill in a percentage or a fixed amount, not both; both blank means the rest.",
    ),
)
MORE_THAN_ONE_REST = Message(
    "more_than_one_rest",
    Words(
        id="Hanya satu baris boleh menjadi sisanya. Isi persen atau jumlah pada baris ini.",
        en="Only one row can be the rest. Fill in a percentage or an amount on this one.",
    ),
)
TERMS_DO_NOT_ADD_UP = Message(
    "terms_do_not_add_up",
    Words(
        id="Bagian termin {terms} berjumlah {percent} %. Jadikan 100 %, atau kosongkan persen dan "
        "jumlah pada satu baris agar menjadi sisanya.",
        en="The parts of the terms {terms} add up to {percent} %. Make it 100 %, or leave "
        "percentage and amount of one row blank, so that it is the rest.",
    ),
)
DAY_OF_MONTH = Message(
    "day_of_month",
    Words(
        id="Tidak ada tanggal {day}. Tulis 1 sampai 31; 31 berarti akhir bulan.",
        en="No month has a day {day}. Write 1 to 31; 31 means the end of the month.",
    ),
)
TERMS_TOO_LONG = Message(
    "terms_too_long",
    Words(
        id="Paling banyak {most} sesudah tanggal dokumen. Kurangi angkanya.",
        en="At most {most} after the document's date. Lower the number.",
    ),
)
TERMS_IN_USE = Message(
    "terms_in_use",
    Words(
        id="Termin {terms} sudah dipakai {document}, jadi tidak dapat diubah atau dihapus. Buat "
        "kode baru, dan pakai itu di lembar Mitra.",
        en="The terms {terms} are used by {document}, so they cannot be changed or deleted. Make "
        "a new code, and name that one on the Parties sheet.",
    ),
)
DUE_OR_TERMS = Message(
    "due_or_terms",
    Words(
        id="Isi Jatuh tempo atau Termin, tidak keduanya.",
        en="Fill in either the due date or the terms, not both.",
    ),
)
_SAID = ("percent", "amount", "months", "day", "days")
_MOST = {"months": 1_200, "days": 36_500}  # a hundred years


def terms_add_up(terms: Document, known: Known) -> Iterator[Problem]:
    """Percentages are 100, or one row is the rest."""
    rests = [line for line in terms.lines if is_rest(line)]
    for line in terms.lines:
        if line.text("percent") and line.text("amount"):
            yield PERCENT_AND_AMOUNT(column="amount", row_id=line.id)
        if int(line.text("day") or 1) > 31:
            yield DAY_OF_MONTH(column="day", row_id=line.id, day=line["day"])
    for line in rests[1:]:
        yield MORE_THAN_ONE_REST(column="percent", row_id=line.id)
    percent = sum((line["percent"] or Decimal(0) for line in terms.lines), Decimal(0))
    fixed = any(line.text("amount") for line in terms.lines)
    short = not rests and (percent < 100 or fixed)
    if terms.lines and (percent > 100 or short):
        yield TERMS_DO_NOT_ADD_UP(
            column="percent", row_id=terms.lines[-1].id, terms=terms.key, percent=percent
        )


def terms_come_to_an_end(terms: Document, known: Known) -> Iterator[Problem]:
    """Nothing is due later than a hundred years on: such days the calendar does not have."""
    for line in terms.lines:
        for column, most in _MOST.items():
            if int(line.text(column) or 0) > most:
                yield TERMS_TOO_LONG(column=column, row_id=line.id, most=most)


def used_terms_stay(terms: Document, known: Known) -> Iterator[Problem]:
    """What a document's instalments were made by does not change; its words may."""
    if not terms.before or sorted(map(_said, terms.before)) == sorted(map(_said, terms.lines)):
        return
    using = {row.text("code") for row in known.rows(PARTIES) if row.text("terms") == terms.key}
    for trade in TRADES.values():  # no index: terms change too rarely for one to pay
        for line in known.rows(trade.table):
            own, due = line.text("terms"), line.text("due")
            if own == terms.key or (not (own or due) and line.text(trade.party) in using):
                yield TERMS_IN_USE(
                    row_id=terms.lines[0].id if terms.lines else None,
                    terms=terms.key,
                    document=line.text(line.sheet.key_columns[0]),
                )
                return


def due_or_terms(document: Document, known: Known) -> Iterator[Problem]:
    """A document is due on a day of its own or by terms."""
    if document.text("due") and document.text("terms"):
        yield DUE_OR_TERMS(column="terms", row_id=document.lines[0].id)


def _said(line: Line) -> tuple[str, ...]:
    return tuple(line.text(column) for column in _SAID)
