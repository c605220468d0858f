"""Builds a report over several companies, each read at one moment of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import BadRequest
from sync_server.core.port import Store
from sync_server.reports.build import known_of, tabled
from sync_server.reports.printed import Printed
from workbook_templates.report_files import NotReady
from workbook_templates.schema import CombinedReport, Company, ReportRequest
from workbook_templates.wire_combined import CombinedReply, CompanyRead

Asked = Sequence[tuple[str, Author | None]]  # companies by code, each with who reads there
Found = list[tuple[Company, int, Any]]  # a company, up to which commit, and what it adds


def find_combined(catalogue: Catalogue, name: str) -> CombinedReport:
    """How the report of that name is made over several companies. Raises `BadRequest` for one that
    is of one company.
    """
    known = {each.key: each for book in catalogue.books for each in book.combined}
    if name not in known:
        raise BadRequest(f"{name} is of one company. Of several: {', '.join(known)}")
    return known[name]


def print_combined(
    store: Store,
    catalogue: Catalogue,
    combined: CombinedReport,
    request: ReportRequest,
    asked: Asked,
) -> Printed:
    """A report in the currency and language of the first company, ready to be written.

    For a reader who sees only some rows of a company it is a report of these. Raises `BadRequest`
    for less than two companies, one that is named twice, a comparison, a rate that is wanting.
    """
    _refuse_others([code for code, _ in asked], request)
    found = _read(store, catalogue, combined, request, asked)
    first, seq, _ = found[0]
    report, rows = combined.build([part for _, _, part in found])
    described, texts = tabled(report.columns, rows)
    reply = CombinedReply(
        report=report.key,
        company=first.code,
        as_of=request.as_of,
        seq=seq,
        columns=described,
        rows=texts,
        companies=tuple(
            CompanyRead(each.code, each.name, each.currency, head) for each, head, _ in found
        ),
    )
    return Printed(report, reply, first, request)


def _refuse_others(codes: Sequence[str], request: ReportRequest) -> None:
    if len(codes) < 2:
        raise BadRequest("Name two companies or more")
    if len(set(codes)) < len(codes):
        raise BadRequest(f"A company is named twice: {', '.join(codes)}")
    if "compare" in request.parameters:
        raise BadRequest("Several companies stand side by side: ask without compare")


def _read(
    store: Store,
    catalogue: Catalogue,
    combined: CombinedReport,
    request: ReportRequest,
    asked: Asked,
) -> Found:
    """What each company adds, one after the other, so that nobody holds many connections."""
    found: Found = []
    wanting: list[str] = []
    for code, reader in asked:
        with store.reading(code) as held:
            known = known_of(held, catalogue, request, reader)
            first = found[0][2] if found else None
            try:
                found.append((known.company, held.head, combined.read(known, request, first)))
            except NotReady as not_yet:
                wanting += not_yet.reasons
    if wanting:
        raise BadRequest("\n".join(wanting))
    return found
