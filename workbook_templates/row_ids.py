"""Row ids: making them without a server, and mending what copying and sorting did to them."""

from __future__ import annotations

import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass

from workbook_templates.schema import Cells

_ROW_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_MIN_SHUFFLED = 3  # two rows that changed places are an ordinary edit

Key = tuple[tuple[str, str], ...]  # the cells of a row, blanks left out, in a fixed order


@dataclass(frozen=True, slots=True)
class Repaired:
    """The ids of a table's rows after the repair, all different, one for each row; what was seen.

    `copied_from`: new id -> id of the row that it copies. `reattached`: row index -> id.
    `shuffled`: indexes of rows that carry each other's cells, as after sorting part of a table;
    their ids are left as they are until a person has said otherwise (`unshuffled`).
    `missing`: ids of the base that no row has; the caller decides whether these are deletions.
    """

    ids: list[str]
    copied_from: dict[str, str]
    reattached: dict[int, str]
    shuffled: tuple[int, ...]
    missing: tuple[str, ...]


def new_id(now_ms: int, random: bytes) -> str:
    """UUIDv7 text (RFC 9562, 5.7) of a time in milliseconds and at least 10 random bytes.

    The time only keeps ids of one moment close together; nobody reads it back.
    """
    if len(random) < 10:
        raise ValueError("a row id takes 10 random bytes")
    noise = int.from_bytes(random[:10], "big")
    high = (now_ms & (1 << 48) - 1) << 16 | 0x7000 | noise >> 68
    low = 0b10 << 62 | noise & (1 << 62) - 1
    digits = f"{high << 64 | low:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def make_id() -> str:
    """A new row id from the clock and the operating system's random source."""
    return new_id(time.time_ns() // 1_000_000, os.urandom(10))


def is_row_id(text: str) -> bool:
    """Whether a text is a UUID of any version in its one spelling (small letters, hyphens)."""
    return _ROW_ID.fullmatch(text) is not None


def repair(
    rows: Sequence[tuple[str | None, Cells]],
    base: Mapping[str, Cells],
    new_id: Callable[[], str],
) -> Repaired:
    """Gives each row of ONE table its own id, with as few new ones as possible.

    Of rows with one id the one that agrees best with the base keeps it (a tie: the topmost), the
    others are copies. A row without an id whose cells are exactly those of one lost row gets that
    row's id back. Deterministic, and a second pass changes nothing.
    """
    ids: list[str | None] = [i if i is not None and is_row_id(i) else None for i, _ in rows]
    copies = _release_copies(ids, rows, base)
    reattached = _reattach(ids, rows, base, copies)
    used = {i for i in ids if i is not None}
    copied_from: dict[str, str] = {}
    final: list[str] = []
    for index, known in enumerate(ids):
        row_id = known or _fresh(new_id, used)
        final.append(row_id)
        if index in copies:
            copied_from[row_id] = copies[index]
    shuffled = _shuffled(final, rows, base)
    missing = tuple(i for i in base if i not in used)
    return Repaired(final, copied_from, reattached, shuffled, missing)


def are_too_many(missing: Sequence[str], base: Sized) -> bool:
    """Whether so many rows are gone (over 10 and over 5 %) that a person must be asked first."""
    return len(missing) > max(10, len(base) // 20)


def unshuffled(
    repaired: Repaired, rows: Sequence[tuple[str | None, Cells]], base: Mapping[str, Cells]
) -> list[str]:
    """The ids with those of the shuffled rows given back to the rows that hold their cells."""
    ids = list(repaired.ids)
    owners: dict[Key, list[str]] = defaultdict(list)
    for index in reversed(repaired.shuffled):
        owners[_key(base[ids[index]])].append(ids[index])
    for index in repaired.shuffled:
        ids[index] = owners[_key(rows[index][1])].pop()
    return ids


def _release_copies(
    ids: list[str | None], rows: Sequence[tuple[str | None, Cells]], base: Mapping[str, Cells]
) -> dict[int, str]:
    """Takes the id from all but one of the rows that share it; gives row index -> that id."""
    times = Counter(ids)
    sharing: dict[str, list[int]] = defaultdict(list)
    for index, row_id in enumerate(ids):
        if row_id is not None and times[row_id] > 1:
            sharing[row_id].append(index)
    copies: dict[int, str] = {}
    for row_id, indexes in sharing.items():
        known = base.get(row_id, {})
        keeper = max(indexes, key=lambda i: (_agreement(rows[i][1], known), -i))
        for index in indexes:
            if index != keeper:
                ids[index] = None
                copies[index] = row_id
    return copies


def _reattach(
    ids: list[str | None],
    rows: Sequence[tuple[str | None, Cells]],
    base: Mapping[str, Cells],
    copies: Mapping[int, str],
) -> dict[int, str]:
    """Gives lost ids back to rows without one that hold exactly the lost row's cells."""
    bare = [i for i, row_id in enumerate(ids) if row_id is None and i not in copies]
    if not bare:
        return {}
    used = set(ids)
    lost: dict[Key, list[str]] = defaultdict(list)
    for row_id, cells in base.items():
        if row_id not in used:
            lost[_key(cells)].append(row_id)
    reattached: dict[int, str] = {}
    for index in bare:
        key = _key(rows[index][1])
        if key and len(lost.get(key, ())) == 1:
            ids[index] = reattached[index] = lost.pop(key)[0]
    return reattached


def _fresh(new_id: Callable[[], str], used: set[str]) -> str:
    while (row_id := new_id()) in used:
        pass
    used.add(row_id)
    return row_id


def _shuffled(
    ids: Sequence[str], rows: Sequence[tuple[str | None, Cells]], base: Mapping[str, Cells]
) -> tuple[int, ...]:
    """The rows whose cells are, taken together, those of the same rows' base in another order.

    Each changed row is an arrow from the cells that it had to the cells that it has. An arrow that
    leads to cells which no other arrow left, or from cells to which none came, is no part of a
    permutation; what remains when these are taken away is one.
    """
    changed = {
        index: (_key(base[row_id]), _key(rows[index][1]))
        for index, row_id in enumerate(ids)
        if row_id in base and rows[index][1] != base[row_id]
    }
    arrows = {index: arrow for index, arrow in changed.items() if arrow[0] != arrow[1]}
    if len(arrows) < _MIN_SHUFFLED:
        return ()
    _take_loose_ends(arrows)
    return tuple(sorted(arrows)) if len(arrows) >= _MIN_SHUFFLED else ()


def _take_loose_ends(arrows: dict[int, tuple[Key, Key]]) -> None:
    """Removes arrows until as many lead to each key as leave it."""
    out_of, into = _by_end(arrows, 0), _by_end(arrows, 1)
    doubtful = list(dict.fromkeys(key for arrow in arrows.values() for key in arrow))
    while doubtful:
        key = doubtful.pop()
        surplus = len(into[key]) - len(out_of[key])
        for _ in range(abs(surplus)):
            index, _ = (into if surplus > 0 else out_of)[key].popitem()
            start, end = arrows.pop(index)
            other = start if surplus > 0 else end
            del (out_of if surplus > 0 else into)[other][index]
            doubtful.append(other)


def _by_end(arrows: Mapping[int, tuple[Key, Key]], end: int) -> dict[Key, dict[int, None]]:
    """Ordered sets of arrows by the key at one end: 0 where they start, 1 where they lead."""
    found: dict[Key, dict[int, None]] = defaultdict(dict)
    for index, arrow in arrows.items():
        found[arrow[end]][index] = None
    return found


def _agreement(cells: Cells, known: Cells) -> int:
    """In how many columns two rows agree, less those in which they do not."""
    columns: Iterable[str] = cells.keys() | known.keys()
    same = [(cells.get(c) or None) == (known.get(c) or None) for c in columns]
    return 2 * sum(same) - len(same)


def _key(cells: Cells) -> Key:
    return tuple(sorted((column, text) for column, text in cells.items() if text))
