"""Builds a declared report from one consistent state of a company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.errors import BadRequest
from sync_server.core.port import Transaction
from sync_server.core.scoped import known_to
from sync_server.reports.printed import Printed
from workbook_templates.columns import Column
from workbook_templates.schema import Book, Cells, Company, Known, Report, ReportRequest
from workbook_templates.spans import COMPARISONS, span_of
from workbook_templates.wire import ReportReply
from workbook_templates.words import LANGUAGES

Table = tuple[tuple[dict[str, Any], ...], tuple[dict[str, str | None], ...]]


class Spoken:
    """What is known of a company, told in another language than its own."""

    def __init__(self, known: Known, language: str) -> None:
        self._known, self._language = known, language

    @property
    def company(self) -> Company:
        """The company, as if that were its language."""
        return replace(self._known.company, language=self._language)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._known, name)


def find_report(catalogue: Catalogue, name: str) -> tuple[Book, Report] | None:
    """The report of that name with its book."""
    for book in catalogue.books:
        for report in book.reports:
            if report.key == name:
                return book, report
    return None


def request_for(today: str, given: Mapping[str, str]) -> ReportRequest:
    """What is asked: `as_of`, `period`, `compare`, `language` and the report's own parameters, with
    defaults of today and this month. Raises `BadRequest` for no such day, period or choice.
    """
    period, as_of = given.get("period"), given.get("as_of")
    own = {k: v for k, v in given.items() if k not in ("as_of", "period")}
    _refuse_unknown("compare", own, COMPARISONS)
    _refuse_unknown("language", own, LANGUAGES)
    if period is not None:
        first, last = period_span(period)
        return ReportRequest(as_of or last, first, last, period, own)
    day = as_of or today
    try:
        date.fromisoformat(day)
    except ValueError as wrong:
        raise BadRequest(f"{day} is no day: write YYYY-MM-DD") from wrong
    return ReportRequest(day, f"{day[:7]}-01", day, None, own)


def _refuse_unknown(name: str, given: Mapping[str, str], known: Sequence[str]) -> None:
    if given.get(name, known[0]) not in known:
        raise BadRequest(f"{given[name]} is no choice for {name}: {', '.join(known)}")


def period_span(period: str) -> tuple[str, str]:
    """First and last day of a period. Raises `BadRequest`."""
    try:
        return span_of(period)
    except ValueError as wrong:
        written = "2026, 2026-Q2, 2026-05 or 2026-01..2026-06"
        raise BadRequest(f"{period} is no period: write {written}") from wrong


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
    known = known_of(held, catalogue, request, reader)
    columns, rows = tabled(report.shown(request), report.build(known, request))
    return ReportReply(
        report=report.key,
        company=held.company.code,
        as_of=request.as_of,
        seq=held.head,
        columns=columns,
        rows=rows,
    )


def known_of(
    held: Transaction, catalogue: Catalogue, request: ReportRequest, reader: Author | None
) -> Known:
    """What a report may tell this reader of a company, in the language asked for."""
    draft = Draft(held, catalogue)
    known = known_to(reader, draft) if reader else draft
    language = request.parameters.get("language")
    return Spoken(known, language) if language else known


def tabled(columns: Sequence[Column], rows: Iterable[Cells]) -> Table:
    """A report's columns, described, and its rows as canonical text."""
    keys = [column.key for column in columns]
    described = ({"key": c.key, "kind": c.kind, "headings": c.heading.all()} for c in columns)
    return tuple(described), tuple({key: row.get(key) for key in keys} for row in rows)


def print_report(
    held: Transaction,
    catalogue: Catalogue,
    report: Report,
    request: ReportRequest,
    reader: Author | None = None,
) -> Printed:
    """A report as `build_report` makes it, ready to be written in the language asked for."""
    reply = build_report(held, catalogue, report, request, reader)
    language = request.parameters.get("language") or held.company.language
    return Printed(report, reply, replace(held.company, language=language), request)
