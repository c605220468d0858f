"""The fixed tables of the central copy. The company is the shard key: first in every key.

Columns of the books are not here: a row's cells are one JSON text, typed by the views that
`declared.py` makes of the declarations.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

metadata = MetaData()
TEXT = Text().with_variant(Text(collation="C"), "postgresql")  # in the order of code points
BY, OF = ("k1", "k2", "k3", "k4"), ("v1", "v2", "v3")


def _key(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]] = TEXT) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _text(name: str) -> Column[str]:
    return Column(name, TEXT, nullable=False, server_default="")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _cells() -> Column[str]:
    return Column("cells", Text().with_variant(JSONB, "postgresql"), nullable=False)


# `rows_kept` counts the rows ever made, `hash` is the newest link of the audit chain; up to
# commit `min_cursor` tombstones may have been purged.
companies = Table(
    "companies",
    metadata,
    _key("code"),
    *map(_text, ("name", "currency", "pack", "language", "epoch", "secret", "hash")),
    _number("head"),
    _number("rows_kept"),
    _number("min_cursor"),
)

# `ordinal` keeps the order in which rows were first kept: that of a document's lines.
rows = Table(
    "rows",
    metadata,
    _key("company"),
    _key("id"),
    _text("tbl"),
    _text("document"),
    _number("seq"),
    _number("ordinal"),
    _flag("deleted"),
    Column("source", TEXT),
    _cells(),
)
Index("rows_feed", rows.c.company, rows.c.seq, rows.c.tbl)
Index(
    "rows_document",
    rows.c.company,
    rows.c.tbl,
    rows.c.document,
    postgresql_where=text("NOT deleted"),
    sqlite_where=text("NOT deleted"),
)
Index(
    "rows_source",
    rows.c.company,
    rows.c.source,
    postgresql_where=text("source IS NOT NULL"),
    sqlite_where=text("source IS NOT NULL"),
)

commits = Table(
    "commits",
    metadata,
    _key("company"),
    _key("seq", BigInteger),
    *map(_text, ("mid", "author", "at", "kind", "cause", "file", "copy", "hash")),
    _text("made_by"),
    sqlite_with_rowid=False,
)

# One record a row and commit; `previous` is the seq of the row's record before this one, so that
# a row's history is found from its newest record without an index of its own.
audit = Table(
    "audit",
    metadata,
    _key("company"),
    _key("seq", BigInteger),
    _key("id"),
    Column("previous", BigInteger),
    _text("tbl"),
    _flag("deleted"),
    _flag("created"),
    Column("sheet", Text),
    Column("sheet_row", Integer),
    Column("copied_from", Text),
    _text("cells"),
    sqlite_with_rowid=False,
)

# The formulas whose results were sent, of the few rows that had any: column -> text.
formulas = Table(
    "formulas",
    metadata,
    _key("company"),
    _key("seq", BigInteger),
    _key("id"),
    _text("texts"),
    sqlite_with_rowid=False,
)

mutations = Table(
    "mutations",
    metadata,
    _key("company"),
    _key("mid"),
    *map(_text, ("digest", "status", "author", "at", "result")),
    sqlite_with_rowid=False,
)

totals = Table(
    "totals",
    metadata,
    _key("company"),
    _key("name"),
    *map(_key, BY),
    *map(_number, OF),
    sqlite_with_rowid=False,
)

replays = Table(
    "replays",
    metadata,
    _key("company"),
    _key("name"),
    _key("part"),
    _key("position", Integer),
    _cells(),
    sqlite_with_rowid=False,
)

# The last number given of each series of document numbers.
series = Table("series", metadata, _key("company"), _key("name"), _number("last"))

# Which files there are, as each said of itself when it last asked. It decides nothing.
copies = Table(
    "copies",
    metadata,
    _key("company"),
    _key("copy"),
    *map(_text, ("person", "stamp", "file", "host", "book", "last_seen")),
    _number("version"),
    _number("seq"),
    sqlite_with_rowid=False,
)

# What people parked: groups as they would have been sent, and what became of them.
drafts = Table(
    "drafts",
    metadata,
    _key("company"),
    _key("id"),
    *map(_text, ("made_by", "parked_by", "at", "file", "book", "reason", "state")),
    *map(_text, ("settled_by", "settled_at", "body")),
    sqlite_with_rowid=False,
)

# What left a document, or changed by what rows are limited: `cells` are those of before. Without
# it nobody could be told what left their window or their rights, or too many would be.
scope_moves = Table(
    "scope_moves",
    metadata,
    _key("company"),
    _key("seq", BigInteger),
    _key("id"),
    *map(_text, ("tbl", "document", "cells")),
    sqlite_with_rowid=False,
)

# Whose turn it is to sync a live file, until when (UTC text).
leases = Table(
    "leases", metadata, _key("company"), _key("copy"), *map(_text, ("holder", "person", "until"))
)

# From where projections can be built on: `position` rows come before, `state` is the replay's.
checkpoints = Table(
    "checkpoints",
    metadata,
    _key("company"),
    _key("name"),
    _key("part"),
    _key("day"),
    Column("position", Integer, nullable=False),
    _text("state"),
    sqlite_with_rowid=False,
)

# Of which version of a book a company's rows are.
book_versions = Table("book_versions", metadata, _key("company"), _key("book"), _number("version"))

people = Table("people", metadata, _key("name"))
roles = Table("roles", metadata, _key("company"), _key("name"), _key("role"))
limits = Table("limits", metadata, _key("company"), _key("name"), _key("admits"))
tokens = Table("tokens", metadata, _key("digest"), _text("name"))

# What was made of the declarations, to make anew only what changed.
schema_parts = Table("schema_parts", metadata, _key("name"), _text("kind"), _text("fingerprint"))
