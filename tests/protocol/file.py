"""One person's file: a workbook in memory, the hands that type into it, and what they typed."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from addin.hosts.base import Cell
from addin.hosts.memory import MemorySheet, MemoryWorkbook
from addin.shadow import load
from tests.protocol.book import COLUMNS, blank_workbook
from tests.protocol.line import PowerCut

SHEETS = {"entries": "Entries", "posted": "Posted"}
PLACE = {"id": 0, "status": 1, **{column: n for n, column in enumerate(COLUMNS, 2)}}
DROPS = ("Theirs", "Drop my change")
Spot = tuple[str, int]  # sheet key and row number


@dataclass(slots=True)
class FragileWorkbook(MemoryWorkbook):
    """A workbook whose machine may stop before or after its n-th save from now."""

    stop_before: int = 0
    stop_after: int = 0

    def save(self) -> None:
        """Save, unless the power goes first."""
        self.stop_before -= 1
        if self.stop_before == 0:
            raise PowerCut
        super(FragileWorkbook, self).save()
        self.stop_after -= 1
        if self.stop_after == 0:
            raise PowerCut


@dataclass
class Typed:
    """What a person typed into one row and has not given up, and the ids that the row had.
    `given_up`: what stood there when a decision was typed that no sync has carried out yet.
    """

    cells: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    given_up: dict[str, str] = field(default_factory=dict)


@dataclass
class PersonsFile:
    """A workbook and its person. `pushes`: whether it ever sent; `position`: of its cursor in the
    server's `life`.
    """

    person: str
    workbook: FragileWorkbook
    typed: dict[Spot, Typed] = field(default_factory=dict)
    pushes: bool = False
    restored: bool = False
    position: int = 0
    life: int = 1

    def mailed_to(self, person: str) -> PersonsFile:
        """The file that somebody else gets by mail, with all that it carries."""
        return PersonsFile(
            person, deepcopy(self.workbook), deepcopy(self.typed), False, False, 0, self.life
        )

    def rows(self) -> dict[Spot, dict[str, str]]:
        """Canonical texts by column of every row with content, under "id" and "status" too."""
        return {
            (key, number): cells
            for key, sheet in SHEETS.items()
            for number, line in enumerate(self.workbook.grid[sheet].rows[1:], start=2)
            if (cells := _texts(line)).keys() & set(COLUMNS)
        }

    def type(self, spot: Spot, **cells: Cell) -> None:
        """A person types into a row and saves. What stands there already, or stood there when it
        was given up, is not typed anew: nobody could tell.
        """
        before = _texts(self.line(spot))
        self.put(spot, **cells)
        typed = self.typed.setdefault(spot, Typed())
        for column, text in {column: str(cell) for column, cell in cells.items()}.items():
            if typed.given_up.get(column) == text:
                typed.cells.pop(column, None)
            elif before.get(column) != text:
                typed.cells[column] = text
        self.note_ids()

    def put(self, spot: Spot, **cells: Cell) -> None:
        """Cells change and are saved; nobody would miss what they hold."""
        line = self.line(spot)
        line.extend([None] * (7 - len(line)))
        for column, cell in cells.items():
            line[PLACE[column]] = cell
        self.workbook.save()

    def line(self, spot: Spot) -> list[Cell]:
        """The cells of one row, which may be changed in place."""
        rows = self.sheet(spot[0]).rows
        while len(rows) < spot[1]:
            rows.append([])
        return rows[spot[1] - 1]

    def sheet(self, key: str) -> MemorySheet:
        """A sheet of the book."""
        return self.workbook.grid[SHEETS[key]]

    def below(self, key: str) -> Spot:
        """The first free row below all others."""
        return key, max([1, *(n for k, n in self.rows() if k == key)]) + 1

    def clear(self, spot: Spot) -> None:
        """A person deletes a row."""
        self.line(spot)[:] = [None] * 7
        self.typed.pop(spot, None)
        self.workbook.save()

    def sort(self, key: str, newest_first: bool) -> None:
        """A person sorts a whole sheet; what was typed moves along."""
        lines = self.sheet(key).rows[1:]
        order = sorted(range(len(lines)), key=lambda n: repr(lines[n][2:]), reverse=newest_first)
        self.sheet(key).rows[1:] = [lines[n] for n in order]
        moved = {(key, old + 2): (key, new + 2) for new, old in enumerate(order)}
        self.typed = {moved.get(spot, spot): typed for spot, typed in self.typed.items()}
        self.workbook.save()

    def note_ids(self) -> None:
        """Remember under which ids typed rows go, and the number that a whole copy was given."""
        rows = self.rows()
        for spot, typed in self.typed.items():
            if spot in rows and (row_id := rows[spot].get("id")):
                typed.ids.add(row_id)
            number, given = typed.cells.get("entry"), rows.get(spot, {}).get("entry")
            if number and given and _is_later(given, number):
                typed.cells["entry"] = given

    # -- Review --------------------------------------------------------------------------------

    def review(self) -> list[dict[str, Cell]]:
        """The lines of Review that wait for a decision, by heading."""
        heads, *lines = self.workbook.grid["Review"].rows
        found = (
            dict(zip(map(str, heads), [*line, *[None] * len(heads)], strict=False))
            for line in lines
        )
        open_ones = len(load(self.workbook).review)  # below them stands what was decided
        return [
            line for line in found if str(line["#"]).isdigit() and int(str(line["#"])) <= open_ones
        ]

    def decide(self, number: int, word: str) -> None:
        """Type a decision beside a line of Review, and note what is given up by it."""
        heads, *lines = self.workbook.grid["Review"].rows
        line = next(line for line in lines if line and line[0] == number)
        line.extend([None] * (len(heads) - len(line)))
        line[heads.index("Decision")] = word
        self.workbook.save()
        self.give_up(number, word)

    def give_up_decided(self) -> None:
        """Another value and "both" put what was typed later elsewhere; nothing else gives it up."""
        for line in self.review():
            word = str(line["Decision"])
            if line["Decision"] is not None and isinstance(line["#"], int) and word not in DROPS:
                self.give_up(line["#"], word)

    def give_up(self, number: int, word: str) -> None:
        """Nobody will miss what was typed where a line of Review decides against it."""
        line = next(line for line in self.review() if line["#"] == number)
        if word in ("Mine", "Restore row"):
            return
        row_id = load(self.workbook).review[number - 1].rid or ""
        if line["What"] != "Mistake":
            self._forget({row_id}, line["Column"])
        elif word in DROPS:
            held = load(self.workbook).held.values()
            self._forget({row_id, *(rid for h in held if row_id in h.rows for rid in h.rows)})

    def _forget(self, row_ids: set[str], column: Cell = None) -> None:
        """What was typed into these rows, or into one column of them, may go."""
        for spot, cells in self.rows().items():
            if cells.get("id") in row_ids:
                typed = self.typed.setdefault(spot, Typed())
                for name in [str(column).casefold()] if column else COLUMNS:
                    typed.cells.pop(name, None)
                    typed.given_up |= {name: cells[name]} if name in cells else {}

    def note_decisions(self) -> None:
        """Forget what was given up, once no decision waits to be carried out."""
        if all(line["Decision"] is None for line in self.review()):
            for typed in self.typed.values():
                typed.given_up.clear()


def _texts(line: list[Cell]) -> dict[str, str]:
    found = ((name, line[place]) for name, place in PLACE.items() if place < len(line))
    return {name: str(cell) for name, cell in found if cell is not None}


def new_file(person: str, company: str) -> PersonsFile:
    """A blank workbook of a company, as `lajur new` makes it."""
    sheets, tables = blank_workbook()
    meta = {"company": company, "copy_id": person}
    grid = {name: MemorySheet([list(row) for row in rows]) for name, rows in sheets.items()}
    grid["_lajur_meta"].rows = [
        [key, meta.get(str(key), value)] for key, value in grid["_lajur_meta"].rows
    ]
    workbook = FragileWorkbook(person, grid, {table.name: table for table in tables})
    workbook.save()
    return PersonsFile(person, workbook)


def spots(file: PersonsFile, sheet: str, entry: str) -> Iterator[Spot]:
    """Where the rows of an entry stand."""
    found = file.rows().items()
    return (spot for spot, cells in found if spot[0] == sheet and cells.get("entry") == entry)


def _is_later(number: str, other: str) -> bool:
    """Whether E7 comes after E5."""
    plain = number.removeprefix("E"), other.removeprefix("E")
    return all(part.isdecimal() for part in plain) and int(plain[0]) > int(plain[1])
