"""The pushes of several people in one transaction: each has results of its own, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.errors import EpochChanged
from sync_server.core.port import Batch, Transaction
from sync_server.core.push import add_sums, push_in_parts, push_into
from sync_server.core.survey import survey
from workbook_templates import wire


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody's copy sent; `unknown`: what of it could not be read."""

    message: wire.Push
    author: Author
    unknown: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows it puts or deletes."""
        return sum(len(group.ops) for group in self.message.groups)


def answer(
    held: Transaction, catalogue: Catalogue, requests: Sequence[Request], now: str
) -> list[wire.PushReply | EpochChanged]:
    """Pushes and keeps what each request sent, and tells each what became of it.

    Many small requests cost little more than one: what they name is read in the same few
    questions, what they change is kept in the same few statements.
    """
    epoch = held.epoch
    of_now = [r for r in requests if r.message.epoch in ("", epoch)]
    found = {id(r): results for r, results in _push_all(Draft(held, catalogue), of_now, now)}
    return [
        wire.PushReply(epoch, held.head, tuple(found[id(r)]), r.unknown)
        if id(r) in found
        else EpochChanged()
        for r in requests
    ]


def _push_all(
    draft: Draft, requests: Sequence[Request], now: str
) -> list[tuple[Request, list[wire.Result]]]:
    if len(requests) == 1:
        only = requests[0]
        return [(only, push_in_parts(draft, only.message.groups, only.author, now))]
    survey(draft, [group for r in requests for group in r.message.groups])
    batch = Batch(draft.held.head)
    found = [(r, push_into(batch, draft, r.message.groups, r.author, now)) for r in requests]
    add_sums(batch, draft)
    draft.held.keep(batch)
    return found
