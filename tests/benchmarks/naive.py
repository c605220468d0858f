"""The usual route for rows, to compare with: FastAPI, `list[Row]` in Pydantic, SQLAlchemy Core.

It checks types, known accounts, one side a line and that entries balance, and upserts durably in
one transaction a request. It merges nothing, keeps no audit and no balances.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import defaultdict
from decimal import Decimal
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field, model_validator
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    select,
)
from sqlalchemy.dialects.sqlite import insert

UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
COLUMNS = "entry date account description debit credit party cost_centre due document source"
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)]

metadata = MetaData()
accounts = Table("accounts", metadata, Column("code", Text, primary_key=True))
journal = Table(
    "journal",
    metadata,
    Column("id", Text, unique=True, nullable=False),
    *(Column(name, Text) for name in COLUMNS.split()),
)
Index("journal_account_date", journal.c.account, journal.c.date)


class Row(BaseModel):
    """A journal line as it is posted."""

    id: Annotated[str, Field(pattern=UUID)]
    entry: Annotated[str, Field(min_length=1, max_length=60)]
    date: dt.date
    account: Annotated[str, Field(min_length=1, max_length=40)]
    description: Annotated[str, Field(max_length=500)] | None = None
    debit: Amount | None = None
    credit: Amount | None = None
    party: Annotated[str, Field(max_length=40)] | None = None
    cost_centre: Annotated[str, Field(max_length=40)] | None = None
    due: dt.date | None = None
    document: Annotated[str, Field(max_length=40)] | None = None
    source: Annotated[str, Field(max_length=200)] | None = None

    @model_validator(mode="after")
    def one_side(self) -> Row:
        """Exactly one of debit and credit is above zero."""
        if (not self.debit) == (not self.credit):
            raise ValueError("either debit or credit")
        return self


def open_engine(url: str) -> Engine:
    """SQLite with the durability of ours, and the tables."""
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def durable(connection: Any, _: object) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    metadata.create_all(engine)
    return engine


def create_app() -> FastAPI:
    """The application over the database of NAIVE_DATABASE."""
    app = FastAPI()
    engine = open_engine(os.environ["NAIVE_DATABASE"])

    @app.post("/rows")
    def put_rows(rows: list[Row]) -> dict[str, int]:
        """Keeps all rows or none."""
        with engine.begin() as connection:
            _check(connection, rows)
            upsert = insert(journal)
            changed = {name: upsert.excluded[name] for name in COLUMNS.split()}
            connection.execute(
                upsert.on_conflict_do_update(index_elements=["id"], set_=changed),
                [row.model_dump(mode="json") for row in rows],
            )
        return {"rows": len(rows)}

    return app


def _check(connection: Connection, rows: list[Row]) -> None:
    known = set(connection.scalars(select(accounts.c.code)))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.account not in known:
            raise HTTPException(422, f"no account {row.account}")
        sums[row.entry] += (row.debit or 0) - (row.credit or 0)
    if any(sums.values()):
        raise HTTPException(422, "an entry does not balance")
