"""One sync, step by step (docs/protocol.md): learn the fate of what was sent, pull, send, pull."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from addin.copies import Copy, Found
from addin.errors import (
    NotAllowed,
    OldServer,
    OldTemplate,
    OutboxOfAnother,
    WrongCompany,
)
from addin.groups import Unsent, as_group, digest, in_order, unsent_documents
from addin.identity import is_told_a_clone, told
from addin.known import LocalKnown
from addin.local import is_still_wrong, look
from addin.merged import forget_others, with_theirs
from addin.needs import without_waiting
from addin.noted import is_other_history
from addin.origins import typed_by
from addin.preview import Preview, mended, preview
from addin.pulling import pull, resync
from addin.questions import Ask, ask_about_shuffled, many_deleted, nobody
from addin.sending import freeze, in_requests, send_halving, take_result
from addin.server import Server
from addin.settle import settle_held
from addin.shadow import RESTORED, Held
from addin.window import has_changed, pulled, sweep
from workbook_templates import wire
from workbook_templates.periods import PERIOD_HELD

ROUNDS = 5
NAMELESS = ("unknown_row", "gone")  # nobody can be named, or may be
NAMED = 20  # rows of one document of which the author is asked
Progress = Callable[[str, int, int], None]
Theirs = TypeVar("Theirs", wire.Conflict, wire.MergedWith)


@dataclass
class Outcome:
    """What a sync did. `groups` counts documents by status; `received` counts rows; `landed` are
    the numbers of the commits that were made; `parked` is the draft in which the server keeps what
    this template is too old to send.
    """

    head: int = 0
    groups: Counter[str] = field(default_factory=Counter)
    received: int = 0
    preview: Preview = field(default_factory=Preview)
    cloned: bool = False
    landed: list[int] = field(default_factory=list)
    parked: str = ""


@dataclass
class Sync:
    """One run over one copy. `keep` makes the copy durable in its file; it may run several times.

    `delete` confirms the deletion of many rows at once, `adopt` the outbox of another person. `ask`
    is put questions before anything is sent, `show` what is about to be. `warn`: what is to be told
    in the end and stops nothing. `refresh` renews the report sheets before the last save.
    """

    copy: Copy
    server: Server
    keep: Callable[[Copy], None]
    delete: bool = False
    adopt: bool = False
    progress: Progress = lambda step, done, total: None
    ask: Ask = nobody
    show: Callable[[Copy, Preview], None] = lambda copy, seen: None
    warn: Callable[[Copy, Server], list[Found]] = lambda copy, server: []
    refresh: Callable[[Copy, Server], None] = lambda copy, server: None
    outcome: Outcome = field(default_factory=Outcome)


def synchronise(sync: Sync) -> Outcome:
    """Bring a copy and the server to agree as far as they can. Raises `AddinError`.

    The file is saved before anything is sent, and at the end; a crash at any point loses nothing.
    """
    hello = greet(sync, announce=True)
    _learn_fates(sync, hello)
    _ask_again(sync.copy, hello.user)
    sync.copy.remember_documents()
    _catch_up(sync)
    _ask_first(sync)
    counted: set[tuple[str, str]] = set()  # a document that is tried again is counted once
    for _ in range(ROUNDS):
        documents = ready(sync)
        if not documents or sync.copy.shadow.outbox:
            break
        fresh = [unsent for unsent in documents if (unsent.table, unsent.key) not in counted]
        seen = preview(sync.copy, fresh)
        sync.show(sync.copy, seen if counted else sync.outcome.preview + seen)
        sync.outcome.preview += seen
        counted |= {(unsent.table, unsent.key) for unsent in fresh}
        freeze(sync.copy, documents, hello.user)
        sync.keep(sync.copy)
        _send(sync, hello)
        _catch_up(sync)
    else:
        ready(sync)
    if sync.outcome.landed:  # for whoever wants to take this sync back
        sync.copy.meta["landed"] = f"{min(sync.outcome.landed)} {max(sync.outcome.landed)}"
    sync.copy.found += sync.warn(sync.copy, sync.server)
    sync.refresh(sync.copy, sync.server)
    sync.keep(sync.copy)
    return sync.outcome


def rehearse(sync: Sync) -> Outcome:
    """What a sync would do, asked of the server; nothing is kept, here or there."""
    hello = greet(sync)
    sync.copy.remember_documents()
    _catch_up(sync)
    _ask_first(sync)
    documents = ready(sync)
    sync.outcome.preview += preview(sync.copy, documents)
    freeze(sync.copy, documents, hello.user)
    _send(sync, hello, dry=True)
    ready(sync)
    return sync.outcome


def _ask_first(sync: Sync) -> None:
    """What only a person can say: rows that look shuffled, many that are gone. Whole copies get
    numbers of their own.
    """
    ask_about_shuffled(sync.copy, sync.ask)
    sync.outcome.preview += mended(sync.copy)
    if not sync.delete:
        doubts = list(many_deleted(sync.copy))
        sync.delete = bool(doubts) and all(map(sync.ask, doubts))


def greet(sync: Sync, announce: bool = False) -> wire.Hello:
    """Ask who one is and where the server stands. Raises `WrongCompany`, `OldTemplate`.

    With `announce` the file says of itself who it is: it will be saved.
    """
    copy, server = sync.copy, sync.server
    try:
        hello = server.hello(copy.book.key, told(copy) if announce else None)
    except NotAllowed as refused:
        raise WrongCompany(company=server.company, server=server.address) from refused
    if hello.company != copy.meta["company"]:
        raise WrongCompany(company=copy.meta["company"], server=server.address)
    _check_version(copy, hello)
    sync.outcome.head = hello.head
    copy.meta["user"], copy.moment = hello.user, hello.time
    copy.meta["company_name"], copy.currency = hello.name, hello.currency
    sync.outcome.cloned = is_told_a_clone(copy, hello)
    other = is_other_history(copy.meta, hello.head, hello.mark)
    if other or copy.meta.get("epoch", hello.epoch) not in ("", hello.epoch):
        copy.meta["restored"] = "yes"
    copy.meta["epoch"] = hello.epoch
    return hello


def _check_version(copy: Copy, hello: wire.Hello) -> None:
    version = copy.book.version
    wanted = hello.schema.get(copy.book.key)
    if wanted is None or version < hello.min_pull.get(copy.book.key, 1):
        raise OldTemplate(book=copy.book.key, version=version, wanted=wanted or "?")
    if version > wanted:
        raise OldServer(book=copy.book.key, version=version, wanted=wanted)
    copy.behind = version < wanted


def _learn_fates(sync: Sync, hello: wire.Hello) -> None:
    """Send again what was sent and never answered, before anything is pulled."""
    copy = sync.copy
    if not copy.shadow.outbox:
        return
    sender = copy.meta.get("outbox_user") or hello.user
    if sender != hello.user:
        if not sync.adopt:
            raise OutboxOfAnother(sender=sender, user=hello.user)
        for sent in copy.shadow.outbox:  # what differs is found and sent anew, merged by value
            typed_by(copy, (op.rid for op in sent.group.ops), sent.group.made_by or sender)
        copy.shadow.outbox = []
        return
    _send(sync, hello)


def _catch_up(sync: Sync) -> None:
    """Pull to the server's head, unless the copy is there, or waits to hear of what it sent."""
    copy = sync.copy
    if copy.shadow.outbox:
        return
    if copy.meta.pop("restored", ""):
        sync.outcome.received += resync(copy, sync.server, restored=True)
    elif is_behind(copy, sync.outcome.head) or has_changed(copy):
        sync.progress("pull", 0, 1)
        sync.outcome.received += pull(copy, sync.server)
        sync.progress("pull", 1, 1)
    sync.outcome.head = max(sync.outcome.head, int(copy.meta.get("head") or 0))
    settle_held(copy)
    sweep(copy)
    copy.held.update({place: with_theirs(copy, held) for place, held in copy.held.items()})
    _name_authors(sync)


