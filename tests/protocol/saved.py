"""A company as it was at a moment, and as it is put back, in any store.

`lajur-server backup` and `restore` do it for whole databases (tests/storage/test_backup.py); the
state machine needs it often, and for one company of many.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Column, Connection, Table, insert, select

from sync_server.core.port import Store
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import SqlStore
from sync_server.storage.tables import companies, copies, drafts, leases, metadata

OF_FILES = (copies, drafts, leases)  # they are about files and not of the company's books


@dataclass(frozen=True)
class Saved:
    """A company as it was under `epoch`; `put_back` makes it so again, under another."""

    epoch: str
    put_back: Callable[[str], None]


def saved(store: Store, company: str) -> Saved:
    """The company as it is now."""
    if isinstance(store, MemoryStore):
        return _in_memory(store, company)
    assert isinstance(store, SqlStore)
    return _in_sql(store, company)


def _in_memory(store: MemoryStore, company: str) -> Saved:
    books = deepcopy(store._books[company])

    def put_back(epoch: str) -> None:
        store._books[company] = replace(deepcopy(books), epoch=epoch)

    return Saved(books.epoch, put_back)


def _in_sql(store: SqlStore, company: str) -> Saved:
    with store.transaction() as connection:
        kept = {table: _records(connection, table, company) for table in _tables()}
    (own,) = kept[companies]

    def put_back(epoch: str) -> None:
        with store.transaction(writing=True) as connection:
            for table, records in kept.items():
                connection.execute(table.delete().where(_company(table) == company))
                again = [{**own, "epoch": epoch}] if table is companies else records
                if again:
                    connection.execute(insert(table), again)

    return Saved(str(own["epoch"]), put_back)


def _tables() -> list[Table]:
    return [
        table
        for table in metadata.sorted_tables
        if table not in OF_FILES and (table is companies or "company" in table.c)
    ]


def _company(table: Table) -> Column[Any]:
    return table.c.code if table is companies else table.c.company


def _records(connection: Connection, table: Table, company: str) -> list[dict[str, Any]]:
    found = connection.execute(select(table).where(_company(table) == company))
    return [dict(record) for record in found.mappings()]
