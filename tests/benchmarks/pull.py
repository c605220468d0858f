"""100,000 journal rows read over HTTP in pages, as a workbook reads them for the first time."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from http.client import OK, HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from sync_server.companies import add_person
from tests.benchmarks import journal
from tests.benchmarks.company import CODE, keep, keep_many, new_company, sqlite_url
from tests.benchmarks.measuring import Comparison, Way, measure
from tests.benchmarks.serving import running
from workbook_templates import wire

PAGE = 20_000  # rows, as a workbook asks for them
TABLE = "ledger.journal"


def run(rows: int = 100_000) -> Comparison:
    """Ours over HTTP; the database alone; rows as dicts and json, as a plain route answers."""
    with TemporaryDirectory(prefix="lajur-pull-") as folder:
        url = sqlite_url(Path(folder))
        with new_company(url, "2026-01", "2026-12") as served:
            keep(served, journal.masters())
            keep_many(served, journal.groups(journal.entries(rows)))
            token = add_person(served, "Rini", "owner", CODE)
        environment = {**os.environ, "LAJUR_DATABASE": url}
        with (
            running("sync_server.cli", "serve", environment=environment) as server,
            closing(server.connection()) as connection,
        ):
            ours = _over_http(connection, token, rows, server.process)
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            ways = (ours, _floor(database, rows), _usual(database, rows))
    return Comparison(
        "pull",
        f"{rows:,} journal rows read over HTTP, {PAGE:,} a page",
        *(rows, "rows", ">= 100,000 rows/s", ways),
    )


def _over_http(connection: HTTPConnection, token: str, rows: int, process: int) -> Way:
    """Bytes only; they are looked into afterwards."""
    pages: list[bytes] = []

    def read() -> None:
        pages.clear()
        cursor = ""
        while True:
            path = f"/v1/companies/{CODE}/changes?tables={TABLE}&limit={PAGE}&cursor={cursor}"
            connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
            reply = connection.getresponse()
            pages.append(reply.read())
            assert reply.status == OK, pages[-1]
            head = msgspec.json.decode(pages[-1], type=_Head)
            cursor = head.cursor
            if not head.more:
                return

    way = measure("ours, SQLite, over HTTP", read, repeats=3, process=process)
    told = [row for page in pages for row in msgspec.json.decode(page, type=wire.Changes).rows]
    assert len({row.rid for row in told}) == len(told) == rows
    return way


class _Head(msgspec.Struct):
    """What a reader must know of a page to ask for the next."""

    cursor: str
    more: bool


def _floor(database: sqlite3.Connection, rows: int) -> Way:
    def read() -> None:
        found = database.execute("SELECT tbl, id, seq, cells FROM rows WHERE tbl = ?", (TABLE,))
        assert len(found.fetchall()) == rows

    return measure("floor: sqlite3 SELECT alone", read, repeats=3)


def _usual(database: sqlite3.Connection, rows: int) -> Way:
    def read() -> None:
        found = database.execute("SELECT tbl, id, seq, cells FROM rows WHERE tbl = ?", (TABLE,))
        names = ("t", "rid", "seq", "cells")
        said: Sequence[dict[str, object]] = [
            {**dict(zip(names, record, strict=True)), "cells": json.loads(record[3])}
            for record in found
        ]
        assert len(said) == rows
        assert json.dumps(said)

    return measure("usual: dicts and json, without HTTP", read, repeats=3)
