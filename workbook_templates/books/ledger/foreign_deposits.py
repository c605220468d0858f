"""Deposits in other currencies: what is taken of one leaves at the rate at which it came.

Money in advance of a supply is a non-monetary item: nobody owes money for it. It keeps the rate
of the day on which it was first recognised, and is not valued anew at a month's end (IFRIC 22
paragraphs 8 and 9, IAS 21 paragraph 23 (b); in Indonesia ISAK 122, once 33, and PSAK 221).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from workbook_templates.books.ledger.corrections import corrections_of, origin
from workbook_templates.books.ledger.currencies import conversion_of, currency_of
from workbook_templates.books.ledger.deposits import DEPOSIT, sign_of
from workbook_templates.books.ledger.invoices import Amounts, amounts_of
from workbook_templates.books.ledger.pricing import CENT, Place, amount_of_line, price_lines
from workbook_templates.books.ledger.taxes import rounded
from workbook_templates.schema import Document, Known

NOTHING = Decimal(0)


class Held(NamedTuple):
    """What a document adds to deposits at a place: in its currency and in the company's."""

    amount: Decimal = NOTHING
    company: Decimal = NOTHING


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """What a document adds to a deposit, in the order in which that counts.

    `amount` is what stands on the account of deposits, `typed` the same before tax as typed.
    """

    date: str
    key: str
    amount: Decimal
    typed: Decimal


def uses_of(deposit: Document, known: Known) -> list[Use]:
    """All that deducts, gives back or credits a deposit, by date."""
    table = deposit.sheet.table
    naming = known.where(table, DEPOSIT, deposit.key)
    keys = {line.sheet.key_of(line.cells, line.id) for line in naming}
    keys |= {found.key for found in corrections_of(deposit, known)}
    documents = (known.document(table, key) for key in keys - {deposit.key})
    return sorted(_use(document, deposit, known) for document in documents if document)


def held_parts(document: Document, amounts: Amounts, known: Known) -> dict[Place, Held]:
    """What a document adds to deposits, by account and cost centre; as its amounts, without the
    sign of a credit note.
    """
    found: dict[Place, Held] = {}
    for deposit in deposits_of(document, known):
        parts = _parts(deposit, amounts, origin(document, known).key == deposit.key)
        taken = sign_of(document) * _taken(deposit, known).get(document.key, NOTHING)
        for place, company in _shared(parts, taken).items():
            amount, before = found.get(place, Held())
            found[place] = Held(amount + parts[place], before + company)
    return found


def deposits_of(document: Document, known: Known) -> list[Document]:
    """The deposits in another currency that a document deducts, gives back or credits."""
    if document.text("kind") == DEPOSIT or not currency_of(document, known):
        return []
    table, corrected = document.sheet.table, origin(document, known)
    keys = {key for line in document.lines if (key := line.cells.get(DEPOSIT))}
    found = [known.document(table, key) for key in sorted(keys - {corrected.key})]
    return [d for d in (corrected, *found) if d and d.text("kind") == DEPOSIT]


def _taken(deposit: Document, known: Known) -> dict[str, Decimal]:
    """What each use adds in company currency, by document; nothing is left when all is used."""
    came, at_rate = _came(deposit, known)
    typed = sum((amount_of_line(line) for line in deposit.lines), NOTHING)
    left, worth, taken = came, at_rate, {}
    for use in uses_of(deposit, known):
        left, typed, before = left + use.amount, typed + use.typed, worth
        is_left = bool(came and typed)
        worth = rounded(Fraction(at_rate * left) / Fraction(came), CENT) if is_left else NOTHING
        taken[use.key] = worth - before
    return taken


def _came(deposit: Document, known: Known) -> tuple[Decimal, Decimal]:
    """What a deposit brought to its account, in its currency and in the company's: as its entry
    has it, the total's conversion less that of the taxes.
    """
    amounts, company = amounts_of(deposit, known), conversion_of(deposit, known).company
    taxes = amounts.taxes.values()
    credited = sum((company(tax.amount) - company(tax.cost) for tax in taxes), NOTHING)
    return sum((booked for _, booked in amounts.booked()), NOTHING), (
        company(amounts.total) - credited
    )


def _use(document: Document, deposit: Document, known: Known) -> Use:
    priced = price_lines(document, known, origin(document, known).text("date"))
    amounts = Amounts(priced.net, {}, priced.costs, priced.deducted)
    is_correction = origin(document, known).key == deposit.key
    lines = (ln for ln in document.lines if is_correction or ln.text(DEPOSIT) == deposit.key)
    sign, typed = sign_of(document), sum((amount_of_line(line) for line in lines), NOTHING)
    amount = sum(_parts(deposit, amounts, is_correction).values(), NOTHING)
    return Use(document.text("date"), document.key, sign * amount, sign * typed)


def _parts(deposit: Document, amounts: Amounts, is_correction: bool) -> dict[Place, Decimal]:
    """What of a document's amounts stands on the account of deposits for this one, by place: what
    it deducts, and all that is on the account where the document corrects the deposit.
    """
    found: dict[Place, Decimal] = defaultdict(Decimal)
    for place, booked in amounts.booked() if is_correction else ():
        if place[0] == deposit.text("account"):
            found[place] += booked
    for (key, place), deducted in amounts.deducted.items():
        if is_correction and key != deposit.key:
            found[place] -= deducted
        elif key == deposit.key and not is_correction:
            found[place] += deducted
    return found


def _shared(parts: dict[Place, Decimal], company: Decimal) -> dict[Place, Decimal]:
    """An amount in company currency by places; the largest takes what rounding leaves."""
    if not (total := sum(parts.values(), NOTHING)):
        return {}
    shares = {
        place: rounded(Fraction(company * part) / Fraction(total), CENT)
        for place, part in sorted(parts.items())
    }
    largest = max(shares, key=lambda place: abs(shares[place]))
    shares[largest] += company - sum(shares.values(), NOTHING)
    return shares
