"""Requests about the spreadsheet, its tabs, and rows and columns as such."""

from tests.google_emulator import shifting
from tests.google_emulator.book import Json, Spreadsheet, Tab
from tests.google_emulator.field_masks import changed, required
from tests.google_emulator.formats import normalised
from tests.google_emulator.kinds import Batch, kind
from tests.google_emulator.refusals import invalid


def told_properties(book: Spreadsheet, tab: Tab) -> Json:
    """SheetProperties with the index, which is the tab's place among the others."""
    own = tab.properties
    head = {"sheetId": tab.id, "title": tab.title, "index": book.tabs.index(tab)}
    return head | {name: item for name, item in own.items() if name not in head}


def _free_title(book: Spreadsheet, title: str, own: Tab | None = None) -> str:
    other = book.titled(title)
    if other is not None and other is not own:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')
    if not title or len(title) > 100:
        raise invalid("A sheet title has 1 to 100 characters.")
    return title


@kind
def update_spreadsheet_properties(batch: Batch, body: Json) -> Json:
    mask = required(body)
    batch.book.properties = changed(batch.book.properties, body["properties"], mask)
    return {}


@kind
def add_sheet(batch: Batch, body: Json) -> Json:
    asked = dict(body.get("properties") or {})
    book = batch.book
    index = asked.pop("index", len(book.tabs))
    number = len(book.tabs) + 1
    while "title" not in asked and book.titled(f"Sheet{number}"):
        number += 1
    title = _free_title(book, asked.get("title", f"Sheet{number}"))
    sheet_id = asked.get("sheetId", batch.new_id())
    if any(tab.id == sheet_id for tab in book.tabs):
        raise invalid(f"Duplicate sheet id: {sheet_id}")
    grid = {"rowCount": 1000, "columnCount": 26} | asked.get("gridProperties", {})
    _bounded(grid)
    head = {"sheetId": sheet_id, "title": title, "sheetType": "GRID", "gridProperties": grid}
    tab = Tab(head | normalised({k: v for k, v in asked.items() if k not in head}))
    book.tabs.insert(index, tab)
    return {"addSheet": {"properties": told_properties(book, tab)}}


def _bounded(grid: Json) -> None:
    if grid["rowCount"] * grid["columnCount"] > 10_000_000:
        raise invalid("This action would increase the number of cells above 10000000 cells.")
    if grid["rowCount"] < 1 or grid["columnCount"] < 1:
        raise invalid("gridProperties: a grid has at least one row and one column")
    if grid.get("frozenRowCount", 0) >= grid["rowCount"]:
        raise invalid("You can't freeze all visible rows on the sheet.")


@kind
def delete_sheet(batch: Batch, body: Json) -> Json:
    tab, book = batch.book.tab(body.get("sheetId", 0)), batch.book
    if len(book.tabs) == 1:
        raise invalid("You can't remove all the sheets in a document.")
    batch.touched(tab, tab.whole)
    book.tabs.remove(tab)
    book.named_ranges = [n for n in book.named_ranges if n["range"].get("sheetId", 0) != tab.id]
    book.metadata = [item for item in book.metadata if _sheet_of(item) != tab.id]
    return {}


def _sheet_of(item: Json) -> int | None:
    location = item["location"]
    if "dimensionRange" in location:
        return int(location["dimensionRange"].get("sheetId", 0))
    sheet_id: int | None = location.get("sheetId")
    return sheet_id


@kind
def duplicate_sheet(batch: Batch, body: Json) -> Json:
    book, source = batch.book, batch.book.tab(body.get("sourceSheetId", 0))
    twin = source.copied()
    title = body.get("newSheetName") or f"Copy of {source.title}"
    twin.properties |= {
        "sheetId": body.get("newSheetId") or batch.new_id(),
        "title": _free_title(book, title),
    }
    for holder in (twin.merges, twin.protections, twin.filter_views, twin.basic_filter):
        for item in holder:
            item["range"]["sheetId"] = twin.id
    for condition in twin.conditions:
        condition["ranges"] = [grid | {"sheetId": twin.id} for grid in condition["ranges"]]
    for item in twin.protections:
        item["protectedRangeId"] = batch.new_id()
    book.tabs.insert(body.get("insertSheetIndex", len(book.tabs)), twin)
    return {"duplicateSheet": {"properties": told_properties(book, twin)}}


