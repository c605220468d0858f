"""`lajur sync` of a whole ledger in an .xlsx: nothing to say, everything read anew."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from addin.hosts import open_workbook
from addin.hosts.base import Workbook
from addin.runs import Run, sync_workbook
from addin.server import client
from addin.shadow import META
from sync_server.companies import add_person
from tests.benchmarks import journal
from tests.benchmarks.company import CODE, keep, keep_many, new_company, sqlite_url
from tests.benchmarks.measuring import Comparison, Way, measure
from tests.benchmarks.serving import HOST, running
from workbook_templates.books import book
from workbook_templates.render import Binding, render_xlsx


@dataclass(frozen=True)
class Desk:
    """A workbook of a company at a running server. `process`: the server's."""

    file: Path
    address: str
    token: str

    def sync(self, before: Callable[[Workbook], None] = lambda workbook: None) -> Run:
        """One sync of the file, as the command does it, after something was done to it."""
        with closing(open_workbook(self.file)) as workbook:
            before(workbook)
            with client(self.address, self.token) as http:
                return sync_workbook(workbook, http)


def no_news(rows: int = 20_000) -> Comparison:
    """A sync with nothing to say."""
    with desk_of(rows) as desk:
        desk.sync()
        way = measure("ours: lajur sync", lambda: _expect(desk.sync(), 0, 0), repeats=3)
        ways = (way, _read_with_openpyxl(desk.file))
    title = f"Sync of a workbook of {rows:,} rows with nothing to say"
    return Comparison("no_news", title, rows, "rows", "< 1 s", ways)


def resync(rows: int = 100_000) -> Comparison:
    """The first sync of a blank workbook, and one that reads everything anew."""
    with desk_of(rows) as desk:
        first = measure("ours: the first sync", lambda: _expect(desk.sync(), 0, rows))
        again = measure("ours: all read anew", lambda: desk.sync(_forget))
    title = f"Whole sync of {rows:,} rows into an .xlsx"
    return Comparison("resync", title, rows, "rows", ">= 10,000 rows/s", (again, first))


@contextmanager
def desk_of(rows: int) -> Iterator[Desk]:
    """A blank ledger of a company with so many journal rows, and its server."""
    with TemporaryDirectory(prefix="lajur-workbook-") as folder:
        url = sqlite_url(Path(folder))
        with new_company(url, "2026-01", "2026-12") as served:
            keep(served, journal.masters())
            keep_many(served, journal.groups(journal.entries(rows)))
            token = add_person(served, "Rini", "owner", CODE)
        environment = {**os.environ, "LAJUR_DATABASE": url}
        with running("sync_server.cli", "serve", environment=environment) as server:
            address = f"http://{HOST}:{server.port}"
            file = Path(folder) / "ledger.xlsx"
            binding = Binding(CODE, language="en", locale="en-US", server=address)
            render_xlsx(book("ledger"), file, binding)
            yield Desk(file, address, token)


def _forget(workbook: Workbook) -> None:
    """Somebody changed what a workbook knows of itself: everything is read anew."""
    lines = workbook.read(META).rows
    workbook.replace(META, [line if line[0] != "cursor" else ["cursor", None] for line in lines])


def _expect(run: Run, applied: int, received: int) -> None:
    assert run.groups["applied"] == applied, run.groups
    assert run.outcome.received >= received
    assert not run.issues


def _read_with_openpyxl(file: Path) -> Way:
    def read() -> None:
        opened = openpyxl.load_workbook(file, read_only=True)
        for sheet in opened.worksheets:
            assert sum(1 for _ in sheet.iter_rows(values_only=True)) > 0
        opened.close()

    return measure("usual: openpyxl reads its sheets", read)
