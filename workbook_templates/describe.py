"""Books described for programs (`lajur books --json`) and for people (pages of the reference)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from workbook_templates.columns import Choice, Column, Flag, Option, Ref
from workbook_templates.schema import Book, Report, Sheet
from workbook_templates.words import Words

MARKS = {
    "required": Words(id="wajib", en="required"),
    "head": Words(id="sekali per dokumen", en="once a document"),
    "read_only": Words(id="diisi Lajur", en="filled in by Lajur"),
    "default": Words(id="bila kosong: {value}", en="if blank: {value}"),
    "reference": Words(id="dari {tables}", en="from {tables}"),
}
HEADINGS = (
    Words(id="Kunci", en="Key"),
    Words(id="Judul", en="Heading"),
    Words(id="Jenis", en="Kind"),
    Words(id="Ketentuan", en="Properties"),
    Words(id="Keterangan", en="Help"),
)
GROUPED = Words(
    id="Dokumen: baris dengan `{key}` yang sama. Semua barisnya diterima atau ditolak bersama.",
    en="Document: the rows of one `{key}`. They are accepted or refused together.",
)
SINGLE = Words(
    id="Dokumen: setiap baris, dikenali dari {keys}.", en="Document: each row, known by {keys}."
)
REPORTS = Words(id="Laporan", en="Reports")
AT_DATE = Words(id="pada suatu tanggal", en="at a date")
FOR_PERIOD = Words(id="untuk suatu masa", en="for a period")
GENERATED = "<!-- made from the declarations by docs/build.py; do not edit -->"


def describe(books: Iterable[Book]) -> dict[str, Any]:
    """Every sheet and column, as `lajur books --json` prints it.

    `choices` are the keys of a choice column (a cell may hold the key or its words in either
    language), null for other kinds.
    """
    return {
        "books": [
            {"key": book.key, "sheets": [_sheet(sheet) for sheet in book.sheets]} for book in books
        ]
    }


def reference_page(book: Book, language: str) -> str:
    """The Markdown page of a book in the reference."""
    return "\n".join(_page(book, language)) + "\n"


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "key": sheet.key,
        "titles": sheet.title.all(),
        "group_by": sheet.group_by,
        "columns": [_column(column) for column in sheet.columns],
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "kind": column.kind,
        "headings": column.heading.all(),
        "required": column.required,
        "read_only": column.read_only,
        "choices": [o.key for o in column.choices] if isinstance(column, Choice) else None,
    }


def _page(book: Book, language: str) -> Iterator[str]:
    yield from (GENERATED, "", f"# {book.title[language]} (`{book.key}`)", "")
    if book.help:
        yield from (book.help[language], "")
    for sheet in book.sheets:
        yield from _sheet_lines(sheet, language)
    if book.reports:
        yield from (f"## {REPORTS[language]}", "")
        for report in book.reports:
            yield _report_line(report, language)


def _sheet_lines(sheet: Sheet, language: str) -> Iterator[str]:
    yield from (f"## {sheet.title[language]} (`{sheet.table}`)", "")
    if sheet.help:
        yield from (sheet.help[language], "")
    if sheet.group_by:
        yield from (GROUPED[language].format(key=sheet.group_by), "")
    elif sheet.unique:
        keys = " + ".join(f"`{key}`" for key in sheet.unique)
        yield from (SINGLE[language].format(keys=keys), "")
    yield _row([words[language] for words in HEADINGS])
    yield _row(["---"] * len(HEADINGS))
    for column in sheet.columns:
        yield _row(_cells(column, language))
    yield ""
    if sheet.all_rules and language == "en":  # a rule says what it holds in an English docstring
        yield from ("Rules:", "")
        for rule in sheet.all_rules:
            yield f"- `{rule.__name__}`: {_first_line(rule.__doc__)}"
        yield ""


def _cells(column: Column, language: str) -> list[str]:
    help_text = column.help[language] if column.help else ""
    heading = column.heading[language]
    return [f"`{column.key}`", heading, column.kind, _properties(column, language), help_text]


def _properties(column: Column, language: str) -> str:
    found = [MARKS[m][language] for m in ("required", "head", "read_only") if getattr(column, m)]
    if column.default is not None:
        value = column.cell(column.default, language)
        found.append(MARKS["default"][language].format(value=value))
    if isinstance(column, Ref):
        tables = ", ".join(f"`{table}`" for table in column.tables)
        found.append(MARKS["reference"][language].format(tables=tables))
    if isinstance(column, Choice):
        found.append(", ".join(_choice(option, language) for option in column.choices))
    if isinstance(column, Flag):
        found.append("/".join(str(column.cell(flag, language)) for flag in ("true", "false")))
    return "; ".join(found)


def _choice(option: Option, language: str) -> str:
    words = option.words[language]
    return f"`{option.key}`" if words == option.key else f"`{option.key}` {words}"


def _report_line(report: Report, language: str) -> str:
    spans = (AT_DATE if report.spans == "as_of" else FOR_PERIOD)[language]
    columns = ", ".join(f"`{column.key}`" for column in report.columns)
    return f"- `{report.key}`: {report.title[language]}, {spans}: {columns}"


def _row(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _first_line(text: str | None) -> str:
    return (text or "").strip().partition("\n")[0]
