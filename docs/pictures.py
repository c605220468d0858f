"""Make the pictures in docs/images anew: sheets of a small month as LibreOffice shows them.

python -m docs.pictures
"""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console

from docs.examples.contoh.keyboard import retype, type_rows
from docs.examples.contoh.month import as_typed_first, dated, whole_month
from docs.examples.contoh.office import Office
from docs.examples.contoh.opening import make_workbooks, open_company, type_lists
from docs.examples.contoh.rows import day
from docs.examples.contoh.stage import Stage
from docs.examples.contoh.weeks import AT_HOME, AT_THE_OFFICE, PARTY

IMAGES = Path(__file__).parent / "images"
MARGIN, GAP = 6, 20  # pixels around the cells, and between them and a page's header


@dataclass(frozen=True)
class Picture:
    """Cells of a sheet of a workbook, by the file's name; some rows are hidden, Status is drawn
    wide. `dots` an inch are what makes it readable and small.
    """

    name: str
    file: str
    sheet: str
    cells: str
    dots: int
    hidden: str = ""
    status: float = 0.0


PICTURES = (
    Picture("refused-entry", "ledger.xlsx", "Journal", "B1:H31", 150, "2:17", 145),
    Picture("conflict", "ledger-2.xlsx", "Parties", "B1:F9", 110),
    Picture("review", "ledger-2.xlsx", "Review", "A1:N4", 170),
)


def main() -> None:
    """Play, look, keep."""
    with tempfile.TemporaryDirectory() as folder:
        people = played(Path(folder))
        with program() as app:
            for one in PICTURES:
                image = pictured(app, people / one.file, one)
                (IMAGES / f"{one.name}.png").write_bytes(image)


def played(folder: Path) -> Path:
    """Two weeks with two mistyped entries, and a name that is changed in two copies: the folder of
    the ledger's workbooks.
    """
    stage = Stage("en", Console(file=io.StringIO(), width=110))
    office, month = Office(folder, f"sqlite:///{folder / 'central.sqlite3'}", stage), whole_month()
    file = office.file("ledger")
    home = file.with_stem("ledger-2")
    with office.serving():
        for scene in (open_company, make_workbooks, type_lists):
            scene(office, month)
        typed = as_typed_first("ledger.journal", dated(month["ledger.journal"], day(1), day(14)))
        type_rows(file, {"ledger.journal": typed})
        office.sync(file, status=1)
        shutil.copy(file, home)
        retype(file, "ledger.parties", {"code": PARTY}, {"name": AT_THE_OFFICE})
        office.sync(file, status=1)
        retype(home, "ledger.parties", {"code": PARTY}, {"name": AT_HOME})
        office.sync(home, status=1)
    return file.parent


@contextmanager
def program() -> Iterator[Any]:
    """A LibreOffice of our own."""
    from addin import libreoffice

    app = libreoffice.register().apps.add(add_book=False)
    try:
        yield app
    finally:
        app.quit()


def pictured(app: Any, file: Path, one: Picture) -> bytes:
    """The cells as the program prints them, cut out of their page."""
    book = app.books.open(str(file))
    sheet = book.sheets[one.sheet]
    sheet.page_setup.print_area = one.cells
    if one.hidden:
        sheet[one.hidden].impl.row_hidden = True
    if one.status:
        sheet["B:B"].column_width = one.status
    page = file.with_suffix(".pdf")
    book.to_pdf(str(page), include=[sheet.name])
    book.close()
    command = ["pdftoppm", "-r", str(one.dots), "-f", "1", "-l", "1", str(page)]
    return png(*trimmed(subprocess.run(command, check=True, capture_output=True).stdout))


def trimmed(ppm: bytes) -> tuple[int, list[bytes]]:
    """The cells of a page without its header, footer and margins: width in pixels, and rows."""
    _, size, _, pixels = ppm.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [pixels[n * width * 3 : (n + 1) * width * 3] for n in range(height)]
    white = b"\xff" * width * 3
    inked = tallest([n for n, row in enumerate(rows) if row != white])
    left = min(width - len(rows[n].lstrip(b"\xff")) // 3 for n in inked)
    right = max(len(rows[n].rstrip(b"\xff")) // 3 for n in inked)
    left, right = max(left - MARGIN, 0), min(right + MARGIN, width)
    top, bottom = max(inked[0] - MARGIN, 0), min(inked[-1] + MARGIN, height)
    return right - left, [row[left * 3 : right * 3] for row in rows[top:bottom]]


def tallest(inked: list[int]) -> list[int]:
    """The longest stretch of rows without a gap."""
    parts: list[list[int]] = [[]]
    for row in inked:
        if parts[-1] and row - parts[-1][-1] > GAP:
            parts.append([])
        parts[-1].append(row)
    return max(parts, key=len)


def png(width: int, rows: list[bytes]) -> bytes:
    """A PNG of rows of pixels, three bytes each."""

    def part(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", body) + part(b"IEND", b"")


if __name__ == "__main__":
    main()
