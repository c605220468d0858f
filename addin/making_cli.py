"""`lajur new`, `bind`, `window`, `upgrade`: whose a workbook is, what it shows, how old it is."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from addin import printing, terminal
from addin.making import Wanted, bind, make_workbook, show_only
from addin.online import own_client
from addin.terminal import AsJson, File
from addin.upgrading import upgrade
from workbook_templates.words import Words

MADE = Words("Buku kerja {file} siap.", "The workbook {file} is ready.")
BOUND = Words(
    "{file} milik perusahaan {company} di {server}.", "{file} belongs to {company} at {server}."
)
WINDOW = Words("{file} menampilkan {window}.", "{file} shows {window}.")
NEWEST = Words("{file} sudah memakai templat terbaru.", "{file} has the newest template.")
EVERYTHING = Words("semuanya", "everything")
Company = Annotated[str, typer.Option(help="The company's code.", envvar="LAJUR_COMPANY")]
Address = Annotated[str, typer.Option(help="Its address.", envvar="LAJUR_SERVER")]
MONTHS_HELP = "2026-01..2026-03, 2026-05, or last 3 months."
Months = Annotated[str, typer.Option(help=MONTHS_HELP)]
Only = Annotated[list[str] | None, typer.Option(help="Only this: warehouse=GD-A; may be repeated.")]


def new(
    book: Annotated[str, typer.Argument(help="ledger, inventory, payroll, hr …")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to make.")] = None,
    company: Company = "",
    lang: Annotated[str, typer.Option(help="id or en.")] = "id",
    locale: Annotated[str | None, typer.Option(help="id-ID or en-US.")] = None,
    server: Address = "",
    name: Annotated[str, typer.Option(help="The company's name, for print headers.")] = "",
    months: Months = "",
    only: Only = None,
    google: Annotated[
        str, typer.Option(help="The link of a blank spreadsheet in Google Sheets, instead.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make a blank workbook of a book; no server is needed."""
    with terminal.failing(google or str(output or book), as_json):
        file = google or output or Path(f"{book}.xlsx")
        wanted = Wanted(company, name, lang, locale, server, months, only or ())
        made = (
            _make_online(book, google, wanted)
            if google
            else make_workbook(book, Path(file), wanted)
        )
        said = MADE[lang].format(file=made.get("title", file))
        terminal.say({"file": str(file), "book": book, **made}, as_json, said)


def _make_online(book: str, link: str, wanted: Wanted) -> dict[str, Any]:
    client = own_client()  # says what is missing where Google's packages are
    online = import_module("addin.making_online")
    made: dict[str, Any] = online.make_online(book, link, wanted, client)
    return made


def bind_command(
    file: File, company: Company = "", server: Address = "", as_json: AsJson = False
) -> None:
    """Say to which company and server a workbook belongs."""
    with terminal.failing(file, as_json), terminal.opened(file) as workbook:
        copy = bind(workbook, company, server)
        told = {"company": copy.meta.get("company", ""), "server": copy.meta.get("server", "")}
        said = BOUND[copy.language].format(file=file, **told)
        terminal.say({"file": file, **told}, as_json, said)


def window_command(
    file: File,
    months: Annotated[str | None, typer.Option(help=f'{MONTHS_HELP} "" shows all.')] = None,
    only: Only = None,
    as_json: AsJson = False,
) -> None:
    """Choose which months, warehouse … a workbook shows; the next sync brings it about."""
    with terminal.failing(file, as_json), terminal.opened(file) as workbook:
        window = show_only(workbook, months, only or ())
        spoken = terminal.language()
        shown = "; ".join(f"{name} {text}" for name, text in window.items())
        said = WINDOW[spoken].format(file=file, window=shown or EVERYTHING[spoken])
        terminal.say({"file": file, "window": window}, as_json, said)


def upgrade_command(file: File, as_json: AsJson = False) -> None:
    """Bring a workbook to the newest template, in place; a copy of it stays."""
    with terminal.failing(file, as_json), terminal.opened(file) as workbook:
        done, spoken = upgrade(workbook), terminal.language()
        if as_json:
            told = asdict(done) if done else {"before": None, "after": None}
            terminal.say({"file": file, **told}, as_json, "")
        elif done:
            printing.say_upgraded(terminal.out, file, done, spoken)
        else:
            terminal.say({}, as_json, NEWEST[spoken].format(file=file))


def add_commands(app: typer.Typer) -> None:
    """The commands under their names."""
    app.command()(new)
    app.command("bind")(bind_command)
    app.command("window")(window_command)
    app.command("upgrade")(upgrade_command)
