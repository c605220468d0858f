"""The sheet Review of a spreadsheet that several people have open: reading it, deciding."""

from __future__ import annotations

from addin.shadow import load
from tests.google.shared_sheet import Cells, SharedSheet, text_of
from tests.google_emulator.a1 import letters

REVIEW = 3  # the sheet's id, which no renaming changes


def review(sheet: SharedSheet) -> list[tuple[int, Cells]]:
    """The lines of Review that wait for a decision: row and cells by heading."""
    tab = sheet.tab(REVIEW)
    heads = {c.value: at[1] for at, c in tab.cells.items() if at[0] == 0 and c.value}
    waiting = len(load(sheet.opened()).review)
    found = []
    for row in range(1, tab.rows):
        line = {str(h): text_of(v) for h, c in heads.items() if (v := tab.cell(row, c).value)}
        if line.get("#", "").isdigit() and int(line["#"]) <= waiting:
            found.append((row, line))
    return found


def decide(sheet: SharedSheet, row: int, line: Cells, word: str) -> None:
    """Types a decision; who decides against what was typed does not miss it."""
    if word not in ("Mine", "Restore row"):
        shadow = load(sheet.opened())
        rid = shadow.review[int(line["#"]) - 1].rid or ""
        held = {r for h in shadow.held.values() if rid in h.rows for r in h.rows} | {rid}
        for cells in sheet.rows().values():
            if cells.get("id") in held:
                sheet.typed -= set(cells.values())
        sheet.typed.discard(line.get("Mine", ""))
    heads = sheet.tab(REVIEW).cells
    column = next(at[1] for at, c in heads.items() if at[0] == 0 and c.value == "Decision")
    sheet.hands(lambda: sheet.do("type", f"{letters(column)}{row + 1}", REVIEW, text=word))
