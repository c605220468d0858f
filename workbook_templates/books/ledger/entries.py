"""A journal entry in the making: what documents add their lines to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.schema import Cells, Document, Known, Proposal
from workbook_templates.words import Words

JOURNAL = "ledger.journal"


class Entry:
    """A journal entry in the making: lines are added with debit positive, zero is left out."""

    def __init__(
        self, source: Document, prefix: str, words: Words, known: Known, **head: str
    ) -> None:
        self._head = {
            "entry": f"{prefix}:{source.key}",
            "date": source.text("date"),
            "description": f"{words[known.company.language]} {source.key}",
            "source": source.source,
            **head,
        }
        self.key = self._head["entry"]
        self.balance = Decimal(0)  # of the lines so far, debit positive
        self._rows: list[Cells] = []

    def add(self, account: str, amount: Decimal, **cells: str) -> None:
        """A line of `amount`, debit positive; `cells` are more columns, blanks left out."""
        if amount:
            side = "debit" if amount > 0 else "credit"
            more = {column: text for column, text in cells.items() if text}
            line = {"account": account, side: money.text(abs(amount))}
            self._rows.append({**self._head, **line, **more})
            self.balance += amount

    def proposal(self) -> Iterator[Proposal]:
        """The entry; nothing when all of it was zero."""
        if self._rows:
            yield Proposal(JOURNAL, self.key, tuple(self._rows))
