"""Drafts: unsent work that is parked on the server, and taken from there into a workbook.

A parked draft is never applied by itself. Whoever adopts it sends it in their own name; the audit
then says who typed it too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import NAMESPACE_URL, uuid5

from addin.base_lines import BaseRow
from addin.copies import Copy, put_back, put_row, remove_row
from addin.errors import NothingToPark, OtherBook
from addin.groups import Unsent, as_group, digest, unsent_documents
from addin.local import look
from addin.origins import forget_origins, typed_by
from addin.rebase import rebase
from addin.server import Server
from addin.shadow import Held
from workbook_templates import wire
from workbook_templates.columns import Column
from workbook_templates.problems import Unreadable
from workbook_templates.wire_drafts import DraftParked, DraftSeen


@dataclass
class Adopted:
    """A draft as it was laid into a workbook: rows changed, and cells that were left alone because
    the workbook has unsent edits there, or because they cannot be read.
    """

    draft: DraftSeen
    rows: int = 0
    left: int = 0


def park(copy: Copy, server: Server, reason: str = "") -> DraftSeen:
    """Park everything that is unsent; the same work again is parked once. Raises `NothingToPark`.

    Works with a template that is too old to be synchronised.
    """
    documents = _unsent(copy)
    if not documents:
        raise NothingToPark(name=copy.name)
    groups = tuple(_group(copy, unsent) for unsent in documents)
    maker = copy.meta.get("outbox_user", "") if copy.shadow.outbox else ""
    draft = DraftParked(
        str(uuid5(NAMESPACE_URL, "".join(group.mid for group in groups))),
        groups,
        book=copy.book.key,
        file=copy.name,
        reason=reason,
        made_by=maker,
    )
    return server.park(draft)


def take_out(copy: Copy) -> int:
    """Put everything unsent back as it was last agreed with the server; the number of rows."""
    count = 0
    for unsent in _unsent(copy):
        for dirty in unsent.rows:
            count += 1
            put_back(copy, dirty.table, dirty.rid)
            forget_origins(copy, [dirty.rid])
        for key in unsent.keys:
            copy.held.pop((unsent.table, key), None)
    copy.shadow.outbox = []
    look(copy, _unsent(copy), delete=False)
    return count


def adopt(copy: Copy, draft: DraftSeen, user: str) -> Adopted:
    """Lay a draft into a workbook as unsent changes, merged with what stands there.

    Raises `OtherBook`.
    """
    if draft.book != copy.book.key:
        raise OtherBook(book=copy.book.key, wanted=draft.book)
    for page in copy.pages.values():
        page.rows.items()  # all is read: rows come to stand among those that nobody touched
    adopted = Adopted(draft)
    for group in draft.groups:
        for op in group.ops:
            if op.t in copy.pages and (_delete if op.op == "del" else _put)(copy, op, adopted):
                adopted.rows += 1
                if draft.made_by != user:
                    typed_by(copy, [op.rid], draft.made_by)
    look(copy, _unsent(copy), delete=False)
    return adopted


def _unsent(copy: Copy) -> list[Unsent]:
    return [u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)]


def _group(copy: Copy, unsent: Unsent) -> wire.Group:
    """The document as it would be sent, with the texts of cells that cannot be read."""
    group = as_group(copy, unsent)
    ops = tuple(replace(op, cells=op.cells | _unread(copy, op)) for op in group.ops)
    group = replace(group, ops=ops)
    name = f"{copy.meta.get('copy_id', '')}{group.kind}{group.key}{digest(group)}"
    return replace(group, mid=str(uuid5(NAMESPACE_URL, name)))


def _unread(copy: Copy, op: wire.Op) -> dict[str, tuple[str | None, str | None]]:
    row, known = copy.row(op.t, op.rid), copy.base(op.t).get(op.rid)
    if row is None:
        return {}
    base = known.cells if known else {}
    return {column: (base.get(column), row.raw.get(column)) for column in row.unreadable}


def _delete(copy: Copy, op: wire.Op, adopted: Adopted) -> bool:
    known, row = copy.base(op.t).get(op.rid), copy.row(op.t, op.rid)
    if row is None or known is None:
        return False
    if known.cells != {c: text for c, text in op.base.items() if text} or row.cells != known.cells:
        adopted.left += 1
        return False
    remove_row(copy, op.t, op.rid)
    return True


def _put(copy: Copy, op: wire.Op, adopted: Adopted) -> bool:
    """The draft's changes are merged as if they had been typed before the last pull."""
    known, row = copy.base(op.t).get(op.rid), copy.row(op.t, op.rid)
    if known is not None and (known.source or row is None):
        adopted.left += 1
        return False
    base, now = known.cells if known else {}, row.cells if row else {}
    cells: dict[str, tuple[str | None, str | None]] = {}
    for column, (was, mine) in op.cells.items():
        mine_here = now.get(column)
        if mine_here not in (base.get(column), mine) or not _fits(copy, op.t, column, mine):
            adopted.left += 1
        else:
            cells[column] = (was, mine)
    if known is None:
        return _create(copy, op, cells)
    _merge(copy, op, known, cells)
    return bool(cells)


def _create(copy: Copy, op: wire.Op, cells: dict[str, tuple[str | None, str | None]]) -> bool:
    """A row that this workbook's server does not have; one that it had once, a person decides."""
    put_row(copy, op.t, op.rid, {c: mine for c, (_, mine) in cells.items()})
    if any(was for was, _ in cells.values()):
        key = copy.key_of(op.t, op.rid)
        gone = wire.Conflict(op.rid, "deleted_on_server", seq=int(copy.meta.get("head") or 0))
        copy.hold(Held(op.t, key, wire.CONFLICT, (op.rid,), (gone,)))
    return True


def _merge(
    copy: Copy,
    op: wire.Op,
    known: BaseRow,
    cells: dict[str, tuple[str | None, str | None]],
) -> None:
    row = copy.row(op.t, op.rid)
    assert row is not None
    base: dict[str, str | None] = {**known.cells, **{c: was for c, (was, _) in cells.items()}}
    mine = {**row.cells, **{c: text for c, (_, text) in cells.items()}}
    copy.base(op.t)[op.rid] = BaseRow(0, {c: t for c, t in base.items() if t}, known.source)
    row.cells = {c: t for c, t in mine.items() if t}
    theirs = dict[str, str | None](known.cells)
    rebase(copy, wire.RowState(op.t, op.rid, known.seq, theirs, src=known.source))


def _fits(copy: Copy, table: str, key: str, text: str | None) -> bool:
    """Whether a text of the draft can stand in that column of this workbook."""
    column: Column | None = copy.pages[table].sheet.by_key.get(key)
    if column is None or key not in copy.pages[table].layout.columns:
        return False
    try:
        if text:
            column.check(text)
    except Unreadable:
        return False
    return True
