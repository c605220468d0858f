"""The parts in which a book's sheets are laid out in a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_templates.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """Sheets of a book that are used together, by key: side by side, in one colour."""

    title: Words
    sheets: tuple[str, ...]
