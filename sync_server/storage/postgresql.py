"""PostgreSQL through psycopg 3: a lock a company, readers on a snapshot, COPY for many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

import psycopg
from psycopg import errors
from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import ProgrammingError

from sync_server.core.errors import BadRequest, Busy, DiskFull, NoDatabase, ServerError
from sync_server.core.port import Ending
from sync_server.storage.dialect import Record, Upsert
from sync_server.storage.listening import CHANNEL, listen

LOCK_TIMEOUT = "5s"
# A plan that was made while a table was small reads all of it, for as long as the plan is kept.
PLANNED_ANEW = "SET LOCAL plan_cache_mode = force_custom_plan"
COUNTED_FROM = 256  # rows
COUNT_ANEW = (  # a tenth of the usual sample
    "SET LOCAL default_statistics_target = 10;"
    " ANALYZE (SKIP_LOCKED) rows (company, id, tbl, document, seq, deleted, source)"
)
SCHEMA_LOCK = 0x4C616A7572  # "Lajur": the advisory lock of migrations
COPY_FROM = 50  # records from which COPY beats single INSERTs
TYPES = {"numeric": "numeric(24,6)", "integer": "bigint", "date": "date", "boolean": "boolean"}


class Postgresql:
    """The `Dialect` of PostgreSQL 13 and newer."""

    errors: tuple[type[Exception], ...] = (psycopg.Error,)
    pairs = "json_each_text(?::json)"
    elements = (
        "(SELECT ordinality - 1 AS key, value"
        " FROM jsonb_array_elements(?::jsonb) WITH ORDINALITY AS element (value, ordinality))"
    )
    puts_on_twice = False

    def engine(self, url: str) -> Engine:
        """READ COMMITTED, so that a writer who waited sees what the other one wrote."""
        return create_engine(url, pool_size=16, max_overflow=16, isolation_level="READ COMMITTED")

    def begin_writing(self, connection: Connection) -> None:
        """Whoever waits for a lock is told to come again."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'; {PLANNED_ANEW}")

    def begin_reading(self, connection: Connection) -> None:
        """The company's head and its rows must be of one state."""
        connection.exec_driver_sql(
            f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; {PLANNED_ANEW}"
        )

    def lock(self, connection: Connection, company: str) -> None:
        """The company's row is locked before anything is read: commits are seen in seq order."""
        statement = "SELECT 1 FROM companies WHERE code = %s FOR UPDATE"
        connection.exec_driver_sql(statement, (company,))

    def lock_schema(self, connection: Connection) -> None:
        """Until the end of the transaction."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")

    def grew(self, connection: Connection, before: int, after: int) -> None:
        """Counts anew each time that the rows have doubled: the planner takes a table for empty
        that was so when it was last looked at, and autovacuum looks once a minute at most.
        """
        if before.bit_length() != after.bit_length() and after >= COUNTED_FROM:
            connection.exec_driver_sql(COUNT_ANEW)

    def committed(self, rows: int) -> None:
        """It looks after its log itself."""

    def close(self) -> None:
        """Nothing is open."""

    def notify(self, connection: Connection, company: str, head: int) -> None:
        """Delivered after the commit, never after a rollback."""
        payload = (CHANNEL, f"{head} {company}")
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", payload)

    def listen(self, url: URL, heard: Callable[[str, int], None], end: Ending) -> None:
        """On a connection of its own."""
        plain = url.set(drivername="postgresql")
        listen(plain.render_as_string(hide_password=False), heard, end)

    def sql(self, text: str) -> str:
        """With psycopg's marks."""
        return _marked(text)

    def among(self, column: str) -> str:
        """One array parameter for any number of values. Asked for in a subquery, the planner
        looks each one up; shown a long array it would rather read a whole company.
        """
        return f"{column} = ANY(ARRAY(SELECT unnest(?::text[])))"

    def array(self, values: Iterable[str]) -> object:
        """As a list."""
        return list(values)

    def element(self, place: int) -> str:
        """Out of binary JSON."""
        return f"(element.value ->> {place})"

    def insert(
        self, connection: Connection, table: str, columns: Sequence[str], records: Sequence[Record]
    ) -> None:
        """COPY for many, pipelined INSERTs for few."""
        if len(records) >= COPY_FROM:
            _copy(connection, table, columns, records)
        elif records:
            connection.exec_driver_sql(_insert(table, columns), list(map(tuple, records)))

    def upsert(self, connection: Connection, into: Upsert, records: Sequence[Record]) -> None:
        """Many are copied into a table of this connection first and merged from there."""
        listed = ", ".join(into.columns)
        if len(records) >= COPY_FROM:
            staged = f"staged_{into.table}"
            connection.exec_driver_sql(
                f"CREATE TEMP TABLE IF NOT EXISTS {staged} ON COMMIT DELETE ROWS"
                f" AS SELECT {listed} FROM {into.table} WITH NO DATA"
            )
            _copy(connection, staged, into.columns, records)
            connection.exec_driver_sql(
                f"INSERT INTO {into.table} ({listed}) SELECT {listed} FROM {staged} {into.conflict}"
            )
            connection.exec_driver_sql(f"DELETE FROM {staged}")
        elif records:
            statement = f"{_insert(into.table, into.columns)} {into.conflict}"
            connection.exec_driver_sql(statement, list(map(tuple, records)))

    def cell(self, column: str) -> str:
        """Text out of binary JSON."""
        return f"(cells ->> '{column}')"

    def typed(self, column: str, kind: str) -> str:
        """Exact types; canonical text is what PostgreSQL reads."""
        cell = self.cell(column)
        return f"{cell}::{TYPES[kind]}" if kind in TYPES else cell

    def amount(self, column: str) -> str:
        """Exact, with the four decimals in which it is kept."""
        return f"({column}::numeric / 10000)::numeric(20,4)"

    def replace_view(self, connection: Connection, name: str, select: str) -> None:
        """In place where only columns were added, so that views upon it stay."""
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(f'CREATE OR REPLACE VIEW "{name}" AS {select}')
        except ProgrammingError:
            connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{name}"')
            connection.exec_driver_sql(f'CREATE VIEW "{name}" AS {select}')

    def refusal(self, error: BaseException) -> ServerError | None:
        """By SQLSTATE."""
        if isinstance(error, _WAITED):
            return Busy()
        if isinstance(error, errors.DiskFull):
            return DiskFull()
        if isinstance(error, psycopg.DataError):
            return BadRequest(f"No database keeps this: {error}")
        return NoDatabase(str(error)) if _cut_off(error) else None


_WAITED = (errors.LockNotAvailable, errors.DeadlockDetected, errors.SerializationFailure)


def _cut_off(error: BaseException) -> bool:
    state = getattr(error, "sqlstate", None)
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    return str(state)[:2] in ("08", "57")


def _insert(table: str, columns: Sequence[str]) -> str:
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def _copy(
    connection: Connection, table: str, columns: Sequence[str], records: Iterable[Record]
) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy,
    ):
        for record in records:
            copy.write_row(record)


@cache
def _marked(text: str) -> str:
    return text.replace("%", "%%").replace("?", "%s")
