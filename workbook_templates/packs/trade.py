"""What the ledger asks of a pack: whether numbers of taxpayers can be right, files of invoices.

A pack answers in its module `trade`: `number_problems(kind, text)`, where the kind is "tax_id",
"tax_place" or "national_id"; `invoice_rules(day)`, `invoice_file(rows, day)`, `return_rules(day)`,
`return_file(rows, day)` and `slip_file(rows, day)`; `amount_in_words(amount)`. A pack without that
module takes every number and knows none of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Protocol

from workbook_templates.packs.rounding import Rounding
from workbook_templates.problems import Problem


class InvoiceRules(Protocol):
    """What tax invoices of a country hold on a day."""

    @property
    def codes(self) -> frozenset[str]:
        """The codes of transactions for which there is a tax invoice."""

    @property
    def with_facility(self) -> frozenset[str]:
        """Those codes of transactions that must name why tax is not collected."""

    @property
    def luxury(self) -> str:
        """The official code of the further tax on luxury goods."""

    @property
    def rounded(self) -> Rounding:
        """How the amounts of a line are rounded."""

    def unit(self, text: str, supply: str) -> str | None:
        """The code of a unit as people write it; None where it is not known."""


class ReturnRules(Protocol):
    """What returns to suppliers hold on a day."""

    @property
    def digits(self) -> frozenset[int]:
        """How many digits the number of a tax invoice may have."""

    @property
    def charged(self) -> Fraction:
        """The tax as a part of the price, if a return is to be in the file."""


def number_problems(pack: str, kind: str, text: str) -> list[Problem]:
    """Why a number can never be right, without a place; [] where nothing is known against it."""
    found = _module(pack)
    problems: list[Problem] = found.number_problems(kind, text) if found else []
    return problems


def invoice_rules(pack: str, day: date) -> InvoiceRules | None:
    """The rules of tax invoices on a day; None where the pack knows none."""
    found = _module(pack)
    rules: InvoiceRules | None = found.invoice_rules(day) if found else None
    return rules


def invoice_file(pack: str, rows: Sequence[Mapping[str, str | None]], day: date) -> bytes:
    """The file of tax invoices that the tax office takes in; empty where there is none."""
    found = _module(pack)
    written: bytes = found.invoice_file(rows, day) if found else b""
    return written


def return_rules(pack: str, day: date) -> ReturnRules | None:
    """The rules of returns to suppliers on a day; None where the pack knows none."""
    found = _module(pack)
    rules: ReturnRules | None = found.return_rules(day) if found else None
    return rules


def return_file(pack: str, rows: Sequence[Mapping[str, str | None]], day: date) -> bytes:
    """The file of returns to suppliers that the tax office takes in; empty where there is none."""
    found = _module(pack)
    written: bytes = found.return_file(rows, day) if found else b""
    return written


def slip_file(pack: str, rows: Sequence[Mapping[str, str | None]], day: date) -> bytes:
    """The file of withholding slips that the tax office takes in; empty where there is none."""
    found = _module(pack)
    written: bytes = found.slip_file(rows, day) if found else b""
    return written


def amount_in_words(pack: str, amount: Decimal) -> str:
    """An amount as receipts of the country spell it; "" where the pack does not."""
    found = _module(pack)
    words: str = found.amount_in_words(amount) if found else ""
    return words


@cache
def _module(pack: str) -> ModuleType | None:
    name = f"workbook_templates.packs.{pack}.trade"
    return import_module(name) if find_spec(name) else None
