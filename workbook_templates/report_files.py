"""A kind of file of one report's own, such as what an authority takes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


class NotReady(ValueError):
    """A report cannot be handed on as the file that was asked for; `reasons` are for people."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class ReportFile:
    """`write(pack, last day asked for, rows)` gives the file's bytes; it raises `NotReady` where
    the rows lack something.
    """

    ending: str
    media_type: str
    write: Callable[[str, str, Sequence[Mapping[str, str | None]]], bytes]
