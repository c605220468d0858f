"""What every column kind does: cell -> canonical text -> value, and back into a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from workbook_templates.locale import Locale
from workbook_templates.problems import Unreadable
from workbook_templates.words import Words


@dataclass(frozen=True)
class Column:
    """A column of a sheet: permanent key, headings, and how its cells are read and written.

    `head`: the value is the whole document's; a blank on a later line means "as on the first".
    `seen_by`: the roles that may see it; empty = whoever may see the sheet.
    `default`: canonical text that a new row gets where the cell is blank.
    `aliases`: other headings by which a workbook has it; `known_as`: what files of other programs
    call it, which is asked only when one is imported.
    """

    key: str
    heading: Words
    help: Words | None = None
    required: bool = False
    read_only: bool = False
    default: str | None = None
    head: bool = False
    width: int = 14
    aliases: tuple[str, ...] = ()
    seen_by: frozenset[str] = frozenset()
    known_as: tuple[str, ...] = ()

    kind: ClassVar[str] = "column"
    sql: ClassVar[str] = "text"  # text | numeric | date | boolean | integer

    def canonical(self, cell: object, locale: Locale) -> str | None:
        """The one spelling of what a cell holds; None for a blank. Raises `Unreadable`."""
        raise NotImplementedError

    def check(self, text: str) -> None:
        """Raises `Unreadable` unless `text` is canonical already; the wire carries nothing else."""
        raise NotImplementedError

    def value(self, text: str) -> Any:
        """The Python value of canonical text: Decimal, date, bool, or the text itself."""
        return text

    def cell(self, text: str, language: str) -> object:
        """What a host writes into the cell of a workbook in that language ("id" or "en")."""
        return self.value(text)


__all__ = ["Column", "Unreadable"]
