"""A payment batch through the workbooks of who makes it and who approves it, on both databases."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from addin.runs import Run
from sync_server.companies import add_person
from sync_server.core.verify import verify_company
from tests.scenarios.office import COMPANY, Office, put, seen, type_rows

BILLS, BATCHES = "ledger.purchase_bills", "ledger.payment_batches"
REQUESTS, APPROVALS = "ledger.approval_requests", "ledger.approvals"
RINA, BUDI = "rina", "budi"
ROLES = {RINA: "accountant", BUDI: "owner"}


@pytest.fixture
def company(served: Office) -> Office:
    """Rina keeps the books; money out of 500 and more is approved by a controller. Two bills."""
    office = served
    office.open_company(COMPANY)
    for person, role in ROLES.items():
        office.tokens[person, COMPANY] = add_person(office.served, person, role, COMPANY)
        office.sync(office.workbook("ledger", person), person)
    limit = {"kind": "Payment made", "from_amount": 500, "role": "Controller"}
    supplier = {"code": "S1", "name": "CV Sumber", "kind": "Supplier"}
    assert sends(office, BUDI, "ledger.approval_rules", [limit]) == []
    assert sends(office, BUDI, "ledger.parties", [supplier]) == []
    head = {"date": "2026-05-04", "supplier": "S1", "account": "61400"}
    office.sync(file_of(office, RINA), RINA)
    bills = [{"bill": f"T{n}", **head, "unit_price": 300} for n in (1, 2)]
    assert sends(office, RINA, BILLS, bills) == []
    return office


def file_of(office: Office, person: str) -> Path:
    return office.folder / f"{person}.xlsx"


def codes(run: Run) -> list[str]:
    return sorted(problem.code for problem in run.issues)


def sends(office: Office, person: str, table: str, rows: list[dict[str, Any]]) -> list[str]:
    """The codes of what is refused of rows that a person types and syncs."""
    type_rows(file_of(office, person), table, rows)
    return codes(office.sync(file_of(office, person), person))


def balance(office: Office, account: str) -> Decimal:
    rows = [row for row in office.kept("ledger.journal") if row["account"] == account]
    parts = (Decimal(r.get("debit") or 0) - Decimal(r.get("credit") or 0) for r in rows)
    return sum(parts, Decimal(0))


def test_a_batch_is_made_approved_by_another_and_posted_when_the_bank_has_paid(
    company: Office,
) -> None:
    office, mine, theirs = company, file_of(company, RINA), file_of(company, BUDI)
    head = {"batch": "D1", "date": "2026-05-20", "bank_account": "11200"}
    rows = [{**head, "document": number, "amount": 300} for number in ("T1", "T2")]
    assert sends(office, RINA, BATCHES, rows) == []
    put(mine, BATCHES, 2, post="Yes")
    assert codes(office.sync(mine, RINA)) == ["batch_waits"]
    put(mine, BATCHES, 2, post=None)
    assert codes(office.sync(mine, RINA)) == []

    office.sync(theirs, BUDI)
    (request,) = seen(theirs, REQUESTS)
    assert (request["document"], request["made_by"]) == ("D1", RINA)
    decision = {"request": request["request"], "decision": "Approve"}
    assert sends(office, BUDI, APPROVALS, [decision]) == []
    assert balance(office, "21100") == -600

    office.sync(mine, RINA)
    put(mine, BATCHES, 2, post="Yes")
    assert codes(office.sync(mine, RINA)) == []
    assert seen(mine, BATCHES)[0]["number"] == "DP-2026-0001"
    assert (balance(office, "21100"), balance(office, "11200")) == (Decimal(0), Decimal(-600))
    with office.served.store.reading(COMPANY) as held:
        assert verify_company(held, office.served.catalogue) == []
