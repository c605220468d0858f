"""The paths of Sheets v4: which call does what to which spreadsheet."""

import re
from collections.abc import Callable
from typing import Any

from tests.google_emulator import (
    kinds_cells,
    kinds_metadata,
    kinds_ranges,
    kinds_tabs,
    quota,
    reading,
    writing,
)
from tests.google_emulator.book import Json, Spreadsheet
from tests.google_emulator.calls import Request
from tests.google_emulator.field_masks import names, parsed, shown
from tests.google_emulator.kinds import Batch, applied
from tests.google_emulator.refusals import Refusal, invalid, not_found
from tests.google_emulator.showing import spreadsheet
from tests.google_emulator.world import File, World, guard

# Importing them registers their kinds of requests.
KIND_MODULES = (kinds_cells, kinds_metadata, kinds_ranges, kinds_tabs)

READING_POSTS = (":search", ":batchGetByDataFilter")
PATH = re.compile(r"/v4/spreadsheets/(?P<id>[^/:]+)(?P<rest>.*)", re.DOTALL)


def answer(world: World, request: Request) -> Json:
    """The answer to a call under `/v4/spreadsheets`."""
    write = _writes(request)
    quota.spend(world, request.account, write)
    if request.path == "/v4/spreadsheets" and request.method == "POST":
        return _created(world, request)
    match = PATH.fullmatch(request.path)
    file = world.opened(match["id"], request.account, write) if match else None
    if match is None or file is None:
        raise not_found()
    told = _called(world, file, match["rest"], request)
    return told if not match["rest"] else _masked(told, request)


def _masked(told: Json, request: Request) -> Json:
    fields = request.query.get("fields")
    masked: Json = shown(told, parsed(fields)) if fields else told
    return masked


def _writes(request: Request) -> bool:
    return request.method != "GET" and not request.path.endswith(READING_POSTS)


def _created(world: World, request: Request) -> Json:
    asked = request.json().get("properties", {})
    file = world.create(asked.get("title", "Untitled spreadsheet"), request.account)
    file.book.properties |= {k: v for k, v in asked.items() if k in ("locale", "timeZone")}
    return spreadsheet(file.book, {}, [], request.account)


Call = Callable[[World, File, Request, str], Json]


def _called(world: World, file: File, rest: str, request: Request) -> Json:
    for method, pattern, call in ROUTES:
        match = re.fullmatch(pattern, rest, re.DOTALL)
        if match and method == request.method:
            return call(world, file, request, match[1] if match.groups() else "")
    raise not_found()


def _changed(
    world: World, file: File, request: Request, change: Callable[[Spreadsheet, Batch], Any]
) -> Any:
    """Does the change to a copy, and puts the copy in place only if it went well."""
    copy = file.book.copied()
    batch = Batch(
        copy,
        request.account,
        world.ids,
        lambda tab, area: guard(file, request.account, tab, area),
        file.owner,
    )
    result = change(copy, batch)
    file.book = copy
    world.edited(file)
    return result


def _get(world: World, file: File, request: Request, _: str) -> Json:
    return spreadsheet(file.book, request.query, request.lists.get("ranges", []), request.account)


def _batch_update(world: World, file: File, request: Request, _: str) -> Json:
    body = request.json()
    replies = _changed(
        world, file, request, lambda _, batch: applied(batch, body.get("requests", []))
    )
    told: Json = {"spreadsheetId": file.book.id, "replies": replies}
    if body.get("includeSpreadsheetInResponse"):
        mask = parsed(request.query["fields"]) if request.query.get("fields") else {}
        asked = body.get("responseIncludeGridData", False)
        wanted = names(mask, "updatedSpreadsheet", "sheets", "data") if mask else asked
        options = {"includeGridData": wanted}
        ranges = body.get("responseRanges", [])
        told["updatedSpreadsheet"] = spreadsheet(file.book, options, ranges, request.account)
    return told


def _values_get(world: World, file: File, request: Request, address: str) -> Json:
    place = reading.located(file.book, address)
    return reading.value_range(file.book, *place, request.query)


Writing = Callable[[Spreadsheet, str, Json, Json, writing.Touched], Json]


