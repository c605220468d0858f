"""Who may open a locked period, named to whoever met the lock.

The people of a server stand outside its companies' transactions, and change while results are kept:
they are named when a result is told.
"""

from __future__ import annotations

from dataclasses import fields, replace

from sync_server.api.deps import Served, roles_in
from workbook_templates import wire
from workbook_templates.senders import CONTROLLER, OWNER


def has_lock(reply: wire.PushReply) -> bool:
    """Whether a result tells of a lock."""
    return any(result.lock for result in reply.results)


def named_in(served: Served, company: str, reply: wire.PushReply) -> wire.PushReply:
    """A reply whose locks name who may open them."""
    if not has_lock(reply):
        return reply
    ask = _openers(served, company)
    return replace(reply, results=tuple(_asking(result, ask) for result in reply.results))


def named(served: Served, company: str, result: wire.Result) -> wire.Result:
    """A result whose lock names who may open it."""
    return _asking(result, _openers(served, company)) if result.lock else result


def _asking(result: wire.Result, ask: tuple[str, ...]) -> wire.Result:
    if result.lock is None:
        return result
    lock = replace(result.lock, ask=ask)
    if result.status != wire.LOCKED:
        return replace(result, lock=lock)
    said = {part.name: getattr(result, part.name) for part in fields(result)} | {"lock": lock}
    return wire.LockedResult(**said, period=lock.period, until=lock.until, ask=", ".join(ask))


def _openers(served: Served, company: str) -> tuple[str, ...]:
    """The company's controllers; where there is none its owners, who may do everything."""
    people = [(person.name, roles_in(company, person)) for person in served.store.people()]
    controllers = tuple(name for name, roles in people if CONTROLLER in roles)
    return controllers or tuple(name for name, roles in people if OWNER in roles)
