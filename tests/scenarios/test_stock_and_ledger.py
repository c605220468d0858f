"""Stock and ledger in one central copy: every accepted move is in the accounts at its cost."""

from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from tests.scenarios.central_copy import CentralCopy
from workbook_templates import wire
from workbook_templates.books.inventory.book import BOOK as INVENTORY
from workbook_templates.books.ledger.book import BOOK as LEDGER
from workbook_templates.packs.opening import opening_rows
from workbook_templates.schema import Cells

MOVES, COUNTS, JOURNAL = "inventory.moves", "inventory.counts", "ledger.journal"
LAID = opening_rows("id", "id", "2026-01", "2026-12")
ACCOUNTS = {row.get("role"): row["code"] or "" for row in LAID["ledger.accounts"]}
STOCK, RECEIVED = ACCOUNTS["inventory"], ACCOUNTS["goods_received"]
COST, DIFFERENCE = ACCOUNTS["cost_of_goods"], ACCOUNTS["stock_adjustment"]


@pytest.fixture
def central() -> CentralCopy:
    """A new company with paper (average) and pens (FIFO) in two warehouses."""
    company = CentralCopy(LEDGER, INVENTORY)
    company.lay(LAID)
    company.lay(
        {
            "inventory.warehouses": [
                {"code": "GP", "name": "Gudang Pusat"},
                {"code": "GT", "name": "Gudang Toko"},
            ],
            "inventory.items": [
                {"code": "KERTAS", "name": "Kertas A4", "unit": "rim", "costing": "average"},
                {"code": "PENA", "name": "Pena biru", "costing": "fifo"},
            ],
        }
    )
    return company


def move(
    number: str, on: str, kind: str, qty: str, cost: str | None = None, **more: str | None
) -> Cells:
    """A line of a stock move in the warehouse GP, of paper unless said otherwise."""
    cells = {"move": number, "date": f"2026-{on}", "kind": kind, "item": "KERTAS", "qty": qty}
    return {**cells, "unit_cost": cost, "warehouse": "GP", **more}


def entry(central: CentralCopy, day: str) -> list[tuple[str, str]]:
    """The stock entry of a day as (account, debit or -credit)."""
    rows = central.rows(JOURNAL, f"STK:2026-{day}")
    sides = [(r.cells["account"], r.cells.get("debit"), r.cells.get("credit")) for r in rows]
    return [(account or "", debit or f"-{credit}") for account, debit, credit in sides]


def codes(result: wire.Result) -> list[str]:
    return [refusal.code for refusal in result.errors]


def account_and_valuation(central: CentralCopy, as_of: str) -> tuple[Decimal, Decimal]:
    """The inventory account of the trial balance, and the sum of the stock valuation."""
    balances = central.report("trial_balance", as_of)
    account = sum(Decimal(r["balance"] or 0) for r in balances if r["account"] == STOCK)
    values = central.report("stock_valuation", as_of)
    return Decimal(account), Decimal(sum(Decimal(r["value"] or 0) for r in values))


def test_goods_received_and_issued_are_in_the_journal_of_their_days(central: CentralCopy) -> None:
    received = central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    issued = central.put(MOVES, move("SM-2", "05-04", "issue", "4"))
    assert (received.status, issued.status) == (wire.APPLIED, wire.APPLIED)
    assert entry(central, "05-02") == [(STOCK, "500000.00"), (RECEIVED, "-500000.00")]
    assert entry(central, "05-04") == [(COST, "200000.00"), (STOCK, "-200000.00")]
    assert account_and_valuation(central, "2026-05-31") == (300_000, 300_000)


