"""Frames on a pipe: four bytes of length, then JSON in UTF-8."""

from __future__ import annotations

import json
from typing import IO, Any

_ENCODE = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def packed(value: Any) -> bytes:
    """One frame; tuples become lists, floats keep their shortest exact text."""
    body = _ENCODE(value).encode()
    return len(body).to_bytes(4, "big") + body


def read_frame(stream: IO[bytes]) -> Any:
    """The next frame, blocking. Raises `EOFError` at the stream's end."""
    size = int.from_bytes(_read(stream, 4), "big")
    return json.loads(_read(stream, size))


def _read(stream: IO[bytes], size: int) -> bytes:
    parts = []
    while size:
        part = stream.read(size)
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
