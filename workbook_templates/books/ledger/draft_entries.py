"""Journal entries that may have to be approved, and the journal's own entry once they are."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.schema import Document, Known, Proposal

JOURNAL = "ledger.journal"
TAKEN_OVER = (
    "date", "account", "description", "debit", "credit", "currency", "foreign_amount", "party",
    "cost_centre", "due", "kind",
)  # fmt: skip


def entry_of_draft(draft: Document, known: Known) -> Iterator[Proposal]:
    """Entry "JU:ACC-7" of the draft ACC-7, line by line."""
    key = f"JU:{draft.key}"
    head = {"entry": key, "source": draft.source}
    rows = (
        {**head, **{c: text for c in TAKEN_OVER if (text := line.text(c))}} for line in draft.lines
    )
    if draft.lines:
        yield Proposal(JOURNAL, key, tuple(rows))
