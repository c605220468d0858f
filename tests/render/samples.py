"""A book with a column of every kind, and workbooks made from books for the tests."""

from __future__ import annotations

from pathlib import Path

from workbook_templates.columns import (
    Choice,
    Code,
    Column,
    Date,
    Digits,
    Flag,
    Integer,
    Money,
    Month,
    Option,
    Percent,
    Quantity,
    Rate,
    Ref,
    Text,
    Time,
)
from workbook_templates.render import Binding, render_xlsx
from workbook_templates.schema import Book, Sheet
from workbook_templates.words import Words


def words(text: str) -> Words:
    return Words(id=f"{text} ID", en=text)


LONG_CHOICES = tuple(
    Option(f"k{n}", words(f"A choice of many words, number {n}")) for n in range(9)
)
KINDS: tuple[Column, ...] = (
    Code("code", words("Code"), required=True, help=words("A short code.")),
    Text("text", words("Text")),
    Digits("digits", words("Digits"), length=(16,)),
    Money("money", words("Money")),
    Quantity("quantity", words("Quantity")),
    Rate("rate", words("Rate")),
    Percent("percent", words("Percent")),
    Integer("integer", words("Integer")),
    Date("date", words("Date")),
    Month("month", words("Month")),
    Time("time", words("Time")),
    Choice(
        "choice",
        words("Choice"),
        choices=(Option("a", words("First")), Option("b", words("Second"))),
        default="a",
    ),
    Choice("long", words("Long"), choices=LONG_CHOICES),
    Flag("flag", words("Flag")),
    Ref("own", words("Own"), tables=("sample.things",)),
    Ref("foreign", words("Foreign"), tables=("other.places",)),
    Ref("either", words("Either"), tables=("other.places", "sample.things")),
    Money("given", words("Given"), read_only=True),
)
BOOK = Book(
    key="sample",
    title=words("Sample"),
    sheets=(
        Sheet("things", words("Things"), KINDS, unique=("code",), help=words("All kinds.")),
        Sheet(
            "entries",
            words("Entries"),
            (
                Code("entry", words("Entry"), required=True),
                Text("remark", words("Remark"), head=True),
                Ref("thing", words("Thing"), tables=("sample.things",)),
                Ref("other", words("Other"), tables=("sample.entries",)),
            ),
            group_by="entry",
        ),
    ),
)
BINDING = Binding(
    company="contoh",
    company_name="PT Lajur & Contoh",
    language="en",
    locale="en-US",
    server="http://localhost:8000",
    copy_id="c0ffee",
    titles={"other.places": words("Places")},
)


def rendered(folder: Path, book: Book = BOOK, binding: Binding = BINDING) -> Path:
    """The workbook of a book in a folder."""
    target = folder / f"{book.key}-{binding.language}.xlsx"
    render_xlsx(book, target, binding)
    return target
