"""The workbook side finds every column of a rendered workbook where it was put."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.hosts.xlsx import open_workbook
from addin.layout import find_layout
from tests.render.samples import BOOK, rendered
from workbook_templates.books import all_books
from workbook_templates.render import Binding
from workbook_templates.review import REVIEW
from workbook_templates.schema import Book


@pytest.mark.parametrize("book", [BOOK, *all_books()], ids=lambda book: str(book.key))
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_column_is_found_under_its_heading(tmp_path: Path, book: Book, language: str) -> None:
    file = rendered(tmp_path, book, Binding(company="contoh", language=language))
    workbook, seen = open_workbook(file), load_workbook(file)
    for sheet in (*book.sheets, REVIEW):
        layout, _ = find_layout(workbook, sheet, {"language": language})
        headings = {c.value: c.column for c in seen[layout.worksheet][1]}
        expected = {c.key: headings[c.heading[language]] for c in sheet.columns}
        assert dict(layout.columns) == expected
        if sheet is not REVIEW:
            assert dict(layout.own) == {own: headings[own] for own in ("_id", "Status", "_flags")}
