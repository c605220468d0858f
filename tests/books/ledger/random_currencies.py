"""Random rates, month-end valuations and exchanges, and what must then be in the books."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.books.ledger.random_books import (
    ACCOUNTS,
    BANK_LINES,
    BANKS,
    CURRENCIES,
    FIRST,
    JOURNAL,
    RATES,
    VALUATIONS,
    WORTH,
    Change,
    Operation,
    Ready,
    Row,
    one,
)
from tests.books.ledger.rows import BANK, amount, entry
from workbook_templates.books.ledger.bank_lines import posted_on
from workbook_templates.books.ledger.deposits import DEPOSIT, left_of
from workbook_templates.books.ledger.foreign_deposits import uses_of
from workbook_templates.books.ledger.invoices import PURCHASES, Trade
from workbook_templates.books.ledger.invoices import SALES as SELLING
from workbook_templates.schema import Cells, Document, Known
from workbook_templates.spans import month_end


def currencies() -> Iterator[Operation]:
    """Accounts in other currencies, and what those are worth on the first of all days."""
    for currency in CURRENCIES:
        code = BANKS[currency]
        account: Row = {"code": code, "name": f"Bank {currency}", "type": "asset"}
        account |= {"group": "cash", "currency": currency}
        yield one("account", ACCOUNTS, code, [account])
        yield _rate(currency, str(FIRST), WORTH[currency])


def rate(ready: Ready) -> Operation:
    """What a currency is worth from a day on, new or corrected."""
    currency = ready.random.choice(CURRENCIES)
    return _rate(currency, ready.day(), WORTH[currency] + ready.random.randint(-999, 999))


def _rate(currency: str, day: str, worth: int) -> Operation:
    row: Row = {"currency": currency, "date": day, "rate": f"{worth}.25"}
    return one("rate", RATES, f"{currency}|{day}", [row])


def dollars(ready: Ready) -> Operation:
    """Money is exchanged, by an entry that somebody types; the runs that value it are touched, as
    is asked of people who type such entries.
    """
    currency, key, part = ready.random.choice(CURRENCIES), f"V{ready.number}", ready.price(900)
    rupiah = amount((part * WORTH[currency]).quantize(part))
    bought = ready.random.random() < 0.7
    sides = ((BANKS[currency], rupiah, 0), (BANK, 0, rupiah))
    lines = sides if bought else tuple((account, c, d) for account, d, c in sides)
    day = ready.day()
    rows: list[Row] = [dict(row) for row in entry(key, day, *lines)]
    rows[0] |= {"currency": currency, "foreign_amount": amount(part)}
    months = (row.text("period") for row in ready.known.rows(VALUATIONS))
    touched = (
        Change(VALUATIONS, month, [{"period": month, "note": key}])
        for month in sorted(months)
        if day <= month_end(month)
    )
    return Operation("exchange", (Change(JOURNAL, key, rows), *touched), day)


def valuation(ready: Ready) -> Operation | None:
    """A month's end is valued, any month that is not yet."""
    done = {row.text("period") for row in ready.known.rows(VALUATIONS)}
    months = ("2025-12", *(f"2026-{number:02}" for number in range(1, 13)))
    left = [month for month in months if month not in done]
    if not left:
        return None
    month = ready.random.choice(left)
    return one("valuation", VALUATIONS, month, [{"period": month}])


def outdated(known: Known) -> list[str]:
    """The valuations and bank lines of which the journal does not have what they now make."""
    return [
        f"{table}/{key}"
        for table in (VALUATIONS, BANK_LINES)
        for key in dict.fromkeys(r.sheet.key_of(r.cells, r.id) for r in known.rows(table))
        if (document := known.document(table, key)) and not _is_posted(document, known)
    ]


def _is_posted(document: Document, known: Known) -> bool:
    proposes = document.sheet.proposes
    return all(
        _posted(proposal.rows) == _posted(row.cells for row in kept.lines)
        for proposal in (proposes(document, known) if proposes else ())
        if proposal.table == JOURNAL and (kept := known.document(JOURNAL, proposal.key))
    )


def _posted(rows: Iterable[Cells]) -> Counter[tuple[str, ...]]:
    columns = ("account", "document", "debit", "credit", "currency", "foreign_amount")
    return Counter(tuple(row.get(column) or "" for column in columns) for row in rows)


def lasting_deposits(known: Known) -> list[str]:
    """The deposits of which nothing is left, and yet something stands in the books."""
    return [
        deposit.key
        for trade in (SELLING, PURCHASES)
        for key in dict.fromkeys(_deposits(known, trade))
        if (deposit := known.document(trade.table, key)) and _lasts(deposit, trade, known)
    ]


def _deposits(known: Known, trade: Trade) -> Iterator[str]:
    for row in known.rows(trade.table):
        if row.text("kind") == DEPOSIT and row.text("currency"):
            yield row.sheet.key_of(row.cells, row.id)


def _lasts(deposit: Document, trade: Trade, known: Known) -> bool:
    keys = (deposit.key, *(use.key for use in uses_of(deposit, known)))
    entries = [known.document(JOURNAL, f"{trade.prefix}:{key}") for key in keys]
    if any(left_of(deposit, known).values()) or not all(entries):
        return False  # there is some left, or somebody has to approve what uses it
    account = deposit.text("account")
    return posted_on((row for found in entries if found for row in found.lines), account) != 0
