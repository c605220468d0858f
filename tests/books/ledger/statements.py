"""A small company's first half-year, with everything that its statements must tell apart."""

from __future__ import annotations

from decimal import Decimal

from tests.books.known import KnownRows, laid
from tests.books.ledger.rows import (
    BANK,
    CAPITAL,
    CASH,
    RENT,
    SUPPLIES,
    bill,
    entry,
    invoice,
    new_company,
    payment,
)
from workbook_templates.books import book
from workbook_templates.schema import Cells, ReportRequest

LOAN, VEHICLES, DEPRECIATED, DEPRECIATION = "22100", "12300", "12390", "61800"
DIVIDENDS, GAIN, PREPAID, INTEREST, RETAINED = "34000", "72000", "11700", "81000", "32000"
TAX, ACCRUED = "91000", "21600"


def half_year() -> KnownRows:
    """PT Contoh in 2026: founded, trading, a van bought and sold, a loan, a dividend."""
    journal = (
        entry("OB", "2025-12-31", (BANK, 1000, 0), (CAPITAL, 0, 1000)),
        entry("J1", "2026-01-05", (BANK, 600, 0), (LOAN, 0, 600)),
        entry("J2", "2026-01-10", (VEHICLES, 500, 0), (BANK, 0, 500)),
        entry("J3", "2026-01-15", (PREPAID, 120, 0), (BANK, 0, 120)),
        entry("J4", "2026-02-01", (CASH, 90, 0), (BANK, 0, 90)),
        entry("J5", "2026-02-03", (RENT, 30, 0), (CASH, 0, 30), cost_centre="SHOP"),
        entry("J6", "2026-03-31", (INTEREST, 15, 0), (LOAN, 100, 0), (BANK, 0, 115)),
        entry("J7", "2026-05-20", (DIVIDENDS, 40, 0), (BANK, 0, 40)),
        entry(
            "J8", "2026-06-15", (BANK, 470, 0), (DEPRECIATED, 50, 0), (VEHICLES, 0, 500),
            (GAIN, 0, 20),
        ),
        entry("A1", "2026-06-30", (DEPRECIATION, 50, 0), (DEPRECIATED, 0, 50), kind="adjusting"),
        entry("A2", "2026-06-30", (RENT, 60, 0), (PREPAID, 0, 60), kind="adjusting"),
        entry("A3", "2026-06-30", (SUPPLIES, 7, 0), (ACCRUED, 0, 7), kind="adjusting"),
    )  # fmt: skip
    return laid(
        new_company(),
        {
            "ledger.journal": [row for rows in journal for row in rows],
            "ledger.sales_invoices": [
                *invoice("I1", "2026-02-05", 400, due="2026-03-07", cost_centre="SHOP"),
                *invoice("I2", "2026-06-10", 300, due="2026-07-10", cost_centre="WEB"),
            ],
            "ledger.purchase_bills": bill("B1", "2026-02-10", 110, due="2026-03-12"),
            "ledger.payments": [
                *payment("P1", "2026-03-01", 400, ("I1", 400)),
                *payment("P2", "2026-04-01", 60, ("B1", 60), direction="out", party="S1"),
            ],
        },
    )


def closed_year(known: KnownRows) -> KnownRows:
    """The year's income and expenses moved to the retained earnings, as a closing entry does."""
    from workbook_templates.books.ledger.reports.balances import balances

    nominal = {
        row.text("code")
        for row in known.rows("ledger.accounts")
        if row.text("type") in ("income", "expense")
    }
    lines: list[tuple[str, object, object]] = []
    result = Decimal(0)
    for code, sums in sorted(balances(known, "2026-12-31").items()):
        if code in nominal and sums.balance:
            amount = Decimal(sums.balance) / 10_000
            lines.append((code, -amount, 0) if amount < 0 else (code, 0, amount))
            result -= amount
    lines.append((RETAINED, 0, result) if result > 0 else (RETAINED, -result, 0))
    return laid(known, {"ledger.journal": entry("CL", "2026-12-31", *lines, kind="closing")})


def report(known: KnownRows, key: str, request: ReportRequest) -> list[Cells]:
    """The rows of a report; each cell stands in a declared column, in canonical text."""
    declared = next(r for r in book("ledger").reports if r.key == key)
    columns = {column.key: column for column in declared.shown(request)}
    rows = list(declared.build(known, request))
    for row in rows:
        for column, text in row.items():
            if text is not None:
                columns[column].check(text)
    return rows


def amount_of(rows: list[Cells], name: str, column: str = "amount") -> Decimal:
    """The amount of the row of that name."""
    (found,) = [row for row in rows if row.get("name") == name and row.get(column)]
    return Decimal(found[column] or 0)


def adds_up(rows: list[Cells], columns: tuple[str, ...]) -> bool:
    """Whether each row that says what it adds up is the sum of it."""
    return all(
        Decimal(row.get(column) or 0) == _sum(rows, row["adds"] or "", column)
        for row in rows
        if row.get("adds")
        for column in columns
    )


def _sum(rows: list[Cells], adds: str, column: str) -> Decimal:
    def amount(number: int) -> Decimal:
        return Decimal(rows[number - 1].get(column) or 0)

    if ".." in adds:
        first, last = map(int, adds.split(".."))
        return sum((amount(n) for n in range(first, last + 1)), Decimal(0))
    return sum(((-1 if n[0] == "-" else 1) * amount(int(n[1:])) for n in adds.split()), Decimal(0))
