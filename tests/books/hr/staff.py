"""Rows of a small staff for the tests of the hr book."""

from __future__ import annotations

from typing import Any

from tests.books.known import KnownRows
from workbook_templates.schema import Cells


def employee(code: str = "E", **cells: str) -> Cells:
    """An employee on a five-day week since 2020."""
    return {"employee": code, "name": f"Name {code}", "joined": "2020-01-06", "week": "5"} | cells


def request(code: str, first: str, last: str, **cells: str) -> Cells:
    """An annual leave of employee E, asked for and not yet decided."""
    given = {"request": code, "employee": "E", "kind": "annual", "from": first, "to": last}
    return given | {"status": "requested"} | cells


def staff(**sheets: Any) -> KnownRows:
    """A company whose hr sheets have these rows; employee E unless employees are given."""
    tables = {"employees": [employee()]} | sheets
    return KnownRows({f"hr.{sheet}": rows for sheet, rows in tables.items()})


def codes(problems: Any) -> list[str]:
    """The codes of problems, in order."""
    return [problem.code for problem in problems]
