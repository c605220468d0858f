"""A company held in memory: honest look-ups, totals and replays, for the tests of books.

`KnownRows({"ledger.accounts": [{"code": "11000", …}], …})` fills blanks as the product does and
checks nothing; `refusals(known, table, rows)` gives the problems of one document as it would be;
`accepted(known, table, rows)` is the company after it, with all that follows from the document;
`without(known, table, key)` is the company after its deletion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import count

from workbook_templates.books import all_books, sheet_of
from workbook_templates.check import document_problems, fill_blanks, text_problems
from workbook_templates.problems import Problem
from workbook_templates.schema import (
    Cells,
    Company,
    Document,
    Known,
    Line,
    Proposal,
    Replay,
    Totals,
)
from workbook_templates.senders import Sender

NUMBERS = count(1)
COMPANY = Company("contoh", "PT Lajur Contoh")


@dataclass(frozen=True)
class KnownRows:
    """A `Known` over rows given as {table: rows}; `absent` tables are as if not in the workbook."""

    given: Mapping[str, Iterable[Cells | Line]]
    company: Company = COMPANY
    absent: frozenset[str] = frozenset()
    sender: Sender | None = None

    @cached_property
    def tables(self) -> dict[str, list[Line]]:
        return {table: _lines(table, rows) for table, rows in self.given.items()}

    @cached_property
    def _documents(self) -> dict[str, dict[str, list[Line]]]:
        documents: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
        for table, lines in self.tables.items():
            for line in lines:
                documents[table][line.sheet.key_of(line.cells, line.id)].append(line)
        return documents

    @cached_property
    def _read(self) -> dict[tuple[str, str], list[Cells]]:
        return {}

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], dict[str, list[Line]]]:
        return {}

    def has(self, table: str) -> bool:
        return table not in self.absent

    def row(self, table: str, key: str) -> Line | None:
        lines = self._documents.get(table, {}).get(key)
        return lines[0] if lines else None

    def document(self, table: str, key: str) -> Document | None:
        lines = tuple(self._documents.get(table, {}).get(key, ()))
        return Document(sheet_of(table), key, lines, lines) if lines else None

    def rows(self, table: str) -> Sequence[Line]:
        return self.tables.get(table, [])

    def where(self, table: str, column: str, value: str) -> Sequence[Line]:
        if column not in sheet_of(table).indexes:
            raise LookupError(f"{table} declares no index on {column}")
        if (table, column) not in self._indexes:
            index: dict[str, list[Line]] = defaultdict(list)
            for line in self.rows(table):
                index[line.text(column)].append(line)
            self._indexes[table, column] = index
        return self._indexes[table, column].get(value, [])

    def between(self, table: str, column: str, value: str, first: str, last: str) -> Sequence[Line]:
        day = sheet_of(table).dated
        return [r for r in self.where(table, column, value) if first <= r.text(day) <= last]

    def totals(
        self,
        key: str,
        by: Sequence[str] = (),
        equal: Cells | None = None,
        first: Cells | None = None,
        last: Cells | None = None,
    ) -> dict[tuple[str, ...], tuple[int, ...]]:
        declared, rows = self._summed_rows(key)
        named = {*by, *(equal or {}), *(first or {}), *(last or {})}
        if unknown := named - set(declared.by):
            raise LookupError(f"{key} is not kept by {unknown}")
        sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0] * len(declared.of))
        for cells in rows:
            if _within(cells, equal, first, last):
                group = sums[tuple(_by_text(cells, name) for name in by)]
                for place, column in enumerate(declared.of):
                    group[place] += int(Decimal(cells.get(column) or 0) * 10_000)
        return {group: tuple(amounts) for group, amounts in sums.items()}

    def _summed_rows(self, key: str) -> tuple[Totals, Sequence[Cells]]:
        for book in all_books():
            for sheet in book.sheets:
                for declared in sheet.totals:
                    if declared.key == key:
                        return declared, [line.cells for line in self.rows(sheet.table)]
            for replay in book.replays:
                for declared in replay.totals:
                    if declared.key == key:
                        return declared, self._all_replayed(replay)
        raise LookupError(f"no totals are declared as {key}")

    def _all_replayed(self, replay: Replay) -> list[Cells]:
        rows: list[Cells] = []
        for partition in sorted(self.partitions(replay)):
            rows += self.replayed(replay.key, partition)
        return rows

    def partitions(self, replay: Replay) -> set[str]:
        """Every partition value of a replay that some row of its sources has."""
        return {
            line.text(column)
            for table, column in replay.sources.items()
            for line in self.rows(table)
            if line.text(column)
        }

    def replayed(self, key: str, partition: str) -> Sequence[Cells]:
        if (key, partition) not in self._read:
            self._read[key, partition] = _replay(key).build(partition, self)[0]
        return self._read[key, partition]


def document(known: Known, table: str, rows: Iterable[Cells], key: str | None = None) -> Document:
    """The document that these rows would be, with the same document's rows of `known` as before."""
    lines = tuple(_lines(table, rows))
    sheet = sheet_of(table)
    key = sheet.key_of(lines[0].cells, lines[0].id) if key is None else key
    kept = known.document(table, key)
    return Document(sheet, key, lines, kept.lines if kept else ())


