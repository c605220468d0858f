"""A ledger in memory and a small company, for tests that make many copies and many syncs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi.testclient import TestClient

from addin.hosts import open_workbook
from addin.hosts.base import Cell, SetCell, SheetEdit
from addin.hosts.memory import MemoryWorkbook, memory_workbook
from sync_server.api.deps import token_digest
from sync_server.app import create_app
from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.port import Person
from sync_server.core.push import push
from sync_server.storage.memory import MemoryStore
from workbook_templates import wire
from workbook_templates.books import book
from workbook_templates.render import Binding, render_xlsx
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company
from workbook_templates.senders import OWNER

COMPANY = "paper"
LEDGER = book("ledger")
LAID = {
    "ledger.accounts": (
        {"code": "11110", "name": "Cash", "type": "asset"},
        {"code": "61200", "name": "Rent", "type": "expense"},
    ),
    "ledger.periods": ({"period": "2026-05", "status": "open"},),
}


def small_company() -> tuple[MemoryStore, TestClient]:
    """A store with two accounts and one open month, and a client signed in as its owner."""
    store, catalogue = MemoryStore(), Catalogue((LEDGER,))
    store.add_company(Company(COMPANY, "Paper"), "epoch", b"k" * 32)
    store.add_person(Person("rina", ((COMPANY, OWNER),)), token_digest("token"))
    groups = [
        wire.Group(make_id(), table, row.get("code", row.get("period", "")), (_new(table, row),))
        for table, rows in LAID.items()
        for row in rows
    ]
    author = Author("rina", frozenset({OWNER}), catalogue)
    with store.writing(COMPANY) as held:
        batch, results = push(Draft(held, catalogue), groups, author, "2026-05-01T00:00:00Z")
        assert {result.status for result in results} == {wire.APPLIED}
        held.keep(batch)
    headers = {"Authorization": "Bearer token"}
    return store, TestClient(create_app(store, catalogue), headers=headers)


def _new(table: str, row: Mapping[str, str]) -> wire.Op:
    return wire.Op("put", table, make_id(), {k: (None, v) for k, v in row.items()})


@cache
def _template() -> MemoryWorkbook:
    """The blank ledger, read from the file that `lajur new` makes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "ledger.xlsx"
        binding = Binding(COMPANY, language="en", locale="en-US", server="http://testserver")
        render_xlsx(LEDGER, file, binding)
        opened = open_workbook(file)
        sheets = {name: opened.read(name).rows for name in opened.sheets()}
        return memory_workbook("ledger", sheets, list(opened.tables().values()))


def blank_ledger(name: str = "ledger") -> MemoryWorkbook:
    """A blank ledger of the small company."""
    workbook = _template().copied(name)
    lines = workbook.read("_lajur_meta").rows
    workbook.replace("_lajur_meta", [*lines, ["copy_id", name]])
    workbook.save()
    return workbook


def columns(workbook: MemoryWorkbook, sheet: str) -> dict[str, int]:
    """Heading -> column number."""
    return {str(h): n for n, h in enumerate(workbook.read(sheet).rows[0], 1) if h is not None}


def write(workbook: MemoryWorkbook, sheet: str, row: int, **cells: Cell) -> None:
    """Type cells by heading and save."""
    at = columns(workbook, sheet)
    edits = (SetCell(row, at[h], cell) for h, cell in cells.items())
    workbook.write([SheetEdit(sheet, tuple(edits))])
    workbook.save()


def rows(workbook: MemoryWorkbook, sheet: str = "Journal") -> dict[int, dict[str, Any]]:
    """Row number -> cells by heading, of rows that have an entry number or a #."""
    lines = workbook.read(sheet).rows
    found = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = dict(zip(map(str, lines[0]), [*line, *[None] * len(lines[0])], strict=False))
        if cells.get("Entry", cells.get("#")) is not None:
            found[number] = cells
    return found


def last_row(workbook: MemoryWorkbook, sheet: str = "Journal") -> int:
    """The last row with anything in it."""
    return len(workbook.read(sheet).rows)
