"""Which file this is: an id and a stamp that every save of a sync replaces, told to the server.

A file that is not the one that came last under its id is a clone, or was taken from a backup: it
goes on under an id of its own. Nothing else depends on it (docs/protocol.md, Files).
"""

from __future__ import annotations

import uuid

from addin.copies import Copy
from workbook_templates import wire


def told(copy: Copy) -> dict[str, str]:
    """What the file says of itself at the beginning of a sync."""
    meta = copy.meta
    meta["copy_id"] = meta.get("copy_id") or uuid.uuid4().hex
    copy.announced = meta.get("stamp", "")
    return {
        "copy": meta["copy_id"],
        "stamp": copy.announced,
        "before": meta.get("stamp_before", ""),
        "file": copy.name[-200:],
        "host": copy.host,
        "version": meta.get("version") or str(copy.book.version),
        "seq": meta.get("head") or "0",
    }


def is_told_a_clone(copy: Copy, hello: wire.Hello) -> bool:
    """Take the id that the server gives a clone; whether it did."""
    if hello.copy:
        copy.meta["copy_id"] = hello.copy
    return bool(hello.copy)


def restamp(copy: Copy) -> None:
    """A new stamp for a save. The one that was told last stays beside it until the next sync."""
    if copy.announced is not None:
        copy.meta.update(stamp_before=copy.announced, stamp=uuid.uuid4().hex)
