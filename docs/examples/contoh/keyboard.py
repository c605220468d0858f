"""Typing into a workbook as a person does: under the headings, below what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from addin.hosts.base import Cell, SetCell, SheetEdit, Table, Workbook
from docs.examples.contoh.desks import open_workbook
from docs.examples.contoh.rows import Row
from workbook_templates.books import sheet_of
from workbook_templates.columns import Choice, Column, Flag
from workbook_templates.review import REVIEW
from workbook_templates.schema import Sheet

STATUS = "Status"
YES = {"id": "Ya", "en": "Yes"}


@dataclass(frozen=True)
class Seen:
    """A row of a sheet as it stands: its number, its cells by column key, its Status."""

    number: int
    cells: Mapping[str, Cell]
    status: str


@dataclass(frozen=True)
class _Page:
    """A sheet of an open workbook: its table, columns (1-based) by key, and the rows below."""

    sheet: Sheet
    table: Table
    language: str
    columns: Mapping[str, int]
    rows: list[Seen]


def type_rows(file: Path, sheets: Mapping[str, Sequence[Row]]) -> None:
    """Type rows by table ("ledger.journal") below the last ones of their sheets, and save."""
    with closing(open_workbook(file)) as workbook:
        workbook.write([_below(_page(workbook, sheet_of(t)), rows) for t, rows in sheets.items()])
        workbook.save()


def retype(file: Path, table: str, where: Row, cells: Row) -> None:
    """Type over cells of the first row in which all of `where` stands, and save."""
    with closing(open_workbook(file)) as workbook:
        page = _page(workbook, sheet_of(table))
        workbook.write([_over(page, _first(page, where), cells)])
        workbook.save()


def decide(file: Path, decision: str) -> None:
    """Choose a decision ("mine", "theirs") in the first line of the Review sheet, and save."""
    with closing(open_workbook(file)) as workbook:
        page = _page(workbook, REVIEW)
        workbook.write([_over(page, page.rows[0], {"decision": decision})])
        workbook.save()


def look(file: Path, table: str, **where: object) -> list[Seen]:
    """The rows of a sheet in which all of `where` stands."""
    with closing(open_workbook(file)) as workbook:
        page = REVIEW if table == REVIEW.key else sheet_of(table)
        found = _page(workbook, page).rows
    return [seen for seen in found if _has(seen, where)]


def _page(workbook: Workbook, sheet: Sheet) -> _Page:
    titles = {title: language for language, title in sheet.title.all().items()}
    table = next(t for t in workbook.tables().values() if t.sheet in titles)
    rows = workbook.read(table.sheet).rows
    headings = rows[table.area.top - 1]
    columns = {
        column.key: headings.index(heading) + 1
        for column in sheet.columns
        for heading in column.heading.all().values()
        if heading in headings
    }
    status = headings.index(STATUS)
    below = enumerate(rows[table.area.top :], start=table.area.top + 1)
    seen = [_seen(number, row, columns, status) for number, row in below]
    seen = [row for row in seen if any(cell is not None for cell in row.cells.values())]
    return _Page(sheet, table, titles[table.sheet], columns, seen)


def _seen(number: int, row: list[Cell], columns: Mapping[str, int], status: int) -> Seen:
    row = [*row, *[None] * (max(*columns.values(), status + 1) - len(row))]
    cells = {key: row[column - 1] for key, column in columns.items()}
    return Seen(number, cells, str(row[status] or ""))


def _first(page: _Page, where: Row) -> Seen:
    return next(seen for seen in page.rows if _has(seen, where))


def _has(seen: Seen, where: Mapping[str, object]) -> bool:
    return all(str(seen.cells.get(key)) == str(value) for key, value in where.items())


def _below(page: _Page, rows: Sequence[Row]) -> SheetEdit:
    first = max((seen.number for seen in page.rows), default=page.table.area.top) + 1
    cells = tuple(
        cell for number, row in enumerate(rows, first) for cell in _cells(page, number, row)
    )
    bottom = max(page.table.area.bottom, first + len(rows) - 1)
    return SheetEdit(page.table.sheet, cells, table=page.table.name, table_bottom=bottom)


def _over(page: _Page, row: Seen, cells: Row) -> SheetEdit:
    return SheetEdit(page.table.sheet, tuple(_cells(page, row.number, cells)))


def _cells(page: _Page, number: int, row: Row) -> Iterator[SetCell]:
    for key, cell in row.items():
        if cell is not None:
            shown = _shown(page.sheet.column(key), cell, page.language)
            yield SetCell(number, page.columns[key], shown)


def _shown(column: Column, cell: object, language: str) -> Cell:
    """What a person picks from a drop-down list; all else is typed as it is."""
    if isinstance(column, Choice):
        return next(o.words[language] for o in column.choices if o.key == cell)
    if isinstance(column, Flag):
        return YES[language]
    return cell  # type: ignore[return-value]  # a row's cells are cells of a host too
