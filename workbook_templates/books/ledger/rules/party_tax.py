"""The tax papers of a party: numbers that can be right, and what was withheld stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.earlier_bills import BILLS
from workbook_templates.books.ledger.taxes import day_of_line, rate_on
from workbook_templates.books.ledger.withholding import rate_for
from workbook_templates.packs.trade import number_problems
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

IDENTITY_WITHOUT_KIND = Message(
    "identity_without_kind",
    Words(
        id="Isi Jenis identitas dan No. identitas bersama-sama, atau kosongkan keduanya.",
        en="Fill in Kind of identity and Identity number together, or leave both blank.",
    ),
)
EXEMPT_ENDS_BEFORE = Message(
    "exempt_ends_before",
    Words(
        id="Bebas sampai {last} mendahului bebas sejak {first}. Perbaiki salah satunya.",
        en="Exempt until {last} is before exempt from {first}. Correct one of them.",
    ),
)
WITHHELD_OTHERWISE = Message(
    "withheld_otherwise",
    Words(
        id="Tagihan {bill} bertanggal {date} sudah dipotong dengan tarif {before} %, bukan {after} "
        "%. Isi tanggal sejak kapan perubahan ini berlaku.",
        en="Bill {bill} dated {date} had {before} % withheld, not {after} %. Fill in the date from "
        "which this change holds.",
    ),
)
_ANSWER = ("tax_id", "tax_id_from", "exempt_no", "exempt_from", "exempt_to")


def party_numbers_can_be_right(document: Document, known: Known) -> Iterator[Problem]:
    """Numbers have the shape that their country gives them."""
    pack = known.company.pack
    for line in document.lines:
        columns = [("tax_place", "tax_place")]  # the tax number has a rule of its own
        if line.text("identity_kind") == "national_id":
            columns.append(("identity", "national_id"))
        for column, kind in columns:
            if text := line.text(column):
                yield from (p.at(line.id, column) for p in number_problems(pack, kind, text))
        if bool(line.text("identity_kind")) != bool(line.text("identity")):
            missing = "identity" if line.text("identity_kind") else "identity_kind"
            yield IDENTITY_WITHOUT_KIND(column=missing, row_id=line.id)


def exemption_has_its_order(document: Document, known: Known) -> Iterator[Problem]:
    """An exemption does not end before it begins."""
    for line in document.lines:
        first, last = line.text("exempt_from"), line.text("exempt_to")
        if first and last and last < first:
            yield EXEMPT_ENDS_BEFORE(
                column="exempt_to",
                row_id=line.id,
                first=line["exempt_from"],
                last=line["exempt_to"],
            )


def withheld_stays(document: Document, known: Known) -> Iterator[Problem]:
    """What was withheld from bills does not change with a party's papers: it is posted."""
    if not (document.before and document.lines and known.has(BILLS)):
        return
    before, after = document.before[0], document.lines[0]
    if all(before.text(column) == after.text(column) for column in _ANSWER):
        return
    for bill in known.where(BILLS, "supplier", document.key):
        code, day = bill.text("withholding") or bill.text("tax_code"), day_of_line(bill, known)
        row = rate_on(known, code, day) if code else None
        if row is not None and row.text("kind") == "withholding":
            yield from _changed(bill, row, day, before, after)


def _changed(bill: Line, row: Line, day: str, before: Line, after: Line) -> Iterator[Problem]:
    old, new = rate_for(row, before, day), rate_for(row, after, day)
    if old != new:
        exempt = any(before.text(c) != after.text(c) for c in _ANSWER[2:])
        yield WITHHELD_OTHERWISE(
            column="exempt_from" if exempt else "tax_id_from",
            row_id=after.id,
            bill=bill.text("bill"),
            date=bill["date"],
            before=old,
            after=new,
        )
