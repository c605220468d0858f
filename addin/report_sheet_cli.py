"""`lajur report-sheet`: a report as a sheet of the workbook, which every sync refreshes."""

from __future__ import annotations

from typing import Annotated

import typer

from addin import terminal
from addin.hosts.base import Workbook
from addin.report_adding import add_report_sheet, let_go, sentences_on
from addin.runs import language_of, pull_workbook
from addin.terminal import DONE, NEEDS_A_PERSON, AsJson, File, With
from workbook_templates.words import Words

ADDED = Words(
    "{file}: lembar “{sheet}” ditambahkan. Setiap sinkronisasi menyegarkannya; ubah isian di"
    " atasnya untuk tanggal atau periode lain.",
    "{file}: the sheet “{sheet}” was added. Every sync refreshes it; change the cells above it for"
    " another day or period.",
)
STOPPED = Words(
    "{file}: {sheets} tidak disegarkan lagi dan tetap seperti adanya. Hapus lembarnya di program"
    " Anda bila tidak diperlukan.",
    "{file}: {sheets} will not be refreshed any more and stays as it is. Delete the sheet in your"
    " spreadsheet program if you do not need it.",
)


def report_sheet(
    file: File,
    name: Annotated[str, typer.Argument(help="The report, e.g. trial_balance.")],
    period: Annotated[str, typer.Option(help="2026-05, 2026-Q2, 2026; else this month.")] = "",
    as_of: Annotated[str, typer.Option(help="YYYY-MM-DD; else the latest.")] = "",
    compare: Annotated[str, typer.Option(help="previous_period, previous_year or year_end.")] = "",
    account: Annotated[str, typer.Option(help="One account only.")] = "",
    item: Annotated[str, typer.Option(help="One item only.")] = "",
    stop: Annotated[
        bool, typer.Option("--stop", help="Refresh it no more; the sheet stays.")
    ] = False,
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Add a report as a sheet that every sync refreshes, or stop refreshing one."""
    typed = {"period": period, "as_of": as_of, "compare": compare, "account": account, "item": item}
    given = {key: text for key, text in typed.items() if text}
    with terminal.failing(file, as_json), terminal.opened(file, program) as workbook:
        if stop:
            status = _stop(workbook, file, name, as_json)
        else:
            status = _add(workbook, file, (name, given), as_json)
    raise typer.Exit(status)


def _add(workbook: Workbook, file: str, asked: tuple[str, dict[str, str]], as_json: bool) -> int:
    sheet = add_report_sheet(workbook, *asked)
    pull_workbook(workbook)
    said = sentences_on(workbook, sheet)
    words = ADDED[_spoken(workbook)].format(file=file, sheet=sheet)
    reply = {"file": file, "sheet": sheet, "messages": said}
    terminal.say(reply, as_json, "\n".join([words, *said]))
    return NEEDS_A_PERSON if said else DONE


def _stop(workbook: Workbook, file: str, name: str, as_json: bool) -> int:
    sheets = let_go(workbook, name)
    workbook.save()
    told = ", ".join(f"“{sheet}”" for sheet in sheets)
    words = STOPPED[_spoken(workbook)].format(file=file, sheets=told)
    terminal.say({"file": file, "stopped": sheets}, as_json, words)
    return DONE


def _spoken(workbook: Workbook) -> str:
    return language_of(workbook) or terminal.language()
