"""Requests about cells: values, formats, notes, validation, merging, copying and sorting."""

from dataclasses import replace
from typing import Any

from tests.google_emulator.a1 import Area, grid_range
from tests.google_emulator.book import EMPTY, Cell, Json, Spreadsheet, Tab, Value
from tests.google_emulator.entered import typed_into
from tests.google_emulator.field_masks import Mask, changed, names, required
from tests.google_emulator.formats import COLOUR_TWINS, normalised
from tests.google_emulator.formulas import value_at
from tests.google_emulator.kinds import Batch, kind
from tests.google_emulator.refusals import invalid

CELL_FIELDS = {"userEnteredValue", "userEnteredFormat", "note", "dataValidation", "*"}


def merged_in(cell: Cell, new: Json, mask: Mask) -> Cell:
    """The cell with each masked field of CellData as `new` has it."""
    unknown = set(mask) - CELL_FIELDS
    if unknown:
        raise invalid(f"Invalid field: {', '.join(sorted(unknown))}")
    if names(mask, "userEnteredValue"):
        cell = _with_value(cell, new.get("userEnteredValue"))
    if names(mask, "userEnteredFormat"):
        part = {} if "*" in mask else mask["userEnteredFormat"]
        form = normalised(new.get("userEnteredFormat", {}))
        both = changed(cell.format, form, _with_twins(part)) if part else form
        cell = replace(cell, format=both)
    if names(mask, "note"):
        cell = replace(cell, note=new.get("note", ""))
    if names(mask, "dataValidation"):
        cell = replace(cell, validation=_checked_rule(new.get("dataValidation")))
    return cell


def _with_twins(mask: Mask) -> Mask:
    """A colour's old field names its new one too, and the other way round."""
    wide = {name: _with_twins(below) for name, below in mask.items()}
    for old, new in COLOUR_TWINS.items():
        if old in mask or new in mask:
            wide |= {old: {}, new: {}}
    return wide


def _with_value(cell: Cell, entered: Json | None) -> Cell:
    """ExtendedValue: strings are kept as they are, only formulaValue is a formula."""
    bare = replace(cell, value=None, formula=None)
    if not entered:
        return bare
    [(kind_of_value, value)] = entered.items()
    if kind_of_value == "formulaValue":
        return typed_into(bare, value, "en_US")
    if kind_of_value not in ("stringValue", "numberValue", "boolValue"):
        raise invalid(f"Invalid userEnteredValue: {kind_of_value} cannot be written")
    return bare if value == "" else replace(bare, value=value)


@kind
def update_cells(batch: Batch, body: Json) -> Json:
    mask, rows = required(body), body.get("rows", [])
    if "range" in body:
        tab, area = batch.area(body["range"])
    else:
        start = body["start"]
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        width = max((len(row.get("values", [])) for row in rows), default=0)
        tab = batch.tab(start)
        area = Area(top, left, top + len(rows), left + width)
        batch.touched(tab, tab.area(grid_range(tab.id, area)))
    for r, c in area.cells():
        values = rows[r - area.top].get("values", []) if r - area.top < len(rows) else []
        new = values[c - area.left] if c - area.left < len(values) else {}
        tab.put(r, c, merged_in(tab.cell(r, c), new, mask))
    return {}


@kind
def repeat_cell(batch: Batch, body: Json) -> Json:
    (tab, area), mask = batch.area(body["range"]), required(body)
    new = body.get("cell", {})
    blank = merged_in(EMPTY, new, mask)  # worked out once: most cells of a prepared tab are blank
    for r, c in area.cells():
        cell = tab.cell(r, c)
        tab.put(r, c, blank if cell is EMPTY else merged_in(cell, new, mask))
    return {}


@kind
def append_cells(batch: Batch, body: Json) -> Json:
    """After the last row of the tab that holds anything."""
    tab, rows, mask = batch.tab(body), body.get("rows", []), required(body)
    top = max((row + 1 for (row, _), cell in tab.cells.items() if cell.filled), default=0)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    batch.touched(tab, Area(top, 0, top + len(rows), width))
    tab.grow(top + len(rows), width)
    for r, row in enumerate(rows, top):
        for c, new in enumerate(row.get("values", [])):
            tab.put(r, c, merged_in(tab.cell(r, c), new, mask))
    return {}


@kind
def set_data_validation(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body["range"])
    rule = _checked_rule(body.get("rule"))
    for r, c in area.cells():
        tab.put(r, c, replace(tab.cell(r, c), validation=rule))
    return {}


def _checked_rule(rule: Json | None) -> Json | None:
    if rule is not None and "type" not in rule.get("condition", {}):
        raise invalid("rule.condition: a condition type is required")
    return rule


@kind
def merge_cells(batch: Batch, body: Json) -> Json:
    tab, area = batch.area(body["range"])
    by = body.get("mergeType", "MERGE_ALL")
    if by not in ("MERGE_ALL", "MERGE_ROWS", "MERGE_COLUMNS"):
        raise invalid(f"Invalid mergeType: {by}")
    _unmerge(tab, area)
    for part in _parts(area, by):
        tab.merges.append({"range": grid_range(tab.id, part)})
        for at in list(part.cells())[1:]:
            tab.put(*at, replace(tab.cell(*at), value=None, formula=None))
    return {}


