"""Row ids: making them, and what the repair makes of copied, pasted and sorted rows."""

import uuid
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_templates.row_ids import (
    are_too_many,
    is_row_id,
    make_id,
    new_id,
    repair,
    unshuffled,
)
from workbook_templates.schema import Cells

Row = tuple[str | None, Cells]


def known(number: int) -> str:
    """The id of the row with this number."""
    return f"00000000-0000-7000-8000-{number:012}"


def fresh() -> Callable[[], str]:
    """A maker of ids that gives the same ones in each run."""
    numbers = count(1)
    return lambda: f"ffffffff-0000-7000-8000-{next(numbers):012}"


def row(number: int, memo: str | None = None) -> Row:
    return known(number), {"memo": memo or f"row {number}", "amount": "1.00"}


BASE = {known(n): row(n)[1] for n in range(1, 7)}
ROWS = [row(n) for n in range(1, 7)]


def test_an_untouched_table_is_left_as_it_is() -> None:
    repaired = repair(ROWS, BASE, fresh())
    assert repaired.ids == list(BASE)
    assert not repaired.copied_from
    assert not repaired.reattached
    assert not repaired.shuffled
    assert repaired.missing == ()


def test_a_sorted_table_with_its_ids_is_left_as_it_is() -> None:
    repaired = repair(ROWS[::-1], BASE, fresh())
    assert repaired.ids == list(BASE)[::-1]
    assert repaired.shuffled == ()


def test_a_pasted_copy_above_its_original_gets_the_new_id_once_it_was_edited() -> None:
    rows = [row(1, "edited"), *ROWS]
    repaired = repair(rows, BASE, fresh())
    assert repaired.ids[1] == known(1)
    assert repaired.copied_from == {repaired.ids[0]: known(1)}


def test_of_two_equal_rows_the_topmost_keeps_the_id() -> None:
    repaired = repair([ROWS[0], ROWS[0], ROWS[0]], BASE, fresh())
    assert repaired.ids[0] == known(1)
    assert set(repaired.copied_from.values()) == {known(1)}
    assert len(set(repaired.ids)) == 3


@pytest.mark.parametrize("typed", [None, "", "1.2E+15", "abc", known(1) + " ", known(1)[:-1]])
def test_what_is_no_uuid_counts_as_no_id(typed: str | None) -> None:
    repaired = repair([(typed, {"memo": "new"})], {}, fresh())
    assert repaired.ids == ["ffffffff-0000-7000-8000-000000000001"]


def test_a_row_cut_and_pasted_without_its_id_gets_it_back() -> None:
    rows = [*ROWS[1:], (None, {**ROWS[0][1], "note": None})]
    repaired = repair(rows, BASE, fresh())
    assert repaired.ids[-1] == known(1)
    assert repaired.reattached == {5: known(1)}
    assert repaired.missing == ()


def test_a_row_that_equals_two_lost_rows_is_not_guessed() -> None:
    base = {known(1): {"memo": "same"}, known(2): {"memo": "same"}}
    repaired = repair([(None, {"memo": "same"})], base, fresh())
    assert repaired.reattached == {}
    assert repaired.missing == (known(1), known(2))


def test_a_retyped_row_whose_original_is_still_there_is_a_new_row() -> None:
    repaired = repair([*ROWS, (None, ROWS[0][1])], BASE, fresh())
    assert repaired.reattached == {}
    assert repaired.ids[-1] not in BASE


def test_three_rows_sorted_without_their_ids_are_reported_and_can_be_put_right() -> None:
    rows = [*ROWS[:3], *((known(n), row(m)[1]) for n, m in ((4, 6), (5, 4), (6, 5)))]
    repaired = repair(rows, BASE, fresh())
    assert repaired.shuffled == (3, 4, 5)
    assert repaired.ids == list(BASE)
    assert unshuffled(repaired, rows, BASE) == [known(n) for n in (1, 2, 3, 6, 4, 5)]


def test_two_rows_that_changed_places_are_an_ordinary_edit() -> None:
    rows = [(known(1), row(2)[1]), (known(2), row(1)[1]), *ROWS[2:]]
    assert repair(rows, BASE, fresh()).shuffled == ()


