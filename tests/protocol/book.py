"""A tiny book on which random histories meet often: entries whose amounts sum to zero."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from addin.hosts import open_workbook
from addin.hosts.base import Table
from sync_server.core.catalogue import Catalogue
from workbook_templates import books
from workbook_templates.columns import Code, Integer, Text
from workbook_templates.problems import Message, Problem
from workbook_templates.render import Binding, render_xlsx
from workbook_templates.schema import Book, Document, Known, Sheet
from workbook_templates.words import Words


def word(text: str) -> Words:
    return Words(id=text, en=text)


UNBALANCED = Message("unbalanced", word("Entry {entry} is {difference} off."))


def entry_sums_to_zero(document: Document, known: Known) -> Iterator[Problem]:
    difference = sum(int(line.text("amount") or 0) for line in document.lines)
    if difference:
        yield UNBALANCED(entry=document.key, difference=difference)


def _sheet(key: str, title: str, strict: bool) -> Sheet:
    """`amount` and `unit` are one merge unit: they only make sense together."""
    columns = (
        Code("entry", word("Entry")),
        Integer("amount", word("Amount")),
        Text("unit", word("Unit")),
        Text("memo", word("Memo")),
    )
    return Sheet(
        key,
        word(title),
        columns,
        group_by="entry",
        families=(("amount", "unit"),),
        rules=(entry_sums_to_zero,),
        strict=strict,
    )


COLUMNS = ("entry", "amount", "unit", "memo")
FREE, STRICT = _sheet("entries", "Entries", False), _sheet("posted", "Posted", True)
TINY = Book("tiny", word("Tiny"), (FREE, STRICT))
CATALOGUE = Catalogue((TINY,))
Blank = tuple[dict[str, list[list[Any]]], list[Table]]


@cache
def blank_workbook() -> Blank:
    """Sheets and tables of the blank workbook, read from the file that the renderer makes."""
    with TemporaryDirectory() as folder, installed():
        file = Path(folder) / "tiny.xlsx"
        binding = Binding("", language="en", locale="en-US", server="http://testserver")
        render_xlsx(TINY, file, binding)
        opened = open_workbook(file)
        sheets = {name: opened.read(name).rows for name in opened.sheets()}
        return sheets, list(opened.tables().values())


@contextmanager
def installed() -> Iterator[None]:
    """While this lasts the tiny book is the only one of this installation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(books, "all_books", lambda: (TINY,))
        yield
