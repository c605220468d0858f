"""What a person does to a ledger in the browser, as the emulator's human side does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from addin.hosts.base import Area
from addin.hosts.columns import letters
from addin.hosts.google.addresses import grid_range, quoted, range_of
from tests.google_emulator.world import NOBODY
from tests.google_host import shared
from tests.scenarios.office import headings

LAST = 40  # no test sheet is longer
WIDTH = 40


@dataclass
class Person:
    """Somebody at the tab Journal of a spreadsheet."""

    book: str
    tab: str = "Journal"
    by: str = NOBODY

    def do(self, action: str, **body: Any) -> None:
        shared.control("human", do=action, spreadsheetId=self.book, by=self.by, **body)

    def menu(self, *requests: dict[str, Any]) -> None:
        """What a menu does, in the words of `batchUpdate`."""
        self.do("requests", requests=list(requests))

    def values(self) -> list[list[Any]]:
        how = {"valueRenderOption": "UNFORMATTED_VALUE"}
        told = shared.client().values_get(self.book, quoted(self.tab), how)
        return list(told.get("values", []))

    @property
    def head(self) -> int:
        """The row of headings."""
        rows = enumerate(self.values(), 1)
        return next(n for n, row in rows if row and "_id" in map(str, row))

    def column(self, key: str) -> int:
        """The number of a declared column, by its heading in either language."""
        names = headings("ledger", "journal")[key].values()
        row = next(row for row in self.values() if "_id" in map(str, row))
        return next(n for n, text in enumerate(row, 1) if text in names)

    def letter(self, key: str) -> str:
        return letters(self.column(key))

    def rows_of(self, entry: str) -> list[int]:
        """The row numbers of an entry."""
        column = self.column("entry") - 1
        rows = enumerate(self.values(), 1)
        return [n for n, row in rows if len(row) > column and row[column] == entry]

    def last(self) -> int:
        """The last row with an entry's number."""
        column, head = self.column("entry") - 1, self.head
        rows = enumerate(self.values(), 1)
        return max(n for n, row in rows if n >= head and len(row) > column and row[column])

    def put(self, row: int, **cells: Any) -> None:
        """Type into cells of a row, one after the other."""
        places = {key: f"{self.letter(key)}{row}" for key in cells}
        for key, value in cells.items():
            self.type(places[key], str(value))

    def type(self, place: str, text: str) -> None:
        self.do("type", range=f"{quoted(self.tab)}!{place}", text=text)

    def type_entry(self, number: str, amount: int, row: int | None = None) -> None:
        """Type an entry of two lines below the last one."""
        row = row or self.last() + 1
        head = {"entry": number, "date": "2026-05-03", "description": "Rent"}
        self.put(row, **head, account="61200", debit=amount)
        self.put(row + 1, **head, account="11110", credit=amount)

    def rows(self, top: int, bottom: int) -> str:
        """Whole rows as they are named."""
        return range_of(self.tab, Area(top, 1, bottom, 1))

    def block(self, top: int, bottom: int, left: int = 1, right: int = 0) -> str:
        """Some rows as far as the journal reaches."""
        return range_of(self.tab, Area(top, left, bottom, right or self._width()))

    def grid(self, area: Area) -> dict[str, int]:
        return grid_range(self.tab_id(), area)

    def tab_id(self) -> int:
        told = shared.client().fetch_sheet_metadata(self.book, {"fields": "sheets(properties)"})
        by_title = {s["properties"]["title"]: s["properties"]["sheetId"] for s in told["sheets"]}
        return int(by_title[self.tab])

    def look(self) -> dict[str, Any]:
        """What a person gave the sheet besides values, wherever it stands now."""
        params = {"ranges": quoted(self.tab), "includeGridData": "true"}
        [sheet] = shared.client().fetch_sheet_metadata(self.book, params)["sheets"]
        rows = [row.get("values", []) for row in sheet["data"][0]["rowData"]]
        cells = [cell for row in rows for cell in row]
        named = shared.client().fetch_sheet_metadata(self.book, {"fields": "namedRanges"})
        formats = [cell.get("userEnteredFormat", {}) for cell in cells]
        patterns = [form.get("numberFormat", {}).get("pattern") for form in formats]
        colours = [form.get("backgroundColor") for form in formats]
        rules = [cell.get("dataValidation", {}).get("condition") for cell in cells]
        return {
            "namedRange": [n for n in named["namedRanges"] if n["name"] == "milik_saya"],
            "filter": sheet["basicFilter"],
            "colour": colours.count({"red": 1, "green": 1}),
            "pattern": patterns.count("#,##0.0000"),
            "note": [cell["note"] for cell in cells if "Budi" in cell.get("note", "")],
            "formula": sum(
                cell.get("userEnteredValue") == {"formulaValue": "=1+1"} for cell in cells
            ),
            "rule": sum(bool(rule) and "satu" in str(rule) for rule in rules),
        }

    def _width(self) -> int:
        return len(self.values()[self.head - 1])


Way = Callable[[Person], None]


def work_as_usual(person: Person) -> None:
    """Nothing special."""


def sort_by_amount(person: Person) -> None:
    column = person.column("debit") - 1
    person.do("sort", range=person.block(person.head + 1, person.last()), column=column)