@kind
def update_sheet_properties(batch: Batch, body: Json) -> Json:
    new, mask, book = normalised(body["properties"]), required(body), batch.book
    tab = book.tab(new.get("sheetId", 0))
    if "title" in mask:
        _free_title(book, new.get("title", ""), own=tab)
    if "index" in mask:
        _reordered(book, tab, new.get("index", 0))
    for twin in ("tabColor", "tabColorStyle"):
        if twin in mask:
            mask |= {"tabColor": {}, "tabColorStyle": {}}
            break
    mask = {name: below for name, below in mask.items() if name not in ("index", "sheetId")}
    if mask:
        kept = changed(tab.properties, new, mask)
        _bounded(kept["gridProperties"])
        tab.properties = kept
        tab.resize(tab.rows, tab.columns)
    return {}


def _reordered(book: Spreadsheet, tab: Tab, index: int) -> None:
    """The index counts the places as they are before the tab leaves its own."""
    old = book.tabs.index(tab)
    book.tabs.remove(tab)
    book.tabs.insert(index - (index > old), tab)


def _span(batch: Batch, body: Json) -> tuple[Tab, str, int, int]:
    span = body.get("range") or body.get("dimensionRange") or body.get("dimensions")
    if not span or span.get("dimension") not in ("ROWS", "COLUMNS"):
        raise invalid("No dimension was given: ROWS or COLUMNS")
    tab = batch.tab(span)
    length = tab.rows if span["dimension"] == "ROWS" else tab.columns
    return tab, span["dimension"], span.get("startIndex", 0), span.get("endIndex", length)


@kind
def insert_dimension(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body)
    shifting.insert(batch.book, tab, dimension, start, end - start)
    return {}


@kind
def append_dimension(batch: Batch, body: Json) -> Json:
    tab, count = batch.tab(body), body.get("length", 0)
    rows = count if body.get("dimension") == "ROWS" else 0
    tab.resize(tab.rows + rows, tab.columns + count - rows)
    _bounded(tab.properties["gridProperties"])
    return {}


@kind
def delete_dimension(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body)
    grid = (
        {"startRowIndex": start, "endRowIndex": end}
        if dimension == "ROWS"
        else {
            "startColumnIndex": start,
            "endColumnIndex": end,
        }
    )
    batch.area(grid | {"sheetId": tab.id})
    shifting.delete(batch.book, tab, dimension, start, end)
    return {}


@kind
def move_dimension(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, {"range": body["source"]})
    shifting.move(batch.book, tab, dimension, (start, end), body.get("destinationIndex", 0))
    return {}


@kind
def update_dimension_properties(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body)
    mask = required(body)
    kept = tab.row_properties if dimension == "ROWS" else tab.column_properties
    for n in range(start, end):
        kept[n] = changed(kept.get(n, {}), body.get("properties", {}), mask)
        if not kept[n].get("hiddenByUser", True):
            del kept[n]["hiddenByUser"]
    return {}


@kind
def auto_resize_dimensions(batch: Batch, body: Json) -> Json:
    """Widths by the number of characters: the emulator measures no fonts."""
    tab, dimension, start, end = _span(batch, body)
    if dimension == "COLUMNS":
        for n in range(start, end):
            texts = [len(str(c.value)) for (_, at), c in tab.cells.items() if at == n and c.filled]
            tab.column_properties.setdefault(n, {})["pixelSize"] = 16 + 7 * max(texts, default=12)
    return {}


@kind
def add_dimension_group(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body)
    groups = tab.row_groups if dimension == "ROWS" else tab.column_groups
    inside = [g for g in groups if g["range"]["startIndex"] <= start < g["range"]["endIndex"]]
    sheet = {"sheetId": tab.id} if tab.id else {}
    span = sheet | {"dimension": dimension, "startIndex": start, "endIndex": end}
    groups.append({"range": span, "depth": 1 + len(inside)})
    after = "rowGroupControlAfter" if dimension == "ROWS" else "columnGroupControlAfter"
    tab.properties["gridProperties"].setdefault(after, True)
    return {"addDimensionGroup": {"dimensionGroups": groups}}


@kind
def delete_dimension_group(batch: Batch, body: Json) -> Json:
    tab, dimension, start, end = _span(batch, body)
    groups = tab.row_groups if dimension == "ROWS" else tab.column_groups
    spans = [(g["range"]["startIndex"], g["range"]["endIndex"]) for g in groups]
    if (start, end) not in spans:
        raise invalid("Cannot delete a dimension group that does not exist")
    del groups[len(spans) - 1 - spans[::-1].index((start, end))]
    return {"deleteDimensionGroup": {"dimensionGroups": groups} if groups else {}}
