"""What the year's earlier pay runs paid and withheld, for the last tax period of employees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.payroll.periods import months_before
from workbook_templates.packs.pay import ZERO, YearToDate
from workbook_templates.schema import Known, Line

SLIPS = "payroll.slips"
FEW = 50  # so many leavers are asked for one by one; a whole staff in one question
UNITS = 4  # Totals are in 1/10,000
CENT = Decimal("0.01")

Months = Mapping[str, Sequence[int]]  # period -> taxable, deductible, withheld, in units


@dataclass(frozen=True, slots=True)
class Finished:
    """An employee whose last tax period is computed; `stated` is his row of the sheet tax_years."""

    employee: Line
    stated: Line | None


def years_to_date(
    known: Known, period: str, finished: Sequence[Finished], unit: Decimal
) -> dict[str, YearToDate]:
    """Employee -> the year before `period`, from payslips and what is stated as opening.

    Runs are posted in order, so that every payslip of an earlier period is final.
    """
    names = [one.employee.text("employee") for one in finished]
    sums = _sums(known, period, names)
    return {
        name: _year(sums.get(name, {}), period, one, unit)
        for name, one in zip(names, finished, strict=True)
    }


def _sums(known: Known, period: str, names: Sequence[str]) -> dict[str, dict[str, Sequence[int]]]:
    earlier = months_before(period, None)
    found: dict[str, dict[str, Sequence[int]]] = defaultdict(dict)
    if not earlier or not names:
        return found
    first, last = {"period": earlier[0]}, {"period": earlier[-1]}
    narrowed = [{"employee": name} for name in names] if len(names) <= FEW else [None]
    for equal in narrowed:
        sums = known.totals(SLIPS, ("employee", "period"), equal, first, last)
        for (employee, month), amounts in sums.items():
            found[employee][month] = amounts
    return found


def _year(months: Months, period: str, one: Finished, unit: Decimal) -> YearToDate:
    deductible = sum((_amount(m[1]) for m in months.values()), ZERO)
    withheld = sum((_amount(m[2]) for m in months.values()), ZERO)
    periods = months_before(period, one.employee["joined"])
    gross = {month: _amount(months[month][0]) if month in months else None for month in periods}
    stated = one.stated
    if stated is None:
        filled = tuple(amount or ZERO for amount in gross.values())
        return YearToDate(filled, deductible, withheld)
    return YearToDate(
        gross_by_month=_with_opening(gross, stated["opening_gross"] or ZERO, unit),
        deductible=deductible + (stated["opening_deductible"] or ZERO),
        withheld=withheld + (stated["opening_tax"] or ZERO),
        previous_net=stated["previous_net"] or ZERO,
        previous_tax=stated["previous_tax"] or ZERO,
        resident_months=stated["resident_months"] or 12,
    )


def _with_opening(
    gross: Mapping[str, Decimal | None], opening: Decimal, unit: Decimal
) -> tuple[Decimal, ...]:
    """Gross by month; what was paid before the first pay run is shared by the months without."""
    known = {month: amount or ZERO for month, amount in gross.items()}
    if opening and known:
        without = [month for month, amount in gross.items() if amount is None] or list(known)
        step = unit if opening % unit == 0 else CENT
        shares = money.allocate(opening, [Decimal(1)] * len(without), step)
        for month, share in zip(without, shares, strict=True):
            known[month] += share
    return tuple(known.values())


def _amount(units: int) -> Decimal:
    return Decimal(units).scaleb(-UNITS)
