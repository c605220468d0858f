"""What else people type, paste and drag: read right, or asked about, and never lost."""

from __future__ import annotations

import datetime
from typing import Any

import openpyxl
import pytest

from tests.scenarios.front_desk import (
    JOURNAL,
    NEEDS_A_PERSON,
    Desk,
    assert_all_is_well,
    assert_told_at_the_cell,
    at,
    reviewed,
    row_at,
)
from tests.scenarios.mistakes import (
    MOVES,
    Mistake,
    assert_told_and_mended,
    changed,
    move,
    stock_ten,
)
from tests.scenarios.office import entry, put, seen, type_rows

PARTIES = "ledger.parties"
RENT = entry("JV-1", 1_250_000)
MAY = datetime.datetime(2026, 5, 3)
ODD = {
    "a code in lower case": Mistake(
        [move("M1", 1, item="teh")],
        "item",
        "unknown_item",
        {"id": "Barang teh tidak ada. Maksud Anda TEH?", "en": "Did you mean TEH?"},
        {"item": "TEH"},
        table=MOVES,
        before=stock_ten,
        beside=[move("OK", 2)],
    ),
    "an amount that became true": Mistake(
        changed(RENT, debit=True),
        "debit",
        "not_a_number",
        {"id": "“TRUE” bukan angka", "en": "“TRUE” is not a number"},
        {"debit": 1_250_000},
    ),
    "another currency": Mistake(
        changed(RENT, debit="US$ 80"),
        "debit",
        "not_a_number",
        {"id": "“US$ 80” bukan angka", "en": "“US$ 80” is not a number"},
        {"debit": 1_250_000},
    ),
    "half a rupiah too precise": Mistake(
        changed(RENT, debit=1250000.125),
        "debit",
        "too_many_decimals",
        {"id": "Bulatkan angkanya", "en": "Round it"},
        {"debit": 1_250_000},
    ),
    "a key that stuck": Mistake(
        changed(RENT, debit=12500000000000000000),
        "debit",
        "number_too_large",
        {"id": "terlalu besar", "en": "is too large"},
        {"debit": 1_250_000},
    ),
    "a date typed as a number": Mistake(
        changed(RENT, date=20260503),
        "date",
        "date_as_number",
        {"id": "Format selnya sebagai Tanggal", "en": "Format the cell as Date"},
        {"date": "2026-05-03"},
    ),
    "a year of two figures": Mistake(
        changed(RENT, date="3/5/26"),
        "date",
        "two_digit_year",
        {"id": "Tulis empat angka", "en": "Write four"},
        {"date": "2026-05-03"},
    ),
    "a description of 10,000 characters": Mistake(
        changed(RENT, description="sewa " * 2000 + "."),
        "description",
        "too_long",
        {"id": "Isi sel ini 10001 karakter; paling banyak 500", "en": "at most 500 fit"},
        {"description": "Sewa"},
    ),
    "an account that became a formula's error": Mistake(
        changed(RENT, account="#REF!"),
        "account",
        "error_in_cell",
        {"id": "#REF!. Perbaiki rumusnya", "en": "#REF!. Mend the formula"},
        {"account": "61200"},
    ),
    "debit and credit on one line": Mistake(
        changed(RENT, debit=1250005, credit=5),
        "debit",
        "one_side",
        {"id": "tepat salah satu", "en": "exactly one of them"},
        {"debit": 1250000, "credit": None},
    ),
    "two dates in one entry": Mistake(
        changed(RENT, line=1, date="2026-05-04"),
        "date",
        "heads_disagree",
        {"id": "di sini 04/05/2026, di baris pertama 03/05/2026", "en": "first line 2026-05-03"},
        {"date": "2026-05-03"},
        line=1,
    ),
}


@pytest.mark.parametrize("mistake", ODD.values(), ids=ODD.keys())
def test_an_odd_cell_is_told_and_lands_once_mended(desk: Desk, mistake: Mistake) -> None:
    assert_told_and_mended(desk, mistake)


def test_an_amount_that_became_a_date_is_told_until_its_format_is_mended(desk: Desk) -> None:
    file = desk.new()
    row = type_rows(file, JOURNAL, changed(RENT, debit=MAY))
    says = {
        "id": "berisi tanggal 03/05/2026, bukan angka. Format selnya sebagai Angka",
        "en": "holds the date 2026-05-03, not a number. Format the cell as Number",
    }
    (problem,) = desk.sync(file).problems
    assert (problem["row"], problem["code"]) == (row, "not_a_number")
    assert says[desk.language] in problem["message"]
    shown = assert_told_at_the_cell(file, JOURNAL, problem, desk.language)
    assert shown["debit"] == MAY
    opened = openpyxl.load_workbook(file)
    cell = at(opened, JOURNAL, row, "debit")
    cell.value = 1_250_000  # openpyxl, like Excel, leaves the format of a date
    opened.save(file)
    assert desk.sync(file).status == NEEDS_A_PERSON
    at(opened, JOURNAL, row, "debit").number_format = "#,##0.00"
    opened.save(file)
    assert_all_is_well(file, desk.sync(file))


