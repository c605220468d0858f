"""The files that were seen and the drafts that were parked, in SQL: neither touches any row."""

from __future__ import annotations

from collections.abc import Iterable

from sync_server.core.port import CopySeen, ParkedDraft
from sync_server.storage.dialect import Upsert
from sync_server.storage.reading import Reader

COPY = ("copy", "person", "stamp", "file", "host", "book", "version", "seq", "last_seen")
DRAFT = (
    *("id", "made_by", "parked_by", "at", "file", "book", "reason", "state"),
    *("settled_by", "settled_at", "body"),
)


def _upsert(table: str, columns: tuple[str, ...]) -> Upsert:
    """The first column, with the company, is the key; the others are replaced."""
    replaced = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
    return Upsert(table, ("company", *columns), ("company", columns[0]), replaced)


ON_COPY, ON_DRAFT = _upsert("copies", COPY), _upsert("drafts", DRAFT)


def copies(on: Reader, copy: str | None = None) -> list[CopySeen]:
    """All files of a company, the last seen first, or one."""
    chosen, which = (" AND copy = ?", (copy,)) if copy is not None else ("", ())
    found = on.ask(
        f"SELECT {', '.join(COPY)} FROM copies WHERE company = ?{chosen}"
        " ORDER BY last_seen DESC, copy",
        on.company,
        *which,
    )
    return [CopySeen(*record) for record in found]


def see_copy(on: Reader, seen: CopySeen) -> None:
    """Notes what a file said of itself."""
    record = (on.company, *(getattr(seen, column) for column in COPY))
    on.dialect.upsert(on.connection, ON_COPY, [record])


def drafts(on: Reader, ids: Iterable[str] | None = None) -> list[ParkedDraft]:
    """Some or all parked drafts, the newest first."""
    chosen = "" if ids is None else f" AND {on.dialect.among('id')}"
    which = () if ids is None else (on.dialect.array(ids),)
    found = on.ask(
        f"SELECT {', '.join(DRAFT)} FROM drafts WHERE company = ?{chosen} ORDER BY at DESC, id",
        on.company,
        *which,
    )
    return [ParkedDraft(*record) for record in found]


def park(on: Reader, draft: ParkedDraft) -> None:
    """Keeps a draft, or what became of it."""
    record = (on.company, *(getattr(draft, column) for column in DRAFT))
    on.dialect.upsert(on.connection, ON_DRAFT, [record])
