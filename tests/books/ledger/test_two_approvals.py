"""Above a second limit two different people approve a version, one after the other."""

from __future__ import annotations

import pytest

from tests.books.known import KnownRows, accepted, without
from tests.books.ledger.approving import (
    APPROVALS,
    BUDI,
    OWNER,
    REQUESTS,
    RINA,
    RULES,
    by,
    decided,
    decision,
    requests,
    rule,
    with_limits,
)
from tests.books.ledger.rows import bill, codes, entries_of
from tests.books.ledger.statements import report
from workbook_templates.schema import ReportRequest

BILLS = "ledger.purchase_bills"


@pytest.fixture
def limited(company: KnownRows) -> KnownRows:
    return with_limits(company)


@pytest.fixture
def doubly(limited: KnownRows) -> KnownRows:
    """Bills of 5,000 and more are approved by two people."""
    return by(accepted(by(limited, BUDI), RULES, [rule("bill", 5000, level="second")]), RINA)


def test_above_the_second_limit_two_different_people_approve(doubly: KnownRows) -> None:
    known = accepted(doubly, BILLS, bill("B1", "2026-05-04", 5000))
    known = accepted(known, BILLS, bill("B2", "2026-05-04", 4999))
    for key in ("B1", "B2"):
        known = decided(known, BUDI, key)
    assert requests(known) == {"B1": "waiting"}
    assert (entries_of(known, "PB:B1"), len(entries_of(known, "PB:B2"))) == ([], 2)
    (row,) = known.rows(REQUESTS)
    assert (row.text("needed"), row.text("approved_by"), row.text("made_by")) == ("2", BUDI, RINA)
    assert codes(by(known, BUDI), APPROVALS, decision(known, "B1")) == ["second_person"]
    assert codes(by(known, "tono"), APPROVALS, decision(known, "B1")) == ["not_an_approver"]
    assert codes(by(known, RINA), APPROVALS, decision(known, "B1")) == ["own_document"]
    known = decided(known, OWNER, "B1")
    assert requests(known) == {}
    assert len(entries_of(known, "PB:B1")) == 2


def test_a_change_asks_for_both_approvals_again(doubly: KnownRows) -> None:
    known = decided(accepted(doubly, BILLS, bill("B1", "2026-05-04", 5000)), BUDI, "B1")
    read = decision(known, "B1")
    known = accepted(by(known, RINA), BILLS, bill("B1", "2026-05-04", 6000))
    assert known.rows(REQUESTS)[0].text("approved_by") == ""
    assert codes(by(known, OWNER), APPROVALS, read) == ["version_changed"]
    known = decided(decided(known, OWNER, "B1"), BUDI, "B1")
    assert len(entries_of(known, "PB:B1")) == 2


def test_the_second_approval_may_be_refused_and_is_not_given_before_the_first(
    doubly: KnownRows,
) -> None:
    known = accepted(doubly, BILLS, bill("B1", "2026-05-04", 5000))
    (first,) = decision(known, "B1")
    early = [{**first, "request": f"{first['request']}-2"}]
    assert codes(by(known, BUDI), APPROVALS, early) == ["not_waiting"]
    known = decided(decided(known, BUDI, "B1"), OWNER, "B1", "reject")
    assert requests(known) == {"B1": "rejected"}
    assert entries_of(known, "PB:B1") == []


def test_no_change_of_the_rules_alone_makes_one_approval_enough(doubly: KnownRows) -> None:
    known = accepted(doubly, BILLS, bill("B1", "2026-05-04", 5000))
    for line in tuple(known.rows(RULES)):
        known = without(by(known, BUDI), RULES, line.sheet.key_of(line.cells, line.id))
    known = decided(known, BUDI, "B1")
    assert requests(known) == {"B1": "waiting"}
    assert len(entries_of(decided(known, OWNER, "B1"), "PB:B1")) == 2


def test_the_second_approval_is_given_by_whom_its_own_rule_names(doubly: KnownRows) -> None:
    second = rule("bill", 9000, person="tono", level="second")
    known = by(accepted(by(doubly, BUDI), RULES, [second]), RINA)
    known = decided(accepted(known, BILLS, bill("B1", "2026-05-04", 9000)), BUDI, "B1")
    (row,) = report(known, "waiting_for_approval", ReportRequest("2026-05-31", "", ""))
    assert (row["approvers"], row["approved_by"]) == ("tono", BUDI)
    assert codes(by(known, OWNER), APPROVALS, decision(known, "B1")) == ["not_an_approver"]
    assert len(entries_of(decided(known, "tono", "B1"), "PB:B1")) == 2
