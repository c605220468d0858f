"""`lajur`: make workbooks, sync them, look into them; exit 0 done, 1 needs you, 2 could not."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from typing import Annotated, Any

import typer

from addin import printing, replies, terminal
from addin.attendant import attend
from addin.bank_import_cli import add_commands as add_bank_import
from addin.carrying_cli import add_commands as add_carrying
from addin.copies import Copy
from addin.drafts_cli import commands as drafts_commands
from addin.errors import AddinError
from addin.file_import_cli import add_commands as add_file_import
from addin.google_sign_in_cli import google_sign_in
from addin.google_worker_cli import google_worker
from addin.hosts.errors import HostError
from addin.making_cli import add_commands as add_making
from addin.payment_match_cli import add_commands as add_payment_match
from addin.preview import Preview
from addin.questions import everything, nobody
from addin.report_sheet_cli import report_sheet
from addin.resolving_cli import add_commands as add_resolving
from addin.runs import (
    Wishes,
    examine,
    pull_workbook,
    row_history,
    sync_workbook,
)
from addin.self_test import self_test
from addin.taking_back_cli import add_commands as add_taking_back
from addin.terminal import COULD_NOT, AsJson, File, With, Yes
from addin.tokens import keep_token
from addin.watching import Pace
from workbook_templates import books
from workbook_templates.describe import describe
from workbook_templates.words import Words

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
app.add_typer(drafts_commands, name="drafts")
SIGNED_IN = Words("Token untuk {server} tersimpan.", "The token for {server} is kept.")
UNSENT, ALL_SENT = printing.UNSENT, Words("Semua sudah terkirim.", "Everything is sent.")


add_making(app)
add_carrying(app)
add_bank_import(app)
add_file_import(app)
add_payment_match(app)
app.command("report-sheet")(report_sheet)
app.command("self-test")(self_test)
app.command("google-sign-in")(google_sign_in)
app.command("google-worker")(google_worker)
add_taking_back(app)
add_resolving(app)


@app.command()
def sync(
    files: Annotated[list[str], typer.Argument(help="The workbooks.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Ask only; change nothing.")] = False,
    delete: Annotated[
        bool, typer.Option("--yes-delete", "--delete", help="Many rows may be deleted.")
    ] = False,
    yes: Yes = False,
    adopt: Annotated[bool, typer.Option("--adopt", help="Send another person's rows.")] = False,
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Send what was typed, bring in what others did, say what needs you."""
    wishes = Wishes(delete or yes, adopt, dry_run, everything if yes else nobody)
    done = [_sync_one(file, wishes, as_json, program) for file in files]
    if as_json:
        terminal.print_json({"workbooks": [reply for reply, _ in done]})
    raise typer.Exit(max(status for _, status in done))


def _sync_one(
    file: str, wishes: Wishes, as_json: bool, program: str = ""
) -> tuple[dict[str, Any], int]:
    """The reply and exit status of one workbook; one that fails does not stop the others."""
    try:
        with terminal.opened(file, program) as workbook, terminal.bar() as progress:
            attended = terminal.is_attended(as_json)
            wished = replace(wishes, progress=progress)
            if attended and wishes.ask is nobody:
                wished = replace(wished, ask=terminal.answer)
            if attended:
                wished = replace(wished, show=_show)
            run = sync_workbook(workbook, None, wished)
    except (AddinError, HostError) as failed:
        return terminal.failed(file, failed, as_json), COULD_NOT
    if not as_json:
        printing.say_run(terminal.out, file, run, shown=attended and not wishes.dry)
    return replies.workbook_reply(file, run), terminal.exit_status(run)


def _show(copy: Copy, seen: Preview) -> None:
    """What is about to be sent, told before it is."""
    if seen.rows:
        terminal.out.print(printing.TO_SEND[copy.language])
        printing.say_preview(terminal.out, copy, seen)