def refusals(
    known: KnownRows, table: str, rows: Iterable[Cells], key: str | None = None
) -> list[Problem]:
    """All that is wrong with one document as it would be; no rows and a key: its deletion."""
    changed = document(known, table, list(rows), key)
    texts = [p for line in changed.lines for p in text_problems(changed.sheet, line.id, line.cells)]
    if texts:
        return texts
    after = _with(known, changed)
    problems = document_problems(changed, after)
    for replay in _replays_of(table):
        for partition in _partitions_of(changed, replay):
            problems += replay.build(partition, after)[1]
    if not problems:
        follows = _proposed(changed, after, known)
        for table, key in _refreshed(changed, after):
            if other := after.document(table, key):
                follows += _of_document(other, after)
        for proposed in filter(_is_changed, follows):
            problems += document_problems(proposed, _with(after, proposed))
    return problems


def accepted(
    known: KnownRows, table: str, rows: Iterable[Cells], key: str | None = None
) -> KnownRows:
    """The company after one faultless document, with what it proposes and refreshes."""
    rows = list(rows)
    problems = refusals(known, table, rows, key)
    assert not problems, [problem.words.en for problem in problems]
    changed = _stamped(document(known, table, rows, key), known)
    return _settled(changed, _with(known, changed), known)


def without(known: KnownRows, table: str, key: str) -> KnownRows:
    """The company after one document is deleted; the deletion must be faultless."""
    return accepted(known, table, [], key)


def laid(known: KnownRows, rows: Mapping[str, Iterable[Cells]]) -> KnownRows:
    """The company after all documents of {table: rows}, accepted one by one in that order."""
    for table, cells in rows.items():
        grouped: dict[str, list[Cells]] = defaultdict(list)
        for place, row in enumerate(cells):
            grouped[sheet_of(table).key_of(row, str(place))].append(row)
        for members in grouped.values():
            known = accepted(known, table, members)
    return known


def _stamped(changed: Document, known: Known) -> Document:
    """With what the server writes into new rows of its own accord."""
    stamps, kept = changed.sheet.stamps, {line.id for line in changed.before}
    if stamps is None:
        return changed
    lines = [
        line if line.id in kept else replace(line, cells={**line.cells, **stamps(line, known)})
        for line in changed.lines
    ]
    return replace(changed, lines=tuple(lines))


# --- what follows from a document -------------------------------------------------------------


def _settled(changed: Document, after: KnownRows, before: KnownRows) -> KnownRows:
    for proposed in _proposed(changed, after, before):
        after = _placed(proposed, after)
    for table, key in _refreshed(changed, after):
        if other := after.document(table, key):
            for proposed in _of_document(other, after):
                after = _placed(proposed, after)
    return after


def _placed(proposed: Document, after: KnownRows) -> KnownRows:
    earlier, after = after, _with(after, proposed)
    return _settled(proposed, after, earlier) if _is_changed(proposed) else after


