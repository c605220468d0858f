"""Whatever people do in a random order, the books agree after each step and on each day."""

from __future__ import annotations

from random import Random

import pytest

from sync_server.storage.memory import MemoryStore
from tests.books.ledger.random_operations import TRIED
from tests.core.random_ledger import RandomLedger


@pytest.fixture(scope="module", params=[20260101, 7])
def ledger(request: pytest.FixtureRequest) -> RandomLedger:
    """A company after 75 operations; all ties held after each of them."""
    company = RandomLedger(MemoryStore(), "toko", Random(request.param))
    company.play(75)
    return company


def test_most_that_is_tried_is_in_order(ledger: RandomLedger) -> None:
    assert ledger.did.total() > 2 * ledger.refused.total()
    assert len(ledger.did) > len(TRIED) // 2


def test_what_waits_is_in_no_account(ledger: RandomLedger) -> None:
    assert ledger.waiting_in_the_books() == []


def test_cost_centres_add_up_before_and_after_the_years_are_closed(ledger: RandomLedger) -> None:
    ledger.settle()
    before = ledger.by_centre()
    ledger.close_years()
    assert ledger.by_centre() == before


def test_assets_are_liabilities_and_equity_on_each_of_400_days(ledger: RandomLedger) -> None:
    assert ledger.unbalanced() == []


def test_everything_follows_from_the_rows(ledger: RandomLedger) -> None:
    assert ledger.verified() == []
