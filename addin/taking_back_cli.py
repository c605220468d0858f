"""`lajur undo`, `lajur reverse`, `lajur put-back`: take back what was accepted."""

from __future__ import annotations

from typing import Annotated

import typer

from addin import printing, replies, terminal
from addin.taking_back import Reversal, last_sent, put_back, take_back
from addin.terminal import NEEDS_A_PERSON, AsJson, File, Yes
from workbook_templates.words import Words

QUESTION = Words(
    "{n} perubahan dari sinkronisasi terakhir berkas ini akan dibalik di pusat. Lanjutkan?",
    "{n} changes of this file's last sync will be reversed centrally. Go on?",
)
ASK_FIRST = Words(
    "{n} perubahan akan dibalik: {changes}. Jalankan lagi dengan --yes.",
    "{n} changes would be reversed: {changes}. Run it again with --yes.",
)
TYPED = Words(
    "Isi lama ditulis di selnya; sinkronisasi berikutnya mengirimnya:",
    "The earlier value is in its cell; the next sync sends it:",
)
Date = Annotated[
    str | None,
    typer.Option(help="Leave the document and make its opposite on this day, YYYY-MM-DD."),
]


def add_commands(app: typer.Typer) -> None:
    """Put the commands on `lajur`."""
    app.command()(undo)
    app.command()(reverse)
    app.command("put-back")(put_cell_back)


def undo(
    file: File,
    push: Annotated[
        str | None, typer.Option(help="One change: its number or its mutation's id.")
    ] = None,
    date: Date = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Reverse what this file sent in its last sync, or one change of anybody."""
    with terminal.failing(file, as_json):
        changes = [push] if push else _confirmed(file, yes, as_json)
        _take_back(file, changes, date, as_json)


def reverse(
    file: File,
    change: Annotated[str, typer.Argument(help="Its number, as Status and history show it.")],
    date: Date = None,
    as_json: AsJson = False,
) -> None:
    """Reverse one accepted change, as a new change."""
    with terminal.failing(file, as_json):
        _take_back(file, [change], date, as_json)


def put_cell_back(
    file: File,
    sheet: Annotated[str, typer.Argument(help="The sheet's name or key.")],
    row: Annotated[int, typer.Argument(help="The row number that you see.")],
    column: Annotated[str, typer.Argument(help="The column's heading or key.")],
    to: Annotated[int, typer.Option(help="As it was after this change.")],
    as_json: AsJson = False,
) -> None:
    """Type an earlier value into a cell again; the next sync sends it."""
    with terminal.failing(file, as_json), terminal.opened(file) as workbook:
        run, seen = put_back(workbook, (sheet, row, column), to)
        if as_json:
            terminal.print_json(replies.status_reply(file, run, seen))
            return
        terminal.out.print(f"[bold]{file}[/bold]: {TYPED[run.copy.language]}", highlight=False)
        printing.say_preview(terminal.out, run.copy, seen)


def _confirmed(file: str, yes: bool, as_json: bool) -> list[str]:
    """The changes of the last sync, once somebody has said yes; else exit 1 with a sentence."""
    with terminal.opened(file) as workbook:
        copy, changes = last_sent(workbook)
    facts = {"n": len(changes), "changes": ", ".join(changes)}
    if yes:
        return changes
    if terminal.is_attended(as_json):
        if terminal.ask(QUESTION[copy.language].format(**facts), copy.language, default=False):
            return changes
        raise typer.Exit(NEEDS_A_PERSON)
    reply = {"file": file, "would_reverse": changes}
    terminal.say(reply, as_json, ASK_FIRST[copy.language].format(**facts))
    raise typer.Exit(NEEDS_A_PERSON)


def _take_back(file: str, changes: list[str], date: str | None, as_json: bool) -> None:
    with terminal.opened(file) as workbook:
        run, done = take_back(workbook, changes, date)
    language = run.copy.language
    if as_json:
        terminal.print_json({"file": file, "changes": [_reply(one, language) for one in done]})
    else:
        for one in done:
            terminal.out.print(one.words[language], highlight=False)
    if not all(one.done for one in done):
        raise typer.Exit(NEEDS_A_PERSON)


def _reply(one: Reversal, language: str) -> dict[str, object]:
    result = one.result
    said = {"change": one.of, "status": result.status, "message": one.words[language]}
    return {**said, "reversed_by": result.seq if one.done else None}
