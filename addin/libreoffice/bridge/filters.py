"""Filters of tables: what is filtered, filtering, showing all again."""

from __future__ import annotations

from typing import Any

import uno

from .session import Session
from .tables import table_of

NUMERIC, TEXT = 0, 1  # com.sun.star.sheet.FilterFieldType
FIELD = "com.sun.star.sheet.TableFilterField3"


def criteria(session: Session, sheet: int, name: str) -> list[dict[str, Any]]:
    """The conditions of a table: field (0-based), operator, values, whether joined by and."""
    found = []
    for field in table_of(session, sheet, name).getFilterDescriptor().getFilterFields3():
        values = [_value(value) for value in field.Values]
        joined = field.Connection.value == "AND"
        one = {"field": field.Field, "operator": field.Operator, "values": values, "and": joined}
        found.append(one)
    return found


def apply(session: Session, sheet: int, name: str, conditions: list[dict[str, Any]]) -> None:
    """Filter a table by these conditions only; none shows all rows."""
    table = table_of(session, sheet, name)
    there = table.DataArea
    cells = session.sheet(sheet).getCellRangeByPosition(
        there.StartColumn, there.StartRow, there.EndColumn, there.EndRow
    )
    if not conditions:  # to refresh a table without conditions shows nothing again
        cells.filter(cells.createFilterDescriptor(True))
        return
    # The range's own descriptor would keep the first of several values only.
    descriptor = table.getFilterDescriptor()
    descriptor.ContainsHeader = True
    descriptor.setFilterFields3(tuple(_field(one) for one in conditions))
    table.refresh()


def _value(given: Any) -> Any:
    is_text = getattr(given, "FilterType", NUMERIC) == TEXT or not given.IsNumeric
    return given.StringValue if is_text else given.NumericValue


def _field(one: dict[str, Any]) -> Any:
    field = uno.createUnoStruct(FIELD)
    field.Field, field.Operator = one["field"], one["operator"]
    connection = "AND" if one["and"] else "OR"
    field.Connection = uno.Enum("com.sun.star.sheet.FilterConnection", connection)
    values = []
    for given in one["values"]:
        value = uno.createUnoStruct("com.sun.star.sheet.FilterFieldValue")
        value.IsNumeric = not isinstance(given, str)
        if hasattr(value, "FilterType"):  # since 7.2
            value.FilterType = NUMERIC if value.IsNumeric else TEXT
        if value.IsNumeric:
            value.NumericValue = given
        else:
            value.StringValue = given
        values.append(value)
    field.Values = tuple(values)
    return field


def filtered(session: Session, area: list[int]) -> bool:
    """Whether a row of the area is filtered away."""
    cells = session.range(area)
    first = area[1]
    shown: set[int] = set()
    for there in cells.queryVisibleCells().getRangeAddresses():
        shown.update(range(there.StartRow + 1, there.EndRow + 2))
    if len(shown) == area[3]:
        return False
    rows = cells.getRows()
    hidden = (n for n in range(area[3]) if first + n not in shown)
    return any(rows.getByIndex(n).IsFiltered for n in hidden)
