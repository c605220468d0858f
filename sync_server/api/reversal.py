"""The route that takes an accepted change back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
from fastapi import APIRouter, Response

from sync_server.api.deps import AuthorDep, BodyDep, ServedDep, json_reply
from sync_server.api.openers import named_in
from sync_server.api.unknown import unknown_fields
from sync_server.api.writer import WriterDep
from sync_server.core.draft import Draft
from sync_server.core.errors import BadRequest
from sync_server.core.port import Transaction
from sync_server.core.reversal import reverse
from workbook_templates import wire

router = APIRouter(prefix="/v1/companies/{company}", tags=["sync"])
_read_asked = msgspec.json.Decoder(wire.Reverse).decode
_DOC: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": msgspec.json.schema(wire.Reverse)["$defs"]["Reverse"]}
        },
    }
}


@router.post("/reverse", summary="Take an accepted change back", openapi_extra=_DOC)
def reverse_change(
    company: str, author: AuthorDep, served: ServedDep, writer: WriterDep, body: BodyDep
) -> Response:
    """A new commit that undoes another, under all rules; one result, as of a push.

    With a `date` the documents stay and opposite ones are made on that day.
    """
    asked, unknown = _read(body), unknown_fields(wire.Reverse, body)
    sender = replace(author, copy=asked.copy, file=asked.source.get("file", ""))

    def job(held: Transaction) -> wire.PushReply:
        batch, result = reverse(Draft(held, served.catalogue), asked, sender, served.now())
        held.keep(batch)
        return wire.PushReply(held.epoch, batch.head, (result,), unknown)

    reply = writer.alone(company, job).result()
    return json_reply(named_in(served, company, reply))


def _read(body: bytes) -> wire.Reverse:
    try:
        asked = _read_asked(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(str(broken)) from broken
    if not 0 < len(asked.mid) <= 100:
        raise BadRequest("A mutation's id has 1 to 100 characters")
    return asked
