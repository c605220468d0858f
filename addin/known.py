"""The company as one workbook knows it: what rules may look up without the server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from addin.copies import Copy
from addin.window import is_partly_here
from workbook_templates.check import fill_blanks
from workbook_templates.schema import Cells, Company, Document, Line, Replay, Sheet, Totals

UNITS = 10_000


@dataclass
class LocalKnown:
    """A `Known` over the sheets of one workbook as they stand, unsent rows among them.

    It has the tables of its own book only: of other books the workbook has keys for drop-down
    lists, and no rule may judge by those.
    """

    copy: Copy

    @property
    def company(self) -> Company:
        """The company to which the workbook is bound."""
        meta = self.copy.meta
        currency = meta.get("currency") or "IDR"
        return Company(meta["company"], meta["company"], currency, language=self.copy.language)

    @property
    def sender(self) -> None:
        """Nobody: what depends on the person is the server's to say."""
        return None

    def has(self, table: str) -> bool:
        """Whether the table is a sheet of this workbook, and was pulled at least once.

        A blank workbook has no accounts yet; that says nothing about the company. Nor do rows say
        that are outside the workbook's window.
        """
        if is_partly_here(self.copy, table):
            return False
        return table in self.copy.pages and bool(self.copy.meta.get("cursor"))

    def row(self, table: str, key: str) -> Line | None:
        """The first row of the document with this key."""
        lines = self._documents(table).get(key)
        return lines[0] if lines else None

    def document(self, table: str, key: str) -> Document | None:
        """The document with this key as it stands on the sheet."""
        lines = tuple(self._documents(table).get(key, ()))
        return Document(self._sheet(table), key, lines, lines) if lines else None

    def rows(self, table: str) -> Sequence[Line]:
        """All rows of a sheet."""
        return self._lines(table)

    def where(self, table: str, column: str, value: str) -> Sequence[Line]:
        """The rows with this text in a column."""
        if (table, column) not in self._indexes:
            index: dict[str, list[Line]] = defaultdict(list)
            for line in self._lines(table):
                index[line.text(column)].append(line)
            self._indexes[table, column] = index
        return self._indexes[table, column].get(value, [])

    def between(self, table: str, column: str, value: str, first: str, last: str) -> Sequence[Line]:
        """Those of some days."""
        day = self._sheet(table).dated
        return [r for r in self.where(table, column, value) if first <= r.text(day) <= last]

    def totals(
        self,
        key: str,
        by: Sequence[str] = (),
        equal: Cells | None = None,
        first: Cells | None = None,
        last: Cells | None = None,
    ) -> dict[tuple[str, ...], tuple[int, ...]]:
        """Sums over the sheets' rows in 1/10,000; none where this book does not keep them."""
        declared, rows = self._summed(key, equal or {})
        sums: dict[tuple[str, ...], list[int]] = {}
        if declared is None:
            return {}
        for cells in rows:
            if _within(cells, equal or {}, first or {}, last or {}):
                group = sums.setdefault(
                    tuple(_part(cells, name) for name in by), [0] * len(declared.of)
                )
                for place, column in enumerate(declared.of):
                    group[place] += int(Decimal(cells.get(column) or 0) * UNITS)
        return {group: tuple(amounts) for group, amounts in sums.items()}

    def replayed(self, key: str, partition: str) -> Sequence[Mapping[str, str | None]]:
        """A replay of this book over the sheets' rows; nothing for one of another book."""
        replay = next((r for r in self.copy.book.replays if r.key == key), None)
        if replay is None:
            return []
        if (key, partition) not in self._replays:
            self._replays[key, partition] = list(replay.build(partition, self)[0])
        return self._replays[key, partition]

    def before(self, table: str, key: str) -> tuple[Line, ...]:
        """The rows of a document as this file and the server last agreed."""
        if table not in self._before:
            sheet, grouped = self._sheet(table), dict[str, list[Line]]()
            for rid, row in self.copy.base(table).items():
                line = Line(sheet, rid, row.cells, row.source)
                grouped.setdefault(sheet.key_of(row.cells, rid), []).append(line)
            self._before[table] = grouped
        return tuple(self._before[table].get(key, ()))

    # -- inside ----------------------------------------------------------------------------------

    @cached_property
    def _tables(self) -> dict[str, list[Line]]:
        return {}

    @cached_property
    def _before(self) -> dict[str, dict[str, list[Line]]]:
        return {}

    @cached_property
    def _grouped(self) -> dict[str, dict[str, list[Line]]]:
        return {}

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], dict[str, list[Line]]]:
        return {}

    @cached_property
    def _replays(self) -> dict[tuple[str, str], list[Cells]]:
        return {}

    def _sheet(self, table: str) -> Sheet:
        return self.copy.pages[table].sheet

    def _lines(self, table: str) -> list[Line]:
        if table not in self._tables:
            self._tables[table] = lines_of(self.copy, table) if table in self.copy.pages else []
        return self._tables[table]

    def _documents(self, table: str) -> dict[str, list[Line]]:
        if table not in self._grouped:
            grouped: dict[str, list[Line]] = {}
            for line in self._lines(table):
                grouped.setdefault(line.sheet.key_of(line.cells, line.id), []).append(line)
            self._grouped[table] = grouped
        return self._grouped[table]

    def _summed(self, key: str, equal: Cells) -> tuple[Totals | None, Iterable[Cells]]:
        for sheet in self.copy.sheets():
            for declared in sheet.totals:
                if declared.key == key:
                    return declared, (line.cells for line in self._narrowed(sheet, equal))
        for replay in self.copy.book.replays:
            for declared in replay.totals:
                if declared.key == key:
                    return declared, self._all_replayed(replay)
        return None, ()

    def _narrowed(self, sheet: Sheet, equal: Cells) -> Sequence[Line]:
        """The rows of a sheet that can be meant, found by index where a column narrows them."""
        column = next((name for name in equal if name in sheet.by_key), None)
        if column is None:
            return self._lines(sheet.table)
        return self.where(sheet.table, column, equal[column] or "")

    def _all_replayed(self, replay: Replay) -> list[Cells]:
        partitions = {
            line.text(column)
            for table, column in replay.sources.items()
            for line in self._lines(table)
            if line.text(column)
        }
        return [row for name in sorted(partitions) for row in self.replayed(replay.key, name)]


