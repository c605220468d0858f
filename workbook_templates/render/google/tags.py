"""Developer metadata: tags by which a renamed sheet and a moved column are known again."""

from __future__ import annotations

from workbook_templates.render.google.requests import Json, Tab
from workbook_templates.schema import Book

BOOK_TAG, TABLE_TAG, COLUMN_TAG = "lajur.book", "lajur.table", "lajur.column"


def tagged_book(book: Book) -> Json:
    """Which book, in which version, the spreadsheet was made from."""
    return _tag(BOOK_TAG, f"{book.key} {book.version}", {"spreadsheet": True})


def tagged_tab(tab: Tab, table: str) -> Json:
    """The tab is a table of that name ("tbl_journal")."""
    return _tag(TABLE_TAG, table, {"sheetId": tab.id})


def tagged_column(tab: Tab, place: int, key: str) -> Json:
    """The column has that key, or is one of our own ("_id")."""
    span = {"sheetId": tab.id, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    return _tag(COLUMN_TAG, key, {"dimensionRange": span})


def _tag(key: str, value: str, location: Json) -> Json:
    # A tag that only one Google Cloud project sees would be lost with the project.
    tag = {"metadataKey": key, "metadataValue": value, "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": tag | {"location": location}}}
