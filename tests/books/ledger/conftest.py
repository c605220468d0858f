"""The company in which the ledger's sentences are tried."""

import pytest

from tests.books.known import KnownRows
from tests.books.ledger.rows import new_company


@pytest.fixture
def company() -> KnownRows:
    return new_company()
