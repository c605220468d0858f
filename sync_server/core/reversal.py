"""Taking an accepted mutation back: its inverse as a new commit, or its opposite on another day.

The inverse goes the ordinary way of a push: what somebody changed since is a conflict, a closed
period refuses, and what followed from the documents follows anew.
"""

from __future__ import annotations

from uuid import NAMESPACE_OID, uuid5

import msgspec

from sync_server.core.access import Author
from sync_server.core.audit import changed_cells
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.errors import NotFound
from sync_server.core.merging import REVERSAL
from sync_server.core.port import DOCUMENT, Batch, KeptChange, KeptCommit, Transaction
from sync_server.core.problems import refusal
from sync_server.core.push import push
from workbook_templates import wire
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Cells, Document, Line, Sheet
from workbook_templates.words import Words

NO_OPPOSITE = Message(
    "no_opposite",
    Words(
        id="Perubahan di lembar {title_id} tidak dapat dibalik pada tanggal lain. Buat dokumen"
        " koreksi, atau balikkan tanpa tanggal selama periodenya terbuka.",
        en="A change on the sheet {title_en} cannot be reversed on another date. Make a correcting"
        " document, or reverse it without a date while its period is open.",
    ),
)
NOT_AS_IT_WAS = Message(
    "changed_since",
    Words(
        id="{key} sudah diubah sejak perubahan {seq}, jadi lawannya tidak dapat dibuat otomatis."
        " Buat jurnal koreksi sendiri.",
        en="{key} has been changed since change {seq}, so its opposite cannot be made by itself."
        " Enter the correction yourself.",
    ),
)
NOT_SEEN = Message(
    "not_allowed",
    Words(
        id="Perubahan {seq} menyentuh isian yang tidak boleh Anda lihat. Minta orang yang berwenang"
        " membalikkannya.",
        en="Change {seq} touches what you may not see. Ask somebody who may to reverse it.",
    ),
)
_seq_of = msgspec.json.Decoder(wire.Result).decode


def reverse(
    draft: Draft, asked: wire.Reverse, author: Author, now: str
) -> tuple[Batch, wire.Result]:
    """Takes back what one mutation did. Raises `NotFound` where none of that name landed."""
    held = draft.held
    commit = commit_of(held, asked.of)
    typed = _typed(held, commit)
    refused = _refused(draft, asked, commit, typed, author)
    if refused is not None:
        result = wire.Result(asked.mid, wire.INVALID, errors=(refusal(refused),))
        return Batch(held.head), result
    group = (
        _opposite(draft, asked, commit, typed, asked.date)
        if asked.date
        else _inverse(draft.catalogue, asked, commit, typed)
    )
    batch, (result,) = push(draft, [group], author, now)
    return batch, result


def commit_of(held: Transaction, of: str) -> KeptCommit:
    """The commit of a mutation, named by its id or by the commit's number. Raises `NotFound`."""
    seq = int(of) if of.isascii() and of.isdecimal() and len(of) < 19 else 0
    if not seq:
        known = held.results([of]).get(of)
        seq = _seq_of(known.result).seq if known and known.status == wire.APPLIED else 0
    found = next(iter(held.commits_after(seq - 1)), None) if 0 < seq <= held.head else None
    if found is None:
        raise NotFound(f"No change {of} was accepted here")
    return found


def _typed(held: Transaction, commit: KeptCommit) -> list[KeptChange]:
    """The changes that somebody sent; the others followed and will follow again."""
    rows = held.rows_by_id([change.id for change in commit.changes])
    return [c for c in commit.changes if (row := rows.get(c.id)) is None or row.source is None]


def _refused(
    draft: Draft,
    asked: wire.Reverse,
    commit: KeptCommit,
    typed: list[KeptChange],
    author: Author,
) -> Problem | None:
    """Why nothing can be sent at all."""
    visible = author.visible
    for change in typed:
        cells = changed_cells(change.cells, change.created)
        if not cells.keys() <= set(visible.get(change.table, ())):
            return NOT_SEEN(seq=commit.commit.seq)
    if asked.date is None or draft.fates.result(asked.mid) is not None:
        return None
    sheet = _meant(draft, commit, typed)
    if sheet.opposite is not None and _numbered(draft, sheet, typed) is not None:
        return None
    if sheet.opposite is None or any(c.table != sheet.table or not c.created for c in typed):
        return NO_OPPOSITE(title_id=sheet.title.id, title_en=sheet.title.en)
    for key in {sheet.key_of(_created(change), change.id) for change in typed}:
        now = {row.id: row.seq for row in draft.stored(sheet.table, DOCUMENT, key)}
        if now != {c.id: commit.commit.seq for c in typed}:
            return NOT_AS_IT_WAS(key=key, seq=commit.commit.seq)
    return None


