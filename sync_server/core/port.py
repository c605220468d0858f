"""What the core asks of a store: one open transaction on one company, in sets of rows.

Rows and changes are msgspec structs: a push makes them by the hundred thousand, and a frozen
dataclass takes eight times as long to make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import msgspec

from sync_server.core.scope import Scope, ScopeMove
from sync_server.core.sums import Adder, Moved, Span, Sums
from workbook_templates.schema import Cells, Company
from workbook_templates.wire import Audit, Place


class StoredRow(msgspec.Struct, frozen=True, gc=False):
    """A row as it is kept. `key`: its document; `seq`: the commit that last changed it;
    `source`: the document ("table/key") that it follows from. Blank cells are absent.
    """

    table: str
    id: str
    key: str
    seq: int
    cells: dict[str, str]
    deleted: bool = False
    source: str | None = None


class Days(NamedTuple):
    """From `first` to `last`, both included, in a column of days."""

    column: str
    first: str
    last: str


class RowChange(msgspec.Struct, frozen=True, gc=False):
    """One row's part of a commit, where it was seen, and its formulas: column -> text."""

    before: StoredRow | None
    after: StoredRow
    place: Place | None = None
    copied_from: str | None = None
    formulas: Mapping[str, str] | None = None

    @property
    def created(self) -> bool:
        """Whether there was no such row, or a tombstone only."""
        return self.before is None or self.before.deleted

    @property
    def cells(self) -> dict[str, tuple[str | None, str | None]]:
        """Column -> (before, after) of every cell that differs."""
        new = {} if self.after.deleted else self.after.cells
        old = {} if self.before is None or self.before.deleted else self.before.cells
        found: dict[str, tuple[str | None, str | None]] = {
            k: (old.get(k), v) for k, v in new.items() if old.get(k) != v
        }
        found.update({k: (v, None) for k, v in old.items() if k not in new})
        return found


class Commit(msgspec.Struct, frozen=True, gc=False):
    """One accepted mutation: what changed, who did it, when (UTC text), from which file.
    `made_by`: who typed it, where that is not who sent it.
    """

    seq: int
    mid: str
    user: str
    at: str
    kind: str
    cause: str
    file: str
    copy: str
    changes: tuple[RowChange, ...]
    made_by: str = ""


class KeptChange(msgspec.Struct, frozen=True, gc=False):
    """One row's part of a commit as it is kept and hashed. `cells`: the JSON text of
    column -> [before, after], or of column -> after where the row was created. `formulas`: that of
    column -> formula, "" where there is none.
    """

    table: str
    id: str
    deleted: bool
    created: bool
    cells: str
    formulas: str = ""


@dataclass(frozen=True, slots=True)
class KeptCommit:
    """A commit as it is kept (its `changes` as texts, by row id), with its link of the chain."""

    commit: Commit
    changes: tuple[KeptChange, ...]
    hash: str


class StoredResult(msgspec.Struct, frozen=True, gc=False):
    """What became of a mutation: the hash of what was sent, by whom, the result as JSON text."""

    digest: str
    status: str
    user: str
    at: str
    result: str


@dataclass(frozen=True, slots=True)
class Outlived:
    """How many tombstones and results of mutations are old enough, and the floor without them."""

    tombstones: int
    results: int
    floor: int


@dataclass(frozen=True, slots=True)
class CopySeen:
    """One file as it last said of itself: `version` of its template, `seq` up to which it read."""

    copy: str
    person: str
    stamp: str
    file: str
    host: str
    book: str
    version: int
    seq: int
    last_seen: str = ""


@dataclass(frozen=True, slots=True)
class HeldLease:
    """A person's turn to sync a live file, until a moment (UTC text)."""

    copy: str
    holder: str
    person: str
    until: str


class ParkedDraft(msgspec.Struct, frozen=True, gc=False):
    """A draft as it is kept. `body`: its groups as JSON text; `state`: open, adopted, dropped."""

    id: str
    made_by: str
    parked_by: str
    at: str
    file: str
    book: str
    reason: str
    state: str
    settled_by: str
    settled_at: str
    body: str


