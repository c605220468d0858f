"""The route of reports over several companies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from sync_server.api.deps import PersonDep, ServedDep, author_in
from sync_server.api.reports import asked, refuse_unwritten, wanted, written
from sync_server.core.access import Author
from sync_server.core.errors import NotFound, NotYours
from sync_server.reports.build import find_report, request_for
from sync_server.reports.combined import find_combined, print_combined

router = APIRouter(prefix="/v1/combined", tags=["reports"])
Companies = Annotated[list[str], Query(description="Two or more; the first lends its currency")]


async def authors_in(
    company: Companies, person: PersonDep, served: ServedDep, request: Request
) -> dict[str, Author]:
    """The person in each company, before anything of one is read. Raises `NotYours` for a company
    in which they have no role, and for one that does not exist just the same.
    """
    return {code: await author_in(code, person, served, request) for code in company}


@router.get("/{name}", summary="One report over several companies")
def combined(
    name: str,
    company: Companies,
    authors: Annotated[dict[str, Author], Depends(authors_in)],
    served: ServedDep,
    given: Annotated[dict[str, str], Depends(asked)],
    kind: Annotated[str, Depends(wanted)],
) -> Response:
    """A report with a column for each company and one for what they come to, in the currency and
    language of the first, as JSON with canonical text, CSV, .xlsx or PDF."""
    found = find_report(served.catalogue, name)
    if found is None:
        raise NotFound(f"There is no report {name}")
    book, declared = found
    for code, author in authors.items():
        if not author.may_read(book):
            raise NotYours(f"You may not see {name} of {code}", company=code)
    refuse_unwritten(declared, kind)
    report = find_combined(served.catalogue, name)
    request = request_for(served.now()[:10], given)
    readers = [(code, authors[code]) for code in company]
    return written(print_combined(served.store, served.catalogue, report, request, readers), kind)
