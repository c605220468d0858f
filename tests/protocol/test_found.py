"""What random histories found, each as the shortest history that shows it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.protocol.central import central
from tests.protocol.lives import Lives
from tests.protocol.machine import Copies


@pytest.fixture
def copies() -> Iterator[Copies]:
    """Two synced copies of one entry; at the end everybody decides and has the same."""
    with central() as served:
        machine = Copies(served)
        machine.two_synced_copies(1)
        yield machine
        machine.teardown()


def test_when_the_server_comes_to_mean_the_same_a_conflict_is_over(copies: Copies) -> None:
    """The conflict told an older value of theirs, and that was put into the cell."""
    copies.two_edit_one_row(1, 0, 0, "a", "b")
    copies.edit_memo_of_whole_entry(0, 0, "a")
    copies.sync(0)
    copies.sync(1)
    assert {cells["memo"] for cells in copies.files[1].rows().values()} == {"a"}
    assert not copies.files[1].review()
    copies.the_promises_hold()


@pytest.mark.parametrize("word", ["Mine", "Theirs"])
def test_a_row_may_be_deleted_while_one_of_its_cells_waits_for_a_decision(
    copies: Copies, word: str
) -> None:
    """The decision then found no row, and left a base that the server never had."""
    copies.two_edit_one_row(1, 0, 0, "a", "b")
    copies.delete(1, 0, True)
    copies.sync(1)
    assert [line["What"] for line in copies.files[1].review()] == ["Changed centrally"]
    copies.decide(1, 0, word)
    copies.sync(1)
    copies.the_promises_hold()
    assert len(copies.history.live()) == (0 if word == "Mine" else 3)


@pytest.mark.parametrize("word", ["Mine", "Theirs"])
def test_a_decision_on_a_cell_may_come_after_its_row_was_deleted(copies: Copies, word: str) -> None:
    copies.two_edit_one_row(1, 0, 0, "a", "b")
    copies.delete(1, 0, True)
    copies.decide(1, 0, word)
    copies.sync(1)
    copies.the_promises_hold()
    assert len(copies.history.live()) == (0 if word == "Mine" else 3)


def test_what_i_deleted_and_they_edited_and_then_deleted_too_is_gone(copies: Copies) -> None:
    """The conflict outlived the row; "theirs" put it back where nobody else had it."""
    copies.delete(1, 0, True)
    copies.edit_memo(0, 0, "a")
    copies.race(1, 0)
    assert copies.files[1].review()
    copies.delete(0, 0, True)
    copies.sync(0)
    copies.sync(1)
    assert not copies.files[1].review()


def test_what_is_typed_after_the_decision_to_drop_is_not_dropped(copies: Copies) -> None:
    """Review told of another value; that one was dropped, and this one is a new change."""
    copies.two_edit_one_row(1, 0, 0, "a", "b")
    copies.decide(1, 0, "Drop my change")
    copies.edit_memo(1, 0, "typed later")
    copies.sync(1)
    assert "typed later" in {cells["memo"] for cells in copies.history.live().values()}


@pytest.mark.parametrize(("word", "units"), [("Theirs", ["x"] * 3), ("y", [*"xxxy"])])
def test_what_is_typed_back_to_what_was_given_up_is_given_up(
    copies: Copies, word: str, units: list[str]
) -> None:
    """Nobody could tell; what is typed otherwise is kept."""
    copies.add_entry(1, 1, False, "entries")
    copies.sync(1)
    copies.decide(1, 0, "Theirs")
    copies.edit_unit(1, 3, "y")
    copies.edit_unit(1, 3, "x" if word == "Theirs" else word)
    copies.sync(1)
    copies.the_promises_hold()
    assert sorted(cells["unit"] for cells in copies.files[1].rows().values()) == units


def test_a_person_may_restore_one_row_and_keep_the_others_as_new_ones(copies: Copies) -> None:
    copies.edit_memo_of_whole_entry(0, 0, "b")
    copies.one_edits_what_the_other_deletes(1, 0, 1, False, False)
    restored = copies.files[0].rows()["entries", 3]["id"]
    copies.decide(0, 1, "Restore row")
    for pick in (0, 2):
        copies.decide(0, pick, "Mine")
    copies.sync(0)
    copies.the_promises_hold()
    assert restored in copies.history.live()
    assert len(copies.history.live()) == 3


def test_review_tells_what_stands_in_the_cell_now(copies: Copies) -> None:
    copies.two_edit_one_row(1, 0, 0, "a", "b")
    copies.edit_memo(1, 0, "typed later")
    copies.sync(1)
    assert [line["Mine"] for line in copies.files[1].review()] == ["typed later"]


def test_a_base_that_was_read_line_by_line_and_written_anew_knows_its_last_line() -> None:
    """The next line was written over another one, and half an entry was left."""
    with central() as served:
        copies = Copies(served)
        copies.two_synced_copies(2)
        copies.add_entry(0, 2, True, "posted")
        copies.two_change_amounts_of_one_entry(0, 1, 3, 3, False)
        copies.mail(1)
        copies.delete(0, 4, True)
        copies.two_edit_one_row(2, 0, 4, "a", "b")
        copies.edit_memo(1, 4, "b")
        copies.copy_an_entry_under_a_new_number(0, 0)
        copies.add_entry(0, 1, True, "entries")
        copies.teardown()


def test_rows_whose_number_a_restore_changed_show_the_new_one() -> None:
    """The row went and came back, so that its number was that of a lost commit; its cells were the
    server's, and so it was not read from the sheet, nor its Status written.
    """
    with central() as served:
        lives = Lives(served)
        lives.two_synced_copies(2)
        lives.back_up_the_server()
        lives.edit_memo(0, 0, "a")
        lives.sync(0)
        lives.edit_memo(0, 0, "n")
        lives.sync(0)
        lives.put_the_database_back_by_hand(1)
        lives.edit_memo(1, 3, "b")
        lives.sync(1)
        lives.teardown()
