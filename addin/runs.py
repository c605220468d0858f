"""Whole runs over one open workbook: what the commands, the tests and other programs call."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import httpx2

from addin.bulk import ALL, Open, Which, chosen
from addin.copies import Copy, open_copy
from addin.deciding import apply_decisions, decide_these
from addin.drafts import park
from addin.errors import (
    AddinError,
    CannotUpgrade,
    NotAllowed,
    NothingToPark,
    ServerFault,
    Unbound,
)
from addin.groups import unsent_documents
from addin.hosts.base import Workbook
from addin.hosts.errors import HostError
from addin.hosts.offers import read_anew
from addin.issues import Issue, issues
from addin.keeping import keeper
from addin.known import LocalKnown
from addin.leases import is_shared, turn, undisturbed
from addin.local import look, rule_problems
from addin.places import row_at
from addin.preview import Preview, mended, preview
from addin.questions import Ask, nobody
from addin.report_sheets import refresh_report_sheets
from addin.server import Server, client
from addin.settle import decide_all
from addin.setup_sheet import read_setup
from addin.shadow import RESTORED, meta_of
from addin.stated_warnings import stated_warnings
from addin.sync import Outcome, Progress, Sync, greet, receive, rehearse, synchronise
from addin.tokens import token_for
from addin.upgrading import Upgraded, upgrade
from workbook_templates import wire

LANDED = (wire.APPLIED, wire.NOOP)
STATUSES = (*LANDED, wire.CONFLICT, wire.INVALID, wire.DENIED, wire.LOCKED)


@dataclass
class Run:
    """A copy after a run, and what is to be said of it."""

    copy: Copy
    outcome: Outcome = field(default_factory=Outcome)
    issues: list[Issue] = field(default_factory=list)
    decided: int = 0
    upgraded: Upgraded | None = None

    @property
    def groups(self) -> dict[str, int]:
        """Documents by status: those that landed in this run, and those that wait now."""
        counts = Counter({s: self.outcome.groups[s] for s in LANDED})
        held = {(h.table, h.key): h.status for h in self.copy.held.values()}
        for found in sorted(self.copy.found, key=lambda one: one.status == wire.LOCKED):
            if found.stops:
                held.setdefault((found.table, found.key), found.status)
        for status in held.values():
            counts[status if status in STATUSES else wire.CONFLICT] += 1
        return {status: counts[status] for status in STATUSES}


@dataclass(frozen=True)
class Wishes:
    """What a person asks of a sync beyond the usual: see `addin.sync.Sync`."""

    delete: bool = False
    adopt: bool = False
    dry: bool = False
    ask: Ask = nobody
    show: Callable[[Copy, Preview], None] = lambda copy, seen: None
    progress: Progress = lambda step, done, total: None
    now: Callable[[], datetime] = datetime.now


def language_of(workbook: Workbook) -> str | None:
    """The workbook's language; None where it cannot say."""
    try:
        return meta_of(workbook).get("language")
    except (AddinError, HostError):
        return None


@contextmanager
def connected(copy: Copy, http: httpx2.Client | None = None) -> Iterator[Server]:
    """The server to which a workbook is bound; a connection of our own is closed in the end.

    Raises `Unbound`, `WrongToken`.
    """
    address = copy.meta.get("server") or os.environ.get("LAJUR_SERVER", "")
    company = copy.meta.get("company", "")
    if not company or not (address or http):
        raise Unbound(name=copy.name)
    if http is not None:
        yield Server(http, company)
        return
    with client(address, token_for(address)) as own:
        yield Server(own, company)


def sync_workbook(
    workbook: Workbook, http: httpx2.Client | None = None, wishes: Wishes | None = None
) -> Run:
    """Synchronise an open workbook and save it. Raises `AddinError`, `HostError`."""
    return _in_turn(workbook, http, lambda own: _sync(workbook, own, wishes or Wishes()))


def _in_turn(
    workbook: Workbook, http: httpx2.Client | None, run: Callable[[httpx2.Client | None], Run]
) -> Run:
    """A run over a workbook; over one that others have open too, in one's turn."""
    if not is_shared(workbook):
        return run(http)
    copy = open_copy(
        workbook
    )  # read anew in our turn: somebody else may be in the middle of theirs
    # Until its first sync a copy has no number of its own: all such copies share one turn.
    with connected(copy, http) as server, turn(server, copy.meta.get("copy_id") or "new"):
        return undisturbed(workbook, lambda: run(server.http))


