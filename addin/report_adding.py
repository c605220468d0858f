"""Adding a report sheet to a workbook, and letting one go: it stays as it is, refreshed no more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from addin.copies import Copy, open_copy
from addin.hosts.base import SetCell, SheetEdit, Workbook
from addin.hosts.memory import MemoryWorkbook
from addin.hosts.offers import grafting
from addin.hosts.xlsx import open_workbook
from addin.report_errors import NoNewSheets, UnknownParameter, UnknownReport
from addin.report_layout import ReportSheet, find_report_sheet, report_of
from addin.report_parameters import typed_as
from addin.report_sheets import LISTED, listed, report_sheets
from addin.shadow import META, sheets_of
from workbook_templates.report_frame import TROUBLE, parameters_of
from workbook_templates.schema import Report

NAME_LENGTH = 31
FORBIDDEN = r"[\[\]:*?/\\]"  # in the names of worksheets


def add_report_sheet(workbook: Workbook, key: str, given: Mapping[str, str]) -> str:
    """Add the sheet of a report, in memory; its name. It has no rows before the next sync.

    Raises `UnknownReport`, `UnknownParameter`, `NoNewSheets`.
    """
    report, copy = report_of(key), open_copy(workbook)
    if report is None:
        keys = [report.key for report in copy.book.reports]
        raise UnknownReport(name=key, names=", ".join(keys))
    _refuse_unknown(report, given)
    name = _free_name(workbook, report.title[copy.language])
    _add(workbook, report, copy, name)
    _ask(workbook, name, copy.language, given)
    _list(workbook, copy, [*listed(copy), name])
    return name


def let_go(workbook: Workbook, name: str) -> list[str]:
    """Refresh a sheet, or every one of a report, no more; their names. What they show stays.

    Raises `UnknownReport` where there is none.
    """
    copy = open_copy(workbook)
    there = report_sheets(workbook, copy)
    gone = [sheet for sheet in there if name in (sheet.worksheet, sheet.report.key)]
    if not gone:
        raise UnknownReport(name=name, names=", ".join(sheet.worksheet for sheet in there) or "—")
    workbook.write([SheetEdit(sheet.worksheet, tuple(_unmarked(sheet))) for sheet in gone])
    names = [sheet.worksheet for sheet in gone]
    _list(workbook, copy, [s.worksheet for s in there if s.worksheet not in names])
    return names


def sentences_on(workbook: Workbook, name: str) -> list[str]:
    """What a report sheet says is wrong: its parameters, or why it was not refreshed."""
    sheet = find_report_sheet(name, workbook.read(name))
    if sheet is None:
        return []
    places = [(p, sheet.marks + 3) for p in parameters_of(sheet.report)]
    places.append((TROUBLE, sheet.marks + 1))
    said = (sheet.cell(sheet.lines[role], at) for role, at in places if role in sheet.lines)
    return [str(cell) for cell in said if cell is not None]


def _refuse_unknown(report: Report, given: Mapping[str, str]) -> None:
    known = parameters_of(report)
    unknown = [name for name in given if name not in known]
    if unknown:
        raise UnknownParameter(report=report.key, names=_options(unknown), known=_options(known))


def _options(names: Iterable[str]) -> str:
    return ", ".join(f"--{name.replace('_', '-')}" for name in names)


def _free_name(workbook: Workbook, title: str) -> str:
    taken = {name.casefold() for name in workbook.sheets()}
    plain = re.sub(FORBIDDEN, " ", title)
    endings = ("", *(f" ({n})" for n in range(2, len(taken) + 3)))
    names = (plain[: NAME_LENGTH - len(ending)] + ending for ending in endings)
    return next(name for name in names if name.casefold() not in taken)


def _add(workbook: Workbook, report: Report, copy: Copy, name: str) -> None:
    from workbook_templates.render.report_sheet import Blank, render_report_sheet

    company = copy.meta.get("company_name") or copy.meta.get("company", "")
    rendered = render_report_sheet(Blank(report, name, copy.language, company))
    grafts = grafting(workbook)
    if grafts is not None:
        grafts.graft(rendered, [name], [])
    elif isinstance(workbook, MemoryWorkbook):
        _add_plain(workbook, rendered, name)
    else:
        raise NoNewSheets(name=workbook.name)


def _add_plain(workbook: MemoryWorkbook, rendered: bytes, name: str) -> None:
    """Only the cells: memory has no looks."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "report.xlsx"
        file.write_bytes(rendered)
        made = open_workbook(str(file))
        workbook.add_sheet(name, made.read(name).rows)
        made.close()


def _ask(workbook: Workbook, name: str, language: str, given: Mapping[str, str]) -> None:
    """Put what is asked into the cells above the report."""
    sheet = find_report_sheet(name, workbook.read(name))
    if sheet is not None and given:
        column = sheet.marks + 2
        cells = (
            SetCell(sheet.lines[parameter], column, typed_as(parameter, text, language))
            for parameter, text in given.items()
        )
        workbook.write([SheetEdit(name, tuple(cells))])


def _unmarked(sheet: ReportSheet) -> list[SetCell]:
    rows = range(1, len(sheet.cells.rows) + 1)
    return [SetCell(row, sheet.marks, None) for row in rows if sheet.mark(row)]


def _list(workbook: Workbook, copy: Copy, names: list[str]) -> None:
    copy.meta[LISTED] = json.dumps(names, ensure_ascii=False)
    workbook.replace(META, sheets_of(copy.shadow)[META])
