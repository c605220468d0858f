"""Cash flows through workbooks: what is paid on a bill is for what the bill bought."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.front_desk import Desk
from tests.scenarios.test_assets import reported

BILLS, INVOICES = "ledger.purchase_bills", "ledger.sales_invoices"
PAYMENTS, PARTIES = "ledger.payments", "ledger.parties"
BANK, ADVANCES, EQUIPMENT, SUPPLIES, DISPOSAL, LOAN = (
    "11200",
    "11600",
    "12400",
    "61400",
    "72000",
    "22100",
)
OPERATING = "Net cash from (used in) operating activities"
INVESTING = "Net cash from (used in) investing activities"
FINANCING = "Net cash from (used in) financing activities"
CHANGE, ENDING = "Net increase (decrease) in cash", "Cash at the end of the period"
METHODS = ("cash_flow_direct", "cash_flow_indirect")


def bill(number: str, day: str, prices: Mapping[str, int], **cells: str) -> list[dict[str, Any]]:
    head = {"bill": number, "date": day, "supplier": "S1", **cells}
    return [{**head, "account": account, "unit_price": price} for account, price in prices.items()]


def paid(number: str, day: str, *applied: tuple[str, int], **cells: str) -> list[dict[str, Any]]:
    total = sum(amount for _, amount in applied)
    head = {"payment": number, "date": day, "direction": "Out", "party": "S1", "amount": total}
    head = {**head, "bank_account": BANK, **cells}
    return [{**head, "document": document, "applied": amount} for document, amount in applied]


def flows(desk: Desk, period: str) -> dict[str, Decimal]:
    """The cash flows of a span by line, after both methods were seen to come to the same, which is
    what the cash accounts say.
    """
    direct, indirect = (
        {row["name"]: Decimal(row["amount"]) for row in reported(desk, method, period=period)
         if row.get("amount")}
        for method in METHODS
    )  # fmt: skip
    for total in (OPERATING, INVESTING, FINANCING, CHANGE, ENDING):
        assert direct.get(total, 0) == indirect.get(total, 0), total
    assert direct[ENDING] == cash_at_the_end(desk, period)
    return direct


def cash_at_the_end(desk: Desk, period: str) -> Decimal:
    last = period.rpartition("..")[2]
    rows = reported(desk, "trial_balance", as_of=f"{last}-28")
    return sum((Decimal(r["balance"]) for r in rows if (r["account"] or "") < "11300"), Decimal(0))


@pytest.fixture
def file(english_desk: Desk) -> Path:
    """A ledger with a supplier and a customer."""
    made = english_desk.new()
    english_desk.sync(made)
    kinds = {"S1": "Supplier", "C1": "Customer"}
    rows = [{"code": code, "name": code, "kind": kind} for code, kind in kinds.items()]
    english_desk.lay(made, {PARTIES: rows})
    return made


def test_a_machine_on_a_bill_is_investing_when_the_bill_is_paid(
    english_desk: Desk, file: Path
) -> None:
    desk = english_desk
    bought = {EQUIPMENT: 90_000, SUPPLIES: 10_000}
    desk.lay(file, {
        BILLS: bill("B1", "2026-03-10", bought, tax_code="PPN-M"),
        PAYMENTS: [
            *paid("P1", "2026-04-10", ("B1", 60_000)),
            *paid("P2", "2026-05-10", ("B1", 51_000)),
        ],
    })  # fmt: skip
    assert INVESTING not in flows(desk, "2026-03")
    april, may = flows(desk, "2026-04"), flows(desk, "2026-05")
    assert (april["Spent: Equipment"], april["Paid to suppliers"]) == (-54_000, -6_000)
    assert (may["Spent: Equipment"], may["Paid to suppliers"]) == (-45_900, -5_100)
    both = flows(desk, "2026-03..2026-05")
    assert (both[INVESTING], both[OPERATING], both[CHANGE]) == (-99_900, -11_100, -111_000)


def test_what_a_credit_note_gives_back_is_for_what_it_took_back(
    english_desk: Desk, file: Path
) -> None:
    desk = english_desk
    desk.lay(file, {BILLS: bill("B1", "2026-03-10", {EQUIPMENT: 100_000, SUPPLIES: 100_000})})
    desk.lay(file, {PAYMENTS: paid("P1", "2026-03-20", ("B1", 200_000))})
    returned = bill(
        "N1", "2026-04-05", {EQUIPMENT: 100_000}, kind="Supplier credit note", corrects="B1"
    )
    desk.lay(file, {BILLS: returned})
    desk.lay(file, {PAYMENTS: paid("P2", "2026-04-20", ("B1", 100_000), direction="In")})
    march, april = flows(desk, "2026-03"), flows(desk, "2026-04")
    assert (march["Spent: Equipment"], march[OPERATING]) == (-100_000, -100_000)
    assert (april["Received: Equipment"], april.get(OPERATING, 0)) == (100_000, 0)


def test_a_sale_of_an_asset_by_invoice_is_investing_when_it_is_paid(
    english_desk: Desk, file: Path
) -> None:
    desk = english_desk
    sold = {"invoice": "I1", "date": "2026-03-10", "customer": "C1", "tax_code": "PPN-K-16D"}
    received = {"direction": "In", "party": "C1"}
    desk.lay(file, {
        INVOICES: [{**sold, "account": DISPOSAL, "unit_price": 50_000}],
        PAYMENTS: paid("P1", "2026-04-10", ("I1", 55_500), **received),
    })  # fmt: skip
    march, april = flows(desk, "2026-03"), flows(desk, "2026-04")
    assert (march.get(OPERATING, 0), march[CHANGE]) == (0, 0)
    assert april["Proceeds: Gain (loss) on disposal of fixed assets"] == 55_500
    assert (april[INVESTING], april.get(OPERATING, 0)) == (55_500, 0)


def test_a_deposit_is_operating_and_what_is_left_to_pay_is_for_the_machine(
    english_desk: Desk, file: Path
) -> None:
    desk = english_desk
    desk.lay(file, {BILLS: bill("D1", "2026-03-01", {ADVANCES: 30_000}, kind="Deposit")})
    bought = bill("B1", "2026-04-01", {EQUIPMENT: 100_000, ADVANCES: 30_000})
    bought[1]["deposit"] = "D1"
    lent = bill("B2", "2026-04-02", {LOAN: 8_000, "81000": 2_000})
    desk.lay(file, {BILLS: [*bought, *lent]})
    desk.lay(file, {PAYMENTS: [
        *paid("P1", "2026-03-02", ("D1", 30_000)),
        *paid("P2", "2026-04-03", ("B1", 70_000), ("B2", 10_000)),
    ]})  # fmt: skip
    march, april = flows(desk, "2026-03"), flows(desk, "2026-04")
    assert march[CHANGE] == march[OPERATING] == -30_000
    assert (april[INVESTING], april["Spent: Bank loans"]) == (-70_000, -8_000)
    assert (april[OPERATING], april[CHANGE]) == (-2_000, -80_000)
