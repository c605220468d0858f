"""Several server processes over one database, with a company, its people and a numbered book."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync_server.api.deps import token_digest
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Person
from sync_server.storage.sql_store import SqlStore, open_store
from tests.faults.programs import free_port, start_server
from tests.shelf import SHELF, on_the_shelf
from workbook_templates.books import all_books
from workbook_templates.schema import Company
from workbook_templates.senders import OWNER

COMPANY, PEOPLE = "contoh", 8  # named p0, p1, …, which are their tokens too


@contextmanager
def servers(folder: Path, url: str, count: int) -> Iterator[tuple[SqlStore, list[str]]]:
    """Server processes over one database, and the database."""
    with on_the_shelf():
        store = open_store(url, Catalogue(all_books()))
        store.add_company(Company(COMPANY, "PT Contoh"), "epoch", b"k" * 32)
        for n in range(PEOPLE):
            store.add_person(Person(f"p{n}", ((COMPANY, OWNER),)), token_digest(f"p{n}"))
        ports = [free_port() for _ in range(count)]
        running = [start_server(url, p, folder / "log", shelf=SHELF) for p in ports]
        try:
            yield store, [f"http://127.0.0.1:{port}" for port in ports]
        finally:
            for server in running:
                server.kill()
                server.join()
            store.close()
