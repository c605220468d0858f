"""What a person does to a spreadsheet in the browser, where no quota counts and nothing is RAW."""

from collections.abc import Callable
from dataclasses import replace

from tests.google_emulator.a1 import Area
from tests.google_emulator.book import EMPTY, Cell, Json, Spreadsheet, Tab
from tests.google_emulator.entered import typed_into
from tests.google_emulator.kinds import Batch, applied
from tests.google_emulator.kinds_cells import sort
from tests.google_emulator.reading import located, within
from tests.google_emulator.refusals import invalid, not_found
from tests.google_emulator.world import File, World, guard

PERSON = "owner@example.test"


def done(world: World, body: Json) -> Json:
    """Does one thing as the person `by`: `{"do": "sort", "spreadsheetId": …, …}`."""
    person = body.get("by", PERSON)
    if body.get("do") == "create":
        made = world.create(body.get("title", "Untitled spreadsheet"), person).book
        made.properties |= {"locale": body.get("locale", "en_US")}
        return {"spreadsheetId": made.id}
    file = world.opened(body.get("spreadsheetId", ""), person, write=True)
    if file is None:
        raise not_found()
    if body.get("do") == "share":
        file.roles[body["with"]] = body.get("role", "writer")
        return {}
    action = ACTIONS.get(body.get("do", ""))
    if action is None:
        raise invalid(f"a person here does one of {sorted(ACTIONS)}, create, share")
    _acted(world, file, person, action, body)
    return {}


Action = Callable[[Batch, Json], None]


def _acted(world: World, file: File, person: str, action: Action, body: Json) -> None:
    copy = file.book.copied()

    def touched(tab: Tab, area: Area) -> None:
        guard(file, person, tab, area)

    action(Batch(copy, person, world.ids, touched, file.owner), body)
    file.book = copy
    world.edited(file)


def _place(batch: Batch, body: Json) -> tuple[Tab, Area]:
    """What a person selects lies in the grid."""
    tab, area = located(batch.book, body["range"])
    area = within(tab, area)
    batch.touched(tab, area)
    return tab, area


def _type(batch: Batch, body: Json) -> None:
    tab, area = _place(batch, body)
    cell, text = tab.cell(area.top, area.left), body["text"]
    locale = batch.book.properties["locale"]
    typed = typed_into(cell, text, locale) if text else replace(cell, value=None, formula=None)
    tab.put(area.top, area.left, typed)


def _paste(batch: Batch, body: Json) -> None:
    """Text with tabs and line ends, typed cell by cell from the first cell on; the grid grows."""
    tab, area = located(batch.book, body["range"])
    lines = [line.split("\t") for line in body["text"].rstrip("\n").split("\n")]
    bottom, right = area.top + len(lines), area.left + max(map(len, lines))
    batch.touched(tab, Area(area.top, area.left, bottom, right))
    tab.grow(bottom, right)
    for r, line in enumerate(lines, area.top):
        for c, text in enumerate(line, area.left):
            typed = typed_into(tab.cell(r, c), text, batch.book.properties["locale"])
            tab.put(r, c, typed if text else replace(tab.cell(r, c), value=None, formula=None))


def _copy_paste(batch: Batch, body: Json) -> None:
    """Copied cells carry everything with them, a hidden id among it."""
    source, area = located(batch.book, body["range"])
    tab, goal = located(batch.book, body["to"])
    cells: dict[tuple[int, int], Cell] = {at: source.cell(*at) for at in area.cells()}
    batch.touched(tab, Area(goal.top, goal.left, goal.top + area.height, goal.left + area.width))
    tab.grow(goal.top + area.height, goal.left + area.width)
    if body.get("cut"):
        _empty(source, area)
    for (r, c), cell in cells.items():
        tab.put(goal.top + r - area.top, goal.left + c - area.left, cell)


def _empty(tab: Tab, area: Area) -> None:
    for at in area.cells():
        tab.put(*at, EMPTY)


def _erase(batch: Batch, body: Json) -> None:
    """The Delete key: values go, formats and notes stay."""
    tab, area = _place(batch, body)
    for at in [at for at in tab.cells if area.holds(*at)]:
        tab.put(*at, replace(tab.cells[at], value=None, formula=None))


def _sort(batch: Batch, body: Json) -> None:
    tab, area = _place(batch, body)
    order = "DESCENDING" if body.get("descending") else "ASCENDING"
    column = area.left + body.get("column", 0)
    sort(batch.book, tab, area, [{"dimensionIndex": column, "sortOrder": order}])


def _rows(batch: Batch, body: Json) -> Json:
    tab, area = _place(batch, body)
    where = {"sheetId": tab.id, "dimension": body.get("dimension", "ROWS")}
    rows = where["dimension"] == "ROWS"
    start, end = (area.top, area.bottom) if rows else (area.left, area.right)
    return where | {"startIndex": start, "endIndex": end}


def _insert(batch: Batch, body: Json) -> None:
    applied(batch, [{"insertDimension": {"range": _rows(batch, body)}}])


def _delete(batch: Batch, body: Json) -> None:
    applied(batch, [{"deleteDimension": {"range": _rows(batch, body)}}])


def _drag(batch: Batch, body: Json) -> None:
    """Whole rows or columns dragged before the one at `before`, counted from 0."""
    move = {"source": _rows(batch, body), "destinationIndex": body["before"]}
    applied(batch, [{"moveDimension": move}])


def _filter(batch: Batch, body: Json) -> None:
    """A filter over the range that hides rows with the values given for a column."""
    tab, area = located(batch.book, body["range"])
    grid = {"sheetId": tab.id, "startRowIndex": area.top, "endRowIndex": area.bottom}
    grid |= {"startColumnIndex": area.left, "endColumnIndex": area.right}
    column = str(area.left + body.get("column", 0))
    criteria = {column: {"hiddenValues": body.get("hide", [])}}
    applied(batch, [{"setBasicFilter": {"filter": {"range": grid, "criteria": criteria}}}])


def _titled(book: Spreadsheet, body: Json) -> Tab:
    tab = book.titled(body["tab"])
    if tab is None:
        raise invalid(f"there is no tab {body['tab']!r}")
    return tab


def _duplicate(batch: Batch, body: Json) -> None:
    tab = _titled(batch.book, body)
    request = {"sourceSheetId": tab.id, "newSheetName": body.get("title")}
    applied(batch, [{"duplicateSheet": {k: v for k, v in request.items() if v is not None}}])


def _rename(batch: Batch, body: Json) -> None:
    own = {"sheetId": _titled(batch.book, body).id, "title": body["title"]}
    applied(batch, [{"updateSheetProperties": {"properties": own, "fields": "title"}}])


def _remove_tab(batch: Batch, body: Json) -> None:
    applied(batch, [{"deleteSheet": {"sheetId": _titled(batch.book, body).id}}])


def _request(batch: Batch, body: Json) -> None:
    """Anything else that the menus do, in the words of batchUpdate."""
    applied(batch, body["requests"])


ACTIONS: dict[str, Action] = {
    "type": _type,
    "paste": _paste,
    "copy": _copy_paste,
    "erase": _erase,
    "sort": _sort,
    "insert": _insert,
    "delete": _delete,
    "drag": _drag,
    "filter": _filter,
    "duplicate_tab": _duplicate,
    "rename_tab": _rename,
    "delete_tab": _remove_tab,
    "requests": _request,
}
