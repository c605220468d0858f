"""A bank account in dollars through a workbook: its statement, a batch, what it says it holds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2

from tests.scenarios.front_desk import (
    DONE,
    JOURNAL,
    Desk,
    assert_all_is_well,
    assert_told_at_the_cell,
)
from tests.scenarios.office import put, seen, type_rows

INVOICES, BILLS = "ledger.sales_invoices", "ledger.purchase_bills"
LINES, BATCHES = "ledger.bank_lines", "ledger.payment_batches"
RUNS = "ledger.revaluations"
BANK, DOLLARS, CHARGES, EXCHANGE = "11200", "11220", "61900", "73000"
MAY = """\
Date,Description,Debit,Credit,Balance
12/05/2026,ACME LTD F-001,,"1,000.00","1,000.00"
13/05/2026,SERVICE FEE,2.50,,997.50
20/05/2026,PARTS INC,400.00,,597.50
"""


def ledger(desk: Desk) -> Path:
    """A dollar account, an invoice of 1,000 and a bill of 400 dollars at 16,000, two more rates."""
    made = desk.new()
    desk.sync(made)
    account = {"code": DOLLARS, "name": "Bank USD", "type": "Asset", "currency": "USD"}
    rates = [("2026-05-01", 16_000), ("2026-05-12", 16_500), ("2026-05-31", 16_300)]
    head = {"date": "2026-05-04", "currency": "USD"}
    rows: dict[str, Any] = {
        "ledger.accounts": [{**account, "group": "Cash and cash equivalents"}],
        "ledger.parties": [
            {"code": "C", "name": "Acme Ltd", "kind": "Customer"},
            {"code": "S", "name": "Parts Inc", "kind": "Supplier"},
        ],
        "ledger.bank_texts": [{"text": "Service fee", "account": CHARGES}],
        "ledger.exchange_rates": [
            {"currency": "USD", "date": day, "rate": rate} for day, rate in rates
        ],
        INVOICES: [
            {"invoice": "F-001", **head, "customer": "C", "account": "41000", "unit_price": 1_000}
        ],
        BILLS: [
            {"bill": "T-001", **head, "supplier": "S", "account": "61400", "unit_price": 400},
            {"bill": "T-002", "date": "2026-05-04", "supplier": "S", "account": "61400",
             "unit_price": 7_000},
        ],
    }  # fmt: skip
    desk.lay(made, rows)
    return made


def balance(desk: Desk, account: str, until: str = "2026-12-31") -> Decimal:
    rows = [r for r in desk.kept(JOURNAL) if r["account"] == account and r["date"] <= until]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def report(desk: Desk, name: str, as_of: str) -> list[dict[str, Any]]:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{name}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows = httpx2.get(url, params={"as_of": as_of}, headers=signed, timeout=60).json()["rows"]
    return list(rows)


def imported(desk: Desk, file: Path) -> None:
    """The statement with its proposals; what would pay a bill in rupiah is refused at its cell."""
    path = desk.folder / "usd.csv"
    path.write_text(MAY, encoding="utf-8")
    said = desk.run("bank-import", str(path), str(file), "--account", DOLLARS, "--yes", "--json")
    assert (said.status, said.reply["new"], said.reply["proposed"]) == (DONE, 3, 3), said.text
    rows = seen(file, LINES)
    assert [(r["amount"], r["document"], r["account"]) for r in rows] == [
        (1_000, "F-001", None),
        (-2.5, None, CHARGES),
        (-400, "T-001", None),
    ]
    for number in (2, 3):
        put(file, LINES, number, accept="Yes")
    put(file, LINES, 4, document="T-002", accept="Yes")
    problem = next(p for p in desk.sync(file).problems if p["code"] == "bank_line_currency")
    assert_told_at_the_cell(file, LINES, problem, desk.language)
    put(file, LINES, 4, document=None, accept=None)


def paid_by_batches(desk: Desk, file: Path) -> None:
    """A bill in dollars and one in rupiah are no batch; each in its own, the bank's file has both
    currencies.
    """
    batch = {"batch": "D1", "date": "2026-05-20", "bank_account": DOLLARS}
    rows = [{**batch, "document": n, "amount": a} for n, a in (("T-001", 400), ("T-002", 7_000))]
    type_rows(file, BATCHES, rows)
    assert [problem["code"] for problem in desk.sync(file).problems] == ["batch_currency"]
    put(file, BATCHES, 3, batch="D2", bank_account=BANK)
    put(file, BATCHES, 2, post="Yes")
    assert_all_is_well(file, desk.sync(file))
    assert [(r["currency"], r["amount"]) for r in report(desk, "bank_file", "2026-05-20")] == [
        ("USD", "400.00"),
        ("IDR", "7000.00"),
    ]


def test_a_dollar_account_from_its_statement_to_its_reconciliation(desk_on_both: Desk) -> None:
    desk = desk_on_both
    file = ledger(desk)
    imported(desk, file)
    paid_by_batches(desk, file)
    assert balance(desk, EXCHANGE) == -1_000 * 500 + 400 * 500  # realised
    put(file, LINES, 4, match="PY:D1-S", accept="Yes")
    desk.lay(file, {RUNS: [{"period": "2026-05"}]})
    assert balance(desk, DOLLARS, "2026-05-31") == Decimal("597.5") * 16_300
    assert balance(desk, CHARGES) == Decimal("2.5") * 16_500

    items = report(desk, "bank_reconciliation", "2026-05-31")
    assert [(r["currency"], r["amount"]) for r in items] == [("USD", "597.50"), ("USD", "597.50")]
    stated = report(desk, "stated_balances", "2026-05-31")
    assert [(r["currency"], r["balance"], r["difference"]) for r in stated] == [
        ("USD", "0.00", "0.00"),
        ("USD", "597.50", "0.00"),
    ]
    ties = report(desk, "books_agree", "2026-06-30")
    assert {row["difference"] for row in ties} == {"0.00"}
    assert {"Trade receivables USD", "Trade payables USD"} <= {row["check"] for row in ties}


def test_a_line_of_an_earlier_day_is_in_the_valuation_to_the_last_cent(
    english_desk: Desk,
) -> None:
    """Found by random operations: the run was made before the later payment took the cent."""
    desk = english_desk
    file = ledger(desk)
    head = {"invoice": "F-002", "date": "2026-05-04", "customer": "C", "account": "41000"}
    paid = {"direction": "In", "party": "C", "bank_account": DOLLARS, "document": "F-002"}
    parts = (("P1", "2026-05-13", 58.8), ("P2", "2026-05-28", 44.1))
    rows: dict[str, Any] = {
        INVOICES: [{**head, "unit_price": 147, "currency": "USD", "rate": 16_277.0037}],
        "ledger.payments": [
            {"payment": n, "date": day, **paid, "currency": "USD", "amount": part, "applied": part}
            for n, day, part in parts
        ],
        RUNS: [{"period": "2026-05"}],
    }
    desk.lay(file, rows)
    line = {"line": "L1", "bank_account": DOLLARS, "date": "2026-05-20", "amount": 44.1}
    desk.lay(file, {LINES: [{**line, "document": "F-002", "accept": "Yes"}]})
    valued = [row for row in desk.kept(JOURNAL) if row["entry"] == "RV:2026-05"]
    assert {row.get("document") for row in valued} == {None, "F-001", "T-001"}
