"""The opaque cursor of a copy: how far it has read, under which epoch and scope, signed."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from sync_server.core.errors import CursorForged


@dataclass(frozen=True, slots=True)
class Cursor:
    """`seq`: everything up to this commit has been delivered to this scope, in these tables.

    `mark` names the history that ends there. `floor`: that of the reading's beginning, where it
    began without a cursor and goes on. `window`: a mark of what it was limited to.
    """

    epoch: str
    seq: int
    scope: str
    tables: tuple[str, ...]
    mark: str = ""
    floor: int = 0
    window: str = ""


def write_cursor(cursor: Cursor, secret: bytes) -> str:
    """The cursor as text that only this company's server can have made."""
    body = msgspec.json.encode(cursor)
    return urlsafe_b64encode(_mac(body, secret) + body).decode()


def read_cursor(text: str, secret: bytes) -> Cursor:
    """The cursor back. Raises `CursorForged` for anything that this server did not write."""
    try:
        raw = urlsafe_b64decode(text.encode())
        if not hmac.compare_digest(raw[:16], _mac(raw[16:], secret)):
            raise CursorForged
        return msgspec.json.decode(raw[16:], type=Cursor)
    except (ValueError, msgspec.MsgspecError) as broken:
        raise CursorForged from broken


def _mac(body: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, body, sha256).digest()[:16]
