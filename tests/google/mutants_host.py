"""The host and what syncs over it, broken: random rounds must notice each of them.

`python -m tests.soak --only google` plays rounds until each is noticed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from addin import leases, runs
from addin.errors import AddinError
from addin.hosts.google import look, saving, workbook
from addin.hosts.google.errors import EffectUnknown
from addin.hosts.google.saving import Standing
from addin.hosts.google.workbook import GoogleWorkbook
from workbook_templates import row_ids


def nobody_looks_before_writing(patch: pytest.MonkeyPatch) -> None:
    """Rows are written where they stood when they were read."""
    patch.setattr(saving._Saving, "standing", lambda own, now: Standing.BEFORE)
    patch.setattr(saving._Saving, "is_moved", lambda own, now: False)


def nothing_is_taken_back(patch: pytest.MonkeyPatch) -> None:
    """What landed in moved rows stays there."""
    patch.setattr(saving._Saving, "_take_back", lambda own: None)


def an_unknown_effect_counts_as_done(patch: pytest.MonkeyPatch) -> None:
    """After a 503 the values are taken for written."""
    send = saving._Saving.send

    def sure(own: Any, now: Any) -> None:
        try:
            send(own, now)
        except EffectUnknown:
            return

    patch.setattr(saving._Saving, "send", sure)


def a_run_begins_with_what_was_read_before(patch: pytest.MonkeyPatch) -> None:
    """Where a person was faster the run goes on with the old rows."""
    patch.setattr(leases, "read_anew", lambda book: None)
    patch.setattr(runs, "undisturbed", lambda book, run: run())
    saved = saving.saved

    def forced(client: Any, spreadsheet: str, seen: Any, changes: Any) -> None:
        try:
            saved(client, spreadsheet, seen, changes)
        except AddinError:
            raise
        except Exception:
            return

    patch.setattr(workbook, "saved", forced)


def filtered_rows_are_not_read(patch: pytest.MonkeyPatch) -> None:
    """What a filter hides counts as deleted."""
    read = GoogleWorkbook.read

    def visible(own: GoogleWorkbook, sheet: str) -> Any:
        cells = read(own, sheet)
        hidden = own.hidden_rows(sheet)
        rows = [[] if n in hidden else line for n, line in enumerate(cells.rows, 1)]
        return replace(cells, rows=rows)

    patch.setattr(GoogleWorkbook, "read", visible)


def the_last_row_is_not_read(patch: pytest.MonkeyPatch) -> None:
    """A look ends a row too early."""
    cells = look._cells

    def shorter(block: Any) -> Any:
        return cells(block | {"rowData": block.get("rowData", [])[:-1]})

    patch.setattr(look, "_cells", shorter)


def copied_ids_stay(patch: pytest.MonkeyPatch) -> None:
    """Two rows with one id stay so."""
    patch.setattr(row_ids, "_release_copies", lambda ids, rows, base: {})


def a_run_is_saved_without_its_last_tab(patch: pytest.MonkeyPatch) -> None:
    """What is remembered in hidden tabs is not saved whole."""
    saved = saving.saved

    def less(client: Any, spreadsheet: str, seen: Any, changes: Any) -> None:
        changes.tabs.pop("_lajur_outbox", None)
        saved(client, spreadsheet, seen, changes)

    patch.setattr(workbook, "saved", less)


HOST_MUTANTS = (
    nobody_looks_before_writing,
    nothing_is_taken_back,
    an_unknown_effect_counts_as_done,
    a_run_begins_with_what_was_read_before,
    filtered_rows_are_not_read,
    the_last_row_is_not_read,
    copied_ids_stay,
    a_run_is_saved_without_its_last_tab,
)
