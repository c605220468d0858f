"""The ledger of a busy account's month and the statements of a year, over 1,000,000 postings."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sync_server.api.deps import Served
from sync_server.reports.build import build_report, find_report, request_for
from tests.benchmarks import journal
from tests.benchmarks.company import CODE, keep, keep_many, new_company, sqlite_url
from tests.benchmarks.measuring import Comparison, Way, measure

FIRST_YEAR, YEARS = 2023, 4
ACCOUNT, MONTH, YEAR = journal.HOT, "2025-05", "2025"
OTHER = journal.CODES[3]
HOT = 0.1  # of all lines are on that account: 2,000 a month
REPEATS, FEW_REPEATS = 15, 3
ASKED = {
    "trial_balance": {"as_of": "2025-12-31"},
    "balance_sheet": {"as_of": "2025-12-31", "compare": "year_end"},
    "income_statement": {"period": YEAR, "compare": "previous_year"},
    "income_by_cost_centre": {"period": YEAR},
    "changes_in_equity": {"period": YEAR},
    "worksheet": {"period": YEAR},
    "cash_flow_direct": {"period": YEAR},
    "cash_flow_indirect": {"period": YEAR},
}
LEDGER = "SELECT SUM(debit), SUM(credit), COUNT(*) FROM postings WHERE account = ? AND month = ?"
RESULT = "SELECT SUM(credit - debit) FROM postings WHERE nominal AND substr(month, 1, 4) = ?"
Rows = list[dict[str, str | None]]


def run(postings: int = 1_000_000) -> Comparison:
    """Ours beside SQL over plain rows; the ledger's lines and the year's profit must agree."""
    with TemporaryDirectory(prefix="lajur-statements-") as folder:
        with new_company(sqlite_url(Path(folder)), "2023-01", "2026-12") as served:
            keep(served, journal.masters())
            keep_many(served, journal.groups(journal.entries(postings, FIRST_YEAR, YEARS, HOT)))
            asked = {"period": MONTH, "account": ACCOUNT}
            ledger, lines = _ours(served, "general_ledger", asked, "ours, a busy account's month")
            asked = {"period": MONTH, "account": OTHER}
            other, _ = _ours(served, "general_ledger", asked, "ours, another account's month")
            ways, profit = [ledger, other], ""
            for name, given in ASKED.items():
                way, rows = _ours(served, name, given, f"ours, {name}")
                ways.append(way)
                profit = rows[-1]["amount"] or "" if name == "income_statement" else profit
        ways += _sql(Path(folder), postings, lines, profit)
    title = f"Statements over {postings:,} postings on {journal.ACCOUNTS} accounts, {YEARS} years"
    bar = "account-month <= 0.050 s, each statement <= 1 s"
    return Comparison("statements", title, 1, "reports", bar, tuple(ways))


def _ours(served: Served, name: str, given: dict[str, str], called: str) -> tuple[Way, Rows]:
    found = find_report(served.catalogue, name)
    assert found is not None
    rows: Rows = []

    def report() -> None:
        with served.store.reading(CODE) as held:
            request = request_for("2026-12-31", given)
            rows[:] = build_report(held, served.catalogue, found[1], request).rows

    return measure(called, report, REPEATS if name == "general_ledger" else FEW_REPEATS), rows


def _sql(folder: Path, postings: int, lines: Rows, profit: str) -> list[Way]:
    """The sums alone, from a plain table with and without an index."""
    with closing(sqlite3.connect(folder / "postings.sqlite3")) as connection:
        connection.execute(
            "CREATE TABLE postings (account TEXT, month TEXT, debit INTEGER, credit INTEGER,"
            " nominal INTEGER)"
        )
        made = journal.entries(postings, FIRST_YEAR, YEARS, HOT)
        connection.executemany(
            "INSERT INTO postings VALUES (?,?,?,?,?)",
            (_posting(line) for _, rows in made for line in rows),
        )
        connection.execute("CREATE INDEX by_account ON postings (account, month)")
        connection.commit()
        found: dict[str, int] = {}

        def ledger() -> None:
            _, _, found["lines"] = connection.execute(LEDGER, (ACCOUNT, MONTH)).fetchone()

        def income() -> None:
            (found["profit"],) = connection.execute(RESULT, (YEAR,)).fetchone()

        ways = [
            measure("floor: SQL sums of that month over an index", ledger, REPEATS),
            measure("usual: SQL sum of a year's profit over the rows", income, FEW_REPEATS),
        ]
    assert found["lines"] == sum(1 for row in lines if row["entry"]), "the ledger differs"
    assert Decimal(found["profit"]) / 100 == Decimal(profit or 0), "the profit differs"
    return ways


def _posting(line: dict[str, str]) -> tuple[object, ...]:
    amounts = (_cents(line.get("debit")), _cents(line.get("credit")))
    kind = journal.TYPES[journal.CODES.index(line["account"]) % len(journal.TYPES)]
    return (line["account"], line["date"][:7], *amounts, int(kind in ("income", "expense")))


def _cents(text: str | None) -> int:
    return int(text.replace(".", "")) if text else 0
