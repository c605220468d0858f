"""The whole month as rows by sheet, and the mistakes that people make while they type it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from docs.examples.contoh.masters import masters
from docs.examples.contoh.pay import pay, staff
from docs.examples.contoh.rows import Cell, Row, Sheets
from docs.examples.contoh.stock import FOUND_LATE, stock
from docs.examples.contoh.trade import Chart, trade

SEED = 2605
# Accounts of the Indonesian pack by what the sample company uses them for.
CHART: Chart = {
    "bank": "11200",
    "receivable": "11300",
    "employee_loans": "11400",
    "equipment": "12400",
    "payable": "21100",
    "inventory": "11500",
    "goods_received": "21150",
    "salaries_payable": "21300",
    "capital": "31000",
    "opening_stock": "39000",
    "sales": "41000",
    "cost_of_goods": "51000",
    "stock_adjustment": "52000",
    "rent": "61200",
    "utilities": "61300",
    "supplies": "61400",
    "transport": "61500",
    "bank_charges": "61900",
}


@dataclass(frozen=True)
class Mistake:
    """A cell in which something else is typed at first; the row is the first with that `key`."""

    table: str
    key: str  # the column that finds the row
    row: str  # what stands there
    column: str
    wrong: Cell


UNBALANCED = Mistake("ledger.journal", "entry", "JU-007", "debit", Decimal(40_000))
NO_SUCH_ACCOUNT = Mistake("ledger.journal", "entry", "JU-009", "account", "61490")
NIK_AS_NUMBER = Mistake("hr.employees", "employee", "K012", "nik", 3273225301870010)
TOO_MUCH = Mistake("inventory.moves", "move", "SJ-050", "qty", Decimal(6_200))
MISTAKES = (UNBALANCED, NO_SUCH_ACCOUNT, NIK_AS_NUMBER, TOO_MUCH)


def whole_month() -> Sheets:
    """Every row of the month as it is at the end, the same each time."""
    random = Random(SEED)
    lists = masters(random)
    moved = stock(random)
    return {
        **lists,
        **staff(),
        **moved,
        **trade(random, CHART, moved["inventory.moves"]),
        **pay(random, lists["hr.employees"]),
    }


def dated(rows: list[Row], first: date, last: date) -> list[Row]:
    """The rows of some days, without the receipt that nobody has found yet."""
    return [row for row in rows if first <= _date(row) <= last and row.get("move") != FOUND_LATE]


def as_typed_first(table: str, rows: list[Row]) -> list[Row]:
    """Rows as they are typed before the mistakes in them are seen."""
    wrong = {m.row: m for m in MISTAKES if m.table == table}
    typed: list[Row] = []
    for row in rows:
        mistake = next((m for m in wrong.values() if row.get(m.key) == m.row), None)
        if mistake is not None:
            del wrong[mistake.row]
            typed.append({**row, mistake.column: mistake.wrong})
        else:
            typed.append(row)
    return typed


def right(month: Sheets, mistake: Mistake) -> Cell:
    """What should have been typed."""
    rows = month[mistake.table]
    return next(row[mistake.column] for row in rows if row[mistake.key] == mistake.row)


def _date(row: Row) -> date:
    when = row["date"]
    assert isinstance(when, date)
    return when