def is_behind(copy: Copy, head: int) -> bool:
    """Whether there is something that this copy has not read."""
    return not copy.meta.get("cursor") or int(copy.meta.get("head") or 0) < head


def _name_authors(sync: Sync) -> None:
    """Say who made the changes that met ours; asked of the server once a row."""
    for place, held in list(sync.copy.held.items()):
        if held.status == RESTORED:
            continue  # it is what the server does not have
        nameless = [c.rid for c in held.conflicts if not c.by and c.kind not in NAMELESS]
        nameless += [one.rid for one in held.merged_with if not one.by]
        conflicts, others = held.conflicts, held.merged_with
        for rid in list(dict.fromkeys(nameless))[:NAMED]:
            changes = {record.seq: record for record in sync.server.history(held.table, rid)}
            conflicts = tuple(_named(c, rid, changes) for c in conflicts)
            others = tuple(_named(one, rid, changes) for one in others)
        sync.copy.held[place] = replace(held, conflicts=conflicts, merged_with=others)


def _named(one: Theirs, rid: str, changes: dict[int, wire.Audit]) -> Theirs:
    record = changes.get(one.seq)
    if one.rid != rid or record is None:
        return one
    return replace(one, by=record.by, when=record.when)


def ready(sync: Sync) -> list[Unsent]:
    """The documents that can be sent now; what stops the others stands in `copy.found`."""
    copy = sync.copy
    documents = [u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)]
    forget_others(copy, documents)
    look(copy, documents, sync.delete)
    stopped = {(found.table, found.key) for found in copy.found if found.stops}
    _forget_mended(copy, documents)
    waiting, known = _waiting(copy), LocalKnown(copy)
    free = []
    for unsent in documents:
        if stopped & {(unsent.table, key) for key in unsent.keys}:
            continue
        held = _held_for(waiting, unsent)
        if held is None or not _waits(held, unsent, known, sync.outcome.head):
            free.append(unsent)
    free, waiting_for = without_waiting(copy, documents, free)
    copy.found += waiting_for
    return in_order(copy, free)


