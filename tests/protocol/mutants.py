"""The rules of the protocol, each broken on purpose; the promises must notice every one.

The names are those of the executable model; the last are of rules that it does not have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from addin import pulling, rebase, runs, sending, sync
from addin.base_lines import BaseRow
from addin.copies import Copy, based, put_row
from addin.errors import Resync
from addin.groups import as_group, unsent_documents
from addin.shadow import Sent
from sync_server.core import merging, push, requests
from sync_server.storage.memory import MemoryTransaction
from workbook_templates import row_ids
from workbook_templates.merge import Merged

Mutant = Callable[[pytest.MonkeyPatch], None]


def no_mid_dedupe(patch: pytest.MonkeyPatch) -> None:
    """The server forgets what it was sent."""
    patch.setattr(MemoryTransaction, "results", lambda self, mids: {})


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks at what the sender last knew."""

    def merge_cells(current: Any, changes: Any, families: Any = ()) -> Merged:
        wishes = {c: m for c, (b, m) in changes.items() if b != m}
        changed = {c: (current.get(c), m) for c, m in wishes.items() if current.get(c) != m}
        cells = {c: t for c, t in {**current, **wishes}.items() if t}
        return Merged(cells, changed, ())

    patch.setattr(merging, "merge_cells", merge_cells)


def not_atomic(patch: pytest.MonkeyPatch) -> None:
    """Of a document that clashes or breaks a rule the rest is kept."""
    kept = push.merge_group

    def merge_group(*told: Any) -> Any:
        merged = kept(*told)
        merged.conflicts.clear()
        return merged

    patch.setattr(push, "merge_group", merge_group)
    patch.setattr(push, "document_problems", lambda document, known: [])


def validate_ops_only(patch: pytest.MonkeyPatch) -> None:
    """Only the rows that were sent are looked at, not the document that they make."""
    looked = push.document_problems

    def document_problems(document: Any, known: Any) -> Any:
        fresh = max((known.by_id(line.id).seq for line in document.lines), default=0)
        sent = tuple(line for line in document.lines if known.by_id(line.id).seq == fresh)
        before = {line.id: int(line.text("amount") or 0) for line in document.before}
        moved = [int(line.text("amount") or 0) - before.get(line.id, 0) for line in sent]
        return looked(document, known) if sum(moved) else []

    patch.setattr(push, "document_problems", document_problems)


def edit_resurrects(patch: pytest.MonkeyPatch) -> None:
    """An edit brings a deleted row back."""
    put = merging._put

    def put_back(draft: Any, sheet: Any, op: Any, row: Any, *rest: Any) -> None:
        live = msgspec.structs.replace(row, deleted=False) if row is not None else None
        put(draft, sheet, op, live, *rest)

    patch.setattr(merging, "_put", put_back)


def blind_delete(patch: pytest.MonkeyPatch) -> None:
    """A row is deleted whatever became of it meanwhile."""
    delete = merging._delete

    def blindly(draft: Any, op: Any, *rest: Any) -> None:
        delete(draft, replace(op, base={}), *rest)

    patch.setattr(merging, "_delete", blindly)
    patch.setattr(merging, "_filled_since", lambda *told: False)


def audit_hole(patch: pytest.MonkeyPatch) -> None:
    """The audit of a larger commit lacks a row."""
    commit = push._commit

    def commit_less(batch: Any, told: Any) -> None:
        commit(batch, told)
        if len(told.changes) > 1:
            batch.commits[-1] = msgspec.structs.replace(told, changes=told.changes[1:])

    patch.setattr(push, "_commit", commit_less)


def keep_pasted_ids(patch: pytest.MonkeyPatch) -> None:
    """Two rows with one id stay so."""
    patch.setattr(row_ids, "_release_copies", lambda ids, rows, base: {})


def cursor_from_push(patch: pytest.MonkeyPatch) -> None:
    """What my push was numbered counts as read, and what came in between is never pulled."""
    take = sending.take_result

    def take_and_move(copy: Copy, group: Any, result: Any, head: int) -> None:
        take(copy, group, result, head)
        copy.meta["head"] = str(max(int(copy.meta.get("head") or 0), result.seq))

    patch.setattr(sync, "take_result", take_and_move)


def pull_overwrites_dirty(patch: pytest.MonkeyPatch) -> None:
    """What the server has takes the place of what was typed."""

    def overwrite(copy: Copy, theirs: Any, row: Any, known: Any) -> None:
        put_row(copy, theirs.t, theirs.rid, theirs.cells)
        copy.base(theirs.t)[theirs.rid] = based(theirs)

    patch.setattr(rebase, "_merge", overwrite)


def skip_a_page(patch: pytest.MonkeyPatch) -> None:
    """The first of several pages gets lost."""
    newest = pulling._newest
    patch.setattr(pulling, "_newest", lambda pages: newest(pages[1:] or pages))


def purge_without_floor(patch: pytest.MonkeyPatch) -> None:
    """Tombstones go, and who was away while they were there never hears of them."""
    purge = MemoryTransaction.purge

    def purge_only(held: Any, upto: int, before: str) -> None:
        floor = held.books.floor
        purge(held, upto, before)
        held.books.floor = floor

    patch.setattr(MemoryTransaction, "purge", purge_only)


