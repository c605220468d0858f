"""The audit of a company, commit by commit, and ids for those who cannot make them."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Response

from sync_server.api.deps import AuthorDep, BodyDep, json_reply
from sync_server.api.reading import ReadingDep
from sync_server.core.errors import BadRequest
from sync_server.core.seen import changes_of, seen_changes
from workbook_templates import wire
from workbook_templates.row_ids import make_id

router = APIRouter(prefix="/v1/companies/{company}", tags=["audit"])
MOST_IDS = 5000


class IdsAsked(msgspec.Struct, forbid_unknown_fields=True):
    """How many ids are wanted."""

    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_IDS)]


_read_asked = msgspec.json.Decoder(IdsAsked).decode


@router.get("/audit", summary="Every change, commit by commit")
def audit(
    author: AuthorDep,
    reading: ReadingDep,
    start: Annotated[int, Query(alias="from", ge=1, description="The first commit")] = 1,
    limit: Annotated[int, Query(ge=1, le=5000, description="Commits in one page")] = 500,
) -> Response:
    """Whole commits in order, each row with the columns that the caller may see."""
    with reading.held() as held:
        commits = list(islice(held.commits_after(start - 1), limit))
        head = held.head
        told = (c for kept in commits for c in changes_of(kept))
        changes = tuple(seen_changes(author, told, held.history))
    last = commits[-1].commit.seq if commits else head
    following = last + 1 if last < head else None
    return json_reply(wire.AuditPage(head, following, changes))


@router.post(
    "/ids",
    summary="New row ids, for a macro without a random source",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": msgspec.json.schema(IdsAsked)["$defs"]["IdsAsked"]}
            },
        }
    },
)
def ids(company: str, author: AuthorDep, body: BodyDep) -> Response:
    """As many UUIDs as were asked; nothing is remembered of them."""
    try:
        asked = _read_asked(body)
    except (msgspec.MsgspecError, UnicodeDecodeError) as broken:
        raise BadRequest(str(broken)) from broken
    return json_reply({"ids": [make_id() for _ in range(asked.count)]})
