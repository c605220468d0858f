"""The store in memory: the reference of the port, for tests and for trying things out."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from msgspec.structs import replace

from sync_server.core.audit import GENESIS, formulas_of, formulas_text, kept_changes, link, mark
from sync_server.core.errors import AlreadyThere, NotFound
from sync_server.core.port import (
    DOCUMENT,
    SOURCE,
    Batch,
    Commit,
    CopySeen,
    Days,
    Ending,
    HeldLease,
    KeptCommit,
    Outlived,
    ParkedDraft,
    Person,
    RowChange,
    StoredResult,
    StoredRow,
)
from sync_server.core.scope import Scope, ScopeMove
from sync_server.core.sums import Span, Sums, grouped
from sync_server.storage.memory_projections import KeptProjections, ReadsProjections, sums_after
from workbook_templates.schema import Company
from workbook_templates.wire import Audit


@dataclass
class _Books:
    """Everything of one company."""

    company: Company
    epoch: str
    secret: bytes
    head: int = 0
    rows: dict[str, StoredRow] = field(default_factory=dict)
    commits: list[tuple[Commit, str]] = field(default_factory=list)
    results: dict[str, StoredResult] = field(default_factory=dict)
    totals: dict[str, Sums] = field(default_factory=dict)
    projections: KeptProjections = field(default_factory=KeptProjections)
    numbers: dict[str, int] = field(default_factory=dict)
    floor: int = 0


class MemoryStore:
    """All companies and people, gone with the process. `MemoryStore()` switches it on."""

    def __init__(self) -> None:
        self._books: dict[str, _Books] = {}
        self._people: dict[str, Person] = {}
        self._tokens: dict[str, str] = {}
        self._copies: dict[tuple[str, str], CopySeen] = {}
        self._drafts: dict[tuple[str, str], ParkedDraft] = {}
        self._versions: dict[str, dict[str, int]] = {}
        self._lock = RLock()
        self._leases: dict[tuple[str, str], HeldLease] = {}

    def companies(self) -> list[Company]:
        """All companies, by code."""
        return [books.company for _, books in sorted(self._books.items())]

    def add_company(self, company: Company, epoch: str, secret: bytes) -> None:
        """Lays an empty company."""
        if company.code in self._books:
            raise AlreadyThere(f"There is a company {company.code} already")
        self._books[company.code] = _Books(company, epoch, secret)

    def add_person(self, person: Person, token_digest: str) -> None:
        """Adds a person, or gives one more roles and a new token."""
        known = self._people.get(person.name)
        roles = dict.fromkeys((*(known.roles if known else ()), *person.roles))
        only = dict.fromkeys((*(known.only if known else ()), *person.only))
        self._people[person.name] = Person(person.name, tuple(roles), tuple(only))
        self._tokens[token_digest] = person.name

    def versions(self, company: str) -> dict[str, int]:
        """Of which version of each book a company's rows are."""
        return dict(self._versions.get(company, {}))

    def note_versions(self, company: str, versions: dict[str, int]) -> None:
        """Notes that its rows were brought forward."""
        self._versions[company] = versions

    def limit_person(self, name: str, company: str, only: Sequence[str]) -> None:
        """Puts these limits in the place of those that a person has there."""
        known = self._people[name]
        elsewhere = (pair for pair in known.only if pair[0] != company)
        limits = (*elsewhere, *((company, text) for text in only))
        self._people[name] = Person(name, known.roles, limits)

    def person_with(self, token_digest: str) -> Person | None:
        """Who holds that token."""
        return self._people.get(self._tokens.get(token_digest, ""))

    def person_at_hand(self, token_digest: str) -> Person | None:
        """Who holds that token: there is nothing to wait for."""
        return self.person_with(token_digest)

    def take_lease(self, company: str, wanted: HeldLease, now: str) -> HeldLease:
        """Who has the turn after somebody asked for it."""
        with self._lock:
            held = self._leases.get((company, wanted.copy))
            if held is None or held.holder == wanted.holder or held.until <= now:
                self._leases[company, wanted.copy] = wanted
            return self._leases[company, wanted.copy]

    def release_lease(self, company: str, copy: str, holder: str) -> None:
        """Ends a turn, if it is this holder's."""
        with self._lock:
            held = self._leases.get((company, copy))
            if held is not None and held.holder == holder:
                del self._leases[company, copy]

    def heads(self) -> dict[str, int]:
        """The newest commit of every company."""
        return {code: books.head for code, books in self._books.items()}

    def listen(self, heard: Callable[[str, int], None], end: Ending) -> None:
        """There are no other processes."""

    def people(self) -> list[Person]:
        """Everybody, by name."""
        return [person for _, person in sorted(self._people.items())]

    def copies(self, company: str) -> list[CopySeen]:
        """The files of a company that were seen, the last seen first."""
        found = [seen for (of, _), seen in sorted(self._copies.items()) if of == company]
        return sorted(found, key=lambda seen: seen.last_seen, reverse=True)

    def copy_seen(self, company: str, copy: str) -> CopySeen | None:
        """What is known of one file."""
        return self._copies.get((company, copy))

    def see_copy(self, company: str, seen: CopySeen) -> None:
        """Notes what a file said of itself."""
        self._copies[company, seen.copy] = seen

    def drafts(self, company: str, ids: Iterable[str] | None = None) -> list[ParkedDraft]:
        """Some or all parked drafts, the newest first."""
        wanted = None if ids is None else set(ids)
        found = [d for (of, _), d in sorted(self._drafts.items()) if of == company]
        found = [d for d in found if wanted is None or d.id in wanted]
        return sorted(found, key=lambda draft: draft.at, reverse=True)

    def park(self, company: str, draft: ParkedDraft) -> None:
        """Keeps a draft, or what became of it."""
        self._drafts[company, draft.id] = draft

    @contextmanager
    def writing(self, company: str) -> Iterator[MemoryTransaction]:
        """The company under its lock; an exception puts back what was."""
        with self._lock:
            books = self._found(company)
            held = MemoryTransaction(copy.copy(books))
            held.books.rows = dict(books.rows)
            yield held
            self._books[company] = held.books

    @contextmanager
    def reading(self, company: str) -> Iterator[MemoryTransaction]:
        """One state of the company."""
        with self._lock:
            yield MemoryTransaction(self._found(company))

    def _found(self, company: str) -> _Books:
        if company not in self._books:
            raise NotFound(f"There is no company {company}", company=company)
        return self._books[company]


