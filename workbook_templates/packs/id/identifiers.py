"""Numbers of persons and enterprises: NIK, NPWP, NITKU and BPJS membership, checked as text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from workbook_templates.packs.id import indonesia
from workbook_templates.problems import Message, Problem
from workbook_templates.words import Words

Level = Literal["reject", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a number: "reject" can never be right, "warn" may be."""

    level: Level
    problem: Problem


LENGTH = Message(
    "identifier.length",
    Words(
        id="{name} harus {length} digit; yang diisi {found} digit.",
        en="{name} must have {length} digits; {found} were entered.",
    ),
)
DIGITS = Message(
    "identifier.digits",
    Words(
        id="{name} hanya boleh berisi digit dan harus disimpan sebagai teks.",
        en="{name} may contain only digits and must be kept as text.",
    ),
)
PATTERN = Message(
    "identifier.pattern",
    Words(id="{name} tidak mungkin diawali angka 0.", en="{name} cannot begin with 0."),
)
BIRTH_DATE = Message(
    "identifier.date",
    Words(
        id="Digit 7 sampai 12 NIK bukan tanggal lahir yang mungkin.",
        en="Digits 7 to 12 of the NIK are not a possible date of birth.",
    ),
)
SERIAL = Message(
    "identifier.serial",
    Words(
        id="Nomor urut NIK (4 digit terakhir) tidak mungkin 0000.",
        en="The serial of the NIK (last 4 digits) cannot be 0000.",
    ),
)
PROVINCE = Message(
    "identifier.province",
    Words(
        id="Kode provinsi {code} pada NIK tidak dikenal.",
        en="The province code {code} of the NIK is not known.",
    ),
)
OTHER_BIRTH_DATE = Message(
    "identifier.other_birth_date",
    Words(
        id="Tanggal lahir pada NIK berbeda dengan tanggal lahir yang diisi.",
        en="The date of birth in the NIK differs from the date of birth entered.",
    ),
)
CHECK_DIGIT = Message(
    "identifier.check_digit",
    Words(
        id="Digit ke-9 NPWP tidak sesuai; periksa kembali nomornya.",
        en="The 9th digit of the NPWP does not fit; check the number again.",
    ),
)
NOT_A_NIK = Message(
    "identifier.not_a_nik",
    Words(
        id="NPWP 16 digit ini bukan nomor badan (diawali 0) dan bukan NIK yang mungkin.",
        en="This 16-digit NPWP is neither an enterprise's (beginning with 0) nor a possible NIK.",
    ),
)


def nik_findings(text: str, birth_date: date | None = None) -> list[Finding]:
    """Findings on a population number. Region and birth date only warn: the code is of the place
    of first registration, and dates are corrected without a new number.
    """
    wrong = _shape("NIK", "nik", text)
    if wrong:
        return wrong
    findings = []
    if not nik_birth_dates(text):
        findings.append(_reject(BIRTH_DATE()))
    elif birth_date is not None and birth_date not in nik_birth_dates(text):
        findings.append(_warn(OTHER_BIRTH_DATE()))
    if text.endswith("0000"):
        findings.append(_reject(SERIAL()))
    if text[:2] not in _shapes()["nik_provinces"]:
        findings.append(_warn(PROVINCE(code=text[:2])))
    return findings


def nik_birth_dates(text: str) -> tuple[date, ...]:
    """The dates of birth that a NIK of 16 digits can mean, one a century; empty if none."""
    offset = int(_shapes()["nik"]["woman_day_offset"])
    day, month, year = int(text[6:8]), int(text[8:10]), int(text[10:12])
    day = day - offset if day > offset else day
    found = (_date(century + year, month, day) for century in (1900, 2000))
    return tuple(one for one in found if one is not None)


def nik_is_of_a_woman(text: str) -> bool:
    """Whether the day of birth in a NIK of 16 digits is raised by 40."""
    return int(text[6:8]) > int(_shapes()["nik"]["woman_day_offset"])


def npwp_findings(text: str) -> list[Finding]:
    """Findings on a taxpayer number of 15 digits (dots and hyphen allowed) or 16."""
    digits = npwp_digits(text)
    if _is_of_15(digits):
        wrong = _shape("NPWP", "npwp15", digits)
        return wrong or _check_digit(digits)
    wrong = _shape("NPWP", "npwp16", digits)
    if wrong:
        return wrong
    if digits.startswith("0"):
        return _check_digit(digits[1:])
    unlike = any(found.level == "reject" for found in nik_findings(digits))
    return [_warn(NOT_A_NIK())] if unlike else []


def npwp_digits(text: str) -> str:
    """The number without the dots and the hyphen of 99.999.999.9-999.999."""
    return re.sub(r"[.\-\s]", "", text)


def npwp16(text: str) -> str:
    """The 16-digit form: a 15-digit number gets a 0 in front (PMK 136/2023 Pasal 2)."""
    digits = npwp_digits(text)
    return "0" + digits if _is_of_15(digits) else digits


def npwp_check_digit_fits(text: str) -> bool | None:
    """Whether the ninth digit of the 15-digit form is the Luhn digit of the first eight.

    None for a 16-digit number without a 0 in front, which has no such digit.
    """
    digits = npwp16(text)
    return _luhn(digits[1:10]) if digits.startswith("0") else None


def nitku_findings(text: str) -> list[Finding]:
    """Findings on a place-of-business number: NPWP of 16 digits + 6 (000000 = head office)."""
    wrong = _shape("NITKU", "nitku", text)
    return wrong or [found for found in npwp_findings(text[:16]) if found.level == "warn"]


def bpjs_kesehatan_findings(text: str) -> list[Finding]:
    """Findings on a membership number of BPJS Kesehatan."""
    return _shape("Nomor BPJS Kesehatan", "bpjs_kesehatan_number", text)


def bpjs_tk_findings(text: str) -> list[Finding]:
    """Findings on a membership number of BPJS Ketenagakerjaan (KPJ)."""
    return _shape("Nomor KPJ", "bpjs_tk_number", text)


@lru_cache(maxsize=1)
def _shapes() -> dict[str, Any]:
    # The shape that is valid now: numbers keep the shape under which they were given.
    return {
        name: indonesia().table(name).rows[-1].value
        for name in (
            "nik",
            "nik_provinces",
            "npwp15",
            "npwp16",
            "nitku",
            "bpjs_kesehatan_number",
            "bpjs_tk_number",
        )
    }


def _shape(name: str, table: str, text: str) -> list[Finding]:
    shape = _shapes()[table]
    if not (text.isascii() and text.isdigit()):
        return [_reject(DIGITS(name=name))]
    if len(text) != int(shape["length"]):
        return [_reject(LENGTH(name=name, length=shape["length"], found=str(len(text))))]
    return [] if re.fullmatch(shape["pattern"], text) else [_reject(PATTERN(name=name))]


def _is_of_15(digits: str) -> bool:
    return len(digits) == int(_shapes()["npwp15"]["length"])


def _check_digit(npwp15: str) -> list[Finding]:
    return [] if _luhn(npwp15[:9]) else [_warn(CHECK_DIGIT())]


def _luhn(digits: Iterable[str]) -> bool:
    values = [int(digit) for digit in digits][::-1]
    doubled = (sum(divmod(2 * value, 10)) for value in values[1::2])
    return (sum(values[::2]) + sum(doubled)) % 10 == 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _reject(problem: Problem) -> Finding:
    return Finding("reject", problem)


def _warn(problem: Problem) -> Finding:
    return Finding("warn", problem)
