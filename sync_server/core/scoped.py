"""The company as one person may know it: rules and reports asked of it can tell nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from sync_server.core.access import Author, is_whole
from sync_server.core.draft import Draft
from sync_server.core.sums import Adder, By, Sums, add_up, adder
from workbook_templates.schema import Cells, Company, Document, Known, Line, Replay, Totals
from workbook_templates.senders import Sender


class Scoped:
    """A `Known` over what a draft has, without the rows and columns that `author` may not see.

    Sums and projections over a table of which something is hidden are made anew from what is seen;
    all others are those that are kept. Another book's table is known as its reports know it.
    """

    def __init__(self, draft: Draft, author: Author) -> None:
        self.draft, self.author = draft, author

    @property
    def company(self) -> Company:
        """Whose books these are."""
        return self.draft.company

    @property
    def sender(self) -> Sender | None:
        """Who sends the change."""
        return self.draft.sender

    def has(self, table: str) -> bool:
        """True for every declared table."""
        return self.draft.has(table)

    def seen(self, line: Line) -> Line | None:
        """A row without its hidden columns; None for a hidden one."""
        table = line.sheet.table
        if is_whole(self.author, line.sheet):
            return line
        if not self.author.may_see(table, line.cells):
            return None
        columns = self.author.visible.get(table, ())
        cells = {key: line.cells[key] for key in columns if key in line.cells}
        return Line(line.sheet, line.id, cells, line.source)

    def row(self, table: str, key: str) -> Line | None:
        """The first row with this business key that may be seen."""
        document = self.document(table, key)
        return document.lines[0] if document else None

    def document(self, table: str, key: str) -> Document | None:
        """What may be seen of a document."""
        document = self.draft.document(table, key)
        lines = self._seen(document.lines) if document else ()
        return Document(self.draft.catalogue.sheets[table], key, lines, lines) if lines else None

    def rows(self, table: str) -> Sequence[Line]:
        """All live rows that may be seen."""
        return self._seen(self.draft.rows(table))

    def where(self, table: str, column: str, value: str) -> Sequence[Line]:
        """The seen rows with this text in a column that is seen."""
        found = self._seen(self.draft.where(table, column, value))
        return tuple(line for line in found if line.text(column) == value)

    def between(self, table: str, column: str, value: str, first: str, last: str) -> Sequence[Line]:
        """Those of some days."""
        found = self._seen(self.draft.between(table, column, value, first, last))
        day = self.draft.catalogue.sheets[table].dated
        return tuple(r for r in found if r.text(column) == value and first <= r.text(day) <= last)

    def totals(
        self,
        key: str,
        by: Sequence[str] = (),
        equal: Cells | None = None,
        first: Cells | None = None,
        last: Cells | None = None,
    ) -> Sums:
        """Sums over what may be seen."""
        declared = self.draft.catalogue.totals[key]
        source = self._sources[key]
        if source is None:
            return self.draft.totals(key, by, equal, first, last)
        found: Sums = {}
        for values, amounts in self._added(declared, source).items():
            named = dict(zip(declared.by, values, strict=True))
            if _within(named, equal or {}, first or {}, last or {}):
                group = tuple(named[name] for name in by)
                before = found.get(group, (0,) * len(amounts))
                found[group] = tuple(a + b for a, b in zip(before, amounts, strict=True))
        return found

    def replayed(self, key: str, partition: str) -> Sequence[Mapping[str, str | None]]:
        """The rows of a projection, made anew where it follows from hidden ones."""
        replay = self.draft.catalogue.replays[key]
        if self._whole(replay):
            return self.draft.replayed(key, partition)
        if (key, partition) not in self._replays:
            self._replays[key, partition] = replay.build(partition, self)[0]
        return self._replays[key, partition]

    # -- inside ----------------------------------------------------------------------------------

    @cached_property
    def _replays(self) -> dict[tuple[str, str], Sequence[Cells]]:
        return {}

    @cached_property
    def _sources(self) -> dict[str, str | Replay | None]:
        """What each total adds up where something of it is hidden: a table or a projection."""
        found: dict[str, str | Replay | None] = {}
        for table, sheet in self.draft.catalogue.sheets.items():
            whole = is_whole(self.author, sheet)
            found |= {totals.key: None if whole else table for totals in sheet.totals}
        for replay in self.draft.catalogue.replays.values():
            kept = self._whole(replay)
            found |= {totals.key: None if kept else replay for totals in replay.totals}
        return found

    def _whole(self, replay: Replay) -> bool:
        sheets = self.draft.catalogue.sheets
        return all(is_whole(self.author, sheets[table]) for table in replay.sources)

    def _seen(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        return tuple(seen for line in lines if (seen := self.seen(line)) is not None)

    def _added(self, declared: Totals, source: str | Replay) -> dict[By, tuple[int, ...]]:
        sums: dict[str, dict[By, tuple[int, ...]]] = {declared.key: {}}
        adding: tuple[Adder, ...] = (adder(declared),)
        rows = self._all_replayed(source) if isinstance(source, Replay) else self.rows(source)
        cells = [row.cells if isinstance(row, Line) else row for row in rows]
        add_up(adding, [(each, 1) for each in cells], sums)
        return sums[declared.key]

    def _all_replayed(self, replay: Replay) -> list[Mapping[str, str | None]]:
        partitions = {
            line.text(column)
            for table, column in replay.sources.items()
            for line in self.rows(table)
            if line.text(column)
        }
        return [row for name in sorted(partitions) for row in self.replayed(replay.key, name)]


def _within(named: Cells, equal: Cells, first: Cells, last: Cells) -> bool:
    return (
        all((named[name] or "") == (text or "") for name, text in equal.items())
        and all((named[name] or "") >= text for name, text in first.items() if text is not None)
        and all((named[name] or "") <= text for name, text in last.items() if text is not None)
    )


def known_to(author: Author, draft: Draft) -> Known:
    """What reports and rules may tell this person: all of it, where nothing is hidden from them."""
    sheets = draft.catalogue.sheets.values()
    return draft if all(is_whole(author, sheet) for sheet in sheets) else Scoped(draft, author)
