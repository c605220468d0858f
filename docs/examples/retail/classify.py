"""What each line becomes: a line of an invoice or credit note, a stock move, or both.

The sign of the amount tells an invoice from a credit note, the sign of the quantity tells goods
that go from goods that come back. Quantities and prices in the books are positive: the kind of the
document gives the direction. One number of the file can hold several kinds; the kind that its
first letter promises keeps the number, the others get a suffix.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from docs.examples.retail.raw import RawLine, Refused
from docs.examples.retail.services import SALES, service

INVOICE, CREDIT_NOTE = "invoice", "credit_note"
ISSUE, RETURN, ADJUSTMENT = "issue", "return_in", "adjustment_out"
NOTHING_MOVES = "neither_goods_nor_money"
CREDIT_LETTER = "C"
_SUFFIX = {INVOICE: "-INV", CREDIT_NOTE: "-CN", ISSUE: "-OUT", RETURN: "-RET", ADJUSTMENT: "-ADJ"}


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A line of an invoice or a credit note."""

    raw: RawLine
    document: str
    kind: str
    account: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A line of a stock move: goods sold, returned, or given or written off."""

    raw: RawLine
    document: str
    kind: str


@dataclass
class Classified:
    """Every line of a file in the one or two places where it belongs. `read` counts them."""

    read: int = 0
    sales: list[SaleLine] = field(default_factory=list)
    moves: list[MoveLine] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def lines(self) -> Iterator[RawLine]:
        """The lines that have a place; one with goods and money comes twice."""
        yield from (sale.raw for sale in self.sales)
        yield from (move.raw for move in self.moves)


def classify(lines: Iterable[RawLine | Refused]) -> Classified:
    """Put each line where it belongs; what belongs nowhere is refused."""
    found = Classified()
    for line in lines:
        found.read += 1
        if isinstance(line, Refused):
            found.refused.append(line)
        elif not line.qty or not (line.price or service(line.code) is None):
            found.refused.append(Refused(line.number, NOTHING_MOVES))
        else:
            _place(line, found)
    return found


def _place(line: RawLine, found: Classified) -> None:
    account = service(line.code)
    if line.price:
        kind = INVOICE if line.amount > 0 else CREDIT_NOTE
        code = account.code if account else SALES
        found.sales.append(SaleLine(line, _number(line, kind), kind, code))
    if account is None:
        kind = _move_kind(line)
        found.moves.append(MoveLine(line, _number(line, kind), kind))


def _move_kind(line: RawLine) -> str:
    """Goods without a price are samples and write-offs: they leave the stock, whatever the sign."""
    if line.price == Decimal(0):
        return ADJUSTMENT
    return ISSUE if line.qty > 0 else RETURN


def _number(line: RawLine, kind: str) -> str:
    """The document's number: that of the file, with a suffix for what it does not promise."""
    is_credit = line.invoice.upper().startswith(CREDIT_LETTER)
    promised = (CREDIT_NOTE, RETURN) if is_credit else (INVOICE, ISSUE)
    return line.invoice if kind in promised else f"{line.invoice}{_SUFFIX[kind]}"
