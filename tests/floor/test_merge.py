"""The three-way merge of one row."""

from hypothesis import assume, given
from hypothesis import strategies as st

from workbook_templates.merge import CellConflict, diff_cells, merge_cells
from workbook_templates.schema import Cells

FAMILY = (("amount", "currency"),)
COLUMNS = ("amount", "currency", "memo")
ROWS: st.SearchStrategy[Cells] = st.dictionaries(
    st.sampled_from(COLUMNS), st.sampled_from(["1", "2", "3", "", None])
)
FAMILIES = st.sampled_from([(), FAMILY])
Families = tuple[tuple[str, ...], ...]


def dense(cells: Cells) -> dict[str, str]:
    return {column: text for column, text in cells.items() if text}


def test_a_cell_that_nobody_else_touched_is_taken() -> None:
    merged = merge_cells({"memo": "a", "amount": "1"}, {"memo": ("a", "b")})
    assert merged.cells == {"memo": "b", "amount": "1"}
    assert merged.changed == {"memo": ("a", "b")}
    assert not merged.conflicts


def test_two_values_for_one_cell_are_a_conflict_and_the_cell_stays() -> None:
    merged = merge_cells({"memo": "b"}, {"memo": ("a", "c")})
    assert merged.cells == {"memo": "b"}
    assert merged.conflicts == (CellConflict("memo", "a", "c", "b"),)
    assert not merged.changed


def test_both_typed_the_same_is_no_conflict() -> None:
    merged = merge_cells({"memo": "b"}, {"memo": ("a", "b")})
    assert not merged.conflicts
    assert not merged.changed


def test_clearing_a_cell_removes_it_and_a_blank_has_one_meaning() -> None:
    merged = merge_cells({"memo": "a", "amount": None}, {"memo": ("a", None), "amount": ("", None)})
    assert merged.cells == {}
    assert merged.changed == {"memo": ("a", None)}


def test_an_amount_and_a_currency_changed_by_two_people_are_a_conflict() -> None:
    base = {"amount": "100", "currency": "USD"}
    changes = diff_cells(base, {"amount": "120", "currency": "USD"}, FAMILY)
    merged = merge_cells({"amount": "100", "currency": "EUR"}, changes, FAMILY)
    assert merged.cells == {"amount": "100", "currency": "EUR"}
    assert {c.column for c in merged.conflicts} == {"amount", "currency"}


def test_a_family_in_conflict_does_not_hold_back_other_cells() -> None:
    changes = {"amount": ("1", "2"), "currency": ("USD", "USD"), "memo": ("a", "b")}
    now = {"amount": "1", "currency": "EUR", "memo": "a"}
    merged = merge_cells(now, changes, FAMILY)
    assert merged.cells["memo"] == "b"
    assert merged.changed == {"memo": ("a", "b")}


def test_the_same_change_to_a_whole_family_is_no_conflict() -> None:
    changes = {"amount": ("1", "2"), "currency": ("USD", "EUR")}
    merged = merge_cells({"amount": "2", "currency": "EUR"}, changes, FAMILY)
    assert not merged.conflicts
    assert not merged.changed


def test_what_a_sender_only_knew_is_no_wish() -> None:
    merged = merge_cells({"memo": "b"}, {"memo": ("a", "a")})
    assert merged.cells == {"memo": "b"}
    assert not merged.conflicts


def test_a_new_row_sends_only_what_was_typed() -> None:
    assert diff_cells({}, {"amount": "1", "memo": ""}, FAMILY) == {"amount": (None, "1")}


@given(ROWS, ROWS, FAMILIES)
def test_a_diff_leads_from_one_row_to_the_other(base: Cells, mine: Cells, f: Families) -> None:
    merged = merge_cells(base, diff_cells(base, mine, f), f)
    assert merged.cells == dense(mine)
    assert not merged.conflicts
    assert merged.changed == diff_cells(base, mine)


@given(ROWS, ROWS, ROWS, FAMILIES)
def test_a_merge_repeated_changes_nothing(
    base: Cells, mine: Cells, now: Cells, f: Families
) -> None:
    changes = diff_cells(base, mine, f)
    once = merge_cells(now, changes, f)
    again = merge_cells(once.cells, changes, f)
    assert not again.changed
    assert again.cells == once.cells
    assert again.conflicts == once.conflicts


@given(ROWS, ROWS, ROWS, FAMILIES)
def test_two_edits_without_conflict_give_one_row_in_either_order(
    base: Cells, one: Cells, other: Cells, f: Families
) -> None:
    assume(base)  # nobody else has a row that is still to be made
    first, second = diff_cells(base, one, f), diff_cells(base, other, f)
    there = merge_cells(merge_cells(base, first, f).cells, second, f)
    back = merge_cells(merge_cells(base, second, f).cells, first, f)
    assert bool(there.conflicts) == bool(back.conflicts)
    if not there.conflicts:
        assert there.cells == back.cells


@given(ROWS, ROWS, ROWS, FAMILIES)
def test_nothing_is_overwritten_that_its_sender_did_not_know(
    base: Cells, mine: Cells, now: Cells, f: Families
) -> None:
    merged = merge_cells(now, diff_cells(base, mine, f), f)
    for column, (before, after) in merged.changed.items():
        assert before == (now.get(column) or None) == (base.get(column) or None)
        assert after == (mine.get(column) or None)
    for clash in merged.conflicts:
        assert clash.theirs != clash.mine
        assert merged.cells.get(clash.column) == clash.theirs


@given(ROWS, ROWS, ROWS)
def test_every_wish_is_kept_or_in_conflict_or_there_already(
    base: Cells, mine: Cells, now: Cells
) -> None:
    merged = merge_cells(now, diff_cells(base, mine, FAMILY), FAMILY)
    clashing = {c.column for c in merged.conflicts}
    for column, (_, wish) in diff_cells(base, mine).items():
        assert merged.cells.get(column) == wish or column in clashing
