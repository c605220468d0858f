"""A page of prose that runs, read into what happens on it: command lines, tables, files.

A table is headed by a bold line that says what it is; one that follows a command has no such line
and is what the command shows. Prose is for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADED = re.compile(r"\*\*(.+)\*\*")
PROMPT = re.compile(r"(\w+)\$ (.+)")
ENDED = re.compile(r"\(status (\d)\)")


@dataclass(frozen=True)
class Command:
    """A command line that a person runs, how it ends, and sentences that it says."""

    person: str
    text: str
    status: int
    says: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Table:
    """Rows by heading, without their blank cells; `title` is the bold line, "" after a command."""

    title: str
    rows: tuple[dict[str, str], ...]
    line: int


@dataclass(frozen=True)
class Attachment:
    """A file that somebody has; `name` is "person/file"."""

    name: str
    text: str


Happening = Command | Table | Attachment


def read_page(page: Path) -> Iterator[Happening]:
    """What happens on a page, in order. Raises ValueError for a table that nothing heads."""
    lines = page.read_text("utf-8").splitlines()
    title, after_command, number = "", False, 0
    while number < len(lines):
        line = lines[number]
        if line.startswith("```"):
            end = lines.index("```", number + 1)
            yield from _fenced(line[3:], lines[number + 1 : end], number + 1)
            after_command, number = True, end
        elif line.startswith("|"):
            end = next(n for n in range(number, len(lines) + 1) if not _is_row(lines, n))
            if not title and not after_command:
                raise ValueError(f"{page.name}:{number + 1}: nothing heads this table")
            yield Table(title, tuple(_rows(lines[number:end])), number + 1)
            title, number = "", end - 1
        elif line.strip():
            headed = HEADED.fullmatch(line)
            title, after_command = (headed[1], False) if headed else (title, after_command)
        number += 1


def _is_row(lines: list[str], number: int) -> bool:
    return number < len(lines) and lines[number].startswith("|")


def _fenced(kind: str, lines: list[str], first: int) -> Iterator[Happening]:
    """A block of commands, or a file whose name follows the kind of block."""
    _, _, name = kind.partition(" ")
    if name:
        yield Attachment(name, "".join(f"{line}\n" for line in lines))
        return
    starts = [n for n, line in enumerate(lines) if PROMPT.fullmatch(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found = PROMPT.fullmatch(lines[start])
        assert found is not None
        answer = [line.strip() for line in lines[start + 1 : end]]
        status = next((int(m[1]) for line in answer if (m := ENDED.fullmatch(line))), 0)
        says = tuple(line for line in answer if line and not ENDED.fullmatch(line))
        yield Command(found[1], found[2], status, says, first + start + 1)


def _rows(lines: list[str]) -> Iterator[dict[str, str]]:
    heads, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    for row in rows:
        yield {head: cell for head, cell in zip(heads, row, strict=True) if cell}
