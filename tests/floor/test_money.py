"""Exact arithmetic on amounts."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workbook_templates.money import (
    allocate,
    plain,
    round_down,
    round_half_even,
    round_half_up,
    text,
)

CENT = Decimal("0.01")
AMOUNTS = st.decimals(-(10**12), 10**12, places=6)
STEPS = st.sampled_from([Decimal(s) for s in ("0.01", "1", "5", "100", "1000", "0.25")])
WEIGHTS = st.lists(st.decimals(0, 10**6, places=3), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("amount", "step", "half_up", "half_even", "down"),
    [
        ("2.5", "1", "3", "2", "2"),
        ("-2.5", "1", "-3", "-2", "-2"),
        ("3.5", "1", "4", "4", "3"),
        ("1999", "1000", "2000", "2000", "1000"),
        ("1500", "1000", "2000", "2000", "1000"),
        ("2500", "1000", "3000", "2000", "2000"),
        ("0.125", "0.01", "0.13", "0.12", "0.12"),
        ("-0.4", "1", "0", "0", "0"),
    ],
)
def test_rounding_goes_to_the_step_that_its_name_says(
    amount: str, step: str, half_up: str, half_even: str, down: str
) -> None:
    number, by = Decimal(amount), Decimal(step)
    assert str(round_half_up(number, by)) == half_up
    assert str(round_half_even(number, by)) == half_even
    assert str(round_down(number, by)) == down


@given(AMOUNTS, STEPS)
def test_rounding_moves_an_amount_by_at_most_half_a_step_and_only_once(
    amount: Decimal, step: Decimal
) -> None:
    for rounding in (round_half_up, round_half_even):
        rounded = rounding(amount, step)
        assert rounded % step == 0
        assert abs(rounded - amount) * 2 <= step
        assert rounding(rounded, step) == rounded
    assert 0 <= abs(amount) - abs(round_down(amount, step)) < step


@given(AMOUNTS, STEPS)
def test_rounding_is_the_same_for_a_debit_and_for_a_credit(amount: Decimal, step: Decimal) -> None:
    for rounding in (round_half_up, round_half_even, round_down):
        assert rounding(-amount, step) == -rounding(amount, step)


def test_rounding_is_exact_beyond_28_digits() -> None:
    assert str(round_half_even(Decimal("1" * 30 + ".5"))) == "1" * 29 + "2"
    assert str(round_half_up(Decimal("-" + "1" * 30 + ".5"))) == "-" + "1" * 29 + "2"


def test_ten_rupiah_over_three_give_the_odd_one_to_the_first() -> None:
    shares = allocate(Decimal(10), [Decimal(1)] * 3, Decimal(1))
    assert shares == (Decimal(4), Decimal(3), Decimal(3))


def test_the_largest_remainder_gets_the_odd_cent() -> None:
    shares = allocate(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(4)])
    assert shares == (Decimal("16.67"), Decimal("16.67"), Decimal("66.66"))


@given(st.decimals(-(10**12), 10**12, places=2), WEIGHTS)
def test_shares_add_up_and_are_within_a_step_of_their_exact_part(
    amount: Decimal, weights: list[Decimal]
) -> None:
    total = sum(weights)
    assume(total > 0)
    shares = allocate(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - amount * weight / total) < CENT + Decimal("1e-9")


@pytest.mark.parametrize(
    ("amount", "weights"), [("1.005", [1]), ("1", []), ("1", [0, 0]), ("1", [2, -1])]
)
def test_what_cannot_be_shared_out_exactly_is_refused(amount: str, weights: list[int]) -> None:
    with pytest.raises(ValueError, match="allocate"):
        allocate(Decimal(amount), [Decimal(w) for w in weights])


def test_amounts_are_written_with_their_fixed_decimals() -> None:
    assert text(Decimal("1250000")) == "1250000.00"
    assert text(Decimal("1E+3")) == "1000.00"
    assert text(Decimal("-0.00")) == "0.00"
    assert text(Decimal("7"), 0) == "7"


def test_quantities_are_written_without_zeros_at_the_end() -> None:
    assert plain(Decimal("10.00")) == "10"
    assert plain(Decimal("2.5000")) == "2.5"
    assert plain(Decimal("100"), 0) == "100"
    assert plain(Decimal("-0.0")) == "0"


def test_writing_never_rounds_unseen() -> None:
    with pytest.raises(ValueError, match="more than 2 decimals"):
        text(Decimal("0.005"))
    with pytest.raises(ValueError, match="more than 4 decimals"):
        plain(Decimal("0.00001"))
