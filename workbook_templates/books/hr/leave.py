"""Annual leave as a ledger: what was granted, taken and lapsed, replayed in order of days.

Each leave day uses the grant that lapses first of those valid on it, so a leave across the end
of carried days takes from two grants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbook_templates.books.hr.work_days import (
    EVERY_DAY,
    ONE_DAY,
    WorkCalendar,
    add_months,
    calendar_of,
)
from workbook_templates.packs import pack
from workbook_templates.schema import Known, Line

REQUESTS = "hr.leave_requests"
GRANTS = "hr.leave_grants"
ATTENDANCE = "hr.attendance"
FIVE_DAYS = "5"
NOT_TAKEN = ("refused", "cancelled")
ONE = Decimal(1)
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Grant:
    """Days that may be taken from `first` to `last`."""

    first: date
    last: date
    days: Decimal


@dataclass(frozen=True, slots=True)
class Taking:
    """Part or all of one day of leave."""

    day: date
    days: Decimal


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the leave ledger; `kind` is granted, taken, expired or short (taken, not held)."""

    day: date
    kind: str
    days: Decimal


@dataclass(frozen=True, slots=True)
class Balance:
    """The leave ledger between two days; `closing` is below zero where more was taken than held."""

    opening: Decimal
    granted: Decimal
    taken: Decimal
    expired: Decimal

    @property
    def closing(self) -> Decimal:
        return self.opening + self.granted - self.taken - self.expired


def is_live(request: Line) -> bool:
    """Whether a leave request counts: it is complete, in order, and not refused or cancelled."""
    first, last = request["from"], request["to"]
    return bool(first and last and first <= last and request.text("status") not in NOT_TAKEN)


def counted_days(request: Line, employee: Line, calendar: WorkCalendar) -> list[date]:
    """The work days from the first to the last day of a request."""
    return calendar.work_days(request["from"], request["to"], week_of(employee))


def week_of(employee: Line) -> str:
    """The work week of an employee; five days unless the file says otherwise."""
    return employee.text("week") or FIVE_DAYS


def ledger(
    employee: Line,
    known: Known,
    until: date,
    requests: Iterable[Line] | None = None,
    grants: Iterable[Line] | None = None,
) -> list[Entry]:
    """The annual leave of one employee in order of days, until that day and the last day taken.

    `requests` and `grants` stand in for the rows that are known, to ask "what if".
    """
    code = employee.text("employee")
    if requests is None:
        requests = known.where(REQUESTS, "employee", code)
    if grants is None:
        grants = known.where(GRANTS, "employee", code)
    rows = [line for line in grants if line["from"] and line["to"] and line["days"] is not None]
    calendar = calendar_of(known)
    takings = [*_requested(employee, requests, calendar), *_taken_back(rows)]
    horizon = max([until, *(taking.day for taking in takings)])
    granted = [*_by_row(rows), *_by_law(employee, rows, horizon, known.company.pack)]
    takings += _collective(employee, granted, calendar, known)
    return sorted(_replay(granted, takings), key=lambda entry: entry.day)


def balance(entries: Iterable[Entry], first: date, last: date) -> Balance:
    """What the ledger says from first to last; leave taken without a grant counts as taken."""
    opening = NONE
    sums = {"granted": NONE, "taken": NONE, "expired": NONE}
    for entry in entries:
        kind = "taken" if entry.kind == "short" else entry.kind
        if entry.day < first:
            opening += entry.days if kind == "granted" else -entry.days
        elif entry.day <= last:
            sums[kind] += entry.days
    return Balance(opening, **sums)


def shortage(entries: Iterable[Entry]) -> Decimal:
    """Days taken on which no grant was left."""
    return sum((entry.days for entry in entries if entry.kind == "short"), NONE)


def first_right(employee: Line, country: str) -> date:
    """The day from which the law gives annual leave (UU 13/2003 Pasal 79 ayat (3))."""
    joined = employee["joined"]
    return add_months(joined, int(legal_leave(country, joined)["after_months"]))


def legal_leave(country: str, day: date) -> dict[str, str]:
    """`days` a year and `after_months` of service; the oldest known rule serves earlier days.

    A country whose pack has no such rule gives none.
    """
    table = pack(country).tables.get("annual_leave")
    if table is None:
        return {"days": "0", "after_months": "0"}
    return dict((table.find(day) or table.rows[0]).value)


def _requested(
    employee: Line, requests: Iterable[Line], calendar: WorkCalendar
) -> Iterator[Taking]:
    for request in requests:
        if request.text("kind") != "annual" or not is_live(request):
            continue
        days = counted_days(request, employee, calendar)
        left = request["days"] if request["days"] is not None else Decimal(len(days))
        for day in days:
            part = min(ONE, left)
            if part > 0:
                yield Taking(day, part)
            left -= part


def _taken_back(rows: Iterable[Line]) -> Iterator[Taking]:
    return (Taking(row["from"], -row["days"]) for row in rows if row["days"] < 0)


def _by_row(rows: Iterable[Line]) -> Iterator[Grant]:
    return (Grant(row["from"], row["to"], row["days"]) for row in rows if row["days"] > 0)


def _by_law(employee: Line, rows: Sequence[Line], until: date, country: str) -> Iterator[Grant]:
    """The legal days of each year of service that no yearly row of the company's own touches."""
    own = [(row["from"], row["to"]) for row in rows if row.text("basis") in ("", "yearly")]
    first, left = first_right(employee, country), employee["left"]
    while first <= until and (left is None or first <= left):
        following = add_months(first, 12)
        last = following - ONE_DAY
        days = Decimal(legal_leave(country, first)["days"])
        if days and not any(start <= last and first <= end for start, end in own):
            yield Grant(first, last, days)
        first = following


def _collective(
    employee: Line, granted: Iterable[Grant], calendar: WorkCalendar, known: Known
) -> list[Taking]:
    """Collective leave that the company follows: a day of annual leave for who holds one.

    Who works on that day keeps it (SE Menaker M/3/HK.04/IV/2022).
    """
    days = {day for day, kind in calendar.marked.items() if kind == "collective"}
    if not days or week_of(employee) == EVERY_DAY:
        return []
    attended = known.where(ATTENDANCE, "employee", employee.text("employee"))
    days -= {line["date"] for line in attended if line["in"] or line.text("status") == "present"}
    grants = list(granted)
    return [
        Taking(day, ONE) for day in sorted(days) if any(g.first <= day <= g.last for g in grants)
    ]


def _replay(grants: Iterable[Grant], takings: Iterable[Taking]) -> Iterator[Entry]:
    by_lapse = sorted(grants, key=lambda grant: (grant.last, grant.first))
    left = [grant.days for grant in by_lapse]
    yield from (Entry(grant.first, "granted", grant.days) for grant in by_lapse)
    for taking in sorted(takings, key=lambda taking: taking.day):
        wanted = taking.days
        for place, grant in enumerate(by_lapse):
            if grant.first <= taking.day <= grant.last:
                part = min(left[place], wanted)
                left[place] -= part
                wanted -= part
        if taking.days > wanted:
            yield Entry(taking.day, "taken", taking.days - wanted)
        if wanted:
            yield Entry(taking.day, "short", wanted)
    for grant, unused in zip(by_lapse, left, strict=True):
        if unused:
            yield Entry(grant.last + ONE_DAY, "expired", unused)
