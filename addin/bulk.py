"""One decision for many conflicts: of a sheet, a row, a person, or where one side is blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from addin.copies import Copy
from addin.issues import shown
from addin.shadow import RESTORED, Held
from workbook_templates.locale import locale
from workbook_templates.wire import Conflict
from workbook_templates.words import Words

Open = tuple[Held, Conflict]
LINE = Words(
    "{place}: sebelumnya {base}, milik Anda {mine}, di pusat {theirs} ({by}) → {kept}",
    "{place}: before {base}, yours {mine}, central {theirs} ({by}) → {kept}",
)
KEPT = {
    "mine": Words("milik Anda", "yours"),
    "theirs": Words("milik mereka", "theirs"),
}


@dataclass(frozen=True, slots=True)
class Which:
    """Which conflicts are meant; what is left blank does not narrow. `empty`: where one side has
    a value and the other none.
    """

    sheet: str = ""
    row: int | None = None
    by: str = ""
    empty: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether not all are meant."""
        return self != Which()


ALL = Which()


def chosen(copy: Copy, which: Which) -> Iterator[Open]:
    """The open conflicts that are meant; what a restored server lost is decided by itself."""
    for held in list(copy.held.values()):
        for conflict in held.conflicts if held.status != RESTORED else ():
            if _is_meant(copy, held, conflict, which):
                yield held, conflict


def _is_meant(copy: Copy, held: Held, conflict: Conflict, which: Which) -> bool:
    page, row = copy.pages[held.table], copy.row(held.table, conflict.rid)
    names = (page.sheet.key, page.layout.worksheet, *page.sheet.title.all().values())
    one_blank = conflict.kind == "cell" and bool(conflict.mine) != bool(conflict.theirs)
    return (
        (not which.sheet or which.sheet.casefold() in {name.casefold() for name in names})
        and (which.row is None or (row is not None and row.number == which.row))
        and (not which.by or which.by.casefold() == conflict.by.casefold())
        and (not which.empty or one_blank)
    )


def told(copy: Copy, about: Open, what: str) -> str:
    """What a decision would do to one conflict, on one line."""
    held, conflict = about
    page, row = copy.pages[held.table], copy.row(held.table, conflict.rid)
    column = page.sheet.by_key.get(conflict.col or "")
    spoken, language = locale(copy.meta.get("locale") or "id-ID"), copy.language
    parts = (
        page.layout.worksheet,
        str(row.number) if row and row.number else "",
        column.heading[language] if column else "",
    )
    return LINE[language].format(
        place=" · ".join(part for part in parts if part),
        base=shown(column, conflict.base, spoken),
        mine=shown(column, conflict.mine, spoken),
        theirs=shown(column, conflict.theirs, spoken),
        by=conflict.by or "?",
        kept=KEPT[what][language],
    )
