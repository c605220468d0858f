"""NIK, NPWP, NITKU and BPJS numbers: what is refused and what only warns."""

from datetime import date
from typing import Any

import pytest

from tests.conftest import shared_json
from workbook_templates.packs.id.identifiers import (
    Finding,
    bpjs_kesehatan_findings,
    bpjs_tk_findings,
    nik_birth_dates,
    nik_findings,
    nik_is_of_a_woman,
    nitku_findings,
    npwp16,
    npwp_check_digit_fits,
    npwp_digits,
    npwp_findings,
)

CASES = {case["id"]: case for case in shared_json("cases/id/identifiers.json")["cases"]}
NPWP_FIGURES = {"kind", "check_ok", "npwp16"}
NIK = "3171015708900001"


def found(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(one.level, one.problem.code.removeprefix("identifier.")) for one in findings]


def refusal(findings: list[Finding]) -> str | None:
    return next((code for level, code in found(findings) if level == "reject"), None)


def of_a_nik(text: str) -> dict[str, Any]:
    reason = refusal(nik_findings(text))
    if reason is not None:
        return {"valid": False, "reason": reason}
    return {
        "valid": True,
        "sex": "F" if nik_is_of_a_woman(text) else "M",
        "birth_candidates": [day.isoformat() for day in nik_birth_dates(text)],
    }


def of_an_npwp(text: str) -> dict[str, Any]:
    fits = npwp_check_digit_fits(text)
    return {
        "valid": refusal(npwp_findings(text)) is None,
        "kind": "16 (NIK or new style)" if fits is None else "15",
        "check_ok": fits,
        "npwp16": npwp16(text),
    }


@pytest.mark.parametrize("name", CASES)
def test_a_worked_case_comes_out_as_stated(name: str) -> None:
    case = CASES[name]
    assert case["match"]
    is_npwp = bool(NPWP_FIGURES & set(case["recomputed"]))
    figures = (of_an_npwp if is_npwp else of_a_nik)(case["inputs"]["value"])
    for wanted in (case["expected"], case["recomputed"]):
        assert {key: figures[key] for key in wanted} == wanted


@pytest.mark.parametrize("name", [n for n, c in CASES.items() if "check_ok" in c["expected"]])
def test_a_real_enterprise_number_gives_no_finding(name: str) -> None:
    assert npwp_findings(CASES[name]["inputs"]["value"]) == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (NIK, []),
        ("3171013002900001", [("reject", "date")]),
        ("3171012902000001", []),
        ("3171012902010001", [("reject", "date")]),
        ("3171017208900001", [("reject", "date")]),
        ("3171014008900001", [("reject", "date")]),
        ("3171015708900000", [("reject", "serial")]),
        ("9901015708900001", [("warn", "province")]),
        ("0171015708900001", [("reject", "pattern")]),
        ("3.17101570890E+15", [("reject", "digits")]),
        ("3171 0157 0890 0001", [("reject", "digits")]),
        ("٣١٧١٠١٥٧٠٨٩٠٠٠٠١", [("reject", "digits")]),
        ("", [("reject", "digits")]),
    ],
)
def test_population_numbers(text: str, findings: list[tuple[str, str]]) -> None:
    assert found(nik_findings(text)) == findings


def test_a_birth_date_that_differs_from_the_nik_only_warns() -> None:
    assert nik_findings(NIK, date(1990, 8, 17)) == []
    assert found(nik_findings(NIK, date(1990, 8, 18))) == [("warn", "other_birth_date")]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("01.312.166.1-091.000", [("warn", "check_digit")]),
        ("0013121661091000", [("warn", "check_digit")]),
        (NIK, []),
        ("1091031210912281", []),
        ("3171018108900001", [("warn", "not_a_nik")]),
        ("01312166009100", [("reject", "length")]),
        ("01312166009100X", [("reject", "digits")]),
        ("1.3121660091E+14", [("reject", "digits")]),
    ],
)
def test_taxpayer_numbers(text: str, findings: list[tuple[str, str]]) -> None:
    assert found(npwp_findings(text)) == findings


def test_dots_and_hyphen_do_not_make_another_number() -> None:
    assert npwp_digits("01.312.166.0-091.000") == "013121660091000"


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (NIK + "000000", []),
        ("0013121660091000000001", []),
        ("0013121661091000000000", [("warn", "check_digit")]),
        (NIK, [("reject", "length")]),
    ],
)
def test_place_of_business_numbers(text: str, findings: list[tuple[str, str]]) -> None:
    assert found(nitku_findings(text)) == findings


def test_membership_numbers_have_13_and_11_digits() -> None:
    assert bpjs_kesehatan_findings("0001234567890") == []
    assert bpjs_tk_findings("12345678901") == []
    assert found(bpjs_kesehatan_findings("12345678901")) == [("reject", "length")]
    assert found(bpjs_tk_findings("0001234567890")) == [("reject", "length")]


def test_a_finding_is_said_in_both_languages() -> None:
    (finding,) = nik_findings("317101570890000")
    assert finding.problem.words.id == "NIK harus 16 digit; yang diisi 15 digit."
    assert finding.problem.words.en == "NIK must have 16 digits; 15 were entered."
