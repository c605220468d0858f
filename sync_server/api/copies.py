"""What a file says of itself when it asks `hello`, noted for whoever runs the server."""

from __future__ import annotations

from secrets import token_hex
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, Field

from sync_server.api.deps import Served
from sync_server.core.copies import is_clone, is_news
from sync_server.core.errors import Busy
from sync_server.core.port import CopySeen

Name = Annotated[str, Field(max_length=200)]
Number = Annotated[int, Field(ge=0, le=2**62)]


class CopyTold(BaseModel):
    """`copy`: the file's id, `stamp` that of its last save, `before` that with which it came last.
    `seq`: up to which commit it has read. A file that gives no id is not noted.
    """

    copy_id: Annotated[str, Field(alias="copy", max_length=200)] = ""
    stamp: Name = ""
    before: Name = ""
    file: Name = ""
    host: Name = ""
    book: Name = ""
    version: Number = 0
    seq: Number = 0


CopyDep = Annotated[CopyTold, Query()]


def note_copy(served: Served, company: str, person: str, told: CopyTold) -> str:
    """Notes a file. The id under which it goes on where it is a clone, else ""."""
    if not told.copy_id:
        return ""
    known = served.store.copy_seen(company, told.copy_id)
    clone = is_clone(known, told.stamp, told.before)
    copy = token_hex(16) if clone else told.copy_id
    seen = CopySeen(
        *(copy, person, told.stamp, told.file, told.host, told.book),
        *(told.version, told.seq, served.now()),
    )
    if clone or is_news(known, seen):
        try:
            served.store.see_copy(company, seen)
        except Busy:
            return ""  # a note is not worth anybody's wait; the file says it again next time
    return copy if clone else ""
