"""What must hold of every file at any time, and of all of them when everybody is done."""

from __future__ import annotations

from collections import defaultdict

from addin.shadow import Shadow, load
from sync_server.core.cursor import read_cursor
from tests.protocol.book import COLUMNS
from tests.protocol.file import SHEETS, PersonsFile
from tests.protocol.history import History

SECRET = b"k" * 32


def hold_of_file(file: PersonsFile, history: History) -> None:
    """Every promise about one file."""
    shadow = load(file.workbook)
    typed_values_never_vanish(file, history)
    if file.life != history.life:
        return  # it has not heard of the restore yet
    the_base_is_true(shadow, history)
    no_half_entry_stands_in_the_base(shadow)
    the_cursor_never_goes_back(file, shadow, history)


def typed_values_never_vanish(file: PersonsFile, history: History) -> None:
    """They are on the sheet, or were accepted, or were given up in Review."""
    rows = file.rows()
    for spot, typed in file.typed.items():
        for column, text in typed.cells.items():
            on_sheet = rows.get(spot, {}).get(column) == text
            kept = any((rid, column, text) in history.accepted for rid in typed.ids)
            assert on_sheet or kept, f"a typed value vanished: {column} {text} at {spot}"


def the_base_is_true(shadow: Shadow, history: History) -> None:
    """A base row at a commit is what the server had then; what is held has its old base."""
    for table, base in shadow.base.items():
        held = {rid for h in shadow.held.values() if h.table == table for rid in h.rows}
        for rid, row in base.items():
            if rid not in held:
                was = history.versions[rid].get(row.seq)
                assert row.cells == was, f"the base is not what the server had: {row} {was}"


def no_half_entry_stands_in_the_base(shadow: Shadow) -> None:
    """What a file believes of the server's entries sums to zero, but for held ones."""
    for table, base in shadow.base.items():
        waiting = [held for held in shadow.held.values() if held.table == table]
        held_rows = {rid for held in waiting for rid in held.rows}
        held_keys = {held.key for held in waiting}
        held_keys |= {row.cells.get("entry", "") for rid, row in base.items() if rid in held_rows}
        for conflict in (c for held in waiting for c in held.conflicts):
            sides = {conflict.base, conflict.theirs} if conflict.col == "entry" else set()
            held_keys |= {key for key in {*sides, conflict.cells.get("entry")} if key}
        sums: dict[str, int] = defaultdict(int)
        for row in base.values():
            sums[row.cells.get("entry", "")] += int(row.cells.get("amount", 0))
        halves = {entry for entry, amount in sums.items() if amount}
        assert halves <= held_keys, f"half an entry in the base: {halves}"


def the_cursor_never_goes_back(file: PersonsFile, shadow: Shadow, history: History) -> None:
    """Nor ahead of the server."""
    cursor = shadow.meta.get("cursor")
    position = read_cursor(cursor, SECRET).seq if cursor else 0
    assert file.position <= position <= history.head, "the cursor went back"
    file.position = position


def nobody_conflicts_with_himself(file: PersonsFile) -> None:
    """With one writer, whatever got lost, there is nothing to decide."""
    told = {line["What"] for line in file.review()} - {"Mistake"}
    assert not told, f"the only writer has conflicts: {told}"


def all_is_as_on_the_server(file: PersonsFile, history: History) -> None:
    """At the end: the same rows under the same ids, all marked as kept, nothing left to do."""
    rows = file.rows()
    ids = [cells.get("id") for cells in rows.values()]
    assert len(set(ids)) == len(ids), "two rows have one id"
    for key in SHEETS:
        table = f"tiny.{key}"
        here = {c["id"]: _values(c) for (k, _), c in rows.items() if k == key}
        wanted = {r: c for r, c in history.live().items() if history.tables[r] == table}
        assert here == wanted, f"the sheet is not the server's: {here} {wanted}"
    for cells in rows.values():
        newest = max(history.versions[cells["id"]])
        assert cells["status"] == f"✓ {newest}", f"a row is not marked as kept: {cells}"
    assert not load(file.workbook).outbox, "something is still to be sent"


def _values(cells: dict[str, str]) -> dict[str, str]:
    return {column: cells[column] for column in COLUMNS if column in cells}
