"""A company on the real server core whose books people change at random, checked after each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from random import Random

from sync_server.api.deps import Served
from sync_server.app import utc_now
from sync_server.companies import add_company
from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.push import push_in_parts
from sync_server.core.upgrading import VersionedStore
from sync_server.core.verify import verify_company
from tests.books.ledger.random_books import BUDI, LAST, RINA, Change, Operation, days
from tests.books.ledger.random_currencies import lasting_deposits, outdated
from tests.books.ledger.random_operations import beginning, closing, decided, run_of_2026, withdrawn
from tests.books.ledger.random_operations import tried as tried_operation
from tests.books.ledger.rows import PARTIES, at, span
from tests.books.ledger.statements import adds_up, amount_of
from workbook_templates import wire
from workbook_templates.books import all_books
from workbook_templates.books.ledger.reports.books_agree import BOOKS_AGREE
from workbook_templates.books.ledger.reports.centres import INCOME_BY_CENTRE
from workbook_templates.books.ledger.reports.statements import BALANCE_SHEET, INCOME_STATEMENT
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells, Company, Known, Line, Sheet
from workbook_templates.senders import CONTROLLER, OWNER

CATALOGUE = Catalogue(all_books())
NOW = "2026-12-31T00:00:00Z"
ROLES = {RINA: "accountant", BUDI: CONTROLLER, "lajur": OWNER}
AUTHORS = {name: Author(name, frozenset({role}), CATALOGUE) for name, role in ROLES.items()}
OFTEN = 4  # one in so many is checked on its own day, the others after all days
PROFIT = "Profit (loss) after income tax"
SPANS = (("2025-01-01", "2025-12-31"), ("2026-03-01", "2026-03-31"), ("2026-01-01", "2026-12-31"))
LEDGER = CATALOGUE.book_of["ledger.journal"].version


@dataclass
class RandomLedger:
    """One company of a store; `did` counts what was accepted, `refused` why the rest was not."""

    store: VersionedStore
    company: str
    random: Random
    did: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    tried: int = 0

    def __post_init__(self) -> None:
        served = Served(self.store, CATALOGUE, utc_now)
        company = Company(self.company, "PT Lajur Contoh", language="en")
        add_company(served, company, "2025-11", "2027-12")
        changes = [Change("ledger.parties", "", [party]) for party in PARTIES]
        for operation in (Operation("parties", tuple(changes), by="lajur"), *beginning()):
            assert self.sent(operation) == []

    @contextmanager
    def known(self) -> Iterator[Known]:
        """The books as a report sees them."""
        with self.store.reading(self.company) as held:
            yield Draft(held, CATALOGUE)

    def play(self, operations: int) -> None:
        """So many operations that are accepted; all ties hold after each, sometimes on its day."""
        until = self.did.total() + operations
        while self.did.total() < until:
            self.tried += 1
            with self.known() as known:
                operation = tried_operation(self.random, known, self.tried)
            if operation is None:
                continue
            if codes := self.sent(operation):
                self.refused.update(f"{operation.name}: {code}" for code in codes)
                continue
            self.did[operation.name] += 1
            day = operation.day if self.tried % OFTEN == 0 else ""
            assert self.untied(day or str(LAST)) == [], (self.tried, operation, day)
            with self.known() as known:
                lasting = lasting_deposits(known) + outdated(known)
            assert lasting == [], (self.tried, operation)

    def sent(self, operation: Operation) -> list[str]:
        """Sends all of an operation, or nothing of it; the codes of what refuses it."""
        with self.store.writing(self.company) as held:
            groups = _groups(Draft(held, CATALOGUE), operation.changes)
            author = AUTHORS[operation.by]
            results = push_in_parts(Draft(held, CATALOGUE), groups, author, NOW)
        codes = sorted({error.code for result in results for error in result.errors})
        landed = [result.status == wire.APPLIED for result in results]
        assert all(landed) or not any(landed), (operation, codes)
        return codes or [result.status for result in results if result.status != wire.APPLIED]

    def untied(self, day: str) -> list[Cells]:
        """The checks of Books Agree that do not hold on a day."""
        with self.known() as known:
            return [r for r in BOOKS_AGREE.build(known, at(day)) if r["difference"] != "0.00"]

    def unbalanced(self) -> list[str]:
        """On which of the 400 days assets are other than liabilities and equity."""
        with self.known() as known:
            return [day for day in days() if not _is_balanced(known, day)]

    def by_centre(self) -> list[Cells]:
        """Income and expenses by cost centre in each year; they add up to the company's result."""
        found: list[Cells] = []
        with self.known() as known:
            for first, last in SPANS:
                rows = list(INCOME_BY_CENTRE.build(known, span(first, last)))
                income = list(INCOME_STATEMENT.build(known, span(first, last)))
                assert adds_up(rows, ("revenue", "operating_expense", "income_tax", "result"))
                assert not rows or amount_of(income, PROFIT) == Decimal(rows[-1]["result"] or 0)
                found += rows
        return found

    def settle(self) -> None:
        """What must be before years are closed: nothing waits, all months have their run."""
        for made in (decided, withdrawn, run_of_2026):
            operation = self._next(made)
            while operation is not None:
                assert self.sent(operation) == [], operation
                operation = self._next(made)

    def _next(self, made: Callable[[Known], Operation | None]) -> Operation | None:
        with self.known() as known:
            return made(known)

    def close_years(self) -> None:
        """Closes the years that are open, one after the other."""
        for number in ("2025", "2026"):
            codes = self.sent(closing(number))
            assert codes in ([], [wire.NOOP]), (number, codes)

    def waiting_in_the_books(self) -> list[str]:
        """Entries of documents that wait for approval or were rejected."""
        with self.known() as known:
            sources = {row.source for row in known.rows("ledger.approval_requests")}
            entries = [row for row in known.rows("ledger.journal") if row.source in sources]
        return [entry.text("entry") for entry in entries]

    def verified(self) -> list[str]:
        """What `lajur-server verify` finds."""
        with self.store.reading(self.company) as held:
            return verify_company(held, CATALOGUE)


def _groups(draft: Draft, changes: Sequence[Change]) -> list[wire.Group]:
    """One group a document, each after the one before."""
    groups: list[wire.Group] = []
    for change in changes:
        sheet = CATALOGUE.sheets[change.table]
        key = sheet.key_of(change.rows[0], "") if change.rows else change.key
        before = draft.document(change.table, key)
        ops = tuple(_ops(draft, sheet, before.lines if before else (), change.rows))
        mids = tuple(group.mid for group in groups)
        groups.append(
            wire.Group(make_id(), change.table, key, ops, not before, mids[-1:], schema=LEDGER)
        )
    return groups


def _ops(
    draft: Draft, sheet: Sheet, before: Sequence[Line], rows: Sequence[Cells]
) -> Iterator[wire.Op]:
    """The lines of a document are typed over one by one; what has no counterpart comes or goes."""
    for line, cells in zip_longest(before, rows):
        was = dict(line.cells) if line else {}
        row = draft.rows_now[line.id] if line else None
        seq = row.seq if row else 0
        if cells is None:
            yield wire.Op("del", sheet.table, line.id, base=was)
            continue
        typed = {c: (was.get(c), text) for c, text in cells.items() if text != was.get(c)}
        if typed:
            yield wire.Op("put", sheet.table, line.id if line else make_id(), typed, seq=seq)


def _is_balanced(known: Known, day: str) -> bool:
    sheet = {row["name"]: row.get("amount") for row in BALANCE_SHEET.build(known, at(day))}
    return sheet.get("Total assets") == sheet.get("Total liabilities and equity")
