"""Taking back what was accepted: a whole change on the server, or one cell from its history."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import httpx2

from addin.copies import Copy, open_copy
from addin.errors import UnknownChange, WrongCompany
from addin.groups import unsent_documents
from addin.hosts.base import Workbook
from addin.issues import issues
from addin.keeping import keeper
from addin.local import look
from addin.moments import moment
from addin.places import column_named, row_at
from addin.preview import Preview, preview
from addin.runs import Run, connected
from addin.server import Server
from addin.sync import Sync, greet, receive
from workbook_templates import wire
from workbook_templates.words import Words

CHANGED_SINCE = Words(
    "Perubahan {seq} tidak dibalik: isinya sudah diubah lagi{by}. Lihat dengan `lajur history`,"
    " lalu perbaiki sendiri.",
    "Change {seq} was not reversed: what it wrote has been changed since{by}. Look at it with"
    " `lajur history` and mend it yourself.",
)
REVERSED = Words(
    "Perubahan {seq} dibalik oleh perubahan {by_seq}.",
    "Change {seq} was reversed by change {by_seq}.",
)
NOTHING_LEFT = Words(
    "Perubahan {seq} sudah tidak berbekas; tidak ada yang perlu dibalik.",
    "Nothing is left of change {seq}; there was nothing to reverse.",
)
LANDED = (wire.APPLIED, wire.NOOP)


@dataclass(frozen=True, slots=True)
class Reversal:
    """What became of taking one change back, and the sentence that says so."""

    of: str
    result: wire.Result
    words: Words

    @property
    def done(self) -> bool:
        """Whether the change is taken back now."""
        return self.result.status in LANDED


def take_back(
    workbook: Workbook,
    of: Sequence[str] = (),
    date: str | None = None,
    http: httpx2.Client | None = None,
) -> tuple[Run, list[Reversal]]:
    """Reverse changes, newest first, and bring the workbook up to date; without `of` those that
    this file sent in its last sync. The first that is refused ends it: others may need it.

    Raises `UnknownChange`, `AddinError`.
    """
    copy = open_copy(workbook)
    with connected(copy, http) as server:
        sync = Sync(copy, server, keeper(workbook, copy, datetime.now))
        hello = greet(sync)
        done: list[Reversal] = []
        for one in of or _last_sent(copy, server, hello.user):
            done.append(_reverse(copy, server, one, date))
            if not done[-1].done:
                break
        outcome = receive(sync)
    return Run(copy, outcome, issues(copy)), done


def last_sent(workbook: Workbook, http: httpx2.Client | None = None) -> tuple[Copy, list[str]]:
    """The changes that this file sent in its last sync, newest first. Raises `UnknownChange`."""
    copy = open_copy(workbook)
    with connected(copy, http) as server:
        hello = greet(Sync(copy, server, lambda copy: None))
        return copy, _last_sent(copy, server, hello.user)


def _last_sent(copy: Copy, server: Server, user: str) -> list[str]:
    first, _, last = copy.meta.get("landed", "").partition(" ")
    if not last:
        raise UnknownChange(change="—")
    found: dict[int, None] = {}
    start: int | None = int(first)
    while start is not None and start <= int(last):
        page = server.audit(start)
        ours = (c for c in page.changes if c.copy == copy.meta.get("copy_id") and c.by == user)
        found |= {change.seq: None for change in ours if change.seq <= int(last)}
        start = page.next
    return [str(seq) for seq in sorted(found, reverse=True)]


def _reverse(copy: Copy, server: Server, of: str, date: str | None) -> Reversal:
    told = wire.Reverse(str(uuid.uuid4()), of, date, copy.meta.get("copy_id", ""))
    try:
        result = server.reverse(told)
    except WrongCompany as unknown:  # the company was just found: it is the change that is not
        raise UnknownChange(change=of) from unknown
    return Reversal(of, result, _said(of, result))


def _said(of: str, result: wire.Result) -> Words:
    facts = {"seq": of, "by_seq": result.seq}
    if result.status in LANDED:
        words = REVERSED if result.status == wire.APPLIED else NOTHING_LEFT
        return Words(words.id.format(**facts), words.en.format(**facts))
    if result.conflicts:
        return Words(*(_changed_since(of, result.conflicts[0], each) for each in ("id", "en")))
    messages = [error.message for error in result.errors]
    return Words(*(" ".join(dict.fromkeys(m[each] for m in messages)) for each in ("id", "en")))


def _changed_since(of: str, conflict: wire.Conflict, language: str) -> str:
    who = ", ".join(part for part in (conflict.by, moment(conflict.when, language)) if part)
    return CHANGED_SINCE[language].format(seq=of, by=f" ({who})" if who else "")


def put_back(
    workbook: Workbook, place: tuple[str, int, str], seq: int, http: httpx2.Client | None = None
) -> tuple[Run, Preview]:
    """Type into one cell (sheet, row number, column) what stood there after a change; the next sync
    sends it as any other edit. The run, and what that sync would send.

    Raises `UnknownRow`, `UnknownColumn`, `UnknownChange`.
    """
    copy = open_copy(workbook)
    page, rid = row_at(copy, *place[:2])
    column = column_named(page, place[2]).key
    keep = keeper(workbook, copy, datetime.now)
    with connected(copy, http) as server:
        greet(Sync(copy, server, lambda copy: None))
        text = _text_at(server.history(page.sheet.table, rid), column, seq)
    page.rows[rid].type_in(column, text)
    documents = [u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)]
    look(copy, documents, delete=False)
    keep(copy)
    return Run(copy, issues=issues(copy)), preview(copy, documents)


def _text_at(history: Iterable[wire.Audit], column: str, seq: int) -> str | None:
    """What a cell held after a change. Raises `UnknownChange` where the row was not yet."""
    text, known = None, False
    for change in history:
        if change.seq > seq:
            break
        known = True
        if column in change.cells:
            text = change.cells[column][1]
    if not known:
        raise UnknownChange(change=str(seq))
    return text
