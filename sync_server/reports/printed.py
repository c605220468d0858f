"""A report as it is put on paper or into a file: its head, its columns, and rows of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from workbook_templates.columns import Column
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale
from workbook_templates.report_rows import (
    AT,
    FOR,
    IN,
    STATE,
    Row,
    final_rows,
    is_statement,
    level_of,
    parts_of,
    shown_columns,
)
from workbook_templates.schema import Company, Report, ReportRequest
from workbook_templates.spans import day_in_words, span_in_words
from workbook_templates.wire import ReportReply
from workbook_templates.wire_combined import CombinedReply
from workbook_templates.words import Words

A4 = 9  # the paper's number in a workbook
HEAD = 4  # the row of a worksheet in which the headings stand, counted from 0
PAGE = Words(id="Halaman {page} dari {pages}", en="Page {page} of {pages}")


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
        """Up to which commit it is true; of several companies, of each."""
        reply = self.reply
        if isinstance(reply, CombinedReply):
            seq = ", ".join(f"{each.seq} ({each.company})" for each in reply.companies)
            return STATE[self.language].format(seq=seq)
        return STATE[self.language].format(seq=reply.seq)

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """Every column of the answer."""
        return self.report.shown(self.request)

    @cached_property
    def is_statement(self) -> bool:
        """Whether its rows are headings, accounts and sums."""
        return is_statement(self.all_columns)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that are shown."""
        return shown_columns(self.all_columns)

    @cached_property
    def across(self) -> dict[str, list[int]]:
        """The columns that add up others in each row, with the places of those."""
        found = {column.key: parts_of(column, self.columns) for column in self.columns}
        return {key: parts for key, parts in found.items() if parts}

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of canonical text."""
        return self.reply.rows

    def level(self, row: Row) -> str:
        """What a row is: heading, text, account, subtotal, total; "account" in plain reports."""
        return level_of(row)

    @cached_property
    def finals(self) -> frozenset[int]:
        """The totals, counted from 1, that no other row adds up: a double rule stands below."""
        return final_rows(self.rows)

    @cached_property
    def sums(self) -> tuple[str, ...]:
        """The shown columns that are added up below the rows."""
        return self.report.summed(self.rows)
