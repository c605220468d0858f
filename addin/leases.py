"""Taking turns in a live file that several people have open: one sync at a time."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TypeVar

from addin.errors import AddinError
from addin.hosts.base import Workbook
from addin.hosts.errors import WorkbookChanged
from addin.hosts.offers import read_anew
from addin.server import Server

T = TypeVar("T")

RENEW_S = 20.0  # of the sixty that a turn lasts
ATTEMPTS = 5


def is_shared(workbook: Workbook) -> bool:
    """Whether the host says (`is_shared`) that others may have the very same file open now."""
    return bool(getattr(workbook, "is_shared", False))


@contextmanager
def turn(server: Server, copy: str) -> Iterator[None]:
    """One's turn to sync a copy, for as long as the block takes. Raises `BeingSynced`.

    A turn that could not be renewed ends by itself; the merge by value makes good what follows.
    """
    holder, done = uuid.uuid4().hex, Event()
    server.take_lease(copy, holder)
    renewing = Thread(target=_renew, args=(server, copy, holder, done), daemon=True)
    renewing.start()
    try:
        yield
    finally:
        done.set()
        renewing.join()
        with suppress(AddinError):  # what was synced is synced
            server.release_lease(copy, holder)


def undisturbed(workbook: Workbook, run: Callable[[], T]) -> T:
    """What a run gives, begun anew with the workbook as it is then where a person was faster.

    Nothing is lost by that: what was sent stands in the workbook's outbox. Raises
    `WorkbookChanged` when people never let go of the rows that are to be written.
    """
    for _ in range(ATTEMPTS - 1):
        with suppress(WorkbookChanged):
            return run()
        read_anew(workbook)
    return run()


def _renew(server: Server, copy: str, holder: str, done: Event) -> None:
    while not done.wait(RENEW_S):
        with suppress(AddinError):
            server.take_lease(copy, holder)