def filter_an_entry(person: Person) -> None:
    place = person.block(person.head, person.last())
    person.do("filter", range=place, column=person.column("entry") - 1, hide=["JV-1"])


def hide_rows_and_columns(person: Person) -> None:
    for dimension, at in (("ROWS", person.head + 1), ("COLUMNS", person.column("party") - 1)):
        span = {"sheetId": person.tab_id(), "dimension": dimension}
        span |= {"startIndex": at, "endIndex": at + 1}
        hidden = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
        person.menu({"updateDimensionProperties": hidden})


def insert_rows(person: Person) -> None:
    row = person.head + 2
    person.do("insert", range=person.rows(row, row + 1))


def insert_a_column_of_their_own(person: Person) -> None:
    letter, head = person.letter("account"), person.head
    column = f"{quoted(person.tab)}!{letter}1"
    person.do("insert", range=column, dimension="COLUMNS")
    person.type(f"{letter}{head}", "Catatan saya")
    person.type(f"{letter}{head + 1}", "=1+1")


def move_a_column(person: Person) -> None:
    column = f"{quoted(person.tab)}!{person.letter('description')}1"
    person.do("drag", range=column, dimension="COLUMNS", before=len(person.values()[0]))


def rename_headings(person: Person) -> None:
    head = person.head
    for key in ("date", "account", "description", "debit"):
        person.type(f"{person.letter(key)}{head}", headings("ledger", "journal")[key]["id"])


def put_a_merged_title_above(person: Person) -> None:
    person.do("insert", range=person.rows(1, 2))
    person.type("B1", "Buku harian")
    person.menu({"mergeCells": {"range": person.grid(Area(1, 2, 1, 6)), "mergeType": "MERGE_ALL"}})


def add_totals_beside_and_below(person: Person) -> None:
    letter = person.letter("debit")
    person.type(f"{letter}30", f"=SUM({letter}2:{letter}20)")
    beside = letters(len(person.values()[0]) + 2)
    person.type(f"{beside}2", f"=SUM({letter}2:{letter}20)")


def name_ranges_and_validate(person: Person) -> None:
    own = {"name": "milik_saya", "range": person.grid(Area(2, 3, 9, 4))}
    values = [{"userEnteredValue": text} for text in ("satu", "dua")]
    rule = {"condition": {"type": "ONE_OF_LIST", "values": values}}
    column = person.column("party")
    place = person.grid(Area(2, column, 20, column))
    person.menu(
        {"addNamedRange": {"namedRange": own}},
        {"setDataValidation": {"range": place, "rule": rule}},
    )


def write_notes(person: Person) -> None:
    row, column = person.head + 1, person.column("account")
    place = person.grid(Area(row, column, row, column))
    cell = {"note": "tanya Budi"}
    person.menu({"repeatCell": {"range": place, "cell": cell, "fields": "note"}})


def colour_cells(person: Person) -> None:
    head, debit = person.head, person.column("debit")
    yellow = {"userEnteredFormat": {"backgroundColor": {"red": 1, "green": 1}}}
    number = {"numberFormat": {"type": "NUMBER", "pattern": "#,##0.0000"}}
    place = person.grid(Area(head + 1, 3, head + 3, 8))
    amount = person.grid(Area(head + 1, debit, head + 1, debit))
    fields = "userEnteredFormat.backgroundColor"
    own = {"range": amount, "cell": {"userEnteredFormat": number}}
    person.menu(
        {"repeatCell": {"range": place, "cell": yellow, "fields": fields}},
        {"repeatCell": own | {"fields": "userEnteredFormat.numberFormat"}},
    )


def cut_and_paste_rows(person: Person) -> None:
    row, goal = person.rows_of("JV-1")[0], person.last() + 3
    source = person.block(row, row + 1)
    person.do("copy", range=source, to=person.block(goal, goal + 1), cut=True)


def fill_down_a_description(person: Person) -> None:
    row, column = person.rows_of("JV-2")[0], person.column("description")
    source = person.block(row, row, column, column)
    person.do("copy", range=source, to=person.block(row + 1, row + 1, column, column))


def rename_the_sheet_and_move_it(person: Person) -> None:
    person.do("rename_tab", tab=person.tab, title="Harian saya")
    person.tab = "Harian saya"
    own = {"sheetId": person.tab_id(), "index": 5}
    person.menu({"updateSheetProperties": {"properties": own, "fields": "index"}})


def add_a_sheet_with_formulas(person: Person) -> None:
    person.menu({"addSheet": {"properties": {"title": "Analisis"}}})
    person.do("type", range="Analisis!A1", text="=COUNTA(Journal!C2:C30)")


def delete_a_column_that_is_not_required(person: Person) -> None:
    column = f"{quoted(person.tab)}!{person.letter('cost_centre')}1"
    person.do("delete", range=column, dimension="COLUMNS")


WAYS: list[Way] = [
    work_as_usual,
    sort_by_amount,
    filter_an_entry,
    hide_rows_and_columns,
    insert_rows,
    insert_a_column_of_their_own,
    move_a_column,
    rename_headings,
    put_a_merged_title_above,
    add_totals_beside_and_below,
    name_ranges_and_validate,
    write_notes,
    colour_cells,
    cut_and_paste_rows,
    fill_down_a_description,
    rename_the_sheet_and_move_it,
    add_a_sheet_with_formulas,
]
