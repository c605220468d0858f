"""A spreadsheet in Google Sheets as a workbook of the port."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

from addin.hosts.base import Cell, SheetCells, SheetEdit, Table
from addin.hosts.errors import SheetMissing, TableMissing
from addin.hosts.google.addresses import area_of
from addin.hosts.google.changes import Changes, changed, put_edit, put_whole
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.look import Look, Place, Tab, look
from addin.hosts.google.saving import saved


class GoogleWorkbook:
    """A spreadsheet that people may have open at the same time.

    It is read in one call when it is first asked for, and again after `read_anew`; what `write` put
    there is sent by `save`, in one call that takes effect as a whole.
    """

    is_shared = True

    def __init__(self, client: SheetsClient, spreadsheet: str) -> None:
        self.client, self.id = client, spreadsheet
        self.name = client.titles.get(spreadsheet, spreadsheet)  # until its title is read
        self._look: Look | None = None
        self._changes = Changes()

    def read_anew(self) -> None:
        """Forget what was read and what was not saved."""
        self._look, self._changes = None, Changes()

    def sheets(self) -> list[str]:
        """Titles of the tabs in their order, hidden ones too; no tabs of charts."""
        return list(self._seen().tabs)

    def tables(self) -> dict[str, Table]:
        """The named ranges: Google's own tables lose what programs write into them."""
        seen, found = self._seen(), {}
        for one in seen.named:
            tab = seen.tab_of(int(one["range"].get("sheetId", 0)))
            if tab is not None:
                area = area_of(one["range"], tab.height, tab.width)
                bottom = self._changes.bottoms.get(one["name"].lower(), area.bottom)
                area = replace(area, bottom=bottom)
                found[one["name"]] = Table(one["name"], tab.title, area)
        return found

    def read(self, sheet: str) -> SheetCells:
        """All cells, with what was put there since."""
        tab = self._tab(sheet)
        if sheet in self._changes.tabs:
            tab = changed(tab, self._changes.tabs[sheet])
        uncalculated = frozenset(place for place in tab.formulas if tab.is_loading(place))
        height = max((row for row, _ in tab.raw), default=0)
        rows: list[list[Cell]] = [[] for _ in range(height)]
        for row, column in sorted(tab.raw.keys() - uncalculated):
            line = rows[row - 1]
            line.extend([None] * (column - 1 - len(line)))
            line.append(tab.cell((row, column)))
        return SheetCells(rows, dict(tab.formulas), tab.merged, uncalculated)

    def notes(self, sheet: str) -> dict[Place, str]:
        """Texts of the notes by place."""
        notes = self._tab(sheet).notes | self._changes.of(sheet).notes
        return {place: text for place, text in notes.items() if text}

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """The rows that a person does not see, by hand or by a filter that all see."""
        return self._tab(sheet).hidden_rows

    def tagged_sheets(self) -> dict[str, str]:
        """Titles of tabs by the tables that they are tagged as; of two copies the first."""
        tabs = reversed(self._seen().tabs.values())
        return {tab.table: tab.title for tab in tabs if tab.table}

    def tagged_columns(self, sheet: str) -> dict[str, int]:
        """Columns of a tab (1-based) by the keys that they are tagged with."""
        return dict(self._tab(sheet).columns)

    def write(self, edits: Sequence[SheetEdit]) -> None:
        """Note all edits, or none when one of them cannot be."""
        tables = {name.lower(): table.sheet for name, table in self.tables().items()}
        changes = deepcopy(self._changes)
        for edit in edits:
            tab = self._tab(edit.sheet)
            if edit.table is not None and tables.get(edit.table.lower()) != edit.sheet:
                raise TableMissing(name=self.name, table=edit.table)
            put_edit(changes, tab, edit, self.name)
        self._changes = changes

    def replace(self, sheet: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Make ``rows`` all that a tab has; only cells that differ are sent."""
        tab, changes = self._tab(sheet), deepcopy(self._changes)
        put_whole(changes, tab, rows, self.name)
        self._changes = changes

    def save(self) -> None:
        """Send what changed. Google keeps the former states itself (File > Version history).

        Raises `WorkbookChanged` when a person was faster: nothing of it took effect then.
        """
        if not self._changes:
            return
        seen, changes = self._seen(), self._changes
        self._look, self._changes = saved(self.client, self.id, seen, changes), Changes()

    def close(self) -> None:
        """Forget what was not saved."""
        self.read_anew()

    def _seen(self) -> Look:
        if self._look is None:
            self._look = look(self.client, self.id)
            self.name = self._look.title
        return self._look

    def _tab(self, sheet: str) -> Tab:
        tabs = self._seen().tabs
        if sheet not in tabs:
            raise SheetMissing(name=self.name, sheet=sheet)
        return tabs[sheet]
