"""A row as a person names it: the sheet by its name, the row by the number that they see."""

from __future__ import annotations

from addin.copies import Copy
from addin.errors import AddinError, UnknownColumn, UnknownRow
from addin.pages import Page
from workbook_templates.columns import Column


class UnknownSheet(AddinError):
    """No such sheet in the workbook. Facts: sheet, name, sheets."""

    code = "unknown_sheet"
    sentences = {
        "id": "{name} tidak punya lembar {sheet}. Lembarnya: {sheets}.",
        "en": "{name} has no sheet {sheet}. Its sheets are: {sheets}.",
    }


def page_named(copy: Copy, name: str) -> Page:
    """A sheet by its key or its name. Raises `UnknownSheet`."""
    for page in copy.pages.values():
        names = (page.sheet.key, page.layout.worksheet, *page.sheet.title.all().values())
        if name.casefold() in {one.casefold() for one in names}:
            return page
    sheets = ", ".join(page.layout.worksheet for page in copy.pages.values())
    raise UnknownSheet(sheet=name, name=copy.name, sheets=sheets)


def row_at(copy: Copy, sheet: str, row: int) -> tuple[Page, str]:
    """The page and the row id of a row that was kept at least once. Raises `UnknownRow`,
    `UnknownSheet`.
    """
    page = page_named(copy, sheet)
    for rid, found in page.rows.items():
        if found.number == row and rid in copy.base(page.sheet.table):
            return page, rid
    raise UnknownRow(sheet=sheet, row=row)


def column_named(page: Page, name: str) -> Column:
    """A column of the page by its key or its heading in either language. Raises `UnknownColumn`."""
    for column in page.sheet.columns:
        names = (column.key, *column.heading.all().values(), *column.aliases)
        if name.casefold() in {one.casefold() for one in names}:
            return column
    raise UnknownColumn(sheet=page.layout.worksheet, column=name)
