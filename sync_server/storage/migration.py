"""Brings a database to what the declarations say: it adds, and makes views anew; no data goes.

docs/decisions/0011-migrations-from-declarations.md says why there are no migration scripts.
"""

from __future__ import annotations

from sqlalchemy import Connection, inspect, schema

from sync_server.core.catalogue import Catalogue
from sync_server.storage.declared import VIEW, Part, parts
from sync_server.storage.dialect import Dialect
from sync_server.storage.tables import metadata


def migrate(connection: Connection, dialect: Dialect, catalogue: Catalogue) -> list[str]:
    """The names of what was made or made anew; empty where the database is up to date.

    Runs inside the caller's transaction, under the lock of migrations.
    """
    made = [*_fixed(connection), *_columns(connection)]
    kept = {
        name: (kind, fingerprint)
        for name, kind, fingerprint in connection.exec_driver_sql(
            "SELECT name, kind, fingerprint FROM schema_parts"
        )
    }
    wanted = {part.name: part for part in parts(catalogue, dialect)}
    for name, (kind, _) in kept.items():
        if name not in wanted:
            _drop(connection, dialect, kind, name)
    for part in wanted.values():
        if kept.get(part.name) != (part.kind, part.fingerprint):
            _make(connection, dialect, part, part.name in kept)
            made.append(part.name)
    return made


def _fixed(connection: Connection) -> list[str]:
    there = set(inspect(connection).get_table_names())
    missing = [table for table in metadata.sorted_tables if table.name not in there]
    metadata.create_all(connection, missing)
    return [table.name for table in missing]


def _columns(connection: Connection) -> list[str]:
    """Columns that a later version of Lajur gave to a table; each has a default or may be NULL."""
    inspector, added = inspect(connection), []
    for table in metadata.sorted_tables:
        there = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                spelled = schema.CreateColumn(column).compile(dialect=connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {spelled}")
                added.append(f"{table.name}.{column.name}")
    return added


def _make(connection: Connection, dialect: Dialect, part: Part, again: bool) -> None:
    if again:
        _forget(connection, dialect, part.name)
    if part.kind == VIEW:
        dialect.replace_view(connection, part.name, part.text)
    else:
        connection.exec_driver_sql(f'DROP INDEX IF EXISTS "{part.name}"')
        statement = f'CREATE INDEX "{part.name}" {part.text}'
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        dialect.sql("INSERT INTO schema_parts (name, kind, fingerprint) VALUES (?, ?, ?)"),
        (part.name, part.kind, part.fingerprint),
    )


def _drop(connection: Connection, dialect: Dialect, kind: str, name: str) -> None:
    what = "VIEW" if kind == VIEW else "INDEX"
    connection.exec_driver_sql(f'DROP {what} IF EXISTS "{name}"')
    _forget(connection, dialect, name)


def _forget(connection: Connection, dialect: Dialect, name: str) -> None:
    connection.exec_driver_sql(dialect.sql("DELETE FROM schema_parts WHERE name = ?"), (name,))
