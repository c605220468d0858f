"""Laws that the dated data of every pack keeps, and the Indonesian figures against the facts."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import shared_json
from workbook_templates import packs
from workbook_templates.packs import FaultyPack, pack, pack_names
from workbook_templates.packs.brackets import brackets
from workbook_templates.packs.dated import Dated

TABLES = [(name, table) for name in pack_names() for table in pack(name).tables]
BRACKETS = ["ter_a", "ter_b", "ter_c", "ter_daily", "article17", "severance", "pension_lump_sum"]
EVIDENCE = {
    "official", "official_transcribed", "official_example", "press", "code", "second_hand",
    "memory", "proposal",
}  # fmt: skip


def table_of(name: str) -> Dated[Any]:
    return pack("id").table(name)


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from leaves(part)
    else:
        yield value


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_every_row_names_its_regulation_its_article_and_how_sure_it_is(
    name: str, table: str
) -> None:
    rows = pack(name).table(table).rows
    assert rows
    for row in rows:
        assert row.source.regulation.strip()
        assert row.source.article.strip()
        assert isinstance(row.verified, bool)
        assert row.evidence in EVIDENCE
        assert not (row.verified and row.evidence in {"memory", "second_hand"})


@pytest.mark.parametrize(("name", "table"), TABLES)
def test_values_are_text_and_never_json_numbers(name: str, table: str) -> None:
    for row in pack(name).table(table).rows:
        assert [leaf for leaf in leaves(row.value) if not isinstance(leaf, str | None)] == []


def test_a_float_in_a_pack_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "floating"
    folder.mkdir()
    (folder / "rates.json").write_text(json.dumps({"rate": 0.24}))
    monkeypatch.setattr(packs, "files", lambda _: tmp_path)
    with pytest.raises(FaultyPack, match=r"0\.24"):
        pack.__wrapped__("floating")


def test_a_table_that_two_files_give_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "doubled"
    folder.mkdir()
    for file in ("one.json", "two.json"):
        (folder / file).write_text(json.dumps({"tables": {"cap": []}}))
    monkeypatch.setattr(packs, "files", lambda _: tmp_path)
    with pytest.raises(FaultyPack, match="cap is given twice"):
        pack.__wrapped__("doubled")


@pytest.mark.parametrize("name", BRACKETS)
def test_brackets_chain_without_a_gap_and_their_rates_rise(name: str) -> None:
    for row in table_of(name).rows:
        table = brackets(row.value)
        assert table.floors[1:] == table.limits[: len(table.percents) - 1]
        assert list(table.percents) == sorted(set(table.percents))
        assert table.floors[0] == 0


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        ("ter_a", "ter.monthly.A"),
        ("ter_b", "ter.monthly.B"),
        ("ter_c", "ter.monthly.C"),
        ("ter_daily", "ter.daily"),
        ("article17", "art17.individual"),
        ("severance", "severance.pesangon"),
        ("pension_lump_sum", "severance.pension_jht_lumpsum"),
    ],
)
def test_brackets_are_those_of_the_facts(table: str, fact: str) -> None:
    facts = {one["id"]: one for one in shared_json("facts/id/pph21.json")["facts"]}
    given = [
        (row.get("gross_upto", row.get("upto")), row["rate_percent"])
        for row in facts[fact]["value"]
    ]
    shipped = [
        (top and Decimal(top), Decimal(percent))
        for top, percent in table_of(table).at(date(2026, 11, 22))
    ]
    assert shipped == given


def test_the_categories_have_44_40_and_41_brackets() -> None:
    day = date(2024, 1, 1)
    assert [len(table_of(f"ter_{name}").at(day)) for name in "abc"] == [44, 40, 41]


def test_every_status_with_a_category_has_an_allowance_made_of_its_components() -> None:
    ptkp = table_of("ptkp").at(date(2026, 1, 1))
    for status, amount in ptkp.items():
        *kind, dependants = status.split("/")
        married, joined = kind[0] == "K", kind[1:] == ["I"]
        parts = 54_000_000 * (1 + joined) + 4_500_000 * (married + int(dependants))
        assert int(amount) == parts
    assert set(table_of("ter_category").at(date(2026, 1, 1))) <= set(ptkp)


def test_each_pension_cap_is_the_one_before_grown_and_rounded_down_to_a_hundred() -> None:
    facts = {one["id"]: one for one in shared_json("facts/id/bpjs.json")["facts"]}
    for check in facts["bpjs.jp.cap_formula"]["value"]["recheck"]:
        day = date.fromisoformat(check["from"])
        cap = int(table_of("bpjs_jp").at(day)["wage_cap"])
        assert cap == check["published"] == int(check["exact"]) // 100 * 100


def test_the_pension_cap_changes_on_the_first_of_march() -> None:
    table = table_of("bpjs_jp")
    assert table.at(date(2026, 2, 28))["wage_cap"] == "10547400"
    assert table.at(date(2026, 3, 1))["wage_cap"] == "11086300"


def test_the_relief_is_half_of_each_risk_class_and_ends_in_january_2026() -> None:
    full = table_of("bpjs_jkk").at(date(2025, 12, 1))
    half = table_of("bpjs_jkk_relief").at(date(2025, 12, 1))
    assert {name: Decimal(percent) / 2 for name, percent in full.items()} == {
        name: Decimal(percent) for name, percent in half.items()
    }
    assert table_of("bpjs_jkk_relief").find(date(2026, 2, 1)) is None


def test_the_bpjs_rows_are_those_of_the_facts() -> None:
    facts = {one["id"]: one["value"] for one in shared_json("facts/id/bpjs.json")["facts"]}
    day = date(2026, 11, 22)
    for name in ("kesehatan", "jkm", "jht"):
        shipped = table_of(f"bpjs_{name}").at(day)
        for part in ("employer_percent", "employee_percent"):
            assert Decimal(shipped[part]) == facts[f"bpjs.{name}"][part]
    for name, percent in table_of("bpjs_jkk").at(day).items():
        assert Decimal(percent) == facts[f"bpjs.jkk.{name}"]["employer_percent"]
