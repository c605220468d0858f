"""What a person asks of a report sheet: the cells above it, read as the request to the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from addin.hosts.base import Cell
from addin.report_layout import ReportSheet
from workbook_templates.columns import Date, Month
from workbook_templates.locale import Locale
from workbook_templates.problems import Unreadable
from workbook_templates.report_frame import (
    AS_OF,
    COMPARE,
    COMPARED,
    LABELS,
    PERIOD,
    USUAL,
    parameters_of,
)
from workbook_templates.schema import Report, ReportRequest
from workbook_templates.spans import span_of
from workbook_templates.words import Words

NO_DAY = Words(
    "“{text}” bukan tanggal. Ketik misalnya 31/05/2026, atau “terbaru”.",
    "“{text}” is not a day. Type for example 2026-05-31, or “latest”.",
)
NO_PERIOD = Words(
    "“{text}” bukan periode. Ketik misalnya 2026-05, 2026-Q2, 2026, 2026-01..2026-06, atau"
    " “bulan ini”.",
    "“{text}” is not a period. Type for example 2026-05, 2026-Q2, 2026, 2026-01..2026-06, or"
    " “this month”.",
)
NO_COMPARISON = Words(
    "“{text}” bukan pembanding. Pilih: {choices}.",
    "“{text}” is nothing to compare with. Choose: {choices}.",
)


@dataclass(frozen=True)
class Asked:
    """The parameters that were understood, and a sentence for each that was not."""

    given: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reader:
    """How cells are read: in the workbook's language and spelling, as of the server's day."""

    language: str
    locale: Locale
    today: str


class _NotUnderstood(ValueError):
    """What was typed is no value of its parameter; the sentence says what would be."""


def asked_of(sheet: ReportSheet, language: str, locale: Locale, today: str) -> Asked:
    """What the cells above a report ask for; a blank one asks for the usual."""
    asked, reader = Asked(), _Reader(language, locale, today)
    for name in parameters_of(sheet.report):
        cell = sheet.cell(sheet.lines[name], sheet.marks + 2) if name in sheet.lines else None
        try:
            text = READ.get(name, _code)(None if _is_usual(name, cell) else cell, reader)
        except _NotUnderstood as wrong:
            asked.wrong[name] = str(wrong)
        else:
            asked.given.update({name: text} if text else {})
    return asked


def request_of(report: Report, given: dict[str, str], as_of: str) -> ReportRequest:
    """The request as the server understood it, which answered for the day `as_of`."""
    own = {key: text for key, text in given.items() if key not in (AS_OF, PERIOD)}
    if report.spans == PERIOD:
        period = given[PERIOD]
        return ReportRequest(as_of, *span_of(period), period, own)
    return ReportRequest(as_of, f"{as_of[:7]}-01", as_of, None, own)


def typed_as(name: str, text: str, language: str) -> str:
    """A parameter's value as a person would type it."""
    return COMPARED[text][language] if name == COMPARE and text in COMPARED else text


def _is_usual(name: str, cell: Cell) -> bool:
    usual = {words.casefold() for words in USUAL[name].all().values()}
    return cell is None or str(cell).strip().casefold() in usual


def _day(cell: Cell, reader: _Reader) -> str | None:
    """A day; blank is the latest, which the server knows."""
    try:
        return Date(AS_OF, LABELS[AS_OF]).canonical(cell, reader.locale)
    except Unreadable:
        raise _NotUnderstood(NO_DAY[reader.language].format(text=cell)) from None


def _period(cell: Cell, reader: _Reader) -> str:
    """A period; blank is the month of the server's day, a day stands for its month."""
    if cell is None:
        return reader.today[:7]
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    text = str(cell).strip()
    try:
        span_of(text)
    except ValueError:
        return _month(text, reader)
    return text


def _month(text: str, reader: _Reader) -> str:
    try:
        month = Month(PERIOD, LABELS[PERIOD]).canonical(text, reader.locale)
    except Unreadable:
        month = None
    if month is None:
        raise _NotUnderstood(NO_PERIOD[reader.language].format(text=text))
    return month


def _comparison(cell: Cell, reader: _Reader) -> str | None:
    if cell is None:
        return None
    typed = str(cell).strip().casefold()
    for key, words in COMPARED.items():
        if typed in {key, *(text.casefold() for text in words.all().values())}:
            return key
    choices = [USUAL[COMPARE], *COMPARED.values()]
    told = ", ".join(words[reader.language] for words in choices)
    raise _NotUnderstood(NO_COMPARISON[reader.language].format(text=cell, choices=told))


def _code(cell: Cell, reader: _Reader) -> str | None:
    return str(cell).strip() if cell is not None else None


READ: dict[str, Callable[[Cell, _Reader], str | None]] = {
    AS_OF: _day,
    PERIOD: _period,
    COMPARE: _comparison,
}
