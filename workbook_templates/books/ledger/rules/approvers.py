"""The limits of approval: whole rows, set by a controller."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.senders import CONTROLLER
from workbook_templates.words import Words

ONE_APPROVER = Message(
    "one_approver",
    Words(
        id="Isi Peran penyetuju atau Penyetuju, tepat salah satu. Penyetuju lain ditulis di baris "
        "tersendiri.",
        en="Fill in Approver's role or Approver, exactly one of them. Another approver goes on a "
        "row of their own.",
    ),
)
DEPUTY_WITHOUT_SPAN = Message(
    "deputy_without_span",
    Words(
        id="Isi Wakil bersama Wakil dari dan Wakil sampai, dan tanggalnya berurutan.",
        en="Fill in Deputy together with Deputy from and Deputy to, with the dates in order.",
    ),
)
LIMITS_NOT_YOURS = Message(
    "limits_not_yours",
    Words(
        id="Batas persetujuan hanya ditetapkan pengawas pembukuan (controller). Kembalikan "
        "barisnya, atau mintalah kepadanya.",
        en="Only a controller sets the limits of approval. Put the row back, or ask one.",
    ),
)


def one_approver_a_row(document: Document, known: Known) -> Iterator[Problem]:
    """A rule names a role or a person, not both."""
    for line in document.lines:
        if bool(line.text("role")) == bool(line.text("person")):
            yield ONE_APPROVER(column="role", row_id=line.id)


def deputies_have_a_span(document: Document, known: Known) -> Iterator[Problem]:
    """A deputy stands in from a day to a day, neither of them left open."""
    for line in document.lines:
        named = [bool(line.text(column)) for column in ("deputy", "from", "to")]
        if any(named) and not (all(named) and line.text("from") <= line.text("to")):
            yield DEPUTY_WITHOUT_SPAN(column="deputy", row_id=line.id)


def controllers_set_the_limits(document: Document, known: Known) -> Iterator[Problem]:
    """Who keeps the books does not decide what of it somebody else must see."""
    if known.sender is not None and not known.sender.has(CONTROLLER):
        yield LIMITS_NOT_YOURS(row_id=document.lines[0].id if document.lines else None)
