"""Holidays and collective leave days against the worked cases."""

from datetime import date

import pytest

from tests.conftest import shared_json
from workbook_templates.packs import NoRowOnDay
from workbook_templates.packs.id.holidays import Kind, holidays_between

CASES = {case["id"]: case for case in shared_json("cases/id/holidays.json")["cases"]}
KINDS: dict[str, Kind] = {"collective": "collective_leave", "national": "public_holidays"}


@pytest.mark.parametrize("name", CASES)
def test_a_worked_case_comes_out_as_printed(name: str) -> None:
    case = CASES[name]
    kind = next(kind for word, kind in KINDS.items() if word in case["title"])
    first, last = (date.fromisoformat(case["inputs"][end]) for end in ("from", "to"))
    found = [one.day.isoformat() for one in holidays_between(first, last, kind)]
    assert found == case["expected"] == case["recomputed"]


@pytest.mark.parametrize(
    ("year", "national", "collective"), [(2025, 17, 11), (2026, 17, 8), (2027, 18, 8)]
)
def test_a_year_has_its_decreed_number_of_days(year: int, national: int, collective: int) -> None:
    whole = date(year, 1, 1), date(year, 12, 31)
    assert len(holidays_between(*whole)) == national
    assert len(holidays_between(*whole, "collective_leave")) == collective


def test_a_span_over_new_year_takes_both_years() -> None:
    days = holidays_between(date(2025, 12, 25), date(2026, 1, 1))
    assert [one.day for one in days] == [date(2025, 12, 25), date(2026, 1, 1)]
    assert days[1].name.en == "New Year's Day"


def test_a_year_without_decree_says_so_and_an_unknown_year_is_an_error() -> None:
    assert not holidays_between(date(2027, 1, 1), date(2027, 1, 1))[0].verified
    with pytest.raises(NoRowOnDay, match="2028"):
        holidays_between(date(2027, 12, 1), date(2028, 1, 5))
