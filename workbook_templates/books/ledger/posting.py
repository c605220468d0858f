"""Posting: a document gets its number by kind and year, and stays as it is from then on.

An accepted document counts at once (docs/decisions/0010); posting is the next step of its life. It
is posted when somebody types Yes under Post, or on acceptance where its kind says so on the sheet
Document Kinds.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbook_templates.columns import Code, Flag
from workbook_templates.schema import Document, Known, Line, Numbering
from workbook_templates.words import Words

KINDS = "ledger.document_kinds"
# How numbers of a kind begin where the company says nothing else: the usual Indonesian initials.
PREFIXES = {
    "journal": "JU",
    "invoice": "FJ",
    "credit_note": "NK",
    "bill": "TB",
    "supplier_credit_note": "NKP",
    "payment_in": "BKM",
    "payment_out": "BKK",
    "payment_batch": "DP",
}
_OF_TRADE = {
    ("ledger.sales_invoices", "invoice"): "invoice",
    ("ledger.sales_invoices", "deposit"): "invoice",
    ("ledger.sales_invoices", "credit_note"): "credit_note",
    ("ledger.purchase_bills", "invoice"): "bill",
    ("ledger.purchase_bills", "deposit"): "bill",
    ("ledger.purchase_bills", "credit_note"): "supplier_credit_note",
}

POST = Flag(
    "post",
    Words(id="Bukukan", en="Post"),
    Words(
        id="Ya = beri nomor bukti dan kunci dokumen ini. Sesudahnya hanya dapat dibalik.",
        en="Yes = give the document its number and lock it. From then on it can only be reversed.",
    ),
    width=10,
)
NUMBER = Code(
    "number",
    Words(id="No. bukti", en="Number"),
    Words(
        id="Nomor urut tanpa celah per jenis dan tahun, diberikan saat dokumen dibukukan.",
        en="A number without gaps by kind and year, given when the document is posted.",
    ),
    read_only=True,
    width=16,
)


def kind_of(document: Document) -> str:
    """The kind under which a document is numbered."""
    table = document.sheet.table
    if table in ("ledger.journal", "ledger.draft_entries"):
        return "journal"
    if table == "ledger.payments":
        return f"payment_{document.text('direction') or 'in'}"
    if table == "ledger.payment_batches":
        return "payment_batch"
    return _OF_TRADE[(table, document.text("kind") or "invoice")]


def series(document: Document, known: Known) -> str:
    """The kind's prefix and the year of the document; "" until it is to be posted."""
    lines = document.lines
    if not lines or lines[0].source is not None:
        return ""  # what follows from another document goes by that one's number
    kind = kind_of(document)
    policy = known.row(KINDS, kind)
    on_acceptance = policy is not None and policy.cells.get("on_acceptance") == "true"
    if not (on_acceptance or asks_for_posting(lines)):
        return ""
    prefix = policy.text("prefix") if policy else ""
    return f"{prefix or PREFIXES[kind]}-{document.text('date')[:4]}"


def asks_for_posting(lines: Iterable[Line]) -> bool:
    """Whether Post says Yes on any of them."""
    return "true" in [line.cells.get("post") for line in lines]


def number_of(lines: Iterable[Line]) -> str:
    """The number of a document's rows; "" where it is not posted."""
    return next((number for line in lines if (number := line.cells.get("number"))), "")


NUMBERING = Numbering(NUMBER.key, series)
