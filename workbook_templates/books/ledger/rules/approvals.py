"""Decisions: once, on the version that waits, by somebody who may and did not make it."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.approvals import (
    APPROVALS,
    REQUESTS,
    SECOND_MARK,
    WAITING,
    level_of,
    request_named,
)
from workbook_templates.books.ledger.approvers import approvers_of, names_of
from workbook_templates.books.ledger.choices import DECISIONS, words_of
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

DECISION_STAYS = Message(
    "decision_stays",
    Words(
        id="Permintaan {request} sudah diputuskan: {decision}, oleh {by}. Keputusan tidak dapat "
        "diubah atau dihapus; ubah dokumennya bila perlu diputuskan lagi.",
        en="{request} is decided: {decision}, by {by}. A decision is neither changed nor deleted; "
        "change the document where it must be decided again.",
    ),
)
NOT_WAITING = Message(
    "not_waiting",
    Words(
        id="Tidak ada permintaan {request} yang menunggu. Salin permintaannya dari lembar "
        "Permintaan Persetujuan.",
        en="No request {request} is waiting. Copy the request from the sheet Approval Requests.",
    ),
)
VERSION_CHANGED = Message(
    "version_changed",
    Words(
        id="Dokumen {document} diubah oleh {maker} sesudah Anda baca; permintaannya sekarang "
        "{current}. Periksa lagi sebelum memutuskan.",
        en="{document} was changed by {maker} after you read it; its request is now {current}. "
        "Look at it again before you decide.",
    ),
)
OWN_DOCUMENT = Message(
    "own_document",
    Words(
        id="Dokumen {document} terakhir diubah oleh Anda sendiri, jadi harus diputuskan orang lain:"
        " {approvers}.",
        en="You were the last to change {document}, so somebody else must decide: {approvers}.",
    ),
)
SECOND_PERSON = Message(
    "second_person",
    Words(
        id="Dokumen {document} sudah Anda setujui sebagai yang pertama; persetujuan kedua harus "
        "dari orang lain: {approvers}.",
        en="You gave {document} its first approval, so somebody else must give the second: "
        "{approvers}.",
    ),
)
NOT_AN_APPROVER = Message(
    "not_an_approver",
    Words(
        id="Dokumen {document} sebesar {amount} diputuskan oleh {approvers}, bukan oleh {sender}.",
        en="{document} of {amount} is decided by {approvers}, not by {sender}.",
    ),
)


def decision_stays(document: Document, known: Known) -> Iterator[Problem]:
    """A decision is not changed, not deleted, and not taken twice on one version."""
    for was in document.before:
        now = next((line for line in document.lines if line.id == was.id), None)
        added = next((line for line in document.lines if line.id != was.id), None)
        if now is None or now.cells != was.cells or added is not None:
            yield DECISION_STAYS(
                column="decision" if document.lines else None,
                row_id=(added or now or was).id if document.lines else None,
                request=document.key,
                decision=words_of(DECISIONS, was.text("decision")),
                by=was.text("by"),
            )


def decision_is_on_what_waits(document: Document, known: Known) -> Iterator[Problem]:
    """What is approved is a version that waits, not the one that stood there before."""
    if document.before or not document.lines or not known.has(REQUESTS):
        return
    line, request = document.lines[0], known.row(REQUESTS, document.key)
    if request is not None and request.text("state") == WAITING:
        return
    current = request_named(document.key, known)
    if current is None or current.text("state") != WAITING or _is_same_version(document, current):
        yield NOT_WAITING(column="request", row_id=line.id, request=document.key)
        return
    yield VERSION_CHANGED(
        column="request",
        row_id=line.id,
        document=current.text("document"),
        maker=current.text("made_by"),
        current=current.text("request"),
    )


def _is_same_version(decision: Document, request: Line) -> bool:
    """Whether only the other approval of that version waits."""
    typed, waits = (
        code.removesuffix(SECOND_MARK) for code in (decision.key, request.text("request"))
    )
    return typed == waits


def another_person_decides(document: Document, known: Known) -> Iterator[Problem]:
    """Nobody decides on what they changed last, the owner neither, or twice on one version; and
    only an approver decides.

    Segregation of duties: who records a transaction does not also authorise it.
    """
    if document.before or not document.lines or known.sender is None:
        return
    request = known.row(REQUESTS, document.key)
    if request is not None:
        yield from _may_not_decide(request, document.lines[0], known)


def _may_not_decide(request: Line, line: Line, known: Known) -> Iterator[Problem]:
    amount, sender = request["amount"], known.sender
    assert sender is not None
    code = request.text("request")
    approvers = approvers_of(known, request.text("kind"), amount, level_of(code))
    first = known.row(APPROVALS, code.removesuffix(SECOND_MARK))
    named = {"column": "decision", "row_id": line.id, "document": request.text("document")}
    if request.text("made_by") == sender.name:
        yield OWN_DOCUMENT(approvers=names_of(approvers), **named)
    elif first is not None and first.text("by") == sender.name:
        yield SECOND_PERSON(approvers=names_of(approvers), **named)
    elif not any(approver.is_met_by(sender) for approver in approvers):
        facts = {"approvers": names_of(approvers), "sender": sender.name, "amount": amount}
        yield NOT_AN_APPROVER(**facts, **named)
