"""The messages of the sync, as frozen dataclasses that both sides read and write as JSON.

Field names are those of the wire (docs/protocol.md). A cell is canonical text or null; a column
that is absent says nothing, null says blank.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

VERSION = 1

APPLIED, NOOP, CONFLICT, INVALID = "applied", "noop", "conflict", "invalid"
DENIED, LOCKED, STALE_SCHEMA, MID_REUSED, RETRY = (
    "denied",
    "locked",
    "stale_schema",
    "mid_reused",
    "retry",
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where its author sees a row: worksheet name and row number."""

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Op:
    """A row put (`cells`: column -> [base, mine]), deleted (`base`: its cells), or brought back as
    it was before its deletion in commit `seq` ("restore"). `f`: formulas of the cells put, as a
    remark: column -> text.
    """

    op: str  # "put" | "del" | "restore"
    t: str
    rid: str
    cells: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    base: dict[str, str | None] = field(default_factory=dict)
    seq: int = 0
    at: Place | None = None
    copied_from: str | None = None
    f: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """One attempt to land one document. `new`: its author knew of no such document before.

    `after`: mutations that must have landed. `cause`: why it is sent, for the audit ("" is a push).
    `made_by`: who typed it, as the file says, where that is not who sends it.
    """

    mid: str
    kind: str
    key: str
    ops: tuple[Op, ...]
    new: bool = False
    after: tuple[str, ...] = ()
    schema: int = 1
    cause: str = ""
    made_by: str = ""


@dataclass(frozen=True, slots=True)
class Push:
    """What a copy of a workbook sends; every group is answered on its own. `head`: the commit up to
    which the copy has read.
    """

    epoch: str
    groups: tuple[Group, ...]
    v: int = VERSION
    copy: str = ""
    stamp: str = ""
    source: dict[str, str] = field(default_factory=dict)
    head: int = 0


@dataclass(frozen=True, slots=True)
class Reverse:
    """What an accepted change is taken back with: `of` is its mutation id or its commit's number.

    With a `date` the documents stay, and opposite ones are made on that day.
    """

    mid: str
    of: str
    date: str | None = None
    copy: str = ""
    source: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)  # never changed; frozen ones take three times as long to make
class RowState:
    """A row as the central copy has it at `seq`. `src`: the document that it follows from."""

    t: str
    rid: str
    seq: int
    cells: dict[str, str | None] = field(default_factory=dict)
    deleted: bool = False
    gone: bool = False
    src: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed one thing.

    Kinds: cell | deleted_on_server | edited_on_server | unknown_row | seen_elsewhere (the id is
    that of a row of another table) | dependency (`mid`: the mutation that did not land).
    """

    rid: str
    kind: str
    col: str | None = None
    base: str | None = None
    mine: str | None = None
    theirs: str | None = None
    seq: int = 0
    by: str = ""
    when: str = ""
    cells: dict[str, str | None] = field(default_factory=dict)  # theirs, whole, of an edited row
    mid: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A problem on the wire: `message` by language, at a row and column, or at the document.
    `severity`: "error", or "warning" of a remark.

    `other`: the row that has the key already, where its reader may see it.
    """

    code: str
    message: dict[str, str]
    rid: str | None = None
    col: str | None = None
    hint: str | None = None
    severity: str = "error"
    other: str | None = None


@dataclass(frozen=True, slots=True)
class MergedWith:
    """A row of the document that somebody else changed, in commit `seq`, since it was last read."""

    rid: str
    seq: int
    by: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """Why nothing moves in a month (`period`): it is closed or held, and all that follows it up to
    the day `until`. `ask`: who may open it.
    """

    period: str
    until: str
    ask: tuple[str, ...] = ()


@dataclass(slots=True)  # never changed, as `RowState`
class Result:
    """What became of a group; `rows` is the present state of every row of its documents.

    `merged_with`: what a refused group was merged with, for it may be right without that. `lock`:
    the closed period that stands in its way; where nothing else does, its status is "locked".
    `remarks`: what is to be told of a document that landed all the same.
    """

    mid: str
    status: str
    seq: int = 0
    replayed: bool = False
    rows: tuple[RowState, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    errors: tuple[Refusal, ...] = ()
    merged_with: tuple[MergedWith, ...] = ()
    lock: Lock | None = None
    remarks: tuple[Refusal, ...] = ()


@dataclass(slots=True)
class LockedResult(Result):
    """The result of a group with the status "locked": the same three beside it (`ask` in one text),
    for who reads nothing nested.
    """

    period: str = ""
    until: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class PushReply:
    """The answers to a push, in the order of its groups. `unknown`: the fields of its message that
    the server does not know, and so left out.
    """

    epoch: str
    head: int
    results: tuple[Result, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """One page of what is new. Pages are applied together, when `more` is false."""

    epoch: str
    head: int
    more: bool
    cursor: str
    rows: tuple[RowState, ...]
    scope: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class LockedPeriods:
    """The last day up to which one can move nothing (`locked_to`), and in which of one's books that
    is a later one (`books`). None: nothing is locked from the beginning.
    """

    locked_to: str | None = None
    books: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hello:
    """Who one is and where the central copy stands; asked once a sync.

    `mark` names the history that ends with commit `head`: a restored server has another one.
    `copy`: the id under which the file goes on where it is a clone of another, else "". `schema`:
    the versions of the books; workbooks of `min_push` and later may send, of `min_pull` read.
    """

    company: str
    name: str
    currency: str
    epoch: str
    head: int
    user: str
    roles: tuple[str, ...]
    scope: str
    schema: dict[str, int]
    limits: dict[str, int]
    time: str = ""
    mark: str = ""
    copy: str = ""
    min_push: dict[str, int] = field(default_factory=dict)
    min_pull: dict[str, int] = field(default_factory=dict)
    periods: LockedPeriods = field(default_factory=LockedPeriods)


@dataclass(frozen=True, slots=True)
class Audit:
    """One row's change in one commit: column -> [before, after]; `deleted` where it went. `f`: the
    formulas of which cells are the results, as their author said.
    """

    seq: int
    t: str
    rid: str
    cells: dict[str, tuple[str | None, str | None]]
    by: str
    when: str
    cause: str = ""
    mid: str = ""
    deleted: bool = False
    created: bool = False
    at: Place | None = None
    file: str = ""
    copy: str = ""
    made_by: str = ""
    f: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Commits in order, whole; `next` is where the following page begins, null at the end."""

    head: int
    next: int | None
    changes: tuple[Audit, ...]


@dataclass(frozen=True, slots=True)
class ReportReply:
    """A report's table: `columns` are described, `rows` are canonical text by column key."""

    report: str
    company: str
    as_of: str
    seq: int
    columns: tuple[dict[str, Any], ...]
    rows: tuple[dict[str, str | None], ...]
