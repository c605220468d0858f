"""Pushes groups into the central copy: merge, validate the whole document, follow, commit.

Each group lands or is refused on its own; all groups of a request are checked in one loaded state
and share the caller's one database transaction (docs/protocol.md, Push).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

import msgspec

from sync_server.core.access import Author
from sync_server.core.answers import kept_text, of_documents, replayed, seen, whole_rows
from sync_server.core.consequences import document_now, follow
from sync_server.core.creating import NONE, New, create_documents, is_still_new, new_documents
from sync_server.core.draft import Draft
from sync_server.core.limited import beyond_rights, not_your_columns, not_your_rows, told
from sync_server.core.locked import lock_on, status_of
from sync_server.core.meanwhile import changed_meanwhile
from sync_server.core.merging import PUSH, RESTORED, MergedGroup, merge_group
from sync_server.core.numbering import number_documents
from sync_server.core.ordering import IN_A_CIRCLE, as_sent, in_a_circle, in_order
from sync_server.core.port import DOCUMENT, Batch, Commit, RowChange, StoredResult, StoredRow
from sync_server.core.problems import (
    DERIVED_ROW,
    DUPLICATE_KEY,
    NOT_ALLOWED,
    SHEET_READ_ONLY,
    UNKNOWN_TABLE,
    refusal,
)
from sync_server.core.remarks import remarked
from sync_server.core.schemas import lift, lower, stale
from sync_server.core.stamping import released, stamp_new
from sync_server.core.survey import survey
from workbook_templates import wire
from workbook_templates.check import READ_ONLY, document_problems, fill_blanks, named, text_problems
from workbook_templates.problems import Problem
from workbook_templates.schema import Document, Sheet

_encode = msgspec.json.Encoder().encode
Key = tuple[str, str]
ROWS_IN_PART = 2500
CAUSE_LENGTH = 200


class _Pushing(NamedTuple):
    """Whose groups become part of which batch, and when."""

    batch: Batch
    draft: Draft
    author: Author
    now: str


def push(
    draft: Draft, groups: Sequence[wire.Group], author: Author, now: str
) -> tuple[Batch, list[wire.Result]]:
    """What becomes of each group, and the batch that the store must keep for it to be so.

    `now` is UTC text for the audit; of decisions only that of a deputy depends on its day.
    """
    survey(draft, groups)
    return push_surveyed(draft, groups, author, now)


def push_in_parts(
    draft: Draft, groups: Sequence[wire.Group], author: Author, now: str
) -> list[wire.Result]:
    """Pushes and keeps: the store may write one part while the next is looked at."""
    survey(draft, groups)
    results: list[wire.Result] = []
    ordered = in_order(groups)
    for part in _parts(ordered):
        batch, answers = push_surveyed(draft, part, author, now)
        draft.held.keep(batch)
        draft.kept()
        results += answers
    return as_sent(groups, ordered, results)


def _parts(groups: Sequence[wire.Group]) -> Iterator[Sequence[wire.Group]]:
    first, rows = 0, 0
    for end, group in enumerate(groups, 1):
        rows += len(group.ops)
        if rows >= ROWS_IN_PART or end == len(groups):
            yield groups[first:end]
            first, rows = end, 0


def push_surveyed(
    draft: Draft, groups: Sequence[wire.Group], author: Author, now: str
) -> tuple[Batch, list[wire.Result]]:
    """`push`, of groups that `survey` has seen."""
    batch = Batch(draft.held.head)
    results = push_into(batch, draft, groups, author, now)
    add_sums(batch, draft)
    return batch, results


def push_into(
    batch: Batch, draft: Draft, groups: Sequence[wire.Group], author: Author, now: str
) -> list[wire.Result]:
    """Adds to a batch what surveyed groups change; `add_sums` must follow before it is kept."""
    ordered, circle = in_order(groups), in_a_circle(groups)
    draft.sender = replace(author, at=now)
    new = NONE if author.only else new_documents(draft, groups, author)
    pushing = _Pushing(batch, draft, author, now)
    results: list[wire.Result] = []
    for is_new, run in groupby(ordered, lambda group: group.mid in new):
        if is_new:
            results += _push_new(pushing, list(run), new, is_first=not results)
        else:
            results += [_push_one(pushing, group, group.mid in circle) for group in run]
    return as_sent(groups, ordered, results)


def _push_new(
    pushing: _Pushing, groups: Sequence[wire.Group], new: New, *, is_first: bool
) -> list[wire.Result]:
    """What becomes of documents of which nothing was kept when the push began."""
    draft, columns = pushing.draft, pushing.author.visible[groups[0].kind]
    wanted = groups if is_first else [group for group in groups if is_still_new(draft, group)]
    made = create_documents(draft, wanted, new, pushing.batch.head)
    draft.settle()
    results: dict[str, wire.Result] = {}
    for group in groups:
        created = made.get(group.mid)
        if created is not None:
            rows = whole_rows(created.rows, columns)
            results[group.mid] = result = _applied(pushing, group, created.changes, rows)
            _keep_result(pushing, group, _digest(group), result)
    return [results.get(group.mid) or _push_one(pushing, group, False) for group in groups]


def _push_one(pushing: _Pushing, group: wire.Group, is_in_a_circle: bool) -> wire.Result:
    """What becomes of any group."""
    draft, author = pushing.draft, pushing.author
    digest, known = _digest(group), draft.fates.result(group.mid)
    if known is not None:
        return lower(draft, group, replayed(draft, known, digest, group, author))
    refused = stale(draft.catalogue, group)
    if refused is not None:
        return refused
    if is_in_a_circle:
        errors = (refusal(IN_A_CIRCLE(key=group.key)),)
        result = wire.Result(group.mid, wire.INVALID, errors=errors)
    else:
        current = lift(draft.catalogue, group)
        result = _push_group(pushing, current)
        result = result if current is group else lower(draft, group, result)
    draft.settle()
    if result.status != wire.RETRY:
        _keep_result(pushing, group, digest, result)
    return result


def _digest(group: wire.Group) -> str:
    """Of what a group changes: remarks and what later versions add do not make it another one."""
    ops = [(op.op, op.t, op.rid, op.cells, op.base, op.seq) for op in group.ops]
    return sha256(_encode((group.kind, group.key, ops))).hexdigest()


def _keep_result(pushing: _Pushing, group: wire.Group, digest: str, result: wire.Result) -> None:
    by, text = pushing.author.name, kept_text(result)
    kept = StoredResult(digest, result.status, by, pushing.now, text)
    pushing.batch.results[group.mid] = kept
    pushing.draft.fates.decide(group.mid, kept)


def add_sums(batch: Batch, draft: Draft) -> None:
    """Adds to a batch what all changes of the draft move in sums and projections."""
    batch.totals = dict(draft.summed)
    adders = draft.catalogue.adders
    batch.moved = [(adders[table], rows) for table, rows in draft.moved.items() if adders[table]]
    batch.replays = draft.projections.rewrites()


def _push_group(pushing: _Pushing, group: wire.Group) -> wire.Result:
    batch, draft, author = pushing.batch, pushing.draft, pushing.author
    refused = _not_allowed(draft, group, author)
    if refused is not None:
        return refused
    failed = next((mid for mid in group.after if _failed(mid, draft)), None)
    if failed is not None:
        conflict = wire.Conflict("", "dependency", mid=failed)
        return wire.Result(group.mid, wire.CONFLICT, conflicts=(conflict,))
    merged = _merge_in(draft, group, author, batch.head + 1, batch)
    if isinstance(merged, wire.Result):
        return merged
    documents, changes = merged
    rows = tuple(of_documents(draft, documents, author))
    if not changes:
        return wire.Result(group.mid, wire.NOOP, batch.head, rows=rows)
    return remarked(_applied(pushing, group, changes, rows), draft, documents, author)


def _applied(
    pushing: _Pushing,
    group: wire.Group,
    changes: tuple[RowChange, ...],
    rows: tuple[wire.RowState, ...],
) -> wire.Result:
    """A group lands: its commit is added to the batch."""
    batch, author, now = pushing.batch, pushing.author, pushing.now
    seq = batch.head + 1
    pushing.draft.fates.make(seq, author.name, now)
    _commit(
        batch,
        Commit(
            *(seq, group.mid, author.name, now, group.kind, _cause(group)),
            *(author.file, author.copy, changes, _maker(group, author)),
        ),
    )
    return wire.Result(group.mid, wire.APPLIED, seq, rows=rows)


def _merge_in(
    draft: Draft, group: wire.Group, author: Author, seq: int, batch: Batch
) -> tuple[list[Document], tuple[RowChange, ...]] | wire.Result:
    """The documents that a group touches and what it changes in them, or why it may not."""
    mark, merged = draft.mark(), merge_group(draft, group, seq)
    if merged.conflicts:
        conflicts = tuple(seen(c, merged, author) for c in merged.conflicts)
        return wire.Result(group.mid, wire.CONFLICT, conflicts=conflicts)
    documents, problems = _apply(draft, group, merged, seq)
    beyond = beyond_rights(draft, documents, author)
    approved: list[Document] = []
    if beyond is None and not problems:
        stamp_new(draft, documents, merged.created, seq)
        approved = released(draft, documents)
        problems = follow_all(draft, documents, group.mid, seq, mark)
    if beyond is not None or problems:
        said = [beyond] if beyond else told(draft, author, documents, problems)
        errors = tuple(map(refusal, said))
        draft.rollback(mark)
        if beyond:
            return wire.Result(group.mid, wire.DENIED, errors=errors)
        others = changed_meanwhile(draft, group, author, documents)
        lock = lock_on(draft, group.kind, said)
        return wire.Result(group.mid, status_of(said), errors=errors, merged_with=others, lock=lock)
    if draft.catalogue.numbers:
        number_documents(draft, [*documents, *approved], seq, batch)
    return documents, _row_changes(draft, mark, merged)


def _maker(group: wire.Group, author: Author) -> str:
    """Who typed it, where that is somebody else than who sends it and answers for it."""
    return "" if group.made_by == author.name else group.made_by[:CAUSE_LENGTH]


def _cause(group: wire.Group) -> str:
    """Why a commit is made: that a row came back, and what its author says; else a push."""
    back = (RESTORED,) if any(op.op == "restore" for op in group.ops) else ()
    said = (group.cause,) if group.cause else ()
    return ": ".join((*back, *said))[:CAUSE_LENGTH] or PUSH


def follow_all(
    draft: Draft, documents: list[Document], mid: str, seq: int, mark: int
) -> list[Problem]:
    """Consequences, unless nothing can follow from these tables."""
    if all(d.sheet.table in draft.catalogue.quiet for d in documents):
        return []
    return follow(draft, documents, mid, seq, mark)


def _apply(
    draft: Draft, group: wire.Group, merged: MergedGroup, seq: int
) -> tuple[list[Document], list[Problem]]:
    """Changes the draft's rows and validates every document that they touch."""
    problems = [*_person_problems(draft, group, merged), *_taken(draft, group, merged)]
    if problems:
        return [], problems
    before: dict[Key, list[StoredRow]] = {}
    for row in merged.rows.values():
        old = draft.by_id(row.id)
        for version in (old, row):
            if version is not None and (version.table, version.key) not in before:
                kept = draft.stored(version.table, DOCUMENT, version.key)
                before[(version.table, version.key)] = list(kept)
    for row in merged.rows.values():
        draft.change(row)
    documents = []
    for (table, key), rows in before.items():
        _fill(draft, draft.catalogue.sheets[table], key, seq, merged)
        documents.append(document_now(draft, table, key, rows))
    for document in documents:
        problems += _twins(document, merged)
        problems += document_problems(document, draft)
    return documents, problems


