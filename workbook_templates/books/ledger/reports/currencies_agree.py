"""Ties in other currencies: what is open is what documents say, and what is settled is gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.bank_lines import posted
from workbook_templates.books.ledger.choices import CONTROL_ROLES
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payments import (
    PAYMENTS,
    balance_of,
    control_of,
    effect,
    settled_document,
)
from workbook_templates.books.ledger.reports.ties import CONTROL, DOCUMENTS, Tie
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

UNIT = 10_000
VALUATIONS = "ledger.revaluations/"  # sources of entries that only value what is open
NAMES = {
    "receivable": Words(id="Piutang usaha", en="Trade receivables"),
    "payable": Words(id="Utang usaha", en="Trade payables"),
}
SETTLED = Words(id="Lunas dalam valuta", en="Settled in other currencies")
LEFT = Words(id="Sisa di pembukuan", en="Left in the books")
NOTHING_LEFT = Words(id="Tidak ada", en="Nothing")
LOOK_AT_OPEN = Words(
    id="Bandingkan laporan Saldo Valuta Asing dengan faktur, tagihan dan pembayaran valuta itu.",
    en="Compare the Foreign Open Items with the invoices, bills and payments in the currency.",
)
LOOK_AT_SETTLED = Words(
    id="Lihat laporan Saldo Valuta Asing: yang nol dalam valutanya juga nol di pembukuan. Jurnal "
    "ketikan di akun piutang atau utang dapat menjadi sebabnya.",
    en="See the Foreign Open Items: what is nothing in its currency is nothing in the books. An "
    "entry typed on receivables or payables may be the cause.",
)


@dataclass(slots=True)
class _Item:
    """What the journal has of a party and document, debit positive, without valuations."""

    amount: Decimal = Decimal(0)
    company: Decimal = Decimal(0)


@dataclass(slots=True)
class _Journal:
    """The lines of control accounts in other currencies: of documents by (role, currency), and
    all by item.
    """

    documents: dict[tuple[str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    items: dict[tuple[str, str, str], _Item] = field(default_factory=lambda: defaultdict(_Item))


def currency_ties(known: Known, as_of: str) -> Iterator[Tie]:
    """Of each currency in use receivables and payables; nothing where there is none."""
    journal, documents = _journal(known, as_of), _documents(known, as_of)
    for role, currency in sorted({*journal.documents, *documents}):
        figures = (_units(found[role, currency]) for found in (journal.documents, documents))
        words = Words(**{k: f"{w} {currency}" for k, w in NAMES[role].all().items()})
        yield Tie(words, CONTROL, DOCUMENTS, LOOK_AT_OPEN, (next(figures), next(figures)))
    if journal.items:
        settled = (item for item in journal.items.values() if not item.amount)
        left = sum((abs(item.company) for item in settled), Decimal(0))
        yield Tie(SETTLED, LEFT, NOTHING_LEFT, LOOK_AT_SETTLED, (_units(left), 0))


def _journal(known: Known, as_of: str) -> _Journal:
    found = _Journal()
    in_currency: set[tuple[str, str, str]] = set()
    for role in CONTROL_ROLES:
        control = account_of_role(known, role)
        for line in known.where(JOURNAL, "account", control.text("code")) if control else ():
            source, currency = line.source or "", line.text("currency")
            if line.text("date") > as_of or source.startswith(VALUATIONS):
                continue
            number = line.text("document") or line.text("entry")
            item = found.items[role, line.text("party"), number]
            item.company += posted(line, "")
            if currency:
                in_currency.add((role, line.text("party"), number))
                item.amount += posted(line, currency)
            if currency and source.startswith((*TRADES, PAYMENTS)):
                found.documents[role, currency] += posted(line, currency)
    found.items = {key: item for key, item in found.items.items() if key in in_currency}
    return found


def _documents(known: Known, as_of: str) -> dict[tuple[str, str], Decimal]:
    """What documents in other currencies that are in the books add, worked out from them alone."""
    found: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for table in (*TRADES, PAYMENTS):
        rows = [row for row in known.rows(table) if row.text("currency")]
        for key in dict.fromkeys(row.sheet.key_of(row.cells, row.id) for row in rows):
            document = known.document(table, key)
            if document is not None and document.text("date") <= as_of:
                _add(found, document, known)
    return found


def _add(found: dict[tuple[str, str], Decimal], document: Document, known: Known) -> None:
    table, currency = document.sheet.table, currency_of(document, known)
    prefix = TRADES[table].prefix if table in TRADES else "PY"
    if not currency or known.document(JOURNAL, f"{prefix}:{document.key}") is None:
        return
    found[control_of(document, known), currency] += balance_of(document, known)
    for line in document.lines if table == PAYMENTS else ():
        settled = settled_document(known, line) if line.text("document") else None
        if settled is not None:
            found[control_of(settled, known), currency] += effect(line)


def _units(amount: Decimal) -> int:
    return int(amount * UNIT)
