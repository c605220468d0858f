"""The rows that a clerk pastes under the headings of the ledger and the inventory workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from docs.examples.retail.classify import ADJUSTMENT, RETURN, Classified, MoveLine, SaleLine
from docs.examples.retail.raw import CASH
from docs.examples.retail.services import ACCOUNTS, Account

Cell = str | Decimal | date
Placed = TypeVar("Placed", SaleLine, MoveLine)
WAREHOUSE = "MAIN"
OPENING_LINES = 1_000  # lines of one opening document
ASSUMED_COST = Decimal("0.5")  # of the first price: the file tells no cost


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column key; `line` is the line of the file that it comes from, 0 for none."""

    cells: dict[str, Cell]
    line: int = 0


def ledger_rows(found: Classified) -> dict[str, list[Row]]:
    """The rows of the ledger workbook, by sheet."""
    return {
        "accounts": [_account(account) for account in _added_accounts(found.sales)],
        "parties": [_party(code) for code in _customers(found)],
        "sales_invoices": [_invoice_line(sale) for sale in _by_document(found.sales)],
    }


def inventory_rows(found: Classified) -> dict[str, list[Row]]:
    """The rows of the inventory workbook, by sheet; opening stock is all that leaves it."""
    goods = _goods(found.moves)
    moves = [_move_line(move, goods[move.raw.code]) for move in _by_document(found.moves)]
    return {
        "warehouses": [Row({"code": WAREHOUSE, "name": "Main warehouse"})],
        "items": [Row({"code": item.code, "name": item.name}) for item in goods.values()],
        "moves": [*_opening(goods.values(), found.moves), *moves],
    }


@dataclass(slots=True)
class _Goods:
    """What the file tells of one stock code."""

    code: str
    name: str
    price: Decimal = Decimal(0)
    leaves: Decimal = Decimal(0)

    @property
    def cost(self) -> Decimal:
        """The assumed cost of one."""
        return self.price * ASSUMED_COST


def _goods(moves: Iterable[MoveLine]) -> dict[str, _Goods]:
    found: dict[str, _Goods] = {}
    for move in moves:
        raw = move.raw
        goods = found.setdefault(raw.code, _Goods(raw.code, raw.code))
        if raw.price and not goods.price:  # a note such as "damages" on a line without price
            goods.name, goods.price = raw.description or raw.code, abs(raw.price)
        if move.kind != RETURN:
            goods.leaves += abs(raw.qty)
    return found


def _opening(goods: Iterable[_Goods], moves: Iterable[MoveLine]) -> Iterator[Row]:
    """Opening stock on the first day of the first month, before anything else of that day."""
    first = min((move.raw.day for move in moves), default=date.min).replace(day=1)
    stocked = (item for item in goods if item.leaves)
    for number, item in enumerate(stocked):
        yield Row(
            {
                "move": f"OPENING-{number // OPENING_LINES + 1}",
                "date": first,
                "kind": "opening",
                "item": item.code,
                "qty": item.leaves,
                "unit_cost": item.cost,
                "warehouse": WAREHOUSE,
            }
        )


def _move_line(move: MoveLine, goods: _Goods) -> Row:
    raw = move.raw
    cells: dict[str, Cell] = {
        "move": move.document,
        "date": raw.day,
        "kind": move.kind,
        "item": raw.code,
        "qty": abs(raw.qty),
        "warehouse": WAREHOUSE,
        "party": raw.customer,
    }
    if move.kind == RETURN:  # what comes back of an item that this file never sold has no cost
        cells["unit_cost"] = goods.cost
    if move.kind == ADJUSTMENT:
        del cells["party"]
        cells["note"] = raw.description
    return Row(cells, raw.number)


def _invoice_line(sale: SaleLine) -> Row:
    raw = sale.raw
    cells: dict[str, Cell] = {
        "invoice": sale.document,
        "kind": sale.kind,
        "date": raw.day,
        "customer": raw.customer,
        "description": f"{raw.code} {raw.description}".strip(),
        "account": sale.account,
        "qty": abs(raw.qty),
        "unit_price": abs(raw.price),
    }
    return Row(cells, raw.number)


def _by_document(lines: Iterable[Placed]) -> list[Placed]:
    """The lines of one document below one another, documents in the order of the file."""
    documents: dict[str, list[Placed]] = {}
    for line in lines:
        documents.setdefault(line.document, []).append(line)
    return [line for document in documents.values() for line in document]


def _added_accounts(sales: Iterable[SaleLine]) -> list[Account]:
    used = {sale.account for sale in sales}
    return [account for account in ACCOUNTS if account.added and account.code in used]


def _account(account: Account) -> Row:
    return Row({"code": account.code, "name": account.name, "type": "income", "group": "revenue"})


def _customers(found: Classified) -> list[str]:
    return sorted({line.customer for line in found.lines()})


def _party(code: str) -> Row:
    name = "Cash sales" if code == CASH else f"Customer {code}"
    return Row({"code": code, "name": name, "kind": "customer"})
