"""Old templates: what they send is lifted to the books of now, what they are told is lowered again.

A column that an old template does not know is absent in both directions, so that it blanks nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.errors import BadRequest, TemplateTooOld
from sync_server.core.problems import NEWER_TEMPLATE, STALE_TEMPLATE, refusal
from workbook_templates import wire
from workbook_templates.lenses import Step, lifted, lifted_pairs, lowered
from workbook_templates.schema import Book
from workbook_templates.versions import steps_of


def stale(catalogue: Catalogue, group: wire.Group) -> wire.Result | None:
    """The answer to a group whose template is too old, or newer than this server; None for others.

    It is kept nowhere: once the template is brought forward it may be sent again.
    """
    book = catalogue.book_of.get(group.kind)
    if book is None or book.min_push <= group.schema <= book.version:
        return None
    said = NEWER_TEMPLATE if group.schema > book.version else STALE_TEMPLATE
    problem = said(book=book.title, version=group.schema, current=book.version)
    return wire.Result(group.mid, wire.STALE_SCHEMA, errors=(refusal(problem),))


def lift(catalogue: Catalogue, group: wire.Group) -> wire.Group:
    """The group in the words of now."""
    book = catalogue.book_of.get(group.kind)
    if book is None or group.schema >= book.version:
        return group
    ops = tuple(_lifted(op, _steps(catalogue, op.t, group.schema)) for op in group.ops)
    return replace(group, ops=ops, schema=book.version)


def _lifted(op: wire.Op, steps: Sequence[Step]) -> wire.Op:
    if not steps:
        return op
    return replace(op, cells=lifted_pairs(steps, op.cells), base=lifted(steps, op.base))


def lower(draft: Draft, group: wire.Group, result: wire.Result) -> wire.Result:
    """The answer to an old template's group in its own words."""
    steps = {op.t: _steps(draft.catalogue, op.t, group.schema) for op in group.ops}
    if not any(steps.values()):
        return result
    ops = {op.rid: op for op in group.ops}
    conflicts = tuple(_conflict(draft, c, ops[c.rid], steps) for c in result.conflicts if c.rid)
    errors, remarks = (
        tuple(
            replace(e, col=_column(steps[ops[e.rid].t], e.col)) if e.rid in ops else e for e in told
        )
        for told in (result.errors, result.remarks)
    )
    rows = lowered_rows(result.rows, steps)
    dependent = tuple(c for c in result.conflicts if not c.rid)
    conflicts = (*dependent, *conflicts)
    return replace(result, rows=rows, conflicts=conflicts, errors=errors, remarks=remarks)


def _conflict(
    draft: Draft, conflict: wire.Conflict, op: wire.Op, steps: Mapping[str, Sequence[Step]]
) -> wire.Conflict:
    mine, cells = steps.get(op.t, ()), lowered(steps.get(op.t, ()), conflict.cells)
    column = _column(mine, conflict.col)
    told = replace(conflict, col=column, cells=cells)
    if column is None or column not in op.cells or column == conflict.col:
        return told
    row = draft.by_id(conflict.rid)
    now: dict[str, str | None] = lowered(mine, row.cells) if row is not None else {}
    base, wanted = op.cells[column]
    return replace(told, base=base, mine=wanted, theirs=now.get(column))


def _column(steps: Sequence[Step], column: str | None) -> str | None:
    """The column under which an old template knows one of now."""
    if column is None:
        return None
    return next(iter(lowered(steps, {column: None})), None)


def lowered_rows(
    rows: Iterable[wire.RowState], steps: Mapping[str, Sequence[Step]]
) -> tuple[wire.RowState, ...]:
    """Rows in the words of an old template, by the steps of each table."""
    told = []
    for row in rows:
        of_table = steps.get(row.t, ())
        told.append(replace(row, cells=lowered(of_table, row.cells)) if of_table else row)
    return tuple(told)


def steps_asked(catalogue: Catalogue, versions: Iterable[str]) -> dict[str, Sequence[Step]]:
    """The steps of each table for "book:version" texts. Raises `BadRequest`, `TemplateTooOld`."""
    found: dict[str, Sequence[Step]] = {}
    books = {book.key: book for book in catalogue.books}
    for text in versions:
        key, _, number = text.partition(":")
        if key not in books or not (number.isascii() and number.isdecimal()):
            raise BadRequest(f"{text} is no version of a book: write ledger:1")
        book, version = books[key], int(number)
        if version < book.min_pull:
            raise TemplateTooOld(_too_old(book, version), wanted=book.min_pull)
        found |= {s.table: _steps(catalogue, s.table, version) for s in book.sheets}
    return {table: steps for table, steps in found.items() if steps}


def _too_old(book: Book, version: int) -> str:
    return f"{book.title.en}: version {version} is read no more, only {book.min_pull} and later"


def _steps(catalogue: Catalogue, table: str, version: int) -> Sequence[Step]:
    book = catalogue.book_of.get(table)
    return steps_of(book, table, version) if book is not None and version < book.version else ()
