"""Payment terms: the instalments in which a document is due, and their days."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from workbook_templates import money
from workbook_templates.schema import Document, Known, Line

TERMS = "ledger.payment_terms"
PARTIES = "ledger.parties"
CENT = Decimal("0.01")
# Nobody pays their cents, so a whole total is shared in whole units.
WHOLE_CURRENCIES = frozenset({"IDR", "JPY", "KRW", "VND"})


def instalments(
    document: Document, party: str, total: Decimal, known: Known
) -> list[tuple[str, Decimal]]:
    """(due, amount) of each instalment of a total, by day; together they are the total exactly.

    One, on the due date or the document's own day, where neither the document nor its party has
    terms. Rounding: largest remainder, of equal ones the earlier instalment.
    """
    day = document.text("due") or document.text("date")
    code = "" if document.text("due") else terms_of(document, party, known)
    rows = _rows(code, known)
    if not rows or not total:
        return [(day, total)]
    days = [due_day(day, row) for row in rows]
    dated = sorted(zip(days, _shares(rows, abs(total)), strict=True))
    step = share_step(total, document.text("currency") or known.company.currency)
    shares = money.allocate(total, [share for _, share in dated], step)
    found: dict[str, Decimal] = defaultdict(Decimal)
    for (due, _), share in zip(dated, shares, strict=True):
        found[due] += share
    return list(found.items())


def terms_of(document: Document, party: str, known: Known) -> str:
    """The code of a document's own terms, or else of its party's; a credit note has only its own.

    A party's terms count from when a document is accepted or changed; its entry keeps the days.
    """
    own = document.text("terms")
    if own or document.text("kind") == "credit_note":
        return own
    row = known.row(PARTIES, party)
    return row.text("terms") if row else ""


def due_day(day: str, row: Line) -> str:
    """When an instalment of a document of that day is due: months on, to the day, days on."""
    year, month, of_month = int(day[:4]), int(day[5:7]), int(day[8:])
    month += int(row.text("months") or 0)
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    of_month = min(int(row.text("day") or of_month), monthrange(year, month)[1])
    return (date(year, month, of_month) + timedelta(int(row.text("days") or 0))).isoformat()


def share_step(total: Decimal, currency: str) -> Decimal:
    """To what the shares of a total are rounded."""
    whole = currency in WHOLE_CURRENCIES and total == total.to_integral_value()
    return Decimal(1) if whole else CENT


def is_rest(row: Line) -> bool:
    """Whether an instalment is what the others leave."""
    return not row.text("percent") and not row.text("amount")


def _rows(code: str, known: Known) -> tuple[Line, ...]:
    found = known.document(TERMS, code) if code else None
    return found.lines if found else ()


def _shares(rows: tuple[Line, ...], total: Decimal) -> list[Decimal]:
    """Exact shares of a total above zero; none takes more than those before it leave."""
    left, shares = total, {}
    for row in sorted(rows, key=is_rest):
        wanted = row["amount"] or total * (row["percent"] or Decimal(0)) / 100
        shares[row.id] = left if is_rest(row) else min(wanted, left)
        left -= shares[row.id]
    return [shares[row.id] for row in rows]
