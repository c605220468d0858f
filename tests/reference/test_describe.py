"""Books described for programs and for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.build import REFERENCE, build
from tests.render.samples import BOOK
from workbook_templates.books import all_books
from workbook_templates.describe import describe, reference_page


def test_books_are_described_in_the_promised_shape() -> None:
    (book,) = describe([BOOK])["books"]
    assert set(book) == {"key", "sheets"}
    things, entries = book["sheets"]
    assert entries["group_by"] == "entry"
    assert things["group_by"] is None
    assert things["titles"] == {"id": "Things ID", "en": "Things"}
    columns = {column["key"]: column for column in things["columns"]}
    assert columns["code"] == {
        "key": "code",
        "kind": "code",
        "headings": {"id": "Code ID", "en": "Code"},
        "required": True,
        "read_only": False,
        "choices": None,
    }
    assert columns["choice"]["choices"] == ["a", "b"]
    assert columns["given"]["read_only"] is True


def test_every_book_is_described() -> None:
    assert [book["key"] for book in describe(all_books())["books"]] == [b.key for b in all_books()]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page_names_every_column_by_key_and_heading(language: str) -> None:
    page = reference_page(BOOK, language)
    for column in BOOK.sheets[0].columns:
        assert f"| `{column.key}` | {column.heading[language]} | {column.kind} |" in page


def test_the_reference_is_up_to_date(tmp_path: Path) -> None:
    build(tmp_path)
    made = {file.name: file.read_text("utf-8") for file in tmp_path.glob("*.md")}
    kept = {name: text for name in made if (text := _kept(REFERENCE / name)) is not None}
    assert kept == made, "run `make docs`"


def _kept(file: Path) -> str | None:
    return file.read_text("utf-8") if file.exists() else None
