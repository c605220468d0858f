"""The company's own tax registration on a day."""

from __future__ import annotations

from workbook_templates.schema import Known, Line

HEAD_OFFICE = "000000"


def registration_on(known: Known, day: str) -> Line | None:
    """The row that holds on a day ("YYYY-MM-DD"): the last that began by then."""
    rows = [row for row in known.rows("ledger.tax_registration") if row.text("from") <= day]
    return max(rows, key=lambda row: row.text("from"), default=None)
