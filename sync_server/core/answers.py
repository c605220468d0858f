"""What a push answers: rows and conflicts, as their reader may see them, and results again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from sync_server.core.access import Author
from sync_server.core.draft import Draft
from sync_server.core.merging import MergedGroup
from sync_server.core.port import DOCUMENT, StoredResult, StoredRow
from workbook_templates import wire
from workbook_templates.schema import Document

_encode = msgspec.json.Encoder().encode
_decode_result = msgspec.json.Decoder(wire.Result).decode


def of_documents(
    draft: Draft, documents: list[Document], author: Author
) -> Iterable[wire.RowState]:
    """The present rows of every touched document, and the tombstones that this group made."""
    for document in documents:
        columns = author.visible[document.sheet.table]
        live = draft.stored(document.sheet.table, DOCUMENT, document.key)
        for row in live:
            if not author.only or author.may_see(row.table, row.cells):
                yield row_state(row, columns)
        if not document.before:
            continue
        kept = {row.id for row in live}
        for line in document.before:
            gone = draft.by_id(line.id)
            if gone is not None and gone.deleted and line.id not in kept:
                yield row_state(gone, columns)


def row_state(row: StoredRow, columns: Sequence[str]) -> wire.RowState:
    """A row on the wire, with the columns that its reader may see; blanks are null."""
    cells: dict[str, str | None] = {}
    if not row.deleted:
        cells = dict.fromkeys(columns)
        cells.update(row.cells)
        if len(cells) != len(columns):  # some are not for this reader
            cells = {column: row.cells.get(column) for column in columns}
    return wire.RowState(row.table, row.id, row.seq, cells, row.deleted, src=row.source)


def whole_rows(rows: Iterable[StoredRow], columns: Sequence[str]) -> tuple[wire.RowState, ...]:
    """As `row_state`, of live rows whose reader may see all columns."""
    blank: dict[str, str | None] = dict.fromkeys(columns)
    return tuple(
        [wire.RowState(r.table, r.id, r.seq, {**blank, **r.cells}, src=r.source) for r in rows]
    )


def seen(conflict: wire.Conflict, merged: MergedGroup, author: Author) -> wire.Conflict:
    """A conflict with what its reader may see of the other side."""
    visible = author.visible[merged.ops[conflict.rid].t]
    cells = {k: v for k, v in conflict.cells.items() if k in visible}
    if conflict.col is not None and conflict.col not in visible:
        return replace(conflict, theirs=None, base=None, cells=cells)
    return replace(conflict, cells=cells)


def replayed(
    draft: Draft, known: StoredResult, digest: str, group: wire.Group, author: Author
) -> wire.Result:
    """The stored result of a mutation that was sent before, with its documents as they are now."""
    if known.digest != digest or known.user != author.name:
        return wire.Result(group.mid, wire.MID_REUSED)
    result = _decode_result(known.result)
    rows: list[wire.RowState] = []
    if result.status in (wire.APPLIED, wire.NOOP):
        keys = {(group.kind, group.key)}
        for op in group.ops:
            row = draft.by_id(op.rid)
            if row is not None:
                keys.add((row.table, row.key))
                if row.deleted and author.may_see(row.table, row.cells):
                    rows.append(row_state(row, author.visible[row.table]))
        for table, key in sorted(keys):
            live = draft.stored(table, DOCUMENT, key)
            seen = (row for row in live if author.may_see(table, row.cells))
            rows += [row_state(row, author.visible[table]) for row in seen]
    return replace(result, replayed=True, rows=tuple(rows))


def kept_text(result: wire.Result) -> str:
    """What is stored under the mutation, as JSON: its rows can be read again."""
    r = result
    kept = (r.mid, r.status, r.seq, r.replayed, (), r.conflicts, r.errors, r.merged_with, r.lock)
    return _encode(wire.Result(*kept, r.remarks)).decode()
