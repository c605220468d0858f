"""Reading the raw file: every line of it, or the reason why it cannot be read."""

from __future__ import annotations

import csv
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

CASH = "CASH"  # the party of sales that name no customer
COLUMNS = (
    "InvoiceNo",
    "StockCode",
    "Description",
    "Quantity",
    "InvoiceDate",
    "UnitPrice",
    "CustomerID",
)


class NotThisLayout(Exception):
    """The file is not a list of invoice lines with the columns of `COLUMNS`."""


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of the file. `number` counts the lines below the headings from 1.

    The quantity is negative on credit notes and in stock adjustments, as it stands in the file.
    """

    number: int
    invoice: str
    code: str
    description: str
    qty: Decimal
    day: date
    price: Decimal
    customer: str

    @property
    def amount(self) -> Decimal:
        """Quantity times price, negative where money goes back to the customer."""
        return self.qty * self.price


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that is not taken, with the reason as a short code, and what it comes to."""

    number: int
    reason: str
    amount: Decimal = Decimal(0)


class _Unreadable(Exception):
    """A field holds no such thing; the argument is the reason."""


def read(file: Path) -> Iterator[RawLine | Refused]:
    """Every line of a .csv or .csv.xz file. Raises `NotThisLayout`, OSError, `lzma.LZMAError`."""
    reader = csv.DictReader(StringIO(_text(file), newline=""), restval="")
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise NotThisLayout(f"{file.name} has no column {', '.join(sorted(missing))}")
    for number, fields in enumerate(reader, 1):
        yield _line(number, {name: fields[name].strip() for name in COLUMNS})


def _text(file: Path) -> str:
    """The file's text; before it was UTF-8 this list was published in the code page of Windows."""
    content = file.read_bytes()
    if file.suffix == ".xz":
        content = lzma.decompress(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _line(number: int, fields: dict[str, str]) -> RawLine | Refused:
    try:
        return RawLine(
            number=number,
            invoice=_present(fields["InvoiceNo"], "no_invoice_number"),
            code=_present(fields["StockCode"], "no_stock_code"),
            description=" ".join(fields["Description"].split()),
            qty=_number(fields["Quantity"], "quantity_unreadable"),
            day=_day(fields["InvoiceDate"]),
            price=_number(fields["UnitPrice"], "price_unreadable"),
            customer=fields["CustomerID"].removesuffix(".0") or CASH,
        )
    except _Unreadable as unreadable:
        return Refused(number, str(unreadable), _amount(fields))


def _present(text: str, reason: str) -> str:
    if not text:
        raise _Unreadable(reason)
    return text


def _number(text: str, reason: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _Unreadable(reason) from None
    if not number.is_finite():
        raise _Unreadable(reason)
    return number


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise _Unreadable("date_unreadable") from None


def _amount(fields: dict[str, str]) -> Decimal:
    """What an unreadable line comes to, as far as that can be told."""
    try:
        return _number(fields["Quantity"], "") * _number(fields["UnitPrice"], "")
    except _Unreadable:
        return Decimal(0)
