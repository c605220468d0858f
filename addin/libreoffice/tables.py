"""Tables and their filters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from xlwings import base_classes

from .errors import Closed, DiffersInExcel, Unsupported
from .range import Range
from .values import serial

_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|[RrCc]")


class Tables:
    """The tables of a sheet."""

    def __init__(self, sheet: Any) -> None:
        self.parent = sheet

    @property
    def api(self) -> Tables:
        """This object."""
        return self

    def _names(self) -> list[str]:
        return list(self.parent.app.call("tables.names", self.parent.number))

    def __call__(self, key: str | int) -> Table:
        names = self._names()
        if isinstance(key, int):
            return Table(self.parent, names[key - 1])
        for name in names:
            if name.lower() == key.lower():
                return Table(self.parent, name)
        raise Closed(f"There is no table {key!r} on {self.parent.name}.")

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Table]:
        return iter([Table(self.parent, name) for name in self._names()])

    def __contains__(self, key: str) -> bool:
        return key in self._names()

    def add(
        self, source: Any, has_headers: bool = True, name: str | None = None, **ignored: Any
    ) -> Table:
        """Make a range a table. Calc knows no table styles."""
        if not has_headers:
            raise Unsupported("Calc has no tables without headings.")
        number = 1
        while name is None:
            free = f"Table{number}"
            name = None if free in self._names() else free
            number += 1
        refuse_table_name(self.parent, name)
        cells = getattr(source, "impl", source)
        self.parent.app.call("tables.add", cells.area, name)
        return Table(self.parent, name)


def refuse_table_name(sheet: Any, name: str) -> None:
    """Raise where Excel would: a table must not be called like a cell."""
    if sheet.app.strict and (_LIKE_A_CELL.fullmatch(name) or " " in name):
        raise DiffersInExcel(f"Excel has no tables called {name!r}.")


class Table(base_classes.Table):
    """A table by its name."""

    __slots__ = ("_name", "parent")

    def __init__(self, sheet: Any, name: str) -> None:
        self.parent = sheet
        self._name = name

    @property
    def api(self) -> Table:
        """This object."""
        return self

    def _call(self, command: str, *given: Any) -> Any:
        return self.parent.app.call(command, self.parent.number, self._name, *given)

    def _describe(self) -> dict[str, Any]:
        found: dict[str, Any] = self._call("tables.describe")
        return found

    @property
    def name(self) -> str:
        """The name that formulas use."""
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        refuse_table_name(self.parent, value)
        self._call("tables.rename", value)
        self._name = value

    display_name = name

    def _part(self, first: int, rows: int, area: list[int]) -> Range:
        return Range(self.parent, area[1] + first, area[2], rows, area[4])

    @property
    def range(self) -> Range:
        """All of it, with headings and totals."""
        area = self._describe()["area"]
        return self._part(0, area[3], area)

    @property
    def header_row_range(self) -> Range | None:
        """The headings."""
        found = self._describe()
        return self._part(0, 1, found["area"]) if found["header"] else None

    @property
    def data_body_range(self) -> Range | None:
        """The rows below the headings, without totals."""
        found = self._describe()
        rows = found["area"][3] - found["header"] - found["totals"]
        return self._part(int(found["header"]), rows, found["area"]) if rows > 0 else None

    @property
    def totals_row_range(self) -> Range | None:
        """The row of totals."""
        found = self._describe()
        area = found["area"]
        return self._part(area[3] - 1, 1, area) if found["totals"] else None

    def resize(self, range: Any) -> None:
        """Give it another extent; its first row stays, and it overlaps the old one, as in Excel."""
        cells = getattr(range, "impl", range)
        if self.parent.app.strict and cells.row != self.range.row:
            raise DiffersInExcel("In Excel the headings of a table stay in their row.")
        self._call("tables.resize", cells.area)

    @property
    def show_autofilter(self) -> bool:
        """Whether it has filter buttons."""
        return bool(self._describe()["autofilter"])

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self._call("tables.change", "autofilter", value)

    @property
    def show_headers(self) -> bool:
        """Whether it has headings."""
        return bool(self._describe()["header"])

    @property
    def show_totals(self) -> bool:
        """Whether its last row is one of totals."""
        return bool(self._describe()["totals"])

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        self._call("tables.change", "totals", value)

    @property
    def table_style(self) -> None:
        """Calc knows none."""
        return

    def sort(self, keys: list[int], ascending: list[bool]) -> None:
        """Sort its rows by columns, counted from 1."""
        self.range.sort(keys, ascending, True)

    @property
    def autofilter(self) -> AutoFilter:
        """Its filter."""
        return AutoFilter(self)


_EMPTY, _NOT_EMPTY = 0, 1
_OPERATORS = {"equal_to": 2, "not_equal_to": 3, "greater_than": 4, "greater_than_or_equal": 5,
              "less_than": 6, "less_than_or_equal": 7}  # fmt: skip
_TOPS = {8: "top_items", 9: "top_percent", 10: "bottom_items", 11: "bottom_percent"}
_NAMES = {number: name for name, number in _OPERATORS.items()}


class AutoFilter(base_classes.AutoFilter):
    """The conditions under which rows of a table show; fields are counted from 1."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def _conditions(self) -> list[dict[str, Any]]:
        return list(self.table._call("filters.criteria"))

    def _put(self, field: int, *conditions: tuple[int, list[Any], bool]) -> None:
        others = [one for one in self._conditions() if one["field"] != field - 1]
        ours = [
            {"field": field - 1, "operator": operator, "values": values, "and": joined}
            for operator, values, joined in conditions
        ]
        self.table._call("filters.apply", others + ours)

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """One entry a field, as xlwings describes conditions."""
        by_field: dict[int, list[dict[str, Any]]] = {}
        for one in self._conditions():
            by_field.setdefault(one["field"] + 1, []).append(one)
        fields = range(1, self.table.range.ncols + 1)
        return [_described(field, by_field.get(field, [])) for field in fields]

    def apply_values(self, field: int, values: list[str]) -> None:
        """Show rows with one of these values."""
        self._put(field, (_OPERATORS["equal_to"], [_number(v) for v in values], True))

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        """Show rows whose value compares so."""
        if value1 is None:
            self._put(field, (_EMPTY if operator == "equal_to" else _NOT_EMPTY, [""], True))
        elif operator in ("between", "not_between"):
            low, high = ("greater_than_or_equal", "less_than_or_equal")
            if operator == "not_between":
                low, high = ("less_than", "greater_than")
            first = (_OPERATORS[low], [_number(value1)], True)
            self._put(field, first, (_OPERATORS[high], [_number(value2)], operator == "between"))
        else:
            self._put(field, (_OPERATORS[operator], [_number(value1)], True))

    def apply_top_items(self, field: int, count: int) -> None:
        """Show the largest."""
        self._put(field, (8, [float(count)], True))

    def apply_top_percent(self, field: int, percent: float) -> None:
        """Show the largest part."""
        self._put(field, (9, [float(percent)], True))

    def apply_bottom_items(self, field: int, count: int) -> None:
        """Show the smallest."""
        self._put(field, (10, [float(count)], True))

    def apply_bottom_percent(self, field: int, percent: float) -> None:
        """Show the smallest part."""
        self._put(field, (11, [float(percent)], True))

    def clear(self, field: int | None) -> None:
        """Show all rows again, or those that one field hid."""
        if field is None:
            self.table._call("filters.apply", [])
        else:
            self._put(field)


