"""A real server with a company, a stranger's company, and requests made of its own description."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sync_server.api.deps import Served
from sync_server.app import create_app, utc_now
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.storage.sql_store import open_store
from workbook_templates import wire
from workbook_templates.books import all_books
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company


def no_accident(context: Any, response: Any, case: Any) -> bool | None:
    """As schemathesis' own check; to have read less than is asked for is an answer."""
    behind = response.status_code == 503 and response.json().get("code") == "behind"
    return None if behind else not_a_server_error(context, response, case)


TRUE = (
    no_accident,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
MINE, OTHERS, JOURNAL = "PT", "CV", "ledger.journal"
STREAMS = ("/v1/companies/{company}/events",)  # never ends; see tests of notices


@dataclass
class Wired:
    """A served company with one entry, and its owner's token."""

    served: Served
    address: str
    http: httpx2.Client
    token: str = ""
    rows: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for code in (MINE, OTHERS):
            add_company(self.served, Company(code, code, language="en"), "2026-01", "2026-12")
        self.token = add_person(self.served, "Sari", "owner", MINE)
        self.rows = [make_id(), make_id()]
        head = {"entry": (None, "J1"), "date": (None, "2026-05-03")}
        sides = ({"account": (None, "61200"), "debit": (None, "5.00")},)
        sides += ({"account": (None, "11110"), "credit": (None, "5.00")},)
        ops = [
            {"op": "put", "t": JOURNAL, "rid": rid, "cells": head | side}
            for rid, side in zip(self.rows, sides, strict=True)
        ]
        group = {"mid": make_id(), "kind": JOURNAL, "key": "J1", "ops": ops, "new": True}
        answered = self.ask("POST", "push", json={"epoch": "", "groups": [group]})
        assert answered.json()["results"][0]["status"] == wire.APPLIED, answered.text

    def ask(
        self, method: str, path: str, company: str = MINE, token: str = "", **more: Any
    ) -> httpx2.Response:
        """One request."""
        headers = {"Authorization": f"Bearer {token or self.token}"} | more.pop("headers", {})
        url = f"/v1/companies/{company}/{path}"
        return self.http.request(method, url, headers=headers, **more)

    def described(self) -> dict[str, Any]:
        """The server's description, with names of this company where it says any text."""
        document: dict[str, Any] = deepcopy(self.http.get("/openapi.json").json())
        for path in STREAMS:
            del document["paths"][path]
        known = {
            "company": [MINE, MINE, MINE, OTHERS, "none", "\u0000"],
            "table": [JOURNAL, "ledger.accounts", "payroll.payslips", "no.table"],
            "row_id": [*self.rows, make_id(), "x"],
            "name": ["trial_balance", "aged_receivables", "income_statement", "none"],
            "tables": [JOURNAL, "ledger.accounts,hr.employees", "", "x"],
            "wait": [0],
            "min_seq": [0, 0, 1, 2**40],
        }
        for operations in document["paths"].values():
            for operation in operations.values():
                for parameter in operation.get("parameters", ()):
                    if parameter["name"] in known:
                        parameter["schema"] = {"enum": known[parameter["name"]]}
        return document

    def play(self, examples: int) -> int:
        """Requests of every operation, whose answers must be as described; how many were sent."""
        schema = schemathesis.openapi.from_dict(self.described())
        sent = 0
        headers = {"Authorization": f"Bearer {self.token}"}
        wanted = settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        for found in schema.get_all_operations():
            operation = found.ok()

            @wanted
            @given(case=operation.as_strategy())
            def one(case: Any) -> None:
                nonlocal sent
                sent += 1
                case.call_and_validate(base_url=self.address, headers=headers, checks=TRUE)

            one()
        return sent


@contextmanager
def wired_server(folder: Path, database: str = "") -> Iterator[Wired]:
    """A server over that database, else over SQLite in the folder."""
    catalogue = Catalogue(all_books())
    store = open_store(database or f"sqlite:///{folder / 'central.sqlite3'}", catalogue)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(store, catalogue), log_level="error"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        with httpx2.Client(base_url=address, timeout=60) as http:
            yield Wired(Served(store, catalogue, utc_now), address, http)
    finally:
        server.should_exit = True
        thread.join()
        store.close()
