"""Approvals: which documents wait, for whom, and whether a version of one was approved.

A document above the limit of its kind (sheet Approval Rules), or with another reason to be looked
at, is kept as a draft: it has no effect in the books. It stands on the sheet Approval Requests
until somebody else than its maker decides on the sheet Approvals; above a second limit two people
do, one after the other. A decision is on one version of it, named by a digest of its cells
(docs/decisions/0031).

For other documents: wrap what a sheet proposes in `approved`, number it by `APPROVED_NUMBERING`,
and add its table to `SUBJECTS` (and to `REASONS` where something besides its amount asks for it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from workbook_templates import money
from workbook_templates.books.ledger.approvers import (
    FIRST,
    SECOND,
    approvers_of,
    limit_of,
    names_of,
    second_limit_of,
)
from workbook_templates.books.ledger.choices import APPROVAL_KINDS, words_of
from workbook_templates.books.ledger.currencies import conversion_of
from workbook_templates.books.ledger.payment_batches import BATCHES, batch_total
from workbook_templates.books.ledger.payments import balance_of, party_of
from workbook_templates.books.ledger.posting import NUMBER, kind_of, series
from workbook_templates.books.ledger.rules.bill_check import reasons_to_approve
from workbook_templates.locale import said
from workbook_templates.schema import Document, Known, Line, Numbering, Proposal
from workbook_templates.words import Words

REQUESTS, APPROVALS = "ledger.approval_requests", "ledger.approvals"
WAITING, REJECTED = "waiting", "rejected"
APPROVE = "approve"
DIGEST_LENGTH, SHOWN_OF_DIGEST = 16, 8
ABOVE_LIMIT = Words(
    id="{kind} sebesar {amount}; batas {limit}", en="{kind} of {amount}; the limit is {limit}"
)
TWO_APPROVE = Words(
    id="mulai {limit} disetujui dua orang", en="from {limit} on two people approve it"
)
SECOND_MARK = "-2"  # at the end of the request for the second approval of a version
Proposes = Callable[[Document, Known], Iterable[Proposal]]
Reasons = Callable[[Document, Known], tuple[Words, ...]]


@dataclass(frozen=True, slots=True)
class Subject:
    """How the documents of a table are named in a request, what they come to and for whom, and
    the kind whose rules they meet.
    """

    prefix: str
    amount: Callable[[Document, Known], Decimal]
    party: Callable[[Document], str]
    kind: Callable[[Document], str] = kind_of


def _debits(document: Document, known: Known) -> Decimal:
    return sum((line["debit"] or Decimal(0) for line in document.lines), Decimal(0))


def _owed(document: Document, known: Known) -> Decimal:
    return conversion_of(document, known).company(abs(balance_of(document, known)))


def _paid(document: Document, known: Known) -> Decimal:
    return conversion_of(document, known).company(document["amount"] or Decimal(0))


def _named_party(document: Document) -> str:
    return document.text("party")


def _journal_entry(document: Document) -> str:
    return "journal"


def _nobody(document: Document) -> str:
    return ""


def _money_out(document: Document) -> str:
    return "payment_out"


_ENTRY = Subject("JU", _debits, _named_party, _journal_entry)
SUBJECTS: Mapping[str, Subject] = {
    "ledger.journal": _ENTRY,
    "ledger.draft_entries": _ENTRY,
    "ledger.recurring_entries": _ENTRY,
    "ledger.sales_invoices": Subject("SI", _owed, party_of),
    "ledger.purchase_bills": Subject("PB", _owed, party_of),
    "ledger.payments": Subject("PY", _paid, _named_party),
    BATCHES: Subject("DP", batch_total, _nobody, _money_out),
}
# What besides the amount asks for approval, by table: a bill over the tolerance of its order.
REASONS: Mapping[str, Reasons] = {"ledger.purchase_bills": reasons_to_approve}


# --- what other documents and reports ask -------------------------------------------------------


def waits_for_approval(document: Document, known: Known) -> tuple[Words, ...]:
    """Why a document has no effect yet; () where nothing keeps it back.

    What was in the books before a limit was set stays there while it is not changed; and what was
    asked for once is needed until then, whatever becomes of the limit.
    """
    if document.sheet.table not in SUBJECTS or not document.lines or not known.has(REQUESTS):
        return ()
    if (document.lines[0].source or "").startswith(f"{BATCHES}/"):
        return ()  # the batch as a whole was looked at
    reasons = _reasons_now(document, known)
    return () if reasons and is_approved(document, known) else reasons


def is_approved(document: Document, known: Known) -> bool:
    """Whether exactly this version of a document was approved, by as many people as it needs."""
    return len(approvals_of(document, known)) >= approvals_needed(document, known)


def approvals_of(document: Document, known: Known) -> list[Line]:
    """The rows on the sheet Approvals that approve this version, the first one first."""
    decisions = (decision_on(document, known, level) for level in (FIRST, SECOND))
    return [row for row in decisions if row is not None and row.text("decision") == APPROVE]


def approvals_needed(document: Document, known: Known) -> int:
    """How many people approve this version: what its amount asks for now, and not fewer than what
    was asked for.
    """
    subject = SUBJECTS[document.sheet.table]
    limit = second_limit_of(known, subject.kind(document))
    reached = limit is not None and subject.amount(document, known) >= limit
    asked = _request_of_version(document, known)
    before: int | None = asked["needed"] if asked is not None else None
    return max(SECOND if reached else FIRST, before or FIRST)


def decision_on(document: Document, known: Known, level: int) -> Line | None:
    """The row on the sheet Approvals that is the first or the second decision on this version."""
    row = known.row(APPROVALS, request_code(document, level))
    return row if row is not None and row.text("version") == version_of(document) else None


def open_request(document: Document, known: Known) -> Line | None:
    """The request that was kept for a document before this change; approved ones are none."""
    source = document.source
    return next((row for row in known.rows(REQUESTS) if row.source == source), None)


def _request_of_version(document: Document, known: Known) -> Line | None:
    request = open_request(document, known)
    same = request is not None and request.text("version") == version_of(document)
    return request if same else None


def level_of(request: str) -> int:
    """Whether a request asks for the first or the second approval."""
    return SECOND if request.endswith(SECOND_MARK) else FIRST


def request_named(code: str, known: Known) -> Line | None:
    """The request of this code, or the one in whose place it stands: of a later version."""
    document = code.rpartition("/")[0]
    rows = known.rows(REQUESTS)
    found = {row.text("request").rpartition("/")[0]: row for row in rows}
    return known.row(REQUESTS, code) or found.get(document)


def version_of(document: Document) -> str:
    """The digest of all that a person filled in, but for Post."""
    return sha256(repr(_typed(document.lines)).encode()).hexdigest()[:DIGEST_LENGTH]


def request_code(document: Document, level: int) -> str:
    """How a version of a document is named to those who decide: "PB:B-17/3f9a12bc", and
    "PB:B-17/3f9a12bc-2" to who approves it as the second.
    """
    prefix = SUBJECTS[document.sheet.table].prefix
    mark = SECOND_MARK if level == SECOND else ""
    return f"{prefix}:{document.key}/{version_of(document)[:SHOWN_OF_DIGEST]}{mark}"


def is_unchanged(document: Document) -> bool:
    """Whether a document is kept with just these cells, apart from what posting fills in."""
    before, now = document.before, document.lines
    return before is now or (len(before) == len(now) and _typed(before) == _typed(now))


def _typed(lines: Iterable[Line]) -> list[list[tuple[str, str]]]:
    """What people filled in, but for Post, in whatever order the rows stand."""
    return sorted(sorted(_filled_in(line)) for line in lines)


def _filled_in(line: Line) -> Iterator[tuple[str, str]]:
    without = line.sheet.read_only_keys | {"post"}
    return ((c, text) for c, text in line.cells.items() if text and c not in without)


# --- why a document waits -----------------------------------------------------------------------


def _reasons_now(document: Document, known: Known) -> tuple[Words, ...]:
    """Why this version is to be approved: as it was asked for, else its amount and what its table
    adds.
    """
    if is_unchanged(document):
        request = open_request(document, known)
        return () if request is None else (_kept_reasons(request),)
    above = above_limit(document, known)
    more = REASONS.get(document.sheet.table)
    reasons = ((above,) if above else ()) + (more(document, known) if more else ())
    if reasons and approvals_needed(document, known) == SECOND:
        limit = second_limit_of(known, SUBJECTS[document.sheet.table].kind(document))
        reasons += (said(TWO_APPROVE, limit=limit),)
    return reasons


def above_limit(document: Document, known: Known) -> Words | None:
    """That its amount reaches the lowest limit of its kind; None where it does not."""
    subject = SUBJECTS[document.sheet.table]
    kind = subject.kind(document)
    limit = limit_of(known, kind)
    if limit is None or (amount := subject.amount(document, known)) < limit:
        return None
    return said(ABOVE_LIMIT, kind=words_of(APPROVAL_KINDS, kind), amount=amount, limit=limit)


def _kept_reasons(request: Line) -> Words:
    """The reasons in the words in which the request was made."""
    return Words(id=request.text("reason"), en=request.text("reason"))


# --- what follows from a document ---------------------------------------------------------------


def approved(proposes: Proposes) -> Proposes:
    """What a document proposes once nothing keeps it back; until then a request for approval."""

    def proposed(document: Document, known: Known) -> Iterator[Proposal]:
        reasons = waits_for_approval(document, known)
        if reasons:
            yield _request(document, known, reasons)
        else:
            yield from proposes(document, known)

    proposed.__doc__ = proposes.__doc__
    return proposed


def _request(document: Document, known: Known, reasons: tuple[Words, ...]) -> Proposal:
    """The row on the sheet Approval Requests; its maker is who last changed the document."""
    subject, language = SUBJECTS[document.sheet.table], known.company.language
    given = approvals_of(document, known)
    level = SECOND if given else FIRST
    code, kind = request_code(document, level), subject.kind(document)
    amount, decision = subject.amount(document, known), decision_on(document, known, level)
    cells = {
        "request": code,
        "kind": kind,
        "document": document.key,
        "date": document.text("date"),
        "party": subject.party(document),
        "amount": money.text(amount),
        "reason": "; ".join(words[language] for words in reasons),
        "approvers": names_of(approvers_of(known, kind, amount, level))[language],
        "needed": str(approvals_needed(document, known)),
        "approved_by": ", ".join(row.text("by") for row in given),
        "version": version_of(document),
        "made_by": _maker(document, known),
        "state": WAITING if decision is None else REJECTED,
        "note": decision.text("note") if decision is not None else "",
    }
    row = {column: text for column, text in cells.items() if text}
    return Proposal(REQUESTS, code, (row,))


def _maker(document: Document, known: Known) -> str:
    kept = _request_of_version(document, known)
    if kept is not None:
        return kept.text("made_by")
    return known.sender.name if known.sender is not None else ""


def approved_series(document: Document, known: Known) -> str:
    """As `posting.series`; "" while a document waits: it is numbered when it is approved."""
    found = series(document, known)
    return "" if found and waits_for_approval(document, known) else found


APPROVED_NUMBERING = Numbering(NUMBER.key, approved_series)
