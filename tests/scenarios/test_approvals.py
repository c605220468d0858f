"""Approvals through the workbooks of the people who make, approve and own, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.runs import Run
from sync_server.companies import add_person
from sync_server.core.verify import verify_company
from tests.scenarios.office import COMPANY, Office, entry, put, seen, type_rows
from workbook_templates.row_ids import make_id

RULES, REQUESTS, APPROVALS = (
    f"ledger.{key}" for key in ("approval_rules", "approval_requests", "approvals")
)
BILLS, JOURNAL, DRAFTS = "ledger.purchase_bills", "ledger.journal", "ledger.draft_entries"
RINA, BUDI, SITI = "rina", "budi", "siti"
ROLES = {RINA: "accountant", BUDI: "owner", SITI: "controller"}


@pytest.fixture
def company(served: Office) -> Office:
    """Three people at work; bills and entries of 1,000 and more are approved by a controller."""
    office = served
    office.open_company(COMPANY)
    for person, role in ROLES.items():
        office.tokens[person, COMPANY] = add_person(office.served, person, role, COMPANY)
        office.sync(office.workbook("ledger", person), person)
    file = file_of(office, BUDI)
    limit = {"from_amount": 1000, "role": "Controller"}
    type_rows(file, RULES, [{"kind": kind, **limit} for kind in ("Purchase bill", "Journal entry")])
    type_rows(file, "ledger.document_kinds", [{"kind": "Purchase bill", "on_acceptance": "Yes"}])
    type_rows(file, "ledger.parties", [{"code": "S1", "name": "CV Sumber", "kind": "Supplier"}])
    assert codes(office.sync(file, BUDI)) == []
    office.sync(file_of(office, RINA), RINA)
    return office


def file_of(office: Office, person: str) -> Path:
    return office.folder / f"{person}.xlsx"


def codes(run: Run) -> list[str]:
    return sorted(problem.code for problem in run.issues)


def bill(number: str, price: int) -> dict[str, Any]:
    head = {"bill": number, "date": "2026-05-04", "supplier": "S1", "account": "61400"}
    return {**head, "unit_price": price}


def sends(office: Office, person: str, table: str, rows: list[Any]) -> list[str]:
    """The codes of what is refused of rows that a person types and syncs."""
    type_rows(file_of(office, person), table, rows)
    return codes(office.sync(file_of(office, person), person))


def waiting(office: Office, person: str) -> list[tuple[Any, ...]]:
    """What a person's workbook says of requests."""
    rows = seen(file_of(office, person), REQUESTS)
    return [(row["document"], row["state"], row["made_by"], row["approvers"]) for row in rows]


def request(office: Office, person: str) -> str:
    (row,) = seen(file_of(office, person), REQUESTS)
    return str(row["request"])


def entries(office: Office) -> set[str]:
    return {row["entry"] for row in office.kept(JOURNAL)}


def verified(office: Office) -> list[str]:
    with office.served.store.reading(COMPANY) as held:
        return verify_company(held, office.served.catalogue)


