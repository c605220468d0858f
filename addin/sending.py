"""Freezing groups into the outbox, sending them, and taking what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from addin.base_lines import BaseRow
from addin.copies import Copy
from addin.errors import TooLarge
from addin.groups import Unsent, as_group, digest
from addin.lifting import lifted_answer
from addin.merged import with_theirs
from addin.needs import with_after
from addin.origins import forget_origins
from addin.rebase import NOTHING, is_news, rebase
from addin.reidentified import rename
from addin.remarks import take_remarks
from addin.shadow import Held, Sent
from workbook_templates import wire
from workbook_templates.row_ids import make_id

LANDED = (wire.APPLIED, wire.NOOP)
SEND_GROUPS, SEND_BYTES = 2_000, 4_000_000  # one request, where the server takes that much

Send = Callable[[dict[str, Any], Sequence[Sent]], wire.PushReply]


def freeze(copy: Copy, documents: Sequence[Unsent], user: str) -> None:
    """Put groups into the outbox, to be saved before they are sent."""
    forget_origins(copy, copy.shadow.origins.keys() - {rid for _, rid in copy.unsent})
    groups = with_after(copy, documents, [as_group(copy, unsent) for unsent in documents])
    copy.shadow.outbox = [Sent(g.mid, msgspec.json.encode(g).decode()) for g in groups]
    copy.meta["outbox_user"] = user


def in_requests(sent: Sequence[Sent], limits: dict[str, int]) -> Iterator[list[Sent]]:
    """The outbox cut into requests that the server takes."""
    most = min(limits.get("groups") or SEND_GROUPS, SEND_GROUPS)
    largest = min(limits.get("bytes") or SEND_BYTES, SEND_BYTES) - 2_000
    request: list[Sent] = []
    size = 0
    for one in sent:
        length = len(one.body.encode()) + 1
        if request and (len(request) == most or size + length > largest):
            yield request
            request, size = [], 0
        request.append(one)
        size += length
    if request:
        yield request


def send_halving(copy: Copy, send: Send, request: list[Sent]) -> list[wire.PushReply]:
    """Send one request; where it is too large after all, in halves. One alone is refused."""
    try:
        return [send(envelope(copy), request)]
    except TooLarge as refused:
        if len(request) == 1:
            return [_refused_alone(copy, request[0], refused)]
        half = len(request) // 2
        first = send_halving(copy, send, request[:half])
        return first + send_halving(copy, send, request[half:])


def _refused_alone(copy: Copy, sent: Sent, refused: TooLarge) -> wire.PushReply:
    told = TooLarge(key=sent.group.key, limit=refused.facts["limit"])
    error = wire.Refusal(told.code, told.words)
    result = wire.Result(sent.mid, wire.INVALID, errors=(error,))
    return wire.PushReply(copy.meta.get("epoch", ""), 0, (result,))


def envelope(copy: Copy) -> dict[str, Any]:
    """What stands around the groups of a push."""
    return {
        "v": wire.VERSION,
        "epoch": copy.meta.get("epoch", ""),
        "copy": copy.meta.get("copy_id", ""),
        "stamp": copy.meta.get("stamp", ""),
        "source": {"file": copy.name},
        "head": int(copy.meta.get("head") or 0),
    }


def take_result(copy: Copy, group: wire.Group, result: wire.Result, head: int) -> None:
    """Carry one answer into the copy: landed rows become base, a refused document is held.

    `head` is where the server stood when the group was sent.
    """
    if group.schema != copy.book.version:  # of before an upgrade: what did not land is sent anew
        if result.status in LANDED:
            _land(copy, *lifted_answer(copy.book, group, result))
    elif result.status in LANDED:
        _land(copy, group, result)
    elif result.status == wire.STALE_SCHEMA:
        _hold(copy, group, replace(result, status=wire.INVALID), head)
    elif result.status not in (wire.MID_REUSED, wire.RETRY):
        _hold(copy, group, result, head)


def _land(copy: Copy, group: wire.Group, result: wire.Result) -> None:
    """First what was sent becomes base, then the rows are merged: I may have typed on meanwhile."""
    for op in group.ops:
        if op.op in ("put", "restore"):
            _sent_is_base(copy, op, result.seq)
        elif copy.row(op.t, op.rid) is None:
            copy.base(op.t).pop(op.rid, None)
    forget_origins(copy, (op.rid for op in group.ops))
    take_remarks(copy, group, result)
    copy.held.pop((group.kind, group.key), None)
    copy.documents.setdefault(group.kind, set()).add(group.key)
    answered = {(row.t, row.rid) for row in result.rows if not row.deleted}
    for row in result.rows:
        if is_news(copy, row):
            rebase(copy, row)
    for op in group.ops:
        if op.op == "del" and (op.t, op.rid) not in answered and copy.row(op.t, op.rid):
            copy.base(op.t).pop(op.rid, None)


def _sent_is_base(copy: Copy, op: wire.Op, seq: int) -> None:
    """The values that the server took are what this copy and the server agree on."""
    known = copy.base(op.t).get(op.rid, NOTHING)
    cells = dict(known.cells)
    for column, (_, mine) in op.cells.items():
        cells.pop(column, None)
        if mine:
            cells[column] = mine
    copy.base(op.t)[op.rid] = BaseRow(known.seq, cells, known.source)


def _hold(copy: Copy, group: wire.Group, result: wire.Result, head: int) -> None:
    for conflict in result.conflicts:
        if conflict.kind == "seen_elsewhere":  # another sheet's id: tried again under a new one
            rename(copy.pages[group.kind], {conflict.rid: make_id()})
    passing = ("dependency", "seen_elsewhere")
    conflicts = tuple(c for c in result.conflicts if c.kind not in passing)
    if result.status == wire.CONFLICT and not conflicts:
        return  # it waits for another group and is tried again in the next round
    rids = tuple(op.rid for op in group.ops)
    held = Held(group.kind, group.key, result.status, rids, conflicts, result.errors)
    held = replace(held, digest=digest(group), head=head, new=group.new)
    held = replace(held, merged_with=result.merged_with, lock=result.lock)
    copy.hold(with_theirs(copy, held))
