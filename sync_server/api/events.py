"""Server-sent events: the head of a company, each time that it moves."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from sync_server.api.deps import AuthorDep, ServedDep
from sync_server.api.notices import Notices, NoticesDep
from sync_server.core.errors import NoNotices, NotFound

router = APIRouter(prefix="/v1/companies/{company}", tags=["sync"])

KEEP_ALIVE_S = 15.0  # of silence, after which proxies would hang up
LIFE_S = 900.0  # after which the reader comes again, and its token is looked at again
UNBUFFERED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@router.get("/events", summary="Live notice of new commits", response_class=StreamingResponse)
async def events(
    company: str,
    author: AuthorDep,
    served: ServedDep,
    notices: NoticesDep,
    seen: Annotated[int, Query(alias="from", ge=0, description="The head that one knows")] = 0,
    last_event_id: Annotated[str | None, Header()] = None,
) -> Response:
    """A stream of `{"head": N}`: pull when it comes. It carries nothing else and may miss one."""
    if not notices.is_on:
        raise NoNotices
    head = (await run_in_threadpool(served.store.heads)).get(company)
    if head is None:
        raise NotFound(f"There is no company {company}", company=company)
    notices.tell(company, head)
    known = int(last_event_id) if last_event_id and last_event_id.isdecimal() else seen
    stream = _stream(notices, company, known)
    return StreamingResponse(stream, media_type="text/event-stream", headers=UNBUFFERED)


async def _stream(notices: Notices, company: str, seen: int) -> AsyncIterator[str]:
    until = time.monotonic() + LIFE_S
    yield "retry: 1000\n\n"
    while not notices.is_closed and time.monotonic() < until:
        head = await notices.moved(company, seen, KEEP_ALIVE_S)
        if head == seen:
            yield ": still here\n\n"
        else:
            yield f'id: {head}\nevent: head\ndata: {{"head":{head}}}\n\n'
        seen = head
