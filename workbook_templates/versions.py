"""A book as an older version of it was: what a workbook is held to that was not brought forward."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbook_templates.lenses import Step, lowered, steps_between
from workbook_templates.schema import Book, Sheet


def as_of(book: Book, version: int) -> Book:
    """The book with the sheets and columns that a version of it had."""
    if version >= book.version:
        return book
    later = {key for lens in book.lenses if lens.to > version for key in lens.sheets}
    sheets = tuple(_before(book, s, version) for s in book.sheets if s.key not in later)
    return replace(book, sheets=sheets, version=version)


def steps_of(book: Book, table: str, older: int) -> list[Step]:
    """The steps of a table ("book.sheet") from an older version to the book's own."""
    return steps_between(book.lenses, older, book.version, table.partition(".")[2])


def _before(book: Book, sheet: Sheet, version: int) -> Sheet:
    columns = sheet.columns
    for step in reversed(steps_of(book, sheet.table, version)):
        columns = step.columns_before(columns)
    if columns == sheet.columns:
        return replace(sheet)
    keys = {column.key for column in columns}
    families = tuple(f for f in sheet.families if keys.issuperset(f))
    windows = tuple(w for w in sheet.windows if keys.issuperset(w))
    return replace(
        sheet,
        columns=columns,
        families=families,
        windows=windows,
        group_by=next((c for c in _names(book, sheet, version, (sheet.group_by,))), None),
        unique=tuple(_names(book, sheet, version, sheet.unique)),
        rules=(),
    )


def _names(book: Book, sheet: Sheet, version: int, keys: Iterable[str | None]) -> Iterator[str]:
    """Keys of columns as they were."""
    steps = steps_of(book, sheet.table, version)
    for key in keys:
        if key is not None:
            yield next(iter(lowered(steps, {key: None})), key)
