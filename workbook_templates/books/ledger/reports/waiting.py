"""What waits for approval: for whom, since which version, and by whom it was made."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.approvals import REQUESTS, level_of
from workbook_templates.books.ledger.approvals_sheet import APPROVAL_REQUESTS
from workbook_templates.books.ledger.approvers import approvers_of, names_of
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words

_SHOWN = (
    "request", "kind", "document", "date", "party", "amount", "reason", "approvers", "approved_by",
    "made_by", "state", "note",
)  # fmt: skip


def waiting_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a document, the oldest first; who approves is read from the rules as they are now."""
    language = known.company.language
    for row in sorted(
        known.rows(REQUESTS), key=lambda row: (row.text("date"), row.text("request"))
    ):
        if row.text("date") <= request.as_of:
            level = level_of(row.text("request"))
            named = approvers_of(known, row.text("kind"), row["amount"], level)
            approvers = names_of(named)
            yield {**{c: row.cells.get(c) for c in _SHOWN}, "approvers": approvers[language]}


WAITING_FOR_APPROVAL = Report(
    key="waiting_for_approval",
    title=Words(id="Menunggu Persetujuan", en="Waiting for Approval"),
    help=Words(
        id="Dokumen yang belum masuk pembukuan sampai tanggal itu, dan siapa yang menyetujuinya.",
        en="Documents up to a day that are not in the books yet, and who approves them.",
    ),
    columns=tuple(APPROVAL_REQUESTS.column(key) for key in _SHOWN),
    build=waiting_rows,
)
