"""What of the sync travels in the file: three hidden sheets, loaded with distrust, dumped whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import msgspec

from addin.errors import NotOurWorkbook
from addin.hosts.base import Cell, Workbook
from workbook_templates import wire

META, BASE, OUTBOX, LISTS = "_lajur_meta", "_lajur_base", "_lajur_outbox", "_lajur_lists"
CELL_LIMIT = 32_000  # Excel keeps 32,767 characters in a cell

_BASE_HEAD = ("table", "id", "seq", "cells", "source", "check")
_OUTBOX_HEAD = ("mid", "seqno", "part", "json", "state")


@dataclass(slots=True)
class BaseRow:
    """A row as this file and the server last agreed on it; replaced, never changed.

    `source`: what it follows from. `line`: how it stands in the hidden sheet, once that is known.
    """

    seq: int
    cells: dict[str, str]
    source: str | None = None
    line: tuple[Cell, ...] | None = field(default=None, compare=False, repr=False)


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
    `new`: its person knew of no such document when they typed it.
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


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """Which thing a line of the Review sheet is about, so that a typed decision finds it."""

    table: str
    key: str
    rid: str | None
    column: str | None
    code: str


@dataclass
class Shadow:
    """Meta, base, outbox, held documents and review lines of one copy of a workbook."""

    meta: dict[str, str]
    base: dict[str, dict[str, BaseRow]] = field(default_factory=dict)
    outbox: list[Sent] = field(default_factory=list)
    held: dict[tuple[str, str], Held] = field(default_factory=dict)
    review: list[ReviewLine] = field(default_factory=list)


# --- reading ----------------------------------------------------------------------------------


def load(workbook: Workbook) -> Shadow:
    """The shadow of a workbook. Raises `NotOurWorkbook`.

    A hidden sheet that somebody changed is not believed: the cursor goes, so that everything is
    pulled and merged anew, and of the base only lines with a right check stay.
    """
    meta = _meta(workbook)
    shadow = Shadow(meta)
    if meta.get("check", "") not in ("", _meta_check(meta)):
        _distrust(meta)
    base = _rows(workbook, BASE, len(_BASE_HEAD))
    shadow.base, sums = _base(base)
    if sums != int(meta.get("check_base") or 0):
        _distrust(meta)
    _read_outbox(workbook, shadow)
    return shadow


def _meta(workbook: Workbook) -> dict[str, str]:
    if META not in workbook.sheets():
        raise NotOurWorkbook(name=workbook.name)
    meta = {str(row[0]): _text(row[1]) for row in _rows(workbook, META, 2) if row[0] is not None}
    if not meta.get("book"):
        raise NotOurWorkbook(name=workbook.name)
    return meta


def _distrust(meta: dict[str, str]) -> None:
    meta["cursor"] = ""


def _rows(workbook: Workbook, sheet: str, width: int) -> list[list[Cell]]:
    """The lines of a hidden sheet below its heading, padded to `width`; none if it is not there."""
    if sheet not in workbook.sheets():
        return []
    rows = workbook.read(sheet).rows[1:]
    return [row if len(row) >= width else row + [None] * (width - len(row)) for row in rows]


def _base(rows: Iterable[Sequence[Cell]]) -> tuple[dict[str, dict[str, BaseRow]], int]:
    base: dict[str, dict[str, BaseRow]] = {}
    sums = 0
    decode = msgspec.json.Decoder(dict[str, str]).decode
    for line in rows:
        table, rid, seq, first, source, check, *parts = line
        text = _text(first) + "".join(_text(part) for part in parts)
        found = _line_check(_text(table), _text(rid), _text(seq), text, _text(source))
        if not text or _text(check) != f"{found:08x}":
            continue
        sums ^= found
        origin = None if source is None else _text(source)
        row = BaseRow(int(_text(seq)), decode(text), origin, tuple(line))
        base.setdefault(_text(table), {})[_text(rid)] = row
    return base, sums


def _read_outbox(workbook: Workbook, shadow: Shadow) -> None:
    texts: dict[tuple[str, str], str] = {}
    for mid, _, _, part, state, *_ in _rows(workbook, OUTBOX, len(_OUTBOX_HEAD)):
        place = (_text(state), _text(mid))
        texts[place] = texts.get(place, "") + _text(part)
    for (state, mid), text in texts.items():
        kind, _, check = state.partition(" ")
        if check == f"{_line_check(text):08x}":
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


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


# --- writing ----------------------------------------------------------------------------------


Lines = list[Sequence[Cell]]


def sheets_of(shadow: Shadow) -> dict[str, Lines]:
    """The rows of the hidden sheets, with their checks."""
    base = list(_base_lines(shadow))
    shadow.meta["check_base"] = str(_sum(base))
    shadow.meta["check"] = _meta_check(shadow.meta)
    return {
        BASE: [_BASE_HEAD, *base],
        OUTBOX: [_OUTBOX_HEAD, *_outbox_lines(shadow)],
        META: [("key", "value"), *shadow.meta.items()],
    }


def _base_lines(shadow: Shadow) -> Iterator[tuple[Cell, ...]]:
    encode = msgspec.json.Encoder(order="sorted").encode
    for table, rows in shadow.base.items():
        for rid, row in rows.items():
            if row.line is None:
                text = encode(row.cells).decode()
                check = _line_check(table, rid, str(row.seq), text, row.source or "")
                first, *parts = split(text)
                row.line = (table, rid, str(row.seq), first, row.source, f"{check:08x}", *parts)
            yield row.line


def _outbox_lines(shadow: Shadow) -> Iterator[tuple[Cell, ...]]:
    held = msgspec.json.encode(list(shadow.held.values())).decode()
    review = msgspec.json.encode(shadow.review).decode()
    texts = [("sent", sent.mid, sent.body) for sent in shadow.outbox]
    texts += [("held", "held", held)] if shadow.held else []
    texts += [("review", "review", review)] if shadow.review else []
    for number, (state, mid, text) in enumerate(texts):
        for part, piece in enumerate(split(text)):
            yield (mid, number, part, piece, f"{state} {_line_check(text):08x}")


def split(text: str) -> list[str]:
    """A long text in pieces that fit a cell; none of them begins or ends with a space."""
    pieces, start = [], 0
    while len(text) - start > CELL_LIMIT:
        end = start + CELL_LIMIT
        while text[end - 1].isspace() or text[end].isspace():
            end -= 1
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]


def _sum(lines: Iterable[Sequence[Cell]]) -> int:
    total = 0
    for line in lines:
        total ^= int(str(line[5]), 16)
    return total


def _line_check(*texts: str) -> int:
    return crc32("\x1f".join(texts).encode())


def _meta_check(meta: dict[str, str]) -> str:
    kept = sorted((k, v) for k, v in meta.items() if k != "check" and v)
    return f"{crc32(repr(kept).encode()):08x}"
