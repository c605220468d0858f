"""What the server says of itself at /openapi.json: who may ask, and every answer that it gives.

Routes encode and decode their messages with msgspec, so their schemas come from there too.
"""

from __future__ import annotations

from typing import Any, TypedDict

import msgspec
from fastapi import FastAPI

from workbook_templates import wire
from workbook_templates.wire_combined import CombinedReply
from workbook_templates.wire_drafts import DraftParked, Drafts, DraftSeen
from workbook_templates.wire_leases import Lease, LeaseAsked
from workbook_templates.wire_versions import Versions, VersionsAsked

REFS = "#/components/schemas/{name}"
COMPANY = "/v1/companies/{company}"
COMBINED = "GET /v1/combined/{name}"
OPEN = ("/v1/books", "/health/live", "/health/ready")  # to everybody


class Problem(TypedDict):
    """Why a request was refused (RFC 9457); `code` outlives wording."""

    type: str
    status: int
    code: str
    title: str
    detail: str


class Membership(TypedDict):
    """A company in which one has roles."""

    company: str
    name: str
    currency: str
    roles: list[str]


class Memberships(TypedDict):
    """The companies in which one has roles."""

    companies: list[Membership]


class Books(TypedDict):
    """Every declared book, as `lajur books --json` tells it."""

    books: list[dict[str, Any]]


class RowsFound(TypedDict):
    """The rows of a document."""

    head: int
    rows: list[wire.RowState]


class Ids(TypedDict):
    """New row ids."""

    ids: list[str]


class ReportTold(TypedDict):
    """A report that there is."""

    report: str
    book: str
    titles: dict[str, str]
    spans: str


class Reports(TypedDict):
    """The reports that one may see."""

    reports: list[ReportTold]


class Live(TypedDict):
    """The process answers."""

    status: str


class Ready(TypedDict):
    """The store answers."""

    status: str
    companies: int


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Answers = dict[int, tuple[str, Any]]  # status -> (what it says, type of the message)
ANSWERS: dict[str, Answers] = {
    f"GET {COMPANY}/hello": {200: ("Where the central copy stands", wire.Hello)},
    f"POST {COMPANY}/push": {200: ("One result a group", wire.PushReply)},
    f"POST {COMPANY}/validate": {200: ("What a push would answer", wire.PushReply)},
    f"GET {COMPANY}/changes": {
        200: ("A page of what is new", wire.Changes),
        304: ("Nothing is new", None),
    },
    f"GET {COMPANY}/events": {200: ("A stream of heads", str)},
    f"POST {COMPANY}/versions": {200: ("Which versions are known", Versions)},
    f"POST {COMPANY}/drafts": {
        200: ("It was parked before", DraftSeen),
        201: ("It is parked", DraftSeen),
    },
    f"GET {COMPANY}/drafts": {200: ("The drafts that one may see", Drafts)},
    f"GET {COMPANY}/drafts/{{draft_id}}": {200: ("The draft, whole", DraftSeen)},
    f"DELETE {COMPANY}/drafts/{{draft_id}}": {200: ("It is dropped", DraftSeen)},
    f"POST {COMPANY}/drafts/{{draft_id}}/adopt": {200: ("It is adopted", DraftSeen)},
    f"POST {COMPANY}/copies/{{copy}}/lease": {200: ("One's turn", Lease)},
    f"DELETE {COMPANY}/copies/{{copy}}/lease": {204: ("It is over", None)},
    f"POST {COMPANY}/reverse": {200: ("One result", wire.PushReply)},
    f"GET {COMPANY}/rows/{{table}}": {200: ("The rows", RowsFound)},
    f"GET {COMPANY}/rows/{{table}}/{{row_id}}": {200: ("The row", wire.RowState)},
    f"PUT {COMPANY}/rows/{{table}}/{{row_id}}": {
        200: ("The row as it is now", wire.RowState),
        201: ("The row is made", wire.RowState),
    },
    f"DELETE {COMPANY}/rows/{{table}}/{{row_id}}": {200: ("Its tombstone", wire.RowState)},
    f"GET {COMPANY}/rows/{{table}}/{{row_id}}/history": {
        200: ("Its changes, oldest first", list[wire.Audit])
    },
    f"GET {COMPANY}/audit": {200: ("Whole commits in order", wire.AuditPage)},
    f"POST {COMPANY}/ids": {200: ("New ids", Ids)},
    f"GET {COMPANY}/reports": {200: ("The reports there are", Reports)},
    f"GET {COMPANY}/reports/{{name}}": {200: ("The report's table", wire.ReportReply)},
    COMBINED: {200: ("The report's table", CombinedReply)},
    "GET /v1/books": {200: ("Every book", Books)},
    "GET /v1/companies": {200: ("One's companies", Memberships)},
    "GET /health/live": {200: ("It runs", Live)},
    "GET /health/ready": {200: ("It can be used", Ready)},
}
ASKED = (wire.Push, wire.Reverse, DraftParked, LeaseAsked, VersionsAsked)
OTHER_KINDS = {f"GET {COMPANY}/events": "text/event-stream"}
FILES = dict.fromkeys(
    (f"GET {COMPANY}/reports/{{name}}", COMBINED), ("text/csv", "application/pdf", XLSX)
)


def describe(app: FastAPI) -> None:
    """Completes the description that FastAPI makes of the routes."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _complete(made())
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _complete(document: dict[str, Any]) -> None:
    schemas, parts = _schemas()
    parts_of = document.setdefault("components", {})
    parts_of["schemas"] = parts
    parts_of["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    refused = {
        "description": "Refused: a problem",
        "content": {"application/problem+json": {"schema": schemas[_name(Problem)]}},
    }
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            name = f"{method.upper()} {path}"
            answers = {
                str(status): _answer(name, says, schemas.get(_name(kind)))
                for status, (says, kind) in ANSWERS.get(name, {}).items()
            }
            operation["responses"] = {**answers, "default": refused}
            _sign(path, operation)


def _sign(path: str, operation: dict[str, Any]) -> None:
    """The token is a matter of security, not a parameter."""
    found = operation.get("parameters", [])
    operation["parameters"] = [p for p in found if p["name"].lower() != "authorization"]
    if path not in OPEN:
        operation["security"] = [{"token": []}]


def _answer(name: str, says: str, schema: dict[str, Any] | None) -> dict[str, Any]:
    if schema is None:
        return {"description": says}
    kind = OTHER_KINDS.get(name, "application/json")
    file = {"schema": {"type": "string", "format": "binary"}}
    files = dict.fromkeys(FILES.get(name, ()), file)
    return {"description": says, "content": {kind: {"schema": schema}, **files}}


def _schemas() -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The schema of every message by its name, and the parts to which they refer."""
    kinds = {_name(k): k for answers in ANSWERS.values() for _, k in answers.values() if k}
    kinds |= {_name(k): k for k in (Problem, *ASKED)}
    made, parts = msgspec.json.schema_components(kinds.values(), ref_template=REFS)
    return dict(zip(kinds, made, strict=True)), parts


def _name(kind: Any) -> str:
    return str(kind)
