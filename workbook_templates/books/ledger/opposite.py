"""The entry that takes another back: the same accounts with debit and credit exchanged."""

from __future__ import annotations

from workbook_templates.schema import Cells, Document, Known
from workbook_templates.words import Words

SUFFIX = "-R"
REVERSAL_OF = Words(id="Pembalikan {entry}: {text}", en="Reversal of {entry}: {text}")
LONGEST = 500


def opposite_entry(document: Document, date: str, known: Known) -> tuple[Cells, ...]:
    """The lines of entry "JU-7-R" on another day. A second reversal meets a number in use."""
    said = REVERSAL_OF[known.company.language]
    return tuple(
        {
            "entry": document.key + SUFFIX,
            "date": date,
            "account": line.cells.get("account"),
            "description": said.format(entry=document.key, text=line.text("description"))
            .rstrip(": ")[:LONGEST]
            .rstrip(),
            "debit": line.cells.get("credit"),
            "credit": line.cells.get("debit"),
            "party": line.cells.get("party"),
            "cost_centre": line.cells.get("cost_centre"),
        }
        for line in document.lines
    )
