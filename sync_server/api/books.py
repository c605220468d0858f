"""The routes that describe: the declared books, the companies of the caller, health."""

from __future__ import annotations

from fastapi import APIRouter, Response

from sync_server.api.deps import PersonDep, ServedDep, json_reply, roles_in
from workbook_templates.describe import describe

router = APIRouter(tags=["books"])


@router.get("/v1/books", summary="Every book, sheet and column")
def books(served: ServedDep) -> Response:
    """The same as `lajur books --json`."""
    return json_reply(describe(served.catalogue.books))


@router.get("/v1/companies", summary="The companies in which I have a role")
def companies(person: PersonDep, served: ServedDep) -> Response:
    """Code, name, currency and my roles."""
    found = []
    for company in served.store.companies():
        roles = sorted(roles_in(company.code, person))
        if roles:
            found.append(
                {
                    "company": company.code,
                    "name": company.name,
                    "currency": company.currency,
                    "roles": roles,
                }
            )
    return json_reply({"companies": found})


@router.get("/health/live", summary="The process answers")
def live() -> Response:
    """Always 200 while the process runs."""
    return json_reply({"status": "live"})


@router.get("/health/ready", summary="The store answers")
def ready(served: ServedDep) -> Response:
    """200 when the store can be read."""
    return json_reply({"status": "ready", "companies": len(served.store.companies())})
