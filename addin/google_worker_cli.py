"""`lajur google-worker`: keep spreadsheets in Google Sheets in step, and tell how it stands."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from addin import terminal
from addin.attendant import until_interrupted
from addin.google_worker import state
from addin.google_worker.settings import EXAMPLE, Settings, read_settings
from addin.google_worker.state import Known, StateUnwritable
from addin.google_worker.status import Status, moment, reply, status_of
from addin.hosts.errors import ProgramMissing
from addin.terminal import DONE, NEEDS_A_PERSON, AsJson
from workbook_templates.words import Words

if TYPE_CHECKING:
    from addin.hosts.google.client import SheetsClient

FILE = Path("google-worker.toml")
PATIENCE_S = 60.0  # with one call: others wait for the hand that makes it
HEADS = (
    Words("Spreadsheet", "Spreadsheet"),
    Words("Jalur", "Lane"),
    Words("Dibaca", "Read"),
    Words("Disinkronkan", "Synced"),
    Words("Keadaan", "State"),
)
LANES = {
    "hot": Words("panas", "hot"),
    "warm": Words("hangat", "warm"),
    "cold": Words("dingin", "cold"),
}
NEVER = Words("belum", "never")
LATE = Words("tertunda {seconds} detik", "{seconds} seconds late")
SILENT = Words("Tidak ada pekerja yang berjalan.", "No worker is running.")
STARTED = Words("Menjaga {count} spreadsheet.", "Keeping {count} spreadsheets in step.")


def google_worker(
    settings: Annotated[Path, typer.Option(help="The file of settings.")] = FILE,
    status: Annotated[bool, typer.Option("--status", help="Tell when each was read.")] = False,
    example: Annotated[
        bool, typer.Option("--example", help="Print settings to begin with.")
    ] = False,
    times: Annotated[int, typer.Option(help="Stop after so many turns; 0 goes on.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Keep the spreadsheets of a file of settings in step with the server, until it is stopped."""
    if example:
        sys.stdout.write(EXAMPLE)
        return
    with terminal.failing(str(settings), as_json):
        chosen = read_settings(settings)
        if not status:
            _work(chosen, times)
            return
    told = status_of(chosen, time.time())
    if as_json:
        terminal.print_json(reply(told))
    else:
        _print(told, terminal.language())
    needs = told.silent or any(line.known.problem for line in told.lines)
    raise typer.Exit(NEEDS_A_PERSON if needs else DONE)


def _work(settings: Settings, times: int) -> None:
    _begin(settings.state, [kept.url for kept in settings.workbooks])
    clients = _clients(settings)
    rounds = import_module("addin.google_worker.rounds")
    spoken, wake, end = terminal.language(), Event(), Event()
    with until_interrupted(wake, end):
        _say(STARTED[spoken].format(count=len(settings.workbooks)))
        rounds.Rounds(settings, clients, wake, end, _teller(spoken)).run(times)


def _begin(file: Path, names: list[str]) -> None:
    """Find out at once whether anything can be remembered. Raises `StateUnwritable`."""
    try:
        state.save(file, state.load(file, names), time.time())
    except OSError as unfit:
        raise StateUnwritable(name=file.name, reason=unfit.strerror) from unfit


def _clients(settings: Settings) -> dict[str, SheetsClient]:
    """A client for each account, at its own pace. Raises `NoGoogleAccount`, `ProgramMissing`."""
    try:
        accounts = import_module("addin.hosts.google.accounts")
    except ImportError as absent:
        needed = 'pip install "lajur[google]"'
        raise ProgramMissing(program="Google Sheets", reason=needed) from absent
    pace = import_module("addin.hosts.google.pace")
    return {
        one.name: accounts.signed_in(
            one.key,
            pace.Pace(
                pace.Bucket(one.reads_per_minute),
                pace.Bucket(one.writes_per_minute),
                patience_s=PATIENCE_S,
            ),
        )
        for one in settings.accounts
    }


def _teller(spoken: str) -> Callable[[Known], None]:
    def tell(known: Known) -> None:
        said = known.problem.get(spoken) or known.told
        _say(f"{known.title or known.seen.name}: {said}")

    return tell


def _say(text: str) -> None:
    """A line at once: whoever reads the journal of a service sees it when it happens."""
    terminal.out.print(text, highlight=False, markup=False)
    sys.stdout.flush()


def _print(status: Status, spoken: str) -> None:
    table = Table(*(head[spoken] for head in HEADS))
    for line in status.lines:
        known = line.known
        words = known.problem.get(spoken) or known.told
        if line.late >= 1:
            words = " · ".join(filter(None, (words, LATE[spoken].format(seconds=round(line.late)))))
        read, synced = (moment(m) or NEVER[spoken] for m in (known.seen.looked, known.synced))
        table.add_row(known.title or line.url, LANES[line.lane.value][spoken], read, synced, words)
    terminal.out.print(table)
    if status.silent:
        terminal.out.print(SILENT[spoken])
