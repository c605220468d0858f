"""The few formulas that the tests need: arithmetic, references and five functions over cells.

Anything else has the value `#NAME?`, as a formula that Google does not know.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.google_emulator.a1 import parse_area, split_address
from tests.google_emulator.book import Spreadsheet, Tab, Value

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*|\.\d+)|(?P<text>"(?:[^"]|"")*")|(?P<name>[A-Z]+)\(
    |(?P<place>(?:(?:'(?:[^']|'')*'|\w+)!)?\$?[A-Z]{1,3}\$?\d*(?::\$?[A-Z]{0,3}\$?\d*)?)
    |(?P<sign>[-+*/&(),;]))""",
    re.VERBOSE | re.IGNORECASE,
)
Values = list[Value]


class Failed(Exception):
    """The formula has an error value, which is the exception's text."""


def numbers(values: Values) -> list[float]:
    return [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]


FUNCTIONS: dict[str, Callable[[Values], Value]] = {
    "SUM": lambda values: sum(numbers(values)),
    "COUNT": lambda values: len(numbers(values)),
    "COUNTA": lambda values: sum(value is not None for value in values),
    "MAX": lambda values: max(numbers(values), default=0),
    "MIN": lambda values: min(numbers(values), default=0),
}


def computed(book: Spreadsheet, tab: Tab, formula: str, depth: int = 0) -> Value:
    """The formula's value; a text such as `#NAME?` where it has none."""
    try:
        return _Reader(book, tab, _tokens(formula[1:]), depth).whole()
    except Failed as failure:
        return str(failure)


def value_at(book: Spreadsheet, tab: Tab, row: int, column: int, depth: int = 0) -> Value:
    """The cell's value, worked out where it holds a formula."""
    cell = tab.cell(row, column)
    if cell.formula is None:
        return cell.value
    return "#REF!" if depth > 50 else computed(book, tab, cell.formula, depth + 1)


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at, text = [], 0, text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match or not match.lastgroup:
            raise Failed("#NAME?")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


@dataclass
class _Reader:
    """Reads tokens from the left: sums of products of atoms."""

    book: Spreadsheet
    tab: Tab
    tokens: list[tuple[str, str]]
    depth: int
    at: int = field(default=0)

    def whole(self) -> Value:
        value = self.sum()
        if self.at < len(self.tokens):
            raise Failed("#ERROR!")
        return value

    def sum(self) -> Value:
        value = self.product()
        while sign := self.take("+", "-", "&"):
            right = self.product()
            if sign == "&":
                value = _text(value) + _text(right)
            else:
                value = _number(value) + (_number(right) if sign == "+" else -_number(right))
        return value

    def product(self) -> Value:
        value = self.atom()
        while sign := self.take("*", "/"):
            right = _number(self.atom())
            if sign == "/" and right == 0:
                raise Failed("#DIV/0!")
            value = _number(value) * right if sign == "*" else _number(value) / right
        return value

    def take(self, *signs: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at] in [("sign", s) for s in signs]:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def atom(self) -> Value:
        if self.take("-"):
            return -_number(self.atom())
        if self.take("("):
            value = self.sum()
            self.closed()
            return value
        if self.at == len(self.tokens):
            raise Failed("#ERROR!")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "name":
            return self.called(text.upper())
        if kind == "place":
            return next(iter(self.cells(text)), None)
        raise Failed("#ERROR!")

    def closed(self) -> None:
        if not self.take(")"):
            raise Failed("#ERROR!")

    def called(self, name: str) -> Value:
        if name not in FUNCTIONS:
            raise Failed("#NAME?")
        values: Values = []
        while not self.take(")"):
            if self.at < len(self.tokens) and self.tokens[self.at][0] == "place":
                values += self.cells(self.tokens[self.at][1])
                self.at += 1
            else:
                values.append(self.sum())
            if not self.take(",", ";"):
                self.closed()
                break
        return FUNCTIONS[name](values)

    def cells(self, place: str) -> Values:
        title, text = split_address(place)
        tab = self.tab if title is None else self.book.titled(title)
        if tab is None:
            raise Failed("#REF!")
        area = parse_area(text or "", tab.rows, tab.columns)
        if area is None:
            raise Failed("#NAME?")
        if area.height * area.width == 1:
            return [value_at(self.book, tab, area.top, area.left, self.depth)]
        return [
            value_at(self.book, tab, row, column, self.depth)
            for row, column in sorted(tab.cells)
            if area.holds(row, column)
        ]


def _number(value: Value) -> float:
    if isinstance(value, str):
        raise Failed(value if value.startswith("#") else "#VALUE!")
    return value or 0


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value is None else f"{value}"
