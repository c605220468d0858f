"""Yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import NOT_CANONICAL, one_line, refuse_error, seen, short
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

NOT_A_FLAG = Message(
    "not_a_flag",
    Words(
        "“{text}” bukan Ya atau Tidak. Tulis Ya atau Tidak.",
        "“{text}” is neither Yes nor No. Write Yes or No.",
    ),
)
YES, NO = Words("Ya", "Yes"), Words("Tidak", "No")

# LibreOffice keeps TRUE and FALSE as the numbers 1 and 0.
_READ = {"ya": "true", "yes": "true", "true": "true", "1": "true"}
_READ |= {"tidak": "false", "no": "false", "false": "false", "0": "false"}


@dataclass(frozen=True)
class Flag(Column):
    """ "true" or "false"; the cell shows Ya or Tidak, Yes or No. A blank is neither."""

    kind: ClassVar[str] = "flag"
    sql: ClassVar[str] = "boolean"

    def canonical(self, cell: object, locale: Locale) -> str | None:
        if cell is None:
            return None
        text = one_line(cell) if isinstance(cell, str) else seen(cell, locale)
        if not text:
            return None
        refuse_error(text)
        flag = _READ.get(text.lower())
        if flag is None:
            raise Unreadable(NOT_A_FLAG(text=short(text)))
        return flag

    def check(self, text: str) -> None:
        if text not in ("true", "false"):
            raise Unreadable(NOT_CANONICAL(text=short(text)))

    def value(self, text: str) -> bool:
        return text == "true"

    def cell(self, text: str, language: str) -> object:
        return (YES if text == "true" else NO)[language]
