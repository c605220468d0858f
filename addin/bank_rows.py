"""The lines of a bank's table: dates, amounts and signs as the bank writes them, all that is wrong
at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from addin.bank_columns import Layout, layout_of
from addin.bank_files import DayBalance, Statement, StatementLine, in_time
from addin.file_tables import Table, begins_as_date
from addin.hosts.base import Cell
from workbook_templates import money
from workbook_templates.books.ledger.rules.bank_mappings import strptime_format
from workbook_templates.columns.cells import one_line, short, written
from workbook_templates.columns.written_numbers import read_number
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale
from workbook_templates.problems import Message, Problem, Unreadable
from workbook_templates.schema import Cells
from workbook_templates.words import Words

CENT = Decimal("0.01")
OUT, IN = frozenset({"DB", "D", "DR"}), frozenset({"CR", "C", "K", "KR"})
_SIGNED = re.compile(r"(.*[0-9)])\s*\(?(DB|DR|D|CR|C|KR|K)\)?\.?", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_MONTH = re.compile(r"[A-Za-z]{3,}")
# By the first three letters, Indonesian and English.
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8,
    "agt": 8, "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nop": 11, "nov": 11, "des": 12,
    "dec": 12,
}  # fmt: skip
BAD_DATE = Message(
    "statement_date",
    Words(
        id="“{text}” tidak terbaca sebagai tanggal {form}. Perbaiki Format tanggal di lembar Format"
        " Bank.",
        en="“{text}” cannot be read as a date {form}. Mend the date format on the sheet Bank"
        " Formats.",
    ),
)
TWO_SIDES = Message(
    "statement_two_sides",
    Words(
        id="Baris ini berisi debet {debit} dan kredit {credit}. Periksa judul kolomnya di lembar"
        " Format Bank.",
        en="This line has a debit of {debit} and a credit of {credit}. Look at the headings on the"
        " sheet Bank Formats.",
    ),
)


@dataclass(frozen=True, slots=True)
class BadLine:
    """A row of the file, as its number, and what is wrong with it."""

    number: int
    problem: Problem


@dataclass
class TableLines:
    """What a table says: its statement, what cannot be read, how many rows are no lines."""

    statement: Statement = field(default_factory=lambda: Statement(()))
    bad: list[BadLine] = field(default_factory=list)
    passed: int = 0


def read_table(table: Table, mapping: Cells) -> TableLines | None:
    """The lines of a table by a mapping; None where its columns are not there."""
    layout = layout_of(table, mapping)
    if layout is None:
        return None
    reading = _Reading(mapping, layout, _years(table[: layout.first]))
    found, lines = TableLines(), list[StatementLine]()
    for number, row in enumerate(table[layout.first :], start=layout.first + 1):
        try:
            line = reading.line(row)
        except Unreadable as wrong:
            found.bad.append(BadLine(number, wrong.problem))
            continue
        if line is not None:
            lines.append(line)
        elif any(cell is not None for cell in row):
            found.passed += 1
    found.statement = _with_balances(in_time(tuple(lines)))
    return found


def is_date(cell: Cell, form: str) -> bool:
    """Whether a cell is a date in that format."""
    try:
        return day_in(cell, form, ("2000",)) is not None
    except Unreadable:
        return False


def _with_balances(lines: tuple[StatementLine, ...]) -> Statement:
    """The balances before the first and after the last line, where the table has balances."""
    begun, ended = (line.balance for line in (lines[0], lines[-1])) if lines else (None, None)
    if begun is None or ended is None:
        return Statement(lines)
    before = (date.fromisoformat(lines[0].date) - timedelta(days=1)).isoformat()
    opening = DayBalance(before, begun - lines[0].amount)
    return Statement(lines, opening=opening, closing=DayBalance(lines[-1].date, ended))


@dataclass(frozen=True)
class _Reading:
    """How the rows of one table are read."""

    mapping: Cells
    layout: Layout
    years: tuple[str, ...]

    def line(self, row: Sequence[Cell]) -> StatementLine | None:
        """A line; None for a row that is none: no date, or no amount. Raises `Unreadable`."""
        form = self.mapping.get("date_format") or "dd/mm/yyyy"
        day = day_in(self.cell(row, "date"), form, self.years)
        amount = self.amount(row) if day else None
        if day is None or not amount:
            return None
        return StatementLine(
            day,
            self.text(row, "description"),
            amount,
            self.text(row, "reference"),
            self.number(self.cell(row, "balance")),
        )

    def cell(self, row: Sequence[Cell], key: str) -> Cell:
        place = self.layout.places.get(key)
        return row[place] if place is not None and place < len(row) else None

    def text(self, row: Sequence[Cell], key: str) -> str:
        cell = self.cell(row, key)
        return "" if cell is None else one_line(written(cell, self.locale)).lstrip("'")

    def amount(self, row: Sequence[Cell]) -> Decimal | None:
        """Money in less money out."""
        if "amount" in self.layout.places:
            return self.signed(row)
        debit, credit = (self.number(self.cell(row, key)) for key in ("debit", "credit"))
        if debit and credit:
            raise Unreadable(TWO_SIDES(debit=debit, credit=credit))
        if debit is None and credit is None:
            return None
        return abs(credit or Decimal(0)) - abs(debit or Decimal(0))

    def signed(self, row: Sequence[Cell]) -> Decimal | None:
        cell, place = self.cell(row, "amount"), self.layout.places["amount"]
        marked = self.cell(row, "sign")
        if isinstance(cell, str) and (found := _SIGNED.fullmatch(cell.strip())):
            cell, marked = found[1], found[2]
        elif marked is None and place + 1 < len(row) and _is_mark(row[place + 1]):
            marked = row[place + 1]
        number = self.number(cell)
        if number is None or not _is_mark(marked):
            return number
        return -abs(number) if str(marked).strip().upper() in OUT else abs(number)

    def number(self, cell: Cell) -> Decimal | None:
        if isinstance(cell, str):
            marked = _SIGNED.fullmatch(cell.strip())
            cell = (marked[1] if marked else cell).strip(" '")
        number = read_number(cell, self.locale, currency=True)
        return None if number is None else money.round_half_up(number, CENT)

    @property
    def locale(self) -> Locale:
        return ENGLISH if self.mapping.get("decimal") == "point" else INDONESIAN


def _is_mark(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip().upper() in OUT | IN


def day_in(cell: Cell, form: str, years: tuple[str, ...]) -> str | None:
    """The day in a cell; None for what is not meant as one. Raises `Unreadable`."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).strip(" '\"") if isinstance(cell, (str, int)) else ""
    if not begins_as_date(text):
        return None
    said = " ".join(text.split()[: len(form.split())])
    wanted = strptime_format(form)
    if "mmm" in form.lower():
        said = _MONTH.sub(lambda found: f"{MONTHS.get(found[0][:3].lower(), 0):02}", said)
    if "y" not in form.lower():
        said, wanted = f"{said} {_year_of(said, form, years)}", f"{wanted} %Y"
    try:
        return datetime.strptime(said, wanted).date().isoformat()
    except ValueError:
        raise Unreadable(BAD_DATE(text=short(text), form=form)) from None


def _years(head: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The years that stand above the headings, where a bank writes its period."""
    texts = (cell for row in head for cell in row)
    return tuple(sorted({y for cell in texts for y in _YEAR.findall(str(cell or ""))}))


def _year_of(said: str, form: str, years: tuple[str, ...]) -> str:
    """The year of a date without one: of a period over New Year, the first has its late months."""
    if not years:
        return ""
    try:
        day = datetime.strptime(f"{said} 2000", f"{strptime_format(form)} %Y")
    except ValueError:
        return years[0]
    return years[0] if day.month > 6 else years[-1]
