"""The fixed frame of a report sheet: what stands above its rows, and the marks that tell it.

A hidden column to the left of the report says what each line is: "report:KEY" on the first,
"title", "span", "state", the name of a parameter, "trouble", "head", and "row LEVEL" on the rows.
"""

from __future__ import annotations

from workbook_templates.schema import Report, ReportRequest
from workbook_templates.spans import PREVIOUS_PERIOD, PREVIOUS_YEAR, YEAR_END
from workbook_templates.words import Words

REPORT, ROW = "report:", "row"
TITLE, SPAN, STATE, TROUBLE, HEAD = "title", "span", "state", "trouble", "head"
FINAL, SUM = "final", "sum"  # levels of rows: a total that nothing adds up, the sums of columns
AS_OF, PERIOD, COMPARE = "as_of", "period", "compare"
LABELS = {
    AS_OF: Words("Per tanggal", "As of"),
    PERIOD: Words("Periode", "Period"),
    COMPARE: Words("Banding", "Compare"),
    "account": Words("Akun", "Account"),
    "item": Words("Barang", "Item"),
}
USUAL = {
    AS_OF: Words("terbaru", "latest"),
    PERIOD: Words("bulan ini", "this month"),
    COMPARE: Words("tidak ada", "none"),
    "account": Words("semua", "all"),
    "item": Words("semua", "all"),
}
HINTS = {
    AS_OF: Words(
        "Ketik tanggal (31/05/2026), atau “terbaru” agar mengikuti hari ini.",
        "Type a day (2026-05-31), or “latest” to follow the calendar.",
    ),
    PERIOD: Words(
        "Ketik 2026-05, 2026-Q2, 2026 atau 2026-01..2026-06; “bulan ini” mengikuti kalender.",
        "Type 2026-05, 2026-Q2, 2026 or 2026-01..2026-06; “this month” follows the calendar.",
    ),
    COMPARE: Words("Pilih pembandingnya.", "Choose what stands beside it."),
    "account": Words("Ketik kode akun, atau “semua”.", "Type an account code, or “all”."),
    "item": Words("Ketik kode barang, atau “semua”.", "Type an item code, or “all”."),
}
COMPARED = {
    PREVIOUS_PERIOD: Words("periode sebelumnya", "previous period"),
    PREVIOUS_YEAR: Words("tahun sebelumnya", "previous year"),
    YEAR_END: Words("akhir tahun lalu", "last year end"),
}


def parameters_of(report: Report) -> tuple[str, ...]:
    """What a person may ask of a report, in the order in which it stands on the sheet."""
    compare = (COMPARE,) if report.columns_for else ()
    return (report.spans, *compare, *report.takes)


def widest(report: Report) -> ReportRequest:
    """A request for which a report shows all the columns that it can have."""
    return ReportRequest("2026-01-31", "2026-01-01", "2026-01-31", None, {COMPARE: PREVIOUS_YEAR})
