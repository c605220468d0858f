"""Pay components as rows and as the calculation sees them."""

from __future__ import annotations

from workbook_templates.books.payroll.payslip import Component
from workbook_templates.schema import Known, Line

COMPONENTS = "payroll.components"


def read(row: Line) -> Component:
    """A component of its row; what is left blank follows from its kind."""
    kind = row.text("kind")
    earning = kind == "earning"
    return Component(
        code=row.text("code"),
        kind=kind,
        taxable=_flag(row, "taxable", earning),
        deductible=_flag(row, "deductible", False),
        prorated=_flag(row, "prorated", earning),
        insured=_insured(row, earning),
    )


def components(known: Known) -> dict[str, Component]:
    """All components by code."""
    return {row.text("code"): read(row) for row in known.rows(COMPONENTS)}


def _insured(row: Line, earning: bool) -> bool | None:
    """Only earnings are part of the wage; a one-off is not unless somebody says so."""
    if not earning:
        return False
    if row.cells.get("insured") is None:
        return False if _flag(row, "one_off", False) else None
    return _flag(row, "insured", False)


def _flag(row: Line, column: str, blank: bool) -> bool:
    text = row.cells.get(column)
    return blank if text is None else text == "true"
