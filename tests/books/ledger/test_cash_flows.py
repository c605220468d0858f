"""Cash flows of paid documents: whatever was bought, in whatever parts, both methods agree."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import SUPPLIES, USD, bill, new_company, payment, span
from tests.books.ledger.statements import report
from workbook_templates.schema import Cells, ReportRequest

BILLS, PAYMENTS = "ledger.purchase_bills", "ledger.payments"
MACHINES, VANS, LOANS = "12400", "12300", "22100"
SUMS = ("Net cash from", "Net increase")
OPERATING, INVESTING, FINANCING = (
    f"Net cash from (used in) {part} activities" for part in ("operating", "investing", "financing")
)


def flows(known: KnownRows, request: ReportRequest) -> dict[str, Decimal]:
    """The sums of the parts, after both methods were seen to agree."""
    direct, indirect = (
        {
            row["name"] or "": Decimal(row["amount"] or 0)
            for row in report(known, f"cash_flow_{method}", request)
            if (row["name"] or "").startswith(SUMS)
        }
        for method in ("direct", "indirect")
    )
    assert {name: amount for name, amount in direct.items() if amount} == {
        name: amount for name, amount in indirect.items() if amount
    }
    return direct


def year(first: str = "2026-01-01", last: str = "2026-12-31") -> ReportRequest:
    return span(first, last)


def bought(
    key: str, accounts: dict[str, int], day: str = "2026-02-10", **cells: str
) -> list[Cells]:
    rows = bill(key, day, *accounts.values(), **cells)
    return [{**row, "account": code} for row, code in zip(rows, accounts, strict=True)]


def paid(
    key: str, day: str, amount: object, *applied: tuple[str, object], **more: str
) -> list[Cells]:
    return payment(key, day, amount, *applied, direction="out", party="S1", **more)


@pytest.mark.parametrize("seed", range(5))
def test_parts_of_a_bill_come_to_its_lines_with_their_tax_on_every_day(seed: int) -> None:
    random = Random(seed)
    prices = {code: random.randint(1, 999_999) for code in (MACHINES, VANS, LOANS, SUPPLIES)}
    known = accepted(new_company(), BILLS, bought("B", prices, tax_code="PPN-M"))
    entry = known.document("ledger.journal", "PB:B")
    assert entry is not None
    owed = sum((line["credit"] or Decimal(0) for line in entry.lines), Decimal(0))
    left = owed
    for number in range(1, 5):
        part = left if number == 4 else Decimal(random.randint(1, int(left) // 2))
        left -= part
        rows = paid(f"P{number}", f"2026-03-{number:02}", part, ("B", part))
        known = accepted(known, PAYMENTS, rows)
        day = flows(known, year(f"2026-03-{number:02}", f"2026-03-{number:02}"))
        assert day["Net increase (decrease) in cash"] == -part
    whole, net = flows(known, year()), sum(prices.values())
    for name, codes in ((INVESTING, (MACHINES, VANS)), (FINANCING, (LOANS,))):
        exact = -owed * sum(prices[code] for code in codes) / net
        assert abs(whole[name] - exact) <= 1
    assert sum(whole[name] for name in (OPERATING, INVESTING, FINANCING)) == -owed


def test_what_is_paid_in_another_currency_is_investing_at_the_rate_of_its_day(
    trading: KnownRows,
) -> None:
    known = accepted(trading, BILLS, bought("B", {MACHINES: 100}, "2026-05-09", **USD))
    rows = paid("P", "2026-05-12", 100, ("B", 100), rate="16800", **USD)
    known = accepted(known, PAYMENTS, rows)
    whole = flows(known, year())
    assert (whole[INVESTING], whole.get(OPERATING, 0)) == (-1_680_000, 0)


def test_a_document_that_is_set_off_without_money_is_no_cash_flow() -> None:
    known = laid(new_company(), {
        BILLS: [
            *bought("B", {MACHINES: 100}),
            *bill("N", "2026-02-11", 100, kind="credit_note"),
        ],
        PAYMENTS: paid("P", "2026-03-01", 0, ("B", 100), ("N", -100)),
    })  # fmt: skip
    assert not any(flows(known, year()).values())


def test_a_payment_that_is_taken_back_takes_its_purpose_back() -> None:
    known = accepted(new_company(), BILLS, bought("B", {MACHINES: 60, SUPPLIES: 40}))
    known = accepted(known, PAYMENTS, paid("P", "2026-03-01", 100, ("B", 100)))
    back = payment("P-R", "2026-04-01", 100, ("B", 100), party="S1", reverses="P")
    known = accepted(known, PAYMENTS, back)
    april = flows(known, year("2026-04-01", "2026-04-30"))
    assert (april[INVESTING], april[OPERATING]) == (60, 40)
    assert not any(flows(known, year()).values())


def test_money_from_an_account_that_is_no_cash_moves_none() -> None:
    known = accepted(new_company(), BILLS, bought("B", {MACHINES: 100}))
    rows = paid("P", "2026-03-01", 100, ("B", 100), bank_account=LOANS)
    known = accepted(known, PAYMENTS, rows)
    assert not any(flows(known, year()).values())
