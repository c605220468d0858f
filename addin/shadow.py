"""What of the sync travels in the file: three hidden sheets, loaded with distrust, dumped whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import msgspec

from addin.base_lines import (
    BASE,
    BASE_HEAD,
    Base,
    BaseRow,
    base_lines,
    line_check,
    padded,
    parsed,
    split,
    stand_in_order,
    text_of,
)
from addin.base_sheet import BaseSheet, is_patched
from addin.errors import NotOurWorkbook
from addin.hosts.base import Cell, Workbook
from addin.hosts.blocks import Mark, block_reader
from addin.remembered import MarkTexts, SheetMemory
from workbook_templates import wire

META, OUTBOX, LISTS = "_lajur_meta", "_lajur_outbox", "_lajur_lists"
RESTORED = "restored"  # the status of what a restored server no longer has, offered back

_OUTBOX_HEAD = ("mid", "seqno", "part", "json", "state")


@dataclass(frozen=True, slots=True)
class Sent:
    """A group as it is sent: its JSON `body` never changes until its fate is known."""

    mid: str
    body: str

    @property
    def group(self) -> wire.Group:
        """What the body says."""
        return msgspec.json.decode(self.body, type=wire.Group)


@dataclass(frozen=True, slots=True)
class Held:
    """A document that waits for its author: refused, or changed on both sides.

    `status` is that of the wire, or "restored" for what a restored server no longer has. `digest`
    and `head` say which change was refused and when: another one, or a later head, is tried anew.
    `new`: its person knew of no such document when they typed it. `merged_with`: what others
    changed in it meanwhile. `lock`: the closed or held period that it met.
    """

    table: str
    key: str
    status: str
    rows: tuple[str, ...] = ()
    conflicts: tuple[wire.Conflict, ...] = ()
    errors: tuple[wire.Refusal, ...] = ()
    digest: str = ""
    head: int = 0
    new: bool = False
    merged_with: tuple[wire.MergedWith, ...] = ()
    lock: wire.Lock | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """What others changed in a document with an unsent change, as pulls brought it since."""

    table: str
    key: str
    rows: tuple[wire.MergedWith, ...]


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """Which thing a line of the Review sheet is about, so that a typed decision finds it.

    `seen`: the row's cells when the line was written, of a conflict about the whole row. `rows`:
    a mark of each row of a refused document then, on the first of its lines. What was typed later
    is in neither, and no decision gives it up.
    """

    table: str
    key: str
    rid: str | None
    column: str | None
    code: str
    seen: tuple[tuple[str, str], ...] | None = None
    rows: tuple[tuple[str, int], ...] = ()

    @property
    def place(self) -> tuple[str, str, str | None, str | None, str]:
        """What the line is about, whatever stood there."""
        return self.table, self.key, self.rid, self.column, self.code


@dataclass(frozen=True, slots=True)
class Decided:
    """A conflict that a person decided at a moment (UTC), with the values of both sides.

    `kind` is that of the conflict, `what` the decision. `row`: my row where all of it was given up.
    """

    table: str
    rid: str
    column: str | None
    kind: str
    what: str
    at: str
    before: str | None = None
    mine: str | None = None
    theirs: str | None = None
    by: str = ""
    when: str = ""
    row: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Remarked:
    """What the server told, at a moment (UTC), of a document that it took."""

    table: str
    key: str
    remark: wire.Refusal
    at: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the unsent change of a row comes from: why it is sent, and who typed it if not I.

    `restores`: the commit whose deletion of the row it takes back.
    """

    cause: str = ""
    made_by: str = ""
    restores: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of the sheets as they were last saved: those of tables by table, the base
    (its state, its last line, its rows by table, how many of them people make), and the states of
    Review by its worksheet, and of Setup.
    """

    pages: dict[str, SheetMemory]
    base: MarkTexts
    last: int
    counts: dict[str, int]
    typed: dict[str, int]
    review: dict[str, MarkTexts]
    setup: MarkTexts | None = None


@dataclass
class Shadow:
    """Meta, base, outbox, held documents and review lines of one copy of a workbook.

    `memory` is there when the file can tell what changed, `base_sheet` when the base is read line
    by line as it is asked for. `origins`: of unsent rows, by row id, where it is not simply what
    the workbook's person typed. `met`: what others changed in documents with unsent changes, by
    table and key, then by row id. `is_mixed`: the lines of the base stand otherwise than its rows,
    so that a row's place does not tell where its line is.
    """

    meta: dict[str, str]
    base: Base = field(default_factory=dict)
    outbox: list[Sent] = field(default_factory=list)
    held: dict[tuple[str, str], Held] = field(default_factory=dict)
    review: list[ReviewLine] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    remarked: list[Remarked] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    met: dict[tuple[str, str], dict[str, wire.MergedWith]] = field(default_factory=dict)
    memory: Memory | None = None
    base_sheet: BaseSheet | None = None
    is_mixed: bool = False

    def table(self, name: str) -> dict[str, BaseRow]:
        """The base of one table."""
        if name not in self.base:
            lazy = self.base_sheet.lazy_table(name, 0) if self.base_sheet else None
            self.base[name] = {} if lazy is None else lazy
        return self.base[name]

    def read_whole(self) -> None:
        """From now on the base is one that was read as a whole."""
        self.base = {name: dict(rows) for name, rows in self.base.items()}
        self.base_sheet = None


# --- reading ----------------------------------------------------------------------------------


def load(workbook: Workbook) -> Shadow:
    """The shadow of a workbook. Raises `NotOurWorkbook`.

    A hidden sheet that somebody changed is not believed: the cursor goes, so that everything is
    pulled and merged anew, and of the base only lines with a right check stay.
    """
    meta = meta_of(workbook)
    shadow = Shadow(meta)
    if meta.get("check", "") not in ("", _meta_check(meta)):
        _distrust(meta)
    _read_outbox(workbook, shadow)
    if not _trusts_base(workbook, shadow):
        lines = _rows(workbook, BASE, len(BASE_HEAD))
        shadow.base, sums = parsed(lines)
        shadow.is_mixed = not stand_in_order(lines, shadow.base)
        if sums != int(meta.get("check_base") or 0):
            _distrust(meta)
            meta["base_damaged"] = "yes"
    return shadow


def _trusts_base(workbook: Workbook, shadow: Shadow) -> bool:
    """Whether the base is as we saved it, and so need not be read before it is asked for."""
    reader, memory = block_reader(workbook), shadow.memory
    if reader is None or memory is None or not shadow.meta.get("cursor"):
        return False
    if BASE not in workbook.sheets() or reader.mark(BASE) != Mark(*memory.base):
        return False
    sums = int(shadow.meta.get("check_base") or 0)
    shadow.base_sheet = BaseSheet(reader, memory.last, sums, dict(memory.typed))
    shadow.base = shadow.base_sheet.lazy_tables(memory.counts)
    return True


def meta_of(workbook: Workbook) -> dict[str, str]:
    """Key and value lines of the hidden meta sheet. Raises `NotOurWorkbook`."""
    if META not in workbook.sheets():
        raise NotOurWorkbook(name=workbook.name)
    meta = {str(row[0]): text_of(row[1]) for row in _rows(workbook, META, 2) if row[0] is not None}
    if not meta.get("book"):
        raise NotOurWorkbook(name=workbook.name)
    return meta


def _distrust(meta: dict[str, str]) -> None:
    meta["cursor"] = ""  # everything is read anew


def _rows(workbook: Workbook, sheet: str, width: int) -> list[list[Cell]]:
    """The lines of a hidden sheet below its heading, padded to `width`; none if it is not there."""
    if sheet not in workbook.sheets():
        return []
    return list(padded(workbook.read(sheet).rows[1:], width))


def _read_outbox(workbook: Workbook, shadow: Shadow) -> None:
    texts: dict[tuple[str, str], str] = {}
    for mid, _, _, part, state, *_ in _rows(workbook, OUTBOX, len(_OUTBOX_HEAD)):
        place = (text_of(state), text_of(mid))
        texts[place] = texts.get(place, "") + text_of(part)
    for (state, mid), text in texts.items():
        kind, _, check = state.partition(" ")
        if check == f"{line_check(text):08x}":
            _put_back(shadow, kind, mid, text)
        else:
            _distrust(shadow.meta)


def _put_back(shadow: Shadow, kind: str, mid: str, text: str) -> None:
    if kind == "sent":
        shadow.outbox.append(Sent(mid, text))
    elif kind == "held":
        held = msgspec.json.decode(text, type=list[Held])
        shadow.held = {(h.table, h.key): h for h in held}
    elif kind == "review":
        shadow.review = msgspec.json.decode(text, type=list[ReviewLine])
    elif kind == "decided":
        shadow.decided = msgspec.json.decode(text, type=list[Decided])
    elif kind == "remarked":
        shadow.remarked = msgspec.json.decode(text, type=list[Remarked])
    elif kind == "memory":
        shadow.memory = _memory(text)
    elif kind == "origins":
        shadow.origins = msgspec.json.decode(text, type=dict[str, Origin])
    elif kind == "met":
        met = msgspec.json.decode(text, type=list[Met])
        shadow.met = {(one.table, one.key): {row.rid: row for row in one.rows} for one in met}


def _memory(text: str) -> Memory | None:
    try:
        return msgspec.json.decode(text, type=Memory)
    except msgspec.MsgspecError:
        return None  # of another version of ours


# --- writing ----------------------------------------------------------------------------------


Lines = Sequence[Sequence[Cell]]


def sheets_of(shadow: Shadow) -> dict[str, Lines]:
    """The rows of the hidden sheets, with their checks; without a base of which lines are unread.

    What is remembered of the sheets stands in the outbox's sheet, and is left to `with_memory`.
    """
    found: dict[str, Lines] = {}
    if shadow.base_sheet is not None and is_patched(shadow.base):
        shadow.meta["check_base"] = str(shadow.base_sheet.sums)
    else:
        found[BASE] = base = base_lines(shadow.base)
        shadow.meta["check_base"] = str(base.sums)
    found[OUTBOX] = [_OUTBOX_HEAD, *_outbox_lines(shadow)]
    found[META] = meta_lines(shadow.meta)
    return found


def meta_lines(meta: dict[str, str]) -> Lines:
    """The lines of the meta sheet, with their check."""
    meta["check"] = _meta_check(meta)
    return [("key", "value"), *meta.items()]


def with_memory(lines: Lines, memory: Memory | None) -> Lines:
    """The lines of the outbox's sheet, with what is remembered below them."""
    if memory is None:
        return lines
    text = msgspec.json.encode(memory).decode()
    state = f"memory {line_check(text):08x}"
    pieces = enumerate(split(text))
    return [*lines, *(("memory", len(lines), part, piece, state) for part, piece in pieces)]


def _outbox_lines(shadow: Shadow) -> Iterator[tuple[Cell, ...]]:
    kept: dict[str, object] = {
        "held": list(shadow.held.values()),
        "review": shadow.review,
        "decided": shadow.decided,
        "remarked": shadow.remarked,
        "origins": shadow.origins,
        "met": [Met(*place, tuple(rows.values())) for place, rows in shadow.met.items()],
    }
    texts = [("sent", sent.mid, sent.body) for sent in shadow.outbox]
    texts += [(k, k, msgspec.json.encode(what).decode()) for k, what in kept.items() if what]
    for number, (state, mid, text) in enumerate(texts):
        for part, piece in enumerate(split(text)):
            yield (mid, number, part, piece, f"{state} {line_check(text):08x}")


def _meta_check(meta: dict[str, str]) -> str:
    kept = sorted((k, v) for k, v in meta.items() if k != "check" and v)
    return f"{crc32(repr(kept).encode()):08x}"
