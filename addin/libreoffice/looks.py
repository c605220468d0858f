"""What belongs to cells beside their values: font, notes, rules for typing."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from .cells import Cells
from .colours import colour


class Font(base_classes.Font):
    """The font of a range; a property is None where cells differ."""

    __slots__ = ("cells",)

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    @property
    def api(self) -> Font:
        """This object."""
        return self

    def _get(self, what: str) -> Any:
        return self.cells.sheet.app.call("cells.look", self.cells.area, what)

    def _set(self, what: str, value: Any) -> None:
        self.cells.sheet.app.call("cells.set_look", self.cells.area, what, value)

    @property
    def bold(self) -> bool | None:
        """Whether it is bold."""
        return self._get("bold")

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set("bold", value)

    @property
    def italic(self) -> bool | None:
        """Whether it is italic."""
        return self._get("italic")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set("italic", value)

    @property
    def size(self) -> float | None:
        """In points."""
        return self._get("font_size")

    @size.setter
    def size(self, value: float) -> None:
        self._set("font_size", float(value))

    @property
    def name(self) -> str | None:
        """The family."""
        return self._get("font_name")

    @name.setter
    def name(self, value: str) -> None:
        self._set("font_name", value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """(red, green, blue)."""
        found = self._get("font_color")
        return None if found is None else (found >> 16 & 255, found >> 8 & 255, found & 255)

    @color.setter
    def color(self, value: Any) -> None:
        self._set("font_color", colour(value))


class Note(base_classes.Note):
    """A note at a cell, as it was when it was read."""

    __slots__ = ("_author", "_text", "cell")

    def __init__(self, cell: Cells, text: str, author: str) -> None:
        self.cell = cell
        self._text = text
        self._author = author

    @property
    def api(self) -> Note:
        """This object."""
        return self

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @text.setter
    def text(self, value: str) -> None:
        self.cell.sheet.app.call("notes.put", self.cell.area, value)
        self._text = value

    @property
    def author(self) -> str:
        """Who wrote it; Calc 7 loses that when it reads a file."""
        return self._author

    @property
    def location(self) -> Cells:
        """The cell."""
        return self.cell

    def delete(self) -> None:
        """Remove it."""
        self.cell.sheet.app.call("notes.put", self.cell.area, None)


class Validation(base_classes.DataValidation):
    """The rule for what may be typed into cells; reading tells that of the first cell."""

    __slots__ = ("cells",)

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    @property
    def api(self) -> Validation:
        """This object."""
        return self

    def _rule(self) -> dict[str, Any]:
        found: dict[str, Any] = self.cells.sheet.app.call("validations.get", self.cells.area)
        return found

    def _put(self, **rule: Any) -> None:
        self.cells.sheet.app.call("validations.put", self.cells.area, rule)

    def set_list(self, source: Any, in_cell_dropdown: bool) -> None:
        """Only what a list has: an address, or texts with commas between."""
        if isinstance(source, list | tuple):
            source = ",".join(map(str, source))
        if not isinstance(source, str):
            title = source.sheet.name.replace("'", "''")
            source = f"='{title}'!{source.address}"
        elif not source.startswith("="):
            source = '"{}"'.format(source.replace('"', '""'))
        self._put(type="list", formula1=source, dropdown=in_cell_dropdown)

    def set_rule(
        self, rule_type: str, operator: str | None, formula1: str | None, formula2: str | None
    ) -> None:
        """Only what a comparison or formula allows."""
        self._put(type=rule_type, operator=operator, formula1=formula1, formula2=formula2)

    def delete(self) -> None:
        """Anything may be typed."""
        self._put(type="any")

    @property
    def type(self) -> str:
        """any, list, whole_number, decimal, date, time, text_length or custom."""
        return str(self._rule()["type"])

    @property
    def source(self) -> str | None:
        """Of a list: its texts, or the address where they stand."""
        rule = self._rule()
        if rule["type"] != "list":
            return None
        text = str(rule["formula1"])
        return text[1:-1] if text.startswith('"') else f"={text}"

    @property
    def formula1(self) -> str | None:
        """The first bound."""
        return self._rule()["formula1"] or None

    @property
    def formula2(self) -> str | None:
        """The second bound."""
        return self._rule()["formula2"] or None

    @property
    def in_cell_dropdown(self) -> bool:
        """Whether the list drops down."""
        return bool(self._rule()["dropdown"])
