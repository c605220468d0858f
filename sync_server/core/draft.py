"""The company as it will be: what is kept, read in sets, under what this request changes.

`Draft` answers rules and reports (`schema.Known`). Every change can be taken back to a mark, so
that a refused document leaves no trace on its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from operator import add
from typing import cast

from sync_server.core.catalogue import Catalogue
from sync_server.core.fates import Fates
from sync_server.core.port import DOCUMENT, SOURCE, Days, StoredRow, Transaction
from sync_server.core.projections import Projection, Projections, alike
from sync_server.core.sums import (
    By,
    Moved,
    Span,
    Sums,
    add_difference,
    add_up,
    by_values,
    grouped,
    within,
)
from workbook_templates.resuming import Stretch
from workbook_templates.schema import Cells, Company, Document, Line, Totals
from workbook_templates.senders import Sender

Undo = tuple[str, str, object]
Step = tuple[StoredRow | None, StoredRow | None]  # a live row as it was, and as it is
Changed = dict[tuple[str, str], None]  # (totals key, value of its first column)
Rebuilt = tuple[str, Projection, Changed]  # a partition, as it was, and which sums it moved


@dataclass(slots=True)
class _Place:
    """The live rows of a table by the texts of a column, and the texts that were read in full.
    `followed`: how much of the table's log has been entered.
    """

    ids: dict[str, dict[str, None]] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    followed: int = 0


class Draft:
    """One transaction's view. Rows are admitted as they are first asked for."""

    def __init__(self, held: Transaction, catalogue: Catalogue) -> None:
        self.held = held
        self.catalogue = catalogue
        self.rows_now: dict[str, StoredRow | None] = {}
        self.sender: Sender | None = None  # of the groups that are looked at
        self.fates = Fates(held)
        # What this request adds to the sums, by totals key, and by table the rows that came and
        # left and are not among them yet.
        self.summed: dict[str, Sums] = defaultdict(dict)
        self.moved: dict[str, list[Moved]] = defaultdict(list)
        self._sums_by_first: dict[str, dict[str, list[By]]] = defaultdict(lambda: defaultdict(list))
        self._sums_indexed: dict[str, int] = defaultdict(int)  # sums only grow in number
        self.projections = Projections(held)
        self._kept_sums: dict[tuple[str, str], Sums] = {}  # by key and value of the first column
        self._places: dict[tuple[str, str], _Place] = defaultdict(_Place)
        self._log: dict[str, list[Step]] = defaultdict(list)  # by table
        self._whole: set[str] = set()
        self._undo: list[Undo] = []
        self.canonical: set[str] = set()  # tables all of whose texts in this request can be kept
        self._lines: dict[str, Line] = {}
        # What `row` and `where` answered, by table, until one of its rows changes.
        self._firsts: dict[str, dict[str, Line | None]] = defaultdict(dict)
        self._found: dict[str, dict[tuple[str, str], Sequence[Line]]] = defaultdict(dict)

    # -- what rules and reports ask (schema.Known) --------------------------------------------

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The last number given of each series, by this request too."""
        return self.held.numbers()

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
            self._admit(self.held.rows_of(table))
            self._whole.add(table)
        documents = self._place(table, DOCUMENT).ids.values()
        return [self.line(cast(StoredRow, self.rows_now[i])) for ids in documents for i in ids]

    def where(self, table: str, column: str, value: str) -> Sequence[Line]:
        """The live rows with this text in an indexed column."""
        found = self._found[table]
        if (column, value) not in found:
            found[(column, value)] = tuple(map(self.line, self.stored(table, column, value)))
        return found[(column, value)]

    def between(self, table: str, column: str, value: str, first: str, last: str) -> Sequence[Line]:
        """Those of some days, without a look at the others."""
        day = self.catalogue.sheets[table].dated
        if value not in self._places[(table, column)].complete and table not in self._whole:
            self._admit(self.held.rows_where(table, column, [value], Days(day, first, last)))
        rows = [self.rows_now[i] for i in self._place(table, column).ids.get(value, ())]
        return [self.line(r) for r in rows if r and first <= r.cells.get(day, "") <= last]

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
        if (key, fixed.get(0)) in self._kept_sums:
            found = grouped(self._kept_sums[(key, fixed[0])], wanted, fixed, span)
        else:
            found = dict(self.held.totals(key, wanted, fixed, span))
        for values, added in self._added(key, fixed.get(0)):
            if all(values[n] == v for n, v in fixed.items()) and within(values, span):
                group = tuple(values[n] for n in wanted)
                before = found.get(group, (0,) * len(added))
                found[group] = tuple(a + b for a, b in zip(before, added, strict=True))
        return found

    def load_totals(self, key: str, firsts: Iterable[str]) -> None:
        """Reads the sums under many values of the first column in one question."""
        wanted = [value for value in firsts if (key, value) not in self._kept_sums]
        if wanted:
            self._kept_sums.update({(key, value): {} for value in wanted})
            for values, amounts in self.held.totals_under(key, wanted).items():
                self._kept_sums[(key, values[0])][values] = amounts

    def replayed(self, key: str, partition: str) -> Sequence[Cells]:
        """The rows of a projection for one partition, as they are now."""
        return self.projections.whole(key, partition)

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
        now = self.rows_now
        if value not in self._places[(table, column)].complete:
            self.load(table, column, [value])
        ids = self._place(table, column).ids.get(value, ())
        return [row for i in ids if (row := now[i]) is not None]

    def taken(self, table: str, column: str, values: Iterable[str]) -> set[str]:
        """Those values that live rows have."""
        values = list(values)
        self.load(table, column, values)
        ids = self._place(table, column).ids
        return {value for value in values if ids.get(value)}

    def load(self, table: str, column: str, values: Iterable[str]) -> None:
        """Reads many values in one question, for later look-ups without one."""
        complete = self._places[(table, column)].complete
        wanted = [v for v in dict.fromkeys(values) if v not in complete]
        if wanted and table not in self._whole:
            self._admit(self.held.rows_where(table, column, wanted))
            complete.update(wanted)

    def load_ids(self, ids: Iterable[str]) -> None:
        """Reads many rows by id, tombstones too."""
        wanted = [i for i in dict.fromkeys(ids) if i not in self.rows_now]
        found = self.held.rows_by_id(wanted) if wanted else {}
        self._admit([found[i] for i in wanted if i in found])
        self.rows_now.update([(i, None) for i in wanted if i not in found])

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

    def create(self, rows: Sequence[StoredRow]) -> None:
        """Puts rows that never were, all of one table: as `change` does, many at once."""
        self._undo.extend([("row", row.id, None) for row in rows])
        self.rows_now.update([(row.id, row) for row in rows])
        table = rows[0].table
        self._forget(table)
        self._log[table].extend([(None, row) for row in rows])
        self.moved[table].extend([(row.cells, 1) for row in rows])

    def set_replay(self, key: str, partition: str, position: int, stretch: Stretch) -> None:
        """Puts a projection's rows from a position on in their new state, with their totals."""
        before, after = self.projections.put(
            key, partition, position, stretch.rows, stretch.checkpoints
        )
        changed = self._resum(key, before.rows, after.rows)
        if changed is not None or before.checkpoints != after.checkpoints:
            self._undo.append(("replay", key, (partition, before, changed or {})))

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
                partition, was, _ = cast(Rebuilt, before)
                now = self.projections.current(name, partition).since(was.start)
                self._resum(name, now, was.rows)
                self.projections.put_back(name, partition, was)

    def settle(self) -> None:
        """Lets go of the former states: no change so far is taken back, no mark so far is used."""
        self._undo.clear()

    def kept(self) -> None:
        """All changes so far are in the store, with their sums: only newer ones add to those."""
        self.settle()
        self.projections.settle()
        self._kept_sums.clear()
        self.moved.clear()
        for so_far in (self.summed, self._sums_by_first, self._sums_indexed):
            so_far.clear()

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
                for key, value in cast(Rebuilt, before)[2]:
                    if self.catalogue.totals[key].proposes:
                        found[(key, value)] = self.catalogue.totals[key]
        return found

    # -- inside ----------------------------------------------------------------------------------

    def _admit(self, rows: Iterable[StoredRow]) -> None:
        """Takes in what was read, except what was known already."""
        now, by_source = self.rows_now, self._places[("", SOURCE)].ids
        new = [row for row in rows if now.get(row.id) is None]
        now.update([(row.id, row) for row in new])
        live = [row for row in new if not row.deleted]
        for table in {row.table for row in live}:
            self._forget(table)
        for row in live:
            self._log[row.table].append((None, row))
            if row.source is not None:
                by_source.setdefault(row.source, {})[row.id] = None

    def _place(self, table: str, column: str) -> _Place:
        """Where a table's rows stand by a column, brought up to date: most are never asked for.
        A row that keeps its text keeps its place.
        """
        place, log = self._places[(table, column)], self._log[table]
        for old, new in log[place.followed :] if place.followed < len(log) else ():
            here, there = _value(old, column), _value(new, column)
            if old is not None and here != there:
                place.ids.get(here or "", {}).pop(old.id, None)
            if new is not None:
                place.ids.setdefault(there or "", {})[new.id] = None
        place.followed = len(log)
        return place

    def _enter(self, old: StoredRow | None, new: StoredRow | None) -> None:
        """Puts a live row in the place of another; there may be none before or after."""
        for row in (old, new):
            if row is not None:
                self._forget(row.table)
                by_source = self._places[("", SOURCE)].ids
                if row.source is not None and row is old:
                    by_source.get(row.source, {}).pop(row.id, None)
                elif row.source is not None:
                    by_source.setdefault(row.source, {})[row.id] = None
        some = new or old
        if some is not None:
            self._log[some.table].append((old, new))

    def _forget(self, table: str) -> None:
        self._firsts[table].clear()
        self._found[table].clear()

    def _swap(self, old: StoredRow | None, new: StoredRow | None, row_id: str = "") -> None:
        self.rows_now[new.id if new else row_id] = new
        left = old if old is not None and not old.deleted else None
        came = new if new is not None and not new.deleted else None
        self._enter(left, came)
        for row, sign in ((left, -1), (came, 1)):
            if row is not None:
                self.moved[row.table].append((row.cells, sign))

    def _resum(self, key: str, old: Sequence[Cells], new: Sequence[Cells]) -> Changed | None:
        """Moves the sums from a projection's old rows to its new ones; None where they are equal.
        Most changes are of the newest rows: the others add nothing.
        """
        first = alike(old, new)
        if first == len(old) == len(new):
            return None
        net: dict[str, Sums] = defaultdict(dict)
        add_difference(self.catalogue.adders[key], old[first:], new[first:], net)
        changed: Changed = {}
        for name, sums in net.items():
            here = self.summed[name]
            for values, amount in sums.items():
                if any(amount):
                    before = here.get(values) or (0,) * len(amount)
                    here[values] = tuple(map(add, before, amount))
                    changed[(name, values[0])] = None
        return changed

    def _added(self, key: str, first: str | None) -> Iterator[tuple[By, tuple[int, ...]]]:
        """What this request adds to a total, perhaps only under one value of its first column."""
        for table, moved in self.moved.items():
            add_up(self.catalogue.adders[table], moved, self.summed)
        self.moved.clear()
        sums = self.summed.get(key, {})
        if first is None:
            yield from sums.items()
            return
        index = self._sums_by_first[key]
        for values in islice(sums, self._sums_indexed[key], None):
            index[values[0]].append(values)
        self._sums_indexed[key] = len(sums)
        for values in index.get(first, ()):
            yield values, sums[values]


def _value(row: StoredRow | None, column: str) -> str | None:
    """The text by which a row is found; None where there is no row."""
    if row is None:
        return None
    return row.key if column == DOCUMENT else row.cells.get(column, "")
