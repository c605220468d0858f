"""From what differs between sheet and base to groups: the documents that are sent as one."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import msgspec

from addin.copies import Copy
from addin.lazy import loaded
from addin.origins import common_origin
from addin.pages import SheetRow
from addin.rebase import changes_of
from workbook_templates import wire
from workbook_templates.columns import Date, Ref
from workbook_templates.merge import Change
from workbook_templates.schema import Sheet


@dataclass(frozen=True, slots=True)
class Dirty:
    """One row with changes that were never sent. `keys`: the documents of which it was and is."""

    table: str
    rid: str
    keys: tuple[str, ...]
    changes: dict[str, Change] = field(default_factory=dict)
    deleted: bool = False
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Unsent:
    """One document with changes that were never sent, ready to become a group."""

    table: str
    key: str
    keys: frozenset[str]
    rows: tuple[Dirty, ...]
    new: bool

    @property
    def is_readable(self) -> bool:
        """Whether every changed row could be read; else none of it is sent."""
        return all(row.readable for row in self.rows)


def dirty_rows(copy: Copy, sheet: Sheet) -> Iterator[Dirty]:
    """The rows of a sheet that differ from the base. Rows that only come back are never dirty."""
    table, page, base = sheet.table, copy.pages[sheet.table], copy.base(sheet.table)
    if sheet.read_only:
        return
    own = {c.key for c in sheet.columns if c.read_only}
    for rid, row in loaded(page.rows).items():
        known = base.get(rid)
        if known is not None and (known.source or (row.cells == known.cells and row.is_readable)):
            continue
        changes = _all_cells(row.cells) if known is None else changes_of(page, row, known)
        changes = {c: change for c, change in changes.items() if c not in own}
        if changes or not row.is_readable:
            keys = [sheet.key_of(known.cells, rid)] if known else []
            keys.append(sheet.key_of(row.cells, rid))
            unique = tuple(dict.fromkeys(keys))
            yield Dirty(table, rid, unique, changes, readable=row.is_readable)
    for rid, known in loaded(base).items():
        if rid not in page.rows and not known.source:
            yield Dirty(table, rid, (sheet.key_of(known.cells, rid),), deleted=True)


def _all_cells(cells: Mapping[str, str]) -> dict[str, Change]:
    return {column: (None, text) for column, text in cells.items()}


def unsent_documents(copy: Copy, sheet: Sheet) -> list[Unsent]:
    """The changed documents of a sheet; one that gave a row to another goes together with it."""
    rows = list(dirty_rows(copy, sheet))
    if not rows:
        return []
    root = _joined(rows)
    members: dict[str, list[Dirty]] = {}
    for row in rows:
        members.setdefault(root[row.keys[0]], []).append(row)
    if sheet.table not in copy.documents:
        copy.remember_documents()
    return [_unsent(copy, sheet.table, found) for found in members.values()]


def _unsent(copy: Copy, table: str, rows: list[Dirty]) -> Unsent:
    keys = frozenset(key for row in rows for key in row.keys)
    key = next((row.keys[-1] for row in rows if not row.deleted), rows[0].keys[-1])
    held = copy.held.get((table, key))
    twin = held is not None and held.new and any(row.rid in held.rows for row in rows)
    new = twin or keys.isdisjoint(copy.documents[table])
    return Unsent(table, key, keys, tuple(rows), new)


def _joined(rows: Iterable[Dirty]) -> dict[str, str]:
    """Document key -> one key that stands for all documents with which it shares a row."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for row in rows:
        for key in row.keys:
            parent[root(key)] = root(row.keys[0])
    return {key: root(key) for key in parent}


def as_group(copy: Copy, unsent: Unsent) -> wire.Group:
    """The group as it is sent, with a new mutation id."""
    ops = tuple(_op(copy, row) for row in unsent.rows)
    version = copy.book.version
    mid, origin = str(uuid.uuid4()), common_origin(copy, (row.rid for row in unsent.rows))
    cause, made_by = origin.cause, origin.made_by
    return wire.Group(mid, unsent.table, unsent.key, ops, unsent.new, (), version, cause, made_by)


