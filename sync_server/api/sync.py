"""The routes of a sync: hello, push, validate, changes."""

from __future__ import annotations

from asyncio import wrap_future
from dataclasses import replace
from typing import Any

import msgspec
from fastapi import APIRouter, Response
from fastapi import Request as HttpRequest
from fastapi.concurrency import run_in_threadpool

from sync_server.api.copies import CopyDep, note_copy
from sync_server.api.deps import (
    MAX_BODY,
    MAX_GROUPS,
    MAX_ROWS_PER_GROUP,
    AuthorDep,
    BodyDep,
    ServedDep,
    author_of_request,
    json_reply,
    raw_body,
)
from sync_server.api.openers import named_in
from sync_server.api.unknown import unknown_fields
from sync_server.api.writer import Writer
from sync_server.core.access import Author
from sync_server.core.draft import Draft
from sync_server.core.errors import BadRequest, TooLarge
from sync_server.core.locked import locked_periods
from sync_server.core.push import push
from sync_server.core.requests import Request
from workbook_templates import wire

router = APIRouter(prefix="/v1/companies/{company}", tags=["sync"])
LARGE = 100_000  # bytes of a body that is read beside the event loop, which serves everybody
_read_push = msgspec.json.Decoder(wire.Push).decode
_SCHEMA, _ = msgspec.json.schema_components([wire.Push], ref_template="#/components/schemas/{name}")
_PUSH_DOC: dict[str, Any] = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": _SCHEMA[0]}}}
}


@router.get("/hello", summary="Who am I, and where does the central copy stand?")
def hello(company: str, author: AuthorDep, served: ServedDep, told: CopyDep) -> Response:
    """Asked once a sync: head, epoch, scope, schema versions, limits, locked periods. The file says
    of itself what the server's people like to know of it.
    """
    copy = note_copy(served, company, author.name, told)
    with served.store.reading(company) as held:
        reply = wire.Hello(
            company=held.company.code,
            name=held.company.name,
            currency=held.company.currency,
            epoch=held.epoch,
            head=held.head,
            user=author.name,
            roles=tuple(sorted(author.roles)),
            scope=author.scope,
            schema={book.key: book.version for book in served.catalogue.books},
            min_push={book.key: book.min_push for book in served.catalogue.books},
            min_pull={book.key: book.min_pull for book in served.catalogue.books},
            limits={
                "groups": MAX_GROUPS,
                "bytes": MAX_BODY,
                "rows_per_group": MAX_ROWS_PER_GROUP,
            },
            time=served.now(),
            mark=held.mark,
            copy=copy,
            periods=locked_periods(Draft(held, served.catalogue), author),
        )
    return json_reply(reply)


@router.post("/push", summary="Push documents", openapi_extra=_PUSH_DOC)
async def push_groups(company: str, request: HttpRequest) -> Response:
    """Each group lands or is refused on its own; the reply has one result a group."""
    author, body = await author_of_request(request, company), await raw_body(request)
    is_large = len(body) > LARGE
    message = await run_in_threadpool(read_push, body) if is_large else read_push(body)
    by_hand = not message.copy  # workbooks send what the program is made of
    unknown = unknown_fields(wire.Push, body) if by_hand else ()
    pushed = Request(message, _sender(author, message), unknown)
    writer: Writer = request.app.state.writer
    reply = await wrap_future(writer.push(company, pushed, len(body)))
    return Response(reply, media_type="application/json")


@router.post("/validate", summary="Try a push without keeping it", openapi_extra=_PUSH_DOC)
def validate(company: str, author: AuthorDep, served: ServedDep, body: BodyDep) -> Response:
    """The same answer as a push would get, with nothing kept."""
    message = read_push(body)
    with served.store.reading(company) as held:
        draft = Draft(held, served.catalogue)
        _, results = push(draft, message.groups, _sender(author, message), served.now())
        unknown = unknown_fields(wire.Push, body)
        reply = wire.PushReply(held.epoch, held.head, tuple(results), unknown)
    return json_reply(named_in(served, company, reply))


def read_push(body: bytes) -> wire.Push:
    """The message of a push. Raises `BadRequest` or `TooLarge`."""
    try:
        message = _read_push(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(str(broken)) from broken
    if message.v != wire.VERSION:
        raise BadRequest(f"This server speaks version {wire.VERSION} of the protocol")
    if len(message.groups) > MAX_GROUPS:
        raise TooLarge(f"A request may carry {MAX_GROUPS} documents", limit=MAX_GROUPS)
    if any(len(group.ops) > MAX_ROWS_PER_GROUP for group in message.groups):
        raise TooLarge(f"A document may have {MAX_ROWS_PER_GROUP} rows", limit=MAX_ROWS_PER_GROUP)
    return message


def _sender(author: Author, message: wire.Push) -> Author:
    file = message.source.get("file", "")
    return replace(author, copy=message.copy, file=file, head=message.head)
