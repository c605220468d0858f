"""SQLite: one file, one writer at a time, every commit on the disk before it is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from sync_server.core.errors import Busy, DiskFull, NoDatabase, ServerError
from sync_server.core.port import Ending
from sync_server.storage.checkpointing import Checkpoints
from sync_server.storage.dialect import Record, Upsert
from sync_server.storage.turns import Turns, poll

BUSY_MS = 5000
PAGE_BYTES = 8192  # rows and their audit fit better than into 4096
CACHE_KB = 65_536
LONGEST_LOG = 16_000  # pages, after which a writer waits for its checkpoint
IN_ONE = 200  # records that go into one statement
_NO_DATABASE = {
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_NOTADB),
    sqlite3.SQLITE_IOERR,  # a quota, a disk that is gone
}
_encode = msgspec.json.Encoder().encode


class Sqlite:
    """The `Dialect` of SQLite 3.35 and newer."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)
    pairs = "json_each(?)"
    elements = "json_each(?)"
    puts_on_twice = True

    def __init__(self) -> None:
        self._turns = Turns()
        self._checkpoints: Checkpoints | None = None

    def engine(self, url: str) -> Engine:
        """An engine that begins no transaction of its own accord."""
        file = make_url(url).database
        if file and file != ":memory:":
            self._turns, self._checkpoints = Turns(Path(f"{file}-turn")), Checkpoints(file)
        engine = create_engine(url, pool_size=16, max_overflow=48)
        event.listen(engine, "connect", _on_connect)
        return engine

    def begin_writing(self, connection: Connection) -> None:
        """Takes the one writer's lock at once: a later upgrade could fail at random."""
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        with self._turns.first(BUSY_MS / 1000) as until:
            driver.execute("PRAGMA busy_timeout = 0")  # SQLite's own waits grow to 0.1 s
            try:
                poll(lambda: _begun(driver), until)
            finally:
                driver.execute(f"PRAGMA busy_timeout = {BUSY_MS}")

    def begin_reading(self, connection: Connection) -> None:
        """The snapshot is taken by the first read."""
        connection.exec_driver_sql("BEGIN")

    def lock(self, connection: Connection, company: str) -> None:
        """Nothing more: the writer's lock holds every company."""

    def lock_schema(self, connection: Connection) -> None:
        """Nothing more, likewise."""

    def grew(self, connection: Connection, before: int, after: int) -> None:
        """Its planner goes by the shape of a question alone."""

    def committed(self, rows: int) -> None:
        """The log grew."""
        if self._checkpoints is not None:
            self._checkpoints.committed(rows)

    def close(self) -> None:
        """Waits for the log."""
        if self._checkpoints is not None:
            self._checkpoints.close()

    def notify(self, connection: Connection, company: str, head: int) -> None:
        """SQLite tells nobody."""

    def listen(self, url: URL, heard: Callable[[str, int], None], end: Ending) -> None:
        """Nothing is ever heard."""

    def sql(self, text: str) -> str:
        """As it is written."""
        return text

    def among(self, column: str) -> str:
        """One parameter for any number of values."""
        return f"{column} IN (SELECT value FROM json_each(?))"

    def array(self, values: Iterable[str]) -> object:
        """As JSON text."""
        return _encode(list(values)).decode()

    def element(self, place: int) -> str:
        """Out of JSON text."""
        return f"json_extract(element.value, '$[{place}]')"

    def insert(
        self, connection: Connection, table: str, columns: Sequence[str], records: Sequence[Record]
    ) -> None:
        """Many in one statement, during which Python's lock is free; few one by one."""
        _put(connection, table, columns, "", records)

    def upsert(self, connection: Connection, into: Upsert, records: Sequence[Record]) -> None:
        """Likewise."""
        _put(connection, into.table, into.columns, into.conflict, records)

    def cell(self, column: str) -> str:
        """Text out of JSON text."""
        return f"json_extract(cells, '$.\"{column}\"')"

    def typed(self, column: str, kind: str) -> str:
        """Dates stay ISO text, which SQLite's date functions read; a flag is 1 or 0."""
        cell = self.cell(column)
        if kind == "boolean":
            return f"CAST({cell} = 'true' AS BOOLEAN)"
        return cell if kind in ("text", "date") else f"CAST({cell} AS {kind.upper()})"

    def amount(self, column: str) -> str:
        """SQLite has no exact decimals: sums of less than 15 digits are shown exactly."""
        return f"CAST({column} / 10000.0 AS NUMERIC)"

    def replace_view(self, connection: Connection, name: str, select: str) -> None:
        """Inside the migration's transaction, so that nobody misses the view."""
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{name}"')
        connection.exec_driver_sql(f'CREATE VIEW "{name}" AS {select}')

    def refusal(self, error: BaseException) -> ServerError | None:
        """By SQLite's primary result code."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return Busy()
        if code == sqlite3.SQLITE_FULL:
            return DiskFull()
        if code in _NO_DATABASE:
            return NoDatabase(str(error))
        return None


def _put(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    conflict: str,
    records: Sequence[Record],
) -> None:
    into = f"INSERT INTO {table} ({', '.join(columns)})"
    found = _in_one(records) if len(records) >= IN_ONE else None
    if found is not None:
        values, parameters = found
        select = f"SELECT {values} FROM json_each(?) WHERE true"
        connection.exec_driver_sql(f"{into} {select} {conflict}", parameters)
    elif records:
        marks = ", ".join("?" * len(columns))
        statement = f"{into} VALUES ({marks}) {conflict}"
        connection.exec_driver_sql(statement, list(map(tuple, records)))


def _in_one(records: Sequence[Record]) -> tuple[str, tuple[object, ...]] | None:
    """The values to select for a JSON text of records, and the parameters, that text the last;
    what is the same in all records is not in it. None for a text that SQLite's JSON cannot carry.
    """
    values, same = [], []
    differing: list[Record] = []
    for column in zip(*records, strict=True):
        first = column[0]
        if first == column[-1] and column.count(first) == len(column):
            values.append("?")
            same.append(first)
        else:
            values.append(f"json_extract(value, '$[{len(differing)}]')")
            differing.append(column)
    text = _encode(list(zip(*differing, strict=True))).decode()
    return None if "\\u0000" in text else (", ".join(values), (*same, text))


def _begun(driver: sqlite3.Connection) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a new file
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LONGEST_LOG}")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
