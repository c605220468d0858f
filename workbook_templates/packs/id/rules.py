"""The rules of article 21 income tax (PPh 21) on one day, read once from the pack's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from workbook_templates.packs.brackets import Brackets, brackets
from workbook_templates.packs.dated import PackError
from workbook_templates.packs.id import indonesia
from workbook_templates.packs.rounding import Rounding, rounding

GOVERNMENT_BORNE = "government_borne_"


class UnknownStatus(PackError, LookupError):
    """A PTKP status that the rules of the day do not list, or not for this purpose."""


@dataclass(frozen=True, slots=True)
class IncomeCost:
    """Cost deducted from the gross income of a year (biaya jabatan, biaya pensiun), in rupiah.

    With `capped_by_month` each month has its own ceiling (PMK 10/2025, example 3); without, the
    ceiling is the number of months times `max_month` (PMK 168/2023).
    """

    percent: Decimal
    max_month: Decimal
    max_year: Decimal
    capped_by_month: bool


@dataclass(frozen=True, slots=True)
class GovernmentBorne:
    """One programme of tax borne by the government; None = no ceiling."""

    max_month: Decimal | None
    max_day: Decimal | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Surcharge:
    """Surcharge on the tax of a recipient who has none of the numbers in `spared_by`."""

    percent: Decimal
    spared_by: frozenset[str]

    def applies(self, *, npwp: bool, validated_nik: bool) -> bool:
        """Whether the recipient pays it (UU 36/2008 Pasal 21 ayat (5a); PMK 136/2023)."""
        held = {"npwp": npwp, "validated_nik": validated_nik}
        return not any(held[number] for number in self.spared_by)

    def on(self, tax: Decimal) -> Decimal:
        """The tax with the surcharge, unrounded."""
        return tax * (100 + self.percent) / 100


@dataclass(frozen=True, slots=True)
class Pph21Rules:
    """Everything that a computation of PPh 21 looks up, valid on `day`."""

    day: date
    categories: Mapping[str, str]
    ter: Mapping[str, Brackets]
    daily: Brackets
    ptkp: Mapping[str, Decimal]
    article17: Brackets
    severance: Brackets
    pension_lump_sum: Brackets
    occupational_cost: IncomeCost
    pension_cost: IncomeCost
    non_employee_percent: Decimal
    daily_percent: Decimal
    non_resident_percent: Decimal
    surcharge: Surcharge
    government_borne: Mapping[str, GovernmentBorne]
    round_pkp: Rounding
    round_tax: Rounding

    def category(self, status: str) -> str:
        """TER category A, B or C of a PTKP status. Raises `UnknownStatus` for K/I statuses."""
        try:
            return self.categories[status]
        except KeyError:
            raise UnknownStatus(f"{status} has no TER category on {self.day}") from None

    def allowance(self, status: str) -> Decimal:
        """Non-taxable income a year (PTKP) of a status. Raises `UnknownStatus`."""
        try:
            return self.ptkp[status]
        except KeyError:
            raise UnknownStatus(f"{status} is not a PTKP status on {self.day}") from None


@lru_cache(maxsize=512)
def pph21_rules(day: date) -> Pph21Rules:
    """The rules on a day. Raises `NoRowOnDay` where one is not known (before 2024)."""
    deemed = _value("deemed_income", day)
    surcharge = _value("no_npwp_surcharge", day)
    return Pph21Rules(
        day=day,
        categories=_value("ter_category", day),
        ter={name: brackets(_value(f"ter_{name.lower()}", day)) for name in "ABC"},
        daily=brackets(_value("ter_daily", day)),
        ptkp={status: Decimal(amount) for status, amount in _value("ptkp", day).items()},
        article17=brackets(_value("article17", day)),
        severance=brackets(_value("severance", day)),
        pension_lump_sum=brackets(_value("pension_lump_sum", day)),
        occupational_cost=_income_cost(_value("occupational_cost", day)),
        pension_cost=_income_cost(_value("pension_cost", day)),
        non_employee_percent=Decimal(deemed["non_employee_percent"]),
        daily_percent=Decimal(deemed["daily_percent"]),
        non_resident_percent=Decimal(_value("non_resident", day)["percent"]),
        surcharge=Surcharge(Decimal(surcharge["percent"]), frozenset(surcharge["spared_by"])),
        government_borne=_programmes(day),
        round_pkp=rounding(_value("pkp_rounding", day)),
        round_tax=rounding(_value("tax_rounding", day)),
    )


def _value(table: str, day: date) -> Any:
    return indonesia().table(table).at(day)


def _income_cost(value: Mapping[str, str]) -> IncomeCost:
    return IncomeCost(
        Decimal(value["percent"]),
        Decimal(value["max_month"]),
        Decimal(value["max_year"]),
        value["cap"] == "month",
    )


def _programmes(day: date) -> dict[str, GovernmentBorne]:
    tables = {n: t for n, t in indonesia().tables.items() if n.startswith(GOVERNMENT_BORNE)}
    valid = {name: row for name, table in tables.items() if (row := table.find(day))}
    return {n.removeprefix(GOVERNMENT_BORNE): _government_borne(r.value) for n, r in valid.items()}


def _government_borne(value: Mapping[str, Any]) -> GovernmentBorne:
    month, day = (value[limit] and Decimal(value[limit]) for limit in ("max_month", "max_day"))
    return GovernmentBorne(month, day, tuple(value["sectors"]))
