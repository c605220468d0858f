"""Bank reconciliation: from the balance of the books to that of the bank, item by item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.bank_lines import (
    JOURNAL,
    LINES,
    NOTHING,
    Link,
    lines_of_account,
    links_of,
    posted_on,
)
from workbook_templates.books.ledger.currencies import kept_in
from workbook_templates.books.ledger.currency_columns import IN_CURRENCY
from workbook_templates.books.ledger.reports.balances import ACCOUNT, NAME, amount_text, names
from workbook_templates.books.ledger.stated_balances import STATED, book_balance
from workbook_templates.columns import Code, Date, Money, Text
from workbook_templates.schema import Cells, Document, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

BOOK = Words(id="Saldo buku", en="Book balance")
BEFORE = Words(id="Selisih sebelum mutasi pertama", en="Difference before the first line")
ONLY_IN_BOOKS = Words(id="Di buku, belum di bank", en="In the books, not at the bank")
ONLY_AT_BANK = Words(id="Di bank, belum di buku", en="At the bank, not in the books")
NO_LINES = Words(id="Saldo dinyatakan tanpa mutasinya", en="Stated balance without its bank lines")
AT_BANK = Words(id="Saldo bank", en="Bank balance")


@dataclass(frozen=True, slots=True)
class Span:
    """The days after `start`, a day on which the bank stated a balance, up to `end`."""

    start: str
    end: str

    def has(self, day: str) -> bool:
        """Whether a day is one of them."""
        return self.start < day <= self.end


@dataclass(frozen=True, slots=True)
class Books:
    """What the entries of an account post on it: amount and date, by entry."""

    posted: dict[str, Decimal]
    dates: dict[str, str]
    words: dict[str, str]


def reconciliation_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Book balance, what explains the difference, bank balance: of one `account`, or of all that
    have bank lines; in the currency in which each is kept.
    """
    wanted = request.parameters.get("account")
    accounts = [wanted] if wanted else sorted({r.text("bank_account") for r in known.rows(LINES)})
    named = names(known)
    for account in accounts:
        head = {"account": account, "name": named.get(account, "")}
        head["currency"] = kept_in(account, known) or known.company.currency
        for cells in _items(known, account, request.as_of):
            yield {**head, **cells}


def _items(known: Known, account: str, as_of: str) -> Iterator[Cells]:
    language = known.company.language
    rows = known.where(STATED, "account", account)
    stated = sorted((row for row in rows if row.text("date") <= as_of), key=_day)
    span = Span(stated[0].text("date") if stated else "", as_of)
    lines = [line for line in lines_of_account(known, account) if line.text("date") <= as_of]
    links = [link for line in lines for link in links_of(line, known)]
    books = _books(known, account, as_of)
    opening = stated[0]["amount"] if stated else NOTHING
    before = _units(known, account, span.start) - opening if stated else NOTHING
    closing = _closing(stated, lines)
    moved = sum((line["amount"] for line in lines if span.has(line.text("date"))), NOTHING)
    yield _row(BOOK[language], as_of, _units(known, account, as_of))
    yield from _nonzero(BEFORE[language], span.start, -_left_before(before, links, books, span))
    yield from _only_in_books(ONLY_IN_BOOKS[language], books, links, span)
    yield from _only_at_bank(ONLY_AT_BANK[language], lines, links, books, span)
    yield from _nonzero(NO_LINES[language], as_of, closing - opening - moved)
    yield _row(AT_BANK[language], as_of, closing)


def _closing(stated: list[Line], lines: Iterable[Document]) -> Decimal:
    """The balance last stated and the bank lines after it."""
    last = stated[-1].text("date") if stated else ""
    begun: Decimal = stated[-1]["amount"] if stated else NOTHING
    return begun + sum((line["amount"] for line in lines if line.text("date") > last), NOTHING)


def _books(known: Known, account: str, as_of: str) -> Books:
    currency = kept_in(account, known)
    rows: dict[str, list[Line]] = defaultdict(list)
    for row in known.where(JOURNAL, "account", account):
        if row.text("date") <= as_of:
            rows[row.text("entry")].append(row)
    return Books(
        {entry: posted_on(its, account, currency) for entry, its in rows.items()},
        {entry: its[0].text("date") for entry, its in rows.items()},
        {entry: its[0].text("description") for entry, its in rows.items()},
    )


def _left_before(before: Decimal, links: Iterable[Link], books: Books, span: Span) -> Decimal:
    """What was apart at the beginning and has not been met since by bank lines, or by entries."""
    for link in links:
        posted = books.dates.get(link.entry)
        if posted is not None and span.has(posted) != span.has(link.date):
            before += link.amount if span.has(posted) else -link.amount
    return before


def _only_in_books(words: str, books: Books, links: Iterable[Link], span: Span) -> Iterator[Cells]:
    left = dict(books.posted)
    for link in links:
        if link.entry in left:
            left[link.entry] -= link.amount
    for entry in sorted(left, key=lambda entry: (books.dates[entry], entry)):
        if span.has(books.dates[entry]):
            more = {"number": entry, "description": books.words[entry] or None}
            yield from _nonzero(words, books.dates[entry], -left[entry], more)


def _only_at_bank(
    words: str, lines: Iterable[Document], links: Iterable[Link], books: Books, span: Span
) -> Iterator[Cells]:
    matched: dict[str, Decimal] = defaultdict(Decimal)
    for link in links:
        if link.entry in books.posted:
            matched[link.line] += link.amount
    for line in lines:
        if span.has(line.text("date")):
            told = {column: line.text(column) or None for column in ("description", "proposal")}
            more = {"number": line.key, **told}
            left = line["amount"] - matched.get(line.key, NOTHING)
            yield from _nonzero(words, line.text("date"), left, more)


def _nonzero(words: str, day: str, amount: Decimal, more: Cells | None = None) -> Iterator[Cells]:
    if amount:
        yield {**_row(words, day, amount), **(more or {})}


def _row(words: str, day: str, amount: Decimal) -> Cells:
    return {"kind": words, "date": day or None, "amount": money.text(amount)}


def _units(known: Known, account: str, day: str) -> Decimal:
    return Decimal(amount_text(book_balance(known, account, day)))


def _day(row: Line) -> str:
    return row.text("date")


BANK_RECONCILIATION = Report(
    key="bank_reconciliation",
    takes=("account",),
    title=Words(id="Rekonsiliasi Bank", en="Bank Reconciliation"),
    help=Words(
        id="Dari saldo buku ke saldo bank, pos demi pos. Isi parameter account untuk satu akun.",
        en="From the balance of the books to that of the bank, item by item. Give the parameter "
        "account for one account only.",
    ),
    columns=(
        ACCOUNT,
        NAME,
        Text("kind", Words(id="Pos", en="Item"), width=34),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Code("number", Words(id="Jurnal atau mutasi", en="Entry or bank line"), width=26),
        Text("description", Words(id="Uraian", en="Description"), width=40),
        IN_CURRENCY,
        Money("amount", Words(id="Jumlah", en="Amount"), width=18),
        Text("proposal", Words(id="Usul", en="Proposal"), width=40),
    ),
    build=reconciliation_rows,
)
