"""The company in which the ledger's sentences are tried."""

import pytest

from tests.books.known import KnownRows, laid
from tests.books.ledger.rows import DOLLARS, USD, new_company, rate


@pytest.fixture
def company() -> KnownRows:
    return new_company()


@pytest.fixture
def trading(company: KnownRows) -> KnownRows:
    """A company with a dollar account and rates of May."""
    account = {"code": DOLLARS, "name": "Bank USD", "type": "asset", "group": "cash", **USD}
    rates = [rate("2026-05-01", 16000), rate("2026-05-10", 16500), rate("2026-05-29", 16300)]
    return laid(company, {"ledger.accounts": [account], "ledger.exchange_rates": rates})
