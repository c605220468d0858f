"""A small book in which some rows and one column are not for everybody; two worlds of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fastapi.testclient import TestClient

from sync_server.api.deps import token_digest
from sync_server.app import create_app
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Person, Store
from workbook_templates.columns import Code, Date, Integer, Money, Text
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import (
    Book,
    Cells,
    Company,
    Document,
    Known,
    Replay,
    Report,
    ReportRequest,
    Sheet,
    Totals,
)
from workbook_templates.words import Words

NOW = "2026-05-31T10:00:00.000Z"
TABLE, URL = "shop.sales", "/v1/companies/toko"
BAD = Message("bad", Words("Sudah terjual {sold}, modal {cost}.", "Sold {sold}, cost {cost}."))
SHORT = Message("short", Words("{item}: kurang {by}.", "{item}: {by} short."))


def word(text: str) -> Words:
    return Words(id=text, en=text)


def bad_is_refused(document: Document, known: Known) -> Iterator[Problem]:
    """Tells sums of the whole company, and a hidden column, when somebody writes "bad"."""
    for line in document.lines:
        if line.text("memo") == "bad":
            sold = known.totals("shop.sold", ("shop",))
            rows = [row.text("cost") for row in known.where(TABLE, "item", line.text("item"))]
            yield BAD(row_id=line.id, column="memo", sold=sold, cost=sorted(rows))


def stock(item: str, known: Known) -> tuple[list[Cells], list[Problem]]:
    """What was sold of an item, row by row; "short" is refused with what all have sold."""
    sold, made, problems = 0, list[Cells](), list[Problem]()
    rows = sorted(known.where(TABLE, "item", item), key=lambda row: row.text("sale"))
    for row in rows:
        sold += int(row.text("pieces") or 0)
        made.append({"sale": row.text("sale"), "sold": str(sold)})
        if row.text("memo") == "short":
            problems.append(SHORT(row_id=row.id, column="pieces", item=item, by=sold))
    return made, problems


def listed(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """Everything that a report can ask for."""
    for row in known.rows(TABLE):
        yield {"sale": row.text("sale"), "text": repr(sorted(row.cells.items()))}
    for by in (("shop",), ("date:month",), ()):
        yield {"sale": repr(by), "text": repr(sorted(known.totals("shop.sold", by).items()))}
    for item in ("x", "y"):
        yield {"sale": item, "text": repr(list(known.replayed("shop.stock", item)))}
        yield {"sale": item, "text": repr(known.totals("shop.left", ("sale",)))}


SALE, SHOP = Code("sale", word("Sale")), Code("shop", word("Shop"))
SOLD = Integer("sold", word("Sold"))
COLUMNS = (
    SALE,
    Date("date", word("Date")),
    SHOP,
    Code("item", word("Item")),
    Integer("pieces", word("Pieces")),
    Money("cost", word("Cost"), seen_by=frozenset({"boss"})),
    Text("memo", word("Memo")),
)
SALES = Sheet(
    "sales",
    word("Sales"),
    COLUMNS,
    group_by="sale",
    indexes=("item",),
    windows=(("date",), ("shop",)),
    rules=(bad_is_refused,),
    totals=(Totals("shop.sold", ("shop", "date:month"), ("pieces", "cost")),),
)
BOOK = Book(
    "shop",
    word("Shop"),
    (SALES,),
    reports=(Report("listed", word("Listed"), (SALE, Text("text", word("Text"))), listed),),
    replays=(
        Replay(
            "shop.stock", {TABLE: "item"}, (SALE, SOLD), stock,
            (Totals("shop.left", ("sale",), ("sold",)),),
        ),
    ),
    writers=frozenset({"boss", "clerk"}),
)  # fmt: skip


class World:
    """One server with the shop; the owner, and a clerk who sees shop A only and no costs."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.add_company(Company("toko", "Toko"), "epoch", b"k" * 32)
        boss = Person("boss", (("*", "owner"),))
        clerk = Person("clerk", (("*", "clerk"),), (("*", f"{TABLE}.shop=A"),))
        for person in (boss, clerk):
            store.add_person(person, token_digest(person.name))
        app = create_app(store, Catalogue((BOOK,)), lambda: NOW)
        self.app = app
        self.rows: dict[str, dict[str, str | None]] = {}

    def open(self, person: str) -> TestClient:
        """An HTTP client signed in as a person."""
        headers = {"Authorization": f"Bearer {person}"}
        return TestClient(self.app, headers=headers, raise_server_exceptions=False)

    def push(self, http: TestClient, mid: str, ops: Sequence[dict[str, Any]], **more: Any) -> Any:
        """One group; the reply's JSON."""
        group = {"mid": mid, "kind": TABLE, "key": "", "ops": list(ops), **more}
        return http.post(f"{URL}/push", json={"epoch": "", "groups": [group], "head": 1}).json()

    def write(self, http: TestClient, mid: str, row_id: str, cells: dict[str, str | None]) -> Any:
        """Puts cells on a row as it is known to be; the reply's JSON."""
        known = self.rows.get(row_id, {})
        pairs = {column: [known.get(column), text] for column, text in cells.items()}
        after = {**known, **cells}
        formulas = {column: f'="{text}"' for column, text in cells.items()}
        op = {"op": "put", "t": TABLE, "rid": row_id, "cells": pairs, "f": formulas}
        reply = self.push(http, mid, [op], key=after.get("sale") or "", new=not known)
        if reply["results"][0]["status"] == "applied":
            self.rows[row_id] = after
        return reply
