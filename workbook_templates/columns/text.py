"""Free text: descriptions, notes, names, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import (
    NOT_CANONICAL,
    clean,
    refuse_error,
    refuse_length,
    short,
    written,
)
from workbook_templates.locale import Locale
from workbook_templates.problems import Unreadable


@dataclass(frozen=True)
class Text(Column):
    """Any text. A number, a date or TRUE in such a cell is the text that its user sees there."""

    max_length: int = 500

    kind: ClassVar[str] = "text"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        if cell is None:
            return None
        text = clean(cell) if isinstance(cell, str) else written(cell, locale)
        refuse_error(text)
        refuse_length(text, self.max_length)
        return text or None

    def check(self, text: str) -> None:
        if not text or clean(text) != text:
            raise Unreadable(NOT_CANONICAL(text=short(text)))
        refuse_error(text)
        refuse_length(text, self.max_length)
