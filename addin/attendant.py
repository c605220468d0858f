"""`lajur watch`: files are synced as they change, and little is said about it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, current_thread, main_thread
from typing import Any

from addin import printing, replies, terminal
from addin.errors import AddinError
from addin.hosts.errors import HostError, WorkbookChanged, WorkbookIsOpen
from addin.notices import Binding, Notices
from addin.runs import LANDED, Run, sync_workbook
from addin.watching import Done, Pace, Watch, watch


@dataclass
class Attendant:
    """Syncs one file after another. As JSON it tells of every sync; people hear of what is new.

    `program` is where the files may be open: what is saved there is synced in its window.
    """

    as_json: bool
    program: str = ""
    _told: dict[str, object] = field(default_factory=dict)

    def sync(self, file: str) -> Done:
        """One sync of a file; what goes wrong is told once. A file that was saved meanwhile is
        no fault: it is read again when it has settled.
        """
        try:
            with terminal.opened(file, self.program) as workbook:
                run = sync_workbook(workbook)
        except WorkbookChanged:
            return Done(terminal.COULD_NOT, is_open=True)
        except (AddinError, HostError) as refused:
            return self._failed(file, refused)
        self._tell(file, run)
        meta = run.copy.meta
        binding = Binding(meta["server"], meta["company"]) if meta.get("server") else None
        return Done(terminal.exit_status(run), run.outcome.head, binding)

    def _failed(self, file: str, refused: AddinError | HostError) -> Done:
        if self._told.get(file) != refused.code:
            self._told[file] = refused.code
            reply = terminal.failed(file, refused, self.as_json)
            if self.as_json:
                _print_line(reply)
        is_open = isinstance(refused, WorkbookIsOpen)
        return Done(terminal.COULD_NOT, is_open=is_open, failed=not is_open)

    def _tell(self, file: str, run: Run) -> None:
        before = self._told.get(file)
        problems = [issue.message[run.copy.language] for issue in run.issues]
        self._told[file] = problems
        if self.as_json:
            _print_line(replies.workbook_reply(file, run))
        elif _did_something(run) or before != problems:
            printing.say_run(terminal.out, file, run)


def attend(files: Sequence[str], pace: Pace, times: int, as_json: bool, program: str = "") -> int:
    """Watches files until Ctrl-C, or so many syncs; the exit status."""
    wake, end = Event(), Event()
    notices = Notices(wake)
    with until_interrupted(wake, end):
        given = Watch(Attendant(as_json, program).sync, notices.head, pace, wake, end)
        status = watch(given, files, times)
    notices.close()
    return status


@contextmanager
def until_interrupted(wake: Event, end: Event) -> Iterator[None]:
    """Ctrl-C, or the system's wish to end, ends the watch after the sync that is running; pressed
    twice it ends at once.
    """

    def stop(number: int, _: object) -> None:
        signal.signal(number, before[number])
        end.set()
        wake.set()

    if current_thread() is not main_thread():
        yield
        return
    before: dict[int, Any] = {
        number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _did_something(run: Run) -> bool:
    return bool(run.outcome.received or run.decided or any(run.groups[s] for s in LANDED))


def _print_line(reply: dict[str, Any]) -> None:
    print(json.dumps(reply, ensure_ascii=False), flush=True)
