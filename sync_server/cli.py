"""`lajur-server`: serve, migrate, verify, backup, restore, compact, companies, people, reports."""

from __future__ import annotations

import gc
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from sync_server.api.deps import Served
from sync_server.app import create_app, utc_now
from sync_server.companies import add_company, add_person, limit_person
from sync_server.core.catalogue import Catalogue
from sync_server.core.compaction import DAYS, compact
from sync_server.core.errors import NotFound, ServerError
from sync_server.core.upgrading import upgrade_all
from sync_server.core.verify import verify_company
from sync_server.reports.build import find_report, print_report, request_for
from sync_server.reports.combined import find_combined, print_combined
from sync_server.reports.export import write_report
from sync_server.reports.printed import Printed
from sync_server.reports.whole_company import export_company
from sync_server.serving import Serving
from sync_server.settings import from_environment
from sync_server.storage.backup import backup as write_backup
from sync_server.storage.backup import restore as read_backup
from sync_server.storage.sql_store import open_store
from workbook_templates.books import all_books
from workbook_templates.report_rows import is_figure
from workbook_templates.schema import Company

DONE, NEEDS_A_PERSON, COULD_NOT = 0, 1, 2

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
company_commands = typer.Typer(no_args_is_help=True, help="Companies: sets of books.")
people_commands = typer.Typer(no_args_is_help=True, help="People, their roles and tokens.")
app.add_typer(company_commands, name="company")
app.add_typer(people_commands, name="people")

