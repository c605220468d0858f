"""A report's rows as they are shown: what each is, what it adds up, and the words around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbook_templates.columns import Column, Number
from workbook_templates.words import Words

LEVEL, ADDS, SECTION = "level", "adds", "section"
# What a statement's rows are and add up is seen by their look, and by formulas.
UNSEEN = (LEVEL, ADDS, SECTION)
AT = Words(id="Per {day}", en="As of {day}")
FOR = Words(id="Untuk periode {span}", en="For {span}")
IN = Words(id="dalam {currency}", en="in {currency}")
TOTAL = Words(id="Jumlah", en="Total")
STATE = Words(id="Keadaan pusat: perubahan ke-{seq}", en="Central copy at change {seq}")

Row = Mapping[str, str | None]


def is_statement(columns: Sequence[Column]) -> bool:
    """Whether a report's rows are headings, accounts and sums."""
    return any(column.key == LEVEL for column in columns)


def shown_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of a report that are shown."""
    unseen = UNSEEN if is_statement(columns) else ()
    return tuple(column for column in columns if column.key not in unseen)


def level_of(row: Row) -> str:
    """What a row is: heading, text, account, subtotal, total; "account" in plain reports."""
    return row.get(LEVEL) or "account"


def final_rows(rows: Sequence[Row]) -> frozenset[int]:
    """The totals, counted from 1, that no other row adds up: a double rule stands below."""
    added = {row for adds in map(_added, rows) for row in adds}
    totals = (n for n, row in enumerate(rows, 1) if level_of(row) == "total")
    return frozenset(n for n in totals if n not in added)


def _added(row: Row) -> set[int]:
    return {n for _, first, last in terms(row.get(ADDS) or "") for n in range(first, last + 1)}


def is_figure(column: Column) -> bool:
    """Whether a column's cells are numbers, which stand at the right."""
    return isinstance(column, Number) or column.kind == "integer"


def terms(adds: str) -> list[tuple[int, int, int]]:
    """What a row adds up, as (sign, first row, last row) counted from 1: "2..5" or "+6 -9"."""
    if ".." in adds:
        first, last = adds.split("..")
        return [(1, int(first), int(last))]
    return [(-1 if term[0] == "-" else 1, int(term[1:]), int(term[1:])) for term in adds.split()]


def part_key(whole: str, part: str) -> str:
    """The key of a column that, with others of the kind, adds up across to the column `whole`."""
    return f"{whole}.{part}"


def parts_of(whole: Column, columns: Sequence[Column]) -> list[int]:
    """Where the columns stand that add up across to a column."""
    others = ((n, column.key) for n, column in enumerate(columns) if column.key != whole.key)
    return [n for n, key in others if key.partition(".")[0] == whole.key]


def sum_formula(adds: str, letter: str, head: int) -> str:
    """The formula, without its equals sign, of a row that adds up others in the column `letter`;
    the first row stands right below the row `head` (1-based).
    """
    parts = []
    for sign, first, last in terms(adds):
        mark = "+" if sign > 0 else "-"
        cells = f"{letter}{head + first}"
        if first != last:
            cells = f"SUM({cells}:{letter}{head + last})"
        parts.append(f"{mark}{cells}")
    return "".join(parts).removeprefix("+")
