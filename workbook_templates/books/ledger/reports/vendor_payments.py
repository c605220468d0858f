"""Paying suppliers: what is due, what to tell them, and what to give to the bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from workbook_templates import money
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.currency_columns import IN_CURRENCY
from workbook_templates.books.ledger.invoices import PURCHASES
from workbook_templates.books.ledger.payment_batches import (
    BATCHES,
    batch_currency,
    by_supplier,
    is_open,
    supplier_of,
    total_of,
)
from workbook_templates.books.ledger.reports.aged import days_late, open_items
from workbook_templates.books.ledger.reports.balances import amount_text
from workbook_templates.columns import Code, Column, Date, Digits, Integer, Money, Text
from workbook_templates.schema import Cells, Document, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

BATCH = Code("batch", Words(id="Daftar", en="Batch"), width=16)
SUPPLIER = Code("party", Words(id="Pemasok", en="Supplier"), width=12)
NAME = Text("name", Words(id="Nama", en="Name"), width=28)
DOCUMENT = Code("document", Words(id="Tagihan", en="Bill"), width=16)
THEIR_NUMBER = Code(
    "supplier_ref", Words(id="No. faktur pemasok", en="Supplier's number"), width=20
)
DATED = Date("date", Words(id="Tanggal", en="Date"), width=12)
DUE = Date("due", Words(id="Jatuh tempo", en="Due"), width=12)
PAID_ON = Date("pay_on", Words(id="Tanggal bayar", en="Pay on"), width=12)
AMOUNT = Money("amount", Words(id="Jumlah", en="Amount"), width=18)


def bills_due(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """What is open at a date by the day it is due, and the open batch in which it stands."""
    parties = {row.text("code"): row for row in known.rows("ledger.parties")}
    waiting = {
        (supplier_of(line, known), line.text("document")): line.text("batch")
        for line in known.rows(BATCHES)
        if is_open(line)
    }
    items = open_items(known, PURCHASES, request.as_of)
    foreign = _in_currencies(known, request.as_of)
    for item in sorted(items, key=lambda item: (item.due, item.party, item.document)):
        bill = known.row(PURCHASES.table, item.document)
        party = parties.get(item.party)
        yield {
            "due": item.due,
            "days_late": str(max(days_late(item, request.as_of), 0)),
            "party": item.party,
            "name": party.text("name") if party else "",
            "document": item.document,
            "supplier_ref": bill.text("supplier_ref") if bill else "",
            "date": item.dated,
            **foreign.get((item.party, item.document, item.due), {}),
            "open": amount_text(item.units),
            "batch": waiting.get((item.party, item.document), ""),
        }


def _in_currencies(known: Known, as_of: str) -> dict[tuple[str, str, str], Cells]:
    """What is open of bills in other currencies, by supplier, bill and due date."""
    currencies = {currency_of(bill, known) for bill in known.rows(PURCHASES.table)} - {""}
    return {
        (item.party, item.document, item.due): {
            "currency": currency,
            "foreign_amount": amount_text(item.units),
        }
        for currency in sorted(currencies)
        for item in open_items(known, PURCHASES, as_of, currency)
    }


def remittance(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """What each supplier is told: the bills that a transfer pays."""
    for batch in _batches(known, request):
        for party, lines in by_supplier(batch, known).items():
            for line in lines:
                bill = known.row(PURCHASES.table, line.text("document"))
                yield {
                    **_head(batch, party, known),
                    "document": line.text("document"),
                    "supplier_ref": bill.text("supplier_ref") if bill else "",
                    "date": bill.text("date") if bill else "",
                    "currency": _currency(batch, known),
                    "amount": line.text("amount"),
                    "description": line.text("description"),
                }


def transfers(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """One transfer to each supplier of a batch."""
    for batch in _batches(known, request):
        for party, lines in by_supplier(batch, known).items():
            row = known.row("ledger.parties", party)
            head = _head(batch, party, known)
            holder = row.text("bank_account_holder") if row else ""
            yield {
                **head,
                "bank_account_number": row.text("bank_account_number") if row else "",
                "bank_name": row.text("bank_name") if row else "",
                "holder": holder or head["name"],
                "amount": money.text(total_of(lines)),
                "currency": _currency(batch, known),
                "remark": _remark(batch, lines),
            }


def _batches(known: Known, request: ReportRequest) -> Iterator[Document]:
    """The batches that are asked for: those to be paid on the day."""
    rows = [row for row in known.rows(BATCHES) if row.text("date") == request.as_of]
    rows.sort(key=lambda row: row.text("batch"))
    for key, _ in groupby(rows, key=lambda row: row.text("batch")):
        if batch := known.document(BATCHES, key):
            yield batch


def _head(batch: Document, party: str, known: Known) -> dict[str, str]:
    row = known.row("ledger.parties", party)
    name = row.text("name") if row else ""
    return {"batch": batch.key, "pay_on": batch.text("date"), "party": party, "name": name}


def _currency(batch: Document, known: Known) -> str:
    return batch_currency(batch, known) or known.company.currency


def _remark(batch: Document, lines: Iterable[Line]) -> str:
    """What the supplier reads on the bank statement: what somebody wrote, else the bills."""
    written = [line.text("description") for line in lines if line.text("description")]
    bills = ", ".join(line.text("document") for line in lines)
    return written[0] if written else f"{batch.key}: {bills}"


BILLS_DUE = Report(
    key="bills_due",
    title=Words(id="Tagihan Jatuh Tempo", en="Bills Due"),
    help=Words(
        id="Yang terbuka per pemasok menurut jatuh temponya, dengan daftar pembayarannya.",
        en="What is open to suppliers by the day it is due, with the batch in which it stands.",
    ),
    columns=(
        DUE,
        Integer("days_late", Words(id="Hari terlambat", en="Days late"), width=12),
        SUPPLIER,
        NAME,
        DOCUMENT,
        THEIR_NUMBER,
        DATED,
        IN_CURRENCY,
        Money("foreign_amount", Words(id="Jumlah valuta", en="Foreign amount"), width=16),
        Money("open", Words(id="Terbuka", en="Open"), width=18),
        BATCH,
    ),
    build=bills_due,
    sums=("open",),
)
REMITTANCE = Report(
    key="remittance",
    title=Words(id="Rincian Pembayaran", en="Remittance List"),
    help=Words(
        id="Tagihan yang dibayar pada suatu tanggal, per pemasok.",
        en="The bills that are paid on a day, by supplier.",
    ),
    columns=(
        BATCH,
        PAID_ON,
        SUPPLIER,
        NAME,
        DOCUMENT,
        THEIR_NUMBER,
        DATED,
        IN_CURRENCY,
        AMOUNT,
        Text("description", Words(id="Berita", en="Remark"), width=36),
    ),
    build=remittance,
    sums=("amount",),
    currency="currency",
)
_OF_BANK: tuple[Column, ...] = (
    Digits("bank_account_number", Words(id="No. rekening", en="Account number"), width=20),
    Text("holder", Words(id="Nama penerima", en="Beneficiary"), width=28),
    Text("bank_name", Words(id="Bank penerima", en="Beneficiary's bank"), width=18),
    AMOUNT,
    IN_CURRENCY,
    Text("remark", Words(id="Berita", en="Remark"), width=36),
)
BANK_FILE = Report(
    key="bank_file",
    title=Words(id="Berkas Transfer Bank", en="Bank File"),
    help=Words(
        id="Satu baris transfer per pemasok untuk tanggal bayar; simpan sebagai CSV untuk bank.",
        en="One transfer a row to each supplier on a day; save as CSV for the bank.",
    ),
    columns=(BATCH, PAID_ON, SUPPLIER, *_OF_BANK),
    build=transfers,
    sums=("amount",),
    currency="currency",
)
