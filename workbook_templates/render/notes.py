"""The note at a heading: what belongs in the column."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.columns import Column, Ref
from workbook_templates.render import texts
from workbook_templates.render.binding import Binding
from workbook_templates.schema import Sheet


def note(column: Column, sheet: Sheet, binding: Binding) -> str:
    """Help, must, default and reference of a column, a line each; "" where there is none."""
    return "\n".join(_lines(column, sheet, binding))


def _lines(column: Column, sheet: Sheet, binding: Binding) -> Iterator[str]:
    language = binding.language
    if column.help:
        yield column.help[language]
    if column.read_only:
        yield texts.OURS[language]
    elif column.required:
        yield texts.MUST[language]
    if column.head and sheet.group_by and column.key != sheet.group_by:
        document = sheet.column(sheet.group_by).heading[language].lower()
        yield texts.HEAD[language].format(document=document)
    if column.default is not None:
        default = column.cell(column.default, language)
        yield texts.BY_DEFAULT[language].format(default=default)
    if isinstance(column, Ref):
        names = texts.OR[language].join(_title(table, binding) for table in column.tables)
        yield texts.FROM_SHEET[language].format(sheet=names)


def _title(table: str, binding: Binding) -> str:
    words = binding.titles.get(table)
    return words[binding.language] if words else table