def test_a_back_dated_receipt_re_values_later_issues_in_its_own_commit(
    central: CentralCopy,
) -> None:
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    central.put(MOVES, move("SM-2", "05-04", "issue", "4"))
    central.put(MOVES, move("SM-3", "05-05", "issue", "1"))
    late = central.put(MOVES, move("SM-4", "05-03", "receipt", "10", "60000"))
    assert central.tables_of_commit(late.seq or 0) == {MOVES, JOURNAL}
    assert entry(central, "05-02") == [(STOCK, "500000.00"), (RECEIVED, "-500000.00")]
    assert entry(central, "05-03") == [(STOCK, "600000.00"), (RECEIVED, "-600000.00")]
    assert entry(central, "05-04") == [(COST, "220000.00"), (STOCK, "-220000.00")]
    assert entry(central, "05-05") == [(COST, "55000.00"), (STOCK, "-55000.00")]
    assert account_and_valuation(central, "2026-05-04") == (880_000, 880_000)
    assert account_and_valuation(central, "2026-05-31") == (825_000, 825_000)
    assert central.findings() == []


def test_more_than_is_there_is_refused_and_leaves_no_trace(central: CentralCopy) -> None:
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    refused = central.put(MOVES, move("SM-2", "05-04", "issue", "12"))
    assert (refused.status, codes(refused)) == (wire.INVALID, ["stock_shortage"])
    assert "hanya 10 rim" in refused.errors[0].message["id"]
    assert refused.errors[0].col == "qty"
    assert central.rows(MOVES, "SM-2") == []
    assert entry(central, "05-04") == []
    assert central.findings() == []


def test_a_back_dated_issue_that_takes_from_a_later_one_is_refused(central: CentralCopy) -> None:
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    central.put(MOVES, move("SM-2", "05-04", "issue", "8"))
    refused = central.put(MOVES, move("SM-3", "05-03", "issue", "3"))
    assert codes(refused) == ["stock_shortage"]
    assert "SM-2" in refused.errors[0].message["en"]


def test_a_receipt_whose_goods_are_gone_is_not_deleted(central: CentralCopy) -> None:
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    central.put(MOVES, move("SM-2", "05-04", "issue", "8"))
    assert codes(central.delete(MOVES, "SM-1")) == ["stock_shortage"]
    assert central.delete(MOVES, "SM-2").status == wire.APPLIED
    assert entry(central, "05-04") == []
    assert central.delete(MOVES, "SM-1").status == wire.APPLIED
    assert central.report("stock_on_hand", "2026-12-31") == []
    assert account_and_valuation(central, "2026-12-31") == (0, 0)
    assert central.findings() == []


def test_a_move_that_changes_its_item_re_values_both(central: CentralCopy) -> None:
    paper = move("SM-1", "05-02", "receipt", "10", "50000")
    central.put(MOVES, paper, move("SM-1", "05-02", "receipt", "7", "1000", item="PENA"))
    assert central.put(MOVES, {**paper, "item": "PENA"}).status == wire.APPLIED
    (held,) = central.report("stock_on_hand", "2026-05-31")
    assert (held["item"], held["qty"], held["value"]) == ("PENA", "17", "507000.00")
    assert account_and_valuation(central, "2026-05-31") == (507_000, 507_000)
    assert central.findings() == []


def test_a_count_and_a_move_of_one_day_share_the_days_entry(central: CentralCopy) -> None:
    central.put(MOVES, move("SM-1", "05-02", "opening", "10", "50000"))
    central.put(MOVES, move("SM-2", "05-31", "issue", "4"))
    counted = {"count": "SO-1", "date": "2026-05-31", "warehouse": "GP", "item": "KERTAS"}
    assert central.put(COUNTS, {**counted, "counted_qty": "5"}).status == wire.APPLIED
    assert entry(central, "05-31") == [
        (COST, "200000.00"),
        (STOCK, "-200000.00"),
        (DIFFERENCE, "50000.00"),
        (STOCK, "-50000.00"),
    ]
    assert account_and_valuation(central, "2026-05-31") == (250_000, 250_000)


