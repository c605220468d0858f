"""A parent in rupiah, a daughter in dollars and their eliminations, through a workbook of each."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import httpx2
import openpyxl
import pytest
from typer.testing import CliRunner

from sync_server.app import create_app
from sync_server.cli import app as lajur_server
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.reports.export import FORMATS
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from tests.scenarios.office import COMPANY, Office, type_rows
from tests.storage.conftest import postgresql_database_url
from workbook_templates.books import all_books
from workbook_templates.schema import Company

__all__ = ["postgresql_database_url"]
RINA, BUDI, SITI = "rina", "budi", "siti"
PARENT, DAUGHTER, ELIMINATIONS = "induk", "nusa", "elim"
COMPANIES = (
    Company(PARENT, "PT Induk", language="en"),
    Company(DAUGHTER, "Nusa Pte Ltd", currency="USD", language="en"),
    Company(ELIMINATIONS, "Eliminations", language="en"),
)
ALL = tuple(company.code for company in COMPANIES)
MONTHS = "2026-01..2026-05"
ACCOUNTS, JOURNAL, PARTIES = "ledger.accounts", "ledger.journal", "ledger.parties"
BANK, RECEIVABLE, SHARES, PAYABLE, CAPITAL = "11200", "11300", "13100", "21100", "31000"
RETAINED = "32000"
SALES, COST, RENT, EXCHANGE = "41000", "51000", "61200", "73000"
INVESTMENT = {
    "code": SHARES,
    "name": "Shares in companies",
    "type": "Asset",
    "group": "Non-current assets",
}
Typed = dict[str, list[dict[str, Any]]]


def entry(number: str, date: str, *lines: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Lines of (account, debit less credit, party)."""
    return [
        {
            "entry": number,
            "date": date,
            "account": account,
            "debit" if amount > 0 else "credit": abs(amount),
            **({"party": party[0]} if party else {}),
        }
        for account, amount, *party in lines
    ]


def parents_rows() -> list[Typed]:
    """A share of 10,000 dollars in the daughter, 2,000 dollars of goods sold to it, rent."""
    rates = (("2026-01-02", 15_000), ("2026-03-31", 15_600), ("2026-05-31", 16_200))
    sold = {"invoice": "I1", "date": "2026-03-31", "customer": "NUSA", "account": SALES}
    return [
        {
            "ledger.exchange_rates": [
                {"currency": "USD", "date": day, "rate": rate} for day, rate in rates
            ],
            ACCOUNTS: [INVESTMENT],
            PARTIES: [{"code": "NUSA", "name": "Nusa Pte Ltd", "kind": "Customer"}],
            JOURNAL: [
                *entry("J1", "2026-01-02", (BANK, 900_000_000), (CAPITAL, -900_000_000)),
                *entry("J2", "2026-01-05", (SHARES, 150_000_000), (BANK, -150_000_000)),
                *entry("J3", "2026-05-31", (RENT, 10_000_000), (BANK, -10_000_000)),
            ],
            "ledger.sales_invoices": [{**sold, "unit_price": 2_000, "currency": "USD"}],
        },
        {"ledger.revaluations": [{"period": "2026-05"}]},
    ]


def daughters_rows() -> list[Typed]:
    """What the parent sold is sold on for cash."""
    bought = {"bill": "B1", "date": "2026-03-31", "supplier": "INDUK", "account": COST}
    return [
        {
            PARTIES: [{"code": "INDUK", "name": "PT Induk", "kind": "Supplier"}],
            "ledger.purchase_bills": [{**bought, "unit_price": 2_000}],
            JOURNAL: [
                *entry("J1", "2026-01-05", (BANK, 10_000), (CAPITAL, -10_000)),
                *entry("J2", "2026-05-10", (BANK, 5_000), (SALES, -5_000)),
                *entry("J3", "2026-05-20", (RENT, 500), (BANK, -500)),
            ],
        }
    ]


def eliminating_rows() -> list[Typed]:
    """Shares against capital, the sale against its cost, what is owed against what is claimed."""
    owed = ((PAYABLE, 32_400_000, "INDUK"), (RECEIVABLE, -32_400_000, "NUSA"))
    return [
        {
            ACCOUNTS: [INVESTMENT],
            PARTIES: [
                {"code": "NUSA", "name": "Nusa Pte Ltd", "kind": "Customer"},
                {"code": "INDUK", "name": "PT Induk", "kind": "Supplier"},
            ],
            JOURNAL: [
                *entry("E1", "2026-01-05", (CAPITAL, 150_000_000), (SHARES, -150_000_000)),
                *entry("E2", "2026-03-31", (SALES, 31_200_000), (COST, -31_200_000)),
                *entry("E3", "2026-05-31", *owed),
            ],
        }
    ]


