"""A cell with a formula: its result is sent, and the audit tells from which formula it came."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from addin.hosts import open_workbook
from addin.printing import say_history
from addin.runs import row_history
from tests.scenarios.office import Office, entry, put, type_rows
from tests.scenarios.test_bad_input_shapes import with_result

JOURNAL = "ledger.journal"


@pytest.fixture
def computed(office: Office) -> Path:
    """A workbook with an entry whose debit is computed, and lands."""
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    put(file, JOURNAL, 2, debit="=50*2")
    with_result(file, "50*2", "100")
    assert office.sync(file).groups["applied"] == 1
    return file


def told(office: Office, file: Path, row: int) -> str:
    """What `lajur history` prints of a row."""
    workbook = open_workbook(file)
    try:
        copy, records = row_history(workbook, "journal", row, office.client())
    finally:
        workbook.close()
    console = Console(file=StringIO(), width=200)
    say_history(console, copy, JOURNAL, records)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_the_history_of_a_row_tells_the_formula_of_a_result(office: Office, computed: Path) -> None:
    assert "Debit: — → 100.00 (=50*2)" in told(office, computed, 2)
    assert "(=" not in told(office, computed, 3)


def test_a_value_typed_over_a_formula_is_told_without_one(office: Office, computed: Path) -> None:
    put(computed, JOURNAL, 2, debit=120)
    put(computed, JOURNAL, 3, credit=120)
    assert office.sync(computed).groups["applied"] == 1
    assert told(office, computed, 2).rstrip().endswith("Debit: 100.00 → 120.00")