WRITTEN: dict[str, dict[str, tuple[object, str]]] = {
    "a pasted price": {"id": ("Rp 1.250.000,-", "1250000.00"), "en": ("Rp1,250,000", "1250000.00")},
    "a no-break space": {
        "id": ("\u00a01.250.000 ", "1250000.00"),
        "en": ("1250000\u00a0", "1250000.00"),
    },
    "decimals": {"id": ("1.250.000,50", "1250000.50"), "en": ("1,250,000.50", "1250000.50")},
    "a float with dust": {"id": (0.1 + 0.2, "0.30"), "en": (0.1 + 0.2, "0.30")},
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN.keys())
def test_an_amount_as_people_write_it_is_read(
    desk: Desk, written: dict[str, tuple[object, str]]
) -> None:
    typed, kept = written[desk.language]
    file = desk.new()
    type_rows(file, JOURNAL, [{**row, **_on_its_side(row, typed)} for row in entry("JV-1", 1)])
    assert_all_is_well(file, desk.sync(file))
    assert [row.get("debit") or row.get("credit") for row in desk.kept(JOURNAL)] == [kept, kept]


def _on_its_side(row: Any, amount: object) -> dict[str, object]:
    return {side: amount for side in ("debit", "credit") if row.get(side)}


@pytest.mark.parametrize(
    "day", ["3 Mei 2026", "3 May 2026", "2026/5/3", MAY, MAY.date(), MAY.replace(hour=14)]
)
def test_a_date_as_people_write_it_is_read(english_desk: Desk, day: object) -> None:
    file = english_desk.new()
    type_rows(file, JOURNAL, entry("JV-1", 100, day))
    assert_all_is_well(file, english_desk.sync(file))
    assert {row["date"] for row in english_desk.kept(JOURNAL)} == {"2026-05-03"}


def test_spaces_around_codes_do_not_matter(english_desk: Desk) -> None:
    file = english_desk.new()
    rows = [{**row, "entry": " JV-1\u00a0", "account": f"{row['account']} "} for row in RENT]
    type_rows(file, JOURNAL, rows)
    assert_all_is_well(file, english_desk.sync(file))
    assert {(row["entry"]) for row in english_desk.kept(JOURNAL)} == {"JV-1"}


def test_emoji_and_other_scripts_come_back_as_they_were(english_desk: Desk) -> None:
    name = "Toko “Maju” 🧋 株式会社 مكتب <b>&amp;</b>"
    file, other = english_desk.new(), english_desk.new(name="other")
    type_rows(file, PARTIES, [{"code": "C1", "name": name, "kind": "customer"}])
    assert_all_is_well(file, english_desk.sync(file))
    assert_all_is_well(other, english_desk.sync(other))
    assert seen(other, PARTIES)[0]["name"] == name
    assert english_desk.kept(PARTIES)[0]["name"] == name


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","klik")', "+62 21 555", "@SUM(A1)", "-"])
def test_a_text_that_begins_like_a_formula_reaches_others_as_text(
    english_desk: Desk, name: str
) -> None:
    file, other = english_desk.new(), english_desk.new(name="other")
    row = type_rows(file, PARTIES, [{"code": "C1", "name": "x", "kind": "customer"}])
    opened = openpyxl.load_workbook(file)
    cell = at(opened, PARTIES, row, "name")
    cell.value, cell.data_type, cell.quotePrefix = name, "s", True
    opened.save(file)
    assert_all_is_well(file, english_desk.sync(file))
    assert_all_is_well(other, english_desk.sync(other))
    shown = at(openpyxl.load_workbook(other), PARTIES, 2, "name")
    assert (shown.value, shown.data_type) == (name, "s")


def test_a_row_with_only_an_amount_says_what_is_missing(desk: Desk) -> None:
    file = desk.new()
    row = type_rows(file, JOURNAL, [{"debit": 500_000}, *entry("OK", 100)])
    said = desk.sync(file)
    assert said.status == NEEDS_A_PERSON
    required = {p["column"] for p in said.problems if p["code"] == "required"}
    assert required == {"entry", "date", "account"}
    for problem in said.problems:
        assert problem["row"] == row
        assert_told_at_the_cell(file, JOURNAL, problem, desk.language)
    assert row_at(file, JOURNAL, row)["debit"] == 500_000
    assert desk.keys(JOURNAL) == {"OK"}
    put(file, JOURNAL, row, debit=None)
    assert_all_is_well(file, desk.sync(file))


def test_the_same_workbook_twice_in_one_command_is_synchronised_once(english_desk: Desk) -> None:
    file = english_desk.new()
    type_rows(file, JOURNAL, RENT)
    said = english_desk.run("sync", str(file), str(file))
    assert said.status == 0
    assert len(english_desk.kept(JOURNAL)) == 2
    assert not reviewed(file)
