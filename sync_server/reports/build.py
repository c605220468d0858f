"""Builds a declared report from one consistent state of a company."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.errors import BadRequest
from sync_server.core.port import Transaction
from sync_server.core.scoped import known_to
from workbook_templates.schema import Book, Report, ReportRequest
from workbook_templates.wire import ReportReply


def find_report(catalogue: Catalogue, name: str) -> tuple[Book, Report] | None:
    """The report of that name with its book."""
    for book in catalogue.books:
        for report in book.reports:
            if report.key == name:
                return book, report
    return None


def request_for(today: str, given: Mapping[str, str]) -> ReportRequest:
    """What is asked: `as_of`, `period` and the report's own parameters, with defaults of today
    and this month. Raises `BadRequest` for no such day or month.
    """
    period, as_of = given.get("period"), given.get("as_of")
    own = {k: v for k, v in given.items() if k not in ("as_of", "period")}
    if period is not None:
        first, last = month_span(period)
        return ReportRequest(as_of or last, first, last, period, own)
    day = as_of or today
    try:
        date.fromisoformat(day)
    except ValueError as wrong:
        raise BadRequest(f"{day} is no day: write YYYY-MM-DD") from wrong
    return ReportRequest(day, f"{day[:7]}-01", day, None, own)


def month_span(period: str) -> tuple[str, str]:
    """First and last day of "YYYY-MM"."""
    try:
        year, month = int(period[:4]), int(period[5:])
        return f"{period}-01", f"{period}-{monthrange(year, month)[1]:02d}"
    except ValueError as wrong:
        raise BadRequest(f"{period} is no month: write YYYY-MM") from wrong


def build_report(
    held: Transaction,
    catalogue: Catalogue,
    report: Report,
    request: ReportRequest,
    reader: Author | None = None,
) -> ReportReply:
    """The report's rows as canonical text, with the commit up to which they are true.

    For a `reader` who sees only some rows or columns it is a report of these.
    """
    keys = [column.key for column in report.columns]
    draft = Draft(held, catalogue)
    rows = report.build(known_to(reader, draft) if reader else draft, request)
    return ReportReply(
        report=report.key,
        company=held.company.code,
        as_of=request.as_of,
        seq=held.head,
        columns=tuple(
            {"key": c.key, "kind": c.kind, "headings": c.heading.all()} for c in report.columns
        ),
        rows=tuple({key: row.get(key) for key in keys} for row in rows),
    )
