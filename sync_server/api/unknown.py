"""Fields of a message that this server does not know: they are left out, and named in the reply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import islice
from typing import Any

import msgspec

from sync_server.core.errors import BadRequest
from workbook_templates import wire

MOST = 100  # that are named
_PARTS: dict[type, tuple[str, type]] = {
    wire.Push: ("groups", wire.Group),
    wire.Group: ("ops", wire.Op),
    wire.Op: ("at", wire.Place),
}


def unknown_fields(kind: type, body: bytes) -> tuple[str, ...]:
    """Where they stand in a message that could be read as of a kind: "groups[0].ops[2].colour".

    Raises `BadRequest` where what was left out is no JSON.
    """
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(str(broken)) from broken
    return tuple(islice(_unknown(kind, found, ""), MOST))


def _unknown(kind: Any, found: dict[str, Any], place: str) -> Iterator[str]:
    known = {field.name for field in fields(kind)}
    yield from (f"{place}{name}" for name in found if name not in known)
    name, part = _PARTS.get(kind, ("", kind))
    inside = found.get(name)
    if isinstance(inside, list):
        for number, one in enumerate(inside):
            yield from _unknown(part, one, f"{place}{name}[{number}].")
    elif isinstance(inside, dict):
        yield from _unknown(part, inside, f"{place}{name}.")
