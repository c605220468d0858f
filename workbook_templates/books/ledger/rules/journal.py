"""Journal entries: both sides equal to the last unit, each line on one side."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.columns.number import LIMIT, NUMBER_TOO_LARGE
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

UNBALANCED = Message(
    "unbalanced",
    Words(
        id="Jurnal {entry} tidak seimbang: debit {debit}, kredit {credit}, selisih {difference}. "
        "Perbaiki jumlahnya atau tambahkan baris yang kurang.",
        en="Entry {entry} does not balance: debit {debit}, credit {credit}, difference "
        "{difference}. Mend an amount or add the missing line.",
    ),
)
ONE_SIDE = Message(
    "one_side",
    Words(
        id="Isi debit atau kredit, tepat salah satu, dengan jumlah di atas nol.",
        en="Fill in either debit or credit, exactly one of them, with an amount above zero.",
    ),
)
RESERVED_ENTRY = Message(
    "reserved_entry",
    Words(
        id="Nomor jurnal {entry} berawalan {prefix}, yang dipakai untuk jurnal otomatis. Pakai "
        "nomor lain.",
        en="Entry number {entry} begins with {prefix}, which is kept for entries that follow from "
        "other documents. Use another number.",
    ),
)
_RESERVED = re.compile(r"[A-Z]{2,4}:")
_TOO_LARGE = int(LIMIT) * 100


def entry_balances(document: Document, known: Known) -> Iterator[Problem]:
    """Each line has one side, and debits equal credits to the last unit.

    The problem stands at the last amount of the side that has less, where there is one.
    Counts in hundredths straight from the canonical text: this runs for every journal line.
    """
    debits = credits = 0
    for line in document.lines:
        debit, credit = _cents(line.cells.get("debit")), _cents(line.cells.get("credit"))
        if (debit > 0) == (credit > 0):
            yield ONE_SIDE(column="debit", row_id=line.id)
        debits += debit
        credits += credit
    if debits != credits:
        short = "debit" if debits < credits else "credit"
        filled = (line.id for line in reversed(document.lines) if line.cells.get(short))
        yield UNBALANCED(
            column=short,
            row_id=next(filled, document.lines[-1].id),
            entry=document.key,
            debit=_amount(debits),
            credit=_amount(credits),
            difference=_amount(abs(debits - credits)),
        )
    if max(debits, credits) >= _TOO_LARGE:
        yield from _too_large(document)


def _too_large(document: Document) -> Iterator[Problem]:
    """An amount that no cell would take, as quantity times price may come to."""
    sides = ((line, side) for line in document.lines for side in ("debit", "credit"))
    for line, side in sides:
        cents = _cents(line.cells.get(side))
        if cents >= _TOO_LARGE:
            number = _amount(cents)
            yield NUMBER_TOO_LARGE(column=side, row_id=line.id, number=number, limit=LIMIT)
            return


def _cents(text: str | None) -> int:
    return int(text.replace(".", "")) if text else 0


def _amount(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def entry_number_is_free(document: Document, known: Known) -> Iterator[Problem]:
    """A typed entry does not take a number like "SI:1", which is an invoice's own entry."""
    found = _RESERVED.match(document.key)
    if found is None:
        return
    for line in document.lines:
        if line.source is None:
            yield RESERVED_ENTRY(
                column="entry", row_id=line.id, entry=document.key, prefix=found[0]
            )
