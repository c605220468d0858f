"""Drafts on the wire: work that was taken out of a workbook and parked, never applied by itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook_templates.wire import Group

OPEN, ADOPTED, DROPPED = "open", "adopted", "dropped"


@dataclass(frozen=True, slots=True)
class DraftParked:
    """What is parked. `id` is made by the file, so that a repeated request parks once; `made_by`
    is who typed it, as the file says ("" is the sender).
    """

    id: str
    groups: tuple[Group, ...]
    book: str = ""
    file: str = ""
    reason: str = ""
    made_by: str = ""
    v: int = 1


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A draft as it is listed; `groups` only where one draft is asked for."""

    id: str
    made_by: str
    parked_by: str
    when: str
    documents: int
    book: str = ""
    file: str = ""
    reason: str = ""
    state: str = OPEN
    settled_by: str = ""
    settled_when: str = ""
    groups: tuple[Group, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts that one may see, newest first."""

    drafts: tuple[DraftSeen, ...]
