"""A served company in memory, and people with tokens."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.app import create_app
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.storage.memory import MemoryStore
from workbook_templates.books import all_books
from workbook_templates.schema import Company

NOW = "2026-05-31T10:00:00.000Z"


@pytest.fixture
def served() -> Served:
    """A server over an empty store in memory, with one company laid."""
    made = Served(MemoryStore(), Catalogue(all_books()), lambda: NOW)
    add_company(made, Company("PT", "PT Lajur Contoh"), "2026-01", "2026-12")
    return made


@pytest.fixture
def client(served: Served) -> Iterator[TestClient]:
    """An HTTP client without a token."""
    app = create_app(served.store, served.catalogue, served.now)
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def owner(served: Served) -> httpx2.Headers:
    """The headers of the owner."""
    return headers(add_person(served, "Sari", "owner", "PT"))


def headers(token: str) -> httpx2.Headers:
    """A request's headers with that token."""
    return httpx2.Headers({"Authorization": f"Bearer {token}"})