@app.command()
def validate(file: File, program: With = "", as_json: AsJson = False) -> None:
    """Ask the server what a sync would do; nothing changes, here or there."""
    reply, status = _sync_one(file, Wishes(dry=True), as_json, program)
    if as_json:
        terminal.print_json({"workbooks": [reply]})
    raise typer.Exit(status)


@app.command()
def status(
    file: File,
    cells: Annotated[bool, typer.Option("--cells", help="Name each changed cell.")] = False,
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """What stands in a workbook: unsent rows, problems, decisions that wait. No server is asked."""
    with terminal.failing(file, as_json), terminal.opened(file, program) as workbook:
        run, seen = examine(workbook)
        if as_json:
            terminal.print_json(replies.status_reply(file, run, seen))
        else:
            words = UNSENT if seen.rows else ALL_SENT
            terminal.out.print(f"[bold]{file}[/bold]: {words[run.copy.language]}", highlight=False)
            printing.say_preview(terminal.out, run.copy, seen)
            if cells:
                printing.say_changed_cells(terminal.out, run.copy, seen)
            printing.say_problems(terminal.out, run.copy, run.issues)
    raise typer.Exit(terminal.exit_status(run))


@app.command()
def history(
    file: File,
    sheet: Annotated[str, typer.Argument(help="The sheet's name or key.")],
    row: Annotated[int, typer.Argument(help="The row number that you see.")],
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Every change of one row: who, when, what."""
    with terminal.failing(file, as_json), terminal.opened(file, program) as workbook:
        copy, records = row_history(workbook, sheet, row)
        if as_json:
            terminal.print_json(replies.history_reply(file, records))
        elif records:
            printing.say_history(terminal.out, copy, records[0].t, records)


@app.command()
def pull(file: File, program: With = "", as_json: AsJson = False) -> None:
    """Bring in what others did; send nothing."""
    with terminal.failing(file, as_json), terminal.opened(file, program) as workbook:
        run = pull_workbook(workbook)
        if as_json:
            terminal.print_json({"workbooks": [replies.workbook_reply(file, run)]})
        else:
            printing.say_run(terminal.out, file, run)
    raise typer.Exit(terminal.exit_status(run))


@app.command()
def watch(
    files: Annotated[list[str], typer.Argument(help="The workbooks.")],
    every: Annotated[float, typer.Option(help="Seconds between two syncs at most.")] = 30.0,
    settle: Annotated[float, typer.Option(help="Seconds that a saved file rests first.")] = 1.0,
    times: Annotated[int, typer.Option(help="Stop after so many; 0 goes on.")] = 0,
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Synchronise when a file was saved, when the server has news, and from time to time."""
    raise typer.Exit(attend(files, Pace(every, settle), times, as_json, program))


@app.command("books")
def list_books(as_json: AsJson = False) -> None:
    """Every book, sheet and column: keys, kinds, headings in both languages."""
    described = describe(books.all_books())
    if as_json:
        terminal.print_json(described)
        return
    for book in described["books"]:
        terminal.out.print(f"[bold]{book['key']}[/bold]")
        for sheet in book["sheets"]:
            terminal.out.print(
                f"  {sheet['key']} ({sheet['titles'][terminal.language()]})", highlight=False
            )
            for column in sheet["columns"]:
                names = " · ".join(column["headings"].values())
                terminal.out.print(
                    f"    {column['key']}: {column['kind']}: {names}", highlight=False
                )


@app.command("sign-in")
def sign_in(
    server: Annotated[str, typer.Option(help="The server's address.", envvar="LAJUR_SERVER")],
    token: Annotated[str, typer.Option(prompt=True, hide_input=True, help="Your token.")],
    as_json: AsJson = False,
) -> None:
    """Keep your token in this computer's key store."""
    with terminal.failing(server, as_json):
        keep_token(server, token)
        said = SIGNED_IN[terminal.language()].format(server=server)
        terminal.say({"server": server, "kept": True}, as_json, said)


def main() -> None:
    """The console command."""
    gc.set_threshold(200_000, 50, 50)  # a sync makes many objects at once and few of them die
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(COULD_NOT)
