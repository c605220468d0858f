"""What a person is told about a cell, and what is offered instead."""

from datetime import date
from decimal import Decimal

import pytest

from workbook_templates.columns import (
    Choice,
    Code,
    Column,
    Date,
    Money,
    Option,
    Quantity,
    Unreadable,
)
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale
from workbook_templates.problems import Problem
from workbook_templates.words import Words

HEADING = Words("Kolom", "Column")


def problem(column: Column, cell: object, locale: Locale) -> Problem:
    """The problem with which a cell is refused."""
    with pytest.raises(Unreadable) as refused:
        column.canonical(cell, locale)
    return refused.value.problem


def test_a_doubtful_number_is_shown_in_both_its_readings() -> None:
    found = problem(Money("amount", HEADING), "1.000", ENGLISH)
    assert "“1.000” dapat berarti 1 atau 1.000." in found.words.id
    assert "“1.000” may mean 1 or 1,000." in found.words.en


def test_english_grouping_in_an_indonesian_file_is_shown_in_both_its_readings() -> None:
    found = problem(Money("amount", HEADING), "1,250.50", INDONESIAN)
    assert found.facts["one"] == "1250.5"
    assert found.facts["other"] == "125050"


def test_too_many_decimals_come_with_the_rounded_number_as_a_hint() -> None:
    assert problem(Money("amount", HEADING), 1 / 3, INDONESIAN).hint == "0.33"
    assert problem(Quantity("qty", HEADING), Decimal("1.00005"), INDONESIAN).hint == "1.0001"


def test_a_missing_day_is_named_with_the_order_of_the_file() -> None:
    found = problem(Date("date", HEADING), "31/02/2026", ENGLISH)
    assert "urutan bulan/tanggal/tahun" in found.words.id
    assert "order month/day/year" in found.words.en


def test_a_code_that_became_a_date_says_what_it_became() -> None:
    found = problem(Code("code", HEADING), date(2026, 2, 1), INDONESIAN)
    assert "01/02/2026" in found.words.id
    assert "Teks" in found.words.id


def test_a_mistyped_choice_lists_the_choices_and_hints_at_the_nearest() -> None:
    choices = (
        Option("purchase", Words("Pembelian", "Purchase")),
        Option("sale", Words("Penjualan", "Sale")),
    )
    found = problem(Choice("kind", HEADING, choices=choices), "Pembeliann", INDONESIAN)
    assert "Pembelian, Penjualan" in found.words.id
    assert "Purchase, Sale" in found.words.en
    assert found.hint == "purchase"


def test_a_minimum_other_than_zero_is_named() -> None:
    column = Money("amount", HEADING, minimum=Decimal(500))
    assert problem(column, 499, INDONESIAN).code == "too_small"
    assert column.canonical(500, INDONESIAN) == "500.00"


@pytest.mark.parametrize("number", [1e300, 1e-300])
def test_a_number_of_very_many_digits_is_short_in_the_sentence(number: float) -> None:
    assert len(problem(Money("amount", HEADING), number, INDONESIAN).words.id) < 150


def test_a_long_text_is_cut_in_the_sentence() -> None:
    found = problem(Money("amount", HEADING), "x" * 30_000, INDONESIAN)
    assert len(found.words.id) < 150


def test_two_choices_of_one_name_are_refused_when_they_are_declared() -> None:
    options = (Option("a", Words("Satu", "One")), Option("one", Words("Uno", "Uno")))
    with pytest.raises(ValueError, match="two of one name"):
        Choice("kind", HEADING, choices=options)