class KeptCheckpoint(NamedTuple):
    """A checkpoint of a projection (`schema.Checkpoint`), its state as JSON text."""

    day: str
    position: int
    state: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What becomes of one partition of a projection: from `start` on, `rows` stand where `before`
    stood. `checkpoints` are those to write, by day; None for one that goes.
    """

    start: int
    rows: Sequence[Cells]
    before: Sequence[Cells] = ()
    checkpoints: Mapping[str, KeptCheckpoint | None] = field(default_factory=dict)


@dataclass
class Batch:
    """Everything that one transaction adds; the store writes it in sets."""

    head: int
    commits: list[Commit] = field(default_factory=list)
    rows: dict[str, StoredRow] = field(default_factory=dict)
    results: dict[str, StoredResult] = field(default_factory=dict)
    totals: dict[str, Sums] = field(default_factory=dict)
    # Rows whose sums are not among `totals`, and to which sums they are to be added.
    moved: list[tuple[Sequence[Adder], Sequence[Moved]]] = field(default_factory=list)
    replays: dict[str, dict[str, Rewrite]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # the last of each series that moved


class Transaction(Protocol):
    """One company under its lock. Every read sees one state, and what was kept since."""

    @property
    def company(self) -> Company: ...

    @property
    def epoch(self) -> str: ...

    @property
    def head(self) -> int: ...

    @property
    def secret(self) -> bytes:
        """The key under which this company's cursors are signed."""

    @property
    def mark(self) -> str:
        """The short name of the history that ends with the newest commit."""

    @property
    def floor(self) -> int:
        """Up to this commit tombstones may have been purged: an older cursor misses deletions."""

    def rows_by_id(self, ids: Iterable[str]) -> dict[str, StoredRow]:
        """Rows by id, tombstones too."""

    def rows_where(
        self, table: str, column: str, values: Iterable[str], days: Days | None = None
    ) -> list[StoredRow]:
        """Live rows of a table, the first kept first. `column`: an indexed one, DOCUMENT for their
        document's key, or SOURCE for the document that they follow from (of any table)."""

    def rows_of(self, table: str) -> list[StoredRow]:
        """All live rows of a table."""

    def feed(
        self, tables: Iterable[str], after: int, limit: int, scope: Scope | None = None
    ) -> list[StoredRow]:
        """Rows and tombstones with seq > after by seq, those of one commit in the order in which
        they were first kept; cut only between two seqs: at least `limit` rows where there are as
        many. Of limited tables only what `scope` admits, and every tombstone that may be seen.
        """

    def moves(self, tables: Iterable[str], after: int, upto: int) -> list[ScopeMove]:
        """What moved in these tables in the commits (after, upto], in their order."""

    def totals(
        self, key: str, by: Sequence[int], equal: Mapping[int, str], span: Mapping[int, Span]
    ) -> Sums:
        """Sums grouped by some of the totals' columns (positions), narrowed by value and range."""

    def totals_under(self, key: str, firsts: Iterable[str]) -> Sums:
        """Sums under all columns, of some values of the first."""

    def replayed_since(self, key: str, positions: Mapping[str, int]) -> dict[str, list[Cells]]:
        """Rows of a projection by partition, from its position on, in replay order."""

    def checkpoints(self, key: str, partitions: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
        """Day and position of each checkpoint of a projection by partition, the oldest first."""

    def checkpoint_states(self, key: str, days: Mapping[str, str]) -> dict[str, str]:
        """By partition the state of its checkpoint of that day."""

    def numbers(self) -> dict[str, int]:
        """The last number given of each series."""

    def results(self, mids: Iterable[str]) -> dict[str, StoredResult]: ...

    def authors(self, seqs: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Who made a commit and when."""

    def history(self, row_id: str) -> list[Audit]:
        """Every change of a row, oldest first; of one that was purged too."""

    def trail(self, row_id: str, seq: int) -> list[Audit]:
        """Every change of a row up to that of commit `seq`, oldest first; empty where that commit
        did not change the row.
        """

    def marks(self, seqs: Iterable[int]) -> dict[int, str]:
        """The short names of the histories that end with these commits."""

    def last_before(self, at: str) -> int:
        """The last commit such that it and all before it are older than a moment (UTC text)."""

    def outlived(self, upto: int, before: str) -> Outlived:
        """What `purge` would take away."""

    def purge(self, upto: int, before: str) -> None:
        """Takes away tombstones up to a commit, raising the floor, and results older than a moment.
        The audit stays whole.
        """

    def commits_after(self, seq: int) -> Iterator[KeptCommit]:
        """Newer commits in order, a few in memory at a time; for `verify`."""

    def all_rows(self) -> Iterator[StoredRow]:
        """Every row and tombstone, in the order in which they were first kept; for `verify`."""

    def all_totals(self, key: str) -> Sums:
        """All sums under all `by` columns; a sum of zero may be absent."""

    def all_replays(self, key: str) -> dict[str, list[Cells]]:
        """All partitions of a projection that have rows."""

    def all_checkpoints(self, key: str) -> dict[str, list[KeptCheckpoint]]:
        """All checkpoints of a projection by partition, the oldest first."""

    def keep(self, batch: Batch) -> None:
        """Writes a batch, perhaps while its caller goes on; the next read waits for it. Durable
        when the store's `writing` ends without an exception.
        """


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a token. `roles`: (company or "*", role) pairs; `only`: (company or "*", limit)
    pairs, the limits of rows as they are written (workbook_templates/limits.py).
    """

    name: str
    roles: tuple[tuple[str, str], ...]
    only: tuple[tuple[str, str], ...] = ()


class Ending(Protocol):
    """Whether, and when, one is to stop (`threading.Event`)."""

    def is_set(self) -> bool: ...

    def wait(self, timeout: float | None = None, /) -> bool: ...


class Store(Protocol):
    """All companies and people of one server."""

    def companies(self) -> list[Company]: ...

    def add_company(self, company: Company, epoch: str, secret: bytes) -> None:
        """Raises `AlreadyThere`."""

    def add_person(self, person: Person, token_digest: str) -> None:
        """Adds a person, or gives one more roles and a new token."""

    def person_with(self, token_digest: str) -> Person | None:
        """Who holds the token of this SHA-256 digest."""

    def person_at_hand(self, token_digest: str) -> Person | None:
        """The same without waiting for anything, None where it must be looked up."""

    def take_lease(self, company: str, wanted: HeldLease, now: str) -> HeldLease:
        """Who has the turn after somebody asked for it: another's stays until it has ended."""

    def release_lease(self, company: str, copy: str, holder: str) -> None:
        """Ends a turn, if it is this holder's."""

    def heads(self) -> dict[str, int]:
        """The newest commit of every company."""

    def listen(self, heard: Callable[[str, int], None], end: Ending) -> None:
        """Calls `heard(company, head)` for commits of other processes until `end`; returns at
        once where the database does not tell of them.
        """

    def people(self) -> list[Person]: ...

    def limit_person(self, name: str, company: str, only: Sequence[str]) -> None:
        """Puts these limits in the place of those that a person has there; none lifts them."""

    def copies(self, company: str) -> list[CopySeen]:
        """The files of a company that were seen, the last seen first."""

    def copy_seen(self, company: str, copy: str) -> CopySeen | None:
        """What is known of one file."""

    def see_copy(self, company: str, seen: CopySeen) -> None:
        """Notes what a file said of itself; waits for no writer of the company's rows."""

    def drafts(self, company: str, ids: Iterable[str] | None = None) -> list[ParkedDraft]:
        """Some or all parked drafts, the newest first."""

    def park(self, company: str, draft: ParkedDraft) -> None:
        """Keeps a draft, or what became of it."""

    def writing(self, company: str) -> AbstractContextManager[Transaction]:
        """The company under its lock; commits at the end, rolls back on an exception.
        Raises `NotFound` for an unknown company, `Busy` when the lock cannot be had.
        """

    def reading(self, company: str) -> AbstractContextManager[Transaction]:
        """One consistent state of the company, without a lock."""


DOCUMENT = "@document"
SOURCE = "@source"
