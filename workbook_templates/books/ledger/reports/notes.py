"""The skeleton of the notes (CALK): the sections of the company's pack, with their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook_templates.books.ledger.groups import BY_KEY
from workbook_templates.books.ledger.reports.balances import balances, earned
from workbook_templates.books.ledger.reports.lines import (
    AMOUNT,
    COLUMNS,
    Balances,
    Caption,
    Statement,
    columns_over,
    entries_of,
    lower_first,
    requests_of,
)
from workbook_templates.packs import pack
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import day_in_words
from workbook_templates.words import Words

NOTES = "notes"  # the document of the pack
NOMINAL = ("income", "expense")
SUM_OF = Words(id="Jumlah {title}", en="Total {title}")

Section = Mapping[str, Any]


def notes_rows(known: Known, request: ReportRequest) -> list[Cells]:
    """Numbered sections: words with gaps (……) for a person to fill, and accounts with amounts.

    A section of accounts without any amount is left out.
    """
    spans = requests_of(request)
    held = [balances(known, span.last) for span in spans]
    moved = [earned(known, span.first, span.last) for span in spans]
    language = known.company.language
    statement = Statement(language, len(spans))
    for number, section in enumerate(_shown(known, held, moved), 1):
        title = Words(*(f"{number}. {section['title'][tongue]}" for tongue in ("id", "en")))
        if "groups" in section:
            entries = entries_of(known, _caption(section), _posted(section, held, moved))
            total = SUM_OF[language].format(title=lower_first(section["title"][language]))
            statement.caption(str(number), title, entries, total)
        else:
            statement.text(title[language], "heading")
            statement.text(_filled(section, known, request))
    return statement.rows


def _shown(known: Known, held: Sequence[Balances], moved: Sequence[Balances]) -> Iterator[Section]:
    for section in pack(known.company.pack).document(NOTES):
        if "groups" not in section:
            yield section
            continue
        entries = entries_of(known, _caption(section), _posted(section, held, moved))
        if any(any(entry.amounts) for entry in entries):
            yield section


def _caption(section: Section) -> Caption:
    first, *others = section["groups"]
    return Caption(first, tuple(others))


def _posted(
    section: Section, held: Sequence[Balances], moved: Sequence[Balances]
) -> Sequence[Balances]:
    """Income and expenses are those of the period, all else what is held at its end."""
    return moved if BY_KEY[section["groups"][0]].type in NOMINAL else held


def _filled(section: Section, known: Known, request: ReportRequest) -> str:
    language = known.company.language
    text: str = section["text"][language]
    day = day_in_words(request.last)[language]
    return text.format(company=known.company.name, currency=known.company.currency, day=day)


NOTES_REPORT = Report(
    key="notes",
    title=Words(id="Catatan atas Laporan Keuangan", en="Notes to the Statements"),
    help=Words(
        id="Kerangka catatan dengan rincian per akun; titik-titik (……) diisi sendiri.",
        en="A skeleton of the notes with details by account; the gaps (……) are for you to fill.",
    ),
    spans="period",
    columns=(*COLUMNS, AMOUNT),
    build=notes_rows,
    columns_for=columns_over,
)