class MemoryTransaction(ReadsProjections):
    """One company, read and written in place."""

    def __init__(self, books: _Books) -> None:
        self.books = books

    @property
    def company(self) -> Company:
        """Whose books these are."""
        return self.books.company

    @property
    def epoch(self) -> str:
        """Which life of the central copy this is."""
        return self.books.epoch

    @property
    def head(self) -> int:
        """The number of the newest commit."""
        return self.books.head

    @property
    def secret(self) -> bytes:
        """The key of this company's cursors."""
        return self.books.secret

    @property
    def projections(self) -> KeptProjections:
        """What is kept of them."""
        return self.books.projections

    def rows_by_id(self, ids: Iterable[str]) -> dict[str, StoredRow]:
        """Rows by id, tombstones too."""
        return {i: self.books.rows[i] for i in ids if i in self.books.rows}

    def rows_where(
        self, table: str, column: str, values: Iterable[str], days: Days | None = None
    ) -> list[StoredRow]:
        """Live rows with one of these values."""
        wanted = set(values)
        return [
            row
            for row in self.books.rows.values()
            if not row.deleted
            and (column == SOURCE or row.table == table)
            and _value(row, column) in wanted
            and (days is None or days.first <= row.cells.get(days.column, "") <= days.last)
        ]

    def rows_of(self, table: str) -> list[StoredRow]:
        """All live rows of a table."""
        return [r for r in self.books.rows.values() if r.table == table and not r.deleted]

    def feed(
        self, tables: Iterable[str], after: int, limit: int, scope: Scope | None = None
    ) -> list[StoredRow]:
        """Rows newer than a commit, cut between commits, that reach a reader."""
        wanted = set(tables)
        newer = [r for r in self.books.rows.values() if r.seq > after and r.table in wanted]
        if scope is not None:
            newer = [row for row in newer if self._reaches(scope, row)]
        newer.sort(key=lambda row: row.seq)
        if len(newer) > limit:
            last = newer[limit - 1].seq
            newer = [row for row in newer if row.seq <= last]
        return newer

    def _reaches(self, scope: Scope, row: StoredRow) -> bool:
        if not scope.may_see(row.table, row.cells):
            return False
        if row.deleted or row.table not in scope.window:
            return True
        document = self.rows_where(row.table, DOCUMENT, [row.key])
        return scope.is_inside(row.table, (other.cells for other in document))

    def moves(self, tables: Iterable[str], after: int, upto: int) -> list[ScopeMove]:
        """What moved: every row that was changed, for here all of it is at hand."""
        wanted = set(tables)
        return [
            ScopeMove(commit.seq, change.after.table, change.after.id, before.key, before.cells)
            for commit, _ in self.books.commits[after:upto]
            for change in commit.changes
            if (before := change.before) is not None and not before.deleted
            if change.after.table in wanted
        ]

    def totals(
        self, key: str, by: Sequence[int], equal: Mapping[int, str], span: Mapping[int, Span]
    ) -> Sums:
        """Sums grouped by some columns, narrowed by value and range."""
        return grouped(self.books.totals.get(key, {}), by, equal, span)

    def totals_under(self, key: str, firsts: Iterable[str]) -> Sums:
        """Sums of some values of the first column."""
        wanted = set(firsts)
        return {by: of for by, of in self.books.totals.get(key, {}).items() if by[0] in wanted}

    def numbers(self) -> dict[str, int]:
        """The last number given of each series."""
        return dict(self.books.numbers)

    def results(self, mids: Iterable[str]) -> dict[str, StoredResult]:
        """What became of these mutations."""
        return {m: self.books.results[m] for m in mids if m in self.books.results}

    def authors(self, seqs: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Who made a commit and when."""
        commits = self.books.commits
        return {
            s: (commits[s - 1][0].user, commits[s - 1][0].at) for s in seqs if 0 < s <= len(commits)
        }

    def history(self, row_id: str) -> list[Audit]:
        """Every change of a row, oldest first."""
        return [
            audit_of(commit, change)
            for commit, _ in self.books.commits
            for change in commit.changes
            if change.after.id == row_id
        ]

    def trail(self, row_id: str, seq: int) -> list[Audit]:
        """Every change of a row up to that of a commit, oldest first."""
        found = [record for record in self.history(row_id) if record.seq <= seq]
        return found if found and found[-1].seq == seq else []

    @property
    def mark(self) -> str:
        """The short name of the history that ends with the newest commit."""
        return mark(self.books.commits[-1][1] if self.books.commits else GENESIS)

    def marks(self, seqs: Iterable[int]) -> dict[int, str]:
        """The short names of the histories that end with these commits."""
        commits = self.books.commits
        return {s: mark(commits[s - 1][1]) for s in seqs if 0 < s <= len(commits)}

    @property
    def floor(self) -> int:
        """Up to this commit tombstones may have been purged."""
        return self.books.floor

    def last_before(self, at: str) -> int:
        """The last commit such that it and all before it are older than a moment."""
        newer = (commit.seq for commit, _ in self.books.commits if commit.at >= at)
        return min(newer, default=self.books.head + 1) - 1

    def outlived(self, upto: int, before: str) -> Outlived:
        """What `purge` would take away."""
        gone = [row.seq for row in self.books.rows.values() if row.deleted and row.seq <= upto]
        results = sum(result.at < before for result in self.books.results.values())
        return Outlived(len(gone), results, max([self.books.floor, *gone]))

    def purge(self, upto: int, before: str) -> None:
        """Takes away tombstones up to a commit, raising the floor, and results older than that."""
        books = self.books
        books.floor = self.outlived(upto, before).floor
        books.rows = {
            i: row for i, row in books.rows.items() if not (row.deleted and row.seq <= upto)
        }
        books.results = {mid: r for mid, r in books.results.items() if r.at >= before}

    def commits_after(self, seq: int) -> Iterator[KeptCommit]:
        """Newer commits in order."""
        for commit, chained in self.books.commits[seq:]:
            head = replace(commit, changes=())
            yield KeptCommit(head, tuple(kept_changes(commit)), chained)

    def all_rows(self) -> Iterator[StoredRow]:
        """Every row and tombstone."""
        yield from self.books.rows.values()

    def all_totals(self, key: str) -> Sums:
        """All sums under all columns."""
        return dict(self.books.totals.get(key, {}))

    def keep(self, batch: Batch) -> None:
        """Adds a batch to what is kept."""
        books = self.books
        books.head = batch.head
        books.rows.update(batch.rows)
        books.results = {**books.results, **batch.results}
        books.commits = list(books.commits)
        for commit in batch.commits:
            previous = books.commits[-1][1] if books.commits else GENESIS
            books.commits.append((commit, link(previous, commit, kept_changes(commit))))
        books.numbers = {**books.numbers, **batch.numbers}
        books.totals = sums_after(books.totals, batch)
        books.projections = books.projections.after(batch.replays)


def audit_of(commit: Commit, change: RowChange) -> Audit:
    """One row's change as it is told."""
    return Audit(
        commit.seq,
        change.after.table,
        change.after.id,
        change.cells,
        commit.user,
        commit.at,
        commit.cause,
        commit.mid,
        change.after.deleted,
        change.created,
        change.place,
        commit.file,
        commit.copy,
        commit.made_by,
        formulas_of(formulas_text(change)),
    )


def _value(row: StoredRow, column: str) -> str:
    if column == DOCUMENT:
        return row.key
    return row.source or "" if column == SOURCE else row.cells.get(column, "")