def mid_per_sheet_not_frozen(patch: pytest.MonkeyPatch) -> None:
    """What is sent again says what the sheet says now, under the old mutation id."""
    learn = sync._learn_fates

    def thaw(run: Any, hello: Any) -> None:
        copy = run.copy
        now = {u.key: u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)}
        copy.shadow.outbox = [_again(copy, sent, now) for sent in copy.shadow.outbox]
        learn(run, hello)

    patch.setattr(sync, "_learn_fates", thaw)


def _again(copy: Copy, sent: Sent, now: Any) -> Sent:
    unsent = now.get(sent.group.key)
    if unsent is None:
        return sent
    group = replace(as_group(copy, unsent), mid=sent.mid)
    return Sent(sent.mid, msgspec.json.encode(group).decode())


def apply_page_by_page(patch: pytest.MonkeyPatch) -> None:
    """Each page is merged and saved before the next is read."""

    def catch_up(run: Any) -> None:
        copy = run.copy
        while not copy.shadow.outbox:
            try:
                page = run.server.changes(copy.meta.get("cursor", ""), pulling.tables_of(copy))
            except Resync:
                pulling.resync(copy, run.server)
                continue
            pulling._apply(copy, pulling._newest([page]))
            pulling._move_cursor(copy, page)
            run.keep(copy)
            if not page.more:
                run.outcome.head = max(run.outcome.head, page.head)
                break
        sync.settle_held(copy)
        sync._name_authors(run)

    def rehearse(run: sync.Sync) -> sync.Outcome:
        return sync.rehearse(replace(run, keep=lambda copy: None))  # a preview keeps nothing

    patch.setattr(sync, "_catch_up", catch_up)
    patch.setattr(runs, "rehearse", rehearse)


def base_from_payload(patch: pytest.MonkeyPatch) -> None:
    """When the answer comes the sheet counts as sent, though its person typed on."""
    land = sending._land

    def land_all(copy: Copy, group: Any, result: Any) -> None:
        land(copy, group, result)
        for op in group.ops:
            row = copy.row(op.t, op.rid)
            if row is not None:
                copy.base(op.t)[op.rid] = BaseRow(result.seq, dict(row.cells))

    patch.setattr(sending, "_land", land_all)


def answer_only_my_rows(patch: pytest.MonkeyPatch) -> None:
    """The answer lacks the rows of the document that its sender did not send."""
    answered = push.push_into

    def answer_less(batch: Any, draft: Any, groups: Any, *rest: Any) -> Any:
        results = answered(batch, draft, groups, *rest)
        sent = {op.rid for group in groups for op in group.ops}
        return [replace(r, rows=tuple(s for s in r.rows if s.rid in sent)) for r in results]

    patch.setattr(push, "push_into", answer_less)
    patch.setattr(requests, "push_into", answer_less)


def self_conflict(patch: pytest.MonkeyPatch) -> None:
    """What was sent and accepted does not become base."""
    patch.setattr(sending, "_sent_is_base", lambda copy, op, seq: None)


def pull_while_fate_unknown(patch: pytest.MonkeyPatch) -> None:
    """Others' changes are merged before it is known what became of mine."""
    catch_up, learn = sync._catch_up, sync._learn_fates

    def pull_first(run: Any, hello: Any) -> None:
        outbox, run.copy.shadow.outbox = run.copy.shadow.outbox, []
        if outbox:
            catch_up(run)
        run.copy.shadow.outbox = outbox
        learn(run, hello)

    patch.setattr(sync, "_learn_fates", pull_first)


def nothing_is_offered_back(patch: pytest.MonkeyPatch) -> None:
    """What a restored server lacks is taken for deleted, what it has for newer."""
    patch.setattr(pulling, "offer_back", lambda *told: set())


def restored_by_hand_unseen(patch: pytest.MonkeyPatch) -> None:
    """Nobody looks whether the server stands behind, or has another history."""
    patch.setattr(sync, "is_other_history", lambda *told: False)


def purged_ids_are_used_again(patch: pytest.MonkeyPatch) -> None:
    """A row that nobody knows any more is sent under the id that it has."""
    patch.setattr(pulling, "give_new_ids", lambda *told: None)


MUTANTS: tuple[Mutant, ...] = (
    no_mid_dedupe,
    last_writer_wins,
    not_atomic,
    validate_ops_only,
    edit_resurrects,
    blind_delete,
    audit_hole,
    keep_pasted_ids,
    cursor_from_push,
    pull_overwrites_dirty,
    skip_a_page,
    purge_without_floor,
    mid_per_sheet_not_frozen,
    apply_page_by_page,
    base_from_payload,
    answer_only_my_rows,
    self_conflict,
    pull_while_fate_unknown,
    nothing_is_offered_back,
    restored_by_hand_unseen,
    purged_ids_are_used_again,
)
RARELY_MISSED = (
    apply_page_by_page,
    nothing_is_offered_back,
    restored_by_hand_unseen,
    purged_ids_are_used_again,
)
"""Rules without which nothing goes wrong before something rare happens."""
