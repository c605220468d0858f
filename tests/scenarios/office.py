"""An office for scenarios: a server in this process, people, and their workbooks as real files.

Rows are typed with openpyxl under the headings of `lajur books --json`, as a stranger's script
would.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import openpyxl
from fastapi.testclient import TestClient
from openpyxl.worksheet.worksheet import Worksheet

from addin.hosts import open_workbook
from addin.runs import Run, Wishes, sync_workbook
from sync_server.app import create_app
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.storage.memory import MemoryStore
from workbook_templates.books import all_books, book
from workbook_templates.describe import describe
from workbook_templates.render import Binding, render_xlsx
from workbook_templates.schema import Company
from workbook_templates.versions import as_of

COMPANY = "contoh"
Rows = Sequence[Mapping[str, Any]]


@dataclass
class Office:
    """A company on a server, and the folder in which its people keep their workbooks."""

    folder: Path
    language: str = "en"
    store: MemoryStore = field(default_factory=MemoryStore)
    tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = create_app(self.store, Catalogue(all_books()))
        self.served = self.app.state.served
        self.open_company(COMPANY)

    def open_company(self, code: str) -> None:
        """A company with the opening rows of its pack."""
        add_company(self.served, Company(code, f"PT {code.title()}"), "2026-01", "2026-12")

    def client(self, person: str = "rina", company: str = COMPANY) -> TestClient:
        """An HTTP client signed in as a person, who becomes an owner of the company."""
        if (person, company) not in self.tokens:
            token = add_person(self.served, person, "owner", company)
            self.tokens[person, company] = token
        headers = {"Authorization": f"Bearer {self.tokens[person, company]}"}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def workbook(
        self, book_key: str, name: str = "", company: str = COMPANY, version: int | None = None
    ) -> Path:
        """A blank workbook as `lajur new` makes it, or made it of an older version of the book."""
        file = self.folder / f"{name or book_key}.xlsx"
        locale = "id-ID" if self.language == "id" else "en-US"
        binding = Binding(
            company=company,
            language=self.language,
            locale=locale,
            server="http://testserver",
            copy_id=name or book_key,
        )
        newest = book(book_key)
        render_xlsx(as_of(newest, newest.version if version is None else version), file, binding)
        return file

    def sync(self, file: Path, person: str = "rina", **wishes: bool) -> Run:
        """One `lajur sync` of a file."""
        workbook = open_workbook(file)
        try:
            return sync_workbook(workbook, self.client(person), Wishes(**wishes))
        finally:
            workbook.close()

    def backup(self) -> Callable[[], None]:
        """Keeps the company as it is now; the result restores it, under a new epoch."""
        books = deepcopy(self.store._books[COMPANY])

        def restore() -> None:
            self.store._books[COMPANY] = replace(books, epoch="restored")

        return restore

    def kept(self, table: str, company: str = COMPANY) -> list[dict[str, str]]:
        """The live rows of the central copy."""
        rows = self.client("auditor", company).get(
            f"/v1/companies/{company}/changes", params={"tables": table, "limit": 100_000}
        )
        return [
            {k: t for k, t in row["cells"].items() if t}
            for row in rows.json()["rows"]
            if not row["deleted"]
        ]


def headings(book_key: str, sheet_key: str) -> dict[str, dict[str, str]]:
    """Column key -> headings by language, as `lajur books --json` gives them."""
    return {c["key"]: c["headings"] for c in _sheet(book_key, sheet_key)["columns"]}


def _sheet(book_key: str, sheet_key: str) -> dict[str, Any]:
    books = describe(all_books())["books"]
    sheets = next(b["sheets"] for b in books if b["key"] == book_key)
    found: dict[str, Any] = next(s for s in sheets if s["key"] == sheet_key)
    return found


def worksheet(opened: openpyxl.Workbook, book_key: str, sheet_key: str) -> Worksheet:
    """The worksheet of a declared sheet, by its title in either language."""
    titles = _sheet(book_key, sheet_key)["titles"].values()
    return next(opened[title] for title in titles if title in opened.sheetnames)


def columns_of(sheet: Worksheet, book_key: str, sheet_key: str) -> dict[str, int]:
    """Column key -> column number, found by heading."""
    by_heading = {
        text: key for key, words in headings(book_key, sheet_key).items() for text in words.values()
    }
    return {by_heading[c.value]: c.column for c in sheet[1] if c.value in by_heading}


def type_rows(file: Path, table: str, rows: Rows) -> int:
    """Type rows below the last one; the number of the first row typed."""
    book_key, _, sheet_key = table.partition(".")
    opened = openpyxl.load_workbook(file)
    sheet = worksheet(opened, book_key, sheet_key)
    columns = columns_of(sheet, book_key, sheet_key)
    first = 2
    while any(sheet.cell(first, n).value is not None for n in columns.values()):
        first += 1
    for number, row in enumerate(rows, start=first):
        for key, cell in row.items():
            sheet.cell(number, columns[key], cell)
    opened.save(file)
    return first


def put(file: Path, table: str, row: int, **cells: Any) -> None:
    """Type over cells of one row."""
    book_key, _, sheet_key = table.partition(".")
    opened = openpyxl.load_workbook(file)
    sheet = worksheet(opened, book_key, sheet_key)
    columns = columns_of(sheet, book_key, sheet_key)
    for key, cell in cells.items():
        sheet.cell(row, columns[key]).value = cell
    opened.save(file)


def seen(file: Path, table: str) -> list[dict[str, Any]]:
    """The non-blank rows of a sheet as a person sees them: cells by column key, with "row",
    "status", "flags" and the texts of the notes under "notes".
    """
    book_key, _, sheet_key = table.partition(".")
    opened = openpyxl.load_workbook(file)
    sheet = worksheet(opened, book_key, sheet_key)
    columns = columns_of(sheet, book_key, sheet_key)
    own = {c.value: c.column for c in sheet[1] if c.value in ("_id", "Status", "_flags")}
    found = []
    for number in range(2, sheet.max_row + 1):
        cells = {k: sheet.cell(number, n).value for k, n in columns.items()}
        if any(value is not None for value in cells.values()):
            notes = {k: c.text for k, n in columns.items() if (c := sheet.cell(number, n).comment)}
            status, flags = (sheet.cell(number, own[k]).value for k in ("Status", "_flags"))
            rid = sheet.cell(number, own["_id"]).value
            extra = {"row": number, "status": status, "flags": flags, "id": rid, "notes": notes}
            found.append({**cells, **extra})
    return found


def review(file: Path, open_only: bool = True) -> list[dict[str, Any]]:
    """The lines of the Review sheet by English heading, without those that are decided."""
    opened = openpyxl.load_workbook(file)
    sheet = opened["Review"]
    heads = [c.value for c in sheet[1]]
    rows = (dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(2, values_only=True))
    lines = [row for row in rows if row["#"] is not None]
    return [line for line in lines if not open_only or not line["Status"].startswith("✓")]


def decide(file: Path, number: int, decision: str) -> None:
    """Type a decision beside a line of the Review sheet."""
    opened = openpyxl.load_workbook(file)
    sheet = opened["Review"]
    heads = [c.value for c in sheet[1]]
    for row in sheet.iter_rows(2):
        if row[heads.index("#")].value == number:
            row[heads.index("Decision")].value = decision
    opened.save(file)


def entry(number: str, amount: float, day: object = "2026-05-03", **more: Any) -> Rows:
    """The two lines of a journal entry: rent paid in cash."""
    head = {"entry": number, "date": day, "description": more.get("description", "Rent")}
    other = more.get("other", amount)
    return [
        {**head, "account": more.get("account", "61200"), "debit": amount},
        {**head, "account": "11110", "credit": other},
    ]