def test_a_bill_waits_is_changed_is_approved_as_it_then_is_and_is_reversed(
    company: Office,
) -> None:
    office = company
    assert sends(office, RINA, BILLS, [bill("B1", 5000), bill("B2", 900)]) == []
    numbers = {row["bill"]: row["number"] for row in seen(file_of(office, RINA), BILLS)}
    assert numbers == {"B1": None, "B2": "TB-2026-0001"}
    assert waiting(office, RINA) == [("B1", "Waiting", RINA, "Pengawas pembukuan")]
    assert entries(office) == {"PB:B2"}

    # Budi reads it and approves, but Rina has changed it meanwhile.
    office.sync(file_of(office, BUDI), BUDI)
    read = request(office, BUDI)
    put(file_of(office, RINA), BILLS, 2, unit_price=6000)
    assert codes(office.sync(file_of(office, RINA), RINA)) == []
    assert sends(office, BUDI, APPROVALS, [{"request": read, "decision": "Approve"}]) == [
        "version_changed"
    ]
    assert request(office, BUDI) != read
    put(file_of(office, BUDI), APPROVALS, 2, request=request(office, BUDI), note="as ordered")
    assert codes(office.sync(file_of(office, BUDI), BUDI)) == []
    (decided,) = seen(file_of(office, BUDI), APPROVALS)
    assert (decided["by"], decided["made_by"], decided["amount"]) == (BUDI, RINA, 6000)
    assert decided["at"].startswith("20")
    assert entries(office) == {"PB:B1", "PB:B2"}

    # The document has its number now, and is taken back by its own opposite, which waits again.
    office.sync(file_of(office, RINA), RINA)
    row = seen(file_of(office, RINA), BILLS)[0]
    assert (row["bill"], row["number"]) == ("B1", "TB-2026-0002")
    assert waiting(office, RINA) == []
    asked = {"mid": make_id(), "of": row["status"].split()[1], "date": "2026-05-09"}
    reply = office.client(RINA).post(f"/v1/companies/{COMPANY}/reverse", json=asked)
    assert reply.json()["results"][0]["status"] == "applied", reply.text
    assert "PB:B1-R" in entries(office)
    assert verified(office) == []


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_a_large_entry_goes_by_the_sheet_of_entries_for_approval(company: Office) -> None:
    office = company
    assert sends(office, RINA, JOURNAL, list(entry("J1", 1000))) == ["needs_approval"]
    assert sends(office, RINA, DRAFTS, list(entry("J2", 1000))) == ["needs_approval"]
    assert entries(office) == set()
    office.sync(file_of(office, BUDI), BUDI)
    decision = {"request": request(office, BUDI), "decision": "Reject", "note": "no receipt"}
    assert sends(office, BUDI, APPROVALS, [decision]) == []
    office.sync(file_of(office, RINA), RINA)
    assert [(row[0], row[1]) for row in waiting(office, RINA)] == [("J2", "Rejected")]
    (told,) = seen(file_of(office, RINA), REQUESTS)
    assert told["note"] == "no receipt"
    put(file_of(office, RINA), DRAFTS, 2, description="Rent, receipt 17")
    put(file_of(office, RINA), DRAFTS, 3, description="Rent, receipt 17")
    assert codes(office.sync(file_of(office, RINA), RINA)) == ["needs_approval"]
    office.sync(file_of(office, BUDI), BUDI)
    again = {"request": request(office, BUDI), "decision": "Approve"}
    assert sends(office, BUDI, APPROVALS, [again]) == []
    assert entries(office) == {"JU:J2"}

    # Not even an owner approves what they made themselves.
    assert sends(office, BUDI, BILLS, [bill("B1", 1000)]) == []
    mine = {"request": request(office, BUDI), "decision": "Approve"}
    assert sends(office, BUDI, APPROVALS, [mine]) == ["own_document"]
    asked = office.client(BUDI).get(
        f"/v1/companies/{COMPANY}/reports/waiting_for_approval", params={"as_of": "2026-05-31"}
    )
    assert [row["document"] for row in asked.json()["rows"]] == ["B1"]
    assert entries(office) == {"JU:J2"}
    assert verified(office) == []


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_above_a_second_limit_a_second_and_different_person_approves(company: Office) -> None:
    office = company
    two = {"kind": "Purchase bill", "from_amount": 5000, "role": "Controller", "level": "Second"}
    assert sends(office, BUDI, RULES, [two]) == []
    assert sends(office, RINA, BILLS, [bill("B1", 5000), bill("B2", 4999)]) == []
    assert sends(office, BUDI, APPROVALS, approvals(office, BUDI)) == []
    assert entries(office) == {"PB:B2"}
    (row,) = seen(file_of(office, BUDI), REQUESTS)
    assert (row["document"], row["needed"], row["approved_by"]) == ("B1", 2, BUDI)

    # The owner has given the first approval; the controller gives the second.
    assert sends(office, BUDI, APPROVALS, approvals(office, BUDI)) == ["second_person"]
    assert sends(office, SITI, APPROVALS, approvals(office, SITI)) == []
    assert entries(office) == {"PB:B1", "PB:B2"}
    assert [row["by"] for row in seen(file_of(office, SITI), APPROVALS)] == [BUDI, BUDI, SITI]
    assert office.kept(REQUESTS) == []
    assert verified(office) == []


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)
def test_a_deputy_approves_within_the_dates_of_the_rule(company: Office) -> None:
    office = company
    rule = {"kind": "Purchase bill", "from_amount": 5000, "person": BUDI, "deputy": SITI}
    past, now = ("2020-01-01", "2020-01-31"), ("2020-02-01", "2099-12-31")
    assert sends(office, BUDI, RULES, [rule | dict(zip(("from", "to"), past, strict=True))]) == []
    assert sends(office, RINA, BILLS, [bill("B1", 5000)]) == []
    assert sends(office, SITI, APPROVALS, approvals(office, SITI)) == ["not_an_approver"]
    row = next(r["row"] for r in seen(file_of(office, BUDI), RULES) if r["person"] == BUDI)
    put(file_of(office, BUDI), RULES, row, **dict(zip(("from", "to"), now, strict=True)))
    assert codes(office.sync(file_of(office, BUDI), BUDI)) == []
    assert codes(office.sync(file_of(office, SITI), SITI)) == []
    assert entries(office) == {"PB:B1"}


def approvals(office: Office, person: str) -> list[dict[str, str]]:
    """A row for each request that a person reads in their workbook."""
    office.sync(file_of(office, person), person)
    rows = seen(file_of(office, person), REQUESTS)
    return [{"request": row["request"], "decision": "Approve"} for row in rows]