# Debit less credit on 31 May. The daughter's dollars: what it has and owes at 16,200, its capital
# at 15,000, what it earned and spent at 15,600, the mean of the three rates of the year so far.
TRIAL_BALANCE = {
    BANK: (740_000_000, 14_500 * 16_200, 0, 974_900_000),
    RECEIVABLE: (32_400_000, 0, -32_400_000, 0),
    SHARES: (150_000_000, 0, -150_000_000, 0),
    PAYABLE: (0, -2_000 * 16_200, 32_400_000, 0),
    CAPITAL: (-900_000_000, -10_000 * 15_000, 150_000_000, -900_000_000),
    SALES: (-31_200_000, -5_000 * 15_600, 31_200_000, -78_000_000),
    COST: (0, 2_000 * 15_600, -31_200_000, 0),
    RENT: (10_000_000, 500 * 15_600, 0, 17_800_000),
    EXCHANGE: (-1_200_000, 0, 0, -1_200_000),
    "Translation difference of foreign companies": (0, -13_500_000, 0, -13_500_000),
    "Total": (0, 0, 0, 0),
}
BALANCE_SHEET = {
    "Total assets": (922_400_000, 234_900_000, -182_400_000, 974_900_000),
    "Total liabilities": (0, 32_400_000, -32_400_000, 0),
    "Earnings of the current year": (22_400_000, 39_000_000, 0, 61_400_000),
    "Translation difference of foreign companies": (0, 13_500_000, 0, 13_500_000),
    "Total equity": (922_400_000, 202_500_000, -150_000_000, 974_900_000),
    "Total liabilities and equity": (922_400_000, 234_900_000, -182_400_000, 974_900_000),
}
INCOME_STATEMENT = {
    "Total revenue": (31_200_000, 78_000_000, -31_200_000, 78_000_000),
    "Total cost of sales": (0, 31_200_000, -31_200_000, 0),
    "Gross profit (loss)": (31_200_000, 46_800_000, 0, 78_000_000),
    "Total operating expenses": (10_000_000, 7_800_000, 0, 17_800_000),
    "Profit (loss) after income tax": (22_400_000, 39_000_000, 0, 61_400_000),
}

EXPECTED = {
    "trial_balance": TRIAL_BALANCE,
    "balance_sheet": BALANCE_SHEET,
    "income_statement": INCOME_STATEMENT,
}


@dataclass
class Group:
    """The three companies over a database, each kept in a workbook of its own."""

    office: Office
    database: str

    def joins(self, person: str, role: str, *companies: str) -> None:
        """Gives a person a role in companies."""
        for company in companies:
            token = add_person(self.office.served, person, role, company)
            self.office.tokens[person, COMPANY] = token

    def lay(self, company: str, steps: list[Typed]) -> None:
        """A new workbook of a company, in which each step is typed and synchronised."""
        self.sync(self.office.workbook("ledger", company, company))
        for tables in steps:
            self.types(company, tables)

    def types(self, company: str, tables: Typed) -> None:
        """What is typed into a company's workbook, and its sync."""
        file = self.office.folder / f"{company}.xlsx"
        for table, rows in tables.items():
            type_rows(file, table, rows)
        self.sync(file)

    def sync(self, file: Path) -> None:
        """One sync in which nothing is refused."""
        assert [issue.code for issue in self.office.sync(file).issues] == []

    def ask(self, person: str, name: str, *companies: str, **more: str) -> httpx2.Response:
        """A report over companies as this person gets it over HTTP."""
        asked = {"company": list(companies), "period": MONTHS, **more}
        return self.office.client(person).get(f"/v1/combined/{name}", params=asked)

    def year_end(self) -> list[dict[str, Any]]:
        """The balance sheet of 31 December."""
        return list(self.ask(RINA, "balance_sheet", *ALL, period="2026").json()["rows"])

    def command(self, name: str, *options: str) -> str:
        """What `lajur-server report` says of all three."""
        named = [part for company in ALL for part in ("--company", company)]
        asked = ["report", name, *named, "--period", MONTHS, "--database", self.database]
        said = CliRunner().invoke(lajur_server, [*asked, *options])
        assert said.exit_code == 0, said.output
        return said.output


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def group(request: pytest.FixtureRequest, office: Office, tmp_path: Path) -> Iterator[Group]:
    """The companies with nothing in them, and Rina, who keeps the books of all three."""
    url = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_database_url")
    store = open_store(url, catalogue := Catalogue(all_books()))
    office.store = cast(MemoryStore, store)
    office.app = create_app(store, catalogue)
    office.served = office.app.state.served
    for company in COMPANIES:
        add_company(office.served, company, "2026-01", "2026-12")
    group = Group(office, url)
    group.joins(RINA, "accountant", *ALL)
    yield group
    store.close()


def figures(rows: list[dict[str, Any]], names: Iterable[str]) -> dict[str, tuple[Decimal, ...]]:
    """The amounts of some rows, by account or else by name."""
    keys = (*(f"amount.{company}" for company in ALL), "amount")
    found = {row.get("account") or row["name"]: row for row in rows}
    found |= {row["name"]: row for row in rows}
    return {name: tuple(Decimal(found[name][key]) for key in keys) for name in names}


