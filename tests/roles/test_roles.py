"""The administrator's table of roles and operations, tried cell by cell over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.app import create_app
from sync_server.companies import add_company, add_person, roles_of
from sync_server.core.catalogue import Catalogue
from sync_server.storage.memory import MemoryStore
from workbook_templates.books import all_books
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company

V1 = "/v1/companies/PT"
PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "administrator.md").read_text("utf-8")
STRANGER = "stranger"
NUMBERS = count(1)


def table(first: str) -> dict[str, dict[str, str]]:
    """A table of the page by the heading of its first column: row -> heading -> cell."""
    found = re.search(rf"^\| {first} \|.*\n(?:\|.*\n)+", PAGE, re.MULTILINE)
    assert found, f"no table of {first}"
    lines = [[c.strip() for c in li.strip("|").split("|")] for li in found[0].splitlines()]
    (_, *heads), _, *rows = lines
    return {name: dict(zip(heads, cells, strict=True)) for name, *cells in rows}


ROLES, OPERATIONS = table("role"), table("operation")


def row_of(book: str) -> tuple[str, dict[str, str]]:
    """A table of a book to which no other refers, and a new row of it."""
    number = next(NUMBERS)
    return {
        "ledger": ("ledger.periods", {"period": f"{2030 + number // 12}-{number % 12 + 1:02}"}),
        "inventory": ("inventory.warehouses", {"code": f"W{number}", "name": "Gudang"}),
        "payroll": ("payroll.components", {"code": f"K{number}", "name": "Tunjangan"}),
        "hr": ("hr.departments", {"department": f"D{number}", "name": "Bagian"}),
    }[book]


MORE = {"ledger": {"status": "open"}, "payroll": {"kind": "earning"}}


class Asking:
    """Somebody with one role, what they ask of one book, and the owner who was there before."""

    def __init__(self, app: TestClient, tokens: dict[str, str], role: str, book: str) -> None:
        self.app, self.tokens, self.role, self.book = app, tokens, role, book
        self.table, cells = row_of(book)
        self.cells = cells | MORE.get(book, {})
        self.row_id = make_id()

    def ask(self, method: str, path: str, who: str = "", **more: Any) -> httpx2.Response:
        """One request as that role, or as `who`."""
        headers = {"Authorization": f"Bearer {self.tokens[who or self.role]}"}
        headers |= more.pop("headers", {})
        return self.app.request(method, f"{V1}/{path}", headers=headers, **more)

    def group(self) -> dict[str, Any]:
        """The row as a document of its own."""
        pairs = {column: [None, text] for column, text in self.cells.items()}
        op = {"op": "put", "t": self.table, "rid": self.row_id, "cells": pairs}
        version = next(b.version for b in all_books() if b.key == self.book)
        key = next(iter(self.cells.values()))
        group = {"mid": make_id(), "kind": self.table, "key": key, "ops": [op], "new": True}
        return group | {"schema": version}

    def pushed(self, path: str, who: str = "") -> str:
        """What became of the row."""
        reply = self.ask("POST", path, who, json={"epoch": "", "groups": [self.group()]})
        (result,) = reply.json()["results"]
        return str(result["status"])

    def laid(self) -> str:
        """The owner's row; its address."""
        assert self.pushed("push", "owner") == "applied"
        return f"rows/{self.table}/{self.row_id}"

    def does(self, operation: str) -> str:
        """What the operation comes to."""
        return str(getattr(self, operation.replace(" ", "_").replace("'", ""))())

    def push(self) -> str:
        return self.pushed("push")

    def validate(self) -> str:
        return self.pushed("validate")

    def reverse(self) -> str:
        self.laid()
        head = self.ask("GET", "hello", "owner").json()["head"]
        reply = self.ask("POST", "reverse", json={"mid": make_id(), "of": str(head)})
        return str(reply.json()["results"][0]["status"])

    def write_a_row(self) -> int:
        new = {"If-None-Match": "*"}
        address = f"rows/{self.table}/{self.row_id}"
        return self.ask("PUT", address, json={"cells": self.cells}, headers=new).status_code

    def delete_a_row(self) -> int:
        address = self.laid()
        tag = {"If-Match": self.ask("GET", address, "owner").headers["ETag"]}
        return self.ask("DELETE", address, headers=tag).status_code

    def read_changes(self) -> str:
        self.laid()
        return self.seen(self.ask("GET", "changes", params={"tables": self.table, "limit": 5000}))

    def read_a_row(self) -> int:
        return self.ask("GET", self.laid()).status_code

    def read_its_history(self) -> int:
        return self.ask("GET", f"{self.laid()}/history").status_code

    def read_the_audit(self) -> str:
        self.laid()
        head = self.ask("GET", "hello", "owner").json()["head"]
        return self.seen(self.ask("GET", "audit", params={"from": head}))

    def seen(self, reply: httpx2.Response) -> str:
        """Whether the row's id is in what was told."""
        return "seen" if self.row_id in reply.text else "unseen"

    def list_reports(self) -> str:
        listed = self.ask("GET", "reports").json()["reports"]
        return "seen" if self.book in {report["book"] for report in listed} else "unseen"

    def read_a_report(self) -> int:
        report = next(b.reports[0].key for b in all_books() if b.key == self.book)
        return self.ask("GET", f"reports/{report}").status_code

    def park_a_draft(self) -> int:
        return self.parked(self.role).status_code

    def see_anothers_draft(self) -> int:
        draft = self.parked("owner").json()["id"]
        return self.ask("GET", f"drafts/{draft}").status_code

    def parked(self, who: str) -> httpx2.Response:
        """A draft of the row."""
        asked = {"id": make_id(), "groups": [self.group()], "book": self.book}
        return self.ask("POST", "drafts", who, json=asked)


