"""How the story is told in the terminal: scenes, commands with their outcome, rows of a sheet."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from docs.examples.contoh.keyboard import Seen
from workbook_templates.books import all_books, sheet_of
from workbook_templates.columns import Choice, Column, Money
from workbook_templates.locale import ENGLISH, INDONESIAN, show
from workbook_templates.words import Words

LOCALES = {"id": INDONESIAN, "en": ENGLISH}
ROW = Words(id="Baris", en="Row")
COLOURS = {0: "green", 1: "yellow", 2: "red"}
WIDEST, WIDTH = 58, 110
TOTAL = Words(id="Jumlah {n} baris", en="Total of {n} rows")


def terminal() -> Console:
    """The terminal; what is written to a file instead gets the width of a page."""
    return Console() if sys.stdout.isatty() else Console(width=WIDTH)


@dataclass(frozen=True)
class Brief:
    """What is shown of a report: `span` is "as_of" or "period", `rows` the most rows."""

    name: str
    span: str
    when: str
    rows: int = 60
    columns: tuple[str, ...] = ()
    summed: bool = False

    def kept(self, rows: Sequence[Mapping[str, str | None]]) -> set[str]:
        """The columns in which something stands, without those that only programs need."""
        filled = {key for row in rows for key, text in row.items() if text}
        return filled - ({"level", "section"} if "level" in filled else set())


@dataclass
class Stage:
    """A terminal, and the language in which the story is told (Indonesian has English below)."""

    language: str = "id"
    console: Console = field(default_factory=terminal)
    scenes: int = 0

    def scene(self, title: Words) -> None:
        """The heading of the next scene."""
        self.scenes += 1
        self.console.print()
        self.console.rule(f"[bold]{self.scenes}. {title[self.language]}", align="left")
        if self.language == "id":
            self.console.print(f"[dim italic]{title['en']}")

    def says(self, words: Words, **facts: object) -> None:
        """A sentence of the story."""
        self.console.print(escape(words[self.language].format(**facts)), highlight=False)

    def command(self, person: str, words: Sequence[str], text: str, status: int) -> None:
        """A command as it was typed, what it said, and its exit status where that is not 0."""
        prompt = f"{person.lower()}$" if person else "server$"
        line = Text.assemble((f"{prompt} ", "cyan"), (" ".join(map(_quoted, words)), "bold"))
        self.console.print(line)
        for said in text.splitlines():
            styled = Text(said, style=COLOURS[status] if status else "")
            self.console.print(Padding(styled, (0, 0, 0, 2), expand=False))
        if status:
            self.console.print(f"  [{COLOURS[status]}](status {status})", highlight=False)

    def rows(self, table: str, seen: Iterable[Seen], columns: Sequence[str]) -> None:
        """Rows of a sheet as they stand in the workbook."""
        sheet = sheet_of(table)
        shown = Table(title=sheet.title[self.language], title_justify="left", title_style="italic")
        shown.add_column(ROW[self.language], justify="right")
        for key in columns:
            is_money = isinstance(sheet.column(key), Money)
            heading = sheet.column(key).heading[self.language]
            shown.add_column(heading, justify="right" if is_money else "left")
        shown.add_column("Status", max_width=WIDEST)
        for row in seen:
            cells = (self._text(sheet.column(key), row.cells.get(key)) for key in columns)
            shown.add_row(str(row.number), *cells, row.status)
        self.console.print(shown)

    def report(self, brief: Brief, rows: Sequence[Mapping[str, str | None]]) -> None:
        """A report: some of its columns, its first rows, and the sums of all rows' amounts."""
        declared = next(r for book in all_books() for r in book.reports if r.key == brief.name)
        columns = [c for c in declared.columns if c.key in (brief.columns or brief.kept(rows))]
        title = f"[bold]{declared.title[self.language]}[/bold] ({brief.when})"
        shown = Table(title=title, title_justify="left", title_style="", box=SIMPLE_HEAD)
        for column in columns:
            side = "right" if column.sql == "numeric" else "left"
            shown.add_column(column.heading[self.language], justify=side, no_wrap=side == "right")
        for row in rows[: brief.rows]:
            cells = (self._cell(column, row.get(column.key)) for column in columns)
            is_sum = row.get("level", "account") != "account"
            shown.add_row(*cells, style="bold" if is_sum else "")
        if len(rows) > brief.rows:
            shown.add_row("…")
        if brief.summed:
            sums = (_sum(rows, c.key) if isinstance(c, Money) else None for c in columns)
            _, *others = (self.text(amount) for amount in sums)
            shown.add_section()
            shown.add_row(TOTAL[self.language].format(n=len(rows)), *others, style="bold")
        self.console.print(shown)

    def text(self, value: object) -> str:
        """A value as people of this language write it."""
        return show(value, LOCALES[self.language])

    def _cell(self, column: Column, text: str | None) -> str:
        if text is None:
            return ""
        if isinstance(column, Choice):
            return next((o.words[self.language] for o in column.choices if o.key == text), text)
        return self.text(column.value(text))

    def figures(self, title: str, rows: Iterable[tuple[str, Decimal]]) -> None:
        """Amounts with their names."""
        shown = Table(title=title, title_justify="left", show_header=False, box=None)
        shown.add_column()
        shown.add_column(justify="right")
        for name, amount in rows:
            shown.add_row(name, self.text(amount))
        self.console.print(shown)

    def _text(self, column: Column, cell: object) -> str:
        if column.sql == "numeric" and isinstance(cell, int | float):
            cell = Decimal(str(cell))
        return self.text(cell)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def _sum(rows: Iterable[Mapping[str, str | None]], key: str) -> Decimal:
    return sum((Decimal(row.get(key) or 0) for row in rows), Decimal(0))
