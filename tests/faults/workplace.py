"""A workplace for killings: a server process, the ledgers of two people, and what they typed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from sync_server.api.deps import Served
from sync_server.app import utc_now
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import DOCUMENT
from sync_server.core.verify import verify_company
from sync_server.storage.sql_store import SqlStore, open_store
from tests.faults.programs import Death, free_port, run_lajur, start_server
from tests.faults.proxy import Proxy, proxied
from tests.scenarios.office import entry, put, seen, type_rows
from workbook_templates.books import all_books, book
from workbook_templates.render import Binding, render_xlsx
from workbook_templates.schema import Company

COMPANY, JOURNAL = "contoh", "ledger.journal"
KILLED = -signal.SIGKILL
QUIET_WITHIN = 6  # syncs of every file after the last fault


@dataclass
class Workplace:
    """Everything that may die, and what must survive it.

    `typed`: entry number -> (amount, description) as its person typed it last.
    """

    folder: Path
    store: SqlStore
    url: str
    port: int
    proxy: Proxy
    server: BaseProcess
    chance: random.Random
    files: list[Path] = field(default_factory=list)
    tokens: dict[Path, str] = field(default_factory=dict)
    typed: dict[Path, dict[str, tuple[int, str]]] = field(default_factory=dict)
    died: Counter[str] = field(default_factory=Counter)

    # -- people ------------------------------------------------------------------------------

    def hire(self, *names: str) -> None:
        """A person with a blank ledger each."""
        served = Served(self.store, self.store.catalogue, utc_now)
        for name in names:
            file = self.folder / name / "ledger.xlsx"
            file.parent.mkdir()
            to = Binding(COMPANY, language="en", locale="en-US", server=self.proxy.address)
            render_xlsx(book("ledger"), file, to)
            self.files.append(file)
            self.tokens[file] = add_person(served, name, "owner", COMPANY)
            self.typed[file] = {}

    def work(self, file: Path) -> None:
        """Type a new entry, or over one of one's own."""
        mine = self.typed[file]
        amount = self.chance.randrange(1, 10**6)
        if not mine or self.chance.random() < 0.6:
            number = f"{file.parent.name}-{len(mine) + 1}"
            type_rows(file, JOURNAL, entry(number, amount, description="new"))
            mine[number] = (amount, "new")
            return
        number = self.chance.choice(list(mine))
        words = f"changed to {amount}"
        rows = [row["row"] for row in seen(file, JOURNAL) if row["entry"] == number]
        put(file, JOURNAL, rows[0], debit=amount, description=words)
        put(file, JOURNAL, rows[1], credit=amount, description=words)
        mine[number] = (amount, words)

    def sync(self, file: Path, death: Death | None = None, after: float = 0) -> int | None:
        """Exit status of `lajur sync FILE`; whatever happened, what was typed is in the file."""
        words = ["sync", str(file)]
        status = run_lajur(words, self.tokens[file], file.with_name("log"), death, after)
        for lock in file.parent.glob(".~lock*"):
            lock.unlink()
        self.all_typed_is_there(file)
        return status

    # -- deaths ------------------------------------------------------------------------------

    def serve(self, death: Death | None = None) -> None:
        """The server anew, which may kill itself."""
        self.stop()
        log = self.folder / "server.log"
        self.server = start_server(self.url, self.port, log, death)

    def stop(self) -> None:
        """No server any more."""
        self.server.kill()
        self.server.join()

    def revive(self, what: str) -> bool:
        """Whether the server had died; it is there again."""
        self.server.join(0 if self.server.is_alive() else None)
        dead = self.server.exitcode == KILLED
        if dead:
            self.died[what] += 1
            self.serve()
        return dead

    def soon(self, seconds: float, deed: Callable[[], None]) -> None:
        """Do this once, some time after the next push has gone to the server."""
        span = self.chance.random() * seconds

        def start() -> None:
            self.proxy.before_push = lambda: None
            threading.Thread(target=lambda: (time.sleep(span), deed())).start()

        self.proxy.before_push = start

    def kill_server(self) -> None:
        """From outside, at once."""
        if self.server.pid is not None:
            os.kill(self.server.pid, signal.SIGKILL)

    def head(self) -> int:
        """The newest commit."""
        return self.store.heads()[COMPANY]

    # -- what must hold ----------------------------------------------------------------------

    def all_typed_is_there(self, file: Path) -> None:
        """The file can be read, and each entry stands in it once, as its person typed it."""
        found: dict[str, list[tuple[object, object]]] = {}
        for row in seen(file, JOURNAL):
            told = (row["debit"] or row["credit"], row["description"])
            found.setdefault(row["entry"], []).append(told)
        for number, told in self.typed[file].items():
            assert found.get(number) == [told, told], f"{number}: {told} became {found.get(number)}"

    def quiet(self) -> None:
        """Everybody syncs until nothing happens; then all have the same, and nothing is twice."""
        for _ in range(QUIET_WITHIN):
            before = [file.read_bytes() for file in self.files]
            statuses = [self.sync(file) for file in self.files]
            if statuses == [0] * len(statuses) and before == [f.read_bytes() for f in self.files]:
                break
        else:
            raise AssertionError(f"no end: {[f.with_name('log').read_text() for f in self.files]}")
        everything = {n: told for mine in self.typed.values() for n, told in mine.items()}
        for file in self.files:
            self._has(file, everything)
        with self.store.reading(COMPANY) as held:
            for number, (amount, words) in everything.items():
                rows = held.rows_where(JOURNAL, DOCUMENT, [number])
                sides = [row.cells.get("debit") or row.cells["credit"] for row in rows]
                assert sides == [f"{amount}.00"] * 2
                assert {row.cells["description"] for row in rows} == {words}
            assert len(held.rows_of(JOURNAL)) == 2 * len(everything)
            assert not verify_company(held, self.store.catalogue)

    def _has(self, file: Path, everything: dict[str, tuple[int, str]]) -> None:
        rows = seen(file, JOURNAL)
        assert Counter(row["entry"] for row in rows) == dict.fromkeys(everything, 2)
        assert all(row["status"].startswith("✓") for row in rows)
        assert len({row["id"] for row in rows}) == len(rows)


@contextmanager
def workplace(folder: Path, url: str, seed: int) -> Iterator[Workplace]:
    """A company on a server process over the database at `url`, and two people with ledgers."""
    store = open_store(url, Catalogue(all_books()))
    served = Served(store, store.catalogue, utc_now)
    add_company(served, Company(COMPANY, "PT Contoh", language="en"), "2026-01", "2026-12")
    port = free_port()
    server = start_server(url, port, folder / "server.log")
    with proxied(port, seed) as proxy:
        made = Workplace(folder, store, url, port, proxy, server, random.Random(seed))
        try:
            made.hire("rina", "budi")
            yield made
        finally:
            made.stop()
            store.close()
            shutil.rmtree(folder / "backups", ignore_errors=True)
