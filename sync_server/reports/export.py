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
from workbook_templates.schema import Company, Report
from workbook_templates.wire import ReportReply

HEAD = 3  # the row of the headings, counted from 0
HEADING = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
LEVEL, ACCOUNT = "level", "account"  # a statement's sums are told from its lines by bold rows
A4, PORTRAIT = 9, 95  # the paper's number, and the widest sheet that stands upright on it


def write_report(report: Report, reply: ReportReply, target: Path, company: Company) -> None:
    """Writes the file that the name's ending asks for. Raises `BadRequest` for another ending."""
    writers = {".json": _json, ".csv": _csv, ".xlsx": _xlsx}
    writer = writers.get(target.suffix.lower())
    if writer is None:
        raise BadRequest(f"{target.name}: a report is written as .xlsx, .csv or .json")
    target.write_bytes(writer(report, reply, company))


def _json(_: Report, reply: ReportReply, __: Company) -> bytes:
    return msgspec.json.format(msgspec.json.encode(reply), indent=2)


def _csv(report: Report, reply: ReportReply, company: Company) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_headings(report.columns, company.language))
    for row in reply.rows:
        writer.writerow([_unformula(row.get(c.key) or "", c) for c in report.columns])
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(report: Report, reply: ReportReply, company: Company) -> bytes:
    out, language = io.BytesIO(), company.language
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(report.title[language][:31])
    columns = [column for column in report.columns if column.key != LEVEL]
    sheet.write_row(0, 0, [report.title[language]], book.add_format({"bold": True, "size": 14}))
    sheet.write_row(1, 0, [f"{company.name} · {reply.as_of}"])
    plain = [book.add_format(_look(column)) for column in columns]
    bold = [book.add_format({**_look(column), "bold": True}) for column in columns]
    for n, column in enumerate(columns):
        sheet.set_column(n, n, column.width, plain[n])
        side = "right" if isinstance(column, Number) else "left"
        sheet.write_string(
            HEAD, n, column.heading[language], book.add_format({**HEADING, "align": side})
        )
    for at, row in enumerate(reply.rows, HEAD + 1):
        looks = plain if row.get(LEVEL, ACCOUNT) == ACCOUNT else bold
        for n, column in enumerate(columns):
            _write_cell(sheet, (at, n), column, row.get(column.key), (looks[n], language))
    _lay_out(sheet, columns)
    book.close()
    return out.getvalue()


def _lay_out(sheet: xlsxwriter.worksheet.Worksheet, columns: Sequence[Column]) -> None:
    """One page wide, with the headings on each page."""
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    if sum(column.width for column in columns) > PORTRAIT:
        sheet.set_landscape()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    column: Column,
    text: str | None,
    shown: tuple[xlsxwriter.format.Format, str],
) -> None:
    look, language = shown
    if text is None:
        return
    if isinstance(column, Number):
        sheet.write_number(*place, column.value(text), look)
    else:
        sheet.write_string(*place, str(column.cell(text, language)), look)


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
