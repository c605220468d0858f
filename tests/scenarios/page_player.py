"""Plays a page of prose: types its rows into workbooks, runs its commands, compares its figures.

What a table does is said by the line that heads it, see `TITLES`. Everything is done as a reader
would do it: with workbooks from `lajur new`, `lajur` and `lajur-server`, and nothing else.
"""

from __future__ import annotations

import json
import re
import shlex
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from typer.testing import CliRunner, Result

from addin.cli import app as lajur
from sync_server.cli import app as lajur_server
from tests.scenarios.office import columns_of, seen, worksheet
from tests.scenarios.page import Attachment, Command, Happening, Table
from workbook_templates.books import all_books
from workbook_templates.columns import Column
from workbook_templates.schema import Sheet

TOKEN = re.compile(r"Token of (\w+) .*: (\S+)")
FIGURE = re.compile(r"-?[\d,]+(\.\d+)?")
NUMERIC = {"money", "quantity", "rate", "percent", "integer"}
LOOKED_UP = re.compile(r"\((request|change) of ([^)]+)\)")
OWN = {"Status": "status", "Number": "number"}
SHEETS = {sheet.title.en: sheet for book in all_books() for sheet in book.sheets}
REPORTS = {report.key: report for book in all_books() for report in book.reports}


@dataclass
class Player:
    """Plays what happens on a page, in `folder`, against the server at `address`.

    `database` is the URL of its central copy, `company` the code of the company on the page.
    """

    folder: Path
    database: str
    address: str
    company: str
    tokens: dict[str, str] = field(default_factory=dict)
    by_hand: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    report: tuple[str, list[dict[str, str]]] = ("", [])
    opened: dict[Path, openpyxl.Workbook] = field(default_factory=dict)

    def play(self, happening: Happening) -> None:
        """Do one thing of the page. Raises AssertionError where the product does otherwise."""
        if isinstance(happening, Attachment):
            self.file(*happening.name.split("/")).write_text(happening.text, "utf-8")
        elif isinstance(happening, Command):
            self.run(happening)
        elif not happening.title:
            self.compare_report(happening)
        else:
            self.do(happening)

    def do(self, table: Table) -> None:
        """What the line above a table says."""
        for pattern, action in TITLES.items():
            if found := re.fullmatch(pattern, table.title):
                action(self, table, **found.groupdict())
                return
        raise AssertionError(f"line {table.line}: “{table.title}” says nothing to do")

    def file(self, person: str, name: str) -> Path:
        """A file of a person, who has a folder of their own."""
        (self.folder / person).mkdir(exist_ok=True)
        return self.folder / person / name

    # --- commands ------------------------------------------------------------------------------

    def run(self, command: Command) -> None:
        """Run a command line as its person; the exit status and what it says are as printed."""
        self.save()
        program, *words = shlex.split(self._looked_up(command.text, command.person))
        if program == "lajur":
            done = self._invoke_lajur(command.person, words)
        else:
            done = self._invoke_server(words)
        where = f"line {command.line}: {command.text}\n{done.output}"
        assert done.exit_code == command.status, where
        printed = re.sub(r"\s+", " ", done.output)
        for sentence in command.says:
            assert sentence in printed, f"“{sentence}” is not in what was said\n{where}"
        if found := TOKEN.search(done.output):
            self.tokens[found[1].lower()] = found[2]

    def _invoke_lajur(self, person: str, words: Sequence[str]) -> Result:
        """`lajur` in the person's folder, whose files end as workbooks and statements do."""
        files = (".xlsx", ".csv")
        words = [str(self.file(person, w)) if w.endswith(files) else w for w in words]
        env = {"LAJUR_TOKEN": self.tokens[person], "LAJUR_SERVER": self.address}
        env |= {"LAJUR_COMPANY": self.company, "LAJUR_LANG": "en", "COLUMNS": "200"}
        return self._invoke(lajur, words, env)

    def _invoke_server(self, words: Sequence[str]) -> Result:
        env = {"LAJUR_DATABASE": self.database, "COLUMNS": "200"}
        if words[0] != "report":
            return self._invoke(lajur_server, words, env)
        done = self._invoke(lajur_server, [*words, "--json"], env)
        self.report = (words[1], json.loads(done.stdout)["rows"])
        return done

    @staticmethod
    def _invoke(program: Any, words: Sequence[str], env: Mapping[str, str]) -> Result:
        done = CliRunner().invoke(program, words, env=env)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    # --- workbooks -----------------------------------------------------------------------------

    def type_below(self, table: Table, person: str, sheet: str) -> None:
        """Type rows below the last one of a sheet."""
        typing = self._typing(person, SHEETS[sheet])
        row = typing.first_free()
        for offset, cells in enumerate(table.rows):
            typing.type(row + offset, self._cells(cells, person))

    def type_over(self, table: Table, person: str, sheet: str) -> None:
        """Type over cells of the rows that the first column of the table names."""
        typing = self._typing(person, SHEETS[sheet])
        for cells in table.rows:
            named = next(iter(cells))
            rows = typing.rows_with(named, cells[named])
            assert rows, f"line {table.line}: no row of {sheet} has {cells[named]}"
            changed = {head: text for head, text in cells.items() if head != named}
            for row in rows:
                typing.type(row, self._cells(changed, person))

    def _typing(self, person: str, sheet: Sheet) -> _Typing:
        """A sheet open for typing; its workbook stays open until `save`."""
        file = self._workbook(person, sheet)
        if file not in self.opened:
            self.opened[file] = openpyxl.load_workbook(file)
        return _Typing(self.opened[file], sheet)

    def save(self) -> None:
        """Save and close what is open, as a person does before they run a command."""
        for file, opened in self.opened.items():
            opened.save(file)
        self.opened.clear()

    def look(self, table: Table, person: str, sheet: str) -> None:
        """Each row of the table is on the sheet, as far as it says."""
        self.save()
        declared = SHEETS[sheet]
        keys = {column.heading.en: column.key for column in declared.columns} | OWN
        found = seen(self._workbook(person, declared), declared.table)
        rows = [{head: _plain(row.get(key)) for head, key in keys.items()} for row in found]
        _assert_among(table, rows)

    def _workbook(self, person: str, sheet: Sheet) -> Path:
        return self.file(person, f"{sheet.table.partition('.')[0]}.xlsx")

    def _cells(self, cells: Mapping[str, str], person: str) -> dict[str, str]:
        return {head: self._looked_up(text, person) for head, text in cells.items()}

    def _looked_up(self, text: str, person: str) -> str:
        """Puts in what a reader copies from the workbook: (request of D-1), (change of J-1)."""
        return LOOKED_UP.sub(lambda found: self._copied(found[1], found[2], person), text)

    def _copied(self, what: str, document: str, person: str) -> str:
        if what == "request":
            sheet, column, answer = SHEETS["Approval Requests"], "document", "request"
        else:
            sheet, column, answer = SHEETS["Journal"], "entry", "status"
        rows = seen(self._workbook(person, sheet), sheet.table)
        said = next(str(row[answer]) for row in rows if row[column] == document)
        return said.split()[1] if answer == "status" else said

    # --- figures -------------------------------------------------------------------------------

    def compare_report(self, table: Table) -> None:
        """Each row of the table is in the report that was asked last, as far as it says."""
        key, rows = self.report
        heads = {column.key: column.heading.en for column in REPORTS[key].columns}
        _assert_among(table, [{heads[k]: _plain(row[k]) for k in row} for row in rows])

    def post_by_hand(self, table: Table, day: str) -> None:
        """Add movements to the balances kept by hand; the trial balance of the day is as they."""
        *lines, ends = table.rows
        for side in ("Debit", "Credit"):
            assert sum(_figure(row.get(side)) for row in lines) == _figure(ends[side]), table.line
        for row in lines:
            self.by_hand[row["Account"]] += _figure(row.get("Debit")) - _figure(row.get("Credit"))
        words = ["report", "trial_balance", "--company", self.company, "--as-of", day]
        assert self._invoke_server(words).exit_code == 0
        accounts = [row for row in self.report[1] if row.get("account")]
        booked = {row["account"]: Decimal(row["balance"]) for row in accounts}
        kept = {code: amount for code, amount in self.by_hand.items() if amount}
        assert {code: amount for code, amount in booked.items() if amount} == kept, table.line