def _values(write: Writing) -> Call:
    """The call that writes the body's values at an address, one way or the other."""

    def call(world: World, file: File, request: Request, address: str) -> Json:
        body = request.json()
        told: Json = _changed(
            world,
            file,
            request,
            lambda book, batch: write(book, address, body, request.query, batch.touched),
        )
        return told

    return call


def _values_clear(world: World, file: File, request: Request, address: str) -> Json:
    cleared = _changed(
        world, file, request, lambda book, batch: writing.clear(book, address, batch.touched)
    )
    return {"spreadsheetId": file.book.id, "clearedRange": cleared}


def _batch_get(world: World, file: File, request: Request, _: str) -> Json:
    addresses = request.lists.get("ranges", [])
    ranges = [_values_get(world, file, request, address) for address in addresses]
    return {"spreadsheetId": file.book.id, "valueRanges": ranges}


def _values_batch_update(world: World, file: File, request: Request, _: str) -> Json:
    body = request.json()
    told: Json = _changed(
        world, file, request, lambda book, batch: writing.batch_update(book, body, batch.touched)
    )
    return told


def _batch_clear(world: World, file: File, request: Request, _: str) -> Json:
    ranges = request.json().get("ranges", [])
    cleared = _changed(
        world,
        file,
        request,
        lambda book, batch: [writing.clear(book, address, batch.touched) for address in ranges],
    )
    return {"spreadsheetId": file.book.id, "clearedRanges": cleared}


def _copy_to(world: World, file: File, request: Request, sheet_id: str) -> Json:
    """Copies a tab into another spreadsheet, or the same one."""
    goal = world.opened(
        request.json().get("destinationSpreadsheetId", ""), request.account, write=True
    )
    if goal is None:
        raise not_found()
    twin = file.book.tab(int(sheet_id)).copied()
    title = f"Copy of {twin.title}"
    number = 2
    while goal.book.titled(title):
        title, number = f"Copy of {twin.title} {number}", number + 1
    twin.properties |= {"sheetId": world.ids.randrange(1, 2**31 - 1), "title": title}
    goal.book.tabs.append(twin)
    world.edited(goal)
    return kinds_tabs.told_properties(goal.book, twin)


def _search(world: World, file: File, request: Request, _: str) -> Json:
    found = kinds_metadata.matched(file.book, request.json().get("dataFilters", []))
    items = [{"developerMetadata": item, "dataFilters": by} for item, by in found]
    return {"matchedDeveloperMetadata": items} if items else {}


def _metadata_get(world: World, file: File, request: Request, metadata_id: str) -> Json:
    for item in file.book.metadata:
        if str(item["metadataId"]) == metadata_id:
            return item
    raise Refusal(404, f"No developer metadata with ID {metadata_id}")


def _get_by_filter(world: World, file: File, request: Request, _: str) -> Json:
    body = request.json()
    ranges = []
    for data_filter in body.get("dataFilters", []):
        for tab, area in kinds_metadata.filtered_areas(file.book, data_filter):
            told = reading.value_range(file.book, tab, area, body)
            ranges.append({"valueRange": told, "dataFilters": [data_filter]})
    if "dataFilters" not in body:
        raise invalid("Must specify at least one data filter.")
    return {"spreadsheetId": file.book.id, "valueRanges": ranges}


ROUTES: tuple[tuple[str, str, Call], ...] = (
    ("GET", "", _get),
    ("POST", ":batchUpdate", _batch_update),
    ("GET", "/values:batchGet", _batch_get),
    ("POST", "/values:batchUpdate", _values_batch_update),
    ("POST", "/values:batchClear", _batch_clear),
    ("POST", "/values:batchGetByDataFilter", _get_by_filter),
    ("POST", "/values/(.*):append", _values(writing.append)),
    ("POST", "/values/(.*):clear", _values_clear),
    ("GET", "/values/(.*)", _values_get),
    ("PUT", "/values/(.*)", _values(writing.update)),
    ("POST", "/sheets/([0-9]+):copyTo", _copy_to),
    ("POST", "/developerMetadata:search", _search),
    ("GET", "/developerMetadata/([0-9]+)", _metadata_get),
)
