"""A backup that either database can read: one gzip file of JSON lines, a table after the other.

The first line says what the file is, an object with "table" and "columns" begins a table, every
array is a record, the last line counts them: a file that was cut off is refused. It holds digests
of tokens and the keys of cursors, so it must be kept as safe as the database.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

import msgspec
from sqlalchemy import Boolean, Connection, Table, select

from sync_server.core.errors import AlreadyThere, Damaged, NotFound
from sync_server.storage.dialect import Dialect
from sync_server.storage.sql_store import SqlStore
from sync_server.storage.tables import companies, copies, metadata, schema_parts

FORMAT = {"lajur_backup": 1}
PAGE = 2000
LEVEL = 4  # a quarter of the time of the best, a tenth larger
TABLES = {t.name: t for t in metadata.sorted_tables if t is not schema_parts}
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def backup(store: SqlStore, file: Path) -> int:
    """Writes one state of all companies; the number of records. The file appears when it is whole.

    Writers are not held up.
    """
    part = file.with_name(f"{file.name}.part")
    count = 0
    with gzip.open(part, "wb", LEVEL) as out, store.transaction() as connection:
        out.write(_line(FORMAT))
        for table in TABLES.values():
            out.write(_line({"table": str(table.name), "columns": _names(table)}))
            for records in _pages(connection, table):
                out.write(b"".join(map(_line, records)))
                count += len(records)
        out.write(_line({"records": count}))
    part.replace(file)
    return count


def restore(store: SqlStore, file: Path, replace: bool = False) -> int:
    """Puts a backup in the place of everything; the number of records. All or nothing.

    Every company gets a new epoch, so that each copy of a workbook reads it anew and offers back
    what is lost. Raises
    `AlreadyThere` where there are companies, unless `replace`; `Damaged` for a broken file.
    """
    with store.transaction(writing=True) as connection:
        store.dialect.lock_schema(connection)
        if not replace and connection.execute(select(companies.c.code)).first():
            raise AlreadyThere("This database has companies: restore into an empty one")
        for table in TABLES.values():
            connection.execute(table.delete())
        count = _Restored(connection, store.dialect).read(_lines(file))
        for (code,) in connection.execute(select(companies.c.code)).fetchall():
            renewed = companies.update().where(companies.c.code == code)
            connection.execute(renewed.values(epoch=token_hex(8)))
        connection.execute(copies.update().values(stamp=""))  # of files that have gone on since
    return count


@dataclass
class _Restored:
    """What has been read so far, and the records that are not yet written."""

    connection: Connection
    dialect: Dialect
    table: str = ""
    columns: tuple[str, ...] = ()
    waiting: list[tuple[Any, ...]] = field(default_factory=list)
    flags: tuple[int, ...] = ()
    count: int = 0

    def read(self, lines: Iterator[Any]) -> int:
        """Everything; the number of records. Raises `Damaged`."""
        if next(lines, None) != FORMAT:
            raise Damaged("This file is no backup of Lajur, or one of a newer version")
        for line in lines:
            if isinstance(line, list):
                self.waiting.append(self._record(line))
                if len(self.waiting) == PAGE:
                    self._write()
            elif "table" in line:
                self._write()
                self._begin(line)
            else:
                self._write()
                if line.get("records") == self.count:
                    return self.count
                break
        raise Damaged("This backup is not whole: records are missing")

    def _begin(self, line: dict[str, Any]) -> None:
        self.table, self.columns = line["table"], tuple(line["columns"])
        known = TABLES[self.table].columns.keys() if self.table in TABLES else []
        if not set(self.columns) <= set(known):
            raise Damaged(f"This Lajur does not know the table {self.table} of the backup")
        kinds = [TABLES[self.table].columns[name].type for name in self.columns]
        self.flags = tuple(n for n, kind in enumerate(kinds) if isinstance(kind, Boolean))

    def _record(self, line: list[Any]) -> tuple[Any, ...]:
        if len(line) != len(self.columns):
            raise Damaged(f"A record of {self.table} in this backup is not whole")
        for n in self.flags:  # SQLite has 0 and 1
            line[n] = bool(line[n])
        return tuple(line)

    def _write(self) -> None:
        self.dialect.insert(self.connection, self.table, self.columns, self.waiting)
        self.count += len(self.waiting)
        self.waiting = []


def _lines(file: Path) -> Iterator[Any]:
    try:
        with gzip.open(file) as lines:
            yield from map(_decode, lines)
    except (EOFError, gzip.BadGzipFile, zlib.error, msgspec.DecodeError) as error:
        raise Damaged(f"{file.name} is no whole backup of Lajur") from error
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {file.name}") from error


def _pages(connection: Connection, table: Table) -> Iterator[list[list[Any]]]:
    """All records of a table, a page in memory at a time."""
    names = _names(table)
    listed = ", ".join("CAST(cells AS TEXT)" if name == "cells" else name for name in names)
    keys = ", ".join(column.name for column in table.primary_key)
    streaming = connection.execution_options(stream_results=True, yield_per=PAGE)
    found = streaming.exec_driver_sql(f"SELECT {listed} FROM {table.name} ORDER BY {keys}")
    for page in found.partitions(PAGE):
        yield [list(record) for record in page]


def _names(table: Table) -> list[str]:
    return [str(column.name) for column in table.columns]


def _line(told: object) -> bytes:
    return _encode(told) + b"\n"
