"""How values are shown to a person."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from workbook_templates.locale import BRITISH, ENGLISH, INDONESIAN, locale, show
from workbook_templates.words import Words


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        ("1250000.00", "1.250.000,00", "1,250,000.00"),
        ("-1234.5", "-1.234,5", "-1,234.5"),
        ("12", "12", "12"),
        ("1E+3", "1.000", "1,000"),
        ("0.000001", "0,000001", "0.000001"),
        ("NaN", "NaN", "NaN"),
    ],
)
def test_a_number_is_grouped_and_keeps_its_own_decimals(
    number: str, indonesian: str, english: str
) -> None:
    assert show(Decimal(number), INDONESIAN) == indonesian
    assert show(Decimal(number), ENGLISH) == english


def test_a_date_is_shown_in_the_order_of_the_language() -> None:
    assert show(date(2026, 5, 3), INDONESIAN) == "03/05/2026"
    assert show(date(2026, 5, 3), ENGLISH) == "2026-05-03"
    assert show(datetime(2026, 5, 3, 8, 30), INDONESIAN) == "03/05/2026 08:30"


def test_words_are_shown_in_the_language_and_nothing_as_nothing() -> None:
    assert show(Words("Beli", "Buy"), INDONESIAN) == "Beli"
    assert show(Words("Beli", "Buy"), ENGLISH) == "Buy"
    assert show(None, ENGLISH) == ""
    assert show("1101", ENGLISH) == "1101"


@pytest.mark.parametrize("tag", ["id-ID", "id", "ID_id"])
def test_a_locale_is_found_by_any_spelling_of_its_tag(tag: str) -> None:
    assert locale(tag) is INDONESIAN


def test_british_english_reads_the_day_first() -> None:
    assert locale("en-GB") is BRITISH
    assert locale("en") is ENGLISH


def test_a_locale_that_nobody_described_is_refused() -> None:
    with pytest.raises(KeyError):
        locale("de-DE")