def _refreshed(changed: Document, after: KnownRows) -> list[tuple[str, str]]:
    refreshes = changed.sheet.refreshes
    return list(refreshes(changed, after)) if refreshes else []


def _proposed(changed: Document, after: KnownRows, before: KnownRows) -> list[Document]:
    """The derived documents as they become, those that vanish included (they have no lines)."""
    found = _of_document(changed, after)
    for replay in _replays_of(changed.sheet.table):
        found += _of_replay(replay, _partitions_of(changed, replay), after, before)
    return found


def _is_changed(proposed: Document) -> bool:
    """The server looks again at what changes only."""
    return [li.cells for li in proposed.lines] != [li.cells for li in proposed.before]


def _of_document(changed: Document, after: KnownRows) -> list[Document]:
    propose = changed.sheet.proposes
    if propose is None:
        return []
    return _derived(changed.source, propose(changed, after) if changed.lines else (), after)


def _of_replay(
    replay: Replay, partitions: set[str], after: KnownRows, before: KnownRows
) -> list[Document]:
    found: list[Document] = []
    for totals in replay.totals:
        if totals.proposes is None:
            continue
        values = {
            _by_text(cells, totals.by[0])
            for known in (before, after)
            for partition in partitions
            for cells in known.replayed(replay.key, partition)
        }
        for value in sorted(values):
            found += _derived(f"{totals.key}/{value}", totals.proposes(value, after), after)
    return found


def _derived(source: str, proposals: Iterable[Proposal], after: KnownRows) -> list[Document]:
    kept: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for lines in after.tables.values():
        for line in lines:
            if line.source == source:
                kept[line.sheet.table, line.sheet.key_of(line.cells, line.id)].append(line)
    wanted = {
        (p.table, p.key): [replace(li, source=source) for li in _lines(p.table, p.rows)]
        for p in proposals
    }
    return [
        Document(sheet_of(t), k, tuple(wanted.get((t, k), ())), tuple(kept.get((t, k), ())))
        for t, k in dict.fromkeys([*kept, *wanted])
    ]


def _with(known: KnownRows, changed: Document) -> KnownRows:
    """The company with a document's rows in place of those it had."""
    table = changed.sheet.table
    others = [
        line for line in known.rows(table) if line.sheet.key_of(line.cells, line.id) != changed.key
    ]
    return replace(known, given={**known.tables, table: [*others, *changed.lines]})


def _lines(table: str, rows: Iterable[Cells | Line]) -> list[Line]:
    sheet = sheet_of(table)
    lines = [
        row if isinstance(row, Line) else Line(sheet, f"row-{next(NUMBERS):06d}", dict(row))
        for row in rows
    ]
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[sheet.key_of(line.cells, line.id)].append(line)
    filled: dict[str, Cells] = {}
    for group in groups.values():
        filled |= fill_blanks(sheet, [(li.id, li.cells, li.source is None) for li in group])
    return [replace(li, cells=filled[li.id]) if li.id in filled else li for li in lines]


def _replays_of(table: str) -> list[Replay]:
    return [r for book in all_books() for r in book.replays if table in r.sources]


def _replay(key: str) -> Replay:
    return next(r for book in all_books() for r in book.replays if r.key == key)


def _partitions_of(changed: Document, replay: Replay) -> set[str]:
    column = replay.sources[changed.sheet.table]
    return {text for li in (*changed.lines, *changed.before) if (text := li.text(column))}


def _by_text(cells: Cells, name: str) -> str:
    column, _, part = name.partition(":")
    text = cells.get(column) or ""
    return text[:7] if part == "month" else text


def _within(cells: Cells, equal: Cells | None, first: Cells | None, last: Cells | None) -> bool:
    return (
        all(_by_text(cells, name) == text for name, text in (equal or {}).items())
        and all(_by_text(cells, name) >= (text or "") for name, text in (first or {}).items())
        and all(_by_text(cells, name) <= (text or "") for name, text in (last or {}).items())
    )


__all__ = ["COMPANY", "KnownRows", "accepted", "document", "laid", "refusals", "without"]
