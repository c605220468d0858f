"""Rules for what may be typed into cells."""

from __future__ import annotations

from typing import Any

import uno

from .formulas import to_calc, to_excel
from .session import Session

TYPES = {
    "any": "ANY", "whole_number": "WHOLE", "decimal": "DECIMAL", "date": "DATE", "time": "TIME",
    "text_length": "TEXT_LEN", "list": "LIST", "custom": "CUSTOM",
}  # fmt: skip
OPERATORS = {
    "between": "BETWEEN", "not_between": "NOT_BETWEEN", "equal_to": "EQUAL",
    "not_equal_to": "NOT_EQUAL", "greater_than": "GREATER", "less_than": "LESS",
    "greater_than_or_equal": "GREATER_EQUAL", "less_than_or_equal": "LESS_EQUAL",
}  # fmt: skip


def put(session: Session, area: list[int], rule: dict[str, Any]) -> None:
    """Set a rule: type, operator, formula1, formula2, dropdown."""
    cells = session.range(area)
    validation = cells.Validation
    validation.Type = uno.Enum("com.sun.star.sheet.ValidationType", TYPES[rule["type"]])
    operator = OPERATORS[rule.get("operator") or "between"]
    validation.setOperator(uno.Enum("com.sun.star.sheet.ConditionOperator", operator))
    validation.setFormula1(_calc(rule.get("formula1") or ""))
    validation.setFormula2(_calc(rule.get("formula2") or ""))
    validation.ShowList = 1 if rule.get("dropdown", True) else 0
    validation.ShowErrorMessage = rule["type"] != "any"
    validation.IgnoreBlankCells = True
    cells.Validation = validation


def _calc(formula: str) -> str:
    """Excel writes a list of texts as "a,b", Calc as "a";"b"."""
    if formula.startswith('"'):
        return ";".join(f'"{text}"' for text in formula[1:-1].split(","))
    return to_calc(formula)[1:] if formula.startswith("=") else formula


def _excel(formula: str) -> str:
    if formula.startswith('"'):
        return '"{}"'.format(",".join(formula[1:-1].split('";"')))
    return to_excel("=" + formula)[1:]


def get(session: Session, area: list[int]) -> dict[str, Any]:
    """The rule of the first cell."""
    found = session.range([*area[:3], 1, 1]).Validation
    kind = next(name for name, value in TYPES.items() if value == found.Type.value)
    return {
        "type": kind,
        "formula1": _excel(found.getFormula1()),
        "formula2": _excel(found.getFormula2()),
        "dropdown": bool(found.ShowList),
    }
