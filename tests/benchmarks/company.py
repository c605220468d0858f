"""A company in the real core over a real database, and documents as a workbook sends them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from sync_server.api.deps import Served
from sync_server.app import utc_now
from sync_server.companies import add_company
from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.push import push
from sync_server.storage.sql_store import open_store
from workbook_templates import wire
from workbook_templates.books import all_books, book
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells, Company
from workbook_templates.senders import OWNER

CODE = "contoh"
Group = wire.Group


def sqlite_url(folder: Path) -> str:
    """A database file of its own in a folder."""
    return f"sqlite:///{folder / 'lajur.sqlite3'}"


@contextmanager
def new_company(url: str, first_month: str, last_month: str) -> Iterator[Served]:
    """A company with its chart of accounts and open periods, in a new database."""
    catalogue = Catalogue(all_books())
    store = open_store(url, catalogue)
    served = Served(store, catalogue, utc_now)
    add_company(served, Company(CODE, "PT Lajur Contoh", language="en"), first_month, last_month)
    usual = gc.get_threshold()
    gc.freeze()  # as `lajur-server serve` does
    gc.set_threshold(100_000, 20, 100)
    try:
        yield served
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
        store.close()


def document(table: str, key: str, rows: Iterable[Cells]) -> Group:
    """A new document as a workbook sends it."""
    ops = tuple(
        wire.Op(
            "put", table, make_id(), {c: (None, t) for c, t in row.items()}, at=wire.Place(table, n)
        )
        for n, row in enumerate(rows, start=2)
    )
    version = book(table.partition(".")[0]).version
    return wire.Group(make_id(), table, key, ops, new=True, schema=version)


def single_rows(table: str, rows: Mapping[str, Cells]) -> list[Group]:
    """Documents of one row each, by their key."""
    return [document(table, key, [cells]) for key, cells in rows.items()]


def keep(served: Served, groups: Sequence[Group]) -> list[wire.Result]:
    """Pushes groups in one durable transaction; all must land."""
    author = Author("benchmark", frozenset({OWNER}), served.catalogue)
    with served.store.writing(CODE) as held:
        batch, results = push(Draft(held, served.catalogue), groups, author, served.now())
        held.keep(batch)
    refused = [r for r in results if r.status != wire.APPLIED]
    assert not refused, refused[0]
    return results


def keep_many(served: Served, groups: Iterable[Group], at_once: int = 5000) -> None:
    """Pushes many groups in some transactions."""
    groups = iter(groups)
    while part := list(islice(groups, at_once)):
        keep(served, part)
