"""Bank statements as files: MT940 and OFX become lines, any other is a table of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

from addin.errors import AddinError
from addin.file_tables import NOT_TEXT, Table, decoded, largest_sheet, table_of
from workbook_templates.columns.cells import one_line

_MT940 = re.compile(rb"(?m)^\s*:61:|^\s*:60[FM]:")
_OFX_TAG = re.compile(r"<([A-Z0-9.]+)>([^<\r\n]*)", re.IGNORECASE)


class NotAStatement(AddinError):
    """A file is no bank statement that can be read. Facts: file, reason."""

    code = "not_a_statement"
    sentences = {
        "id": "{file} tidak dapat dibaca sebagai rekening koran ({reason}). Unduh lagi dari bank"
        " sebagai CSV, XLSX, MT940 atau OFX.",
        "en": "{file} cannot be read as a bank statement ({reason}). Download it again from the"
        " bank as CSV, XLSX, MT940 or OFX.",
    }


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a statement; money in is positive. `balance`: after it, where the bank says."""

    date: str
    description: str
    amount: Decimal
    reference: str = ""
    balance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DayBalance:
    """What the bank had at the end of a day."""

    date: str
    amount: Decimal


@dataclass(frozen=True)
class Statement:
    """Lines in the order of time, with the balances before and after them where they are stated.

    `number` is the account's at the bank.
    """

    lines: tuple[StatementLine, ...]
    number: str = ""
    opening: DayBalance | None = None
    closing: DayBalance | None = None


def read_statements(path: Path) -> tuple[list[Statement], Table]:
    """The statements of an MT940 or OFX file, or the table of any other; the other is empty.

    Raises `NotAStatement`.
    """
    try:
        content = path.read_bytes()
    except OSError as failed:
        raise NotAStatement(file=path.name, reason=failed.strerror or str(failed)) from failed
    if content.startswith(b"PK"):
        return [], largest_sheet(path)
    head = content[:4096].upper()
    if b"<OFX" in head or b"OFXHEADER" in head:
        return _ofx(path, decoded(content)), []
    if _MT940.search(content):
        return _mt940(path, decoded(content)), []
    if b"\0\0" in content:
        raise NotAStatement(file=path.name, reason=NOT_TEXT.all())
    return [], table_of(decoded(content))


# --- MT940 --------------------------------------------------------------------------------------


def _mt940(path: Path, text: str) -> list[Statement]:
    import mt940

    try:
        return [_of_mt940(found) for found in mt940.parse_statements(StringIO(text))]
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, ValueError) as failed:
        raise NotAStatement(file=path.name, reason=str(failed)[:200]) from failed


def _of_mt940(found: Any) -> Statement:
    told = found.data
    opening, closing_ = (
        told.get(f"final_{which}_balance") or told.get(f"intermediate_{which}_balance")
        for which in ("opening", "closing")
    )
    return Statement(
        tuple(_mt940_line(transaction.data) for transaction in found),
        number=str(told.get("account_identification") or ""),
        opening=_mt940_balance(opening),
        closing=_mt940_balance(closing_),
    )


def _mt940_line(told: dict[str, Any]) -> StatementLine:
    """A debit goes out; the reversal of a credit ("RC") does too."""
    size = abs(Decimal(told["amount"].amount))
    customer = str(told.get("customer_reference") or "").strip()
    parts = (told.get("transaction_details"), told.get("extra_details"))
    return StatementLine(
        f"{told['date']:%Y-%m-%d}",
        one_line(" ".join(str(part) for part in parts if part)),
        -size if told["status"] in ("D", "RC") else size,
        reference="" if customer == "NONREF" else customer,
    )


def _mt940_balance(balance: Any) -> DayBalance | None:
    if balance is None:
        return None
    return DayBalance(f"{balance.date:%Y-%m-%d}", Decimal(balance.amount.amount))


# --- OFX ----------------------------------------------------------------------------------------


def _ofx(path: Path, text: str) -> list[Statement]:
    """Both spellings: tags that are never closed (1.x) and XML (2.x)."""
    blocks = re.split(r"(?i)<(?:CC)?STMTRS>", text)[1:]
    try:
        return [_of_ofx(block) for block in blocks]
    except (InvalidOperation, KeyError, ValueError) as failed:
        raise NotAStatement(file=path.name, reason=str(failed)[:200]) from failed


def _of_ofx(block: str) -> Statement:
    head, *transactions = re.split(r"(?i)<STMTTRN>", block)
    lines = tuple(_ofx_line(_tags(text)) for text in transactions)
    ledger = re.split(r"(?i)<LEDGERBAL>", block)[1:]
    told = _tags(ledger[0]) if ledger else {}
    closing_ = DayBalance(_ofx_day(told["DTASOF"]), _ofx_amount(told["BALAMT"])) if told else None
    return Statement(in_time(lines), number=_tags(head).get("ACCTID", ""), closing=closing_)


def _ofx_line(told: dict[str, str]) -> StatementLine:
    texts = (told.get("NAME", ""), told.get("MEMO", ""))
    return StatementLine(
        _ofx_day(told["DTPOSTED"]),
        one_line(" ".join(dict.fromkeys(filter(None, texts)))),
        _ofx_amount(told["TRNAMT"]),
        reference=told.get("CHECKNUM") or told.get("FITID", ""),
    )


def _tags(text: str) -> dict[str, str]:
    """The first value of each tag."""
    found: dict[str, str] = {}
    for tag, value in _OFX_TAG.findall(text):
        if value.strip():
            found.setdefault(tag.upper(), unescape(value).strip())
    return found


def _ofx_day(text: str) -> str:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8])).isoformat()


def _ofx_amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def in_time(lines: tuple[StatementLine, ...]) -> tuple[StatementLine, ...]:
    """The oldest first, as most banks write them; others begin with the newest."""
    return lines[::-1] if lines and lines[0].date > lines[-1].date else lines
