"""The sheets of approvals: from which amount, by whom; what waits; and what was decided."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.approvals import REQUESTS, request_named
from workbook_templates.books.ledger.choices import (
    APPROVAL_KINDS,
    APPROVAL_LEVELS,
    APPROVER_ROLES,
    DECISIONS,
    REQUEST_STATES,
)
from workbook_templates.books.ledger.rules.approvals import (
    another_person_decides,
    decision_is_on_what_waits,
    decision_stays,
)
from workbook_templates.books.ledger.rules.approvers import (
    controllers_set_the_limits,
    deputies_have_a_span,
    one_approver_a_row,
)
from workbook_templates.columns import Choice, Code, Date, Integer, Money, Text
from workbook_templates.schema import Cells, Document, Known, Line, Sheet
from workbook_templates.words import Words

NAME, CODE = 60, 80  # longest sign-in name, longest name of a request
KIND = Words(id="Jenis dokumen", en="Kind of document")
DOCUMENT = Words(id="Dokumen", en="Document")
AMOUNT = Words(id="Jumlah", en="Amount")
MADE_BY = Words(id="Dibuat oleh", en="Made by")
VERSION = Words(id="Versi", en="Version")
LIKE_SIGN_IN = Words(id="Nama masuk orangnya.", en="A person's sign-in name.")

APPROVAL_RULES = Sheet(
    key="approval_rules",
    title=Words(id="Aturan Persetujuan", en="Approval Rules"),
    help=Words(
        id="Mulai jumlah berapa suatu jenis dokumen menunggu persetujuan, dan dari siapa. Lembar "
        "kosong = tanpa persetujuan. Hanya pengawas pembukuan yang dapat mengubahnya.",
        en="From which amount a kind of document waits for approval, and by whom. A blank sheet = "
        "no approvals. Only a controller can change it.",
    ),
    unique=("kind", "from_amount", "role", "person", "level"),
    strict=True,
    columns=(
        Choice("kind", KIND, required=True, width=26, choices=APPROVAL_KINDS),
        Money(
            "from_amount",
            Words(id="Mulai jumlah", en="From amount"),
            Words(
                id="Jumlah ini dan di atasnya; kosong = semua. Yang berlaku adalah tingkat "
                "tertinggi yang tercapai.",
                en="This amount and above; blank = all. The highest tier that is reached counts.",
            ),
            minimum=Decimal(0),
            width=18,
        ),
        Choice(
            "role",
            Words(id="Peran penyetuju", en="Approver's role"),
            Words(
                id="Siapa pun dengan peran ini. Isi peran atau orang, salah satu.",
                en="Anybody with this role. Fill in a role or a person, one of them.",
            ),
            width=20,
            choices=APPROVER_ROLES,
        ),
        Code("person", Words(id="Penyetuju", en="Approver"), LIKE_SIGN_IN, max_length=NAME),
        Code(
            "deputy",
            Words(id="Wakil", en="Deputy"),
            Words(
                id="Nama masuk orang yang menyetujui sebagai gantinya, di antara dua tanggal.",
                en="The sign-in name of who approves in their place, between the two dates.",
            ),
            max_length=NAME,
        ),
        Date("from", Words(id="Wakil dari", en="Deputy from"), width=12),
        Date("to", Words(id="Wakil sampai", en="Deputy to"), width=12),
        Choice(
            "level",
            Words(id="Persetujuan", en="Approval"),
            Words(
                id="Kosong = pertama. Kedua = mulai jumlah ini disetujui dua orang yang berbeda; "
                "baris ini menyebut siapa yang menyetujui sesudah yang pertama.",
                en="Blank = first. Second = from this amount on two different people approve; this "
                "row says who does so after the first.",
            ),
            width=14,
            choices=APPROVAL_LEVELS,
        ),
    ),
    rules=(one_approver_a_row, deputies_have_a_span, controllers_set_the_limits),
)

APPROVAL_REQUESTS = Sheet(
    key="approval_requests",
    title=Words(id="Permintaan Persetujuan", en="Approval Requests"),
    help=Words(
        id="Dokumen yang belum masuk pembukuan karena menunggu persetujuan atau ditolak. Setujui "
        "dengan menulis Permintaannya di lembar Persetujuan.",
        en="Documents that are not in the books yet: they wait for approval, or were rejected. "
        "Approve one by its Request on the sheet Approvals.",
    ),
    unique=("request",),
    read_only=True,
    columns=(
        Code("request", Words(id="Permintaan", en="Request"), width=24, max_length=CODE),
        Choice("kind", KIND, width=24, choices=APPROVAL_KINDS),
        Code("document", DOCUMENT, width=18, max_length=NAME),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Code("party", Words(id="Mitra", en="Party"), width=12),
        Money("amount", AMOUNT, width=18),
        Text("reason", Words(id="Mengapa", en="Why"), width=44, max_length=2000),
        Text("approvers", Words(id="Yang menyetujui", en="Who approves"), width=30),
        Integer("needed", Words(id="Berapa persetujuan", en="Approvals needed"), width=12),
        Text("approved_by", Words(id="Sudah disetujui oleh", en="Approved by"), width=16),
        Text("made_by", MADE_BY, width=16),
        Choice("state", Words(id="Keadaan", en="State"), width=12, choices=REQUEST_STATES),
        Text("note", Words(id="Catatan", en="Note"), width=36),
        Code("version", VERSION, width=20),
    ),
)


def _decided(line: Line, known: Known) -> Cells:
    """Who decides, when, and on which version: cells that the server fills in."""
    request, sender = known.row(REQUESTS, line.text("request")), known.sender
    if request is None or sender is None:
        return {}
    version = request.text("version")
    taken = {c: request.text(c) for c in ("kind", "document", "amount", "made_by")}
    return {**taken, "by": sender.name, "at": sender.at, "version": version}


def _document_decided_on(decision: Document, known: Known) -> list[tuple[str, str]]:
    found = request_named(decision.text("request"), known)
    table, _, key = (found.source or "").partition("/") if found is not None else ("", "", "")
    return [(table, key)] if table else []


APPROVALS = Sheet(
    key="approvals",
    title=Words(id="Persetujuan", en="Approvals"),
    help=Words(
        id="Satu baris untuk setiap keputusan atas satu versi dokumen. Keputusan tidak diubah; "
        "bila dokumennya diubah, permintaannya baru.",
        en="One row for each decision, on one version of a document. A decision is not changed; "
        "when its document changes, there is a new request.",
    ),
    unique=("request",),
    strict=True,
    columns=(
        Code(
            "request",
            Words(id="Permintaan", en="Request"),
            Words(
                id="Salin dari lembar Permintaan Persetujuan, misalnya PB:B-17/3f9a12bc.",
                en="Copy it from the sheet Approval Requests, for example PB:B-17/3f9a12bc.",
            ),
            required=True,
            width=24,
            max_length=CODE,
        ),
        Choice(
            "decision",
            Words(id="Keputusan", en="Decision"),
            required=True,
            width=14,
            choices=DECISIONS,
        ),
        Text("note", Words(id="Catatan", en="Note"), width=40),
        Choice("kind", KIND, read_only=True, width=24, choices=APPROVAL_KINDS),
        Code("document", DOCUMENT, read_only=True, width=18, max_length=NAME),
        Money("amount", AMOUNT, read_only=True, width=18),
        Text("made_by", MADE_BY, read_only=True, width=16),
        Text("by", Words(id="Diputuskan oleh", en="Decided by"), read_only=True, width=16),
        Text("at", Words(id="Pada (UTC)", en="At (UTC)"), read_only=True, width=24),
        Code("version", VERSION, read_only=True, width=20),
    ),
    rules=(decision_stays, decision_is_on_what_waits, another_person_decides),
    stamps=_decided,
    refreshes=_document_decided_on,
)