class _Typing:
    """A sheet of a workbook that is open for typing."""

    def __init__(self, opened: openpyxl.Workbook, sheet: Sheet) -> None:
        book, _, key = sheet.table.partition(".")
        self.sheet = worksheet(opened, book, key)
        numbers = columns_of(self.sheet, book, key)
        self.columns: dict[str, tuple[Column, int]] = {
            column.heading.en: (column, numbers[column.key])
            for column in sheet.columns
            if column.key in numbers
        }

    def first_free(self) -> int:
        row = 2
        while any(self.sheet.cell(row, n).value is not None for _, n in self.columns.values()):
            row += 1
        return row

    def rows_with(self, head: str, text: str) -> list[int]:
        _, number = self.columns[head]
        rows = range(2, self.sheet.max_row + 1)
        return [row for row in rows if _plain(self.sheet.cell(row, number).value) == text]

    def type(self, row: int, cells: Mapping[str, str]) -> None:
        for head, text in cells.items():
            column, number = self.columns[head]
            typed = _figure(text) if column.kind in NUMERIC else text
            self.sheet.cell(row, number, typed)


def _assert_among(table: Table, rows: Sequence[Mapping[str, str]]) -> None:
    """Each row of the table is among the rows, as far as it says."""
    for number, wanted in enumerate(table.rows, table.line + 2):
        told = {head: _plain(text) for head, text in wanted.items()}
        assert any(told.items() <= row.items() for row in rows), (
            f"line {number}: {told} is not among\n" + "\n".join(map(str, rows))
        )


def _plain(value: object) -> str:
    """A cell as it is compared: figures without grouping and trailing zeros, days as dates."""
    text = "" if value is None else str(value).strip().replace("−", "-")
    text = text.removesuffix(" 00:00:00")
    return f"{_figure(text).normalize():f}" if FIGURE.fullmatch(text) else text


def _figure(text: str | None) -> Decimal:
    return Decimal((text or "0").replace(",", "").replace("−", "-"))


TITLES: dict[str, Callable[..., None]] = {
    r"(?P<person>\w+) types on (?P<sheet>[^:]+)": lambda player, table, **who: player.type_below(
        table, who["person"].lower(), who["sheet"]
    ),
    r"(?P<person>\w+) types over on (?P<sheet>[^:]+)": lambda player, table, **who: (
        player.type_over(table, who["person"].lower(), who["sheet"])
    ),
    r"(?P<person>\w+) sees on (?P<sheet>[^:]+)": lambda player, table, **who: player.look(
        table, who["person"].lower(), who["sheet"]
    ),
    r"By hand, to (?P<day>[\d-]+)": Player.post_by_hand,
}