def _meant(draft: Draft, commit: KeptCommit, typed: list[KeptChange]) -> Sheet:
    """The sheet of what is to be taken back: where a commit gave a document its number (an
    approval did), that document's.
    """
    sheets = draft.catalogue.sheets
    sheet = sheets[commit.commit.kind]
    given = {c.table for c in typed if not c.created and sheets[c.table].numbering}
    return sheets[given.pop()] if sheet.opposite is None and len(given) == 1 else sheet


def _numbered(draft: Draft, sheet: Sheet, typed: list[KeptChange]) -> Document | None:
    """The one document with a number that a commit touched, as it is now; None where it is not so.

    What has its number is frozen: whichever of its commits is named, the whole of it is meant.
    """
    found = (draft.by_id(change.id) for change in typed)
    rows = [row for row in found if row and row.table == sheet.table and not row.deleted]
    if sheet.numbering is None or len({(row.table, row.key) for row in rows}) != 1:
        return None
    document = draft.document(sheet.table, rows[0].key)
    return document if document and document.text(sheet.numbering.column) else None


def _inverse(
    catalogue: Catalogue, asked: wire.Reverse, commit: KeptCommit, typed: list[KeptChange]
) -> wire.Group:
    """A group that leads back to what was before. Of equal requests it is always the same."""
    sheets = catalogue.sheets
    ops = tuple(
        op for change in typed if (op := _undone(sheets[change.table], change, commit.commit.seq))
    )
    first = typed[0] if typed else None
    key = ""
    if first is not None:
        cells = {c: b or a for c, (b, a) in changed_cells(first.cells, first.created).items()}
        key = sheets[first.table].key_of(cells, first.id)
    cause = f"{REVERSAL}{commit.commit.mid}"
    version = catalogue.book_of[commit.commit.kind].version
    return wire.Group(asked.mid, commit.commit.kind, key, ops, schema=version, cause=cause)


def _undone(sheet: Sheet, change: KeptChange, seq: int) -> wire.Op | None:
    pairs = changed_cells(change.cells, change.created)
    if change.deleted and not change.created:
        return wire.Op(
            "restore",
            change.table,
            change.id,
            {column: (None, before) for column, (before, _) in pairs.items()},
            seq=seq,
        )
    if change.created:
        base = {column: after for column, (_, after) in pairs.items()}
        return wire.Op("del", change.table, change.id, base=base, seq=seq)
    cells = {
        column: (after, before)
        for column, (before, after) in pairs.items()
        if column not in sheet.read_only_keys
    }
    return wire.Op("put", change.table, change.id, cells, seq=seq) if cells else None


def _opposite(
    draft: Draft, asked: wire.Reverse, commit: KeptCommit, typed: list[KeptChange], date: str
) -> wire.Group:
    """A new document that takes the old one back on another day; the old one stays."""
    sheet = _meant(draft, commit, typed)
    assert sheet.opposite is not None
    document = _numbered(draft, sheet, typed)
    if document is None:
        lines = tuple(Line(sheet, change.id, _created(change)) for change in typed)
        document = Document(sheet, sheet.key_of(lines[0].cells, lines[0].id), lines)
    rows = sheet.opposite(document, date, draft)
    ops = tuple(
        wire.Op(
            "put",
            sheet.table,
            str(uuid5(NAMESPACE_OID, f"{asked.mid}|{n}")),
            {column: (None, text) for column, text in cells.items() if text is not None},
        )
        for n, cells in enumerate(rows)
    )
    cause = f"{REVERSAL}{commit.commit.mid}"
    key, version = sheet.key_of(rows[0], ""), draft.catalogue.book_of[sheet.table].version
    return wire.Group(asked.mid, sheet.table, key, ops, True, schema=version, cause=cause)


def _created(change: KeptChange) -> Cells:
    return {column: after for column, (_, after) in changed_cells(change.cells, True).items()}
