"""Rows as a warehouse types them, for the tests of the book: a company, moves, counts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from tests.books.known import KnownRows, accepted, refusals
from workbook_templates.books.inventory.book import BOOK
from workbook_templates.packs.opening import opening_rows
from workbook_templates.schema import Cells, Company, ReportRequest

MOVES, COUNTS, ITEMS, WAREHOUSES = (
    f"inventory.{key}" for key in ("moves", "counts", "items", "warehouses")
)
STOCK, RECEIVED, OPENING = "inventory", "goods_received", "opening_balance"
COST, DIFFERENCE = "cost_of_goods", "stock_adjustment"
PARTIES: tuple[Cells, ...] = (
    {"code": "C1", "name": "Toko Maju", "kind": "customer"},
    {"code": "S1", "name": "CV Sumber", "kind": "supplier"},
    {"code": "B1", "name": "UD Dua Arah", "kind": "both"},
)


def new_company(*items: Cells) -> KnownRows:
    """A company with an average item AVG, a FIFO item FIFO (or `items`), warehouses W, A, B."""
    rows: dict[str, Iterable[Cells]] = {
        **opening_rows("id", "en", "2025-01", "2026-12"),
        "ledger.parties": PARTIES,
        WAREHOUSES: [{"code": code, "name": f"Warehouse {code}"} for code in "WAB"],
        ITEMS: items
        or [
            {"code": "AVG", "name": "Paper", "unit": "ream", "costing": "average"},
            {"code": "FIFO", "name": "Toner", "unit": "pcs", "costing": "fifo"},
        ],
    }
    return KnownRows(rows, Company("contoh", "PT Lajur Contoh", language="en"))


def move(number: str, on: str, kind: str, qty: str, cost: str | None = None, **more: str) -> Cells:
    """A line of a move of AVG in the warehouse W on a day of 2026, unless said otherwise."""
    cells = {"move": number, "date": f"2026-{on}", "kind": kind, "item": "AVG", "qty": qty}
    return {**cells, "warehouse": "W", **({"unit_cost": cost} if cost else {}), **more}


def counted(number: str, on: str, qty: str | None, **more: str) -> Cells:
    """A line of a count of AVG in the warehouse W on a day of 2026, unless said otherwise."""
    cells = {"count": number, "date": f"2026-{on}", "warehouse": "W", "item": "AVG", **more}
    return cells if qty is None else {**cells, "counted_qty": qty}


def after(known: KnownRows, *lines: Cells) -> KnownRows:
    """The company after moves and counts of one line each, accepted in their order."""
    for line in lines:
        known = accepted(known, COUNTS if "count" in line else MOVES, [line])
    return known


def codes(known: KnownRows, table: str, rows: Iterable[Cells], key: str | None = None) -> list[str]:
    """The codes of all problems of a document as it would be, each once, in order."""
    return sorted({problem.code for problem in refusals(known, table, rows, key)})


def role_of(known: KnownRows, account: str) -> str:
    """The role of an account by its code."""
    row = known.row("ledger.accounts", account)
    return row.text("role") if row else ""


def entry(known: KnownRows, day: str) -> list[tuple[str, str]]:
    """The stock entry of a day of 2026 as (role of the account, debit or -credit)."""
    found = known.document("ledger.journal", f"STK:2026-{day}")
    return [
        (role_of(known, line.text("account")), line.text("debit") or f"-{line.text('credit')}")
        for line in (found.lines if found else ())
    ]


def account_balance(known: KnownRows, role: str) -> Decimal:
    """Debits less credits over all days of the account that has a role."""
    sums = known.totals("ledger.balances", ("account",))
    units = sum(sums[(a,)][0] - sums[(a,)][1] for (a,) in sums if role_of(known, a) == role)
    return Decimal(units).scaleb(-4)


def report(
    known: KnownRows, key: str, as_of: str, first: str = "2025-01-01", **parameters: str
) -> list[Cells]:
    """The rows of one of the book's reports."""
    found = {r.key: r for r in BOOK.reports}[key]
    return list(found.build(known, ReportRequest(as_of, first, as_of, None, parameters)))
