"""The server's application, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI

from sync_server.api import books, problems, reports, rows, sync
from sync_server.api.deps import Served
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Store


def utc_now() -> str:
    """The time of the audit trail: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def create_app(store: Store, catalogue: Catalogue, now: Callable[[], str] = utc_now) -> FastAPI:
    """The FastAPI application over a store. `now` stamps the audit and nothing else."""
    app = FastAPI(
        title="Lajur",
        summary="The central copy of a company's workbooks",
        version="1",
        docs_url="/docs",
        redoc_url=None,
    )
    app.state.served = Served(store, catalogue, now)
    problems.install(app)
    for part in (sync, rows, reports, books):
        app.include_router(part.router)
    _describe_messages(app)
    return app


def _describe_messages(app: FastAPI) -> None:
    """Adds the schemas of the messages that routes decode themselves to OpenAPI."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(sync.push_schemas())
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it
