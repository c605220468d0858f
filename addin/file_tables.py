"""Tables of cells out of the files of other programs: CSV in any encoding and delimiter, XLSX; how
their headings compare, and how they write days and numbers.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from io import StringIO
from pathlib import Path

from addin.errors import AddinError
from addin.hosts import open_workbook
from addin.hosts.base import Cell
from addin.hosts.errors import HostError
from workbook_templates.columns.cells import one_line
from workbook_templates.words import Words

Table = Sequence[Sequence[Cell]]
DELIMITERS = (";", ",", "\t", "|")
NOT_TEXT = Words("isinya bukan teks", "it is not text")
DATE_FORMATS = (
    "dd/mm/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", "yyyy-mm-dd", "yyyy/mm/dd", "dd/mm/yy", "dd-mm-yy",
    "dd mmm yyyy", "dd-mmm-yyyy", "dd/mmm/yyyy", "dd-mmm-yy", "dd mmm yy", "yyyymmdd", "mm/dd/yyyy",
    "dd/mm",
)  # fmt: skip
LOOKED_AT = 40  # rows in which the headings are looked for
_CURRENCY = re.compile(r"\((?:idr|rp\.?)\)|\[(?:idr|rp\.?)\]")


class NotATable(AddinError):
    """A file holds no table of cells. Facts: file, reason."""

    code = "not_a_table"
    sentences = {
        "id": "{file} tidak dapat dibaca sebagai tabel ({reason}). Simpan berkasnya sebagai CSV"
        " atau XLSX, lalu impor lagi.",
        "en": "{file} cannot be read as a table ({reason}). Save it as CSV or XLSX, then import it"
        " again.",
    }


def read_file(path: Path) -> Table:
    """The cells of a CSV or XLSX file. Raises `NotATable`."""
    try:
        content = path.read_bytes()
        if content.startswith(b"PK"):
            return largest_sheet(path)
    except OSError as failed:
        raise NotATable(file=path.name, reason=failed.strerror or str(failed)) from failed
    except HostError as failed:
        raise NotATable(file=path.name, reason=failed.words) from failed
    if b"\0\0" in content:
        raise NotATable(file=path.name, reason=NOT_TEXT.all())
    return table_of(decoded(content))


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16 or the Western code page of Windows, which takes anything."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[1:2] == b"\0":
        return content.decode("utf-16-le", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def table_of(text: str) -> list[list[Cell]]:
    """The rows of a CSV file, by the delimiter under which most rows have equally many cells.

    Spaces in front stay: with them some programs indent what stands under another row.
    """
    lines = list(StringIO(text, newline=""))
    best = max((_split(lines, delimiter) for delimiter in DELIMITERS), key=_evenness)
    return [[cell.rstrip() or None for cell in row] for row in best]


def _split(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """The rows of a CSV file. Where a quotation mark is never closed, all are plain text: it would
    swallow the rows that follow.
    """
    reader, rows, ends = csv.reader(lines, delimiter=delimiter), list[list[str]](), [0, 0]
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        return _plain_rows(lines, delimiter)
    last = lines[ends[-2] :]
    is_open = len(last) > 1 and sum(line.count('"') for line in last) % 2 == 1
    return _plain_rows(lines, delimiter) if is_open else rows


def _plain_rows(lines: Iterable[str], delimiter: str) -> list[list[str]]:
    return [line.replace('"', "").rstrip("\r\n").split(delimiter) for line in lines]


def _evenness(rows: Sequence[Sequence[str]]) -> int:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max((width * times for width, times in widths.items()), default=0)


def largest_sheet(path: Path) -> list[list[Cell]]:
    """The sheet of an XLSX file with the most rows."""
    with closing(open_workbook(path)) as workbook:
        sheets = [workbook.read(name).rows for name in workbook.sheets()]
    return max(sheets, key=len, default=[])


# --- what stands in them ------------------------------------------------------------------------


def plain(cell: Cell) -> str:
    """A heading as it is compared: small letters, without its currency and punctuation."""
    text = one_line(cell).casefold() if isinstance(cell, str) else ""
    return _CURRENCY.sub("", text).strip(" :*'\"")


def column_of(rows: Sequence[Sequence[Cell]], place: int) -> Iterator[Cell]:
    """The cells of one column that are not blank."""
    return (row[place] for row in rows if place < len(row) and row[place] is not None)


def date_format(cells: Iterable[Cell], readable: Callable[[Cell, str], bool]) -> str:
    """The first format in which every text that begins with a digit is a date."""
    texts = [cell for cell in cells if isinstance(cell, str) and begins_as_date(cell)]
    return next(
        (form for form in DATE_FORMATS if all(readable(text, form) for text in texts)),
        DATE_FORMATS[0],
    )


def begins_as_date(text: str) -> bool:
    """Whether a text can be meant as a date: it begins with a digit."""
    return text.strip(" '\"")[:1].isdigit()


def decimal_sign(cells: Iterable[Cell]) -> str:
    """The sign before the last two digits, where a text says; Indonesian where none does."""
    for cell in cells:
        if isinstance(cell, str) and (last := re.search(r"([.,])[0-9]{1,2}(?![0-9.,])", cell)):
            return "point" if last[1] == "." else "comma"
        if isinstance(cell, str) and (last := re.search(r"([.,])[0-9]{3}(?![0-9.,])", cell)):
            return "comma" if last[1] == "." else "point"
    return "comma"
