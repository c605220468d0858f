"""Random invoices, bills, credit notes, deposits, payments, batches and bank lines."""

from __future__ import annotations

from decimal import Decimal

from tests.books.ledger.random_books import (
    ADVANCES,
    BANK_LINES,
    BANKS,
    BATCHES,
    BILLS,
    CENTRES,
    CHARGES,
    DEPOSITS,
    INVOICES,
    PAYMENTS,
    POSTED,
    UNIT,
    WORTH,
    Operation,
    Ready,
    Row,
    one,
)
from tests.books.ledger.rows import BANK, CASH, RENT, SALES, SUPPLIES, amount
from workbook_templates.books.ledger.deposits import left_of
from workbook_templates.books.ledger.invoices import PURCHASES, Trade
from workbook_templates.books.ledger.invoices import SALES as SELLING
from workbook_templates.books.ledger.reports.aged import OpenItem
from workbook_templates.money import plain

# --- buying and selling -------------------------------------------------------------------------


def trade_rows(ready: Ready, trade: Trade, key: str, day: str, **cells: str | None) -> list[Row]:
    """An invoice or a bill of one to three lines, with taxes, terms and cost centres."""
    random, sells = ready.random, trade.table == INVOICES
    named, party, taxes, withheld = (
        ("invoice", "customer", ("PPN-K", "PPN-K-TERMASUK"), "PPH23-DIPOTONG")
        if sells
        else ("bill", "supplier", ("PPN-M",), "PPH23-JASA")
    )
    parties = ("C1", "C2", "B1") if sells else ("S1", "S2", "B1")
    currency = cells["currency"] if "currency" in cells else ready.currency()
    head: Row = {named: key, "date": day, party: random.choice(parties)}
    head |= {"terms": random.choice(("TIGA", None)), "post": random.choice(POSTED)}
    head |= in_currency(ready, currency)
    rows = []
    for _ in range(random.randint(1, 3)):
        line: Row = {
            "account": SALES if sells else random.choice((SUPPLIES, RENT)),
            "qty": str(random.randint(1, 9)),
            "unit_price": plain(ready.price(300 if currency else 400_000), 6),
            "tax_code": random.choice((*taxes, None)),
            "withholding": random.choice((withheld, None, None)),
            "cost_centre": random.choice(CENTRES),
        }
        rows.append({**head, **line, **cells})
    return rows


def in_currency(ready: Ready, currency: str | None) -> Row:
    """The cells of a currency, sometimes with a rate of its own; blank ones of the company's."""
    if not currency:
        return {"currency": None, "rate": None}
    typed = amount(WORTH[currency] + ready.random.randint(-999, 999))
    return {"currency": currency, "rate": ready.random.choice((None, None, f"{typed}37"))}


def sale(ready: Ready) -> Operation:
    key = f"I{ready.number}"
    return one("sale", INVOICES, key, trade_rows(ready, SELLING, key, ready.day()))


def purchase(ready: Ready) -> Operation:
    key = f"B{ready.number}"
    return one("bill", BILLS, key, trade_rows(ready, PURCHASES, key, ready.day()))


def credit_note(ready: Ready) -> Operation | None:
    """A part of a line of an invoice or bill comes back, naming the document or not."""
    trade = ready.random.choice((SELLING, PURCHASES))
    of = ready.document(trade.table)
    if of is None or of.text("kind") not in ("", "invoice"):
        return None
    key, line = f"K{ready.number}", ready.random.choice(of.lines)
    named, party = ("invoice", "customer") if trade is SELLING else ("bill", "supplier")
    taken = ("account", "unit_price", "tax_code", "withholding", "cost_centre", "deposit", party)
    row: Row = {column: line.text(column) or None for column in taken}
    row |= {"currency": of.text("currency") or None}
    row |= {named: key, "kind": "credit_note", "date": ready.day(of.text("date")), "qty": "1"}
    row["corrects"] = ready.random.choice((of.key, of.key, None))
    return one("credit note", trade.table, key, [row])


def deposit(ready: Ready) -> Operation:
    """Money is billed ahead, by us or by a supplier."""
    trade = ready.random.choice((SELLING, PURCHASES))
    key, sells = f"D{ready.number}", trade is SELLING
    cells = {"kind": "deposit", "account": DEPOSITS if sells else ADVANCES, "withholding": None}
    cells |= {"tax_code": ready.random.choice(("PPN-K" if sells else "PPN-M", None))}
    cells |= {"currency": ready.currency(7) or None}
    (row, *_) = trade_rows(ready, trade, key, ready.day(), **cells)
    return one("deposit", trade.table, key, [row])


def final_invoice(ready: Ready) -> Operation | None:
    """An invoice or bill that deducts a part of what is left of a deposit."""
    trade = ready.random.choice((SELLING, PURCHASES))
    deposits = [r for r in ready.known.rows(trade.table) if r.text("kind") == "deposit"]
    if not deposits:
        return None
    line = ready.random.choice(deposits)
    named, party = ("invoice", "customer") if trade is SELLING else ("bill", "supplier")
    held = ready.known.document(trade.table, line.text(named))
    left = left_of(held, ready.known)[line.text("tax_code")] if held else Decimal(0)
    cents = int(left * 100)
    if cents < 1:
        return None
    key, day = f"F{ready.number}", ready.day(line.text("date"))
    cells = {party: line.text(party), "currency": line.text("currency") or None}
    goods = trade_rows(ready, trade, key, day, **cells)
    cents = ready.random.choice((cents, ready.random.randint(1, cents)))
    part = plain(Decimal(cents) / 100, 6)
    taken: Row = {**goods[0], "account": line.text("account"), "qty": "1", "unit_price": part}
    taken |= {"tax_code": line.text("tax_code") or None, "withholding": None}
    return one("final invoice", trade.table, key, [*goods, {**taken, "deposit": line.text(named)}])


