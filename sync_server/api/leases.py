"""The routes of leases: taking turns in a live file that two people have open at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Path, Query, Response

from sync_server.api.deps import AuthorDep, BodyDep, ServedDep, json_reply
from sync_server.core.errors import BadRequest, LeaseTaken
from sync_server.core.port import HeldLease
from workbook_templates.wire_leases import Lease, LeaseAsked

router = APIRouter(prefix="/v1/companies/{company}/copies/{copy}/lease", tags=["sync"])
SECONDS = 60
Name = Annotated[str, Path(min_length=1, max_length=200)]
_read = msgspec.json.Decoder(LeaseAsked).decode
_SCHEMA = msgspec.json.schema(LeaseAsked)["$defs"]["LeaseAsked"]
_DOC: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": _SCHEMA}}}
}


@router.post("", summary="Take a turn, or make it longer", openapi_extra=_DOC)
def take(company: str, copy: Name, author: AuthorDep, served: ServedDep, body: BodyDep) -> Response:
    """A turn of 60 seconds; 409 with `by` and `until` while somebody else has theirs."""
    try:
        asked = _read(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(str(broken)) from broken
    if not 0 < len(asked.holder) <= 200:
        raise BadRequest("A holder is a text of 1 to 200 characters")
    now = served.now()
    wanted = HeldLease(copy, asked.holder, author.name, _later(now))
    held = served.store.take_lease(company, wanted, now)
    if held.holder != asked.holder:
        raise LeaseTaken(f"{held.person} is syncing this file", by=held.person, until=held.until)
    return json_reply(Lease(copy, held.person, held.until))


@router.delete("", summary="End a turn", status_code=204)
def release(
    company: str, copy: Name, author: AuthorDep, served: ServedDep, holder: Annotated[str, Query()]
) -> Response:
    """Ends one's own turn; nothing happens where one has none."""
    served.store.release_lease(company, copy, holder)
    return Response(status_code=204)


def _later(now: str) -> str:
    """60 seconds after a moment, written in the same way."""
    moment = datetime.fromisoformat(now) + timedelta(seconds=SECONDS)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