def test_rows_that_moved_down_by_one_are_no_permutation() -> None:
    rows = [(known(n), row(n - 1)[1]) for n in range(2, 7)]
    assert repair([row(1, "inserted"), *rows], BASE, fresh()).shuffled == ()


def test_a_column_filled_down_with_one_value_is_no_permutation() -> None:
    rows = [(known(n), row(1)[1]) for n in range(1, 7)]
    assert repair(rows, BASE, fresh()).shuffled == ()


def test_deleted_rows_are_missing_in_the_order_of_the_base() -> None:
    assert repair(ROWS[2:4], BASE, fresh()).missing == tuple(known(n) for n in (1, 2, 5, 6))


def test_more_than_ten_rows_and_five_percent_are_too_many_to_delete_unasked() -> None:
    small: dict[str, Cells] = {known(n): {} for n in range(20)}
    large: dict[str, Cells] = {known(n): {} for n in range(1000)}
    assert not are_too_many(list(small)[:10], small)
    assert are_too_many(list(small)[:11], small)
    assert not are_too_many(list(large)[:50], large)
    assert are_too_many(list(large)[:51], large)


SOME_IDS = st.one_of(st.none(), st.just("typed"), st.integers(1, 8).map(known))
SOME_CELLS = st.fixed_dictionaries({"memo": st.sampled_from(["a", "b", "c", "d", None])})
TABLES = st.lists(st.tuples(SOME_IDS, SOME_CELLS), max_size=12)
BASES = st.dictionaries(st.integers(1, 8).map(known), SOME_CELLS)


@given(TABLES, BASES)
def test_ids_are_unique_and_a_second_repair_changes_nothing(
    rows: list[Row], base: dict[str, Cells]
) -> None:
    first = repair(rows, base, fresh())
    assert first == repair(rows, base, fresh())
    assert len(set(first.ids)) == len(rows)
    assert all(map(is_row_id, first.ids))
    pairs = zip(first.ids, (cells for _, cells in rows), strict=True)
    again = repair([*pairs], base, fresh())
    assert again.ids == first.ids
    assert not again.copied_from
    assert not again.reattached


@given(TABLES, BASES)
def test_a_row_with_an_id_of_its_own_keeps_it(rows: list[Row], base: dict[str, Cells]) -> None:
    ids = [row_id for row_id, _ in rows]
    for (row_id, _), repaired in zip(rows, repair(rows, base, fresh()).ids, strict=True):
        if row_id is not None and is_row_id(row_id) and ids.count(row_id) == 1:
            assert repaired == row_id


@given(TABLES, BASES)
def test_shuffled_rows_put_right_hold_exactly_what_the_base_knows(
    rows: list[Row], base: dict[str, Cells]
) -> None:
    repaired = repair(rows, base, fresh())
    right = unshuffled(repaired, rows, base)
    assert sorted(right) == sorted(repaired.ids)
    for index in repaired.shuffled:
        assert base[right[index]] == rows[index][1]


@given(st.permutations(range(1, 7)))
def test_every_permutation_of_three_or_more_rows_is_found(order: list[int]) -> None:
    rows = [(known(n), row(m)[1]) for n, m in enumerate(order, 1)]
    moved = tuple(i for i, m in enumerate(order) if m != i + 1)
    assert repair(rows, BASE, fresh()).shuffled == (moved if len(moved) >= 3 else ())


@given(st.integers(0, 2**48 - 1), st.binary(min_size=10, max_size=10))
def test_a_new_id_is_a_uuid_of_version_7_that_carries_its_time(now_ms: int, noise: bytes) -> None:
    made = uuid.UUID(new_id(now_ms, noise))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == now_ms
    assert is_row_id(str(made))


def test_the_example_of_the_standard_is_met() -> None:
    """RFC 9562, appendix A.6."""
    random = (0xCC3 << 68 | 0x18C4DC0C0C07398F).to_bytes(10, "big")
    assert new_id(0x017F22E279B0, random) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_two_made_ids_differ() -> None:
    made = {make_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(map(is_row_id, made))


def test_too_few_random_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="10 random bytes"):
        new_id(0, b"short")
