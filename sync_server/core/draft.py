"""The company as it will be: what is kept, read in sets, under what this request changes.

`Draft` answers rules and reports (`schema.Known`). Every change can be taken back to a mark, so
that a refused document leaves no trace on its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

from sync_server.core.catalogue import Catalogue
from sync_server.core.port import DOCUMENT, SOURCE, Span, StoredRow, Sums, Transaction
from sync_server.core.sums import By, by_values, scaled
from workbook_templates.schema import Cells, Company, Document, Line, Totals

Undo = tuple[str, str, object]
Changed = dict[tuple[str, str], None]  # (totals key, value of its first column)


@dataclass(slots=True)
class _Place:
    """The live rows of a table by the texts of a column, and the texts that were read in full."""

    ids: dict[str, dict[str, None]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)


class Draft:
    """One transaction's view. Rows are admitted as they are first asked for."""

    def __init__(self, held: Transaction, catalogue: Catalogue) -> None:
        self.held = held
        self.catalogue = catalogue
        self.rows_now: dict[str, StoredRow | None] = {}
        self.sums: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(dict)
        self._sums_by_first: dict[str, dict[str, list[By]]] = defaultdict(lambda: defaultdict(list))
        self._sums_indexed: dict[str, int] = defaultdict(int)  # sums only grow in number
        self.replays: dict[tuple[str, str], Sequence[Cells]] = {}
        self._places: dict[tuple[str, str], _Place] = defaultdict(_Place)
        self._whole: set[str] = set()
        self._undo: list[Undo] = []
        self.rebuilt: dict[tuple[str, str], None] = {}
        self.canonical: dict[str, dict[str, set[str | None]]] = defaultdict(_sets)
        self._lines: dict[str, Line] = {}
        self._firsts: dict[str, dict[str, Line | None]] = defaultdict(dict)  # what `row` answered

    # -- what rules and reports ask (schema.Known) --------------------------------------------

    @property
    def company(self) -> Company:
        """Whose books these are."""
        return self.held.company

    def has(self, table: str) -> bool:
        """True for every declared table: the server has them all."""
        return table in self.catalogue.sheets

    def row(self, table: str, key: str) -> Line | None:
        """The row with this business key; of a document its first line."""
        firsts = self._firsts[table]
        if key not in firsts:
            firsts[key] = next(map(self.line, self.stored(table, DOCUMENT, key)), None)
        return firsts[key]

    def document(self, table: str, key: str) -> Document | None:
        """The document of that key, None where there is none."""
        lines = tuple(self.line(row) for row in self.stored(table, DOCUMENT, key))
        return Document(self.catalogue.sheets[table], key, lines, lines) if lines else None

    def rows(self, table: str) -> Sequence[Line]:
        """All live rows of a table."""
        if table not in self._whole:
            for row in self.held.rows_of(table):
                self._admit(row)
            self._whole.add(table)
        documents = self._places[(table, DOCUMENT)].ids.values()
        return [self.line(cast(StoredRow, self.rows_now[i])) for ids in documents for i in ids]

    def where(self, table: str, column: str, value: str) -> Sequence[Line]:
        """The live rows with this text in an indexed column."""
        return [self.line(row) for row in self.stored(table, column, value)]

    def totals(
        self,
        key: str,
        by: Sequence[str] = (),
        equal: Cells | None = None,
        first: Cells | None = None,
        last: Cells | None = None,
    ) -> Sums:
        """Kept sums plus what this request adds to them; see `schema.Known.totals`."""
        declared = self.catalogue.totals[key]
        at = {name: n for n, name in enumerate(declared.by)}
        wanted = [at[name] for name in by]
        fixed = {at[k]: v or "" for k, v in (equal or {}).items()}
        span: dict[int, Span] = {
            at[k]: ((first or {}).get(k), (last or {}).get(k))
            for k in {*(first or {}), *(last or {})}
        }
        found = dict(self.held.totals(key, wanted, fixed, span))
        for values, added in self._added(key, fixed.get(0)):
            if all(values[n] == v for n, v in fixed.items()) and _within(values, span):
                group = tuple(values[n] for n in wanted)
                before = found.get(group, (0,) * len(added))
                found[group] = tuple(a + b for a, b in zip(before, added, strict=True))
        return found

    def replayed(self, key: str, partition: str) -> Sequence[Cells]:
        """The rows of a projection for one partition, as they are now."""
        self.load_replays(key, [partition])
        return self.replays[(key, partition)]

    def load_replays(self, key: str, partitions: Iterable[str]) -> None:
        """Reads many partitions of a projection in one question."""
        wanted = [p for p in dict.fromkeys(partitions) if (key, p) not in self.replays]
        if wanted:
            kept = self.held.replayed(key, wanted)
            for partition in wanted:
                self.replays[(key, partition)] = kept.get(partition, [])

    # -- rows -----------------------------------------------------------------------------------

    def line(self, row: StoredRow) -> Line:
        """A stored row as rules see it."""
        known = self._lines.get(row.id)
        if known is None or known.cells is not row.cells or known.source != row.source:
            known = Line(self.catalogue.sheets[row.table], row.id, row.cells, row.source)
            self._lines[row.id] = known
        return known

    def stored(self, table: str, column: str, value: str) -> list[StoredRow]:
        """The live rows with this value, in the order in which they were first met."""
        place, now = self._places[(table, column)], self.rows_now
        if value not in place.complete:
            self.load(table, column, [value])
        ids = place.ids.get(value, ())
        return [row for i in ids if (row := now[i]) is not None]

    def load(self, table: str, column: str, values: Iterable[str]) -> None:
        """Reads many values in one question, for later look-ups without one."""
        complete = self._places[(table, column)].complete
        wanted = [v for v in dict.fromkeys(values) if v not in complete]
        if wanted and table not in self._whole:
            for row in self.held.rows_where(table, column, wanted):
                self._admit(row)
            complete.update(wanted)

    def load_ids(self, ids: Iterable[str]) -> None:
        """Reads many rows by id, tombstones too."""
        wanted = [i for i in dict.fromkeys(ids) if i not in self.rows_now]
        found = self.held.rows_by_id(wanted) if wanted else {}
        for i in wanted:
            if i in found:
                self._admit(found[i])
            else:
                self.rows_now[i] = None

    def by_id(self, row_id: str) -> StoredRow | None:
        """The row of that id (perhaps a tombstone), None where there never was one."""
        if row_id not in self.rows_now:
            self.load_ids([row_id])
        return self.rows_now[row_id]

    def change(self, after: StoredRow) -> None:
        """Puts a row (or its tombstone) in its new state."""
        before = self.by_id(after.id)
        self._undo.append(("row", after.id, before))
        self._swap(before, after)

    def set_replay(self, key: str, partition: str, rows: Sequence[Cells]) -> None:
        """Puts a projection's rows of one partition in their new state, with their totals."""
        before = self.replayed(key, partition)
        self.rebuilt[(key, partition)] = None
        changed = self._swap_replay(key, partition, before, rows)
        self._undo.append(("replay", key, (partition, before, changed)))

    # -- marks -----------------------------------------------------------------------------------

    def mark(self) -> int:
        """Where `rollback` and `changed_since` count from."""
        return len(self._undo)

    def rollback(self, mark: int) -> None:
        """Takes back every change since the mark."""
        while len(self._undo) > mark:
            what, name, before = self._undo.pop()
            if what == "row":
                after = self.rows_now[name]
                self._swap(after, cast("StoredRow | None", before), name)
            else:
                partition, rows, _ = cast("tuple[str, Sequence[Cells], Changed]", before)
                self._swap_replay(name, partition, self.replays[(name, partition)], rows)

    def settle(self) -> None:
        """Lets go of the former states: no change so far is taken back, no mark so far is used."""
        self._undo.clear()

    def changed_since(self, mark: int) -> Iterator[tuple[StoredRow | None, StoredRow]]:
        """(before, after) of each row changed since the mark, once a row."""
        first: dict[str, StoredRow | None] = {}
        for what, name, before in self._undo[mark:]:
            if what == "row":
                first.setdefault(name, cast("StoredRow | None", before))
        for row_id, before_row in first.items():
            yield before_row, cast(StoredRow, self.rows_now[row_id])

    def sums_changed_since(self, mark: int) -> dict[tuple[str, str], Totals]:
        """(key, value of the first column) of each proposing total changed since the mark."""
        found: dict[tuple[str, str], Totals] = {}
        for row_before, after in self.changed_since(mark):
            for totals in self.catalogue.sheets[after.table].totals:
                for row in (row_before, after) if totals.proposes else ():
                    if row is not None:
                        found[(totals.key, by_values(totals, row.cells)[0])] = totals
        for what, _, before in self._undo[mark:]:
            if what == "replay":
                for key, value in cast("tuple[str, Sequence[Cells], Changed]", before)[2]:
                    if self.catalogue.totals[key].proposes:
                        found[(key, value)] = self.catalogue.totals[key]
        return found

    def sums_moved(self, key: str) -> dict[tuple[str, ...], list[int]]:
        """What this request adds to the sums of a totals key, without what adds nothing."""
        return {values: added for values, added in self.sums[key].items() if any(added)}

    # -- inside ----------------------------------------------------------------------------------

    def _admit(self, row: StoredRow) -> None:
        if self.rows_now.get(row.id) is None:
            self.rows_now[row.id] = row
            if not row.deleted:
                self._enter(row)

    def _enter(self, row: StoredRow) -> None:
        self._firsts[row.table].clear()
        for column in self.catalogue.looked_up[row.table]:
            value = row.key if column is DOCUMENT else row.cells.get(column, "")
            self._places[(row.table, column)].ids.setdefault(value, {})[row.id] = None
        if row.source is not None:
            self._places[("", SOURCE)].ids.setdefault(row.source, {})[row.id] = None

    def _leave(self, row: StoredRow) -> None:
        self._firsts[row.table].clear()
        for column in self.catalogue.looked_up[row.table]:
            value = row.key if column is DOCUMENT else row.cells.get(column, "")
            self._places[(row.table, column)].ids.get(value, {}).pop(row.id, None)
        if row.source is not None:
            self._places[("", SOURCE)].ids.get(row.source, {}).pop(row.id, None)

    def _swap(self, old: StoredRow | None, new: StoredRow | None, row_id: str = "") -> None:
        if old is not None and not old.deleted:
            self._leave(old)
            self._add(old, -1)
        self.rows_now[new.id if new else row_id] = new
        if new is not None and not new.deleted:
            self._enter(new)
            self._add(new, 1)

    def _swap_replay(
        self, key: str, partition: str, old: Sequence[Cells], new: Sequence[Cells]
    ) -> Changed:
        changed: Changed = {}
        # Most changes are of the newest rows: what stands before them adds nothing.
        first = _alike(old, new)
        for totals in self.catalogue.adders[key]:
            net: dict[tuple[str, ...], list[int]] = {}
            for sign, rows in ((-1, old), (1, new)):
                for cells in islice(rows, first, None):
                    totals.add(net, cells, sign)
            sums = self.sums[totals.key]
            for values, amount in net.items():
                if any(amount):
                    here = sums.setdefault(values, [0] * len(amount))
                    here[:] = [a + b for a, b in zip(here, amount, strict=True)]
                    changed[(totals.key, values[0])] = None
        self.replays[(key, partition)] = new
        return changed

    def _added(self, key: str, first: str | None) -> Iterator[tuple[By, list[int]]]:
        """What this request adds to a total, perhaps only under one value of its first column."""
        sums = self.sums.get(key, {})
        if first is None:
            yield from sums.items()
            return
        index = self._sums_by_first[key]
        for values in islice(sums, self._sums_indexed[key], None):
            index[values[0]].append(values)
        self._sums_indexed[key] = len(sums)
        for values in index.get(first, ()):
            yield values, sums[values]

    def _add(self, row: StoredRow, sign: int) -> None:
        scaled_of: tuple[str, ...] | None = None
        amounts: list[int] = []
        for totals in self.catalogue.adders[row.table]:
            if totals.of != scaled_of:
                scaled_of, amounts = totals.of, [scaled(row.cells.get(c)) for c in totals.of]
            if any(amounts):
                totals.add_amounts(self.sums[totals.key], row.cells, amounts, sign)


def _sets() -> dict[str, set[str | None]]:
    return defaultdict(set)


def _alike(old: Sequence[Cells], new: Sequence[Cells]) -> int:
    """How many rows at the beginning are the same."""
    count = 0
    for before, after in zip(old, new, strict=False):
        if before != after:
            break
        count += 1
    return count


def _within(values: tuple[str, ...], span: dict[int, Span]) -> bool:
    return all(
        (first is None or values[n] >= first) and (last is None or values[n] <= last)
        for n, (first, last) in span.items()
    )
