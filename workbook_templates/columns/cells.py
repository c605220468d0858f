"""What every kind does first with a cell: blanks, error values, characters that nobody sees."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import TypeGuard
from unicodedata import normalize

from workbook_templates.locale import Locale, show
from workbook_templates.problems import Message, Unreadable
from workbook_templates.words import Words

ERROR_IN_CELL = Message(
    "error_in_cell",
    Words(
        "Rumus di sel ini menghasilkan {error}. Perbaiki rumusnya atau tulis nilainya langsung.",
        "The formula in this cell gives {error}. Mend the formula or write the value itself.",
    ),
)
NOT_CANONICAL = Message(
    "not_canonical",
    Words(
        "Nilai “{text}” tidak terkirim dalam ejaan baku. Perbarui program Lajur, lalu kirim lagi.",
        "The value “{text}” was not sent in its standard spelling. Update Lajur, then sync again.",
    ),
)
TOO_LONG = Message(
    "too_long",
    Words(
        "Isi sel ini {length} karakter; paling banyak {limit}. Persingkat isinya.",
        "This cell holds {length} characters; at most {limit} fit. Shorten it.",
    ),
)

# What XML, JSON or PostgreSQL cannot carry, and what no person can see; LF and TAB stay.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_ERROR = re.compile(
    r"#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|ERROR!|GETTING_DATA)|Err:[0-9]{3}"
)


def clean(text: str) -> str:
    """NFC, CRLF as LF, trimmed on the right; control characters, which nobody sees, are dropped."""
    if text.isascii() and text.isprintable():
        return text.rstrip()
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return normalize("NFC", text).rstrip()


def one_line(text: str) -> str:
    """`clean`, with each run of white space (no-break too) as one space and none at the ends."""
    return " ".join(clean(text).split())


def refuse_error(text: str) -> None:
    """Raises `Unreadable` for what a spreadsheet shows when a formula fails (#N/A, Err:502)."""
    if text[:1] in "#E" and _ERROR.fullmatch(text):
        raise Unreadable(ERROR_IN_CELL(error=text))


def refuse_length(text: str, limit: int) -> None:
    """Raises `Unreadable` for a text of more than `limit` characters."""
    if len(text) > limit:
        raise Unreadable(TOO_LONG(length=len(text), limit=limit))


def is_number(cell: object) -> TypeGuard[int | float | Decimal]:
    """Whether a host gave a number cell; True and False are none."""
    return isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool)


def as_decimal(number: int | float | Decimal) -> Decimal:
    """A number cell as the 15 digits that a spreadsheet shows (0.1 + 0.2 is 0.3)."""
    return Decimal(format(number, ".15g") if isinstance(number, float) else number)


def seen(cell: object, locale: Locale) -> str:
    """About what the person sees in a cell, on one line of at most 40 characters; for sentences."""
    return short(one_line(_seen(cell, locale)))


def short(text: str) -> str:
    """A text cut for a sentence."""
    return text if len(text) <= 40 else f"{text[:39]}…"


def written(cell: object, locale: Locale) -> str:
    """A cell of any type as text, the way the sheet shows it without a number format."""
    return clean(_seen(cell, locale))


def _seen(cell: object, locale: Locale) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if is_number(cell):
        return _plain(as_decimal(cell)).replace(".", locale.decimal)
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date):
        return show(cell, locale)
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


def _plain(number: Decimal) -> str:
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return str(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
