"""Exact arithmetic on amounts: rounding to a step, sharing out exactly, canonical text."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from fractions import Fraction

_EXACT = Context(prec=120, traps=[DivisionByZero, Inexact, InvalidOperation])
_ONE = Decimal(1)
_CENT = Decimal("0.01")


def round_half_up(amount: Decimal, step: Decimal = _ONE) -> Decimal:
    """To the nearest multiple of `step`; a half goes away from zero (2.5 -> 3, -2.5 -> -3)."""
    whole, rest = _EXACT.divmod(amount.copy_abs(), step)
    return _times(amount, _EXACT.add(whole, int(_EXACT.add(rest, rest) >= step)), step)


def round_half_even(amount: Decimal, step: Decimal = _ONE) -> Decimal:
    """To the nearest multiple of `step`; a half goes to the even multiple (2.5 -> 2, 3.5 -> 4)."""
    whole, rest = _EXACT.divmod(amount.copy_abs(), step)
    twice = _EXACT.add(rest, rest)
    up = twice > step or (twice == step and _EXACT.remainder(whole, 2) == 1)
    return _times(amount, _EXACT.add(whole, int(up)), step)


def round_down(amount: Decimal, step: Decimal = _ONE) -> Decimal:
    """To the multiple of `step` next to `amount` on the side of zero (1,999 by 1,000 -> 1,000)."""
    return _times(amount, _EXACT.divmod(amount.copy_abs(), step)[0], step)


def allocate(
    amount: Decimal, weights: Sequence[Decimal], step: Decimal = _CENT
) -> tuple[Decimal, ...]:
    """Shares of `amount` by `weights`, each a multiple of `step`, that add up to it exactly.

    Largest remainder; of equal remainders the earlier share gets the odd step. Raises ValueError
    when the amount is no multiple of the step, a weight is negative or all of them are zero.
    """
    units = Fraction(amount) / Fraction(step)
    parts = [Fraction(w) for w in weights]
    total = sum(parts, Fraction(0))
    if units.denominator != 1 or total <= 0 or min(parts) < 0:
        raise ValueError("allocate takes a multiple of the step and weights, one of them positive")
    exact = [abs(units) * part / total for part in parts]
    shares = [int(e) for e in exact]
    left = int(abs(units)) - sum(shares)
    by_remainder = sorted(range(len(parts)), key=lambda i: shares[i] - exact[i])
    for i in by_remainder[:left]:
        shares[i] += 1
    return tuple(_times(amount, Decimal(share), step) for share in shares)


def text(amount: Decimal, scale: int = 2) -> str:
    """Canonical text with exactly `scale` decimals ("1250000.00").

    Raises ValueError when the amount has more decimals: round it first, nothing is lost unseen.
    """
    try:
        fixed = _EXACT.quantize(amount, _ONE.scaleb(-scale))
    except Inexact:
        raise ValueError(f"{amount} has more than {scale} decimals") from None
    return f"{fixed if fixed else fixed.copy_abs():f}"


def plain(amount: Decimal, scale: int = 4) -> str:
    """Canonical text of a quantity or rate: at most `scale` decimals, no zeros at the end ("2.5").

    Raises ValueError when the amount has more decimals.
    """
    fixed = text(amount, scale)
    return fixed.rstrip("0").rstrip(".") if scale else fixed


def _times(sign_of: Decimal, count: Decimal, step: Decimal) -> Decimal:
    """`count` steps with the sign of an amount; zero is never negative."""
    size = _EXACT.multiply(count, step)
    return size.copy_negate() if sign_of < 0 and size else size
