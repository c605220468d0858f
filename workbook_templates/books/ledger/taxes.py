"""Taxes: which row of a code holds on a day, and what share of a net price it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from workbook_templates.books.ledger.corrections import corrected_key, origin
from workbook_templates.schema import Document, Known, Line

TAX_CODES = "ledger.tax_codes"
WITHHOLDING = "withholding"
STEPS = {"unit": Decimal(1), "cent": Decimal("0.01")}
HUNDRED = Decimal(100)
_PART = re.compile(r"([0-9]+([/.][0-9]+)?)?")  # no exponents: 1e-999999999 takes hours


@dataclass(frozen=True, slots=True)
class Tax:
    """One tax of a document, by one row of a code.

    `amount` is what it adds to the total: negative where it is withheld from what is paid, zero
    where it is not charged. `stated` is what returns and slips say of it. `cost` is the part of an
    input tax that cannot be credited. `rate` is in percent of the base.
    """

    account: str
    base: Decimal
    amount: Decimal
    stated: Decimal
    rate: Decimal
    cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Share:
    """One tax of a code as a share of the net price: its base, and the tax itself."""

    code: str
    row: Line
    base: Fraction
    tax: Fraction
    in_cents: bool = False  # whatever its row says: the price is in another currency

    @property
    def step(self) -> Decimal:
        """To what its amounts are rounded."""
        return STEPS["cent"] if self.in_cents else step_of(self.row)

    @property
    def is_charged(self) -> bool:
        """Whether the other party pays it with the document."""
        return self.row.text("treatment") in ("", "charged")

    @property
    def creditable(self) -> Decimal:
        """What part of an input tax is credited, in percent."""
        part: Decimal | None = self.row["creditable"]
        return HUNDRED if part is None or self.row.text("kind") != "input" else part


def shares_of(known: Known, code: str, day: str) -> tuple[Share, ...]:
    """The taxes that a code brings on a day, itself first; () where it has no rate then."""
    found: dict[str, Share] = {}
    while code and code not in found and (row := rate_on(known, code, day)):
        base, tax = _of_price(row.text("base_fraction"), row.text("rate"))
        if basis := row.text("basis"):
            on = _on(basis, tuple(found.values()))
            base, tax = base * on, tax * on
        found[code] = Share(code, row, base, tax)
        code = row.text("further")
    return tuple(found.values())


@lru_cache(maxsize=256)
def _of_price(base_fraction: str, rate: str) -> tuple[Fraction, Fraction]:
    """The base and the tax as shares of a price; documents ask for the same few all the time."""
    base = fraction(base_fraction)
    return base, base * Fraction(rate or 0) / 100


def _on(basis: str, before: tuple[Share, ...]) -> Fraction:
    """What a further tax is computed on, as a share of the net price."""
    if basis == "sum":
        return 1 + sum((share.tax for share in before), Fraction(0))
    return before[0].tax if basis == "first_tax" and before else Fraction(1)


def tax_day(document: Document, known: Known) -> str:
    """The day whose tax rates count: what takes a document back does so at that one's rates."""
    return origin(document, known).text("date")


def day_of_line(line: Line, known: Known) -> str:
    """The same day for a line of an invoice or bill by itself."""
    if not corrected_key((line,)):
        return line.text("date")
    document = known.document(line.sheet.table, line.sheet.key_of(line.cells, line.id))
    return tax_day(document, known) if document else line.text("date")


def rate_on(known: Known, code: str, day: str) -> Line | None:
    """The row of a tax code that is valid on a day ("YYYY-MM-DD"); None where there is none."""
    found = known.document(TAX_CODES, code)
    return valid_on(found.lines, day) if found else None


def valid_on(rows: Iterable[Line], day: str) -> Line | None:
    """Of dated rows, the one that holds on a day; both its first and its last day included."""
    for row in rows:
        if row.text("from") <= day <= (row.text("to") or "9999-12-31"):
            return row
    return None


def fraction(text: str) -> Fraction:
    """The part of the price that is taxed: "11/12"; a blank is the whole. Raises ValueError."""
    part = Fraction(text or 1) if _PART.fullmatch(text) else Fraction(0)
    if not 0 < part <= 1:
        raise ValueError(f"{text} is not a part of a price")
    return part


def step_of(row: Line) -> Decimal:
    """To what the amounts of a row of a tax code are rounded."""
    return STEPS[row.text("rounding") or "unit"]


def rounded(amount: Fraction, step: Decimal) -> Decimal:
    """Half up, away from zero, to a multiple of `step`."""
    up, down = step.as_integer_ratio()
    whole = 2 * amount.denominator * up
    count = (2 * abs(amount.numerator) * down + amount.denominator * up) // whole
    return step * (count if amount >= 0 else -count)


def or_zero(amount: Any) -> Decimal:
    """A blank as nothing."""
    return Decimal(0) if amount is None else amount
