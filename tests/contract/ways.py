"""What a person does to a workbook in the program: with xlwings, in a real LibreOffice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlwings as xw

from tests.scenarios.office import headings

LAST = 40  # no test sheet is longer


@dataclass(frozen=True)
class Person:
    """Somebody at the sheet Journal."""

    sheet: xw.Sheet

    @property
    def head(self) -> int:
        """The row of headings."""
        texts = self.sheet[0:LAST, 0:1].options(ndim=2).value
        return next(n for n, (text,) in enumerate(texts, 1) if text == "_id")

    def column(self, key: str) -> int:
        """The number of a declared column, by its heading in either language."""
        row = self.sheet[self.head - 1, 0:40].value
        names = headings("ledger", "journal")[key].values()
        return next(n for n, text in enumerate(row, 1) if text in names)

    def cells(self, key: str) -> list[Any]:
        """The cells of a column from the row below the headings on."""
        column = self.column(key) - 1
        rows = self.sheet[self.head : self.head + LAST, column : column + 1].options(ndim=2).value
        return [row[0] for row in rows]

    def rows_of(self, entry: str) -> list[int]:
        """The row numbers of an entry."""
        found = enumerate(self.cells("entry"), self.head + 1)
        return [number for number, text in found if text == entry]

    def last(self) -> int:
        """The last row with an entry's number."""
        found = enumerate(self.cells("entry"), self.head + 1)
        return max(number for number, text in found if text)

    def put(self, row: int, **cells: Any) -> None:
        """Type into cells of a row, one after the other."""
        heads = self.sheet[self.head - 1, 0:40].value
        for key, value in cells.items():
            names = headings("ledger", "journal")[key].values()
            column = next(n for n, text in enumerate(heads) if text in names)
            self.sheet[row - 1, column].value = f"'{value}" if isinstance(value, str) else value

    def type_entry(self, number: str, amount: float, row: int | None = None) -> None:
        """Type an entry of two lines below the last one."""
        row = row or self.last() + 1
        head: Mapping[str, Any] = {
            "entry": number, "date": datetime(2026, 5, 3), "description": "Rent"
        }  # fmt: skip
        self.put(row, **head, account="61200", debit=amount)
        self.put(row + 1, **head, account="11110", credit=amount)

    def whole_row(self, number: int) -> xw.Range:
        """A row from edge to edge."""
        return self.sheet[f"{number}:{number}"]


Way = Callable[[Person], None]


def work_as_usual(person: Person) -> None:
    """Nothing special."""


def sort_by_amount(person: Person) -> None:
    table = person.sheet.tables["tbl_journal"]
    place = person.column("debit") - table.range.column + 1
    table.impl.sort([place, person.column("entry")], [False, True])


def filter_an_entry(person: Person) -> None:
    table = person.sheet.tables["tbl_journal"]
    place = person.column("entry") - table.range.column + 1
    table.autofilter.apply_values(place, ["JV-2"])


def hide_rows_and_columns(person: Person) -> None:
    person.whole_row(person.head + 2).impl.row_hidden = True
    column = person.column("party") - 1
    person.sheet[0:1, column : column + 1].impl.column_hidden = True


def insert_rows(person: Person) -> None:
    row = person.head + 2
    person.sheet[f"{row}:{row + 1}"].insert("down")


def insert_a_column_of_their_own(person: Person) -> None:
    column = person.column("account")
    letter = person.sheet[0, column - 1].get_address(False, False)[:-1]
    person.sheet[f"{letter}:{letter}"].insert("right")
    person.sheet[person.head - 1, column - 1].value = "Catatan saya"
    person.sheet[person.head, column - 1].formula = "=1+1"


def delete_a_column_that_is_not_required(person: Person) -> None:
    letter = person.sheet[0, person.column("cost_centre") - 1].get_address(False, False)[:-1]
    person.sheet[f"{letter}:{letter}"].delete("left")


def move_a_column(person: Person) -> None:
    column, head = person.column("description") - 1, person.head - 1
    cells = person.sheet[head : head + LAST, column : column + 1]
    cells.impl.move(person.sheet[head, 25].impl)


def rename_headings(person: Person) -> None:
    for key in ("date", "account", "description", "debit"):
        heading = headings("ledger", "journal")[key]["id"]
        person.sheet[person.head - 1, person.column(key) - 1].value = heading


def put_a_merged_title_above(person: Person) -> None:
    person.sheet["1:2"].insert("down")
    person.sheet["B1"].value = "Buku harian"
    person.sheet["B1:F1"].merge()


def add_totals_beside_and_below(person: Person) -> None:
    column = person.column("debit") - 1
    letter = person.sheet[0, column].get_address(False, False)[:-1]
    person.sheet[29, column].formula = f"=SUM({letter}2:{letter}20)"
    person.sheet[1, 29].formula = f"=SUM({letter}2:{letter}20)"


def name_ranges_and_validate(person: Person) -> None:
    person.sheet.book.names.add("milik_saya", "=Journal!$C$2:$D$9")
    column = person.column("party") - 1
    cells = person.sheet[1:20, column : column + 1]
    cells.data_validation.set_list(["satu", "dua"])


def write_notes(person: Person) -> None:
    person.sheet[person.head, person.column("account") - 1].add_note("tanya Budi")


def colour_cells(person: Person) -> None:
    person.sheet[person.head : person.head + 3, 2:8].color = (255, 255, 0)
    person.sheet[person.head, person.column("debit") - 1].number_format = "#,##0.0000"


def cut_and_paste_rows(person: Person) -> None:
    row = person.rows_of("JV-1")[0]
    cells = person.sheet[row - 1 : row + 1, 0:20]
    cells.impl.move(person.sheet[person.last() + 2, 0].impl)


def fill_down_a_description(person: Person) -> None:
    row, column = person.rows_of("JV-2")[0] - 1, person.column("description") - 1
    first = person.sheet[row : row + 1, column : column + 1]
    first.copy(person.sheet[row + 1 : row + 2, column : column + 1])


def rename_the_sheet_and_move_it(person: Person) -> None:
    person.sheet.name = "Harian saya"
    person.sheet.impl.move(None, person.sheet.book.sheets[-1].impl)


def add_a_sheet_with_formulas(person: Person) -> None:
    own = person.sheet.book.sheets.add("Analisis", after=person.sheet.book.sheets[-1])
    own["A1"].formula = "=COUNTA(Journal!C2:C30)"


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
