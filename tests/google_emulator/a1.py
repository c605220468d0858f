"""Areas of a tab and their A1 notation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.google_emulator.refusals import invalid

PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LOOKS_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")
CORNER = re.compile(r"\$?([A-Za-z]{0,3})\$?([0-9]*)")


@dataclass(frozen=True, slots=True)
class Area:
    """A half-open box of cells, rows and columns counted from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def cells(self) -> Iterator[tuple[int, int]]:
        return ((r, c) for r in range(self.top, self.bottom) for c in range(self.left, self.right))

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: "Area") -> bool:
        return (
            self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )


def letters(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """0 for `A`, 26 for `AA`."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    """The title as Google writes it in a range: quoted where it could be read otherwise."""
    if PLAIN_TITLE.fullmatch(title) and not LOOKS_LIKE_A_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def written(title: str, area: Area) -> str:
    """The whole address of an area, one cell without a colon."""
    first = f"{letters(area.left)}{area.top + 1}"
    last = f"{letters(area.right - 1)}{area.bottom}"
    return f"{quoted(title)}!{first if first == last else f'{first}:{last}'}"


def split_address(address: str) -> tuple[str | None, str | None]:
    """The title and the area's text; each None where the address has none."""
    if address.startswith("'"):
        match = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", address, re.DOTALL)
        if match:
            return match[1].replace("''", "'"), match[2]
    title, mark, area = address.rpartition("!")
    return (title, area) if mark else (None, address)


def parse_area(text: str, rows: int, columns: int) -> Area | None:
    """The area that `A1`, `B2:C`, `A2:2`, `A:C` or `D4:A1` names; None for any other text."""
    first, _, last = text.partition(":")
    start, end = CORNER.fullmatch(first), CORNER.fullmatch(last or first)
    if not text or not start or not end or (not last and not (start[1] and start[2])):
        return None
    tops = [int(corner[2]) - 1 for corner in (start, end) if corner[2]]
    lefts = [column_number(corner[1]) for corner in (start, end) if corner[1]]
    top, left = min(tops, default=0), min(lefts, default=0)
    bottom = max(tops) + 1 if len(tops) == 2 else rows
    right = max(lefts) + 1 if len(lefts) == 2 else columns
    return Area(top, left, bottom, right) if min(top, left) >= 0 else None


def grid_area(grid: dict[str, Any], rows: int, columns: int) -> Area:
    """The area of a GridRange; an absent end means the end of the tab."""
    area = Area(
        grid.get("startRowIndex", 0),
        grid.get("startColumnIndex", 0),
        grid.get("endRowIndex", rows),
        grid.get("endColumnIndex", columns),
    )
    if area.height < 0 or area.width < 0:
        raise invalid("range's end index must not be before its start index.")
    return area


def grid_range(sheet_id: int, area: Area) -> dict[str, Any]:
    """A GridRange as Google answers it: the sheet 0 goes without saying."""
    sheet = {"sheetId": sheet_id} if sheet_id else {}
    return sheet | {
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }
