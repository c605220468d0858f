"""What stands on account, and which open documents it most likely settles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.choices import DIRECTIONS
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.currency_columns import IN_CURRENCY
from workbook_templates.books.ledger.invoices import PURCHASES, SALES
from workbook_templates.books.ledger.matching import Match, Money, OpenDocument, matches
from workbook_templates.books.ledger.payments import OPENING, PAYMENTS
from workbook_templates.books.ledger.reports.aged import OpenItem, open_items
from workbook_templates.columns import Choice, Code, Date, Integer, Text
from workbook_templates.columns import Money as Amount
from workbook_templates.locale import locale, show
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

UNITS = 10_000
SIDES = {"in": 1, "out": -1}  # of the control account's debit balance


def open_documents(known: Known, as_of: str, currency: str = "") -> list[OpenDocument]:
    """What payments in a currency may settle at a date, in it, as money in sees it: owed to the
    company above zero.

    Entries that somebody typed on a control account are left out: no payment can name them.
    """
    names = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
    return [
        OpenDocument(
            item.party,
            names.get(item.party, ""),
            item.document,
            item.due,
            Decimal(trade.side * item.units) / UNITS,
            _numbers(row),
        )
        for trade in (SALES, PURCHASES)
        for item in open_items(known, trade, as_of, currency)
        if (row := _named(known, item)) and currency_of(row, known) == currency
    ]


def _named(known: Known, item: OpenItem) -> Line | None:
    for table in (SALES.table, PURCHASES.table, PAYMENTS):
        if row := known.row(table, item.document):
            return row
    return next(iter(known.where(OPENING, "document", item.document)), None)


def _numbers(row: Line) -> tuple[str, ...]:
    """What the other side may call it besides: the number that it was posted by, the supplier's."""
    columns = row.sheet.by_key
    texts = (row.text(key) for key in ("number", "supplier_ref") if key in columns)
    return tuple(text for text in texts if text)


def proposals(
    known: Known, as_of: str, currency: str = ""
) -> Iterator[tuple[Line, Decimal, list[Match]]]:
    """Each payment in a currency with a rest on account at a date: its first line, the rest, what
    it may settle.

    The rest is what is left of it after what was moved since.
    """
    by_party: dict[str, list[OpenDocument]] = defaultdict(list)
    for document in open_documents(known, as_of, currency):
        by_party[document.party].append(document)
    for party, opened in sorted(by_party.items()):
        for rest in opened:
            row = known.row(PAYMENTS, rest.document)
            side = SIDES[row.text("direction") or "in"] if row else 0
            if row is None or row.text("party") != party or rest.left * side >= 0:
                continue
            paid = Money(abs(rest.left), party, row.text("description"))
            others = [as_seen(d, side) for d in opened if not known.row(PAYMENTS, d.document)]
            yield row, abs(rest.left), matches(paid, others)


def as_seen(document: OpenDocument, side: int) -> OpenDocument:
    """A document as money of a direction sees it."""
    return replace(document, left=side * document.left)


def in_words(match: Match, language: str) -> str:
    """What a match settles and why, in one line: "INV-12 1.110.000 (jumlah sama)"."""
    spoken = locale(language)
    parts = [f"{document} {show(_short(part), spoken)}" for document, part in match.settles]
    return f"{', '.join(parts)} ({match.reason[language]})"


def _short(amount: Decimal) -> Decimal:
    """An amount without decimals that say nothing."""
    whole = amount.to_integral_value()
    return whole if whole == amount else Decimal(money.text(amount))


def _rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    paid_in = {currency_of(row, known) for row in known.rows(PAYMENTS) if row.text("currency")}
    for currency in sorted({"", *paid_in}):
        yield from _rows_in(currency, known, request)


def _rows_in(currency: str, known: Known, request: ReportRequest) -> Iterator[Cells]:
    names = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
    language = known.company.language
    for row, rest, found in proposals(known, request.as_of, currency):
        head = {key: row.text(key) for key in ("payment", "date", "direction", "party")}
        head |= {"name": names.get(row.text("party"), ""), "rest": money.text(rest)}
        head |= {"currency": currency or known.company.currency}
        head |= {"description": row.text("description")}
        if not found:
            yield head
        for rank, match in enumerate(found, 1):
            why = {"rank": str(rank), "score": str(match.score), "reason": match.reason[language]}
            for document, part in match.settles:
                yield {**head, **why, "document": document, "applied": money.text(part)}


PAYMENT_PROPOSALS = Report(
    key="payment_proposals",
    title=Words(id="Usulan Pelunasan", en="Payment Proposals"),
    help=Words(
        id="Uang muka yang belum dialokasikan, dengan dokumen yang paling mungkin dilunasinya.",
        en="Money on account, with the documents that it most likely settles.",
    ),
    columns=(
        Code("payment", Words(id="Pembayaran", en="Payment"), width=16),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Choice("direction", Words(id="Arah", en="Direction"), width=10, choices=DIRECTIONS),
        Code("party", Words(id="Mitra", en="Party"), width=12),
        Text("name", Words(id="Nama", en="Name"), width=28),
        IN_CURRENCY,
        Amount("rest", Words(id="Sisa uang muka", en="Left on account"), width=16),
        Text("description", Words(id="Uraian", en="Description"), width=36),
        Integer("rank", Words(id="Pilihan", en="Choice"), width=9),
        Code("document", Words(id="Dokumen", en="Document"), width=16),
        Amount("applied", Words(id="Dialokasikan", en="Applied"), width=16),
        Integer("score", Words(id="Nilai", en="Score"), width=9),
        Text("reason", Words(id="Alasan", en="Reason"), width=36),
    ),
    build=_rows,
)
