"""What stands under what in a list that does not say so: by indentation, or by its codes."""

from __future__ import annotations

from collections.abc import Sequence

from addin.import_rows import FileRow
from workbook_templates.schema import Sheet

INDENT, CODES = "indent", "codes"


def parent_column(sheet: Sheet) -> str:
    """The column that names the row above in the same sheet; "" where a sheet is no tree."""
    refs = (column for column in sheet.reference_columns if column.tables == (sheet.table,))
    return next((c.key for c in refs if len(sheet.unique) == 1), "")


def fill_parents(sheet: Sheet, rows: Sequence[FileRow], how: str) -> int:
    """Write into each row without a parent the one that follows from `how`; how many have one."""
    column, (key,) = parent_column(sheet), sheet.unique
    found = _by_indent(rows, key) if how == INDENT else _by_codes(rows, key)
    for row in rows:
        if parent := found.get(row.number):
            row.cells.setdefault(column, parent)
    return len(found)


def is_indented(rows: Sequence[FileRow]) -> bool:
    """Whether some rows are set in further than others."""
    return len({row.indent for row in rows}) > 1


def _by_indent(rows: Sequence[FileRow], key: str) -> dict[int, str]:
    """A row's parent is the last row before it that is set in less."""
    found, above = dict[int, str](), list[FileRow]()
    for row in rows:
        while above and above[-1].indent >= row.indent:
            above.pop()
        if above and above[-1].cells.get(key):
            found[row.number] = above[-1].cells[key]
        above.append(row)
    return found


def _by_codes(rows: Sequence[FileRow], key: str) -> dict[int, str]:
    """A row's parent has the longest beginning of its code, zeros at the end left out: 1-1110
    stands under 1-1100, that under 1-0000.
    """
    begins = {
        _significant(row.cells.get(key, "")): row.cells.get(key, "") for row in reversed(rows)
    }
    found = {}
    for row in rows:
        own = _significant(row.cells.get(key, ""))
        cuts = (own[:length] for length in range(len(own) - 1, 0, -1))
        parent = next((begins[cut] for cut in cuts if cut in begins), "")
        if parent:
            found[row.number] = parent
    return found


def _significant(code: str) -> str:
    digits = "".join(c for c in code if c.isalnum())
    return digits.rstrip("0") or digits
