"""What the formats of banks must hold: columns that suffice, dates that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook_templates.books.ledger.rules.postable import unpostable
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

HEADINGS = ("date", "description", "amount", "debit", "credit", "sign", "balance", "reference")
# By what stands in a date format: what it means to `strptime`, longest first. Names of months are
# read as their numbers.
TOKENS = {"yyyy": "%Y", "yy": "%y", "mmm": "%m", "mm": "%m", "dd": "%d"}
_TOKEN = re.compile("|".join(TOKENS), re.IGNORECASE)
MAPPING_INCOMPLETE = Message(
    "bank_mapping_incomplete",
    Words(
        id="Format bank {bank} memerlukan judul tanggal, dan judul jumlah atau judul debit dan "
        "kredit. Isi yang kurang.",
        en="The format of {bank} needs a date heading, and an amount heading or headings of debit "
        "and credit. Fill in what is missing.",
    ),
)
NOT_A_DATE_FORMAT = Message(
    "not_a_date_format",
    Words(
        id="“{text}” bukan format tanggal. Tulis dengan dd, mm atau mmm, dan yyyy atau yy; "
        "misalnya dd/mm/yyyy.",
        en="“{text}” is no date format. Write it with dd, mm or mmm, and yyyy or yy; for example "
        "dd/mm/yyyy.",
    ),
)


def mapping_names_its_columns(mapping: Document, known: Known) -> Iterator[Problem]:
    """A mapping for files with columns names a date and amounts; one for MT940 and OFX names
    nothing."""
    for row in mapping.lines:
        if any(row.text(f"{key}_heading") for key in HEADINGS) and not is_complete(row):
            yield MAPPING_INCOMPLETE(column="date_heading", row_id=row.id, bank=mapping.key)


def mapping_writes_dates(mapping: Document, known: Known) -> Iterator[Problem]:
    """A date format has a day and a month; without a year it is that of the file."""
    for row in mapping.lines:
        text = row.text("date_format")
        meant = {TOKENS[found.lower()] for found in _TOKEN.findall(text)}
        if text and not ("%d" in meant and "%m" in meant):
            yield NOT_A_DATE_FORMAT(column="date_format", row_id=row.id, text=text)


def text_means_one_account(text: Document, known: Known) -> Iterator[Problem]:
    """What a text means is an account that can be posted to."""
    yield from unpostable(text, known, "account")


def is_complete(row: Line) -> bool:
    """Whether a mapping suffices to read a file."""
    amounts = row.text("amount_heading") or (
        row.text("debit_heading") and row.text("credit_heading")
    )
    return bool(row.text("date_heading") and amounts)


def strptime_format(text: str) -> str:
    """A date format in the words of `strptime`: dd/mm/yyyy is %d/%m/%Y."""
    return _TOKEN.sub(lambda found: TOKENS[found.group().lower()], text.replace("%", "%%"))
