"""What stands on the sheet Setup: as the renderer writes it and the workbook's side reads it."""

from __future__ import annotations

import re

from workbook_templates.columns import Column
from workbook_templates.limits import (
    NO_MONTHS,
    SPAN,
    NotALimit,
    is_dated,
    last_months,
    read_months,
)
from workbook_templates.schema import Book
from workbook_templates.words import Words

MONTHS = "months"  # the window's name for the day or month of documents
SYNC_NOW, WORKER = "sync_now", "worker"  # of a spreadsheet that a worker keeps in step
LABELS = {
    "book": Words(id="Buku", en="Book"),
    "company": Words(id="Perusahaan", en="Company"),
    "server": Words(id="Server", en="Server"),
    "language": Words(id="Bahasa", en="Language"),
    "locale": Words(id="Format angka dan tanggal", en="Numbers and dates"),
    "currency": Words(id="Mata uang", en="Currency"),
    "last_sync": Words(id="Sinkronisasi terakhir", en="Last sync"),
    MONTHS: Words(id="Bulan yang ditampilkan", en="Months shown"),
}
ONLY = Words(id="Hanya {column}", en="Only {column}")
NO_COMPANY = Words(id="(belum terikat)", en="(not bound yet)")
ALL = Words(id="(semua)", en="(all)")
SPANS = (
    Words(id="3 bulan terakhir", en="last 3 months"),
    Words(id="6 bulan terakhir", en="last 6 months"),
    Words(id="12 bulan terakhir", en="last 12 months"),
)
BLANKS = frozenset({"", "-", "—", "semua", "all", *ALL.all().values(), *NO_COMPANY.all().values()})
_LAST = re.compile(r"(?:last\s+|terakhir\s+)?(\d{1,3})\s*(?:bulan|months?)?(?:\s+terakhir)?")


def window_names(book: Book) -> dict[str, Words]:
    """By what a book's workbook can be limited, and how Setup labels it."""
    found: dict[str, Words] = {}
    for sheet in book.sheets:
        for name in sheet.window_columns:
            if is_dated(sheet, name):
                found.setdefault(MONTHS, LABELS[MONTHS])
            else:
                found.setdefault(name, _only(sheet.column(name)))
    return found


def _only(column: Column) -> Words:
    heading = {language: text.lower() for language, text in column.heading.all().items()}
    return Words(ONLY.id.format(column=heading["id"]), ONLY.en.format(column=heading["en"]))


def limit_texts(book: Book, chosen: dict[str, str], today: str) -> tuple[str, ...]:
    """The limits of every sheet of a book for what is chosen by name; "" chooses everything.

    `today` (YYYY-MM-DD) ends "last 3 months". Raises `NotALimit`.
    """
    texts = []
    for sheet in book.sheets:
        for name in sheet.window_columns:
            if is_dated(sheet, name):
                span = months_of(chosen.get(MONTHS, ""), today)
                texts += [f"{sheet.table}.{name}={span}"] if span else []
            else:
                values = chosen.get(name, "").replace(";", ",").split(",")
                texts += [f"{sheet.table}.{name}={v.strip()}" for v in values if v.strip()]
    return tuple(texts)


def months_of(text: str, today: str) -> str:
    """ "2026-01..2026-03" of what a person typed: a span, a month, or the last months.

    Raises `NotALimit`.
    """
    plain = " ".join(text.casefold().split())
    if plain in BLANKS:
        return ""
    last = _LAST.fullmatch(plain)
    if last and int(last[1]) and today:
        return last_months(int(last[1]), today)
    if last:
        raise NotALimit(NO_MONTHS(text=text))
    first, end = read_months(re.sub(r"\s*(?:\.\.|–|s\.?d\.?|sampai|to)\s*", SPAN, plain))
    return f"{first}{SPAN}{end}"
