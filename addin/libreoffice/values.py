"""Values between Python and the bridge, with the types that Excel on Windows would give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from .errors import DiffersInExcel
from .excel_text import ERRORS, LONGEST_TEXT, as_typed, is_read_otherwise

Rows = list[list[Any]]
_FIRST_DAY = {False: dt.datetime(1899, 12, 30), True: dt.datetime(1904, 1, 1)}
# Excel's interface gives an error as one of these whole numbers; Calc counts its errors so.
_COM = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265,
    "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip
_CALC = {521: "#NULL!", 532: "#DIV/0!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 503: "#NUM!",
         32767: "#N/A"}  # fmt: skip
_TEXT_OF = {number: text for text, number in _COM.items()}
_CENTS = Decimal("0.0001")


def serial(value: dt.date, epoch_1904: bool) -> float:
    """The number that stands for a day or moment."""
    moment = value if isinstance(value, dt.datetime) else dt.datetime(*value.timetuple()[:3])
    passed = moment.replace(tzinfo=None) - _FIRST_DAY[epoch_1904]
    return passed.days + (passed.seconds + passed.microseconds / 1e6) / 86_400


def moment(number: float, epoch_1904: bool) -> dt.datetime | float:
    """The moment for which a number stands, to the millisecond; the number where there is none."""
    try:
        found = _FIRST_DAY[epoch_1904] + dt.timedelta(days=number)
    except OverflowError:
        return number
    found += dt.timedelta(microseconds=500)
    return found.replace(microsecond=found.microsecond // 1000 * 1000)


def from_bridge(read: dict[str, Any], epoch_1904: bool) -> Rows:
    """Rows as Excel's interface would give them: blanks None, days datetime, errors int."""
    rows: Rows = [[None if value == "" else value for value in row] for row in read["rows"]]
    for row, column, error in read["errors"]:
        rows[row][column] = _COM[_CALC.get(error, "#VALUE!")]
    for top, left, height, width, kind in read["kinds"]:
        made = _MADE.get(kind)
        if made is not None:
            for row in rows[top : top + height]:
                for column in range(left, left + width):
                    if type(row[column]) is float:
                        row[column] = made(row[column], epoch_1904)
    return rows


def _money(number: float, epoch_1904: bool) -> Decimal:
    """Windows gives cells in a currency format as Decimal, with four decimals."""
    return Decimal(repr(number)).quantize(_CENTS, ROUND_HALF_EVEN)


_MADE: dict[str, Callable[[float, bool], Any]] = {
    "date": moment,
    "datetime": moment,
    "bool": lambda number, _: bool(number),
    "currency": _money,
}


def cleaned(
    rows: Rows, dates: Callable[..., Any], empty: Any, numbers: Any, err_to_str: bool
) -> Rows:
    """What xlwings' converters get: their handlers applied to every cell."""

    def one(value: Any) -> Any:
        kind = type(value)
        if kind is str:
            return value or empty
        if value is None:
            return empty
        if kind is float:
            return numbers(value) if numbers is not None else value
        if kind is dt.datetime:
            return dates(
                year=value.year, month=value.month, day=value.day, hour=value.hour,
                minute=value.minute, second=value.second, microsecond=value.microsecond,
                tzinfo=None,
            )  # fmt: skip
        if kind is int and value in _TEXT_OF:
            return _TEXT_OF[value] if err_to_str else None
        return value

    return [[one(value) for value in row] for row in rows]


@dataclass
class Block:
    """A block of values on its way to the bridge. Places are counted from 0."""

    rows: Rows
    marks: dict[str, list[list[int]]] = field(default_factory=dict)
    formulas: list[list[Any]] = field(default_factory=list)

    def mark(self, kind: str, row: int, column: int) -> None:
        """Say that a cell is of a kind that Calc cannot see; runs down a column are kept as one."""
        self._join(self.marks.setdefault(kind, []), row, column)

    @staticmethod
    def _join(runs: list[list[int]], row: int, column: int) -> None:
        for run in runs[-64:]:
            if run[1] == column and run[0] + run[2] == row:
                run[2] += 1
                return
        runs.append([row, column, 1])

    def formula(self, row: int, column: int, text: str) -> None:
        """Put a formula at a place."""
        for run in self.formulas[-64:]:
            if run[1] == column and run[0] + len(run[2]) == row:
                run[2].append(text)
                return
        self.formulas.append([row, column, [text]])


@dataclass(frozen=True)
class Writing:
    """How values are written: `is_text(row, column)` says where the cell's format is Text."""

    strict: bool
    epoch_1904: bool
    is_text: Callable[[int, int], bool]

    def block(self, rows: Sequence[Sequence[Any]]) -> Block:
        """A block as the bridge takes it. Raises `DiffersInExcel`, `TypeError`."""
        made = Block([])
        for number, row in enumerate(rows):
            line: list[Any] = []
            made.rows.append(line)
            for column, value in enumerate(row):
                kind = type(value)
                if kind is float:
                    line.append(value if value == value else "")
                elif kind is str:
                    line.append(self._text(made, number, column, value))
                else:
                    line.append(self._other(made, number, column, value))
        return made

    def _text(self, made: Block, row: int, column: int, text: str) -> Any:
        if not text:
            return ""
        if len(text) > LONGEST_TEXT:
            raise DiffersInExcel(f"A cell of Excel holds 32,767 characters, not {len(text):,}.")
        if text[0] == "'":
            made.mark("text", row, column)
            return text[1:]
        if not is_read_otherwise(text):
            return text
        if self.is_text(row, column):
            made.mark("text", row, column)
            return text
        return self._typed(made, row, column, text)

    def _typed(self, made: Block, row: int, column: int, text: str) -> Any:
        if text[0] == "=" and len(text) > 1:
            made.formula(row, column, text)
            return ""
        if text in ERRORS:
            made.formula(row, column, f"={text}")
            return ""
        if self.strict:
            raise DiffersInExcel(
                f"Excel would read {text!r} as if it were typed. Put an apostrophe before it, give"
                " the cell the format @ first, or write the number, day or truth itself."
            )
        value = as_typed(text)
        return text if isinstance(value, str) else self._other(made, row, column, value)

    def _other(self, made: Block, row: int, column: int, value: Any) -> Any:
        if value is None:
            return ""
        if isinstance(value, bool):
            made.mark("bool", row, column)
            return float(value)
        if isinstance(value, int | float):
            return float(value)
        if isinstance(value, dt.date):
            return self._moment(made, row, column, value)
        if isinstance(value, Decimal):
            if self.strict:
                raise DiffersInExcel(
                    "Excel makes a currency cell of a Decimal and rounds it; write a float."
                )
            return float(value)
        raise TypeError(f"A cell cannot hold {type(value).__name__}: {value!r}")

    def _moment(self, made: Block, row: int, column: int, value: dt.date) -> float:
        if self.strict and isinstance(value, dt.datetime) and value.tzinfo is not None:
            raise DiffersInExcel("Excel knows no time zones: it would cut this one off.")
        number = serial(value, self.epoch_1904)
        if self.strict and not self.epoch_1904 and number < 61:
            raise DiffersInExcel("Excel and Calc count the days before 1 March 1900 differently.")
        midnight = not isinstance(value, dt.datetime) or value.time() == dt.time()
        made.mark("date" if midnight else "datetime", row, column)
        return number
