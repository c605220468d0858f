"""Requests about named ranges, protection, conditional formats and filters."""

from typing import Any

from tests.google_emulator.a1 import grid_range
from tests.google_emulator.book import Json, Tab
from tests.google_emulator.field_masks import changed, required
from tests.google_emulator.formats import normalised
from tests.google_emulator.kinds import Batch, kind
from tests.google_emulator.refusals import invalid


def _found(items: list[Json], name: str, wanted: Any, what: str) -> Json:
    for item in items:
        if item.get(name) == wanted:
            return item
    raise invalid(f"No {what} with ID: {wanted}")


def _clean(grid: Json) -> Json:
    """The range as it is answered: the sheet 0 goes without saying."""
    return {name: n for name, n in grid.items() if name != "sheetId" or n}


@kind
def add_named_range(batch: Batch, body: Json) -> Json:
    asked = body["namedRange"]
    if any(n["name"].lower() == asked["name"].lower() for n in batch.book.named_ranges):
        raise invalid(f'A named range with the name "{asked["name"]}" already exists.')
    batch.tab(asked["range"]).area(asked["range"])
    named_id = str(asked.get("namedRangeId") or batch.new_id())
    new = {"namedRangeId": named_id, "name": asked["name"], "range": _clean(asked["range"])}
    batch.book.named_ranges.append(new)
    return {"addNamedRange": {"namedRange": new}}


@kind
def update_named_range(batch: Batch, body: Json) -> Json:
    asked = body["namedRange"]
    old = _found(batch.book.named_ranges, "namedRangeId", asked.get("namedRangeId"), "named range")
    mask = required(body)
    new = changed(old, asked, mask) | {"namedRangeId": old["namedRangeId"]}
    new["range"] = _clean(new["range"])
    old.clear()
    old |= new
    return {}


@kind
def delete_named_range(batch: Batch, body: Json) -> Json:
    named = batch.book.named_ranges
    named.remove(_found(named, "namedRangeId", body.get("namedRangeId"), "named range"))
    return {}


def _protections(batch: Batch) -> list[tuple[Tab, Json]]:
    return [(tab, item) for tab in batch.book.tabs for item in tab.protections]


@kind
def add_protected_range(batch: Batch, body: Json) -> Json:
    """The reply tells the editors as asked; those who read later see the caller among them."""
    asked = body["protectedRange"]
    grid = asked.get("range") or {}
    tab = batch.tab(grid)
    asked_editors = {k: v for k, v in (asked.get("editors") or {}).items() if v}
    new = {"protectedRangeId": asked.get("protectedRangeId") or batch.new_id()}
    new |= {"range": _clean(grid)}
    for name in ("description", "warningOnly", "unprotectedRanges"):
        if asked.get(name):
            new[name] = asked[name]
    reply = new | {"requestingUserCanEdit": True}
    if asked.get("warningOnly"):
        tab.protections.append(new)
        return {"addProtectedRange": {"protectedRange": reply}}
    users = sorted({*asked_editors.get("users", []), batch.account})
    tab.protections.append(new | {"editors": asked_editors | {"users": users}})
    return {"addProtectedRange": {"protectedRange": reply | {"editors": asked_editors}}}


@kind
def update_protected_range(batch: Batch, body: Json) -> Json:
    asked, mask = body["protectedRange"], required(body)
    items = [item for _, item in _protections(batch)]
    old = _found(items, "protectedRangeId", asked.get("protectedRangeId"), "protected range")
    _may_change(batch, old)
    new = changed(old, asked, mask) | {"protectedRangeId": old["protectedRangeId"]}
    old.clear()
    old |= new
    return {}


@kind
def delete_protected_range(batch: Batch, body: Json) -> Json:
    items = [item for _, item in _protections(batch)]
    old = _found(items, "protectedRangeId", body.get("protectedRangeId"), "protected range")
    _may_change(batch, old)
    for tab in batch.book.tabs:
        tab.protections = [item for item in tab.protections if item is not old]
    return {}


def _may_change(batch: Batch, item: Json) -> None:
    users = item.get("editors", {}).get("users", [batch.account])
    if batch.account != batch.owner and batch.account not in users:
        raise invalid("You don't have permission to edit this protected range.")


@kind
def add_conditional_format_rule(batch: Batch, body: Json) -> Json:
    rule = normalised(body["rule"])
    if not rule.get("ranges") or not ({"booleanRule", "gradientRule"} & set(rule)):
        raise invalid("rule: ranges and one of booleanRule and gradientRule are required")
    tab = batch.tab(rule["ranges"][0])
    rule["ranges"] = [_clean(grid) for grid in rule["ranges"]]
    tab.conditions.insert(body.get("index", 0), rule)
    return {}


def _rule_place(batch: Batch, body: Json) -> tuple[Tab, int]:
    tab, index = batch.tab(body), body.get("index", 0)
    if not 0 <= index < len(tab.conditions):
        raise invalid(f"No conditional format on sheet: {tab.id} at index: {index}")
    return tab, index


@kind
def update_conditional_format_rule(batch: Batch, body: Json) -> Json:
    tab, index = _rule_place(batch, body)
    old = tab.conditions.pop(index)
    new = normalised(body["rule"]) if "rule" in body else old
    tab.conditions.insert(body.get("newIndex", index), new)
    answer = {"newRule": new, "newIndex": body.get("newIndex", index)}
    return {"updateConditionalFormatRule": answer | {"oldRule": old}}


@kind
def delete_conditional_format_rule(batch: Batch, body: Json) -> Json:
    tab, index = _rule_place(batch, body)
    return {"deleteConditionalFormatRule": {"rule": tab.conditions.pop(index)}}


@kind
def set_basic_filter(batch: Batch, body: Json) -> Json:
    asked = body["filter"]
    tab = batch.tab(asked.get("range", {}))
    area = tab.area(asked.get("range", {}))
    tab.basic_filter = [asked | {"range": grid_range(tab.id, area)}]
    hide_filtered(tab)
    return {}


@kind
def clear_basic_filter(batch: Batch, body: Json) -> Json:
    tab = batch.tab(body)
    tab.basic_filter = []
    hide_filtered(tab)
    return {}


def hide_filtered(tab: Tab) -> None:
    """Rows with a value that the basic filter hides are hidden; nothing moves."""
    for own in tab.row_properties.values():
        own.pop("hiddenByFilter", None)
    for item in tab.basic_filter:
        area = tab.area(item["range"])
        for column, criterion in item.get("criteria", {}).items():
            hidden = set(criterion.get("hiddenValues", []))
            for row in range(area.top + 1, area.bottom):
                value = tab.cell(row, int(column)).value
                if ("" if value is None else str(value)) in hidden:
                    tab.row_properties.setdefault(row, {})["hiddenByFilter"] = True


@kind
def add_filter_view(batch: Batch, body: Json) -> Json:
    asked = body["filter"]
    tab = batch.tab(asked.get("range", {}))
    view = asked | {"filterViewId": asked.get("filterViewId") or batch.new_id()}
    view["range"] = grid_range(tab.id, tab.area(asked.get("range", {})))
    tab.filter_views.append(view)
    return {"addFilterView": {"filter": view}}


@kind
def delete_filter_view(batch: Batch, body: Json) -> Json:
    views = [view for tab in batch.book.tabs for view in tab.filter_views]
    old = _found(views, "filterViewId", body.get("filterId"), "filter view")
    for tab in batch.book.tabs:
        tab.filter_views = [view for view in tab.filter_views if view is not old]
    return {}