def _ask_again(copy: Copy, user: str) -> None:
    """What was denied, or held back from this person, is sent once a sync: roles change. Where
    another person sent last, all that was refused is: what one may not the other may.
    """
    is_another = copy.meta.get("outbox_user", user) != user
    for place, held in copy.held.items():
        of_person = held.status == wire.DENIED or any(
            error.code == PERIOD_HELD.code for error in held.errors
        )
        if is_another or of_person:
            copy.held[place] = replace(held, digest="")


def _waiting(copy: Copy) -> dict[tuple[str, str], Held]:
    """What is held, by table and document key, and by table and row id."""
    found: dict[tuple[str, str], Held] = {}
    for held in copy.held.values():
        found |= {(held.table, rid): held for rid in held.rows}
        found[held.table, held.key] = held
    return found


def _held_for(waiting: dict[tuple[str, str], Held], unsent: Unsent) -> Held | None:
    names = [*unsent.keys, *(row.rid for row in unsent.rows)]
    return next((h for name in names if (h := waiting.get((unsent.table, name)))), None)


def _waits(held: Held, unsent: Unsent, known: LocalKnown, head: int) -> bool:
    """A conflict waits for a decision; a refused document until it, or what it met, has changed."""
    if held.conflicts:
        return True
    if held.digest != digest(as_group(known.copy, unsent)):
        return False
    return held.head >= head or (not pulled(known.copy.meta) and is_still_wrong(known, unsent))


def _forget_mended(copy: Copy, documents: list[Unsent]) -> None:
    """A refused document of which nothing is left to send was mended by undoing."""
    names = {(u.table, name) for u in documents for name in (*u.keys, *(r.rid for r in u.rows))}
    for place, held in list(copy.held.items()):
        around = {(held.table, held.key), *((held.table, rid) for rid in held.rows)}
        if not held.conflicts and names.isdisjoint(around):
            del copy.held[place]


def _send(sync: Sync, hello: wire.Hello, dry: bool = False) -> None:
    """Send the outbox and take the answers. What says "later" stays in the outbox."""
    copy, outcome = sync.copy, sync.outcome
    send = sync.server.validate if dry else sync.server.push
    outbox, head, done = list(copy.shadow.outbox), outcome.head, 0
    later: set[str] = set()
    for request in in_requests(outbox, hello.limits):
        sync.progress("push", done, len(outbox))
        groups = {sent.mid: sent.group for sent in request}
        for reply in send_halving(copy, send, request):
            outcome.head = max(outcome.head, reply.head)
            for result in reply.results:
                take_result(copy, groups.pop(result.mid), result, head)
                outcome.groups[result.status] += 1
                outcome.landed += [result.seq] if result.status == wire.APPLIED else []
                if result.status == wire.RETRY:
                    later.add(result.mid)
        later |= groups.keys()
        done += len(request)
    sync.progress("push", done, len(outbox))
    copy.shadow.outbox = [sent for sent in outbox if sent.mid in later]


def receive(sync: Sync) -> Outcome:
    """Bring in what others did and save; what is unsent stays unsent. Raises `AddinError`."""
    hello = greet(sync, announce=True)
    _learn_fates(sync, hello)
    sync.copy.remember_documents()
    _catch_up(sync)
    ready(sync)
    sync.copy.found += sync.warn(sync.copy, sync.server)
    sync.refresh(sync.copy, sync.server)
    sync.keep(sync.copy)
    return sync.outcome
