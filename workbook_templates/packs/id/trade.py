"""What the Indonesian pack says to the ledger: numbers that can never be right, e-Faktur files."""

from __future__ import annotations

from workbook_templates.packs.id.coretax import (
    invoice_file,
    invoice_rules,
    return_file,
    return_rules,
    slip_file,
)
from workbook_templates.packs.id.identifiers import (
    nik_findings,
    nitku_findings,
    npwp_digits,
    npwp_findings,
)
from workbook_templates.packs.id.words import rupiah_in_words as amount_in_words
from workbook_templates.problems import Problem

__all__ = [
    "amount_in_words",
    "invoice_file",
    "invoice_rules",
    "number_problems",
    "return_file",
    "return_rules",
    "slip_file",
]
_FINDINGS = {"tax_id": npwp_findings, "tax_place": nitku_findings, "national_id": nik_findings}


def number_problems(kind: str, text: str) -> list[Problem]:
    """What is wrong for certain; a number with letters may be that of another country."""
    if kind == "tax_id" and not npwp_digits(text).isdigit():
        return []
    return [found.problem for found in _FINDINGS[kind](text) if found.level == "reject"]
