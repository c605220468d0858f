"""Reading a sheet: its rows as canonical text with their row ids, and what could not be read."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any

from addin.base_lines import BaseRow
from addin.hosts.base import Cell, CellError, SheetCells, Workbook
from addin.layout import FLAGS, ID, STATUS, Layout, find_layout
from addin.remembered import SheetMemory
from addin.renamed import with_renamed
from workbook_templates.columns import Column
from workbook_templates.columns.cells import ERROR_IN_CELL
from workbook_templates.locale import Locale, locale
from workbook_templates.problems import Message, Problem, Unreadable
from workbook_templates.row_ids import are_too_many, new_id, repair, unshuffled
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NO_RESULT = Message(
    "formula_without_result",
    Words(
        "Rumus di sel ini belum dihitung. Buka dan simpan berkas ini di Excel atau LibreOffice,"
        " atau tulis nilainya langsung.",
        "The formula in this cell was not calculated yet. Open and save the file in Excel or"
        " LibreOffice, or write the value itself.",
    ),
)
MERGED_CELLS = Message(
    "merged_cells",
    Words(
        "Sel di baris ini digabung. Pisahkan selnya (Unmerge), lalu isi setiap baris.",
        "Cells in this row are merged. Unmerge them and fill in every row.",
    ),
)

_SUMS = ("SUM(", "SUBTOTAL(", "AGGREGATE(")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    """One for all rows: most have nothing to tell."""
    return _NOTHING


def with_text(cells: Mapping[str, str], column: str, text: str | None) -> dict[str, str]:
    """Cells of which one holds this text, or is blank."""
    others = {key: known for key, known in cells.items() if key != column}
    return {**others, column: text} if text else others


@dataclass(slots=True)
class SheetRow:
    """One row: `cells` as they shall be (blanks absent), and what stands there now (`shown`).

    Both are replaced and never changed, so that they can be one with each other and the base's.
    `number` is the row number that the person sees, None for a row that is still to be written.
    `unreadable` are the cells of which nothing is known: they are neither sent nor written over.
    """

    number: int | None
    cells: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=_nothing)
    shown_id: str | None = None
    status: str | None = None
    flags: str | None = None
    unreadable: Mapping[str, Problem] = field(default_factory=_nothing)
    raw: Mapping[str, str] = field(default_factory=_nothing)
    formulas: Mapping[str, str] = field(default_factory=_nothing)
    merged: bool = False

    def type_in(self, column: str, text: str | None) -> None:
        """Make a cell hold this, whatever stood there."""
        self.cells = with_text(self.cells, column, text)
        self.unreadable = {k: p for k, p in self.unreadable.items() if k != column}
        self.formulas = {k: text for k, text in self.formulas.items() if k != column}

    @property
    def is_readable(self) -> bool:
        """Whether all of the row is known, so that it may be sent."""
        return not self.unreadable and not self.merged


@dataclass
class Page:
    """One sheet as it was read: its rows by row id, in the order of the sheet.

    `emptied` are row numbers whose remains of ours (id, Status) are to be blanked. `too_many_gone`
    says that so many rows vanished that their deletion waits for a person's word. `memory` is what
    let only some of the rows be read (`addin.lazy`). `shuffled`: the id that each row is given ->
    the id beside which its cells stood, of rows that a sort of part of the sheet mixed up.
    """

    layout: Layout
    rows: dict[str, SheetRow]
    removed: list[SheetRow] = field(default_factory=list)
    emptied: list[int] = field(default_factory=list)
    last: int = 0
    unheaded: frozenset[str] = frozenset()
    learned: dict[str, str] = field(default_factory=dict)
    copied_from: dict[str, str] = field(default_factory=dict)
    reattached: int = 0
    shuffled: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    too_many_gone: bool = False
    memory: SheetMemory | None = None

    @property
    def sheet(self) -> Sheet:
        """The declaration of this sheet."""
        return self.layout.sheet


def read_page(
    workbook: Workbook, sheet: Sheet, meta: Mapping[str, str], base: Mapping[str, BaseRow]
) -> Page:
    """Read one sheet and mend its row ids. Raises `MissingSheet`."""
    layout, cells = find_layout(workbook, sheet, meta)
    spoken = locale(meta.get("locale") or "id-ID")
    layout, learned = with_renamed(layout, cells, base, spoken)
    reading = Reading(layout, cells, spoken)
    found = list(reading.rows())
    page = Page(layout, {}, emptied=reading.emptied, last=reading.last)
    page.unheaded, page.learned = layout.unheaded, learned
    give_ids(page, found, base)
    return page


def give_ids(
    page: Page, found: list[SheetRow], base: Mapping[str, BaseRow], typed_rows: int | None = None
) -> None:
    """Mend the row ids of what was found and put it on the page.

    `typed_rows`: how many rows that people make the base has, where `base` is only some of it.
    """
    known = {rid: row.cells for rid, row in base.items()}
    pairs = [(row.shown_id, row.cells) for row in found]
    repaired = repair(pairs, known, _rising_ids())
    ids = unshuffled(repaired, pairs, known) if repaired.shuffled else repaired.ids
    page.shuffled = {ids[i]: repaired.ids[i] for i in repaired.shuffled}
    page.rows = dict(zip(ids, found, strict=True))
    _share(page.rows, base)
    page.copied_from = repaired.copied_from
    page.reattached = len(repaired.reattached)
    typed = {rid: row.cells for rid, row in base.items() if row.source is None}
    page.missing = tuple(rid for rid in repaired.missing if rid in typed)
    all_typed = len(typed) if typed_rows is None else typed_rows
    page.too_many_gone = are_too_many(page.missing, range(all_typed))


def _share(rows: Mapping[str, SheetRow], base: Mapping[str, BaseRow]) -> None:
    """Most rows are as they were last agreed: their texts need not be kept twice."""
    for rid, row in rows.items():
        known = base.get(rid)
        if known is not None and known.cells == row.cells:
            known.cells = row.cells


def _rising_ids() -> Callable[[], str]:
    """New ids that sort in the order in which they are made, so that others see rows as typed."""
    moments = count(time.time_ns() // 1_000_000)
    return lambda: new_id(next(moments), os.urandom(10))


class Reading:
    """Turns the cells below the headings into rows; each different cell is read once a column."""

    def __init__(self, layout: Layout, cells: SheetCells, spoken: Locale) -> None:
        self.layout, self.cells, self.locale = layout, cells, spoken
        self.columns = [(layout.sheet.column(key), n) for key, n in layout.columns.items()]
        self.known: dict[str, dict[Cell, str | None]] = {c.key: {} for c, _ in self.columns}
        self.merged = _merged_rows(cells, layout)
        self.formulas = _formulas_by_row(cells, layout)
        self.emptied: list[int] = []
        self.last = layout.head

    def rows(self, numbers: Iterable[int] | None = None) -> Iterator[SheetRow]:
        """The rows with content (among `numbers`), below the table's end too; no blank ones."""
        height = len(self.cells.rows)
        for number in range(self.layout.head + 1, height + 1) if numbers is None else numbers:
            row = self._row(number, self.cells.rows[number - 1] if number <= height else [])
            if row is not None:
                yield row

    def _row(self, number: int, cells: list[Cell]) -> SheetRow | None:
        given = [(c, cells[n - 1]) for c, n in self.columns if n <= len(cells)]
        given = [(c, cell) for c, cell in given if cell is not None and cell != ""]
        blind = [c.key for c, n in self.columns if (number, n) in self.cells.uncalculated]
        row_id, status, flags = (_text_at(cells, self.layout.own[k]) for k in (ID, STATUS, FLAGS))
        if not given and not blind and number not in self.merged:
            if row_id or status or flags:
                self.emptied.append(number)
            return None
        self.last = number
        formulas = self.formulas.get(number, {})
        if number > self.layout.bottom and not row_id and _is_a_total(formulas):
            return None
        merged = number in self.merged
        texts, unread = self._texts(given)
        unread |= {key: (NO_RESULT(), formulas[key]) for key in blind}
        if not texts and not unread and not merged:
            return None
        row = SheetRow(number, texts, texts, row_id, status, flags, merged=merged)
        if formulas:
            row.formulas = formulas
        if unread:
            row.unreadable = {key: problem for key, (problem, _) in unread.items()}
            row.raw = {key: text for key, (_, text) in unread.items()}
        return row

    def _texts(
        self, given: Iterable[tuple[Column, Cell]]
    ) -> tuple[dict[str, str], dict[str, tuple[Problem, str]]]:
        """Canonical texts by column key, and what is wrong with other cells, as they are."""
        texts: dict[str, str] = {}
        unread: dict[str, tuple[Problem, str]] = {}
        for column, cell in given:
            known = self.known[column.key]
            try:
                text = known[cell] if cell in known else self._canonical(column, cell)
            except Unreadable as unreadable:
                shown = cell.text if isinstance(cell, CellError) else str(cell)
                unread[column.key] = unreadable.problem, shown
            else:
                if text:
                    texts[column.key] = text
        return texts, unread

    def _canonical(self, column: Column, cell: Cell) -> str | None:
        if isinstance(cell, CellError):
            raise Unreadable(ERROR_IN_CELL(error=cell.text))
        text = column.canonical(cell, self.locale)
        if not isinstance(cell, bool) and cell not in (
            0,
            1,
        ):  # True == 1: never mix them up
            self.known[column.key][cell] = text
        return text


def _text_at(cells: list[Cell], number: int) -> str | None:
    cell = cells[number - 1] if number <= len(cells) else None
    return None if cell is None or cell == "" else str(cell)


def _merged_rows(cells: SheetCells, layout: Layout) -> set[int]:
    """The rows below the headings in which declared cells are merged."""
    ours, last = set(layout.columns.values()), len(cells.rows)
    areas = (a for a in cells.merged if any(a.left <= n <= a.right for n in ours))
    return {n for a in areas for n in range(max(a.top, layout.head + 1), min(a.bottom, last) + 1)}


def _formulas_by_row(cells: SheetCells, layout: Layout) -> dict[int, dict[str, str]]:
    """The formulas in declared cells: row number -> column key -> formula."""
    key_at = {number: key for key, number in layout.columns.items()}
    found: dict[int, dict[str, str]] = {}
    for (row, column), formula in cells.formulas.items():
        if column in key_at:
            found.setdefault(row, {})[key_at[column]] = formula
    return found


def _is_a_total(formulas: Mapping[str, str]) -> bool:
    """Whether a row below the table adds up the rows above it; that is no record."""
    return any(name in formula.upper() for formula in formulas.values() for name in _SUMS)
