"""Additive totals: which sums a row adds to, in integers of 1/10,000."""

from __future__ import annotations

from workbook_templates.schema import Cells, Totals

SCALE = 4


def scaled(text: str | None) -> int:
    """Canonical decimal text in 1/10,000: "1250.5" -> 12505000; a blank is nothing."""
    if not text:
        return 0
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(SCALE, "0")) if len(part) <= SCALE else _too_fine(text)


def by_values(totals: Totals, cells: Cells) -> tuple[str, ...]:
    """The group of sums to which a row belongs; "date:month" takes YYYY-MM of the date."""
    return tuple(
        (cells.get(name[:-6]) or "")[:7] if name.endswith(":month") else cells.get(name) or ""
        for name in totals.by
    )


def amounts(totals: Totals, cells: Cells) -> tuple[int, ...]:
    """What a row adds to its sums."""
    return tuple(scaled(cells.get(name)) for name in totals.of)


def _too_fine(text: str) -> int:
    raise ValueError(f"{text} has more than {SCALE} decimals and cannot be summed")
