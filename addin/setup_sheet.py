"""The sheet Setup: what a person typed there is read, what a sync learned is written there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from addin.copies import Copy
from addin.errors import AlreadyBound
from addin.hosts.base import Cell, SetCell, SheetEdit, Workbook
from addin.hosts.blocks import Mark, block_reader
from addin.window import CHOSEN, chosen
from workbook_templates.schema import Book
from workbook_templates.setup import ALL, BLANKS, LABELS, window_names
from workbook_templates.words import Words

Place = tuple[int, int]
BETWEEN = " – "  # of a company's code and its name


def read_setup(workbook: Workbook, copy: Copy) -> None:
    """Take over what was typed: the window, the server, and the company of a file without one.

    Raises `AlreadyBound` where a file with rows of one company names another.
    """
    if _is_as_written(workbook, copy):
        return
    meta, found = copy.meta, _values(workbook, copy)
    typed = {name: _text(cell) for name, (_, cell) in found.items()}
    for name in window_names(copy.book):
        if name in typed and typed[name] != chosen(meta).get(name, ""):
            meta[f"{CHOSEN}{name}"] = typed[name]
    if typed.get("server"):
        meta["server"] = typed["server"]
    code = typed.get("company", "").partition(BETWEEN)[0].strip()
    if code and code != meta.get("company"):
        if meta.get("company") and meta.get("cursor"):
            raise AlreadyBound(name=copy.name, company=meta["company"], typed=code)
        meta["company"] = code


def _is_as_written(workbook: Workbook, copy: Copy) -> bool:
    """Whether nobody typed there since we wrote it."""
    reader, memory, name = block_reader(workbook), copy.shadow.memory, copy.meta.get("setup", "")
    if reader is None or memory is None or memory.setup is None or name not in reader.sheets():
        return False
    return reader.mark(name) == Mark(*memory.setup)


def setup_edit(workbook: Workbook, copy: Copy, said: Mapping[str, str]) -> SheetEdit | None:
    """What Setup shows otherwise than it is: the binding, the window and what is `said` by label.

    Labels that an older template does not have are added below the last line.
    """
    name = copy.meta.get("setup", "")
    if name not in workbook.sheets():
        return None
    found = _values(workbook, copy)
    cells = workbook.read(name).rows
    below, column = len(cells) + 2, next((place[1] for place, _ in found.values()), 3)
    changed: list[SetCell] = []
    for key, text in (*_wanted(copy).items(), *said.items()):
        if key in found:
            (row, at), cell = found[key]
            if _text(cell) != _text(text):
                changed.append(SetCell(row, at, text))
        elif key in window_names(copy.book) and _text(text):
            label = _labels(copy.book)[key][copy.language]
            changed += [SetCell(below, column - 1, label), SetCell(below, column, text)]
            below += 1
    return SheetEdit(name, tuple(changed)) if changed else None


def _wanted(copy: Copy) -> dict[str, str]:
    meta, blank = copy.meta, ALL[copy.language]
    shown = {name: chosen(meta).get(name, "") or blank for name in window_names(copy.book)}
    code, full = meta.get("company", ""), meta.get("company_name", "")
    if code:
        shown["company"] = f"{code}{BETWEEN}{full}" if full and full != code else code
    if meta.get("server"):
        shown["server"] = meta["server"]
    return shown


def _labels(book: Book) -> dict[str, Words]:
    return {**LABELS, **window_names(book)}


def _values(workbook: Workbook, copy: Copy) -> dict[str, tuple[Place, Cell]]:
    """Where each value stands, and what it is: the cell to the right of its label."""
    name = copy.meta.get("setup", "")
    rows = workbook.read(name).rows if name in workbook.sheets() else []
    keys = {text: key for key, words in _labels(copy.book).items() for text in words.all().values()}
    return dict(_found(rows, keys))


def _found(
    rows: list[list[Cell]], keys: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Place, Cell]]]:
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if isinstance(cell, str) and cell in keys:
                beside = row[column] if len(row) > column else None
                yield keys[cell], ((number, column + 1), beside)
                break


def _text(cell: Cell) -> str:
    """What was typed; "" for a blank and words that stand for one. A day stands for its month."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    text = "" if cell is None else str(cell).strip()
    return "" if text.casefold() in {blank.casefold() for blank in BLANKS} else text
