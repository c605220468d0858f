"""A change that is wrong only together with another's says with whose it was merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sync_server.core.access import Author
from tests.scenarios.central_copy import CentralCopy
from workbook_templates import wire
from workbook_templates.books import book
from workbook_templates.limits import Limit
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells

JOURNAL = "ledger.journal"
HEAD = {"entry": "J1", "date": "2026-05-03"}
RENT: Sequence[Cells] = (
    {**HEAD, "account": "61200", "debit": "100.00"},
    {**HEAD, "account": "11110", "credit": "100.00"},
)


@pytest.fixture
def central() -> CentralCopy:
    """A company with two accounts and one entry of 100."""
    central = CentralCopy(book("ledger"))
    accounts = [
        {"code": "61200", "name": "Rent", "type": "expense"},
        {"code": "11110", "name": "Cash", "type": "asset"},
    ]
    periods = [{"period": "2026-05", "status": "open"}]
    central.lay({"ledger.accounts": accounts, "ledger.periods": periods, JOURNAL: RENT})
    return central


def raise_both_lines(central: CentralCopy) -> wire.Group:
    """The entry at 150, as somebody sends it who has read it at 100."""
    lines = zip(central.rows(JOURNAL, "J1"), ("debit", "credit"), strict=True)
    ops = [
        wire.Op("put", JOURNAL, row.id, {side: (row.cells[side], "150.00")}, seq=row.seq)
        for row, side in lines
    ]
    return wire.Group(make_id(), JOURNAL, "J1", tuple(ops))


def raise_the_debit_and_add_a_line(central: CentralCopy) -> wire.Result:
    """The entry at 150 too, in another way."""
    first = central.rows(JOURNAL, "J1")[0]
    raised = wire.Op("put", JOURNAL, first.id, {"debit": ("100.00", "150.00")}, seq=first.seq)
    line = {"entry": "J1", "account": "11110", "credit": "50.00"}
    added = wire.Op("put", JOURNAL, make_id(), {c: (None, text) for c, text in line.items()})
    return central.push([wire.Group(make_id(), JOURNAL, "J1", (raised, added))])[0]


def as_read_at(central: CentralCopy, head: int) -> Author:
    return replace(central.author, name="Budi", head=head)


def test_it_names_the_rows_that_others_changed_and_whose_change_that_was(
    central: CentralCopy,
) -> None:
    mine, head = raise_both_lines(central), central.head
    theirs = raise_the_debit_and_add_a_line(central)
    assert theirs.status == "applied"
    central.author, rini = as_read_at(central, head), central.author.name
    refused = central.push([mine])[0]
    assert (refused.status, refused.errors[0].code) == ("invalid", "unbalanced")
    first, _, third = central.rows(JOURNAL, "J1")
    told = {(one.rid, one.seq, one.by) for one in refused.merged_with}
    assert told == {(first.id, theirs.seq, rini), (third.id, theirs.seq, rini)}
    again = central.push([mine])[0]
    assert (again.replayed, again.merged_with) == (True, refused.merged_with)


def test_who_does_not_say_how_far_they_read_hears_of_the_rows_that_they_name(
    central: CentralCopy,
) -> None:
    mine = raise_both_lines(central)
    raise_the_debit_and_add_a_line(central)
    first = central.rows(JOURNAL, "J1")[0]
    assert [one.rid for one in central.push([mine])[0].merged_with] == [first.id]


def test_a_mistake_of_ones_own_is_merged_with_nothing(central: CentralCopy) -> None:
    raise_the_debit_and_add_a_line(central)
    central.author = as_read_at(central, central.head)
    row = central.rows(JOURNAL, "J1")[0]
    op = wire.Op("put", JOURNAL, row.id, {"debit": ("150.00", "160.00")}, seq=row.seq)
    refused = central.push([wire.Group(make_id(), JOURNAL, "J1", (op,))])[0]
    assert (refused.status, refused.merged_with) == ("invalid", ())


def test_who_sees_only_some_rows_is_told_nothing_of_it(central: CentralCopy) -> None:
    mine, head = raise_both_lines(central), central.head
    raise_the_debit_and_add_a_line(central)
    limit = Limit(JOURNAL, ("account",), ("11110", "61200"))
    central.author = replace(as_read_at(central, head), only=(limit,))
    refused = central.push([mine])[0]
    assert (refused.status, refused.merged_with) == ("invalid", ())
