"""Documents that were copied whole on the sheet: the copy is a new one, with its own number."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from addin.copies import Copy
from addin.lazy import loaded
from addin.pages import Page, SheetRow

_NUMBERED = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
Cells = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class CopiedDocument:
    """A document that was copied, and the number that the copy was given."""

    table: str
    key: str
    new_key: str


def renumber_copies(copy: Copy) -> list[CopiedDocument]:
    """Give each whole copy of a document the next free number; what was copied, in order.

    A copy is whole when new rows repeat every row of the document cell by cell. Rows that were
    copied one by one, or changed since, are more lines of the same document.
    """
    found: list[CopiedDocument] = []
    for page in copy.pages.values():
        if page.sheet.group_by and not page.sheet.read_only:
            found += _of_page(copy, page, page.sheet.group_by)
    return found


def _of_page(copy: Copy, page: Page, column: str) -> Iterator[CopiedDocument]:
    base = copy.base(page.sheet.table)
    added: dict[str, list[SheetRow]] = defaultdict(list)
    for rid, row in loaded(page.rows).items():
        if rid not in base and column in row.cells and column not in row.formulas:
            added[row.cells[column]].append(row)
    if not added:
        return
    kept: dict[str, list[Cells]] = {key: [] for key in added}
    taken = set(added)
    for agreed in base.values():
        key = agreed.cells.get(column, "")
        taken.add(key)
        if key in kept and agreed.source is None:
            kept[key].append(_of(agreed.cells, page))
    for key, rows in added.items():
        for copied in _whole_copies(rows, kept[key], page):
            new_key = next_number(key, taken)
            taken.add(new_key)
            for row in copied:
                row.cells = {**row.cells, column: new_key}
            yield CopiedDocument(page.sheet.table, key, new_key)


def _whole_copies(
    rows: list[SheetRow], document: list[Cells], page: Page
) -> Iterator[list[SheetRow]]:
    """The new rows that repeat the whole document, once or more often."""
    alike: dict[Cells, list[SheetRow]] = defaultdict(list)
    for row in rows:
        alike[_of(row.cells, page)].append(row)
    wanted = Counter(document)
    while document and all(len(alike[cells]) >= n for cells, n in wanted.items()):
        yield [alike[cells].pop(0) for cells, n in wanted.items() for _ in range(n)]


def _of(cells: Mapping[str, str], page: Page) -> Cells:
    """A row's cells without those that the server fills and those that the sheet does not show."""
    skipped = page.sheet.read_only_keys
    here = page.layout.columns
    return frozenset((c, text) for c, text in cells.items() if c in here and c not in skipped)


def next_number(key: str, taken: Collection[str]) -> str:
    """The next free number after a document's: JV-009 -> JV-010, a name without one -> name-2."""
    match = _NUMBERED.fullmatch(key)
    before, digits, after = match.groups() if match else (f"{key}-", "1", "")
    number = int(digits)
    while True:
        number += 1
        made = f"{before}{number:0{len(digits)}d}{after}"
        if made not in taken:
            return made
