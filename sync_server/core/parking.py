"""Drafts: what a person takes out of a workbook and parks. A draft is never applied by itself."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from sync_server.core.access import Author
from sync_server.core.errors import AlreadyThere, BadRequest, DraftSettled
from sync_server.core.port import ParkedDraft
from workbook_templates.row_ids import is_row_id
from workbook_templates.wire import Group
from workbook_templates.wire_drafts import OPEN, DraftParked, DraftSeen

LENGTH = 200  # of a name or a reason
MOST_OPEN = 200  # drafts of one person
_encode = msgspec.json.Encoder().encode
_groups = msgspec.json.Decoder(tuple[Group, ...]).decode


def parked(told: DraftParked, author: Author, now: str) -> ParkedDraft:
    """A draft to be kept. Raises `BadRequest` for one without an id or with nothing in it."""
    if not is_row_id(told.id) or not told.groups:
        raise BadRequest("A draft has an id of the form of a UUID and at least one document")
    texts = (told.made_by or author.name, author.name, now, told.file, told.book, told.reason)
    made_by, parked_by, at, file, book, reason = (text[:LENGTH] for text in texts)
    body = _encode(told.groups).decode()
    return ParkedDraft(told.id, made_by, parked_by, at, file, book, reason, OPEN, "", "", body)


def same_draft(known: ParkedDraft, again: ParkedDraft) -> bool:
    """Whether a draft is one that was parked before. Raises `AlreadyThere` for another content."""
    if (known.body, known.parked_by) != (again.body, again.parked_by):
        raise AlreadyThere("There is another draft of that id", id=again.id)
    return True


def may_see(author: Author, draft: ParkedDraft) -> bool:
    """Who parked or made it, and whoever sees every cell of it anyhow."""
    if author.name in (draft.made_by, draft.parked_by):
        return True
    ops = [op for group in _groups(draft.body) for op in group.ops]
    named = [(op.t, op.cells.keys() | op.base.keys()) for op in ops]
    return all(
        t not in author.rights and set(author.visible.get(t, ())) >= cells for t, cells in named
    )


def seen_draft(draft: ParkedDraft, whole: bool = False) -> DraftSeen:
    """A draft as it is told, with its groups where the `whole` is asked for."""
    groups = _groups(draft.body)
    d = draft
    return DraftSeen(
        *(d.id, d.made_by, d.parked_by, d.at, len(groups), d.book, d.file, d.reason),
        *(d.state, d.settled_by, d.settled_at),
        groups=groups if whole else (),
    )


def settled(draft: ParkedDraft, state: str, author: Author, now: str) -> ParkedDraft:
    """A draft that somebody adopted or dropped; the same again says the same.

    Raises `DraftSettled` where somebody was first.
    """
    if draft.state == state and draft.settled_by == author.name:
        return draft
    if draft.state != OPEN:
        raise DraftSettled(f"{draft.state}, {draft.settled_by}, {draft.settled_at[:10]}")
    return replace(draft, state=state, settled_by=author.name, settled_at=now)
