"""The server's application, put together from its parts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool

from sync_server.api import (
    audit,
    books,
    changes,
    combined,
    events,
    leases,
    openapi,
    problems,
    reports,
    reversal,
    rows,
    sharing,
    sync,
)
from sync_server.api.deps import Served
from sync_server.api.notices import Notices
from sync_server.api.writer import Writer
from sync_server.core.catalogue import Catalogue
from sync_server.core.upgrading import VersionedStore


def utc_now() -> str:
    """The time of the audit trail: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def create_app(
    store: VersionedStore,
    catalogue: Catalogue,
    now: Callable[[], str] = utc_now,
    notices: bool = True,
) -> FastAPI:
    """The FastAPI application over a store. `now` stamps the audit and nothing else; without
    `notices` nobody hears of a commit before they ask.
    """
    app = FastAPI(
        title="Lajur",
        summary="The central copy of a company's workbooks",
        version="1",
        docs_url="/docs",
        redoc_url=None,
        lifespan=_living,
    )
    app.state.served = Served(store, catalogue, now)
    app.state.notices = Notices(store, notices)
    app.state.writer = Writer(app.state.served, app.state.notices.tell)
    problems.install(app)
    for part in (
        sync,
        changes,
        events,
        leases,
        sharing,
        reversal,
        rows,
        audit,
        reports,
        combined,
        books,
    ):
        app.include_router(part.router)
    openapi.describe(app)
    return app


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    """At the end, everybody who was accepted is answered."""
    app.state.notices.open()
    yield
    app.state.notices.close()
    await run_in_threadpool(app.state.writer.close)
