"""`lajur copy`: a workbook in another place, with its ids and with what is unsent."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from addin import terminal
from addin.carrying import copy_workbook
from addin.runs import language_of
from addin.terminal import AsJson, File
from workbook_templates.words import Words

COPIED = Words(
    "{file} disalin ke {target}: {rows} baris. Bekerjalah di salah satunya saja.",
    "{file} was copied to {target}: {rows} rows. Go on working in one of the two only.",
)
LEFT_BEHIND = Words(
    "Lembar Anda sendiri tetap di berkas lama: {sheets}.",
    "Sheets of your own stay in the old workbook: {sheets}.",
)
RESULTS = Words(
    "{count} rumus dalam kolom Lajur disalin sebagai hasilnya.",
    "{count} formulas in columns of Lajur were copied as their results.",
)


def copy_command(
    file: File,
    target: Annotated[
        str, typer.Argument(help="A new file, or the link of a blank spreadsheet in Google Sheets.")
    ],
    as_json: AsJson = False,
) -> None:
    """Copy a workbook to a new file or into Google Sheets; ids and unsent rows come along."""
    with terminal.failing(file, as_json), terminal.opened(file) as workbook:
        carried = copy_workbook(workbook, target)
        spoken = language_of(workbook) or terminal.language()
        said = [COPIED[spoken].format(file=file, target=target, rows=carried.rows)]
        if carried.left_behind:
            sheets = ", ".join(carried.left_behind)
            said.append(LEFT_BEHIND[spoken].format(sheets=sheets))
        if carried.formulas:
            said.append(RESULTS[spoken].format(count=carried.formulas))
        reply = {"file": file, "target": target, **asdict(carried)}
        terminal.say(reply, as_json, "\n".join(said))


def add_commands(app: typer.Typer) -> None:
    """The command under its name."""
    app.command("copy")(copy_command)