def _person_problems(draft: Draft, group: wire.Group, merged: MergedGroup) -> Iterable[Problem]:
    """What a person may not touch, and texts that their columns cannot hold."""
    for op in group.ops:  # a row may be named twice
        row_id, row = op.rid, merged.rows.get(op.rid)
        if row is None:
            continue
        sheet = draft.catalogue.sheets[row.table]
        if row.source is not None:
            yield DERIVED_ROW(row_id=row_id, source=row.source)
        elif sheet.read_only:
            yield SHEET_READ_ONLY(row_id=row_id)
        if op.op != "put":
            continue
        if row.table not in draft.canonical:
            yield from text_problems(sheet, op.rid, {c: mine for c, (_, mine) in op.cells.items()})
        for column in sheet.read_only_columns:
            base, mine = op.cells.get(column.key, (None, None))
            if mine != base:
                yield READ_ONLY(row_id=row_id, column=column.key, **named(column.heading))


def _taken(draft: Draft, group: wire.Group, merged: MergedGroup) -> list[Problem]:
    """A document that is new to its author but has a number that somebody else used meanwhile."""
    sheet = draft.catalogue.sheets[group.kind]
    if not group.new or not sheet.group_by:
        return []
    others = [r for r in draft.stored(group.kind, DOCUMENT, group.key) if r.id not in merged.ops]
    if not others:
        return []
    return [
        DUPLICATE_KEY(row_id=row_id, column=sheet.group_by, key=group.key, other_row=others[0].id)
        for row_id in merged.rows
    ]


