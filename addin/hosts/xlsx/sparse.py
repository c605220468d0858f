"""Sheets whose cells lie far apart: the reader takes memory for every cell between them."""

from __future__ import annotations

import re

from addin.hosts.base import SheetCells
from addin.hosts.columns import column_number
from addin.hosts.errors import DangerousWorkbook
from addin.hosts.xlsx.blocks import read_rows
from addin.hosts.xlsx.package import Package
from addin.hosts.xlsx.reading import read_sheet
from addin.hosts.xlsx.sheet_part import SheetPart

MOST_CELLS = 30_000_000
FEW_ROWS = 1_000  # so many in any columns are no trouble
FAR = {
    "id": "isinya terpencar terlalu jauh ke kanan; hapus yang berada jauh di luar tabel",
    "en": "its cells lie too far to the right; delete what is far outside of the tables",
}


def read_whole(package: Package, sheet: str, part: str) -> SheetCells:
    """All cells of a sheet. Raises ``DangerousWorkbook`` where they would fill the memory.

    One word typed into the last row of all makes no difference: rows that are not there are left
    out while the sheet is read.
    """
    cut = package.sheet(part)
    rows, last = cut.count(b'row r="'), cut.last_row()
    if rows > FEW_ROWS and rows * width(cut) > MOST_CELLS:
        raise DangerousWorkbook(name=package.name, reason=FAR)
    if last is not None and last.number > FEW_ROWS + 4 * rows:
        return read_rows(package, sheet, part, package.rows(part)[0])
    del cut
    return read_sheet(package, sheet, part)


def width(sheet: SheetPart) -> int:
    """The number of the last column that has content; 26 for all that end before AA."""
    if not re.compile(rb'<%sc r="[A-Z]{2}' % sheet.mark).search(sheet.xml, sheet.start, sheet.end):
        return 26
    filled = re.compile(rb'<%sc r="([A-Z]+)\d+"[^>]*(?<!/)>' % sheet.mark)
    columns = set(filled.findall(sheet.xml, sheet.start, sheet.end))
    return max((column_number(letters.decode()) for letters in columns), default=1)
