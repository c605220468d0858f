"""How a workbook writes numbers and dates: its stated locale, and values shown in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workbook_templates.words import Words


@dataclass(frozen=True, slots=True)
class Locale:
    """The stated locale of a workbook; nothing is ever guessed from the PC that opens it.

    `date_order` is the order in which a date of figures is read: "dmy" or "mdy"; ISO always is.
    """

    tag: str
    language: str
    decimal: str
    group: str
    date_order: str


INDONESIAN = Locale("id-ID", "id", ",", ".", "dmy")
ENGLISH = Locale("en-US", "en", ".", ",", "mdy")
BRITISH = Locale("en-GB", "en", ".", ",", "dmy")

_BY_TAG = {known.tag.lower(): known for known in (INDONESIAN, ENGLISH, BRITISH)}
_BY_TAG |= {"id": INDONESIAN, "en": ENGLISH}


def locale(tag: str) -> Locale:
    """The locale of a tag such as "id-ID", "en_US" or "id"; raises KeyError for an unknown one."""
    return _BY_TAG[tag.replace("_", "-").lower()]


def show(value: object, locale: Locale) -> str:
    """A value in a sentence for a person: numbers grouped with their own decimals, dates in the
    order of the language (03/05/2026 in Indonesian, 2026-05-03 in English), `Words` in it, "" for
    None.
    """
    if isinstance(value, Decimal):
        return _show_number(value, locale)
    if isinstance(value, datetime):
        return f"{_show_date(value, locale)} {value:%H:%M}"
    if isinstance(value, date):
        return _show_date(value, locale)
    if isinstance(value, Words):
        return value[locale.language]
    return "" if value is None else str(value)


def said(words: Words, **facts: object) -> Words:
    """A sentence with its `{facts}` filled in, written as each language does."""
    return Words(
        id=words.id.format(**{name: show(fact, INDONESIAN) for name, fact in facts.items()}),
        en=words.en.format(**{name: show(fact, ENGLISH) for name, fact in facts.items()}),
    )


def _show_number(value: Decimal, locale: Locale) -> str:
    if not value.is_finite():
        return str(value)
    whole, point, decimals = f"{value:,f}".partition(".")
    sign = locale.decimal if point else ""
    return f"{whole.replace(',', locale.group)}{sign}{decimals}"


def _show_date(value: date, locale: Locale) -> str:
    if locale.language == "id":
        return f"{value.day:02}/{value.month:02}/{value.year:04}"
    return f"{value.year:04}-{value.month:02}-{value.day:02}"
