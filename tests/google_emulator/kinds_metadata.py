"""Developer metadata: tags on a spreadsheet, a sheet, a row or a column, and finding them."""

from typing import Any

from tests.google_emulator.a1 import Area
from tests.google_emulator.book import Json, Spreadsheet, Tab
from tests.google_emulator.field_masks import changed, required
from tests.google_emulator.kinds import Batch, kind
from tests.google_emulator.reading import located
from tests.google_emulator.refusals import invalid

MOST_CHARACTERS = 30_000
LOOKUP_FIELDS = ("metadataId", "metadataKey", "metadataValue", "visibility")


def _location(batch: Batch, asked: Json) -> Json:
    if asked.get("spreadsheet"):
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if "sheetId" in asked:
        batch.book.tab(asked["sheetId"])
        return {"locationType": "SHEET", "sheetId": asked["sheetId"]}
    span = asked.get("dimensionRange")
    if not span or span.get("dimension") not in ("ROWS", "COLUMNS"):
        raise invalid("developerMetadata.location: no location was given")
    batch.tab(span)
    if span.get("endIndex", 0) - span.get("startIndex", 0) != 1:
        raise invalid("developerMetadata.location: exactly one row or column may be tagged")
    return {"locationType": span["dimension"][:-1], "dimensionRange": dict(span)}


def _holder(item: Json) -> int | None:
    """The sheet whose allowance the tag uses; None for the spreadsheet's."""
    location = item["location"]
    sheet_id = location.get("dimensionRange", location).get("sheetId")
    return 0 if sheet_id is None and "dimensionRange" in location else sheet_id


def _fits(book: Spreadsheet, new: Json) -> None:
    same = [item for item in book.metadata if _holder(item) == _holder(new)]
    used = sum(len(i["metadataKey"]) + len(i.get("metadataValue", "")) for i in [*same, new])
    if used > MOST_CHARACTERS:
        raise invalid("The developer metadata would exceed the storage quota of 30000 characters.")


@kind
def create_developer_metadata(batch: Batch, body: Json) -> Json:
    asked = body["developerMetadata"]
    if not asked.get("metadataKey"):
        raise invalid("developerMetadata.metadataKey: a key is required")
    if asked.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise invalid("developerMetadata.visibility: DOCUMENT or PROJECT is required")
    new = {"metadataId": asked.get("metadataId") or batch.new_id()}
    if any(item["metadataId"] == new["metadataId"] for item in batch.book.metadata):
        raise invalid(f"developerMetadata.metadataId {new['metadataId']} is taken")
    new |= {name: asked[name] for name in LOOKUP_FIELDS[1:] if name in asked}
    new["location"] = _location(batch, asked.get("location", {}))
    _fits(batch.book, new)
    batch.book.metadata.append(new)
    return {"createDeveloperMetadata": {"developerMetadata": new}}


@kind
def update_developer_metadata(batch: Batch, body: Json) -> Json:
    mask, new = required(body), body["developerMetadata"]
    items = [item for item, _ in matched(batch.book, body.get("dataFilters", []))]
    for item in items:
        kept = changed(item, new, mask) | {"metadataId": item["metadataId"]}
        if "location" in mask:
            kept["location"] = _location(batch, new.get("location", {}))
        item.clear()
        item.update(kept)
    return {"updateDeveloperMetadata": {"developerMetadata": items}}


@kind
def delete_developer_metadata(batch: Batch, body: Json) -> Json:
    gone = [item for item, _ in matched(batch.book, [body["dataFilter"]])]
    batch.book.metadata = [item for item in batch.book.metadata if item not in gone]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone} if gone else {}}


def matched(book: Spreadsheet, filters: list[Json]) -> list[tuple[Json, list[Json]]]:
    """The tags that any of the data filters finds, each with those filters."""
    found = [(item, [f for f in filters if _matches(book, item, f)]) for item in book.metadata]
    return [(item, by) for item, by in found if by]


def _matches(book: Spreadsheet, item: Json, data_filter: Json) -> bool:
    if "developerMetadataLookup" in data_filter:
        return _looked_up(item, data_filter["developerMetadataLookup"])
    tab, area = _filtered_area(book, data_filter)
    place = tagged(book, item)
    return place is not None and place[0] is tab and area.meets(place[1])


def _looked_up(item: Json, lookup: Json) -> bool:
    if any(name in lookup and item.get(name) != lookup[name] for name in LOOKUP_FIELDS):
        return False
    kind_of_place = lookup.get("locationType")
    if kind_of_place and item["location"]["locationType"] != kind_of_place:
        return False
    where = lookup.get("metadataLocation")
    if not where:
        return True
    inside = lookup.get("locationMatchingStrategy") != "EXACT_LOCATION"
    if where.get("spreadsheet"):
        return inside or "spreadsheet" in item["location"]
    if "sheetId" in where:
        same = _holder(item) == where["sheetId"]
        return same and (inside or "sheetId" in item["location"])
    return bool(item["location"].get("dimensionRange") == where.get("dimensionRange"))


def tagged(book: Spreadsheet, item: Json) -> tuple[Tab, Area] | None:
    """The cells that a tag stands on; None for the spreadsheet's own."""
    sheet_id = _holder(item)
    if sheet_id is None:
        return None
    tab, span = book.tab(sheet_id), item["location"].get("dimensionRange")
    if span is None:
        return tab, tab.whole
    start, end = span.get("startIndex", 0), span["endIndex"]
    if span["dimension"] == "ROWS":
        return tab, Area(start, 0, end, tab.columns)
    return tab, Area(0, start, tab.rows, end)


def _filtered_area(book: Spreadsheet, data_filter: Json) -> tuple[Tab, Area]:
    if "a1Range" in data_filter:
        return located(book, data_filter["a1Range"])
    if "gridRange" in data_filter:
        tab = book.tab(data_filter["gridRange"].get("sheetId", 0))
        return tab, tab.area(data_filter["gridRange"])
    raise invalid("dataFilter: one of developerMetadataLookup, a1Range, gridRange is required")


def filtered_areas(book: Spreadsheet, data_filter: Json) -> list[tuple[Tab, Area]]:
    """The areas that a data filter names, for reading values by it."""
    if "developerMetadataLookup" not in data_filter:
        return [_filtered_area(book, data_filter)]
    items: list[Any] = [tagged(book, item) for item, _ in matched(book, [data_filter])]
    return [place for place in items if place is not None]
