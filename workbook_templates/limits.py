"""Limits of rows: the window that a workbook shows, and the rows that a person may see.

A limit is written "table.column=value", with months "table.column=2026-01..2026-03"; a sheet
declares in `windows` by which of its columns it can be limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbook_templates.columns import Date, Month
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Cells, Sheet
from workbook_templates.words import Words

SPAN = ".."
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
NO_LIMIT = Message(
    "no_limit",
    Words(
        id="“{text}” bukan batas yang dikenal. Tulis seperti tabel.kolom=nilai. Pilihannya:"
        " {known}.",
        en="“{text}” is no limit that is known. Write table.column=value; there are: {known}.",
    ),
)
NO_MONTHS = Message(
    "no_months",
    Words(
        id="“{text}” bukan rentang bulan. Tulis seperti 2026-01..2026-03, 2026-05, atau"
        " 3 bulan terakhir.",
        en="“{text}” is no span of months. Write 2026-01..2026-03, 2026-05, or last 3 months.",
    ),
)


class NotALimit(ValueError):
    """A text that limits nothing; `problem` says how one is written."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.words.en)
        self.problem = problem


@dataclass(frozen=True, slots=True, order=True)
class Limit:
    """Rows of `table` with one of `values` in one of `columns`, or with a day from month `first` to
    month `last` (both included, "YYYY-MM").
    """

    table: str
    columns: tuple[str, ...]
    values: tuple[str, ...] = ()
    first: str = ""
    last: str = ""

    def admits(self, cells: Cells) -> bool:
        """Whether a row is within the limit; a blank never is."""
        texts = [text for column in self.columns if (text := cells.get(column))]
        if self.first:
            return any(self.first <= text[:7] <= self.last for text in texts)
        return any(text in self.values for text in texts)

    @property
    def texts(self) -> list[str]:
        """The limit as it is written, a text for each value."""
        named = f"{self.table}.{self.columns[0]}"
        values = [f"{self.first}{SPAN}{self.last}"] if self.first else self.values
        return [f"{named}={value}" for value in values]


Limits = Mapping[str, tuple[Limit, ...]]  # by table; a row must be within each of its table's


def read_limits(texts: Iterable[str], sheets: Mapping[str, Sheet]) -> Limits:
    """Limits by table; several values of one column are alternatives. Raises `NotALimit`."""
    found: dict[tuple[str, tuple[str, ...]], Limit] = {}
    for text in texts:
        limit = _read(text, sheets)
        place = (limit.table, limit.columns)
        before = found.get(place)
        if before is not None and not limit.first:
            limit = replace(before, values=tuple(sorted({*before.values, *limit.values})))
        found[place] = limit
    return by_table(found.values())


def by_table(limits: Iterable[Limit]) -> Limits:
    """Limits under the tables that they limit."""
    found: dict[str, tuple[Limit, ...]] = {}
    for limit in sorted(limits):
        found[limit.table] = (*found.get(limit.table, ()), limit)
    return found


def _read(text: str, sheets: Mapping[str, Sheet]) -> Limit:
    name, _, value = text.partition("=")
    table, _, column = name.strip().rpartition(".")
    sheet, value = sheets.get(table), value.strip()
    if sheet is None or column not in sheet.window_columns or not value:
        known = ", ".join(f"{s.table}.{c}" for s in sheets.values() for c in s.window_columns)
        raise NotALimit(NO_LIMIT(text=text, known=known))
    columns = sheet.window_columns[column]
    if not is_dated(sheet, column):
        return Limit(table, columns, (value,))
    first, last = read_months(value)
    return Limit(table, columns, first=first, last=last)


def is_dated(sheet: Sheet, column: str) -> bool:
    """Whether a column is limited by months and not by values."""
    return isinstance(sheet.column(column), Date | Month)


def read_months(text: str) -> tuple[str, str]:
    """First and last month of "2026-01..2026-03" or "2026-05". Raises `NotALimit`."""
    first, _, last = text.partition(SPAN)
    first, last = first.strip(), last.strip() or first.strip()
    if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last) and first <= last):
        raise NotALimit(NO_MONTHS(text=text))
    return first, last


def last_months(count: int, today: str) -> str:
    """The span that ends with the month of a day: 3 of 2026-05-17 is 2026-03..2026-05."""
    year, month = int(today[:4]), int(today[5:7])
    begin = year * 12 + month - count
    return f"{begin // 12:04d}-{begin % 12 + 1:02d}{SPAN}{today[:7]}"


def within(limits: Sequence[Limit], cells: Cells) -> bool:
    """Whether a row is within all limits."""
    return all(limit.admits(cells) for limit in limits)


def keys_within(limits: Sequence[Limit], rows: Iterable[tuple[str, Cells]]) -> set[str]:
    """The documents (of rows with their document's key) that are inside a window: whole documents
    are, as soon as one of their rows is.
    """
    return {key for key, cells in rows if within(limits, cells)}
