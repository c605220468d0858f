"""The routes of reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from sync_server.api.deps import AuthorDep, ServedDep, json_reply
from sync_server.api.reading import ReadingDep
from sync_server.core.errors import BadRequest, NotFound, NotYours
from sync_server.reports.build import find_report, print_report, request_for
from sync_server.reports.export import FORMATS, formats_of
from sync_server.reports.printed import Printed
from workbook_templates.schema import Report
from workbook_templates.spans import COMPARISONS, PERIOD

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
    period: Annotated[str | None, Query(pattern=f"^{PERIOD}$")] = None,
    compare: Annotated[str | None, Query(pattern=f"^({'|'.join(COMPARISONS)})$")] = None,
    language: Annotated[str | None, Query(pattern="^(id|en)$")] = None,
    account: str | None = None,
    item: str | None = None,
) -> dict[str, str]:
    """The report's parameters that were given."""
    given = {"as_of": as_of, "period": period, "account": account, "item": item}
    given |= {"compare": compare, "language": language}
    return {key: value for key, value in given.items() if value}


def wanted(
    format: Annotated[str | None, Query(pattern="^[a-z]{2,8}$")] = None,
    accept: Annotated[str, Header()] = "",
) -> str:
    """The kind of file: as `format` says, else the first that Accept names; JSON by default."""
    kinds = {written.media_type.partition(";")[0]: kind for kind, written in FORMATS.items()}
    named = (part.partition(";")[0].strip().lower() for part in accept.split(","))
    return format or next((kinds[name] for name in named if name in kinds), "json")


@router.get("/{name}", summary="One report")
def report(
    name: str,
    author: AuthorDep,
    served: ServedDep,
    reading: ReadingDep,
    given: Annotated[dict[str, str], Depends(asked)],
    kind: Annotated[str, Depends(wanted)],
) -> Response:
    """A report at a date or for a period, as JSON with canonical text, CSV, .xlsx, PDF or, where
    it has one, a kind of file of its own."""
    found = find_report(served.catalogue, name)
    if found is None:
        raise NotFound(f"There is no report {name}")
    book, declared = found
    if not author.may_read(book):
        raise NotYours(f"You may not see {name}")
    refuse_unwritten(declared, kind)
    request = request_for(served.now()[:10], given)
    with reading.held() as held:
        printed = print_report(held, served.catalogue, declared, request, author)
    return written(printed, kind)


def refuse_unwritten(declared: Report, kind: str) -> None:
    """Raises `BadRequest` for a kind of file in which a report cannot be had."""
    formats = formats_of(declared)
    if kind not in formats:
        raise BadRequest(f"{declared.key} is no {kind}: ask for {', '.join(formats)}")


def written(printed: Printed, kind: str) -> Response:
    """A report as the kind of file that was asked for."""
    if kind == "json":
        return json_reply(printed.reply)
    report = printed.report
    format = formats_of(report)[kind]
    file = {"Content-Disposition": f'attachment; filename="{report.key}.{kind}"'}
    return Response(format.write(printed), media_type=format.media_type, headers=file)
