"""Properties of all column kinds: one spelling, there and back, the same on each side."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.test_vectors import TABLE, declared
from workbook_templates.columns import Column, Percent, Unreadable
from workbook_templates.locale import BRITISH, ENGLISH, INDONESIAN, Locale, show

LOCALES = st.sampled_from([INDONESIAN, ENGLISH, BRITISH])
COLUMNS = st.sampled_from([declared(key) for key in TABLE["columns"]])
NUMBERS = st.sampled_from([declared(key) for key in ("money", "quantity", "rate", "percent")])

LOOKS_LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")  # 1,125 in Indonesian
FIGURES = st.text(alphabet="0123456789.,-+()% Rp/:\u00a0\u2212", max_size=18)
CELLS: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text(),
    FIGURES,
    st.sampled_from(["1e5", "Ya", "no", "Mei 2026", "3 Mei 2026", "#REF!", "purchase", "Sale"]),
)


def read(column: Column, cell: object, locale: Locale) -> str | None:
    """Canonical text, or None where the cell is blank or refused."""
    try:
        return column.canonical(cell, locale)
    except Unreadable:
        return None


def accepts(column: Column, text: str) -> bool:
    try:
        column.check(text)
    except Unreadable:
        return False
    return True


def amounts(places: int) -> st.SearchStrategy[Decimal]:
    most = Decimal(10) ** 12
    return st.decimals(-most, most, places=places, allow_nan=False, allow_infinity=False)


@given(COLUMNS, CELLS, LOCALES)
def test_any_cell_is_read_or_refused_with_a_sentence_in_both_languages(
    column: Column, cell: object, locale: Locale
) -> None:
    try:
        text = column.canonical(cell, locale)
    except Unreadable as refused:
        words = refused.problem.words
        assert words.id.endswith((".", "?"))
        assert words.en.endswith((".", "?"))
        assert words.id != words.en
    else:
        assert text is None or accepts(column, text)


@given(COLUMNS, CELLS, LOCALES)
def test_canonical_text_written_into_a_cell_comes_back_the_same(
    column: Column, cell: object, locale: Locale
) -> None:
    text = read(column, cell, locale)
    if text is not None:
        assert column.canonical(column.cell(text, locale.language), locale) == text


@given(COLUMNS, CELLS, LOCALES)
def test_a_value_is_never_a_float(column: Column, cell: object, locale: Locale) -> None:
    text = read(column, cell, locale)
    if text is not None:
        assert isinstance(column.value(text), (str, Decimal, date, bool, int))


@given(
    COLUMNS, st.one_of(st.text(), FIGURES, st.from_regex(r"-?[0-9]{1,4}[.\-:][0-9]{2}")), LOCALES
)
def test_the_check_accepts_exactly_the_texts_that_come_back_from_their_own_cell(
    column: Column, text: str, locale: Locale
) -> None:
    if accepts(column, text):
        assert column.canonical(column.cell(text, locale.language), locale) == text
    else:
        assert all(read(column, cell, locale) != text for cell in (text, text.strip()))


@given(NUMBERS, st.data(), LOCALES)
def test_a_number_shown_to_a_person_is_read_back_or_called_doubtful(
    column: Any, data: st.DataObject, locale: Locale
) -> None:
    text = column.spell(data.draw(amounts(column.places)))
    shown = show(column.value(text), locale)
    if LOOKS_LIKE_THOUSANDS.fullmatch(text):
        assert read(column, shown, locale) is None
    else:
        assert column.canonical(shown, locale) == text


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.sampled_from([INDONESIAN, ENGLISH]))
def test_a_date_shown_to_a_person_is_read_back(day: date, locale: Locale) -> None:
    column = declared("date")
    assert column.canonical(show(day, locale), locale) == day.isoformat()


@given(st.decimals(0, 1, places=4), LOCALES)
def test_a_small_percentage_is_written_as_text_because_the_number_would_be_doubtful(
    number: Decimal, locale: Locale
) -> None:
    column = declared("percent")
    assert isinstance(column, Percent)
    text = column.spell(number)
    cell = column.cell(text, locale.language)
    assert isinstance(cell, str) == (0 < number < 1)
    assert column.canonical(cell, locale) == text


@pytest.mark.parametrize("key", TABLE["columns"])
def test_no_kind_takes_an_empty_text_from_the_wire(key: str) -> None:
    assert not accepts(declared(key), "")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("money", "-0.00"),
        ("money", "1.0"),
        ("money", "1250000.00\n"),
        ("money", "01.00"),
        ("money", "\u0661.00"),
        ("quantity", "2.50"),
        ("quantity", "-0"),
        ("integer", "+1"),
        ("date", "20260503"),
        ("date", "2026-W01-1"),
        ("date", "2026-02-30"),
        ("month", "2026-13"),
        ("time", "8:30"),
        ("flag", "Ya"),
        ("choice", "Pembelian"),
        ("nik", "3201 2345 6789 0001"),
        ("code", " 1101"),
        ("text", "caf\u0065\u0301"),
        ("text", "a\u0000b"),
        ("text", "\ud800"),
    ],
)
def test_another_spelling_is_refused_on_the_wire(key: str, text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        declared(key).check(text)
    assert refused.value.problem.code == "not_canonical"
