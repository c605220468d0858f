"""A report as it is put on paper or into a file: its head, its columns, and rows of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook_templates.columns import Column, Number
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale
from workbook_templates.schema import Company, Report, ReportRequest
from workbook_templates.spans import day_in_words, span_in_words
from workbook_templates.wire import ReportReply
from workbook_templates.words import Words

LEVEL, ADDS, SECTION = "level", "adds", "section"
# What a statement's rows are and add up is seen by their look, and by formulas.
UNSEEN = (LEVEL, ADDS, SECTION)
A4 = 9  # the paper's number in a workbook
HEAD = 4  # the row of a worksheet in which the headings stand, counted from 0
AT = Words(id="Per {day}", en="As of {day}")
FOR = Words(id="Untuk periode {span}", en="For {span}")
IN = Words(id="dalam {currency}", en="in {currency}")
TOTAL = Words(id="Jumlah", en="Total")
STATE = Words(id="Keadaan pusat: perubahan ke-{seq}", en="Central copy at change {seq}")
PAGE = Words(id="Halaman {page} dari {pages}", en="Page {page} of {pages}")

Row = Mapping[str, str | None]


@dataclass(frozen=True)
class Printed:
    """A computed report with what was asked, in the language of `company`."""

    report: Report
    reply: ReportReply
    company: Company
    request: ReportRequest

    @property
    def language(self) -> str:
        """ "id" or "en"."""
        return self.company.language

    @property
    def locale(self) -> Locale:
        """How numbers and dates are written."""
        return INDONESIAN if self.language == "id" else ENGLISH

    @property
    def title(self) -> str:
        """The report's own name."""
        return self.report.title[self.language]

    @property
    def subtitle(self) -> str:
        """The day or the span, and the currency."""
        asked = self.request
        if self.report.spans == "as_of":
            when = AT[self.language].format(day=day_in_words(asked.as_of)[self.language])
        else:
            span = span_in_words(asked.first, asked.last)[self.language]
            when = FOR[self.language].format(span=span)
        return f"{when} · {IN[self.language].format(currency=self.company.currency)}"

    @property
    def state(self) -> str:
        """Up to which commit it is true."""
        return STATE[self.language].format(seq=self.reply.seq)

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """Every column of the answer."""
        return self.report.shown(self.request)

    @cached_property
    def is_statement(self) -> bool:
        """Whether its rows are headings, accounts and sums."""
        return any(column.key == LEVEL for column in self.all_columns)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown."""
        unseen = UNSEEN if self.is_statement else ()
        return tuple(column for column in self.all_columns if column.key not in unseen)

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of canonical text."""
        return self.reply.rows

    def level(self, row: Row) -> str:
        """What a row is: heading, text, account, subtotal, total; "account" in plain reports."""
        return row.get(LEVEL) or "account"

    @cached_property
    def finals(self) -> frozenset[int]:
        """The totals, counted from 1, that no other row adds up: a double rule stands below."""
        added = {row for adds in map(self._adds, self.rows) for row in adds}
        totals = (n for n, row in enumerate(self.rows, 1) if self.level(row) == "total")
        return frozenset(n for n in totals if n not in added)

    @staticmethod
    def _adds(row: Row) -> set[int]:
        return {n for _, first, last in terms(row.get(ADDS) or "") for n in range(first, last + 1)}

    @cached_property
    def sums(self) -> tuple[str, ...]:
        """The shown columns that are added up below the rows."""
        return self.report.sums if self.rows else ()


def is_figure(column: Column) -> bool:
    """Whether a column's cells are numbers, which stand at the right."""
    return isinstance(column, Number) or column.kind == "integer"


def terms(adds: str) -> list[tuple[int, int, int]]:
    """What a row adds up, as (sign, first row, last row) counted from 1: "2..5" or "+6 -9"."""
    if ".." in adds:
        first, last = adds.split("..")
        return [(1, int(first), int(last))]
    return [(-1 if term[0] == "-" else 1, int(term[1:]), int(term[1:])) for term in adds.split()]
