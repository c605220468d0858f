"""Random operations of a company's two years, each made of what its books have just then.

An operation is one or more documents that are sent together; most are in order, and the books
refuse the rest. `by` is who sends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from tests.books.ledger.asset_rows import ASSETS, CATEGORIES, DEFERRALS, MACHINES, RUNS
from tests.books.ledger.asset_rows import asset as asset_rows
from tests.books.ledger.asset_rows import category as category_rows
from tests.books.ledger.random_books import (
    APPROVALS,
    BANK_LINES,
    BATCHES,
    BILLS,
    BUDI,
    CENTRES,
    CHARGES,
    FIRST,
    INVOICES,
    JOURNAL,
    LIMIT,
    LOAN,
    PAYMENTS,
    POSTED,
    PREPAID,
    RATES,
    REQUESTS,
    RULES,
    TERMS,
    VALUATIONS,
    YEARS,
    Change,
    Makes,
    Operation,
    Ready,
    Row,
    one,
)
from tests.books.ledger.random_currencies import currencies, dollars, rate, valuation
from tests.books.ledger.random_trade import (
    bank_line,
    batch,
    credit_note,
    deposit,
    final_invoice,
    moved,
    on_account,
    payment,
    purchase,
    sale,
)
from tests.books.ledger.rows import BANK, CASH, RENT, SALES, SUPPLIES, amount, entry
from workbook_templates.money import plain
from workbook_templates.schema import Known

# --- the journal, assets and what is deferred ----------------------------------------------------


def journal(ready: Ready) -> Operation:
    """An entry on any accounts that no document stands behind."""
    random, accounts = ready.random, (CASH, BANK, SALES, RENT, SUPPLIES, LOAN, PREPAID, CHARGES)
    sums = [random.randint(1, 10**9) for _ in range(random.randint(1, 4))]
    lines: list[tuple[str, object, object]] = [
        (random.choice(accounts), Decimal(cents) / 100, 0) for cents in sums
    ]
    lines.append((random.choice(accounts), 0, Decimal(sum(sums)) / 100))
    found = {"cost_centre": random.choice(CENTRES), "post": random.choice(POSTED)}
    found["kind"] = random.choice(("adjusting", None, None))
    cells = {column: text for column, text in found.items() if text}
    key = f"J{ready.number}"
    return one("journal", JOURNAL, key, entry(key, ready.day(), *lines, **cells))


def asset(ready: Ready) -> Operation:
    """A machine is registered and its purchase is entered."""
    key, cost = f"M{ready.number}", ready.random.randint(100_000, 9_000_000)
    day = ready.day("2026-01-01")
    centre = ready.random.choice(("SHOP", "WEB"))
    register = asset_rows(key, cost, acquired=day, cost_centre=centre)
    bought = entry(f"J{key}", day, (MACHINES, cost, 0), (BANK, 0, cost))
    changes = Change(ASSETS, key, register), Change(JOURNAL, f"J{key}", bought)
    return Operation("asset", changes, day)


def disposal(ready: Ready) -> Operation | None:
    """A machine is sold or scrapped."""
    of = ready.document(ASSETS)
    if of is None or of.text("disposal"):
        return None
    row: Row = {**of.lines[0].cells, "disposed_on": ready.day(of.text("acquired"))}
    row |= {"disposal": "scrap"}
    if ready.random.random() < 0.6:
        row |= {"disposal": "sale", "proceeds": amount(ready.price()), "proceeds_account": BANK}
    return Operation("disposal", (Change(ASSETS, of.key, [row]),), row["disposed_on"] or "")


def deferral(ready: Ready) -> Operation:
    """Rent is paid ahead and spread over months."""
    key, day, total = f"S{ready.number}", ready.day("2026-01-01"), amount(ready.price())
    rent: Row = {"deferral": key, "amount": total, "months": str(ready.random.randint(1, 12))}
    rent |= {"deferred_account": PREPAID, "result_account": RENT, "first": day}
    rent["cost_centre"] = ready.random.choice(CENTRES)
    paid = entry(f"J{key}", day, (PREPAID, total, 0), (BANK, 0, total))
    return Operation(
        "deferral", (Change(DEFERRALS, key, [rent]), Change(JOURNAL, f"J{key}", paid)), day
    )


def run(ready: Ready) -> Operation | None:
    """The month-end run of the next month that has none."""
    return run_of_2026(ready.known)


def run_of_2026(known: Known) -> Operation | None:
    """The same; None where the year has all of them."""
    done = {row.text("period") for row in known.rows(RUNS)}
    left = sorted({f"2026-{number:02}" for number in range(1, 13)} - done)
    return one("run", RUNS, left[0], [{"period": left[0]}]) if left else None


# --- what becomes of documents -------------------------------------------------------------------


def reversal(ready: Ready) -> Operation | None:
    """A document is taken back by its opposite on a later day."""
    of = ready.document(ready.random.choice((INVOICES, BILLS, PAYMENTS, JOURNAL)))
    if of is None or of.lines[0].source or of.sheet.opposite is None:
        return None
    if any(line.text("account") == MACHINES for line in of.lines):
        return None  # whoever takes back a purchase takes its machine off the register too
    if of.sheet.table == JOURNAL and any(line.text("currency") for line in of.lines):
        return None  # whoever takes back an exchange touches the runs that value it
    rows = of.sheet.opposite(of, ready.day(of.text("date")), ready.known)
    return one("reversal", of.sheet.table, f"{of.key}-R", rows)


def correction(ready: Ready) -> Operation | None:
    """Something is typed over: the price of a document, or the cost centre of an entry."""
    of = ready.document(ready.random.choice((INVOICES, BILLS, PAYMENTS, JOURNAL)))
    if of is None or of.lines[0].source:
        return None
    column = {JOURNAL: "cost_centre", PAYMENTS: "amount"}.get(of.sheet.table, "unit_price")
    price = ready.price(300 if of.text("currency") else 400_000)
    text = {JOURNAL: "WEB", PAYMENTS: amount(price)}.get(of.sheet.table, plain(price, 6))
    rows = [{**line.cells, column: text} for line in of.lines]
    return one("correction", of.sheet.table, of.key, rows)


def deletion(ready: Ready) -> Operation | None:
    """A document that is not posted is taken away."""
    tables = (INVOICES, BILLS, PAYMENTS, BATCHES, BANK_LINES, RATES, VALUATIONS)
    of = ready.document(ready.random.choice(tables))
    if of is None or of.lines[0].source:
        return None
    if of.sheet.table == RATES and of.text("date") == str(FIRST):
        return None  # without it the runs of a later exchange would be refused, not the exchange
    return Operation("deletion", (Change(of.sheet.table, of.key, []),), of.text("date"))


def decision(ready: Ready) -> Operation | None:
    """Somebody else approves or rejects what waits."""
    return decided(ready.known, ready.random.choice(("approve", "approve", "approve", "reject")))


def decided(known: Known, word: str = "approve") -> Operation | None:
    """A decision on the first document that waits; None where none does."""
    for request in known.rows(REQUESTS):
        if request.text("state") == "waiting":
            key = request.text("request")
            row: Row = {"request": key, "decision": word, "note": "-"}
            change = Change(APPROVALS, key, [row])
            return Operation(f"{word} it", (change,), request.text("date"), BUDI)
    return None


def withdrawn(known: Known) -> Operation | None:
    """What was rejected is taken away, the first of it; None where nothing was."""
    for request in known.rows(REQUESTS):
        if request.text("state") == "rejected":
            table, key = _made_by(request.source or "", known)
            return Operation("withdrawal", (Change(table, key, []),), request.text("date"))
    return None


def _made_by(source: str, known: Known) -> tuple[str, str]:
    """A document by its source, or the one that it follows from: who accepted a bank line takes
    that back, not the payment which it made.
    """
    table, _, key = source.partition("/")
    found = known.document(table, key)
    made_by = found.lines[0].source if found else None
    return _made_by(made_by, known) if made_by else (table, key)


def year(ready: Ready) -> Operation:
    """The first year is closed, or opened again with a reason."""
    of = ready.known.document(YEARS, "2025")
    if of is None or of.text("status") != "closed":
        return closing("2025")
    row: Row = {"year": "2025", "status": "open", "reason": f"Audit {ready.number}"}
    return Operation("reopening", (Change(YEARS, "2025", [row]),), "2025-12-31", BUDI)


def closing(number: str) -> Operation:
    """A year is closed."""
    row: Row = {"year": number, "status": "closed"}
    return Operation("closing", (Change(YEARS, number, [row]),), f"{number}-12-31", BUDI)


# How often each is tried, in thousandths or so.
TRIED: dict[Makes, int] = {
    sale: 150, purchase: 130, credit_note: 60, deposit: 40, final_invoice: 60, payment: 170,
    on_account: 40, moved: 70, batch: 50, bank_line: 60, journal: 80, asset: 20, disposal: 15,
    deferral: 20, run: 15, reversal: 40, correction: 50, deletion: 30, decision: 90, year: 10,
    rate: 25, dollars: 15, valuation: 25,
}  # fmt: skip


def beginning() -> Iterator[Operation]:
    """What there is before: limits of approval, terms of three instalments, a kind of machine."""
    for kind in ("bill", "payment_out"):
        rule: Row = {"kind": kind, "from_amount": amount(LIMIT), "role": "controller"}
        key = f"{kind}|{amount(LIMIT)}|controller||"
        yield Operation("limit", (Change(RULES, key, [rule]),), by=BUDI)
    parts: list[Row] = [{"percent": "30"}, {"percent": "40", "months": "1"}, {"months": "2"}]
    yield one("terms", TERMS, "TIGA", [{"terms": "TIGA", **part} for part in parts])
    yield one("category", CATEGORIES, "MESIN", category_rows())
    yield from currencies()


def tried(random: Random, known: Known, number: int) -> Operation | None:
    """Any operation on the books as they are; None where there is nothing to do it with."""
    (makes,) = random.choices(tuple(TRIED), tuple(TRIED.values()))
    return makes(Ready(random, known, number))
