"""Dated tables, brackets and the finding of packs by name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workbook_templates.packs import UnknownPack, pack, pack_names
from workbook_templates.packs.brackets import brackets
from workbook_templates.packs.dated import FaultyPack, NoRowOnDay, dated
from workbook_templates.packs.rounding import rounding


def row(first: str, last: str | None, value: Any) -> dict[str, Any]:
    return {
        "effective_from": first,
        "effective_to": last,
        "source": {"regulation": "PP 1/2020", "article": "Pasal 1"},
        "verified": True,
        "evidence": "official",
        "value": value,
    }


def test_a_table_answers_with_the_row_of_the_day_first_and_last_day_included() -> None:
    table = dated("cap", [row("2025-03-01", None, "2"), row("2024-03-01", "2025-02-28", "1")])
    answers = [table.at(date(2024, 3, 1)), table.at(date(2025, 2, 28)), table.at(date(2025, 3, 1))]
    assert answers == ["1", "1", "2"]
    assert table.row_at(date(2026, 1, 1)).source.article == "Pasal 1"


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 1, 1)])
def test_a_day_without_a_row_is_an_error_that_names_table_and_day(day: date) -> None:
    table = dated("cap", [row("2024-01-01", "2024-12-31", "1"), row("2026-01-01", None, "2")])
    assert table.find(day) is None
    with pytest.raises(NoRowOnDay, match=f"cap .* {day.isoformat()}"):
        table.at(day)


@pytest.mark.parametrize(
    "rows",
    [
        [row("2024-01-01", "2024-12-31", "1"), row("2024-12-31", None, "2")],
        [row("2024-01-01", None, "1"), row("2025-01-01", None, "2")],
        [row("2024-01-01", "2023-12-31", "1")],
        [{"effective_from": "2024-01-01", "value": "without the rest"}],
        [row("01/02/2024", None, "no canonical date")],
    ],
)
def test_rows_that_overlap_or_cannot_be_read_are_refused(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(FaultyPack):
        dated("cap", rows)


def test_a_table_can_be_prepared_and_keeps_dates_and_sources() -> None:
    table = dated("cap", [row("2024-01-01", None, "12.5")]).map(Decimal)
    assert table.at(date(2024, 5, 5)) == Decimal("12.5")
    assert table.rows[0].source.regulation == "PP 1/2020"


def test_the_upper_limit_belongs_to_its_bracket() -> None:
    table = brackets([("100", "0"), ("200", "5"), (None, "10")])
    assert [table.percent(Decimal(n)) for n in (0, 100, 101, 200, 201)] == [0, 0, 5, 5, 10]


def test_progressive_tax_is_the_sum_of_its_layers() -> None:
    table = brackets([("100", "0"), ("200", "5"), (None, "10")])
    for amount in map(Decimal, (-5, 0, 1, 100, 150, 200, 1000)):
        assert table.progressive(amount) == sum(part.tax for part in table.layers(amount))
    assert table.progressive(Decimal(1000)) == 85
    assert [part.base for part in table.layers(Decimal(150))] == [100, 50]


@pytest.mark.parametrize(
    "rows",
    [
        [("200", "0"), ("100", "5"), (None, "10")],
        [("100", "0"), ("100", "5")],
        [(None, "0"), ("100", "5")],
        [("100", "0"), (None, "5"), (None, "6")],
    ],
)
def test_brackets_out_of_order_are_refused(rows: list[tuple[str | None, str]]) -> None:
    with pytest.raises(FaultyPack):
        brackets(rows)


def test_an_unknown_rounding_mode_is_refused() -> None:
    with pytest.raises(FaultyPack, match="sideways"):
        rounding({"step": "1", "mode": "sideways"})


@pytest.mark.parametrize("name", ["xx", "", "..", "id/../id", "dated.py"])
def test_a_pack_that_is_not_there_is_an_error_that_lists_those_that_are(name: str) -> None:
    with pytest.raises(UnknownPack, match=r"there are .*id"):
        pack(name)


def test_a_pack_is_found_by_its_folder() -> None:
    assert "id" in pack_names()
    assert pack("id") is pack("id")


def test_an_unknown_table_or_document_is_an_error() -> None:
    with pytest.raises(UnknownPack, match="no table ter_z"):
        pack("id").table("ter_z")
    with pytest.raises(UnknownPack, match="no document ptkp"):
        pack("id").document("ptkp")
