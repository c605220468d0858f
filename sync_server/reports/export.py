"""A report as a file: .xlsx that calculates, .csv, or .json."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import msgspec
import xlsxwriter

from sync_server.core.errors import BadRequest
from workbook_templates.columns import Column, Money, Number
from workbook_templates.schema import Report
from workbook_templates.wire import ReportReply


def write_report(report: Report, reply: ReportReply, target: Path, language: str) -> None:
    """Writes the file that the name's ending asks for. Raises `BadRequest` for another ending."""
    writers = {".json": _json, ".csv": _csv, ".xlsx": _xlsx}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise BadRequest(f"{target.name}: a report is written as .xlsx, .csv or .json")
    target.write_bytes(writer(report, reply, language))


def _json(_: Report, reply: ReportReply, __: str) -> bytes:
    return msgspec.json.format(msgspec.json.encode(reply), indent=2)


def _csv(report: Report, reply: ReportReply, language: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_headings(report.columns, language))
    for row in reply.rows:
        writer.writerow([_unformula(row.get(c.key) or "", c) for c in report.columns])
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(report: Report, reply: ReportReply, language: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(report.title[language][:31])
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, [report.title[language]], book.add_format({"bold": True, "size": 14}))
    sheet.write_row(1, 0, [f"{reply.company} · {reply.as_of}"])
    sheet.write_row(3, 0, _headings(report.columns, language), bold)
    for n, column in enumerate(report.columns):
        sheet.set_column(n, n, column.width, book.add_format(_look(column)))
    for at, row in enumerate(reply.rows, 4):
        for n, column in enumerate(report.columns):
            _write_cell(sheet, at, n, column, row.get(column.key), language)
    sheet.freeze_panes(4, 0)
    book.close()
    return out.getvalue()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    at: int,
    n: int,
    column: Column,
    text: str | None,
    language: str,
) -> None:
    if text is None:
        return
    if isinstance(column, Number):
        sheet.write_number(at, n, column.value(text))
    else:
        sheet.write_string(at, n, str(column.cell(text, language)))


def _look(column: Column) -> dict[str, str]:
    if isinstance(column, Money):
        return {"num_format": "#,##0.00"}
    return {} if isinstance(column, Number) else {"num_format": "@"}


def _headings(columns: Sequence[Column], language: str) -> list[str]:
    return [c.heading[language] for c in columns]


def _unformula(text: str, column: Column) -> str:
    """Text that a spreadsheet would take for a formula is made plain."""
    if not isinstance(column, Number) and text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{text}"
    return text