# --- payments -----------------------------------------------------------------------------------


def paid_rows(ready: Ready, key: str, item: OpenItem, inward: bool, currency: str) -> list[Row]:
    """A payment of an open item: in part, in full, too much, or with a difference."""
    units, way = abs(item.units), ready.random.choice(("part", "full", "over", "difference"))
    whole = Decimal(units) / UNIT
    part = amount(ready.part(whole) if way == "part" else whole)
    row: Row = {
        "payment": key, "date": ready.day(item.dated), "direction": "in" if inward else "out",
        "party": item.party, "bank_account": account_for(ready, currency), "amount": part,
        "document": item.document, "applied": part, "post": ready.random.choice(POSTED),
    }  # fmt: skip
    row |= in_currency(ready, currency)
    if way == "over":
        row["amount"] = amount(whole + 1000)
    if way == "difference":
        less = ready.part(whole, 9)
        row |= {"amount": amount(whole - less), "applied": amount(whole - less)}
        row |= {"written_off": amount(less), "difference_account": CHARGES}
    return [row]


def account_for(ready: Ready, currency: str) -> str:
    """Where money moves: on an account in its currency or, converted by the bank, in rupiah."""
    own = (BANKS[currency],) * 2 if currency else (CASH,)
    return ready.random.choice((*own, BANK))


def payment(ready: Ready) -> Operation | None:
    """What is owed is paid; what was paid ahead or credited comes back."""
    trade, sign = ready.random.choice((SELLING, PURCHASES)), ready.random.choice((1, 1, 1, -1))
    currency = ready.currency()
    item = ready.opened(trade, sign, currency)
    if item is None:
        return None
    key, inward = f"P{ready.number}", (trade is SELLING) == (sign > 0)
    return one("payment", PAYMENTS, key, paid_rows(ready, key, item, inward, currency))


def on_account(ready: Ready) -> Operation:
    """Money comes or goes without a document."""
    key, inward, currency = f"A{ready.number}", ready.random.random() < 0.5, ready.currency()
    head: Row = {"payment": key, "date": ready.day(), **in_currency(ready, currency)}
    head |= {"direction": "in" if inward else "out", "party": "C1" if inward else "S1"}
    head |= {"bank_account": account_for(ready, currency)}
    price = ready.price(900 if currency else 3_000_000)
    return one("on account", PAYMENTS, key, [{**head, "amount": amount(price)}])


def moved(ready: Ready) -> Operation | None:
    """What stands on account is moved to something that is owed."""
    trade = ready.random.choice((SELLING, PURCHASES))
    currency = ready.currency()
    ahead, owed = ready.opened(trade, -1, currency), ready.opened(trade, 1, currency)
    if ahead is None or owed is None or ahead.party != owed.party:
        return None
    key, part = f"M{ready.number}", amount(Decimal(min(-ahead.units, owed.units)) / UNIT)
    head: Row = {
        "payment": key,
        "date": ready.day(max(ahead.dated, owed.dated)),
        "amount": "0.00",
    }
    head |= {"direction": "in" if trade is SELLING else "out", "party": owed.party}
    head |= {"bank_account": BANK, "currency": currency or None}
    rows = [{**head, "document": owed.document, "applied": part}]
    rows.append({**head, "document": ahead.document, "applied": f"-{part}"})
    return one("moved", PAYMENTS, key, rows)


def batch(ready: Ready) -> Operation | None:
    """One or two bills are paid in a batch that the bank has carried out."""
    currency = ready.currency()
    found = (ready.opened(PURCHASES, 1, currency) for _ in range(2))
    items = {item.document: item for item in found if item}
    if not items:
        return None
    key, day = f"DP{ready.number}", ready.day(max(item.dated for item in items.values()))
    head: Row = {"batch": key, "date": day, "bank_account": BANKS.get(currency, BANK)}
    head["post"] = ready.random.choice(("true", "true", None))
    rows = [
        {**head, "document": d, "party": i.party, "amount": amount(Decimal(i.units) / UNIT)}
        for d, i in items.items()
    ]
    return one("batch", BATCHES, key, rows)


def bank_line(ready: Ready) -> Operation | None:
    """A line of the bank is accepted: for what is owed, or for an account."""
    trade, key = ready.random.choice((SELLING, PURCHASES)), f"L{ready.number}"
    currency, sign = ready.currency(), 1 if trade is SELLING else -1
    item = ready.opened(trade, 1, currency)
    of_account = item is None or ready.random.random() < 0.3
    units = -2_525 * UNIT // 100 if item is None or of_account else sign * item.units
    row: Row = {"line": key, "bank_account": BANKS.get(currency, BANK), "accept": "true"}
    row |= {"amount": amount(Decimal(units) / UNIT), "date": ready.day(item.dated if item else "")}
    row |= {"account": CHARGES} if item is None or of_account else {"document": item.document}
    return one("bank line", BANK_LINES, key, [row])
