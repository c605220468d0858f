"""What is left to tax of an invoice that deducts deposits, as a tax invoice of its own.

A deposit had its tax invoice when it was billed. The files that tax offices take in know no
deposits; an invoice that settles one stands alone there, over what is left (see
docs/how-to/tax-returns.md for where that is known from).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbook_templates.books.ledger.currencies import Conversion, conversion_of
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.books.ledger.pricing import amount_of_line, price_lines
from workbook_templates.books.ledger.tax_registration import registration_on
from workbook_templates.books.ledger.taxes import Share, shares_of, tax_day
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

NONE = Decimal(0)
INVOICE, SETTLEMENT = "invoice", "settlement"
LONGEST = 255
LEFT_OF = Words(
    id="Pelunasan atas {sold}; uang muka {deposits}",
    en="Settlement of {sold}; deposit {deposits}",
)
DEPOSIT_BY_HAND = Words(
    id="buat di sistem kantor pajak dengan centang Uang Muka",
    en="make it in the tax office's system, with Uang Muka ticked",
)
SETTLEMENT_BY_HAND = Words(
    id="buat di sistem kantor pajak dengan centang Pelunasan dan nomor faktur uang mukanya",
    en="make it in the tax office's system, with Pelunasan ticked and the number of the deposit's "
    "tax invoice",
)


@dataclass(frozen=True, slots=True)
class Sold:
    """What stands on a line of a tax invoice, in company currency, with the taxes of its code."""

    line: Line
    shares: tuple[Share, ...]
    description: str
    quantity: Decimal
    price: Decimal
    discount: Decimal
    base: Decimal

    @property
    def official(self) -> str:
        """The code of the transaction."""
        return self.shares[0].row.text("official_code")


def sold_lines(document: Document, known: Known) -> Iterator[Sold]:
    """The lines of an invoice that have taxes; of a code under which a deposit is deducted, one
    line over what is left, and none where nothing is.
    """
    day, conversion = tax_day(document, known), conversion_of(document, known)
    by_code: dict[str, list[Line]] = {}
    for line in document.lines:
        by_code.setdefault(line.text("tax_code"), []).append(line)
    settled = {c for c, lines in by_code.items() if any(line.text(DEPOSIT) for line in lines)}
    for line in document.lines:
        code = line.text("tax_code")
        if not (shares := shares_of(known, code, day)):
            continue
        if code not in settled:
            yield _sold(document, line, shares, known, conversion)
        elif line is by_code[code][0] and (left := _net(document, by_code[code], known)):
            company = conversion.company(left)
            said = _said(by_code[code], known.company.language)
            yield Sold(line, shares, said, Decimal(1), company, NONE, company)


def kind_of(document: Document) -> str:
    """An invoice, a deposit, or the settlement of one."""
    if any(line.text(DEPOSIT) for line in document.lines):
        return SETTLEMENT
    return document.text("kind") or INVOICE


def by_hand(document: Document, known: Known) -> str:
    """What has to be made without the file, in the company's language; "" for nothing."""
    own, kind = registration_on(known, document.text("date")), kind_of(document)
    if own is None or own.text("deposits_apart") != "true" or kind == INVOICE:
        return ""
    return (DEPOSIT_BY_HAND if kind == DEPOSIT else SETTLEMENT_BY_HAND)[known.company.language]


def _sold(
    document: Document,
    line: Line,
    shares: tuple[Share, ...],
    known: Known,
    conversion: Conversion,
) -> Sold:
    quantity, price = line["qty"] or Decimal(1), line["unit_price"]
    base, discount = amount_of_line(line), line["discount"] or NONE
    if shares[0].row.text("included") == "true":
        base = price = _net(document, [line], known)
        quantity, discount = Decimal(1), NONE
    company = conversion.company
    text = line.text("description")
    return Sold(line, shares, text, quantity, company(price), company(discount), company(base))


def _said(lines: Sequence[Line], language: str) -> str:
    """What was sold and which deposits it settles; "" where a line has no description."""
    sold = [line.text("description") for line in lines if not line.text(DEPOSIT)]
    deposits = dict.fromkeys(line.text(DEPOSIT) for line in lines if line.text(DEPOSIT))
    if not all(sold):
        return ""
    texts = {"sold": "; ".join(dict.fromkeys(sold)), "deposits": ", ".join(deposits)}
    return LEFT_OF[language].format(**texts)[:LONGEST].rstrip()


def _net(document: Document, lines: Sequence[Line], known: Known) -> Decimal:
    """What lines come to without taxes."""
    alone = Document(document.sheet, document.key, tuple(lines))
    return sum(price_lines(alone, known, tax_day(document, known)).net.values(), NONE)
