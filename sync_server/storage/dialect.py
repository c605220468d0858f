"""What the two databases do differently; everything else is one SQL for both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import URL, Connection, Engine

from sync_server.core.errors import ServerError
from sync_server.core.port import Ending

Record = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Upsert:
    """Where records go, and what becomes of one that is there: assignments of `excluded.…`."""

    table: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    update: str

    @property
    def conflict(self) -> str:
        """The clause at the end of the INSERT."""
        return f"ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET {self.update}"


class Dialect(Protocol):
    """One database's ways. SQL is written with `?` for every parameter."""

    errors: tuple[type[Exception], ...]  # of the driver
    pairs: str  # a table of `key` and `value` out of one parameter, a JSON object of texts
    elements: str  # the same of a JSON array: each element's place from 0, and its JSON
    puts_on_twice: bool  # whether one upsert may bring two records of one key

    def engine(self, url: str) -> Engine: ...

    def begin_writing(self, connection: Connection) -> None:
        """Right after the start of a transaction that will write."""

    def begin_reading(self, connection: Connection) -> None:
        """Right after the start of a transaction that must see one state only."""

    def lock(self, connection: Connection, company: str) -> None:
        """Waits for the company's lock, held until the end of the transaction."""

    def lock_schema(self, connection: Connection) -> None:
        """Waits until nobody else migrates."""

    def grew(self, connection: Connection, before: int, after: int) -> None:
        """A transaction leaves so many rows of a company where there were fewer before."""

    def committed(self, rows: int) -> None:
        """A transaction has ended that made so many rows."""

    def close(self) -> None:
        """Ends what goes on beside the requests."""

    def notify(self, connection: Connection, company: str, head: int) -> None:
        """Other processes hear of a company's new head when the transaction is committed, where
        the database tells.
        """

    def listen(self, url: URL, heard: Callable[[str, int], None], end: Ending) -> None:
        """Hears what other processes notify, until `end`."""

    def sql(self, text: str) -> str:
        """The statement with the driver's parameter marks."""

    def among(self, column: str) -> str:
        """A condition: the column is one of the texts of one `array` parameter."""

    def array(self, values: Iterable[str]) -> object: ...

    def element(self, place: int) -> str:
        """The text at a place, from 0, of an `elements` value that is an array itself."""

    def insert(
        self, connection: Connection, table: str, columns: Sequence[str], records: Sequence[Record]
    ) -> None:
        """Many new records."""

    def upsert(self, connection: Connection, into: Upsert, records: Sequence[Record]) -> None:
        """Many records, each new or put on the one that is there."""

    def cell(self, column: str) -> str:
        """The canonical text of a cell, as an expression that an index can hold."""

    def typed(self, column: str, kind: str) -> str:
        """A cell with the database's own type, for views; `kind` is `Column.sql`."""

    def amount(self, column: str) -> str:
        """A sum of 1/10,000 units as a number, for views."""

    def replace_view(self, connection: Connection, name: str, select: str) -> None: ...

    def refusal(self, error: BaseException) -> ServerError | None:
        """What a driver's error means to the caller; None for a fault of ours."""
