"""The files in which a report is handed on: .xlsx, .pdf, .csv, .json, and kinds of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sync_server.core.errors import BadRequest
from sync_server.reports.pdf import pdf
from sync_server.reports.printed import Printed
from sync_server.reports.xlsx import xlsx
from workbook_templates.columns import Column
from workbook_templates.report_files import NotReady
from workbook_templates.report_rows import is_figure
from workbook_templates.schema import Report

OPENS_A_FORMULA = (*"=+-@", *"＝＋－＠", "\t", "\r", "\n")  # wide signs too: some Excels read them


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type, and how a report is written as one."""

    media_type: str
    write: Callable[[Printed], bytes]


def write_report(printed: Printed, target: Path) -> None:
    """Writes the file that the name's ending asks for. Raises `BadRequest` for another ending."""
    kind, formats = target.suffix.lower().removeprefix("."), formats_of(printed.report)
    if kind not in formats:
        endings = ", ".join(f".{key}" for key in formats)
        raise BadRequest(f"{target.name}: {printed.report.key} is written as {endings}")
    target.write_bytes(formats[kind].write(printed))


def formats_of(report: Report) -> dict[str, Format]:
    """The kinds of file in which a report can be had, by their endings."""
    own = report.file
    if own is None:
        return FORMATS

    def write(printed: Printed) -> bytes:
        try:
            return own.write(printed.company.pack, printed.request.last, printed.rows)
        except NotReady as wanting:
            raise BadRequest("\n".join(wanting.reasons)) from wanting

    return FORMATS | {own.ending: Format(own.media_type, write)}


def _json(printed: Printed) -> bytes:
    return msgspec.json.format(msgspec.json.encode(printed.reply), indent=2)


def _csv(printed: Printed) -> bytes:
    """Canonical text under the headings, in UTF-8 with the mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    columns = printed.all_columns
    writer.writerow([column.heading[printed.language] for column in columns])
    for row in printed.rows:
        writer.writerow([unformula(row.get(column.key) or "", column) for column in columns])
    return ("\ufeff" + out.getvalue()).encode()


def unformula(text: str, column: Column) -> str:
    """Text that a spreadsheet would take for a formula is made plain."""
    return f"'{text}" if not is_figure(column) and text[:1] in OPENS_A_FORMULA else text


FORMATS = {
    "json": Format("application/json", _json),
    "csv": Format("text/csv; charset=utf-8", _csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx),
    "pdf": Format("application/pdf", pdf),
}
