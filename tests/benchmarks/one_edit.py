"""One cell edited among 100,000 rows of an .xlsx: the whole `lajur sync`, beside openpyxl alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from addin.hosts.base import SetCell, SheetEdit
from addin.hosts.xlsx import open_workbook
from tests.benchmarks.measuring import Comparison, Way, measure_process, middle
from tests.benchmarks.workbook import Desk, desk_of

SHEET, HEADING = "Journal", "Description"
SYNC = "from addin.cli import main; main()"
REWRITE = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
book[sys.argv[2]].cell(int(sys.argv[3]), int(sys.argv[4])).value = sys.argv[5]
book.save(sys.argv[1])
"""
TIMES = 3


def run(rows: int = 100_000) -> Comparison:
    """All as processes of their own, with the start of the interpreter.

    `openpyxl` loads and saves the same file with one cell changed; it compares and sends nothing.
    Then what it saved is synced: another program wrote the file anew, so all of it is read.
    """
    with desk_of(rows) as desk:
        desk.sync()
        column = _column(desk.file)
        edits = [_edit(desk, column, rows // 2 + n, f"Koreksi {n}") for n in range(TIMES)]
        still = middle([_sync(desk, "ours, nothing edited") for _ in range(TIMES)])
        place = (SHEET, str(rows // 3), str(column), "Diketik")
        command = (sys.executable, "-c", REWRITE, str(desk.file), *place)
        openpyxl = measure_process("usual: openpyxl loads and saves", command, _environment(desk))
        anew = _sync(desk, "ours, after another program wrote the file anew")
    ways = (middle(edits), still, anew, openpyxl)
    title = f"Sync of one edit among {rows:,} rows of 12 columns"
    return Comparison("one_edit", title, rows, "rows", "20 times less CPU than openpyxl", ways)


def _edit(desk: Desk, column: int, row: int, text: str) -> Way:
    """A sync after somebody typed a description."""
    with closing(open_workbook(str(desk.file))) as workbook:
        workbook.write([SheetEdit(SHEET, (SetCell(row, column, text),))])
        workbook.save()
    way = _sync(desk, "ours, one cell edited")
    with closing(open_workbook(str(desk.file))) as workbook:
        status = workbook.read_rows(SHEET, {1, row}).rows
    assert str(status[row - 1][status[0].index("Status")]).startswith("✓")
    return way


def _sync(desk: Desk, name: str) -> Way:
    command = (sys.executable, "-c", SYNC, "sync", str(desk.file))
    return measure_process(name, command, _environment(desk))


def _column(file: Path) -> int:
    with closing(open_workbook(str(file))) as workbook:
        heads = workbook.read_rows(SHEET, {1}).rows[0]
    return [str(head).removesuffix(" *") for head in heads].index(HEADING) + 1


def _environment(desk: Desk) -> Mapping[str, str]:
    """Compiled modules are kept, as in an installation."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "LAJUR_TOKEN": desk.token}
