"""How a projection goes on from a checkpoint, so that its newest row costs no whole replay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from workbook_templates.problems import Problem

Row = Mapping[str, str | None]  # column -> canonical text


class Checkpoint(NamedTuple):
    """From here a projection goes on: `position` of its rows come before the first of `day`."""

    day: str
    position: int
    state: Any  # all that the replay knows there


class Stretch(NamedTuple):
    """Rows of a projection from a checkpoint on, what refuses them, all its checkpoints now."""

    rows: list[Row]
    problems: list[Problem]
    checkpoints: tuple[Checkpoint, ...]


SourceRows = Mapping[str, Sequence[tuple[str, Row]]]  # by table, each with its id


@dataclass(frozen=True)
class Resumption:
    """How a replay goes on from a checkpoint: the newest move must not cost what all moves cost.

    `build(partition value, source rows, checkpoints, known)` goes on from the last checkpoint with
    the source rows dated that day or later, or, where there is none, from the beginning with all.
    None: it cannot go on from there. Checkpoints depend on the rows alone.
    `day` and `row` are the columns of the projection with the day and the id of the source row;
    sources have the same `day`. `state` is the type of a checkpoint's state, made of named tuples,
    texts, dates, decimals and whole numbers.
    """

    day: str
    row: str
    state: type
    build: Callable[[str, SourceRows, Sequence[Checkpoint], Any], Stretch | None]