def lines_of(copy: Copy, table: str) -> list[Line]:
    """The rows of a sheet as rules see them: blanks filled, unreadable cells as last agreed."""
    page, base = copy.pages[table], copy.base(table)
    sheet = page.sheet
    documents: dict[str, list[tuple[str, Cells, bool]]] = {}
    for rid, row in page.rows.items():
        known = base.get(rid)
        kept = known.cells if known else {}
        absent = {k: t for k, t in kept.items() if k not in page.layout.columns}
        unread = {k: t for k, t in kept.items() if k in row.unreadable}
        cells: Cells = {**absent, **row.cells, **unread} if absent or unread else row.cells
        documents.setdefault(sheet.key_of(cells, rid), []).append((rid, cells, known is None))
    lines: list[Line] = []
    for rows in documents.values():
        filled = fill_blanks(sheet, rows) if sheet.filled else {}
        for rid, cells, _ in rows:
            source = base[rid].source if rid in base else None
            lines.append(Line(sheet, rid, filled.get(rid, cells), source))
    return lines


def _part(cells: Cells, name: str) -> str:
    column, _, part = name.partition(":")
    text = cells.get(column) or ""
    return text[:7] if part == "month" else text


def _within(cells: Cells, equal: Cells, first: Cells, last: Cells) -> bool:
    return (
        all(_part(cells, name) == (text or "") for name, text in equal.items())
        and all(_part(cells, name) >= (text or "") for name, text in first.items())
        and all(_part(cells, name) <= (text or "") for name, text in last.items())
    )
