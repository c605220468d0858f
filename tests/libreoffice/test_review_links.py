"""The links of Review in a real spreadsheet program: they lead to their row wherever it went."""

from __future__ import annotations

from pathlib import Path

import xlwings as xw

from tests.scenarios.office import Office, entry, type_rows


def goal(book: xw.Book, row: int) -> object:
    """Where the link of a line leads, as the program works it out."""
    review = book.sheets["Review"]
    formula = next(
        cell.formula for cell in review.range(f"A{row}:Z{row}") if "HYPERLINK" in cell.formula
    )
    place = formula.removeprefix("=HYPERLINK(").rpartition(",")[0]
    spare = book.sheets["Setup"].range("H40")
    spare.formula = f"={place}"
    return spare.value


def test_a_link_follows_its_row_when_rows_are_inserted_above(app: xw.App, tmp_path: Path) -> None:
    office = Office(tmp_path)
    file = office.workbook("ledger", "mine")
    type_rows(file, "ledger.journal", [*entry("JV-1", 100), *entry("JV-2", 100, other=90)])
    office.sync(file)
    book = app.books.open(str(file))
    assert goal(book, 2) == "#'Journal'!H5"
    book.sheets["Journal"].range("2:3").insert("down")
    assert goal(book, 2) == "#'Journal'!H7"
