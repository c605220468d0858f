"""The worker's loop: gives each spreadsheet its turn, listens, and remembers."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Event

from addin.google_worker import looks, state
from addin.google_worker.jobs import Job, done
from addin.google_worker.lanes import Seen, due, next_of
from addin.google_worker.settings import Settings
from addin.google_worker.state import Known
from addin.hosts.google.addresses import spreadsheet_id
from addin.hosts.google.client import SheetsClient
from addin.notices import Binding, Notices

log = logging.getLogger(__name__)
SHORTEST_WAIT_S = 0.05
LONGEST_WAIT_S = 5.0  # whatever happens sooner wakes the loop


@dataclass
class Rounds:
    """The state of a running worker. Only its own thread touches it; jobs give back values."""

    settings: Settings
    clients: Mapping[str, SheetsClient]
    wake: Event
    end: Event
    say: Callable[[Known], None]
    clock: Callable[[], float] = time.time
    known: dict[str, Known] = field(default_factory=dict)
    jobs: dict[str, Future[Known]] = field(default_factory=dict)
    hints: dict[str, Future[dict[str, str]]] = field(default_factory=dict)
    asked_drive: float = 0.0

    def __post_init__(self) -> None:
        names = [kept.url for kept in self.settings.workbooks]
        self.known = state.load(self.settings.state, names)
        self.accounts = {kept.url: kept.account for kept in self.settings.workbooks}
        self.notices = Notices(self.wake)
        self.since = self.clock()

    def run(self, times: int = 0) -> None:
        """Goes on until the end, or until so many turns were taken. A turn is never cut."""
        taken = 0
        with ThreadPoolExecutor(self.settings.at_once) as pool:
            while not self.end.is_set() and (not times or taken < times):
                self.wake.clear()
                taken += self._gather()
                if not times or taken + len(self.jobs) < times:
                    self._give_turns(pool)
                self._ask_drive(pool)
                self.wake.wait(self._rest())
        self._gather()
        self.notices.close()

    def _give_turns(self, pool: ThreadPoolExecutor) -> None:
        """As many turns as there are hands and reads."""
        self._hear()
        while len(self.jobs) < self.settings.at_once:
            seen = next_of(self._all_seen(), self.settings.lanes, self.clock(), self._busy())
            if seen is None:
                return
            job = self._job(self.known[seen.name])
            self.jobs[seen.name] = pool.submit(done, job)
            self.jobs[seen.name].add_done_callback(lambda _: self.wake.set())

    def _job(self, known: Known) -> Job:
        name = known.seen.name
        client, lanes, news = self.clients[self.accounts[name]], self.settings.lanes, self._news
        return Job(known, self._id(name), client, lanes, self.clock, self.since, news(known))

    def _gather(self) -> int:
        """Take over what finished turns and questions found; how many turns."""
        ended = [name for name, future in self.jobs.items() if future.done()]
        for name in ended:
            before, self.known[name] = self.known[name], self.jobs.pop(name).result()
            if (before.told, before.problem) != (self.known[name].told, self.known[name].problem):
                self.say(self.known[name])
        told = self._hinted()
        if ended or told:
            self._save()
        return len(ended)

    def _save(self) -> None:
        """What cannot be remembered is only looked at once more after a restart."""
        try:
            state.save(self.settings.state, self.known, self.clock())
        except OSError:
            log.exception("%s", self.settings.state.name)

    # --- what calls for a look ----------------------------------------------------------------

    def _news(self, known: Known) -> bool:
        """Whether the server has news for a spreadsheet whose binding is known."""
        if not known.server:
            return False
        return self.notices.head(Binding(known.server, known.company)) > known.head

    def _hear(self) -> None:
        for name, known in self.known.items():
            if name not in self.jobs and not known.seen.called and self._news(known):
                self._call(name)

    def _call(self, name: str) -> None:
        known = self.known[name]
        self.known[name] = replace(known, seen=replace(known.seen, called=True))

    def _ask_drive(self, pool: ThreadPoolExecutor) -> None:
        """One question an account, from time to time."""
        if self.hints or self.clock() - self.asked_drive < self.settings.hints:
            return
        self.asked_drive = self.clock()
        for account, client in self.clients.items():
            ids = [self._id(name) for name, its in self.accounts.items() if its == account]
            self.hints[account] = pool.submit(looks.changed_in_drive, client, ids)
            self.hints[account].add_done_callback(lambda _: self.wake.set())

    def _hinted(self) -> bool:
        """Call those that Drive tells of; a question without an answer is asked again in time."""
        ended = [account for account, future in self.hints.items() if future.done()]
        for account in ended:
            future = self.hints.pop(account)
            failure = future.exception()
            if failure is not None:  # the sweep finds what no hint told of
                log.warning("Drive: %s", failure)
                continue
            for name, moment in self._by_name(account, future.result()):
                self._drive_told(name, moment)
        return bool(ended)

    def _by_name(self, account: str, moments: Mapping[str, str]) -> list[tuple[str, str]]:
        names = [name for name, its in self.accounts.items() if its == account]
        return [(n, moments[self._id(n)]) for n in names if self._id(n) in moments]

    def _drive_told(self, name: str, moment: str) -> None:
        if name in self.jobs or moment == self.known[name].drive:
            return  # the next answer tells it again
        self.known[name] = replace(self.known[name], drive=moment)
        self._call(name)

    # --- who may go ---------------------------------------------------------------------------

    def _id(self, name: str) -> str:
        return spreadsheet_id(name) or ""

    def _all_seen(self) -> list[Seen]:
        return [known.seen for known in self.known.values()]

    def _busy(self) -> set[str]:
        """Those that have their turn, and those whose account has no read left just now."""
        empty = {a for a, client in self.clients.items() if client.pace.reads.wait_s() > 0}
        return {name for name, its in self.accounts.items() if name in self.jobs or its in empty}

    def _rest(self) -> float:
        """Seconds until somebody may be due and has a read left."""
        if len(self.jobs) >= self.settings.at_once:
            return LONGEST_WAIT_S
        now, lanes = self.clock(), self.settings.lanes
        waits = {account: client.pace.reads.wait_s() for account, client in self.clients.items()}
        rests = (
            max(due(seen, lanes, now) - now, waits[self.accounts[seen.name]], SHORTEST_WAIT_S)
            for seen in self._all_seen()
            if seen.name not in self.jobs
        )
        return min(LONGEST_WAIT_S, *rests, LONGEST_WAIT_S)
