"""Receipts: each payment of a span with its amount in words, as a receipt is written from it."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.choices import DIRECTIONS
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.currency_columns import CURRENCY_WORDS
from workbook_templates.books.ledger.payments import PAYMENTS
from workbook_templates.columns import Choice, Code, Date, Money, Text
from workbook_templates.packs.trade import amount_in_words
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words


def receipt_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a payment whose entry is in the journal, by date and number."""
    heads: dict[str, Line] = {}
    settled: dict[str, list[str]] = {}
    for line in known.rows(PAYMENTS):
        if request.first <= line.text("date") <= request.last:
            heads.setdefault(line.text("payment"), line)
            documents = settled.setdefault(line.text("payment"), [])
            documents += [line.text("document")] if line.text("document") else []
    for key, head in sorted(heads.items(), key=lambda item: (item[1].text("date"), item[0])):
        if known.row("ledger.journal", f"PY:{key}") is not None:
            yield _receipt(key, head, settled[key], known)


def _receipt(key: str, head: Line, settled: list[str], known: Known) -> Cells:
    party, currency = known.row("ledger.parties", head.text("party")), currency_of(head, known)
    return {
        "number": head.text("number") or None,
        "payment": key,
        "date": head.text("date"),
        "direction": head.text("direction"),
        "party": head.text("party"),
        "name": (party.text("name") or None) if party else None,
        "for": ", ".join(sorted(settled)) or None,
        "amount": head.text("amount"),
        "currency": currency or known.company.currency,
        "in_words": None if currency else _in_words(known, head),
    }


def _in_words(known: Known, head: Line) -> str | None:
    """The words of a country name its own currency."""
    return amount_in_words(known.company.pack, head["amount"]) or None


RECEIPTS = Report(
    key="receipts",
    title=Words(id="Daftar Kuitansi", en="Receipts"),
    help=Words(
        id="Penerimaan dan pembayaran suatu masa dengan jumlahnya dalam kata.",
        en="Money received and paid in a period, with the amounts in words.",
    ),
    columns=(
        Code("number", Words(id="No. bukti", en="Number"), width=16),
        Code("payment", Words(id="Pembayaran", en="Payment"), width=16),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Choice("direction", Words(id="Arah", en="Direction"), width=10, choices=DIRECTIONS),
        Code("party", Words(id="Mitra", en="Party"), width=12),
        Text("name", Words(id="Nama", en="Name"), width=28),
        Text("for", Words(id="Untuk", en="For"), width=26),
        Money("amount", Words(id="Jumlah", en="Amount"), width=18),
        Code("currency", CURRENCY_WORDS, width=10),
        Text("in_words", Words(id="Terbilang", en="In words"), width=60),
    ),
    build=receipt_rows,
    spans="period",
)