def _number(value: Any) -> str | float:
    """Calc compares numbers with numbers only; days come as {type, value}."""
    if isinstance(value, dict):
        return serial(datetime.fromisoformat(value["value"]), False)
    try:
        return float(value)
    except ValueError:
        return str(value)


def _described(field: int, conditions: list[dict[str, Any]]) -> dict[str, Any]:
    found = base_classes.empty_autofilter_criteria(field)
    if not conditions:
        return dict(found)
    first, texts = conditions[0], [_text(v) for one in conditions for v in one["values"]]
    operator = first["operator"]
    if operator in (_EMPTY, _NOT_EMPTY):
        name = "equal_to" if operator == _EMPTY else "not_equal_to"
        return {**found, "type": "comparison", "operator": name}
    if operator in _TOPS:
        amount = "count" if _TOPS[operator].endswith("items") else "percent"
        return {**found, "type": _TOPS[operator], amount: first["values"][0]}
    if len(conditions) == 2:
        name = "between" if conditions[1]["and"] else "not_between"
        return {**found, "type": "comparison", "operator": name, "value1": texts[0],
                "value2": texts[1]}  # fmt: skip
    if operator == _OPERATORS["equal_to"]:
        return {**found, "type": "values", "values": texts}
    if operator not in _NAMES or len(conditions) > 2:
        return {**found, "type": "unknown"}
    return {**found, "type": "comparison", "operator": _NAMES[operator], "value1": texts[0]}


def _text(value: Any) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
