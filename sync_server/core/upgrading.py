"""Brings a company's rows to the newest version of its books, and what is made of them to the
newest rules, as audited commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import NAMESPACE_OID, uuid5

from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.new_sums import lay_new_sums
from sync_server.core.port import Batch, Commit, RowChange, Store, StoredRow, Transaction
from sync_server.core.push import add_sums
from sync_server.core.revaluing import revalue
from workbook_templates.lenses import Step, renewed
from workbook_templates.schema import Book
from workbook_templates.versions import steps_of

SYSTEM, CAUSE = "lajur", "template {book} {version}"
ROWS = 4000  # in one commit


class VersionedStore(Store, Protocol):
    """A store that knows of which version of a book a company's rows are, and of its rules."""

    def versions(self, company: str) -> dict[str, int]:
        """Version by book or projection; one that is not there is 1, or new and empty."""

    def note_versions(self, company: str, versions: dict[str, int]) -> None: ...


def upgrade_all(store: VersionedStore, catalogue: Catalogue, now: str) -> int:
    """Every company of a server; the number of rows that changed. Once more changes nothing."""
    return sum(upgrade(store, catalogue, c.code, now) for c in store.companies())


def upgrade(store: VersionedStore, catalogue: Catalogue, company: str, now: str) -> int:
    """One company; the number of rows that changed."""
    kept, changed = store.versions(company), 0
    for book in catalogue.books:
        before = kept.get(book.key, 1)
        if before < book.version:
            with store.writing(company) as held:
                changed += _upgrade_book(held, catalogue, book, before, now)
    for replay in catalogue.replays.values():
        if kept.get(replay.key, 1) < replay.version:
            with store.writing(company) as held:
                changed += revalue(held, catalogue, replay, now)
    wanted = versions_of(catalogue)
    if any(kept.get(key, 1) != version for key, version in wanted.items()):
        store.note_versions(company, wanted)
    return changed


def versions_of(catalogue: Catalogue) -> dict[str, int]:
    """The versions of the books, and of the rules of their projections, by key."""
    books = {book.key: book.version for book in catalogue.books}
    return books | {replay.key: replay.version for replay in catalogue.replays.values()}


def _upgrade_book(
    held: Transaction, catalogue: Catalogue, book: Book, before: int, now: str
) -> int:
    lay_new_sums(held, book)
    changed = 0
    for sheet in book.sheets:
        steps = steps_of(book, sheet.table, before)
        old = held.rows_of(sheet.table) if steps else []
        pairs = [(row, new) for row in old if (new := _renewed(row, steps)) is not None]
        for part in _parts(pairs):
            cause = CAUSE.format(book=book.key, version=book.version)
            _keep(held, catalogue, part, (sheet.table, cause, now))
            changed += len(part)
    return changed


def _parts(
    pairs: Sequence[tuple[StoredRow, dict[str, str]]],
) -> Iterable[Sequence[tuple[StoredRow, dict[str, str]]]]:
    return (pairs[n : n + ROWS] for n in range(0, len(pairs), ROWS))


def _renewed(row: StoredRow, steps: Sequence[Step]) -> dict[str, str] | None:
    """The row's cells as they shall be; None where they are so already."""
    cells = {key: text for key, text in renewed(steps, row.cells).items() if text}
    return None if cells == row.cells else cells


def _keep(
    held: Transaction,
    catalogue: Catalogue,
    part: Sequence[tuple[StoredRow, dict[str, str]]],
    told: tuple[str, str, str],
) -> None:
    draft, seq = Draft(held, catalogue), held.head + 1
    table, cause, now = told
    mid = str(uuid5(NAMESPACE_OID, f"{held.company.code}|{cause}|{table}|{seq}"))
    changes = []
    for row, cells in part:
        key = catalogue.sheets[table].key_of(cells, row.id)
        after = StoredRow(table, row.id, key, seq, cells, False, row.source)
        draft.change(after)
        changes.append(RowChange(row, after))
    batch = Batch(seq)
    batch.commits.append(Commit(seq, mid, SYSTEM, now, table, cause, "", "", tuple(changes)))
    batch.rows = {change.after.id: change.after for change in changes}
    add_sums(batch, draft)
    held.keep(batch)