def _sync(workbook: Workbook, http: httpx2.Client | None, wishes: Wishes) -> Run:
    upgraded = _brought_forward(workbook) if not wishes.dry else None
    copy = open_copy(workbook)
    read_setup(workbook, copy)
    keep = keeper(workbook, copy, wishes.now)
    with connected(copy, http) as server:
        sync = Sync(copy, server, keep, wishes.delete, wishes.adopt, wishes.progress)
        sync.ask, sync.show, sync.warn = wishes.ask, wishes.show, stated_warnings
        sync.refresh = partial(refresh_report_sheets, workbook)
        decided = apply_decisions(workbook, copy)
        outcome = rehearse(sync) if wishes.dry else synchronise(sync)
        if not wishes.dry:
            _park_what_is_too_old(sync)
    return Run(copy, outcome, issues(copy), decided, upgraded)


def _park_what_is_too_old(sync: Sync) -> None:
    """A person can always get their work out: what this template may not send waits on the server
    as a draft, and stays in the file.
    """
    if sync.outcome.groups[wire.STALE_SCHEMA]:
        with suppress(NothingToPark, NotAllowed, ServerFault):
            sync.outcome.parked = park(sync.copy, sync.server, wire.STALE_SCHEMA).id


def _brought_forward(workbook: Workbook) -> Upgraded | None:
    """The newest template, where the file can be brought to it; the server takes older ones too."""
    try:
        return upgrade(workbook)
    except CannotUpgrade:
        read_anew(workbook)  # without what was prepared for it
        return None


def pull_workbook(workbook: Workbook, http: httpx2.Client | None = None) -> Run:
    """Bring in what others did, send nothing, and save. Raises `AddinError`, `HostError`."""
    return _in_turn(workbook, http, lambda own: _pull(workbook, own))


def _pull(workbook: Workbook, http: httpx2.Client | None) -> Run:
    copy = open_copy(workbook)
    read_setup(workbook, copy)
    with connected(copy, http) as server:
        sync = Sync(copy, server, keeper(workbook, copy, datetime.now), warn=stated_warnings)
        sync.refresh = partial(refresh_report_sheets, workbook)
        outcome = receive(sync)
    return Run(copy, outcome, issues(copy))


def examine(workbook: Workbook) -> tuple[Run, Preview]:
    """What stands in a workbook, without the server: problems, and what a sync would send."""
    copy = open_copy(workbook)
    seen = mended(copy)
    documents = [u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)]
    look(copy, documents, delete=False)
    stopped = {(f.table, f.key) for f in copy.found if f.stops}
    held = set(copy.held)
    free = [u for u in documents if (u.table, u.key) not in stopped | held]
    copy.found += rule_problems(LocalKnown(copy), free)
    outcome = Outcome(head=int(copy.meta.get("head") or 0))
    return Run(copy, outcome, issues(copy)), seen + preview(copy, documents)


def resolve_workbook(
    workbook: Workbook,
    everything: str | None = None,
    offered: str | None = None,
    which: Which = ALL,
    confirm: Callable[[Copy, list[Open]], bool] = lambda copy, about: True,
) -> Run:
    """Carry out the decisions typed on Review, or one for all conflicts that are meant, and save;
    no server. `offered`: the one for all that a restored server lost. `confirm` is shown what is
    decided before it is.
    """
    copy = open_copy(workbook)
    keep = keeper(workbook, copy, datetime.now)
    decided = apply_decisions(workbook, copy)
    about = list(chosen(copy, which)) if everything else []
    if everything and about and confirm(copy, about):
        decided += decide_these(copy, about, everything)
    for held in [h for h in copy.held.values() if offered and h.status == RESTORED]:
        decided += len(held.conflicts)
        decide_all(copy, held, offered or "")
    documents = [u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)]
    look(copy, documents, delete=False)
    keep(copy)
    outcome = Outcome(head=int(copy.meta.get("head") or 0))
    return Run(copy, outcome, issues(copy), decided)


def row_history(
    workbook: Workbook, sheet: str, row: int, http: httpx2.Client | None = None
) -> tuple[Copy, list[wire.Audit]]:
    """The audit trail of a row, found by sheet (key or title) and the row number that one sees."""
    copy = open_copy(workbook)
    page, rid = row_at(copy, sheet, row)
    with connected(copy, http) as server:
        greet(Sync(copy, server, lambda copy: None))
        return copy, server.history(page.sheet.table, rid)