Database = Annotated[
    str, typer.Option(help="Where the central copy is kept.", envvar="LAJUR_DATABASE")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Only = Annotated[
    list[str] | None,
    typer.Option(help="Only rows with this: inventory.moves.warehouse=GD-A; may be repeated."),
]
DEFAULT = from_environment()
SWITCH_S = 0.0002  # Python's 5 ms would keep the database's thread waiting between statements


@app.command()
def serve(
    database: Database = DEFAULT.database,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = DEFAULT.host,
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one.")] = DEFAULT.port,
    notices: Annotated[bool, typer.Option(help="Tell who waits of new commits.")] = DEFAULT.notices,
) -> None:
    """Serve the central copy over HTTP until interrupted."""
    signal.signal(signal.SIGTERM, _leave)  # uvicorn raises it again when all is answered
    with _opened(database) as served:
        upgrade_all(served.store, served.catalogue, served.now())
        gc.freeze()  # what is loaded now stays; a push makes many short-lived rows and no cycles
        gc.set_threshold(1_000_000, 20, 100)  # rarely within a push
        sys.setswitchinterval(SWITCH_S)
        app = create_app(served.store, served.catalogue, notices=notices)
        Serving(app, host, port).run()


@app.command()
def migrate(database: Database = DEFAULT.database, as_json: AsJson = False) -> None:
    """Bring the tables and views up to what the books declare; nothing is dropped."""
    with _opened(database) as served:
        tables = len(served.catalogue.sheets)
        rows = upgrade_all(served.store, served.catalogue, served.now())
    told = {"database": _shown(database), "tables": tables, "rows_brought_forward": rows}
    _say(told, as_json, f"{tables} tables are ready, {rows} rows were brought forward.")


@app.command()
def verify(
    company: Annotated[str | None, typer.Option(help="Only this company.")] = None,
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Rebuild projections and the audit chain and compare them with what is kept."""
    with _opened(database) as served:
        codes = [company] if company else [c.code for c in served.store.companies()]
        found: dict[str, list[str]] = {}
        for code in codes:
            with served.store.reading(code) as held:
                found[code] = verify_company(held, served.catalogue)
    lines = [
        f"{code}: {'in order' if not wrong else '; '.join(wrong)}" for code, wrong in found.items()
    ]
    _say({"companies": found, "ok": not any(found.values())}, as_json, *lines)
    raise typer.Exit(NEEDS_A_PERSON if any(found.values()) else DONE)


@app.command()
def backup(file: Path, database: Database = DEFAULT.database, as_json: AsJson = False) -> None:
    """Write everything into one file, while the server may go on working."""
    rows = write_backup(open_store(database, Catalogue(all_books())), file)
    _say({"file": str(file), "rows": rows}, as_json, f"{rows} records are in {file}.")


@app.command()
def restore(file: Path, database: Database = DEFAULT.database, as_json: AsJson = False) -> None:
    """Lay a backup into an empty database; workbooks notice and offer back what is newer."""
    rows = read_backup(open_store(database, Catalogue(all_books())), file)
    _say({"file": str(file), "rows": rows}, as_json, f"{rows} records were restored.")


@app.command()
def export(
    company: Annotated[str, typer.Option(help="The company's code.")],
    output: Annotated[Path, typer.Option("-o", help="A new folder, or a new .zip.")],
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Write a whole company as .xlsx and CSV, with its audit: readable without Lajur."""
    with _opened(database) as served, served.store.reading(company) as held:
        exported = export_company(held, served.catalogue, output)
    rows = sum(one.rows for one in exported)
    told = {"company": company, "target": str(output), "lists": len(exported), "rows": rows}
    _say(told, as_json, f"{len(exported)} lists with {rows} rows are in {output}.")


@app.command("compact")
def compact_all(
    company: Annotated[str | None, typer.Option(help="Only this company.")] = None,
    older_than: Annotated[
        int, typer.Option(min=1, help="Days that are kept.", envvar="LAJUR_KEEP_DAYS")
    ] = DAYS,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Purge what everybody has heard of long ago: deleted rows, results of pushes. No audit."""
    with _opened(database) as served:
        found = {}
        for code in [company] if company else [c.code for c in served.store.companies()]:
            opened = served.store.reading if dry_run else served.store.writing
            with opened(code) as held:
                found[code] = asdict(compact(held, served.now(), older_than, dry_run))
    would = "would go" if dry_run else "went"
    lines = [
        f"{code}: {n['tombstones']} deleted rows and {n['results']} results of pushes {would};"
        f" files that have not read change {n['floor']} read everything anew"
        for code, n in found.items()
    ]
    _say({"companies": found, "dry_run": dry_run, "older_than": older_than}, as_json, *lines)


@app.command("copies")
def list_copies(
    company: Annotated[str, typer.Option(help="The company's code.")],
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Who holds which version of which file, and how far behind."""
    with _opened(database) as served:
        with served.store.reading(company) as held:
            head = held.head
        seen = [{**asdict(c), "behind": head - c.seq} for c in served.store.copies(company)]
        newest = {book.key: book.version for book in served.catalogue.books}
    lines = [
        f"{c['file']} ({c['person']}): template {c['version']} of {newest.get(c['book'], '?')},"
        f" {c['behind']} changes behind, last seen {c['last_seen']}"
        for c in seen
    ]
    _say({"company": company, "head": head, "copies": seen}, as_json, *lines)


@app.command()
def report(
    name: str,
    company: Annotated[
        list[str],
        typer.Option(help="The company's code; of several, the first lends its currency."),
    ],
    as_of: Annotated[str | None, typer.Option(help="At this day, YYYY-MM-DD.")] = None,
    period: Annotated[
        str | None, typer.Option(help="For 2026-05, 2026-Q2, 2026 or 2026-01..2026-06.")
    ] = None,
    compare: Annotated[
        str | None, typer.Option(help="Beside previous_period, previous_year or year_end.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="id or en.")] = None,
    account: Annotated[str | None, typer.Option(help="Only this account.")] = None,
    item: Annotated[str | None, typer.Option(help="Only this item.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", help=".xlsx, .pdf, .csv, .json, or .xml where it has one.")
    ] = None,
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Compute a report from the central copy."""
    asked = {"as_of": as_of, "period": period, "account": account, "item": item}
    asked |= {"compare": compare, "language": language}
    with _opened(database) as served:
        printed = _report(served, company, name, asked)
    if output is not None:
        write_report(printed, output)
        _say({"file": str(output), "rows": len(printed.rows)}, as_json, f"{output}")
    elif as_json:
        _print_json(asdict(printed.reply))
    else:
        _show(printed)


@company_commands.command("add")
def company_add(
    code: str,
    name: Annotated[str | None, typer.Option(help="The company's full name.")] = None,
    pack: Annotated[str, typer.Option(help="Rule pack: id, or plain.")] = "id",
    currency: Annotated[str, typer.Option(help="ISO code of its currency.")] = "IDR",
    language: Annotated[str, typer.Option(help="id or en: names of the laid accounts.")] = "",
    first_period: Annotated[str | None, typer.Option(help="First open month, YYYY-MM.")] = None,
    last_period: Annotated[str | None, typer.Option(help="Last open month, YYYY-MM.")] = None,
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Add a company with its pack's chart of accounts, tax codes and open periods."""
    year = date.today().year
    spoken = language or ("id" if pack == "id" else "en")
    made = Company(code, name or code, currency, pack, spoken)
    first, last = first_period or f"{year - 2}-01", last_period or f"{year + 1}-12"
    with _opened(database) as served:
        rows = add_company(served, made, first, last)
    told = {"company": code, "name": made.name, "currency": currency, "pack": pack, "rows": rows}
    _say(told, as_json, f"Company {code} is ready: {rows} opening rows laid.")


@company_commands.command("list")
def company_list(database: Database = DEFAULT.database, as_json: AsJson = False) -> None:
    """The companies on this server."""
    with _opened(database) as served:
        found = [{"company": c.code, "name": c.name} for c in served.store.companies()]
    _say({"companies": found}, as_json, *(f"{c['company']}  {c['name']}" for c in found))


@people_commands.command("add")
def people_add(
    name: str,
    role: Annotated[str, typer.Option(help="owner, accountant, warehouse, payroll, hr …")],
    company: Annotated[str, typer.Option(help="Only in this company.")] = "*",
    only: Only = None,
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Give a person a role and a token; the token is shown this once."""
    with _opened(database) as served:
        token = add_person(served, name, role, company, only or ())
    told = {"name": name, "token": token, "role": role, "company": company}
    _say(told, as_json, f"Token of {name} (shown only now): {token}")


@people_commands.command("limit")
def people_limit(
    name: str,
    company: Annotated[str, typer.Option(help="Only in this company.")] = "*",
    only: Only = None,
    database: Database = DEFAULT.database,
    as_json: AsJson = False,
) -> None:
    """Limit the rows that a person sees and writes; without --only the limits are lifted."""
    with _opened(database) as served:
        limit_person(served, name, company, only or ())
    told = {"name": name, "company": company, "only": only or []}
    _say(told, as_json, f"{name} sees {', '.join(only) if only else 'all rows'}.")


@people_commands.command("list")
def people_list(database: Database = DEFAULT.database, as_json: AsJson = False) -> None:
    """Everybody and their roles."""
    with _opened(database) as served:
        found = [
            {
                "name": p.name,
                "roles": [{"company": c, "role": r} for c, r in p.roles],
                "only": [{"company": c, "only": text} for c, text in p.only],
            }
            for p in served.store.people()
        ]
    _say({"people": found}, as_json, *(f"{p['name']}  {p['roles']}" for p in found))


def main() -> None:
    """The console command; errors are one sentence and exit status 2."""
    try:
        app()
    except ServerError as error:
        _fail(str(error))


def _leave(*_: object) -> NoReturn:
    """End so that the database is closed: SQLite then has everything in its one file."""
    sys.exit(DONE)


@contextmanager
def _opened(database: str) -> Iterator[Served]:
    """The store of a command, whose connections are given back at its end."""
    catalogue = Catalogue(all_books())
    store = open_store(database, catalogue)
    try:
        yield Served(store, catalogue, utc_now)
    finally:
        store.close()


def _report(
    served: Served, companies: list[str], name: str, asked: dict[str, str | None]
) -> Printed:
    found = find_report(served.catalogue, name)
    if found is None:
        names = ", ".join(r.key for book in served.catalogue.books for r in book.reports)
        raise NotFound(f"There is no report {name}. Reports: {names}")
    request = request_for(served.now()[:10], {key: value for key, value in asked.items() if value})
    if len(companies) > 1:
        combined = find_combined(served.catalogue, name)
        readers = [(code, None) for code in companies]
        return print_combined(served.store, served.catalogue, combined, request, readers)
    with served.store.reading(companies[0]) as held:
        return print_report(held, served.catalogue, found[1], request)


def _show(printed: Printed) -> None:
    table = Table(title=f"{printed.title} · {printed.company.code} · {printed.subtitle}")
    for column in printed.columns:
        side: Literal["left", "right"] = "right" if is_figure(column) else "left"
        table.add_column(column.heading[printed.language], justify=side)
    for row in printed.rows:
        style = "bold" if printed.level(row) != "account" else ""
        table.add_row(*(row.get(c.key) or "" for c in printed.columns), style=style)
    Console().print(table)


def _say(told: dict[str, Any], as_json: bool, *lines: str) -> None:
    if as_json:
        _print_json(told)
    else:
        for line in lines:
            typer.echo(line)


def _print_json(told: dict[str, Any]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _shown(database: str) -> str:
    """A database URL without its password."""
    before, at, after = database.rpartition("@")
    return f"{before.rpartition(':')[0]}:…@{after}" if at else database


def _fail(sentence: str) -> NoReturn:
    typer.echo(f"lajur-server: {sentence}", err=True)
    sys.exit(COULD_NOT)


if __name__ == "__main__":
    main()
