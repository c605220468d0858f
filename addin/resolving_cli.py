"""`lajur resolve`: carry out decisions typed on Review, or one for many conflicts."""

from __future__ import annotations

from typing import Annotated

import typer

from addin import printing, replies, terminal
from addin.bulk import Open, Which, told
from addin.copies import Copy
from addin.runs import resolve_workbook
from addin.terminal import AsJson, File, With, Yes
from workbook_templates.words import Words

OFFERED = {"send": "mine", "drop": "theirs"}
QUESTION = Words("Jalankan {n} keputusan ini?", "Carry out these {n} decisions?")


def add_commands(app: typer.Typer) -> None:
    """Put the command on `lajur`."""
    app.command()(resolve)


def resolve(
    file: File,
    mine: Annotated[bool, typer.Option("--mine", help="Keep what stands in the cells.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Take the server's values.")] = False,
    sheet: Annotated[str, typer.Option(help="Only conflicts of this sheet.")] = "",
    row: Annotated[int | None, typer.Option(help="Only of this row number.")] = None,
    by: Annotated[str, typer.Option(help="Only with changes of this person.")] = "",
    empty: Annotated[bool, typer.Option("--empty", help="Only where one side is blank.")] = False,
    everything: Annotated[str | None, typer.Option("--all", help="mine or theirs.")] = None,
    offered: Annotated[
        str | None, typer.Option(help="send or drop: what a restored server lost.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what it would do.")] = False,
    yes: Yes = False,
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Carry out the decisions typed on the sheet Review, or one for the conflicts that you name."""
    what, which = _decision(mine, theirs, everything), Which(sheet, row, by, empty)
    if offered not in (None, *OFFERED) or (which.is_narrow and what is None):
        raise typer.BadParameter("--mine | --theirs; --offered " + " | ".join(OFFERED))
    shown: list[str] = []

    def confirm(copy: Copy, about: list[Open]) -> bool:
        shown.extend(told(copy, one, what or "mine") for one in about)
        return _confirmed(copy, shown, yes, dry_run, as_json)

    with terminal.failing(file, as_json), terminal.opened(file, program) as workbook:
        offers = OFFERED.get(offered or "")
        run = resolve_workbook(workbook, what, offers, which, confirm)
        if as_json:
            open_ones = [replies.problem(run.copy, issue) for issue in run.issues]
            reply = {"file": file, "decided": run.decided, "open": open_ones}
            terminal.print_json({**reply, "lines": shown} if what else reply)
        else:
            said = printing.DECIDED[run.copy.language].format(n=run.decided)
            terminal.out.print(f"[bold]{file}[/bold]: {said}", highlight=False)
            printing.say_problems(terminal.out, run.copy, run.issues)
    raise typer.Exit(terminal.exit_status(run))


def _decision(mine: bool, theirs: bool, everything: str | None) -> str | None:
    said = [what for what, wanted in (("mine", mine), ("theirs", theirs)) if wanted]
    said += [everything] if everything else []
    if len(set(said)) > 1 or (said and said[0] not in ("mine", "theirs")):
        raise typer.BadParameter("mine | theirs")
    return said[0] if said else None


def _confirmed(copy: Copy, lines: list[str], yes: bool, dry_run: bool, as_json: bool) -> bool:
    """Show the lines; whether they may be carried out. Where nobody can be asked, they may."""
    if not as_json:
        for line in lines:
            terminal.out.print(f"  {line}", highlight=False, markup=False)
    if dry_run:
        return False
    if yes or not lines or not terminal.is_attended(as_json):
        return True
    question = QUESTION[copy.language].format(n=len(lines))
    return terminal.ask(question, copy.language, default=True)
