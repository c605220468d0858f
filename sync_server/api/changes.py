"""The route of reading: a page of what is new, at once or as soon as there is something."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.concurrency import run_in_threadpool

from sync_server.api.deps import AuthorDep, ServedDep, json_reply
from sync_server.api.notices import NoticesDep
from sync_server.api.reading import MinSeq
from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import BadRequest
from sync_server.core.pull import Asked, pull
from sync_server.core.schemas import steps_asked
from workbook_templates import wire
from workbook_templates.limits import Limits, NotALimit, read_limits

router = APIRouter(prefix="/v1/companies/{company}", tags=["sync"])
LONGEST_WAIT_S = 60.0  # proxies hang up after that


async def asked(
    served: ServedDep,
    tables: Annotated[str, Query(description="Table names, separated by commas")],
    cursor: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100_000)] = 5000,
    within: Annotated[
        list[str] | None, Query(description="Only documents inside: table.column=value")
    ] = None,
    schema: Annotated[
        list[str] | None, Query(description="Versions of the reader's templates: ledger:1")
    ] = None,
) -> Asked:
    """What a reader wants."""
    window = _window(served.catalogue, within)
    steps = steps_asked(served.catalogue, schema or ())
    return Asked(tables.split(","), cursor or None, limit, window, steps)


@dataclass(frozen=True)
class Pages:
    """Where pages come from, of what must be known there, and who says that there is a new one."""

    served: ServedDep
    notices: NoticesDep
    min_seq: MinSeq = 0

    async def page(self, company: str, author: Author, asked: Asked, wait: float) -> wire.Changes:
        """A page; one that says nothing only after so many seconds without news."""
        until = time.monotonic() + wait
        found = await run_in_threadpool(self._page, company, author, asked)
        while self.notices.is_on and not (found.rows or found.more):
            left = until - time.monotonic()
            if left <= 0 or self.notices.is_closed:
                break
            if await self.notices.moved(company, found.head, left) != found.head:
                found = await run_in_threadpool(self._page, company, author, asked)
        return found

    def _page(self, company: str, author: Author, asked: Asked) -> wire.Changes:
        with self.served.store.reading(company) as held:
            return pull(held, author, replace(asked, min_seq=self.min_seq))


async def reply_to(
    if_none_match: Annotated[str | None, Header()] = None,
) -> Callable[[wire.Changes], Response]:
    """How a page is answered: with 304 where it says no more than the one that the reader has."""

    def reply(page: wire.Changes) -> Response:
        tag = f'"{page.head}"'
        if if_none_match == tag and not page.rows and not page.more:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": tag})
        made = json_reply(page)
        made.headers["ETag"] = tag
        return made

    return reply


AskedDep = Annotated[Asked, Depends(asked)]
ReplyDep = Annotated[Callable[[wire.Changes], Response], Depends(reply_to)]
Wait = Annotated[float, Query(ge=0, le=LONGEST_WAIT_S, description="Seconds to wait for news")]


@router.get("/changes", summary="What is new since a cursor")
async def changes(
    author: AuthorDep,
    company: str,
    asked: AskedDep,
    pages: Annotated[Pages, Depends()],
    reply: ReplyDep,
    wait: Wait = 0,
) -> Response:
    """One page; pages are applied together when `more` is false."""
    return reply(await pages.page(company, author, asked, wait))


def _window(catalogue: Catalogue, within: list[str] | None) -> Limits:
    """The window that is asked for. Raises `BadRequest`."""
    try:
        return read_limits(within or (), catalogue.sheets)
    except NotALimit as wrong:
        raise BadRequest(str(wrong)) from wrong
