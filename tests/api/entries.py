"""Journal entries as a workbook sends them."""

from __future__ import annotations

from collections.abc import Sequence

import httpx2
import msgspec

from workbook_templates import wire
from workbook_templates.row_ids import make_id

JOURNAL = "ledger.journal"


def entry(number: str, debit: str = "100.00", credit: str = "100.00") -> wire.Group:
    """A new entry of two lines."""
    lines = (
        {"entry": number, "date": "2026-05-03", "account": "11200", "debit": debit},
        {"entry": number, "account": "31000", "credit": credit},
    )
    ops = tuple(
        wire.Op("put", JOURNAL, make_id(), {c: (None, t) for c, t in line.items()})
        for line in lines
    )
    return wire.Group(make_id(), JOURNAL, number, ops, new=True)


def body(*groups: wire.Group, epoch: str = "") -> bytes:
    """A push of these."""
    return msgspec.json.encode(wire.Push(epoch, groups))


def results(reply: httpx2.Response) -> Sequence[wire.Result]:
    """What became of each group."""
    assert reply.status_code == 200, reply.text
    return msgspec.json.decode(reply.content, type=wire.PushReply).results
