"""The stock cases of other systems' test suites, each run or left out for a stated reason."""

from decimal import Decimal
from typing import Any

import pytest

from tests.books.inventory.peer_cases import Played, expected_and_found
from tests.conftest import SHARED, shared_json

FILES = ("average", "backdated", "count-reorder-ageing", "fifo", "lifo-hifo", "returns-landed-cost")
CASES: list[dict[str, Any]] = [
    case for name in FILES for case in shared_json(f"cases/peers/inventory-{name}.json")["cases"]
]

NEGATIVE = "stock is never negative here: the issue is refused"
REORDER = "a purchase proposal from needs and reorder points, nothing to cost"
LIFO = "LIFO is not allowed in financial statements (PSAK 202)"
LEFT_OUT = {
    "inventory-average-005": "its receipt comes before the issue of that day, stock stays positive",
    "inventory-backdated-008": "the average is kept per warehouse, not per batch",
    "inventory-count-reorder-ageing-004": REORDER,
    "inventory-count-reorder-ageing-005": REORDER,
    "inventory-fifo-005": NEGATIVE,
    "inventory-fifo-006": NEGATIVE,
    "inventory-fifo-008": NEGATIVE,
    "inventory-lifo-hifo-003": LIFO,
    "inventory-lifo-hifo-008": LIFO,
    "inventory-lifo-hifo-010": LIFO,
    "inventory-lifo-hifo-011": "highest in, first out is not allowed either (PSAK 202)",
}
RUN = [case for case in CASES if case["id"] not in LEFT_OUT]


@pytest.mark.parametrize("case", RUN, ids=lambda case: case["id"])
def test_a_peer_case_comes_out_as_its_suite_says(case: dict[str, Any]) -> None:
    tolerance = Decimal(case["tolerance"])
    for expect in case["expect"]:
        played = Played(case, expect.get("after"))
        pairs = list(expected_and_found(played, expect))
        assert pairs
        for expected, found in pairs:
            assert abs(found - expected) <= tolerance, (expect, expected, found)


def test_every_case_left_out_exists_and_no_reason_is_left_over() -> None:
    stored = {path.stem for path in (SHARED / "cases/peers").glob("inventory-*.json")}
    assert stored == {f"inventory-{name}" for name in FILES}
    assert set(LEFT_OUT) <= {case["id"] for case in CASES}
    assert len(RUN) + len(LEFT_OUT) == len(CASES)


@pytest.mark.parametrize(
    "case", [case for case in CASES if LEFT_OUT.get(case["id"]) == NEGATIVE], ids=lambda c: c["id"]
)
def test_what_other_systems_let_go_negative_is_refused(case: dict[str, Any]) -> None:
    refusals = Played(case).valuation("A").refusals
    assert refusals
    assert {refusal.reason for refusal in refusals} == {"shortage"}
