"""A company goes live: the old trial balance, open items and stock through workbooks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell
from tests.scenarios.office import put, type_rows

LISTS, YEARS, PERIODS = "ledger.opening_balances", "ledger.years", "ledger.periods"
DAY = "2026-01-01"
CLEARING = ("39000", "39100", "39200")
TRIAL = (("11110", 900, None), ("11300", 500, None), ("11500", 200, None), ("21100", None, 300),
         ("31000", None, 1300))  # fmt: skip


def words(desk: Desk, table: str, column: str, key: str) -> str:
    """A choice as its drop-down says it."""
    found = desk.served.catalogue.sheets[table].column(column)
    return str(found.cell(key, desk.language))


def item(desk: Desk, kind: str, party: str, document: str, **side: int) -> dict[str, Any]:
    head = {"list": kind, "kind": words(desk, LISTS, "kind", kind), "date": DAY}
    return {**head, "party": party, "document": document, "due": "2026-01-31", **side}


def balance(desk: Desk, account: str) -> Decimal:
    rows = [row for row in desk.kept(JOURNAL) if row["account"] == account]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def lay_stock(desk: Desk) -> None:
    """The opening stock, from a workbook of the warehouse."""
    stock = desk.new("inventory")
    desk.sync(stock)
    kind = words(desk, "inventory.moves", "kind", "opening")
    move = {"move": "SA-1", "date": DAY, "kind": kind, "item": "K1", "qty": 20, "unit_cost": 10}
    laid = {
        "inventory.warehouses": [{"code": "GP", "name": "Gudang Pusat"}],
        "inventory.items": [{"code": "K1", "name": "Kopi", "unit": "kg", "costing": "FIFO"}],
    }
    desk.lay(stock, laid)
    desk.lay(stock, {"inventory.moves": [{**move, "warehouse": "GP"}]})


def test_a_company_goes_live_once_the_three_clearing_accounts_are_zero(desk: Desk) -> None:
    ledger = desk.new()
    desk.sync(ledger)
    both = words(desk, "ledger.parties", "kind", "both")
    parties = [{"code": code, "name": code, "kind": both} for code in ("C1", "S1")]
    trial = [
        {"list": "NERACA", "date": DAY, "account": account, "debit": debit, "credit": credit}
        for account, debit, credit in TRIAL
    ]
    items = [
        item(desk, "receivables", "C1", "F1", debit=400),
        item(desk, "payables", "S1", "T1", credit=250),
    ]
    opening = {"year": "2026", "status": words(desk, YEARS, "status", "opening")}
    desk.lay(ledger, {"ledger.parties": parties, YEARS: [opening]})
    desk.lay(ledger, {LISTS: [*trial, *items]})
    assert [balance(desk, account) for account in CLEARING] == [200, 100, -50]

    put(ledger, YEARS, 2, status=words(desk, YEARS, "status", "open"))
    said = desk.sync(ledger)
    assert [p["code"] for p in said.problems] == ["not_cleared"] * 3
    assert_told_at_the_cell(ledger, YEARS, said.problems[0], desk.language)

    lay_stock(desk)
    wanting = (
        item(desk, "receivables", "C1", "F2", debit=100),
        item(desk, "payables", "S1", "T2", credit=50),
    )
    type_rows(ledger, LISTS, wanting)
    put(ledger, YEARS, 2, status=words(desk, YEARS, "status", "opening"))
    assert desk.sync(ledger).status == 0
    put(ledger, YEARS, 2, status=words(desk, YEARS, "status", "open"))
    assert desk.sync(ledger).status == 0
    figures = [balance(desk, account) for account, _, _ in TRIAL]
    assert figures == [(debit or 0) - (credit or 0) for _, debit, credit in TRIAL]
    assert [balance(desk, account) for account in CLEARING] == [0, 0, 0]

    again = item(desk, "payables", "S1", "T3", credit=5)
    type_rows(ledger, LISTS, [{**again, "list": "LAGI"}])
    assert [p["code"] for p in desk.sync(ledger).problems] == ["live_already"]


def test_what_is_entered_twice_is_refused_before_the_company_goes_live(
    english_desk: Desk,
) -> None:
    desk = english_desk
    ledger = desk.new()
    desk.sync(ledger)
    customer = {"code": "C1", "name": "C1", "kind": "Customer"}
    first = item(desk, "receivables", "C1", "F1", debit=400)
    trial = {"list": "NERACA", "date": DAY}
    lines = ({"account": "11110", "debit": 400}, {"account": "31000", "credit": 400})
    desk.lay(ledger, {"ledger.parties": [customer]})
    desk.lay(ledger, {LISTS: [first, *({**trial, **line} for line in lines)]})
    again = [{**first, "list": "AGAIN"}, *({**trial, **line, "list": "TWICE"} for line in lines)]
    type_rows(ledger, LISTS, again)
    said = desk.sync(ledger)
    assert {p["code"] for p in said.problems} == {"opening_twice", "second_trial_balance"}
    assert {row["list"] for row in desk.kept(LISTS)} == {"receivables", "NERACA"}
