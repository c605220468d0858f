"""What is told of a document that lands: once, again on a repeat, and nothing to a stranger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.scenarios.central_copy import CentralCopy
from workbook_templates import wire
from workbook_templates.books import book
from workbook_templates.limits import Limit
from workbook_templates.schema import Cells

JOURNAL = "ledger.journal"


@pytest.fixture
def central() -> CentralCopy:
    """A company that is warned when its rent goes beyond 100 a month."""
    central = CentralCopy(book("ledger"))
    accounts = [
        {"code": "61200", "name": "Rent", "type": "expense"},
        {"code": "11110", "name": "Cash", "type": "asset"},
    ]
    rent = {"year": "2026", "account": "61200", "amount": "1200.00", "policy": "warn"}
    periods = [{"period": "2026-01", "status": "open"}]
    central.lay({"ledger.accounts": accounts, "ledger.periods": periods, "ledger.budgets": [rent]})
    return central


def rent(central: CentralCopy, key: str, amount: str) -> wire.Group:
    head = {"entry": key, "date": "2026-01-05"}
    lines: Sequence[Cells] = (
        {**head, "account": "61200", "debit": amount},
        {**head, "account": "11110", "credit": amount},
    )
    return replace(central.group(JOURNAL, lines), schema=book("ledger").version)


def test_only_the_document_that_goes_beyond_is_told_of_and_both_land(central: CentralCopy) -> None:
    results = central.push([rent(central, "A", "90.00"), rent(central, "B", "20.00")])
    assert [result.status for result in results] == ["applied", "applied"]
    assert [[told.code for told in result.remarks] for result in results] == [[], ["beyond_budget"]]
    (told,) = results[1].remarks
    assert (told.severity, told.col) == ("warning", "account")


def test_a_repeat_is_told_again(central: CentralCopy) -> None:
    group = rent(central, "A", "120.00")
    (first,), (again,) = central.push([group]), central.push([group])
    assert again.replayed
    assert first.remarks
    assert again.remarks == first.remarks


def test_who_sees_a_part_of_the_rows_is_told_nothing(central: CentralCopy) -> None:
    limit = Limit(JOURNAL, ("account",), ("11110", "61200"))
    central.author = replace(central.author, only=(limit,))
    (result,) = central.push([rent(central, "A", "120.00")])
    assert result.remarks == ()
