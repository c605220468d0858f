"""A spreadsheet that several people have open, and what their hands do to it.

What they type into Memo and Unit is a text that nobody types twice, so that each can be followed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from addin.hosts.google.workbook import GoogleWorkbook
from tests.google.wire import Wire, client_over
from tests.google_emulator import human
from tests.google_emulator.a1 import letters, quoted
from tests.google_emulator.book import EMPTY, Cell, Tab
from tests.google_emulator.calls import request_of
from tests.google_emulator.server import answer
from tests.google_emulator.world import NOBODY, World
from tests.protocol.book import TINY
from workbook_templates.render import Binding
from workbook_templates.render.google import google_requests

PEOPLE = (NOBODY, "clerk@example.test")
TOKEN = re.compile(r"[mu]\d+")
COLUMNS = {"id": "_id", "status": "Status", "entry": "Entry", "amount": "Amount"} | {
    "unit": "Unit",
    "memo": "Memo",
}
BEGINNING = datetime(2026, 5, 31, tzinfo=UTC)
BLANK = Cell(format={"wrapStrategy": "CLIP"})  # the emulator forgets blank cells without a format
ENTRIES = 1  # the sheet's id, which no renaming changes
Cells = dict[str, str]
Place = tuple[int, int]


@dataclass
class SharedSheet:
    """The tiny book in a spreadsheet, seen as its people see it.

    `typed` are the texts that must not get lost; `copies` in how many rows at most each stood by
    their own doing, for those that never went from one row to another (`moved`): a decision for
    what the others have may bring such a text back to where it was. `beneath` are the cells that
    the worker put there in its present sync, each with the texts that it wrote over there: who
    types over such a cell, or deletes it, does away with them, and who copies it copies them: when
    the worker takes back what it put there, it does so in the copy too.
    """

    world: World
    wire: Wire
    id: str
    random: Random
    typed: set[str] = field(default_factory=set)
    copies: Counter[str] = field(default_factory=Counter)
    moved: set[str] = field(default_factory=set)
    beneath: dict[int, tuple[Cell, set[str]]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))
    twin: bool = False

    # --- looking -------------------------------------------------------------------------

    def tab(self, sheet_id: int = ENTRIES) -> Tab:
        return self.world.files[self.id].book.tab(sheet_id)

    def columns(self) -> dict[str, int]:
        """Columns, counted from 0, by the keys of the book."""
        tab = self.tab()
        heads = {c.value: at[1] for at, c in tab.cells.items() if at[0] == 0 and c.value}
        return {key: heads[head] for key, head in COLUMNS.items()}

    def rows(self) -> dict[int, Cells]:
        """Texts by row, counted from 0, of every row in which anybody typed."""
        tab, columns = self.tab(), self.columns()
        keys = {column: key for key, column in columns.items()}
        found: dict[int, Cells] = {}
        for (row, column), cell in sorted(tab.cells.items()):
            if row and column in keys and cell.value is not None:
                found.setdefault(row, {})[keys[column]] = text_of(cell.value)
        return {n: cells for n, cells in found.items() if cells.keys() - {"id", "status"}}

    def tokens(self) -> Counter[str]:
        """How often each text that is followed stands in the tab."""
        texts = (str(cell.value) for cell in self.tab().cells.values())
        return Counter(text for text in texts if TOKEN.fullmatch(text))

    def ids(self) -> dict[str, set[str]]:
        """The ids of the rows in which each text that is followed stands."""
        found: dict[str, set[str]] = {}
        for cells in self.rows().values():
            for text in filter(TOKEN.fullmatch, cells.values()):
                found.setdefault(text, set()).add(cells.get("id", ""))
        return found

    def opened(self) -> GoogleWorkbook:
        """The spreadsheet as the worker opens it."""
        return GoogleWorkbook(client_over(self.wire), self.id)

    # --- doing ---------------------------------------------------------------------------

    def act(self, moving: bool = False) -> str:
        """One random thing that a person does, perhaps of those that move rows; its name."""
        usual = [(a, w) for a, w in ACTIONS if a in MOVING or not moving]
        action = self.random.choices([a for a, _ in usual], [w for _, w in usual])[0]
        self.hands(lambda: action(self))
        return action.__name__

    def hands(self, act: Callable[[], None]) -> None:
        """What people do away with, they do not miss."""
        before, ids, cells = self.tokens(), self.ids(), self.tab().cells
        act()
        after, now = self.tokens(), self.ids()
        self.do_away(cells)
        self.moved |= {token for token in ids.keys() & now.keys() if ids[token] != now[token]}
        self.typed -= before.keys() - after.keys()
        for token in after.keys() - before.keys():
            self.typed.add(token)
        for token, times in (after + self.copied_beneath(cells)).items():
            self.copies[token] = max(self.copies[token], times)

    def do_away(self, before: dict[Place, Cell]) -> None:
        """What was beneath a cell that people took away is not missed, unless it stands where
        people put it.
        """
        cells = self.tab().cells.values()
        standing = {str(cell.value) for cell in cells if id(cell) not in self.beneath}
        for cell in {*map(id, before.values())} - {*map(id, cells)}:
            if cell in self.beneath:
                self.typed -= self.beneath[cell][1] - standing

    def copied_beneath(self, before: dict[Place, Cell]) -> Counter[str]:
        """How often each text is beneath the cells that people just copied."""
        had, has = (Counter(map(id, cells.values())) for cells in (before, self.tab().cells))
        found = Counter[str]()
        for cell in (has - had).keys() & self.beneath.keys():
            found.update(dict.fromkeys(self.beneath[cell][1], has[cell]))
        return found

    def written(self, before: dict[Place, Cell]) -> None:
        """The worker wrote: notes what it put where, and what it wrote over.

        A cell is never changed in place: wherever people move one, it is the same.
        """
        now = self.tab().cells
        for at, old in before.items():
            if at not in now and self.over(old):
                now[at] = replace(BLANK)
        for at, new in now.items():
            old = before.get(at, EMPTY)
            if new is not old:
                self.beneath[id(new)] = new, self.over(old)

    def over(self, cell: Cell) -> set[str]:
        """The texts that are written over with a cell, its own and those beneath it."""
        _, below = self.beneath.get(id(cell), (cell, set[str]()))
        return below | {text for text in [str(cell.value)] if TOKEN.fullmatch(text)}

    def do(self, what: str, area: str, sheet_id: int = ENTRIES, **more: Any) -> None:
        title = quoted(self.tab(sheet_id).title)
        more |= {"to": f"{title}!{more['to']}"} if "to" in more else {}
        body = {"do": what, "spreadsheetId": self.id, "by": self.random.choice(PEOPLE)}
        human.done(self.world, body | {"range": f"{title}!{area}"} | more)

    def type(self, row: int, key: str, text: str) -> None:
        """Below the last row a person adds rows first."""
        if row >= self.tab().rows:
            more = {"sheetId": ENTRIES, "dimension": "ROWS", "length": 5}
            self.do("requests", "A1", requests=[{"appendDimension": more}])
        self.do("type", f"{letters(self.columns()[key])}{row + 1}", text=text)

    def new_token(self, letter: str = "m") -> str:
        return f"{letter}{next(self.numbers)}"

    def some_row(self) -> int | None:
        rows = list(self.rows())
        return self.random.choice(rows) if rows else None

    def below(self) -> int:
        return max([0, *self.rows()]) + 1

    def width(self) -> str:
        return letters(max(self.columns().values()))

    def whole(self, row: int, last: int | None = None) -> str:
        return f"A{row + 1}:{self.width()}{(last or row) + 1}"

    def entry_of(self, row: int) -> list[int]:
        rows = self.rows()
        return [n for n, cells in rows.items() if cells.get("entry") == rows[row].get("entry")]


def text_of(value: object) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value)


# --- what people do ----------------------------------------------------------------------


def type_an_entry(sheet: SharedSheet) -> None:
    entry, amount = f"E{next(sheet.numbers)}", sheet.random.randint(1, 9)
    for each in (amount, -amount):
        type_a_line(sheet, sheet.below(), entry, each)


def type_a_line(sheet: SharedSheet, row: int, entry: str, amount: int) -> None:
    sheet.type(row, "entry", entry)
    sheet.type(row, "amount", str(amount))
    sheet.type(row, "unit", "x")
    sheet.type(row, "memo", sheet.new_token())


def type_half_an_entry(sheet: SharedSheet) -> None:
    type_a_line(sheet, sheet.below(), f"E{next(sheet.numbers)}", 1)


def type_over_a_memo(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        sheet.type(row, "memo", sheet.new_token())


def type_over_a_unit(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        sheet.type(row, "unit", sheet.new_token("u"))


def move_an_amount(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        rows, among = sheet.rows(), sheet.entry_of(row)
        for each, more in ((among[0], 1), (among[-1], -1)):
            if len(among) > 1:
                now = int(rows[each].get("amount", 0))
                sheet.type(each, "amount", str(now + more))


def sort_the_sheet(sheet: SharedSheet) -> None:
    column = sheet.columns()[sheet.random.choice(("entry", "memo", "amount", "id"))]
    down = sheet.random.random() < 0.5
    sheet.do("sort", sheet.whole(1, sheet.below() - 1 or 1), column=column, descending=down)


def sort_memos_apart(sheet: SharedSheet) -> None:
    column = letters(sheet.columns()["memo"])
    if rows := sheet.rows():
        sheet.do("sort", f"{column}2:{column}{max(rows) + 1}")


def insert_a_row(sheet: SharedSheet) -> None:
    row = sheet.random.randint(1, max([1, *sheet.rows()]))
    sheet.do("insert", f"A{row + 1}:A{row + 1}")


def delete_an_entry(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        for each in reversed(sheet.entry_of(row)):
            sheet.do("delete", f"A{each + 1}:A{each + 1}")


def delete_a_row(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        sheet.do("delete", f"A{row + 1}:A{row + 1}")


def copy_an_entry(sheet: SharedSheet) -> None:
    """With its ids, under a new number."""
    if (row := sheet.some_row()) is not None:
        entry = f"E{next(sheet.numbers)}"
        for each in sheet.entry_of(row):
            to = sheet.below()
            sheet.do("copy", sheet.whole(each), to=f"A{to + 1}")
            sheet.type(to, "entry", entry)


def copy_a_row(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        sheet.do("copy", sheet.whole(row), to=f"A{sheet.below() + 1}")


def cut_a_row(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        sheet.do("copy", sheet.whole(row), to=f"A{sheet.below() + 1}", cut=True)


def drag_a_row(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        to = sheet.random.randint(1, max(sheet.rows()))
        sheet.do("drag", f"A{row + 1}:A{row + 1}", before=to)


def erase_a_memo(sheet: SharedSheet) -> None:
    if (row := sheet.some_row()) is not None:
        column = letters(sheet.columns()["memo"])
        sheet.do("erase", f"{column}{row + 1}")


def filter_the_sheet(sheet: SharedSheet) -> None:
    rows = list(sheet.rows().values())
    hide = [sheet.random.choice(rows).get("entry", "")] if rows else []
    area = sheet.whole(0, sheet.below() - 1)
    sheet.do("filter", area, column=sheet.columns()["entry"], hide=hide)


def clear_the_filter(sheet: SharedSheet) -> None:
    sheet.do("requests", "A1", requests=[{"clearBasicFilter": {"sheetId": ENTRIES}}])


def duplicate_the_tab(sheet: SharedSheet) -> None:
    if not sheet.twin:
        sheet.do("duplicate_tab", "A1", tab=sheet.tab().title)
        sheet.twin = True


def rename_the_tab(sheet: SharedSheet) -> None:
    sheet.do("rename_tab", "A1", tab=sheet.tab().title, title=f"Tab {next(sheet.numbers)}")


def insert_a_column(sheet: SharedSheet) -> None:
    if sheet.tab().columns < 14:
        sheet.do("insert", "E1:E1", dimension="COLUMNS")


def drag_a_column(sheet: SharedSheet) -> None:
    column = letters(sheet.columns()["unit"])
    before = sheet.random.choice((sheet.columns()["amount"], sheet.columns()["memo"] + 1))
    sheet.do("drag", f"{column}1:{column}1", dimension="COLUMNS", before=before)


ACTIONS: tuple[tuple[Callable[[SharedSheet], None], int], ...] = (
    (type_an_entry, 8),
    (type_half_an_entry, 1),
    (type_over_a_memo, 8),
    (type_over_a_unit, 5),
    (move_an_amount, 4),
    (sort_the_sheet, 4),
    (sort_memos_apart, 1),
    (insert_a_row, 3),
    (delete_an_entry, 2),
    (delete_a_row, 1),
    (copy_an_entry, 2),
    (copy_a_row, 1),
    (cut_a_row, 2),
    (drag_a_row, 3),
    (erase_a_memo, 1),
    (filter_the_sheet, 2),
    (clear_the_filter, 1),
    (duplicate_the_tab, 1),
    (rename_the_tab, 1),
    (insert_a_column, 1),
    (drag_a_column, 1),
)

MOVING = (
    sort_the_sheet,
    insert_a_row,
    delete_an_entry,
    delete_a_row,
    cut_a_row,
    drag_a_row,
    type_over_a_memo,
    insert_a_column,
    drag_a_column,
)
"""What is worst in the moment in which a worker writes."""


# --- a new one --------------------------------------------------------------------------


class Timeless(World):
    """A world whose clock only a pause or a test puts ahead, so that a seed tells all."""

    def now(self) -> datetime:
        return BEGINNING + timedelta(seconds=self.ahead)


def new_sheet(company: str, seed: int) -> SharedSheet:
    """A blank book of the company in a spreadsheet that two people have open."""
    world = Timeless(auth=False, seed=seed)
    file = world.create("Tiny", NOBODY)
    file.roles[PEOPLE[1]] = "writer"
    binding = Binding(
        company,
        language="en",
        locale="en-US",
        server="http://testserver",
        copy_id=f"sheet {seed}",
    )
    body = {"requests": google_requests(TINY, binding, {0: "Sheet1"}, rows=12)}
    target = f"/v4/spreadsheets/{file.book.id}:batchUpdate"
    made = answer(world, request_of("POST", target, json.dumps(body).encode(), ""))
    assert made.code == 200, made.body
    return SharedSheet(world, Wire(world), file.book.id, Random(seed))
