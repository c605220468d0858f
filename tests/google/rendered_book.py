"""What a person sees of a rendered book, told alike of a workbook file and of a spreadsheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Json = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """A column as both programs show it."""

    heading: str
    note: str
    hidden: bool
    number_format: str
    listed: tuple[str, ...] | str | None
    heading_ground: str
    ground: str
    coloured_by: tuple[str, ...]


@dataclass(frozen=True)
class Tab:
    """A tab: its columns, and the first row and column that scroll."""

    hidden: bool
    scrolls_from: tuple[int, int]
    columns: tuple[Column, ...]


# --- of a workbook file ------------------------------------------------------------------


def tabs_of_file(file: Path) -> dict[str, Tab]:
    workbook = load_workbook(file)
    return {ws.title: _tab_of_file(workbook, ws) for ws in workbook.worksheets}


def _tab_of_file(workbook: Workbook, ws: Worksheet) -> Tab:
    frozen = ws[ws.freeze_panes] if ws.freeze_panes else ws["A1"]
    heads = [cell for cell in ws[1] if cell.value]
    columns = tuple(_column_of_file(workbook, ws, cell.column) for cell in heads)
    return Tab(ws.sheet_state == "hidden", (frozen.row - 1, frozen.column - 1), columns)


def _column_of_file(workbook: Workbook, ws: Worksheet, place: int) -> Column:
    head, letter = ws.cell(1, place), get_column_letter(place)
    look = ws.column_dimensions[letter]
    return Column(
        str(head.value),
        head.comment.text if head.comment else "",
        bool(look.hidden),
        look.number_format,
        _listed_in_file(workbook, ws, letter),
        _ground_in_file(head),
        _ground_in_file(look),
        tuple(_formulas_of_file(ws, letter)),
    )


def _listed_in_file(workbook: Workbook, ws: Worksheet, letter: str) -> tuple[str, ...] | str | None:
    for rule in ws.data_validations.dataValidation:
        if str(rule.sqref).startswith(f"{letter}2:"):
            if rule.formula1.startswith('"'):
                return tuple(rule.formula1.strip('"').split(","))
            # a defined name: the cell in which its list begins
            return str(workbook.defined_names[rule.formula1].attr_text).partition(":")[0]
    return None


def _ground_in_file(cell: Any) -> str:
    return f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.fill_type else ""


def _formulas_of_file(ws: Worksheet, letter: str) -> Iterator[str]:
    for cells in ws.conditional_formatting:
        if str(cells.sqref).startswith(f"{letter}2:"):
            for rule in cells.rules:
                formula = rule.formula[0]
                if "INT(" not in formula:  # a number format, which Google's rules cannot give
                    yield formula


# --- of a spreadsheet --------------------------------------------------------------------


def tabs_of_spreadsheet(told: Json) -> dict[str, Tab]:
    """Of the answer to `spreadsheets.get` with grid data."""
    return {sheet["properties"]["title"]: _tab_of(sheet) for sheet in told["sheets"]}


def _tab_of(sheet: Json) -> Tab:
    grid = sheet["properties"]["gridProperties"]
    rows = sheet["data"][0].get("rowData", [])
    first = rows[0].get("values", []) if rows else []
    heads = [n for n, cell in enumerate(first) if cell.get("formattedValue")]
    return Tab(
        sheet["properties"].get("hidden", False),
        (grid.get("frozenRowCount", 0), grid.get("frozenColumnCount", 0)),
        tuple(_column_of(sheet, n) for n in heads),
    )


def _column_of(sheet: Json, place: int) -> Column:
    data = sheet["data"][0]
    head, below = _cell(data, 0, place), _cell(data, 1, place)
    form = below.get("userEnteredFormat", {}).get("numberFormat", {"type": "none", "pattern": ""})
    return Column(
        head["formattedValue"],
        head.get("note", ""),
        data["columnMetadata"][place].get("hiddenByUser", False),
        "@" if form["type"] == "TEXT" else form["pattern"],
        _listed(below.get("dataValidation")),
        _ground(head),
        _ground(below),
        tuple(_formulas(sheet, place)),
    )


def _cell(data: Json, row: int, place: int) -> Json:
    rows = data.get("rowData", [])
    values = rows[row].get("values", []) if row < len(rows) else []
    return dict(values[place]) if place < len(values) else {}


def _listed(rule: Json | None) -> tuple[str, ...] | str | None:
    if rule is None:
        return None
    words = [value["userEnteredValue"] for value in rule["condition"]["values"]]
    if rule["condition"]["type"] == "ONE_OF_LIST":
        return tuple(words)
    return str(words[0]).removeprefix("=").partition(":")[0]


def _ground(cell: Json) -> str:
    colour = cell.get("userEnteredFormat", {}).get("backgroundColorStyle", {}).get("rgbColor")
    if colour is None:
        return ""
    parts = (round(colour.get(name, 0) * 255) for name in ("red", "green", "blue"))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _formulas(sheet: Json, place: int) -> Iterator[str]:
    for rule in sheet.get("conditionalFormats", []):
        [grid] = rule["ranges"]
        if grid.get("startColumnIndex", 0) == place:
            [value] = rule["booleanRule"]["condition"]["values"]
            formula = value["userEnteredValue"].removeprefix("=").replace(";", ",")
            yield re.sub(r"^LEFT\((\$B2)\)", r"LEFT(\1,1)", formula)
