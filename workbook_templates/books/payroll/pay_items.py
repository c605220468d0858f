"""What each employee is paid in a month by agreement: recurring pay by the day, and inputs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.payroll.payslip import Component, Item
from workbook_templates.books.payroll.periods import Span
from workbook_templates.packs.pay import ZERO
from workbook_templates.schema import Line


def recurring_items(
    rows: Iterable[Line],
    components: Mapping[str, Component],
    month: Span,
    employed: Span,
    unit: Decimal,
) -> list[Item]:
    """Recurring pay of one employee, in the order of the component codes.

    A row holds from its first day to its last, or until the next row of the component begins.
    Prorated pay is shared by calendar days of employment; each part is rounded half up to `unit`.
    What is not prorated is the amount that holds last. Contributions are due on the wage of a
    whole month.
    """
    series: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        series[row.text("component")].append(row)
    items: list[Item] = []
    for code in sorted(series):
        component = components.get(code)
        if component is not None:
            items += _items(component, held(series[code], employed), month, unit)
    return items


def held(rows: Sequence[Line], employed: Span) -> list[tuple[Line, Span]]:
    """The rows of one component that hold on days of `employed`, each with those days."""
    ordered = sorted(rows, key=lambda row: row.text("from"))
    followers: list[date | None] = [row["from"] for row in ordered[1:]]
    found = []
    for row, follower in zip(ordered, [*followers, None], strict=True):
        ends = [day for day in (row["to"], _day_before(follower)) if day is not None]
        days = employed.cut(row["from"], min(ends, default=None))
        if days.days:
            found.append((row, days))
    return found


def input_items(rows: Iterable[Line], components: Mapping[str, Component]) -> list[Item]:
    """What is paid or deducted once in the month."""
    items = []
    for row in sorted(rows, key=lambda row: row.text("component")):
        component = components.get(row.text("component"))
        if component is not None:
            amount = row["amount"] or ZERO
            items.append(Item(component, amount, amount if component.insured else ZERO))
    return items


def _items(
    component: Component, parts: Sequence[tuple[Line, Span]], month: Span, unit: Decimal
) -> list[Item]:
    if not parts:
        return []
    last = parts[-1][0]["amount"] or ZERO
    amount = last
    if component.prorated:
        amount = sum((_share(row, days, month, unit) for row, days in parts), ZERO)
    return [Item(component, amount, ZERO if component.insured is False else last)]


def _share(row: Line, days: Span, month: Span, unit: Decimal) -> Decimal:
    amount: Decimal = row["amount"] or ZERO
    if days == month:
        return amount
    return money.round_half_up(amount * days.days / month.days, unit)


def _day_before(day: date | None) -> date | None:
    return None if day is None else date.fromordinal(day.toordinal() - 1)
