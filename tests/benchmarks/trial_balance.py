"""The trial balance at a date over 1,000,000 postings: kept sums, beside SQL over the rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sync_server.api.deps import Served
from sync_server.reports.build import build_report, find_report, request_for
from tests.benchmarks import journal
from tests.benchmarks.company import CODE, keep, keep_many, new_company, sqlite_url
from tests.benchmarks.journal import Entry
from tests.benchmarks.measuring import Comparison, Way, measure

FIRST_YEAR, YEARS = 2023, 4
DAYS = {"month end": "2026-11-30", "mid month": "2026-11-14"}
REPEATS, FEW_REPEATS = 20, 3
GROUP_BY = (
    "SELECT account, SUM(debit), SUM(credit) FROM {table} WHERE date <= ?"
    " GROUP BY account ORDER BY account"
)
Balances = list[tuple[str, int, int]]  # account, debits and credits in hundredths


def run(postings: int = 1_000_000) -> Comparison:
    """Ours at a month end and within a month; SQL by scan and by covering index. All agree."""
    made = list(journal.entries(postings, FIRST_YEAR, YEARS))
    with TemporaryDirectory(prefix="lajur-balance-") as folder:
        with new_company(sqlite_url(Path(folder)), "2023-01", "2026-12") as served:
            keep(served, journal.masters())
            keep_many(served, journal.groups(made))
            ours = {name: _ours(served, name, day) for name, day in DAYS.items()}
        theirs = list(_sql(Path(folder), made))
    ways = [way for way, _ in ours.values()]
    for name, (_, balances) in ours.items():
        for way, found in theirs:
            assert found[name] == balances, f"{way.name} disagrees with ours at {name}"
    return Comparison(
        "trial_balance",
        f"Trial balance over {postings:,} postings on {journal.ACCOUNTS} accounts, {YEARS} years",
        *(1, "reports", "<= 0.010 s", (*ways, *(way for way, _ in theirs))),
    )


def _ours(served: Served, name: str, day: str) -> tuple[Way, Balances]:
    found = find_report(served.catalogue, "trial_balance")
    assert found is not None
    request = request_for(day, {"as_of": day})
    rows: list[dict[str, str | None]] = []

    def report() -> None:
        with served.store.reading(CODE) as held:
            rows[:] = build_report(held, served.catalogue, found[1], request).rows

    way = measure(f"ours, {name}", report, REPEATS)
    balances = [(r["account"] or "", _cents(r["debit"]), _cents(r["credit"])) for r in rows]
    return way, balances


def _sql(folder: Path, made: Iterable[Entry]) -> Iterator[tuple[Way, dict[str, Balances]]]:
    """The same question to a plain table of postings, amounts as integers."""
    with closing(sqlite3.connect(folder / "postings.sqlite3")) as connection:
        connection.execute(
            "CREATE TABLE postings (date TEXT, account TEXT, debit INTEGER, credit INTEGER,"
            " entry TEXT, description TEXT, party TEXT, cost_centre TEXT)"
        )
        lines = (line for _, lines in made for line in lines)
        connection.executemany(
            "INSERT INTO postings VALUES (?,?,?,?,?,?,?,?)", map(_posting, lines)
        )
        connection.commit()
        yield _asked(connection, "usual: SQL GROUP BY over the rows", "postings", FEW_REPEATS)
        connection.execute("CREATE INDEX covering ON postings (account, date, debit, credit)")
        covered = "postings INDEXED BY covering"
        yield _asked(connection, "SQL GROUP BY over a covering index", covered, FEW_REPEATS)


def _asked(
    connection: sqlite3.Connection, name: str, table: str, repeats: int
) -> tuple[Way, dict[str, Balances]]:
    statement = GROUP_BY.format(table=table)

    def at(day: str) -> Balances:
        return connection.execute(statement, (day,)).fetchall()

    way = measure(name, lambda: at(DAYS["mid month"]), repeats)
    return way, {name: at(day) for name, day in DAYS.items()}


def _posting(line: dict[str, str]) -> tuple[object, ...]:
    amounts = (_cents(line.get("debit")), _cents(line.get("credit")))
    words = (line["entry"], line["description"], line.get("party"), line["cost_centre"])
    return (line["date"], line["account"], *amounts, *words)


def _cents(text: str | None) -> int:
    return int(text.replace(".", "")) if text else 0
