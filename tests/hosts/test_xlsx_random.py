"""Whatever is written, a file holds the same as the reference host in memory."""

import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.hosts import open_workbook
from addin.hosts.base import Area, Cell, CellError, SetCell, SetNote, SheetEdit, Table, Workbook
from addin.hosts.memory import memory_workbook
from addin.hosts.xlsx import package
from tests.contract.hosts import write_xlsx
from tests.hosts.files import in_openpyxl

HEADINGS = ["Date", "Account", "Amount"]
START: dict[str, list[list[Cell]]] = {
    "Journal": [["Own title"], [None, *HEADINGS], [], [None, date(2026, 5, 3), "1-1", 5, "own"]],
    "_lajur_base": [["id", "1"]],
}
ENTRIES = Table("Entries", "Journal", Area(2, 2, 4, 4))

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    text,
    st.sampled_from(["=A1", "+1", "_x0041_", " x ", "&amp;", "]]>", "\ufffe"]),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(),
    st.decimals(min_value=-(10**15), max_value=10**15, places=4),
    st.dates(date(1890, 1, 1), date(2200, 1, 1)),
    st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)),
    st.sampled_from([CellError("#N/A"), CellError("#REF!")]),
)
places = st.tuples(st.integers(1, 14), st.integers(1, 30))
edits = st.builds(
    lambda values, notes, bottom: SheetEdit(
        "Journal",
        tuple(SetCell(row, column, value) for (row, column), value in values.items()),
        tuple(SetNote(row, column, words or None) for (row, column), words in notes.items()),
        "Entries" if bottom else None,
        bottom,
    ),
    st.dictionaries(places, cells, max_size=6),
    st.dictionaries(places, text, max_size=2),
    st.none() | st.integers(3, 12),
)
grids = st.lists(st.lists(cells, max_size=4), max_size=5)
steps = st.lists(st.one_of(edits, grids, st.sampled_from(["save", "look"])), max_size=6)


def seen(workbook: Workbook) -> tuple[object, ...]:
    """All that the port shows, without blanks at the ends of rows, types told apart."""
    grid = {}
    for sheet in workbook.sheets():
        for row, line in enumerate(workbook.read(sheet).rows, 1):
            for column, value in enumerate(line, 1):
                if value is not None:
                    grid[sheet, row, column] = (type(value).__name__, value)
    return grid, workbook.tables(), workbook.notes("Journal")


@settings(max_examples=60)
@given(steps, st.sampled_from([package.SMALL, 64]))
def test_a_file_holds_what_the_reference_holds(steps: list[object], small: int) -> None:
    """Parts that are not small are kept compressed while they wait to be saved."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "SMALL", small)
        path = write_xlsx(Path(folder) / "book.xlsx", START, [ENTRIES])
        file, reference = open_workbook(path), memory_workbook("book", START, [ENTRIES])
        for step in steps:
            if step == "look":
                assert seen(file) == seen(reference)
            for workbook in (file, reference):
                if isinstance(step, SheetEdit):
                    workbook.write([step])
                elif isinstance(step, list):
                    workbook.replace("_lajur_base", step)
                elif step == "save":
                    workbook.save()
        assert seen(file) == seen(reference)
        file.save()
        file.close()
        assert seen(open_workbook(path)) == seen(reference)
        in_openpyxl(path)


@given(st.dictionaries(places, st.decimals(places=6, min_value=-(10**15), max_value=10**15)))
def test_every_digit_of_an_amount_is_in_the_file(amounts: dict[tuple[int, int], Decimal]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_xlsx(Path(folder) / "book.xlsx", START)
        workbook = open_workbook(path)
        workbook.write([SheetEdit("Journal", tuple(SetCell(*at, n) for at, n in amounts.items()))])
        workbook.save()
        workbook.close()
        xml = workbook._package.read("xl/worksheets/sheet1.xml").decode()
    assert all(f"<v>{amount:f}</v>" in xml for amount in amounts.values())