@pytest.fixture
def traded(group: Group) -> Group:
    """The companies with their workbooks filled in and synchronised."""
    for company, steps in zip(
        ALL, (parents_rows(), daughters_rows(), eliminating_rows()), strict=True
    ):
        group.lay(company, steps)
    return group


def test_the_statements_of_a_group_are_what_one_works_out_by_hand(traded: Group) -> None:
    for name, wanted in EXPECTED.items():
        reply = traded.ask(RINA, name, *ALL).json()
        assert figures(reply["rows"], wanted) == wanted
        assert json.loads(traded.command(name, "--json")) == reply
    heads = traded.office.store.heads()
    assert [(each["company"], each["seq"]) for each in reply["companies"]] == [
        (company, heads[company]) for company in ALL
    ]
    assert (reply["company"], reply["seq"]) == (PARENT, heads[PARENT])
    files_tell_the_same(traded)
    who_has_no_role_in_a_company_learns_nothing_of_it(traded)
    a_rate_that_is_wanting_is_told(traded)
    closing_the_year_moves_profits_and_no_total(traded)


def files_tell_the_same(group: Group) -> None:
    """The .xlsx adds up down and across by formulas; CSV and PDF have the same figures."""
    kinds = {kind: group.ask(RINA, "trial_balance", *ALL, format=kind) for kind in FORMATS}
    sheet = openpyxl.load_workbook(io.BytesIO(kinds["xlsx"].content)).worksheets[0]
    bank, total = (
        next(row for row in sheet.iter_rows() if row[at].value == text)
        for at, text in ((0, BANK), (1, "Total"))
    )
    n = bank[0].row
    assert [cell.value for cell in bank[2:]] == [740_000_000, 234_900_000, 0, f"=SUM(C{n}:E{n})"]
    last = total[0].row - 1
    assert [cell.value for cell in total[2:]] == [f"=SUM({c}{n}:{c}{last})" for c in "CDEF"]
    rows = csv.reader(io.StringIO(kinds["csv"].content.decode("utf-8-sig")))
    assert ["account", BANK, "Bank (giro)", "", "740000000.00", "234900000.00", "0.00"] in [
        row[:-1] for row in rows
    ]
    assert kinds["pdf"].content.startswith(b"%PDF")


def who_has_no_role_in_a_company_learns_nothing_of_it(group: Group) -> None:
    """The answer is that of a company which does not exist, in whatever order it is asked for."""
    group.joins(BUDI, "accountant", PARENT, ELIMINATIONS)
    group.joins(SITI, "warehouse", *ALL)
    for asked in ((PARENT, DAUGHTER), (DAUGHTER, PARENT), (*ALL, "nothing")):
        reply = group.ask(BUDI, "trial_balance", *asked)
        other = group.ask(BUDI, "trial_balance", *(c.replace(DAUGHTER, "ghost") for c in asked))
        assert (reply.status_code, reply.json()["code"]) == (403, "not_allowed")
        assert reply.text.replace(DAUGHTER, "ghost") == other.text
    allowed = group.ask(BUDI, "trial_balance", PARENT, ELIMINATIONS)
    assert (allowed.status_code, "Nusa" in allowed.text) == (200, False)
    assert group.ask(SITI, "trial_balance", *ALL).status_code == 403


def a_rate_that_is_wanting_is_told(group: Group) -> None:
    """The daughter has no rate of rupiah, so the statements cannot be in its dollars."""
    refused = group.ask(RINA, "balance_sheet", DAUGHTER, PARENT, ELIMINATIONS)
    assert refused.status_code == 400
    for company in ("PT Induk", "Eliminations"):
        assert f"{company} keeps its books in IDR" in refused.json()["detail"]


def closing_the_year_moves_profits_and_no_total(group: Group) -> None:
    """What the daughter earned stays at the mean of the year in which it was earned."""
    names = ("Total assets", "Total equity", "Translation difference of foreign companies")
    before = figures(group.year_end(), names)
    for company in ALL:
        group.types(company, {"ledger.years": [{"year": "2026", "status": "Closed"}]})
    after = group.year_end()
    assert figures(after, names) == before
    earned = (21_200_000, 2_500 * 15_600, 0, 60_200_000)
    assert figures(after, [RETAINED]) == {RETAINED: earned}


def test_what_is_not_a_report_of_several_companies_is_refused(group: Group) -> None:
    for name, companies, more, sentence in (
        ("vat_return", ALL, {}, "vat_return is of one company"),
        ("trial_balance", (PARENT,), {}, "two companies or more"),
        ("trial_balance", (PARENT, PARENT), {}, "named twice"),
        ("balance_sheet", ALL, {"compare": "previous_year"}, "without compare"),
        ("trial_balance", ALL, {"format": "xml"}, "is no xml"),
    ):
        reply = group.ask(RINA, name, *companies, **more)
        assert reply.status_code == 400
        assert sentence in reply.json()["detail"]
    assert group.ask(RINA, "nothing", *ALL).status_code == 404