def _op(copy: Copy, dirty: Dirty) -> wire.Op:
    page, base = copy.pages[dirty.table], copy.base(dirty.table).get(dirty.rid)
    seq = base.seq if base else 0
    if dirty.deleted:
        cells = dict[str, str | None](base.cells) if base else {}
        return wire.Op("del", dirty.table, dirty.rid, base=cells, seq=seq)
    number = page.rows[dirty.rid].number
    place = wire.Place(page.layout.worksheet, number) if number else None
    copied = page.copied_from.get(dirty.rid)
    origin = copy.shadow.origins.get(dirty.rid)
    if base is None and origin is not None and origin.restores:
        deleted = origin.restores
        return wire.Op("restore", dirty.table, dirty.rid, dirty.changes, seq=deleted, at=place)
    formulas = _formulas(page.rows[dirty.rid], dirty.changes)
    put = wire.Op("put", dirty.table, dirty.rid, dirty.changes, seq=seq, at=place, f=formulas)
    return replace(put, copied_from=copied) if copied else put


def _formulas(row: SheetRow, changes: Mapping[str, Change]) -> dict[str, str]:
    """The formulas of which changed cells hold the results: for the audit, as a remark."""
    if not row.formulas:
        return {}
    changed = {column for column, (base, mine) in changes.items() if base != mine}
    return {column: text for column, text in row.formulas.items() if column in changed}


def digest(group: wire.Group) -> str:
    """A mark of what a group says: the same changes have the same mark."""
    rows = sorted((op.rid, op.op, sorted(op.cells.items())) for op in group.ops)
    return hashlib.sha256(msgspec.json.encode(rows)).hexdigest()[:16]


# --- the order in which they are sent ---------------------------------------------------------


def in_order(copy: Copy, documents: Iterable[Unsent]) -> list[Unsent]:
    """Documents so that each finds what it names: lists first, then by date."""
    rank = {table: place for place, table in enumerate(_by_reference(copy))}
    found = list(documents)
    found.sort(key=lambda u: (rank[u.table], _first_date(copy, u)))
    return _parents_first(copy, found)


def _by_reference(copy: Copy) -> list[str]:
    """The tables of the book, each after those that it refers to (where that is possible)."""
    ordered: dict[str, None] = {}

    def visit(table: str, above: frozenset[str]) -> None:
        if table in ordered or table in above or table not in copy.pages:
            return
        for column in copy.pages[table].sheet.reference_columns:
            for other in column.tables:
                visit(other, above | {table})
        ordered[table] = None

    for table in copy.pages:
        visit(table, frozenset())
    return list(ordered)


def _first_date(copy: Copy, unsent: Unsent) -> str:
    sheet = copy.pages[unsent.table].sheet
    column = next((c.key for c in sheet.columns if isinstance(c, Date)), None)
    dates = (row.changes.get(column, (None, None))[1] for row in unsent.rows) if column else ()
    return min((text for text in dates if text), default="")


def _parents_first(copy: Copy, documents: list[Unsent]) -> list[Unsent]:
    """Within a sheet that refers to itself (an account's parent), parents before children."""
    by_key = {(u.table, u.key): u for u in documents}
    ordered: dict[int, Unsent] = {}

    def visit(unsent: Unsent, above: frozenset[str]) -> None:
        if id(unsent) in ordered or unsent.key in above:
            return
        for key in _named_in_own_sheet(copy, unsent):
            parent = by_key.get((unsent.table, key))
            if parent is not None and len(above) < 50:
                visit(parent, above | {unsent.key})
        ordered[id(unsent)] = unsent

    for unsent in documents:
        visit(unsent, frozenset())
    return list(ordered.values())


def _named_in_own_sheet(copy: Copy, unsent: Unsent) -> Iterator[str]:
    sheet = copy.pages[unsent.table].sheet
    columns = [c.key for c in sheet.columns if isinstance(c, Ref) and unsent.table in c.tables]
    for row in unsent.rows:
        for column in columns:
            text = row.changes.get(column, (None, None))[1]
            if text:
                yield text
