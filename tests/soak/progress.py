"""What a long job has done so far, in its folder, so that it goes on where it was ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

FILE = "progress.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a job that went well: by which seed it was played, in how many seconds, and what
    happened how often.
    """

    seed: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)


def note(folder: Path, part: Part) -> None:
    """Adds a part."""
    with (folder / FILE).open("ab") as file:
        file.write(msgspec.json.encode(part) + b"\n")


def counted(folder: Path) -> Counter[str]:
    """What happened so far."""
    return sum((Counter(part.counts) for part in _parts(folder)), Counter())


def seconds(folder: Path) -> float:
    """How long that took."""
    return sum(part.seconds for part in _parts(folder))


def _parts(folder: Path) -> Iterator[Part]:
    file = folder / FILE
    for line in file.read_bytes().splitlines() if file.exists() else ():
        yield msgspec.json.decode(line, type=Part)
