"""Two people edit one spreadsheet while it is synced over bad lines: nothing is lost.

`python -m tests.soak --only rounds` plays more of them; what remains is in docs/reliability.md.
"""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from addin.hosts.google import saving
from addin.hosts.google.changes import Changes
from tests.google.rounds import Round, played
from tests.google.shared_sheet import type_an_entry
from tests.google_emulator.calls import Request
from tests.protocol.central import central

EACH = 5


@pytest.mark.parametrize("first", range(0, 30, EACH))
def test_what_people_type_into_a_shared_spreadsheet_is_never_lost(first: int) -> None:
    with central() as served:
        for seed in range(first, first + EACH):
            assert played(served, seed)["last sync"]


@pytest.mark.parametrize("seed", [7, 21, 62, 114, 118, 218, 277])
def test_nothing_is_lost_even_where_hands_never_rest(seed: int) -> None:
    with central() as served:
        assert played(served, seed, hand_calls=0)["last sync"]


def test_who_copies_a_row_while_a_value_is_taken_back_copies_what_was_typed_there() -> None:
    with central() as served:
        assert played(served, seed=239)["last sync"]


def test_who_deletes_a_row_in_the_moment_in_which_ours_stands_in_it_deletes_what_it_said() -> None:
    with central() as served:
        assert played(served, seed=292)["last sync"]


def test_a_row_of_which_one_cell_was_left_is_known_again_though_somebody_typed_into_it() -> None:
    with central() as served:
        assert played(served, seed=911)["last sync"]


@pytest.mark.parametrize("deleted", [1, 2])
def test_only_who_deleted_a_cell_that_was_blanked_gave_up_what_it_said(deleted: int) -> None:
    with central() as served:
        one = Round(served, seed=1)
        sheet = one.sheet
        sheet.hands(lambda: type_an_entry(sheet))
        memo, before = sheet.rows()[1]["memo"], sheet.tab().cells
        sheet.do("erase", "F2")  # by nobody's hands: as the worker does
        sheet.written(before)
        sheet.hands(lambda: sheet.do("copy", sheet.whole(1), to="A6", cut=True))
        sheet.hands(lambda: sheet.do("sort", "A2:F6", column=sheet.columns()["amount"]))
        first = next(n for n, cells in sheet.rows().items() if "memo" not in cells)
        row = first if deleted == 1 else 3 - first
        sheet.hands(lambda: sheet.do("delete", f"A{row + 1}:A{row + 1}"))
        assert (memo in sheet.typed) == (deleted == 2)


@pytest.mark.parametrize(("copied", "doubled"), [(1, False), (2, True)])
def test_only_who_copied_the_cell_may_find_twice_what_was_beneath_it(
    copied: int, doubled: bool
) -> None:
    with central() as served:
        one = Round(served, seed=1)
        sheet = one.sheet
        sheet.hands(lambda: type_an_entry(sheet))
        memo, before = sheet.rows()[1]["memo"], sheet.tab().cells
        sheet.do("type", "F2", text="c")  # by nobody's hands: as the worker does
        sheet.written(before)
        sheet.hands(lambda: sheet.do("copy", sheet.whole(copied), to="A4"))
        for cell in ("F2", "F4"):
            sheet.do("type", cell, text=memo)
        with pytest.raises(AssertionError, match=memo) if doubled else nullcontext():
            one.hold()


def test_without_taking_back_a_round_loses_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "back_again", lambda landed, now: Changes())
    with central() as served, pytest.raises(AssertionError, match="typed texts vanished"):
        played(served, seed=4)


def test_a_round_is_the_same_each_time_so_that_its_seed_tells_all() -> None:
    told = []
    for _ in range(2):
        with central() as served:
            one = Round(served, seed=14)
            one.play()
            told.append((one.told, one.history.rows))
    assert told[0] == told[1]


def test_who_moves_rows_at_a_save_and_again_at_its_taking_back_loses_nothing() -> None:
    with central() as served:
        one = Round(served, seed=1)
        one.sheet.hands(lambda: type_an_entry(one.sheet))
        one.sync_sheet()
        one.colleague_adds()
        one.sheet.hands(lambda: type_an_entry(one.sheet))
        writes = 0

        def move(call: Request) -> None:
            nonlocal writes
            writes += call.path.endswith(":batchUpdate")
            if call.path.endswith(":batchUpdate") and writes <= 2:
                one.sheet.hands(lambda: one.sheet.do("insert", "A2:A2"))

        one.sheet.wire.before = move
        before = one.sheet.tokens()
        one.sync_sheet()
        one.hold()
        assert writes > 2
        assert before <= one.sheet.tokens()
        one.converge()
