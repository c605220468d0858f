"""Which column of a foreign table is which of ours: as said, as kept, by name, by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from hashlib import sha256

from addin.file_tables import LOOKED_AT, Table, plain
from workbook_templates.columns import Column
from workbook_templates.columns.cells import one_line

LIKE = 0.8  # of difflib: "Kode Akum" is like "Kode Akun"
_WORD = re.compile(r"\w+")
Said = Mapping[str, tuple[str, ...]]  # heading as compared -> column keys; () leaves it out


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the file at its place (from 0), and the columns that it fills.

    The first is the one that it names; others take of its cells what they can read. `sure` is
    False where only likeness tells.
    """

    place: int
    text: str
    columns: tuple[str, ...] = ()
    sure: bool = True


def heading_row(table: Table, columns: Iterable[Column], said: Said, kept: Iterable[str]) -> int:
    """The row of the headings: one that is kept, else the one with most names that are known."""
    rows, known = table[:LOOKED_AT], {*said, *(name for c in columns for name, _ in _names(c))}
    shapes = set(kept)
    for number, row in enumerate(rows):
        if shape_of(headings_in(row)) in shapes:
            return number
    scores = [(sum(plain(cell) in known for cell in row), len(headings_in(row))) for row in rows]
    return scores.index(max(scores)) if scores else 0


def headings_in(row: Sequence[object]) -> list[Heading]:
    """The headings of a row, which nothing is known of yet."""
    texts = ((place, one_line(cell)) for place, cell in enumerate(row) if isinstance(cell, str))
    return [Heading(place, text) for place, text in texts if text]


def shape_of(headings: Sequence[Heading]) -> str:
    """The name of files with just these headings."""
    return sha256("|".join(plain(h.text) for h in headings).encode()).hexdigest()[:12]


def matched(headings: Sequence[Heading], columns: Sequence[Column], said: Said) -> list[Heading]:
    """The headings with the columns that each fills; no column is filled twice."""
    taken = {key for keys in said.values() for key in keys}
    found = {h.place: list(said.get(plain(h.text), ())) for h in headings}
    free = [h for h in headings if plain(h.text) not in said]
    for column in columns:
        place = _named(column, free) if column.key not in taken else None
        if place is not None:
            found[place].append(column.key)
    named = [replace(h, columns=tuple(found[h.place])) for h in headings]
    done = {key for heading in named for key in heading.columns}
    left = [column for column in columns if column.key not in done]
    return [_alike(h, left) if h in free and not found[h.place] else h for h in named]


def _named(column: Column, headings: Sequence[Heading]) -> int | None:
    """Where a column stands by its names: its own come before those of other programs."""
    ranks = dict(reversed(list(_names(column))))
    places = [(ranks[plain(h.text)], h.place) for h in headings if plain(h.text) in ranks]
    return min(places)[1] if places else None


def _names(column: Column) -> Iterable[tuple[str, int]]:
    own = (*column.heading.all().values(), column.key, *column.aliases)
    yield from ((plain(name), 0) for name in own)
    yield from ((plain(name), 1) for name in column.known_as)


def _alike(heading: Heading, left: list[Column]) -> Heading:
    """The heading with the column of `left` whose name it is like, which is then taken."""
    text = plain(heading.text)
    key_of = {name: column.key for column in reversed(left) for name, _ in _names(column)}
    words = set(_WORD.findall(text))
    inside = [name for name in key_of if set(_WORD.findall(name)) <= words]
    near = get_close_matches(text, key_of, 1, LIKE) or sorted(inside, key=len)[-1:]
    if not near:
        return heading
    key = key_of[near[0]]
    left[:] = [column for column in left if column.key != key]
    return replace(heading, columns=(key,), sure=False)
