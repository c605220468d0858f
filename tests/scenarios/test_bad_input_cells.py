"""What a wrong cell gets: a sentence at the cell with what to do, and nothing typed is lost."""

from __future__ import annotations

import pytest

from tests.scenarios.front_desk import JOURNAL, Desk, assert_all_is_well
from tests.scenarios.mistakes import (
    BILLS,
    EMPLOYEES,
    MOVES,
    Mistake,
    add_supplier,
    assert_told_and_mended,
    bill,
    changed,
    close_april,
    employee,
    move,
    stock_ten,
)
from tests.scenarios.office import entry, type_rows

RENT = entry("JV-1", 1_250_000)
MISTAKES = {
    "an unknown account": Mistake(
        changed(RENT, account="11111", debit=1_250_000),
        "account",
        "unknown_account",
        {"id": "Akun 11111 tidak ada. Maksud Anda 11110?", "en": "Did you mean 11110?"},
        {"account": "61300"},
    ),
    "an unbalanced entry": Mistake(
        changed(RENT, line=1, credit=1_200_000),
        "credit",
        "unbalanced",
        {"id": "selisih 50.000,00", "en": "difference 50,000.00"},
        {"credit": 1_250_000},
        line=1,
    ),
    "a text in an amount": Mistake(
        changed(RENT, debit="satu juta"),
        "debit",
        "not_a_number",
        {"id": "“satu juta” bukan angka. Tulis angka saja", "en": "“satu juta” is not a number."},
        {"debit": 1_250_000},
    ),
    "a date that the calendar does not have": Mistake(
        changed(RENT, date="31/02/2026"),
        "date",
        "no_such_date",
        {"id": "urutan tanggal/bulan/tahun", "en": "in the order month/day/year"},
        {"date": "2026-02-28"},
    ),
    "a date in a closed period": Mistake(
        [{**row, "date": "2026-04-30"} for row in RENT],
        "date",
        "period_closed",
        {"id": "Periode 2026-04 sudah ditutup.", "en": "Period 2026-04 is closed."},
        {"date": "2026-05-01"},
        before=close_april,
    ),
    "a date in a year without periods": Mistake(
        [{**row, "date": "2062-05-03"} for row in RENT],
        "date",
        "no_period",
        {"id": "Periksa tanggalnya", "en": "Check the date"},
        {"date": "2026-05-03"},
    ),
    "an error of a formula": Mistake(
        changed(RENT, debit="#N/A"),
        "debit",
        "error_in_cell",
        {"id": "#N/A. Perbaiki rumusnya", "en": "#N/A. Mend the formula"},
        {"debit": 1_250_000},
    ),
    "an identity number typed as a number": Mistake(
        [employee("E1", 3171234567890123)],
        "nik",
        "identifier_as_number",
        {"id": "Format selnya sebagai Teks", "en": "Format the cell as Text"},
        {"nik": "3171234567890123"},
        table=EMPLOYEES,
        beside=[employee("OK", "3171234567890124")],
    ),
    "a negative quantity": Mistake(
        [move("M1", -5)],
        "qty",
        "not_positive",
        {"id": "-5 harus lebih besar dari nol", "en": "-5 must be greater than zero"},
        {"qty": 5},
        table=MOVES,
        before=stock_ten,
        beside=[move("OK", 2)],
    ),
    "more out than there was on that day": Mistake(
        [move("M1", 8, date="2026-05-03")],
        "qty",
        "stock_shortage",
        {
            "id": "pada 03/05/2026 hanya 0 kg, sedangkan M1 mengeluarkan 8 kg",
            "en": "only 0 kg of TEH Teh in warehouse G1 on 2026-05-03, and M1 takes out 8 kg",
        },
        {"date": "2026-05-04"},
        table=MOVES,
        before=stock_ten,
        beside=[move("OK", 2)],
    ),
    "a supplier's invoice number for the second time": Mistake(
        [bill("B2", "F-77")],
        "supplier_ref",
        "duplicate_supplier_ref",
        {"id": "F-77 dari pemasok S1 sudah dicatat sebagai OK", "en": "already entered as OK"},
        {"supplier_ref": "F-78"},
        table=BILLS,
        before=add_supplier,
        beside=[bill("OK", "F-77")],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_at_its_cell_and_lands_once_mended(desk: Desk, mistake: Mistake) -> None:
    assert_told_and_mended(desk, mistake)


@pytest.mark.parametrize(("language", "typed"), [("en", "1.000"), ("id", "1,000")])
def test_the_thousands_of_another_language_are_asked_about(
    desk: Desk, language: str, typed: str
) -> None:
    if desk.language != language:
        file = desk.new()
        type_rows(file, JOURNAL, changed(entry("JV-1", 1000), debit=typed))
        assert_all_is_well(file, desk.sync(file))
        assert desk.kept(JOURNAL)[0]["debit"] == "1000.00"
        return
    says = {
        "id": "“1,000” dapat berarti 1 atau 1.000.",
        "en": "“1.000” may mean 1 or 1,000.",
    }
    rows = changed(entry("JV-1", 1000), debit=typed)
    mistake = Mistake(rows, "debit", "doubtful_number", says, {"debit": 1000})
    assert_told_and_mended(desk, mistake)
