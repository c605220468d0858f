"""Which unsent documents need which: an entry that names a new account waits for that account."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from addin.copies import Copy, Found
from addin.groups import Dirty, Unsent
from workbook_templates import wire
from workbook_templates.check import named
from workbook_templates.problems import Message
from workbook_templates.words import Words

DEPENDENCY = Message(
    "dependency",
    Words(
        "{column_id} {code} belum diterima pusat, jadi baris ini menunggu. Perbaiki dulu {code} di"
        " lembar {sheet_id}.",
        "{column_en} {code} was not accepted yet, so this row waits. Mend {code} on the sheet"
        " {sheet_en} first.",
    ),
)

Place = tuple[str, str]  # table, key of a document
Need = tuple[Dirty, str, Place]  # the row that names it, in which column, the document


def with_after(
    copy: Copy, documents: Sequence[Unsent], groups: Sequence[wire.Group]
) -> list[wire.Group]:
    """The groups of these documents, each told after which others of them it can land."""
    made = _made(copy, documents)
    if not made:
        return list(groups)
    mids = {id(u): group.mid for u, group in zip(documents, groups, strict=True)}
    found = []
    for unsent, group in zip(documents, groups, strict=True):
        after = {mids[id(made[place])]: None for _, _, place in _needs(copy, unsent, made)}
        found.append(replace(group, after=tuple(after)) if after else group)
    return found


def without_waiting(
    copy: Copy, documents: Sequence[Unsent], free: Sequence[Unsent]
) -> tuple[list[Unsent], list[Found]]:
    """Of the documents that could be sent, those that need nothing that cannot; and what the
    others wait for.
    """
    made = _made(copy, documents)
    left, told = list(free), list[Found]()
    while made:
        going = {id(unsent) for unsent in left}
        stuck = {place: u for place, u in made.items() if id(u) not in going}
        waiting = {id(u): n for u in left if (n := next(_needs(copy, u, stuck), None))}
        told += [_told(copy, u, waiting[id(u)]) for u in left if id(u) in waiting]
        left = [u for u in left if id(u) not in waiting]
        if not waiting:
            break
    return left, told


def _made(copy: Copy, documents: Iterable[Unsent]) -> dict[Place, Unsent]:
    """The documents that the central copy does not have yet, of tables that others name."""
    named_tables = {
        t for page in copy.pages.values() for c in page.sheet.reference_columns for t in c.tables
    }
    return {
        (unsent.table, key): unsent
        for unsent in documents
        if unsent.table in named_tables
        for key in unsent.keys
        if key not in copy.documents.get(unsent.table, ())
    }


def _needs(copy: Copy, unsent: Unsent, made: Mapping[Place, Unsent]) -> Iterator[Need]:
    """The new documents that a document names, itself left out."""
    tables = {table for table, _ in made}
    sheet = copy.pages[unsent.table].sheet
    for column in sheet.reference_columns if tables else ():
        for table in tables.intersection(column.tables):
            for row in unsent.rows:
                text = row.changes.get(column.key, (None, None))[1]
                other = made.get((table, text)) if text else None
                if other is not None and other is not unsent and text:
                    yield row, column.key, (table, text)


def _told(copy: Copy, unsent: Unsent, need: Need) -> Found:
    row, column, (table, code) = need
    heading = copy.pages[unsent.table].sheet.column(column).heading
    title = copy.pages[table].sheet.title
    problem = DEPENDENCY(
        row_id=row.rid,
        column=column,
        code=code,
        sheet_id=title.id,
        sheet_en=title.en,
        **named(heading),
    )
    return Found(unsent.table, unsent.key, problem)
