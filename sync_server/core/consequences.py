"""What a document does elsewhere in the same commit: proposed rows, projections and their sums.

An invoice proposes a journal entry; a stock move re-plays its item, whose costs per day propose an
entry. Every row that follows obeys its own table's rules, or the whole change is refused.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from uuid import NAMESPACE_OID, uuid5

from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT, SOURCE, StoredRow
from sync_server.core.rebuilding import rebuild
from workbook_templates.check import document_problems
from workbook_templates.problems import Problem
from workbook_templates.schema import Document, Proposal, Totals

Key = tuple[str, str]


@dataclass
class _Work:
    """What is still to follow from the changes of one group."""

    mid: str
    seq: int
    documents: deque[Document]
    refreshed: set[Key] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def follow(
    draft: Draft, documents: Iterable[Document], mid: str, seq: int, mark: int
) -> list[Problem]:
    """Makes everything that follows from the changed documents; the problems that refuse them.

    `mark` is the draft's mark before the documents were changed.
    """
    work = _Work(mid, seq, deque(documents))
    while True:
        while work.documents:
            _from_document(draft, work, work.documents.popleft())
        work.problems += rebuild(draft, mark)
        changed, mark = draft.sums_changed_since(mark), draft.mark()
        for source, proposals in _from_sums(draft, changed).items():
            _place(draft, work, source, proposals)
        if work.problems or (not work.documents and draft.mark() == mark):
            return work.problems


def _from_sums(draft: Draft, changed: dict[Key, Totals]) -> dict[str, tuple[Proposal, ...]]:
    """What changed sums propose, by source; the sums and what they will replace are read in three
    questions: a re-valuation touches hundreds of days.
    """
    proposed: dict[str, tuple[Proposal, ...]] = {}
    for key in {key: None for key, _ in changed}:
        draft.load_totals(key, [value for name, value in changed if name == key])
    for (key, value), totals in changed.items():
        assert totals.proposes is not None
        proposed[f"{key}/{value}"] = tuple(totals.proposes(value, draft))
    draft.load("", SOURCE, proposed)
    keys: dict[str, list[str]] = {}
    for proposal in chain.from_iterable(proposed.values()):
        keys.setdefault(proposal.table, []).append(proposal.key)
    for table, named in keys.items():
        draft.load(table, DOCUMENT, named)
    return proposed


def _from_document(draft: Draft, work: _Work, document: Document) -> None:
    sheet = document.sheet
    if sheet.proposes:
        proposals = tuple(sheet.proposes(document, draft)) if document.lines else ()
        _place(draft, work, document.source, proposals)
    if sheet.refreshes:
        for table, key in sheet.refreshes(document, draft):
            other = draft.document(table, key)
            if other is not None and (table, key) not in work.refreshed:
                work.refreshed.add((table, key))
                work.documents.append(other)


def _place(draft: Draft, work: _Work, source: str, proposals: tuple[Proposal, ...]) -> None:
    """Puts the proposed rows in the place of those that this source proposed before."""
    existing: dict[Key, list[StoredRow]] = {}
    for row in draft.stored("", SOURCE, source):
        existing.setdefault((row.table, row.key), []).append(row)
    mark = draft.mark()
    for proposal in proposals:
        _replace_rows(
            draft, work, source, proposal, existing.pop((proposal.table, proposal.key), [])
        )
    for rows in existing.values():
        for row in rows:
            draft.change(_tombstone(row, work.seq))
    touched = _touched(draft, mark)
    for document in touched:
        work.problems.extend(p.at(None) for p in document_problems(document, draft))
    work.documents.extend(touched)


def _replace_rows(
    draft: Draft, work: _Work, source: str, proposal: Proposal, rows: list[StoredRow]
) -> None:
    sheet = draft.catalogue.sheets[proposal.table]
    ids = [
        str(uuid5(NAMESPACE_OID, f"{work.mid}|{source}|{proposal.table}|{proposal.key}|{n}"))
        for n in range(len(rows), len(proposal.rows))
    ]
    draft.load_ids(ids)  # in one question, not one for each new row
    for n, proposed in enumerate(proposal.rows):
        cells = {k: v for k, v in proposed.items() if v is not None}
        if n < len(rows):
            if rows[n].cells != cells:
                row = rows[n]
                draft.change(StoredRow(row.table, row.id, row.key, work.seq, cells, False, source))
        else:
            row_id = ids[n - len(rows)]
            key = sheet.key_of(cells, row_id)
            draft.change(StoredRow(proposal.table, row_id, key, work.seq, cells, False, source))
    for row in rows[len(proposal.rows) :]:
        draft.change(_tombstone(row, work.seq))


def _tombstone(row: StoredRow, seq: int) -> StoredRow:
    return StoredRow(row.table, row.id, row.key, seq, row.cells, True, row.source)


def _touched(draft: Draft, mark: int) -> list[Document]:
    """The documents whose rows changed since the mark, as they are, with their rows before."""
    before: dict[Key, list[StoredRow]] = {}
    for old, new in draft.changed_since(mark):
        before.setdefault((new.table, new.key), [])
        if old is not None and not old.deleted:
            before.setdefault((old.table, old.key), []).append(old)
    return [document_now(draft, table, key, rows) for (table, key), rows in before.items()]


def document_now(draft: Draft, table: str, key: str, before: Iterable[StoredRow]) -> Document:
    """A document as it is in the draft, with the given rows as what it was."""
    sheet = draft.catalogue.sheets[table]
    lines = tuple(draft.line(row) for row in draft.stored(table, DOCUMENT, key))
    return Document(sheet, key, lines, tuple(draft.line(row) for row in before))
