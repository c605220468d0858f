"""Approvals: above a limit nothing has effect until somebody else approved exactly that version."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.books.known import KnownRows, accepted, document, refusals, without
from tests.books.ledger.approving import (
    APPROVALS,
    BUDI,
    NOON,
    OWNER,
    RINA,
    RULES,
    by,
    decided,
    decision,
    request_of,
    requests,
    rule,
    with_limits,
)
from tests.books.ledger.rows import (
    BANK,
    CASH,
    RENT,
    bill,
    codes,
    entries_of,
    entry,
    invoice,
    payment,
)
from tests.books.ledger.statements import report
from workbook_templates.books.ledger.approvals import is_approved, waits_for_approval
from workbook_templates.books.ledger.reports.books_agree import books_agree_rows
from workbook_templates.schema import Document, ReportRequest

BILLS, INVOICES, PAYMENTS = (
    f"ledger.{key}" for key in ("purchase_bills", "sales_invoices", "payments")
)
DRAFTS, JOURNAL, PERIODS = "ledger.draft_entries", "ledger.journal", "ledger.periods"


@pytest.fixture
def limited(company: KnownRows) -> KnownRows:
    return with_limits(company)


def now(known: KnownRows, table: str, key: str) -> Document:
    found = known.document(table, key)
    assert found is not None
    return found


def test_a_blank_sheet_of_rules_asks_for_nothing(company: KnownRows) -> None:
    known = accepted(by(company, RINA), BILLS, bill("B1", "2026-05-04", 1_000_000))
    assert requests(known) == {}
    assert entries_of(known, "PB:B1")


def test_a_bill_above_the_limit_has_no_effect_until_it_is_approved(limited: KnownRows) -> None:
    known = accepted(limited, BILLS, bill("B1", "2026-05-04", 1000))
    known = accepted(known, BILLS, bill("B2", "2026-05-04", 999))
    assert requests(known) == {"B1": "waiting"}
    assert (entries_of(known, "PB:B1"), len(entries_of(known, "PB:B2"))) == ([], 2)
    assert [w.en for w in waits_for_approval(now(known, BILLS, "B1"), known)] != []
    known = decided(known, BUDI, "B1")
    assert requests(known) == {}
    assert len(entries_of(known, "PB:B1")) == 2
    assert is_approved(now(known, BILLS, "B1"), known)
    (row,) = known.rows(APPROVALS)
    assert {c: row.text(c) for c in ("by", "at", "made_by", "document", "amount", "kind")} == {
        "by": BUDI, "at": NOON, "made_by": RINA, "document": "B1", "amount": "1000.00",
        "kind": "bill",
    }  # fmt: skip


@pytest.mark.parametrize("who", [RINA, BUDI, OWNER])
def test_nobody_approves_what_they_changed_last_the_owner_neither(
    limited: KnownRows, who: str
) -> None:
    known = by(accepted(by(limited, who), BILLS, bill("B1", "2026-05-04", 1000)), who)
    assert codes(known, APPROVALS, decision(known, "B1")) == ["own_document"]
    other = OWNER if who != OWNER else BUDI
    assert codes(by(known, other), APPROVALS, decision(known, "B1")) == []


def test_who_is_no_approver_is_told_who_is(limited: KnownRows) -> None:
    known = by(accepted(limited, BILLS, bill("B1", "2026-05-04", 1000)), "tono")
    (problem,) = refusals(known, APPROVALS, decision(known, "B1"))
    assert problem.code == "not_an_approver"
    assert "Controller" in problem.words.en
    assert "Pengawas pembukuan" in problem.words.id


def test_a_change_asks_again_and_another_hand_may_then_approve(limited: KnownRows) -> None:
    known = decided(accepted(limited, BILLS, bill("B1", "2026-05-04", 1000)), BUDI, "B1")
    first = known.rows(APPROVALS)[0].text("request")
    known = accepted(by(known, BUDI), BILLS, bill("B1", "2026-05-04", 2000))
    assert requests(known) == {"B1": "waiting"}
    assert entries_of(known, "PB:B1") == []
    assert request_of(known, "B1") != first
    assert codes(by(known, BUDI), APPROVALS, decision(known, "B1")) == ["own_document"]
    known = decided(known, OWNER, "B1")
    assert len(entries_of(known, "PB:B1")) == 2


def test_what_was_approved_stays_approved_when_only_post_is_filled_in(limited: KnownRows) -> None:
    known = decided(accepted(limited, BILLS, bill("B1", "2026-05-04", 1000)), BUDI, "B1")
    rows = [{**line.cells, "post": "true"} for line in now(known, BILLS, "B1").lines]
    known = accepted(by(known, RINA), BILLS, rows)
    assert requests(known) == {}
    assert len(entries_of(known, "PB:B1")) == 2


def test_an_approval_of_a_version_that_was_changed_is_refused(limited: KnownRows) -> None:
    known = accepted(limited, BILLS, bill("B1", "2026-05-04", 1000))
    read = decision(known, "B1")
    known = by(accepted(known, BILLS, bill("B1", "2026-05-04", 5000)), BUDI)
    assert codes(known, APPROVALS, read) == ["version_changed"]
    assert codes(known, APPROVALS, [{**read[0], "request": "PB:X/0"}]) == ["not_waiting"]


def test_a_rejected_document_waits_until_it_is_changed(limited: KnownRows) -> None:
    known = decided(accepted(limited, BILLS, bill("B1", "2026-05-04", 1000)), BUDI, "B1", "reject")
    assert requests(known) == {"B1": "rejected"}
    assert entries_of(known, "PB:B1") == []
    again = decision(known, "B1")
    assert "decision_stays" in codes(by(known, OWNER), APPROVALS, [*again, *known.rows(APPROVALS)])
    known = accepted(by(known, RINA), BILLS, bill("B1", "2026-05-04", 999))
    assert requests(known) == {}
    assert len(entries_of(known, "PB:B1")) == 2


def test_a_decision_is_neither_changed_nor_deleted(limited: KnownRows) -> None:
    known = decided(accepted(limited, BILLS, bill("B1", "2026-05-04", 1000)), BUDI, "B1")
    (row,) = known.rows(APPROVALS)
    changed = replace(row, cells={**row.cells, "decision": "reject"})
    assert codes(by(known, BUDI), APPROVALS, [changed]) == ["decision_stays"]
    assert codes(by(known, BUDI), APPROVALS, [], row.text("request")) == ["decision_stays"]


def test_the_highest_tier_that_is_reached_decides(limited: KnownRows) -> None:
    known = accepted(by(limited, BUDI), RULES, [rule("bill", 5000, person=OWNER)])
    known = accepted(by(known, RINA), BILLS, bill("B1", "2026-05-04", 5000))
    assert codes(by(known, BUDI), APPROVALS, decision(known, "B1")) == ["not_an_approver"]
    assert codes(by(known, OWNER), APPROVALS, decision(known, "B1")) == []


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026-05-09", ["not_an_approver"]),
        ("2026-05-10", []),
        ("2026-05-12", []),
        ("2026-05-13", ["not_an_approver"]),
    ],
)
def test_a_deputy_decides_within_the_dates(limited: KnownRows, day: str, found: list[str]) -> None:
    deputy = {"deputy": "tono", "from": "2026-05-10", "to": "2026-05-12"}
    known = accepted(by(limited, BUDI), RULES, [rule("bill", 5000, person=OWNER, **deputy)])
    known = accepted(by(known, RINA), BILLS, bill("B1", "2026-05-04", 5000))
    tono = by(known, "tono", f"{day}T05:00:00.000Z")
    assert codes(tono, APPROVALS, decision(known, "B1")) == found


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"person": "sri", "role": "owner"}, "one_approver"),
        ({"person": ""}, "one_approver"),
        ({"deputy": "tono"}, "deputy_without_span"),
        ({"deputy": "tono", "from": "2026-05-02", "to": "2026-05-01"}, "deputy_without_span"),
    ],
)
def test_a_rule_is_whole(company: KnownRows, cells: dict[str, str], code: str) -> None:
    row = {c: text for c, text in rule("bill", **cells).items() if text}
    assert codes(by(company, BUDI), RULES, [row]) == [code]


def test_only_a_controller_sets_the_limits(limited: KnownRows) -> None:
    assert codes(by(limited, RINA), RULES, [rule("invoice")]) == ["limits_not_yours"]
    key = next(r.sheet.key_of(r.cells, r.id) for r in limited.rows(RULES))
    assert codes(by(limited, RINA), RULES, [], key) == ["limits_not_yours"]


def test_what_was_in_the_books_before_a_limit_stays_until_it_is_changed(
    company: KnownRows,
) -> None:
    known = accepted(by(company, RINA), BILLS, bill("B1", "2026-05-04", 1000))
    known = accepted(by(known, BUDI), RULES, [rule("bill", None)])
    assert waits_for_approval(now(known, BILLS, "B1"), known) == ()
    rows = [{**line.cells, "post": "true"} for line in now(known, BILLS, "B1").lines]
    known = accepted(by(known, RINA), BILLS, rows)
    assert len(entries_of(known, "PB:B1")) == 2
    known = accepted(by(known, RINA), BILLS, bill("B1", "2026-05-04", 1001))
    assert requests(known) == {"B1": "waiting"}


def test_what_waits_is_still_to_be_approved_when_the_limit_goes(limited: KnownRows) -> None:
    known = accepted(limited, BILLS, bill("B1", "2026-05-04", 1000))
    for line in tuple(known.rows(RULES)):
        known = without(by(known, BUDI), RULES, line.sheet.key_of(line.cells, line.id))
    assert waits_for_approval(now(known, BILLS, "B1"), known)
    rows = [{**line.cells, "post": "true"} for line in now(known, BILLS, "B1").lines]
    known = accepted(by(known, RINA), BILLS, rows)
    assert requests(known) == {"B1": "waiting"}
    assert len(entries_of(decided(known, BUDI, "B1"), "PB:B1")) == 2


def test_what_waits_is_not_paid_and_what_is_paid_does_not_wait(limited: KnownRows) -> None:
    known = accepted(limited, BILLS, bill("B1", "2026-05-04", 1000))
    paid = payment("P1", "2026-05-05", 500, ("B1", 500), direction="out", party="S1")
    assert codes(known, PAYMENTS, paid) == ["settles_waiting"]
    known = accepted(by(decided(known, BUDI, "B1"), RINA), PAYMENTS, paid)
    assert codes(known, BILLS, bill("B1", "2026-05-04", 2000)) == ["used_would_wait"]


def test_a_payment_waits_too(limited: KnownRows) -> None:
    out = payment("P1", "2026-05-05", 1500, direction="out", party="S1")
    known = accepted(limited, PAYMENTS, out)
    known = accepted(known, PAYMENTS, payment("P2", "2026-05-05", 1500))
    assert requests(known) == {"P1": "waiting"}
    assert (entries_of(known, "PY:P1"), len(entries_of(known, "PY:P2"))) == ([], 2)
    assert entries_of(decided(known, BUDI, "P1"), "PY:P1") != []


def test_a_typed_entry_above_the_limit_goes_by_the_entries_for_approval(
    limited: KnownRows,
) -> None:
    rent = entry("J1", "2026-05-04", (RENT, 1000, 0), (CASH, 0, 1000))
    assert codes(limited, JOURNAL, rent) == ["needs_approval"]
    assert codes(limited, JOURNAL, entry("J2", "2026-05-04", (RENT, 999, 0), (CASH, 0, 999))) == []
    known = accepted(limited, DRAFTS, rent)
    assert (requests(known), entries_of(known, "JU:J1")) == ({"J1": "waiting"}, [])
    known = decided(known, BUDI, "J1")
    assert entries_of(known, "JU:J1") == [(RENT, "1000.00", ""), (CASH, "", "1000.00")]
    small = entry("J3", "2026-05-04", (RENT, 10, 0), (CASH, 0, 10))
    assert len(entries_of(accepted(by(known, RINA), DRAFTS, small), "JU:J3")) == 2


def test_a_recurring_entry_is_no_way_around_the_limit(limited: KnownRows) -> None:
    lines = entry("x", "2026-05-31", (RENT, 1000, 0), (BANK, 0, 1000), template="R", months="3")
    rows = [{c: text for c, text in row.items() if c != "entry"} for row in lines]
    assert codes(limited, "ledger.recurring_entries", rows) == ["needs_approval"]


def test_a_reversal_is_approved_as_its_own_kind_and_what_waits_is_not_reversed(
    limited: KnownRows,
) -> None:
    known = accepted(by(limited, BUDI), RULES, [rule("supplier_credit_note")])
    known = accepted(by(known, RINA), BILLS, bill("B1", "2026-05-04", 1000))
    back = bill("B1-R", "2026-05-06", 1000, kind="credit_note", reverses="B1")
    assert codes(known, BILLS, back) == ["reverses_waiting"]
    known = accepted(by(decided(known, BUDI, "B1"), RINA), BILLS, back)
    assert requests(known) == {"B1-R": "waiting"}
    assert len(entries_of(decided(known, BUDI, "B1-R"), "PB:B1-R")) == 2


@pytest.mark.parametrize(
    ("table", "row"),
    [(PERIODS, {"period": "2026-05"}), ("ledger.years", {"year": "2026"})],
)
def test_nothing_closes_over_what_waits(
    limited: KnownRows, table: str, row: dict[str, str]
) -> None:
    known = accepted(limited, BILLS, bill("B1", "2026-05-04", 1000))
    closed = [{**row, "status": "closed"}]
    assert codes(by(known, BUDI), table, closed) == ["waits_in_period"]
    assert codes(by(decided(known, BUDI, "B1"), BUDI), table, closed) == []


def test_a_deleted_document_asks_for_nothing(limited: KnownRows) -> None:
    known = accepted(limited, BILLS, bill("B1", "2026-05-04", 1000))
    assert requests(without(known, BILLS, "B1")) == {}


def test_the_report_tells_what_waits_for_whom(limited: KnownRows) -> None:
    known = accepted(by(limited, BUDI), RULES, [rule("bill", 5000, person=OWNER)])
    known = by(known, RINA)
    known = accepted(known, BILLS, bill("B1", "2026-05-04", 1000))
    known = accepted(known, BILLS, bill("B2", "2026-05-09", 5000))

    def shown(day: str) -> list[tuple[str | None, str | None]]:
        asked = ReportRequest(day, day, day)
        rows = report(known, "waiting_for_approval", asked)
        return [(row["document"], row["approvers"]) for row in rows]

    assert shown("2026-05-31") == [("B1", "Controller"), ("B2", OWNER)]
    assert shown("2026-05-08") == [("B1", "Controller")]


def test_the_books_agree_while_something_waits(limited: KnownRows) -> None:
    known = accepted(limited, BILLS, bill("B1", "2026-05-04", 1000))
    known = decided(accepted(known, BILLS, bill("B2", "2026-05-04", 1500)), BUDI, "B2")
    control = entry("J1", "2026-05-04", (RENT, 2000, 0), ("21100", 0, 2000), party="S1")
    known = accepted(by(known, RINA), DRAFTS, control)
    for state in (known, decided(known, BUDI, "J1")):
        rows = books_agree_rows(state, ReportRequest("2026-12-31", "2026-01-01", "2026-12-31"))
        assert {row["difference"] for row in rows} == {"0.00"}


def test_equal_rows_in_another_order_are_the_same_version(limited: KnownRows) -> None:
    one, other = bill("B1", "2026-05-04", 600, 700)
    known = decided(accepted(limited, BILLS, [one, other]), BUDI, "B1")
    assert is_approved(document(known, BILLS, [other, one]), known)
    assert not is_approved(document(known, BILLS, [one]), known)


def test_an_invoice_needs_no_approval_where_only_bills_do(limited: KnownRows) -> None:
    known = accepted(limited, INVOICES, invoice("F1", "2026-05-04", 9000))
    assert len(entries_of(known, "SI:F1")) == 2
