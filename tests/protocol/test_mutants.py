"""A rule that no test can miss is not tested: each is broken, and its story goes wrong.

The stories are the shortest that show why a rule is there. `python -m tests.soak --mutants` lets
the random histories find each of them too.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.protocol.central import central
from tests.protocol.line import Fault
from tests.protocol.lives import Lives
from tests.protocol.machine import Copies
from tests.protocol.mutants import MUTANTS, Mutant

REPLY_NEVER_COMES = [Fault.NONE, Fault.REPLY_LOST, Fault.REPLY_LOST, Fault.REPLY_LOST]


def no_mid_dedupe(m: Copies) -> None:
    """A, then B, then A again; and then the network brings the first request once more."""
    for memo in ("a", "n"):
        m.edit_memo(0, 0, memo)
        m.sync(0)
    for pick in range(len(m.central.line.pushes)):
        m.the_network_repeats_an_old_request(pick)


def last_writer_wins(m: Copies) -> None:
    m.two_edit_one_row(0, 1, 0, "a", "b")


def not_atomic(m: Copies) -> None:
    m.add_entry(0, 1, False, "entries")
    m.sync(0)


def validate_ops_only(m: Copies) -> None:
    """Both move an amount to the same row; one of them has deleted the row it came from."""
    m.delete(1, 0, False)
    m.sync(1)


def edit_resurrects(m: Copies) -> None:
    m.one_edits_what_the_other_deletes(0, 1, 0, True, False)


def blind_delete(m: Copies) -> None:
    m.one_edits_what_the_other_deletes(0, 1, 0, True, True)


def audit_hole(m: Copies) -> None:
    m.add_entry(0, 1, True, "entries")
    m.sync(0)


def keep_pasted_ids(m: Copies) -> None:
    m.copy_an_entry_under_a_new_number(0, 0)
    m.sync(0)


def cursor_from_push(m: Copies) -> None:
    m.edit_memo(0, 0, "a")
    m.add_entry(1, 1, True, "entries")
    m.race(0, 1)


def pull_overwrites_dirty(m: Copies) -> None:
    m.edit_memo(0, 0, "a")
    m.edit_memo(1, 0, "b")
    m.sync(1)
    m.sync(0)


def skip_a_page(m: Copies) -> None:
    for _ in range(2):
        m.add_entry(0, 1, True, "entries")
    m.sync(0)
    m.sync(1)


def purge_without_floor(m: Copies) -> None:
    m.delete(0, 0, True)
    m.sync(0)
    m.add_entry(0, 1, True, "entries")
    m.sync(0)
    m.compact(0)
    m.sync(1)


def what_is_typed_while_the_reply_is_lost(m: Copies) -> None:
    m.edit_memo(0, 0, "a")
    m.sync_over_a_bad_line(0, 0, REPLY_NEVER_COMES)
    m.edit_memo(0, 0, "b")
    m.sync(0)


def pull_while_fate_unknown(m: Copies) -> None:
    """Mine landed, its reply was lost, and the other one has built upon it."""
    m.edit_memo(0, 0, "a")
    m.sync_over_a_bad_line(0, 0, REPLY_NEVER_COMES)
    m.sync(1)
    m.edit_memo(1, 0, "b")
    m.sync(1)
    m.sync(0)


def apply_page_by_page(m: Copies) -> None:
    """An entry changed between two others: its rows are on two pages, and power goes between."""
    for _ in range(2):
        m.add_entry(0, 1, True, "entries")
        m.sync(0)
    m.edit_amount(0, 3, 1, True)
    m.sync(0)
    m.sync_and_lose_power_at_a_save(1, 0, 1)


def answer_only_my_rows(m: Copies) -> None:
    m.two_change_amounts_of_one_entry(0, 1, 0, 2, True)
    m.edit_amount(0, 0, 1, True)
    m.sync(0)


def nothing_is_offered_back(m: Lives) -> None:
    m.back_up_the_server()
    m.edit_memo(0, 0, "a")
    m.add_entry(0, 1, True, "entries")
    m.sync(0)
    m.restore_the_server(0)


def restored_by_hand_unseen(m: Lives) -> None:
    """The file has nothing to send and believes that there is nothing new."""
    m.back_up_the_server()
    m.edit_memo(0, 0, "a")
    m.sync(0)
    m.put_the_database_back_by_hand(0)
    assert m.files[0].review(), "nobody noticed that the server lost a change"


def purged_ids_are_used_again(m: Lives) -> None:
    """An older version of the file has a refused entry that was mended, sent and deleted since."""
    m.add_entry(0, 1, False, "entries")
    m.sync(0)
    m.keep_a_backup(0)
    m.edit_amount(0, 3, 1, False)
    m.sync(0)
    m.delete(0, 3, True)
    m.sync(0)
    m.compact(0)
    m.go_back_to_the_backup()
    m.edit_amount(0, 3, 1, False)
    m.sync(0)


STORIES: dict[str, Callable[[Lives], None]] = {
    "no_mid_dedupe": no_mid_dedupe,
    "last_writer_wins": last_writer_wins,
    "not_atomic": not_atomic,
    "validate_ops_only": validate_ops_only,
    "edit_resurrects": edit_resurrects,
    "blind_delete": blind_delete,
    "audit_hole": audit_hole,
    "keep_pasted_ids": keep_pasted_ids,
    "cursor_from_push": cursor_from_push,
    "pull_overwrites_dirty": pull_overwrites_dirty,
    "skip_a_page": skip_a_page,
    "purge_without_floor": purge_without_floor,
    "mid_per_sheet_not_frozen": what_is_typed_while_the_reply_is_lost,
    "apply_page_by_page": apply_page_by_page,
    "base_from_payload": what_is_typed_while_the_reply_is_lost,
    "answer_only_my_rows": answer_only_my_rows,
    "self_conflict": what_is_typed_while_the_reply_is_lost,
    "pull_while_fate_unknown": pull_while_fate_unknown,
    "nothing_is_offered_back": nothing_is_offered_back,
    "restored_by_hand_unseen": restored_by_hand_unseen,
    "purged_ids_are_used_again": purged_ids_are_used_again,
}

every_mutant = pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)


def tell(name: str) -> None:
    """Play a story from two synced copies to the end at which all have the same."""
    with central() as served:
        machine = Lives(served)
        machine.two_synced_copies(1)
        machine.the_promises_hold()
        STORIES[name](machine)
        machine.the_promises_hold()
        machine.teardown()


@every_mutant
def test_the_story_of_a_rule_ends_well(mutant: Mutant) -> None:
    tell(mutant.__name__)


@every_mutant
def test_without_the_rule_its_story_breaks_a_promise(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        tell(mutant.__name__)
