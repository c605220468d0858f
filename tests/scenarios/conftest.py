"""The office and the desk of the scenarios, over one database or both."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from sync_server.api.deps import Served
from sync_server.app import create_app
from sync_server.core.catalogue import Catalogue
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from tests.scenarios.front_desk import Desk, serving
from tests.scenarios.office import Office
from tests.storage.conftest import new_database, postgresql_database_url
from workbook_templates.books import all_books

__all__ = ["postgresql_database_url"]
ON_POSTGRESQL = pytest.mark.postgresql


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A company with a chart of accounts, and an empty folder for workbooks."""
    return Office(tmp_path)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    """A real server over SQLite, and its address."""
    with serving(tmp_path_factory.mktemp("server") / "central.sqlite3") as running:
        yield running


@pytest.fixture(params=["id", "en"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, server: tuple[Served, str]) -> Desk:
    """A person with a company of their own, working in Indonesian, then in English."""
    return Desk(tmp_path, *server, request.param)


@pytest.fixture(scope="session")
def postgresql_server(postgresql_url: str) -> Iterator[tuple[Served, str]]:
    """A real server over PostgreSQL, and its address."""
    with new_database(postgresql_url) as url, serving(url) as running:
        yield running


@pytest.fixture(params=["id", pytest.param("en", marks=ON_POSTGRESQL)])
def either_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A person who works in Indonesian over SQLite, then in English over PostgreSQL: what costs no
    more than both languages, for no language depends on the database.
    """
    language: str = request.param
    name = "server" if language == "id" else "postgresql_server"
    return Desk(tmp_path, *request.getfixturevalue(name), language)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=ON_POSTGRESQL)])
def desk_on_both(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A person who works in English, over SQLite, then over PostgreSQL."""
    name = "server" if request.param == "sqlite" else "postgresql_server"
    return Desk(tmp_path, *request.getfixturevalue(name), "en")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=ON_POSTGRESQL)])
def served(request: pytest.FixtureRequest, office: Office, tmp_path: Path) -> Iterator[Office]:
    """An office whose server works over a database."""
    url = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_database_url")
    store = open_store(url, catalogue := Catalogue(all_books()))
    office.store = cast(MemoryStore, store)
    office.app = create_app(store, catalogue)
    office.served = office.app.state.served
    yield office
    store.close()


@pytest.fixture
def english_desk(tmp_path: Path, server: tuple[Served, str]) -> Desk:
    """A person who works in English, for what does not depend on the language."""
    return Desk(tmp_path, *server, "en")
