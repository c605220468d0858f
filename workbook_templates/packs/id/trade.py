"""What the Indonesian pack says to the ledger: which numbers of parties can never be right."""

from __future__ import annotations

from workbook_templates.packs.id.identifiers import (
    nik_findings,
    nitku_findings,
    npwp_digits,
    npwp_findings,
)
from workbook_templates.problems import Problem

_FINDINGS = {"tax_id": npwp_findings, "tax_place": nitku_findings, "national_id": nik_findings}


def number_problems(kind: str, text: str) -> list[Problem]:
    """What is wrong for certain; a number with letters may be that of another country."""
    if kind == "tax_id" and not npwp_digits(text).isdigit():
        return []
    return [found.problem for found in _FINDINGS[kind](text) if found.level == "reject"]
