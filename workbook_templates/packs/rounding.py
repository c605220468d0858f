"""Rounding as a pack states it: a step and a mode, prepared as one function of an amount."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from workbook_templates.money import round_down, round_half_even, round_half_up
from workbook_templates.packs.dated import FaultyPack

Rounding = Callable[[Decimal], Decimal]

MODES = {"down": round_down, "half_even": round_half_even, "half_up": round_half_up}


def rounding(rule: Mapping[str, str]) -> Rounding:
    """The rounding of a row such as {"step": "1000", "mode": "down"}. Raises `FaultyPack`."""
    if rule["mode"] not in MODES:
        raise FaultyPack(f"No rounding mode {rule['mode']}; there are {', '.join(MODES)}")
    mode, step = MODES[rule["mode"]], Decimal(rule["step"])
    return lambda amount: mode(amount, step)
