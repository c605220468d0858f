"""What a push may tell and do for somebody who sees only some rows or columns of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sync_server.core.access import Author, is_whole
from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT
from sync_server.core.problems import HIDDEN_ROWS, NOT_YOUR_COLUMN, NOT_YOUR_ROWS
from sync_server.core.scoped import Scoped
from workbook_templates import wire
from workbook_templates.check import document_problems, named
from workbook_templates.limits import Limit
from workbook_templates.problems import Problem
from workbook_templates.schema import Document, Sheet
from workbook_templates.words import Words

Place = tuple[str, str | None, str | None]


def not_your_rows(draft: Draft, group: wire.Group, author: Author) -> Problem | None:
    """Why a group is denied that names a row which its author may not see; None where none is."""
    for op in group.ops if author.only else ():
        row = draft.by_id(op.rid)
        if row is not None and not author.may_see(row.table, row.cells):
            return _denied(draft.catalogue.sheets[row.table], author)
    return None


def not_your_columns(draft: Draft, group: wire.Group, author: Author) -> Problem | None:
    """Why a group is denied that writes a column which its author may not see."""
    for op in group.ops:
        sheet, visible = draft.catalogue.sheets[op.t], author.visible.get(op.t, ())
        if len(visible) == len(sheet.columns):
            continue
        for column in sheet.columns:
            if column.key in op.cells and column.key not in visible:
                return NOT_YOUR_COLUMN(user=author.name, row_id=op.rid, **named(column.heading))
    return None


def beyond_rights(draft: Draft, documents: Iterable[Document], author: Author) -> Problem | None:
    """Why a change is denied that would leave a document with rows that its author may not see."""
    for document in documents if author.only else ():
        table = document.sheet.table
        rows = draft.stored(table, DOCUMENT, document.key)
        if any(not author.may_see(table, row.cells) for row in rows):
            return _denied(document.sheet, author)
    return None


def _denied(sheet: Sheet, author: Author) -> Problem:
    limits = author.rights.get(sheet.table, ())
    said = {
        language: "; ".join(
            f"{sheet.column(limit.columns[0]).heading[language]} {', '.join(_values(limit))}"
            for limit in limits
        )
        for language in ("id", "en")
    }
    named = Words(said["id"], said["en"])
    return NOT_YOUR_ROWS(user=author.name, title=sheet.title, limits=named)


def _values(limit: Limit) -> Iterable[str]:
    return (text.partition("=")[2] for text in limit.texts)


def told(
    draft: Draft, author: Author, documents: Sequence[Document], problems: Sequence[Problem]
) -> list[Problem]:
    """Problems in words that tell nothing of what their reader may not see.

    What the rules find in what is seen is told as they say it; of the rest only its code and place.
    """
    if all(is_whole(author, document.sheet) for document in documents):
        return list(problems)
    known = Scoped(draft, author)
    found = {_place(p): p for document in documents for p in _problems(known, document)}
    return [found.get(_place(p)) or _hidden(p) for p in problems]


def _problems(known: Scoped, document: Document) -> Iterable[Problem]:
    lines = tuple(seen for line in document.lines if (seen := known.seen(line)))
    before = tuple(seen for line in document.before if (seen := known.seen(line)))
    yield from document_problems(Document(document.sheet, document.key, lines, before), known)
    for replay in known.draft.catalogue.replays_of.get(document.sheet.table, ()):
        column = replay.sources[document.sheet.table]
        for partition in {line.text(column) for line in (*lines, *before)} - {""}:
            yield from replay.build(partition, known)[1]


def _place(problem: Problem) -> Place:
    return (problem.code, problem.row_id, problem.column)


def _hidden(problem: Problem) -> Problem:
    words = HIDDEN_ROWS(code=problem.code).words
    return Problem(problem.code, words, problem.column, problem.row_id)
