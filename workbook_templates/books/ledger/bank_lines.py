"""What a bank line is in the books: entries that it matches, payments and entries that it makes.

Its amounts are in the currency in which the bank's account is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from workbook_templates import money
from workbook_templates.books.ledger.accounts import ACCOUNTS, is_control
from workbook_templates.books.ledger.currencies import conversion_on, kept_in
from workbook_templates.books.ledger.entries import Entry
from workbook_templates.books.ledger.payments import party_of, settled_document
from workbook_templates.schema import Cells, Document, Known, Line, Proposal
from workbook_templates.words import Words

LINES, JOURNAL, PAYMENTS = "ledger.bank_lines", "ledger.journal", "ledger.payments"
PREFIX = "BL"
BANK_LINE = Words(id="Mutasi bank", en="Bank line")
NOTHING = Decimal(0)


class Part(NamedTuple):
    """A row of a bank line with the part of its amount that it stands for, signed as the bank's."""

    row: Line
    amount: Decimal


class Link(NamedTuple):
    """An accepted bank line beside the journal entry that it is in the books."""

    line: str
    date: str
    entry: str
    amount: Decimal


def is_accepted(line: Document) -> bool:
    """Whether somebody said Yes to it."""
    return line.text("accept") == "true"


def parts_of(line: Document) -> list[Part]:
    """The rows with their parts; where one part is blank it is what the others leave."""
    amount: Decimal = line["amount"] or NOTHING
    given = sum((row["part"] or NOTHING for row in line.lines), NOTHING)
    rests = [row for row in line.lines if row["part"] is None]
    rest = amount - given if len(rests) == 1 else NOTHING
    return [Part(row, rest if row["part"] is None else row["part"]) for row in line.lines]


def is_payment(row: Line) -> bool:
    """Whether a row of a bank line makes a payment: of a document, or on account of a party."""
    named = row.text("document") or row.text("party")
    return bool(named) and not row.text("account") and not row.text("match")


def follows_from_line(line: Document, known: Known) -> Iterator[Proposal]:
    """Of an accepted line: a payment for its documents and parties, an entry for its accounts."""
    if not is_accepted(line):
        return
    yield from _entry(line, known)
    sign = 1 if (line["amount"] or NOTHING) > 0 else -1
    currency = kept_in(line.text("bank_account"), known) or None
    for party, parts in _paid(line, known).items():
        name = _payment(line, party, known)
        head = {
            "payment": name,
            "date": line.text("date"),
            "direction": "in" if sign > 0 else "out",
            "party": party,
            "bank_account": line.text("bank_account"),
            "amount": money.text(sign * sum((part.amount for part in parts), NOTHING)),
            "description": line.text("description") or None,
            "currency": currency,
        }
        yield Proposal(PAYMENTS, name, tuple(_applied(head, part, sign) for part in parts))


def links_of(line: Document, known: Known) -> Iterator[Link]:
    """The entries that an accepted line stands beside, with its part of each."""
    for part in parts_of(line) if is_accepted(line) else ():
        row, entry = part.row, part.row.text("match")
        if row.text("account"):
            entry = f"{PREFIX}:{line.key}"
        elif is_payment(row):
            entry = f"PY:{_payment(line, payer_of(row, known), known)}"
        if entry and part.amount:
            yield Link(line.key, line.text("date"), entry, part.amount)


def is_made_by_a_line(entry: str) -> bool:
    """Whether an entry follows from a bank line, and so stands beside that one already."""
    return entry.removeprefix("PY:").startswith(f"{PREFIX}:")


def lines_of_account(known: Known, account: str) -> list[Document]:
    """The bank lines of an account, by date and name."""
    rows: dict[str, list[Line]] = defaultdict(list)
    for row in known.where(LINES, "bank_account", account):
        rows[row.sheet.key_of(row.cells, row.id)].append(row)
    found = [Document(its[0].sheet, key, tuple(its)) for key, its in rows.items()]
    return sorted(found, key=lambda line: (line.text("date"), line.key))


def posted_on(rows: Iterable[Line], account: str, currency: str = "") -> Decimal:
    """What the lines of an entry post on an account, debit positive, in the currency in which it
    is kept.
    """
    its = (row for row in rows if row.text("account") == account)
    return sum((posted(row, currency) for row in its), NOTHING)


def posted(row: Line, currency: str) -> Decimal:
    """What a journal line posts, debit positive: in a currency, "" for the company's."""
    debit, credit = row["debit"] or NOTHING, row["credit"] or NOTHING
    if not currency:
        return debit - credit
    amount: Decimal = row["foreign_amount"] or NOTHING
    return amount if debit else -amount


def payer_of(row: Line, known: Known) -> str:
    """Whom a row pays or is paid by: the party that it names, else that of its document."""
    if row.text("party") or not row.text("document"):
        return row.text("party")
    settled = settled_by(row, known)
    return party_of(settled) if settled else ""


def settled_by(row: Line, known: Known) -> Document | None:
    """The document that a row pays; None where it names none that there is."""
    if not row.text("document"):
        return None
    paid = {"direction": "in" if (row["amount"] or NOTHING) > 0 else "out"}
    paid |= {column: row.text(column) for column in ("document", "party")}
    return settled_document(known, Line(row.sheet, row.id, paid))


def _entry(line: Document, known: Known) -> Iterator[Proposal]:
    """Both sides in company currency at the rate of the day; the foreign amount stands on the bank
    account, and on the other one where that is kept in the currency or is owed by parties.
    """
    entry, bank = Entry(line, PREFIX, BANK_LINE, known), line.text("bank_account")
    conversion = conversion_on(known, kept_in(bank, known), line.text("date"))
    words = {"description": line.text("description")}
    for row, amount in parts_of(line):
        if account := row.text("account"):
            more = {column: row.text(column) for column in ("party", "cost_centre")}
            cells = conversion.cells(amount)
            entry.add(bank, conversion.company(amount), **words, **cells)
            its = cells if _is_open_in_currencies(account, known) else {}
            entry.add(account, -conversion.company(amount), **words, **more, **its)
    yield from entry.proposal()


def _is_open_in_currencies(code: str, known: Known) -> bool:
    account = known.row(ACCOUNTS, code)
    return bool(kept_in(code, known)) or (account is not None and is_control(account))


def _paid(line: Document, known: Known) -> dict[str, list[Part]]:
    """The parts that make payments, by party."""
    paid: dict[str, list[Part]] = defaultdict(list)
    for part in parts_of(line):
        if is_payment(part.row):
            paid[payer_of(part.row, known)].append(part)
    return paid


def _payment(line: Document, party: str, known: Known) -> str:
    """The number of the payment that a line makes; of several parties each has its own."""
    parties = {payer_of(row, known) for row in line.lines if is_payment(row)}
    return f"{PREFIX}:{line.key}" if len(parties) < 2 else f"{PREFIX}:{line.key}:{party}"


def _applied(head: Cells, part: Part, sign: int) -> Cells:
    document = part.row.text("document")
    if not document:
        return head
    return {**head, "document": document, "applied": money.text(sign * part.amount)}