def test_a_transfer_moves_stock_and_no_money(central: CentralCopy) -> None:
    pens = {"item": "PENA"}
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "1000", **pens))
    central.put(MOVES, move("SM-2", "05-03", "receipt", "10", "1500", **pens))
    central.put(MOVES, move("SM-3", "05-04", "transfer", "15", to_warehouse="GT", **pens))
    assert entry(central, "05-04") == []
    held = central.report("stock_on_hand", "2026-05-31")
    assert [(r["warehouse"], r["qty"], r["value"]) for r in held] == [
        ("GP", "5", "7500.00"),
        ("GT", "15", "17500.00"),
    ]
    assert account_and_valuation(central, "2026-05-31") == (25_000, 25_000)


def test_stock_of_a_closed_month_does_not_change(central: CentralCopy) -> None:
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    central.put("ledger.periods", {"period": "2026-05", "status": "closed"})
    late = central.put(MOVES, move("SM-2", "05-03", "receipt", "10", "60000"))
    assert [(r.code, r.col) for r in late.errors] == [("period_closed", "date")]
    assert codes(central.delete(MOVES, "SM-1")) == ["period_closed"]
    assert central.put(MOVES, move("SM-3", "06-01", "issue", "4")).status == wire.APPLIED


def test_an_entry_of_a_closed_month_is_not_re_valued_by_an_open_one(central: CentralCopy) -> None:
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    central.put(MOVES, move("SM-2", "06-02", "issue", "4"))
    central.put("ledger.periods", {"period": "2026-06", "status": "closed"})
    late = central.put(MOVES, move("SM-3", "05-03", "receipt", "10", "60000"))
    assert codes(late) == ["period_closed"]
    assert entry(central, "06-02") == [(COST, "200000.00"), (STOCK, "-200000.00")]


def test_two_documents_in_one_request_see_each_other(central: CentralCopy) -> None:
    groups = [
        central.group(MOVES, [move("SM-1", "05-02", "receipt", "10", "50000")]),
        central.group(MOVES, [move("SM-2", "05-02", "issue", "11")]),
        central.group(MOVES, [move("SM-3", "05-02", "issue", "10")]),
    ]
    statuses = [result.status for result in central.push(groups)]
    assert statuses == [wire.APPLIED, wire.INVALID, wire.APPLIED]
    assert [account for account, _ in entry(central, "05-02")] == [STOCK, RECEIVED, COST, STOCK]
    assert central.findings() == []


def test_after_many_changes_some_of_them_refused_all_that_follows_is_in_order(
    central: CentralCopy,
) -> None:
    chance, statuses = Random(20260531), Counter[str]()
    for _ in range(25):
        request = {}
        for _ in range(4):
            number, on = f"SM-{chance.randint(1, 30)}", f"05-{chance.randint(1, 9):02}"
            kind, item = chance.choice(("receipt", "issue")), chance.choice(("KERTAS", "PENA"))
            cost = f"{chance.randint(1, 99)}.5" if kind == "receipt" else None
            line = move(number, on, kind, str(chance.randint(1, 20)), cost, item=item)
            request[number] = central.group(MOVES, [line])
        statuses.update(result.status for result in central.push(list(request.values())))
        if chance.random() < 0.3:
            statuses[central.delete(MOVES, number).status] += 1
    assert min(statuses[wire.APPLIED], statuses[wire.INVALID]) > 10
    assert central.findings() == []
    for n in range(1, 10):
        account, valuation = account_and_valuation(central, f"2026-05-{n:02}")
        assert account == valuation


def test_a_stock_entry_is_not_changed_by_hand(central: CentralCopy) -> None:
    central.put(MOVES, move("SM-1", "05-02", "receipt", "10", "50000"))
    (first, second) = (dict(r.cells) for r in central.rows(JOURNAL, "STK:2026-05-02"))
    changed = central.put(JOURNAL, {**first, "debit": "1.00"}, {**second, "credit": "1.00"})
    assert set(codes(changed)) == {"derived_row"}
