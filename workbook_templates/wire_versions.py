"""What a file asks after the server was restored: which of the versions it has are still known."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbook_templates.wire import RowState


@dataclass(frozen=True, slots=True)
class VersionsAsked:
    """`marks`: (seq, mark) pairs that the file noted when it read; `rows`: (table, id, seq)."""

    marks: tuple[tuple[int, str], ...] = ()
    rows: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RowVersion:
    """A row as commit `seq` of this server's history left it, as it was when the histories of file
    and server parted, and as it is now; null where it was not there. Cells that are not blank.
    """

    t: str
    rid: str
    then: dict[str, str] | None = None
    parting: dict[str, str] | None = None
    now: RowState | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """`parted`: the newest noted commit that is the same here and in the file; in order of asking
    the versions.
    """

    parted: int
    rows: tuple[RowVersion, ...] = field(default=())
