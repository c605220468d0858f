"""The page on a company's first year, played on both databases: from its opening to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.front_desk import serving
from tests.scenarios.page import Command, Table, read_page
from tests.scenarios.page_player import Player
from tests.storage.conftest import postgresql_database_url

__all__ = ["postgresql_database_url"]
PAGE = Path(__file__).parents[2] / "docs" / "tutorial-year.md"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def player(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Player]:
    """Who plays the page, with a server over a new database."""
    database = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    if request.param == "postgresql":
        database = request.getfixturevalue("postgresql_database_url")
    with serving(database) as (_, address):
        yield Player(tmp_path, database, address, "nusa")


@pytest.mark.timeout(900)  # some 40 syncs and 20 reports
def test_the_year_goes_as_the_page_tells_it(player: Player) -> None:
    for happening in read_page(PAGE):
        player.play(happening)


def test_nothing_on_the_page_goes_unread() -> None:
    lines = PAGE.read_text("utf-8").splitlines()
    read = list(read_page(PAGE))
    commands = [one for one in read if isinstance(one, Command)]
    tables = [one for one in read if isinstance(one, Table)]
    assert len(commands) == sum(line.split(" ")[0].endswith("$") for line in lines)
    heads_and_rules = 2 * len(tables)
    rows = sum(len(table.rows) for table in tables)
    assert rows + heads_and_rules == sum(line.startswith("|") for line in lines)