def _twins(document: Document, merged: MergedGroup) -> list[Problem]:
    """Two rows with one business key in a sheet whose rows stand alone."""
    sheet = document.sheet
    if sheet.group_by or len(document.lines) < 2:
        return []
    column = sheet.unique[0] if sheet.unique else None
    other = next((line.id for line in document.lines if line.id not in merged.rows), "")
    return [
        DUPLICATE_KEY(row_id=line.id, column=column, key=document.key, other_row=other)
        for line in document.lines
        if line.id in merged.rows
    ]


def _fill(draft: Draft, sheet: Sheet, key: str, seq: int, merged: MergedGroup) -> None:
    """Defaults of new rows and head values of later lines become cells of the kept rows."""
    if not sheet.filled:
        return
    rows = draft.stored(sheet.table, DOCUMENT, key)
    states = [(r.id, r.cells, r.id in merged.created) for r in rows]
    for row_id, cells in fill_blanks(sheet, states).items():
        row = draft.by_id(row_id)
        assert row is not None
        kept = {k: v for k, v in cells.items() if v is not None}
        draft.change(StoredRow(row.table, row.id, row.key, seq, kept, False, row.source))


def _row_changes(draft: Draft, mark: int, merged: MergedGroup) -> tuple[RowChange, ...]:
    changes = []
    for before, after in draft.changed_since(mark):
        if before is None or before.deleted != after.deleted or before.cells != after.cells:
            op = merged.ops.get(after.id)
            seen = (op.at, op.copied_from, op.f) if op else ()
            changes.append(RowChange(before, after, *seen))
    return tuple(changes)


def _commit(batch: Batch, commit: Commit) -> None:
    batch.head = commit.seq
    batch.commits.append(commit)
    for change in commit.changes:
        batch.rows[change.after.id] = change.after


def _not_allowed(draft: Draft, group: wire.Group, author: Author) -> wire.Result | None:
    tables = {group.kind, *[op.t for op in group.ops]}
    unknown = tables - draft.catalogue.sheets.keys()
    if unknown:
        problem = UNKNOWN_TABLE(table=", ".join(sorted(unknown)))
        return wire.Result(group.mid, wire.INVALID, errors=(refusal(problem),))
    if all(author.may_write(t) for t in tables):
        hidden = not_your_rows(draft, group, author) or not_your_columns(draft, group, author)
        errors = (refusal(hidden),) if hidden else ()
        return wire.Result(group.mid, wire.DENIED, errors=errors) if hidden else None
    title = draft.catalogue.sheets[group.kind].title
    problem = NOT_ALLOWED(user=author.name, title=title)
    return wire.Result(group.mid, wire.DENIED, errors=(refusal(problem),))


def _failed(mid: str, draft: Draft) -> bool:
    known = draft.fates.result(mid)
    return known is None or known.status not in (wire.APPLIED, wire.NOOP)
