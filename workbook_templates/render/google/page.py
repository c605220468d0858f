"""A spreadsheet that is being made: whose it is, its lists, and how its requests pile up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from workbook_templates.render.binding import Binding
from workbook_templates.render.frame import LISTS, Frame
from workbook_templates.render.google.requests import Json, Tab
from workbook_templates.render.lists import Lists, list_name


@dataclass
class Page:
    """What the tabs of one spreadsheet share. `rows` is how far down a tab is prepared."""

    binding: Binding
    lists: Lists
    rows: int
    taken: frozenset[int] = frozenset()
    requests: list[Json] = field(default_factory=list)
    tabs: dict[str, Tab] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.binding.language

    def tab(self, title: str, columns: int, rows: int | None = None) -> Tab:
        """A new tab with an id that no other has."""
        used = self.taken | {tab.id for tab in self.tabs.values()}
        number = next(n for n in count(1) if n not in used)
        self.tabs[title] = Tab(number, title, rows or self.rows, columns)
        return self.tabs[title]

    def add(self, *requests: Json) -> None:
        """Put requests at the end."""
        self.requests += requests

    def source(self, listed: str | Sequence[str]) -> str | Sequence[str]:
        """What a drop-down lists: words as they are, a list by name as the range it stands in."""
        return self._ranges()[listed] if isinstance(listed, str) else listed

    def _ranges(self) -> dict[str, str]:
        lists, ranges = self.lists, {}
        for sheet in lists.book.sheets:
            if len(sheet.unique) == 1 and not sheet.group_by:
                letter = Frame(sheet).letter(sheet.unique[0])
                ranges[f"={list_name(sheet.table)}"] = _range(sheet.title[self.language], letter)
        for place, name in enumerate(lists.columns):
            ranges[f"={list_name(name)}"] = _range(LISTS, str(xl_col_to_name(place)))
        return ranges


def _range(title: str, letter: str) -> str:
    """A column below its heading, to wherever its tab may grow."""
    return f"={quote_sheetname(title)}!${letter}$2:${letter}"
