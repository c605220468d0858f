"""A long request is written part by part: what comes of it is the same as in one piece."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings

from sync_server.core import push as pushing
from sync_server.core.draft import Draft
from sync_server.core.verify import verify_company
from sync_server.storage import adding, keeping
from sync_server.storage.sql_store import SqlStore, open_store
from tests.core.test_creating import CATALOGUE, OWNER_OF_ALL, masters, pushes, without_zeros
from workbook_templates import wire
from workbook_templates.schema import Company

NOW = "2026-05-03T00:00:00Z"


def kept_by(folder: Path, requests: list[list[wire.Group]], rows_in_part: int) -> Any:
    """All that can be seen after the pushes, with every part written behind the next."""
    store = open_store(f"sqlite:///{folder / f'{rows_in_part}.sqlite3'}", CATALOGUE)
    store.add_company(Company("toko", "Toko"), "e", b"k" * 32)
    with (
        patch.object(pushing, "ROWS_IN_PART", rows_in_part),
        patch.object(keeping, "MANY", 1),
        patch.object(adding, "MANY", 1),
        patch.object(adding, "MANY_SUMS", 3 * rows_in_part),
    ):
        answers = [_pushed(store, groups) for groups in [masters(), *requests]]
    with store.reading("toko") as held:
        assert not verify_company(held, CATALOGUE)
        sums = without_zeros({key: held.all_totals(key) for key in CATALOGUE.totals})
        found = answers, list(held.all_rows()), list(held.commits_after(0)), sums
    store.close()
    return found


def _pushed(store: SqlStore, groups: list[wire.Group]) -> list[wire.Result]:
    with store.writing("toko") as held:
        return pushing.push_in_parts(Draft(held, CATALOGUE), groups, OWNER_OF_ALL, NOW)


@settings(deadline=None, max_examples=30)
@given(pushes())
def test_a_request_in_parts_comes_out_as_in_one(requests: list[list[wire.Group]]) -> None:
    with TemporaryDirectory() as folder:
        in_parts = kept_by(Path(folder), requests, 1)
        assert in_parts == kept_by(Path(folder), requests, 1_000_000)
