"""Stock and ledger once more, word for word, with every push over a bad line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.office import Line, far_central
from tests.faults.scenes import scenes_of
from tests.scenarios import test_stock_and_ledger
from tests.scenarios.central_copy import CentralCopy

globals().update(scenes_of(test_stock_and_ledger))


@pytest.fixture
def central(bad_line: Line, monkeypatch: pytest.MonkeyPatch) -> Iterator[CentralCopy]:
    """The company of the scenario, laid over the line."""
    with far_central(bad_line) as far:
        monkeypatch.setattr(test_stock_and_ledger, "CentralCopy", lambda *books: far)
        yield test_stock_and_ledger.central._fixture_function()
