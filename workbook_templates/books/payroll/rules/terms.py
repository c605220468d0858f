"""Rules about the tax years of employees."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

MONTHS = 12
YEAR = Message(
    "not_a_year",
    Words(
        id="{year} bukan tahun. Tulis misalnya 2026.",
        en="{year} is not a year. Write for example 2026.",
    ),
)
TOO_MANY_MONTHS = Message(
    "too_many_months",
    Words(
        id="Setahun hanya dua belas bulan, bukan {months}.",
        en="A year has twelve months, not {months}.",
    ),
)


def a_year_has_four_figures(document: Document, known: Known) -> Iterator[Problem]:
    """The year is one that payroll may meet."""
    for line in document.lines:
        if line.text("year") and len(line.text("year")) != len("2026"):
            yield YEAR(column="year", row_id=line.id, year=line.text("year"))


def resident_months_are_of_one_year(document: Document, known: Known) -> Iterator[Problem]:
    """Nobody is resident for more than the twelve months of a year."""
    for line in document.lines:
        if (line["resident_months"] or 0) > MONTHS:
            yield TOO_MANY_MONTHS(
                column="resident_months", row_id=line.id, months=line.text("resident_months")
            )
