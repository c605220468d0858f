"""Number formats: where which stands, what kind of value it shows, and Excel's spelling of them."""

from __future__ import annotations

import re
from typing import Any

import uno
from com.sun.star.beans.PropertyState import AMBIGUOUS_VALUE

from .session import Session

DATE, TIME, CURRENCY, TEXT, LOGICAL = 2, 4, 8, 256, 1024
GENERAL = 0
FormatArea = tuple[int, int, int, int, int]
_SPELLED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|AM/PM|General|[YMDHS]+', re.IGNORECASE)


def english() -> Any:
    """The locale in which formats are written."""
    return uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")


def format_areas(cells: Any) -> list[FormatArea]:
    """(row, column, rows, columns, format key) of all cells, relative to the range, 0-based."""
    whole = cells.getRangeAddress()
    if cells.getPropertyState("NumberFormat") != AMBIGUOUS_VALUE:
        return [(*_within(whole, whole), cells.getPropertyValue("NumberFormat"))]
    groups, found = cells.getUniqueCellFormatRanges(), list[FormatArea]()
    for number in range(groups.getCount()):
        group = groups.getByIndex(number)
        key = group.getPropertyValue("NumberFormat")
        found += [(*_within(address, whole), key) for address in group.getRangeAddresses()]
    return found


def _within(address: Any, whole: Any) -> tuple[int, int, int, int]:
    return (
        address.StartRow - whole.StartRow,
        address.StartColumn - whole.StartColumn,
        address.EndRow - address.StartRow + 1,
        address.EndColumn - address.StartColumn + 1,
    )


class Kinds:
    """What kind of value the formats of one document show; each format is asked for once."""

    def __init__(self, document: Any) -> None:
        self.formats = document.getNumberFormats()
        self._known: dict[int, str] = {}

    def of(self, key: int) -> str:
        """date, datetime, time, bool, currency, text, general or number."""
        if key not in self._known:
            self._known[key] = _kind(self.formats.getByKey(key))
        return self._known[key]


def kinds_of(session: Session, sheet: int) -> Kinds:
    """The kinds of formats of a sheet's document."""
    known: Kinds = session.kept(session.owner_number(sheet), "kinds", Kinds)
    return known


def _kind(found: Any) -> str:
    kind = found.Type
    if kind & LOGICAL:
        return "bool"
    if kind & DATE:
        return "datetime" if kind & TIME else "date"
    if kind & TIME:
        return "time"
    if kind & CURRENCY:
        return "currency"
    if kind & TEXT:
        return "text"
    return "general" if found.FormatString in ("General", "Standard") else "number"


def key_of(document: Any, code: str) -> int:
    """The key of a format code in Excel's English spelling; made where the document lacks it."""
    formats = document.getNumberFormats()
    locale = english()
    key = formats.queryKey(code, locale, False)
    return int(key if key != -1 else formats.addNew(code, locale))


def code_of(document: Any, key: int) -> str:
    """A format's code as Excel spells it: Calc writes the letters of dates in capitals."""
    formats = document.getNumberFormats()
    code = formats.getByKey(formats.getFormatForLocale(key, english())).FormatString

    def spelled(found: re.Match[str]) -> str:
        text = found[0]
        if text[0] in '"\\' or text == "General" or text.upper() == "AM/PM":
            return text
        return text.lower() if text[0] != "[" or text[1:2] in "HMS" else text

    return _SPELLED.sub(spelled, code)


def number_format(session: Session, area: list[int]) -> str | None:
    """The one format of an area; None where there are several."""
    cells = session.range(area)
    if cells.getPropertyState("NumberFormat") == AMBIGUOUS_VALUE:
        return None
    return code_of(session.owner(area[0]), cells.getPropertyValue("NumberFormat"))


def set_number_format(session: Session, area: list[int], code: str) -> None:
    """Give an area a format."""
    key = key_of(session.owner(area[0]), code)
    session.range(area).setPropertyValue("NumberFormat", key)


def kinds(session: Session, area: list[int]) -> list[list[Any]]:
    """[row, column, rows, columns, kind] of all cells of an area, 0-based."""
    known = kinds_of(session, area[0])
    return [[*found[:4], known.of(found[4])] for found in format_areas(session.range(area))]
