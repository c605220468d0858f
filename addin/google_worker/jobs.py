"""What is done with one spreadsheet when it is its turn: a look, and a sync where that is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from addin.errors import AddinError, BeingSynced
from addin.google_worker import looks
from addin.google_worker.lanes import Lanes, late_s, rest_s
from addin.google_worker.looks import Found
from addin.google_worker.state import Known
from addin.hosts.errors import HostError, WorkbookChanged
from addin.hosts.google import opened
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import GoogleRefused
from addin.making_online import NotALink
from addin.runs import LANDED, Run, sync_workbook
from workbook_templates.words import Words

LATE_S = 120.0  # from then on a person is told
IN_STEP = Words("✓ Selaras dengan pusat", "✓ In step with the central copy")
NEEDS_YOU = Words("! {count} hal perlu Anda: lihat Tinjau", "! {count} things need you: see Review")
LATE = Words(
    "… tertunda {minutes} menit: terlalu banyak spreadsheet untuk satu akun Google",
    "… {minutes} minutes late: too many spreadsheets for one Google account",
)
FAILED = Words("✗ {reason}", "✗ {reason}")
STUMBLED = Words(
    "Ada kesalahan di program pekerja ({reason}). Isian Anda aman; beri tahu pengelola Lajur.",
    "The worker's program has a fault ({reason}). What you typed is safe; tell whoever looks after"
    " Lajur.",
)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """One spreadsheet's turn. `news`: the server has something that this copy does not know;
    `since`: from when on the worker works, which cannot have been late before.
    """

    known: Known
    spreadsheet: str
    client: SheetsClient
    lanes: Lanes
    clock: Callable[[], float]
    since: float
    news: bool = False


def done(job: Job) -> Known:
    """What is known after the turn. Never raises: one spreadsheet's trouble is its own."""
    began = job.clock()
    try:
        return _done(job, began)
    except (BeingSynced, WorkbookChanged):  # somebody is at it just now: a little later, then
        seen = replace(job.known.seen, failures=1, rests_until=job.clock() + job.lanes.hot)
        return replace(job.known, seen=seen)
    except (AddinError, HostError) as refused:
        return _failed(job, dict(refused.words), refused.code)
    except Exception as fault:  # the others go on, and this one is told of
        log.exception("the turn of %s", job.known.seen.name)
        name = type(fault).__name__
        sentences = {k: text.format(reason=name) for k, text in STUMBLED.all().items()}
        return _failed(job, sentences, "fault")


def _done(job: Job, began: float) -> Known:
    known, found = _looked(job)
    changed = found.digest != known.digest
    swept = known.synced is None or began - known.synced >= job.lanes.sweep
    seen = replace(known.seen, looked=began, called=False, failures=0)
    known = replace(known, seen=seen, digest=found.digest, problem={})
    if not (changed or found.asked or swept or job.news):
        return _told(job, known, _late(job, began) or _state(known))
    run = sync_workbook(opened(known.seen.name, job.client))
    return _after(job, _synced(job, known, run, began, changed), found.asked)


def _looked(job: Job) -> tuple[Known, Found]:
    """The look; what it reads is learned anew where a tab has another name."""
    known = job.known
    if not job.spreadsheet:
        raise NotALink(link=known.seen.name)
    if known.ranges:
        try:
            return known, looks.look(job.client, job.spreadsheet, known.ranges)
        except GoogleRefused:
            known = replace(known, ranges=())
    known = replace(known, ranges=looks.ranges_of(job.client, job.spreadsheet))
    title = job.client.titles.get(job.spreadsheet, known.title)
    return replace(known, title=title), looks.look(job.client, job.spreadsheet, known.ranges)


def _synced(job: Job, known: Known, run: Run, began: float, changed: bool) -> Known:
    """What a sync teaches. What it wrote itself is seen by the next look and is no edit."""
    meta, landed = run.copy.meta, any(run.groups[status] for status in LANDED)
    typed = landed or bool(run.decided) or (changed and not job.known.wrote)
    edited = began if typed else known.seen.edited
    if job.known.synced is None and not landed:  # a new one is warm: many may be new at once
        edited = began - job.lanes.stays_hot
    return replace(
        known,
        seen=replace(known.seen, edited=edited),
        synced=began,
        open=len(run.issues),
        head=run.outcome.head,
        server=meta.get("server", ""),
        company=meta.get("company", ""),
        language=run.copy.language,
        wrote=landed or bool(run.decided or run.outcome.received),
    )


def _after(job: Job, known: Known, asked: bool) -> Known:
    """Tell the person: at once what was asked for, else only when the state is another."""
    state = _state(known)
    if not asked:
        return _told(job, known, state)
    _write(job, f"{state} · {datetime.now():%Y-%m-%d %H:%M}", untick=True)
    return replace(known, told=state, wrote=True)


def _state(known: Known) -> str:
    """How it stands with a spreadsheet that is in step, or needs its person."""
    return (NEEDS_YOU if known.open else IN_STEP)[known.language].format(count=known.open)


def _told(job: Job, known: Known, state: str) -> Known:
    """The state on Setup, written when it is another than before."""
    if state == known.told or looks.BOX not in known.ranges:
        return known
    _write(job, state, untick=False)
    return replace(known, told=state, wrote=True)


def _write(job: Job, state: str, untick: bool) -> None:
    """Nobody misses a sync because its line on Setup was deleted."""
    with suppress(GoogleRefused):
        looks.tell(job.client, job.spreadsheet, state, untick)


def _late(job: Job, now: float) -> str:
    late = min(late_s(job.known.seen, job.lanes, now), now - job.since)
    words = LATE[job.known.language]
    return words.format(minutes=round(late / 60)) if late > LATE_S else ""


def _failed(job: Job, problem: dict[str, str], code: str) -> Known:
    """A failure is remembered, told on Setup where that is possible, and tried again later."""
    failures = job.known.seen.failures + 1
    seen = replace(job.known.seen, failures=failures, rests_until=job.clock() + rest_s(failures))
    known = replace(job.known, seen=seen, problem={"code": code, **problem})
    if job.known.problem.get("code") == code:
        return known
    state = FAILED[known.language].format(reason=problem[known.language])
    try:
        return _told(job, known, state)
    except HostError:  # Google itself is what fails
        return known
    except Exception:
        log.exception("telling %s", known.seen.name)
        return known
