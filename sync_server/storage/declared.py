"""What is made of the books' declarations: an index per looked-up column, typed views to read.

`<book>_<sheet>` shows the live rows of a sheet, `replay_<key>` a projection, `totals_<key>` sums;
dots of a key become underscores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from sync_server.core.catalogue import Catalogue
from sync_server.storage.dialect import Dialect
from sync_server.storage.tables import BY, OF
from workbook_templates.columns import Column
from workbook_templates.schema import Replay, Sheet, Totals

INDEX, VIEW = "index", "view"
LONGEST_NAME = 63  # PostgreSQL's


@dataclass(frozen=True, slots=True)
class Part:
    """An index or a view by name; `text` is what follows CREATE INDEX name, or a view's SELECT."""

    kind: str
    name: str
    text: str

    @property
    def fingerprint(self) -> str:
        """Changes when the part must be made anew."""
        return sha256(self.text.encode()).hexdigest()


def parts(catalogue: Catalogue, dialect: Dialect) -> list[Part]:
    """Everything that this catalogue needs, names all different."""
    found: dict[str, Part] = {}
    for part in _parts(catalogue, dialect):
        if part.name in found:
            raise ValueError(f"two declarations want the {part.kind} {part.name}")
        found[part.name] = part
    return list(found.values())


def live(table: str) -> str:
    """The condition of a sheet's partial indexes: a query must spell it alike to use them."""
    return f"tbl = '{table}' AND NOT deleted"


def _parts(catalogue: Catalogue, dialect: Dialect) -> Iterator[Part]:
    for sheet in catalogue.sheets.values():
        for column in sheet.indexes:
            yield _index(sheet, column, dialect)
        yield Part(VIEW, _named(sheet.table), _sheet_view(sheet, dialect))
    for replay in catalogue.replays.values():
        yield Part(VIEW, _named(f"replay_{replay.key}"), _replay_view(replay, dialect))
    for totals in catalogue.totals.values():
        yield Part(VIEW, _named(f"totals_{totals.key}"), _totals_view(totals, dialect))


def _index(sheet: Sheet, column: str, dialect: Dialect) -> Part:
    if column not in sheet.by_key:
        raise ValueError(f"{sheet.table} declares an index on {column}, which it does not have")
    cells = [f"({dialect.cell(name)})" for name in (column, sheet.dated) if name]
    on = f"ON rows (company, {', '.join(cells)}) WHERE {live(sheet.table)}"
    return Part(INDEX, _named(f"rows_{sheet.table}_{column}"), on)


def _sheet_view(sheet: Sheet, dialect: Dialect) -> str:
    own = "id AS _id, seq AS _seq, company AS _company, source AS _source"
    return f"SELECT {own}{_typed(sheet.columns, dialect)} FROM rows WHERE {live(sheet.table)}"


def _replay_view(replay: Replay, dialect: Dialect) -> str:
    own = "company AS _company, part AS _part, position AS _position"
    return f"SELECT {own}{_typed(replay.columns, dialect)} FROM replays WHERE name = '{replay.key}'"


def _totals_view(totals: Totals, dialect: Dialect) -> str:
    if len(totals.by) > len(BY) or len(totals.of) > len(OF):
        raise ValueError(f"{totals.key}: at most {len(BY)} `by` and {len(OF)} `of` columns")
    by = [f'{k} AS "{_named(name)}"' for k, name in zip(BY, totals.by, strict=False)]
    of = [f'{dialect.amount(v)} AS "{name}"' for v, name in zip(OF, totals.of, strict=False)]
    listed = ", ".join(["company AS _company", *by, *of])
    return f"SELECT {listed} FROM totals WHERE name = '{totals.key}'"


def _typed(columns: Iterable[Column], dialect: Dialect) -> str:
    return "".join(f', {dialect.typed(c.key, c.sql)} AS "{c.key}"' for c in columns)


def _named(key: str) -> str:
    name = key.replace(".", "_").replace(":", "_")
    if len(name) <= LONGEST_NAME and name.replace("_", "").isalnum() and name.isascii():
        return name
    raise ValueError(f"{key} cannot name a part of the database")