def _parts(area: Area, by: str) -> list[Area]:
    if by == "MERGE_ROWS":
        return [replace(area, top=n, bottom=n + 1) for n in range(area.top, area.bottom)]
    if by == "MERGE_COLUMNS":
        return [replace(area, left=n, right=n + 1) for n in range(area.left, area.right)]
    return [area]


@kind
def unmerge_cells(batch: Batch, body: Json) -> Json:
    _unmerge(*batch.area(body["range"]))
    return {}


def _unmerge(tab: Tab, area: Area) -> None:
    tab.merges = [item for item in tab.merges if not tab.area(item["range"]).meets(area)]


def pasted(cell: Cell, source: Cell, paste: str) -> Cell:
    """The cell after the source was pasted over it in Google's way of that name."""
    if paste == "PASTE_VALUES":
        return replace(cell, value=source.value, formula=source.formula)
    if paste == "PASTE_FORMAT":
        return replace(cell, format=source.format)
    if paste == "PASTE_DATA_VALIDATION":
        return replace(cell, validation=source.validation)
    if paste == "PASTE_NO_BORDERS":
        return replace(source, format={k: v for k, v in source.format.items() if k != "borders"})
    if paste in ("PASTE_NORMAL", "PASTE_FORMULA"):
        return source
    raise invalid(f"Invalid pasteType: {paste}")


@kind
def copy_paste(batch: Batch, body: Json) -> Json:
    source, area = batch.tab(body["source"]), batch.tab(body["source"]).area(body["source"])
    tab, target = batch.area(body["destination"])
    height, width = max(area.height, target.height), max(area.width, target.width)
    tab.grow(target.top + height, target.left + width)
    cells = {at: source.cell(*at) for at in area.cells()}
    for r in range(height):
        for c in range(width):
            origin = cells[area.top + r % area.height, area.left + c % area.width]
            if body.get("pasteType") == "PASTE_VALUES" and origin.formula:
                value = value_at(batch.book, source, area.top + r, area.left + c)
                origin = replace(origin, value=value, formula=None)
            at = target.top + r, target.left + c
            tab.put(*at, pasted(tab.cell(*at), origin, body.get("pasteType", "PASTE_NORMAL")))
    return {}


@kind
def cut_paste(batch: Batch, body: Json) -> Json:
    source, area = batch.area(body["source"])
    start = body["destination"]
    tab, top, left = batch.tab(start), start.get("rowIndex", 0), start.get("columnIndex", 0)
    cells = [(r - area.top, c - area.left, source.cell(r, c)) for r, c in area.cells()]
    batch.touched(tab, Area(top, left, top + area.height, left + area.width))
    for at in area.cells():
        source.put(*at, EMPTY)
    tab.grow(top + area.height, left + area.width)
    for r, c, cell in cells:
        tab.put(top + r, left + c, cell)
    return {}


@kind
def sort_range(batch: Batch, body: Json) -> Json:
    sort(batch.book, *batch.area(body["range"]), body.get("sortSpecs", []))
    return {}


def sort(book: Spreadsheet, tab: Tab, area: Area, specs: list[Json]) -> None:
    """Whole cells of the area change rows; what hangs on a row stays. Blanks come last."""
    rows = [[tab.cell(r, c) for c in range(area.left, area.right)] for r in range(*_rows(area))]
    keys = [
        [value_at(book, tab, r, s.get("dimensionIndex", 0)) for s in specs]
        for r in range(*_rows(area))
    ]
    order = list(range(len(rows)))
    for n, spec in reversed(list(enumerate(specs))):
        down = spec.get("sortOrder") == "DESCENDING"
        filled = [i for i in order if keys[i][n] is not None]
        blank = [i for i in order if keys[i][n] is None]
        # A stable order both ways: equal rows keep their places.
        order = sorted(filled, key=lambda i: _rank(keys[i][n]), reverse=down) + blank
    for r, i in enumerate(order, area.top):
        for c, cell in enumerate(rows[i], area.left):
            tab.put(r, c, cell)


def _rows(area: Area) -> tuple[int, int]:
    return area.top, area.bottom


def _rank(value: Value) -> tuple[int, Any]:
    if isinstance(value, bool):
        return 2, value
    return (1, value.lower()) if isinstance(value, str) else (0, value)


@kind
def insert_range(batch: Batch, body: Json) -> Json:
    _shift(batch, body, forward=True)
    return {}


@kind
def delete_range(batch: Batch, body: Json) -> Json:
    _shift(batch, body, forward=False)
    return {}


def _shift(batch: Batch, body: Json, forward: bool) -> None:
    tab, area = batch.area(body["range"])
    down = body["shiftDimension"] == "ROWS"
    step = (area.height if down else area.width) * (1 if forward else -1)
    moved = {}
    for (r, c), cell in tab.cells.items():
        beside = area.left <= c < area.right if down else area.top <= r < area.bottom
        after = (r >= area.top) if down else (c >= area.left)
        if not forward and area.holds(r, c):
            continue
        shifts = beside and after
        moved[(r + step, c) if shifts and down else (r, c + step) if shifts else (r, c)] = cell
    tab.cells = moved
    if forward:
        tab.grow(*(max((at[n] + 1 for at in moved), default=0) for n in (0, 1)))
