"""Sending changes: only into rows that are still what was read, and never twice unseen.

Google has no write on a condition. So the rows are read right before they are written, the call
that writes tells what it wrote over, and what landed in rows that somebody moved in between is
taken back.
"""

from __future__ import annotations

from dataclasses import replace

from addin.hosts.errors import HostError, WorkbookChanged
from addin.hosts.google.addresses import range_of
from addin.hosts.google.changes import Changes, changed_look
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import EffectUnknown, GoogleRefused
from addin.hosts.google.look import Look, Tab, look_at, looked_anew
from addin.hosts.google.sending import Landed, Sending
from addin.hosts.google.staging import staged
from addin.hosts.google.taking_back import back_again
from addin.hosts.google.watched import are_those, watched

MOST_TAKEN_BACK = 12  # calls, while people go on to move rows
MOST_KEPT = 5_000  # cells of what was written over: more would make every look long


def saved(client: SheetsClient, spreadsheet: str, seen: Look, changes: Changes) -> Look:
    """Make all changes; the spreadsheet as it is then.

    Raises `WorkbookChanged`, when none took effect, and other `HostError`s.
    """
    waiting = staged(client, spreadsheet, seen, changes)
    landed = _landed(Sending(client, spreadsheet, changes, waiting), seen)
    if not landed.is_right:
        _take_back(client, spreadsheet, landed)
        raise WorkbookChanged(name=seen.title)
    there = _tidied(client, spreadsheet, landed)
    return replace(changed_look(seen, changes), overwritten=there)


def _landed(sending: Sending, seen: Look) -> Landed:
    """Send the changes until they took effect, as long as the rows are those that were read."""
    pace = sending.client.pace
    began, attempt = pace.clock(), 0
    while True:
        now = _rows_now(sending, seen)
        try:
            return sending.sent(seen, now)
        except GoogleRefused:  # perhaps because its rows are gone
            _rows_now(sending, seen)
            raise
        except EffectUnknown:
            attempt += 1
            if not pace.pause(attempt, began):
                raise


def _rows_now(sending: Sending, seen: Look) -> dict[str, Tab]:
    """The rows that are written as they are now. Raises `WorkbookChanged` when they changed."""
    touched = sending.changes.touched()
    ranges = [
        range_of(title, area)
        for title, its in touched.items()
        for area in watched(seen.tabs[title], its, seen.tabs[title].height)
    ]
    try:
        now = look_at(sending.client, sending.spreadsheet, ranges) if ranges else {}
    except GoogleRefused as refused:  # a tab was renamed, or its grid became smaller
        raise WorkbookChanged(name=seen.title) from refused
    for title, its in touched.items():
        if not are_those(seen.tabs[title], now[title], its):
            raise WorkbookChanged(name=seen.title)
    return now


def _take_back(client: SheetsClient, spreadsheet: str, first: Landed) -> None:
    """Give each cell what we wrote over. Who moves rows at that moment, too, has that taken back
    together with what was there before.
    """
    landed, began = [first], client.pace.clock()
    for attempt in range(MOST_TAKEN_BACK):
        now = looked_anew(client, spreadsheet)
        back = back_again(landed, now)
        if not back:
            return
        try:
            landed.append(Sending(client, spreadsheet, back).sent(now, now.tabs))
        except EffectUnknown:
            client.pace.pause(attempt + 1, began)
        except GoogleRefused:  # the rows of a moment ago are gone
            continue
        else:
            if landed[-1].is_hit:
                return


def _tidied(client: SheetsClient, spreadsheet: str, landed: Landed) -> int | None:
    """Much that was written over is not kept for long; the id of the hidden tab, if it stays."""
    if sum(len(tab.raw) for tab in landed.there.values()) <= MOST_KEPT:
        return landed.overwritten
    gone = {"requests": [{"deleteSheet": {"sheetId": landed.overwritten}}]}
    try:
        client.batch_update(spreadsheet, gone)
    except HostError:  # the next look tells whether it is there
        return landed.overwritten
    return None
