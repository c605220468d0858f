"""The routes of reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from sync_server.api.deps import AuthorDep, ServedDep, json_reply
from sync_server.core.errors import NotFound, NotYours
from sync_server.reports.build import build_report, find_report, request_for

router = APIRouter(prefix="/v1/companies/{company}/reports", tags=["reports"])


@router.get("", summary="The reports there are")
def reports(author: AuthorDep, served: ServedDep) -> Response:
    """Key, titles and book of every report that the caller may see."""
    found = [
        {"report": r.key, "book": book.key, "titles": r.title.all(), "spans": r.spans}
        for book in served.catalogue.books
        if author.may_read(book)
        for r in book.reports
    ]
    return json_reply({"reports": found})


def asked(
    as_of: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d-\d\d$")] = None,
    period: Annotated[str | None, Query(pattern=r"^\d{4}-\d\d$")] = None,
    account: str | None = None,
    item: str | None = None,
) -> dict[str, str]:
    """The report's parameters that were given."""
    given = {"as_of": as_of, "period": period, "account": account, "item": item}
    return {key: value for key, value in given.items() if value}


@router.get("/{name}", summary="One report")
def report(
    company: str,
    name: str,
    author: AuthorDep,
    served: ServedDep,
    given: Annotated[dict[str, str], Depends(asked)],
) -> Response:
    """A report at a date or for a month; amounts are canonical text."""
    found = find_report(served.catalogue, name)
    if found is None:
        raise NotFound(f"There is no report {name}")
    book, declared = found
    if not author.may_read(book):
        raise NotYours(f"You may not see {name}")
    request = request_for(served.now()[:10], given)
    with served.store.reading(company) as held:
        reply = build_report(held, served.catalogue, declared, request, author)
    return json_reply(reply)