@pytest.fixture(scope="module")
def served() -> Served:
    """A company on a server in memory."""
    made = Served(MemoryStore(), Catalogue(all_books()), lambda: "2026-05-31T10:00:00.000Z")
    add_company(made, Company("PT", "PT Lajur Contoh"), "2026-01", "2026-12")
    add_company(made, Company("CV", "CV Lain"), "2026-01", "2026-12")
    return made


@pytest.fixture(scope="module")
def tokens(served: Served) -> dict[str, str]:
    """A person of each role, and one with a role elsewhere."""
    made = {role: add_person(served, role, role, "PT") for role in roles_of(served)}
    return made | {STRANGER: add_person(served, STRANGER, "owner", "CV")}


@pytest.fixture(scope="module")
def app(served: Served) -> Iterator[TestClient]:
    """An HTTP client."""
    made = create_app(served.store, served.catalogue, served.now)
    with TestClient(made, raise_server_exceptions=False) as client:
        yield client


def test_the_page_names_every_role_and_every_book(served: Served) -> None:
    assert set(ROLES) == set(roles_of(served))
    books = {book.key for book in served.catalogue.books}
    assert all(set(cells) == books for cells in ROLES.values())


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("book", next(iter(ROLES.values())))
@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_the_table_says(
    app: TestClient, tokens: dict[str, str], role: str, book: str, operation: str
) -> None:
    said = OPERATIONS[operation][ROLES[role][book]]
    assert Asking(app, tokens, role, book).does(operation) == said


def test_who_has_no_role_in_a_company_gets_nothing_of_it(
    app: TestClient, tokens: dict[str, str], served: Served
) -> None:
    asking = Asking(app, tokens, STRANGER, "ledger")
    places = {"table": asking.table, "row_id": asking.row_id, "name": "trial_balance"}
    for path, operations in app.get("/openapi.json").json()["paths"].items():
        if not path.startswith("/v1/companies/{company}/"):
            continue
        place = re.sub(r"\{(\w+)\}", lambda m: places.get(m[1], "x"), path.partition("}/")[2])
        for method in operations:
            reply = asking.ask(method.upper(), place)
            assert (reply.status_code, reply.json()["code"]) == (403, "not_allowed"), path


def test_people_and_companies_are_not_administered_over_http(app: TestClient) -> None:
    paths = app.get("/openapi.json").json()["paths"]
    assert not [path for path in paths if re.search("people|person|token|role", path)]
    assert set(paths["/v1/companies"]) == {"get"}
