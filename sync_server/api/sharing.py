"""The routes for work that is not pushed: versions asked after a restore, and parked drafts."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Response

from sync_server.api.deps import (
    MAX_GROUPS,
    MAX_ROWS_PER_GROUP,
    AuthorDep,
    BodyDep,
    Served,
    ServedDep,
    json_reply,
)
from sync_server.core.access import Author
from sync_server.core.errors import BadRequest, TooLarge, UnknownDraft
from sync_server.core.parking import MOST_OPEN, may_see, parked, same_draft, seen_draft, settled
from sync_server.core.port import ParkedDraft
from sync_server.core.versions import versions
from workbook_templates.wire_drafts import ADOPTED, DROPPED, OPEN, DraftParked, Drafts
from workbook_templates.wire_versions import VersionsAsked

router = APIRouter(prefix="/v1/companies/{company}", tags=["sync"])
MAX_ROWS = 5000  # whose versions are asked in one request
_read_draft = msgspec.json.Decoder(DraftParked).decode
_read_asked = msgspec.json.Decoder(VersionsAsked).decode
_SCHEMAS, _ = msgspec.json.schema_components(
    [DraftParked, VersionsAsked], ref_template="#/components/schemas/{name}"
)


def _doc(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


@router.post(
    "/versions", summary="Which versions of rows are known?", openapi_extra=_doc(_SCHEMAS[1])
)
def ask_versions(company: str, author: AuthorDep, served: ServedDep, body: BodyDep) -> Response:
    """Asked by a file after the server was restored: what it lacks is offered back to a person."""
    try:
        asked = _read_asked(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(str(broken)) from broken
    if len(asked.rows) > MAX_ROWS or len(asked.marks) > MAX_ROWS:
        raise TooLarge(f"A request may name {MAX_ROWS} rows", limit=MAX_ROWS)
    with served.store.reading(company) as held:
        return json_reply(versions(held, author, asked))


@router.post("/drafts", summary="Park work as a draft", openapi_extra=_doc(_SCHEMAS[0]))
def park_draft(company: str, author: AuthorDep, served: ServedDep, body: BodyDep) -> Response:
    """Takes anything that a person has, whatever its template's version; nothing is applied."""
    try:
        told = _read_draft(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(str(broken)) from broken
    if len(told.groups) > MAX_GROUPS or any(len(g.ops) > MAX_ROWS_PER_GROUP for g in told.groups):
        raise TooLarge(f"A draft may have {MAX_GROUPS} documents", limit=MAX_GROUPS)
    draft = parked(told, author, served.now())
    drafts = {known.id: known for known in served.store.drafts(company)}
    known = drafts.get(draft.id)
    if known is not None and same_draft(known, draft):
        return json_reply(seen_draft(known))
    waiting = [d for d in drafts.values() if d.parked_by == author.name and d.state == OPEN]
    if len(waiting) >= MOST_OPEN:
        raise TooLarge(f"A person may have {MOST_OPEN} open drafts", limit=MOST_OPEN)
    served.store.park(company, draft)
    return json_reply(seen_draft(draft), 201)


@router.get("/drafts", summary="The parked drafts")
def list_drafts(company: str, author: AuthorDep, served: ServedDep) -> Response:
    """Those that one made, parked, or may see in every cell; the newest first."""
    found = (d for d in served.store.drafts(company) if may_see(author, d))
    return json_reply(Drafts(tuple(map(seen_draft, found))))


@router.get("/drafts/{draft_id}", summary="One draft with its documents")
def read_draft(company: str, draft_id: str, author: AuthorDep, served: ServedDep) -> Response:
    """The draft as it was parked."""
    return json_reply(seen_draft(_draft(served, company, author, draft_id), whole=True))


@router.post("/drafts/{draft_id}/adopt", summary="Say that a draft is in one's workbook now")
def adopt_draft(company: str, draft_id: str, author: AuthorDep, served: ServedDep) -> Response:
    """Nobody else adopts it then; sending it is an ordinary push with `made_by`."""
    return _settle(served, company, author, draft_id, ADOPTED)


@router.delete("/drafts/{draft_id}", summary="Drop a draft")
def drop_draft(company: str, draft_id: str, author: AuthorDep, served: ServedDep) -> Response:
    """It stays kept as dropped."""
    return _settle(served, company, author, draft_id, DROPPED)


def _settle(served: Served, company: str, author: Author, draft_id: str, state: str) -> Response:
    draft = settled(_draft(served, company, author, draft_id), state, author, served.now())
    served.store.park(company, draft)
    return json_reply(seen_draft(draft))


def _draft(served: Served, company: str, author: Author, draft_id: str) -> ParkedDraft:
    """One draft that its reader may see. Raises `UnknownDraft`, so that nobody learns of others."""
    for draft in served.store.drafts(company, [draft_id]):
        if may_see(author, draft):
            return draft
    raise UnknownDraft(draft_id[:50])
