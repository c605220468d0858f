"""The worked cases that stand in no story of their own, all in one ledger: typed into a workbook
file, synced with a real server, read from the reports and the journal.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sync_server.api.deps import Served
from sync_server.companies import add_person
from tests.scenarios.front_desk import DONE, JOURNAL, Desk
from tests.scenarios.office import put, seen, type_rows
from tests.scenarios.worked_rows import (
    BANK_LINES,
    BANKS,
    CASES,
    COGS,
    INVOICES,
    MAPPINGS,
    NAMES_IN_THE_CHAIN,
    NUMBERS,
    PARTIES,
    RECEIVABLE,
    SALES,
    SPENT,
    TEXTS,
    UNKNOWN,
    VAT_OUT,
    WRITE_OFF,
    YEARS_OF_TURNOVER,
    Row,
    documents,
    invoice,
    key,
    masters,
    month_of,
)

# --- the ledger ---------------------------------------------------------------------------------


def reported(desk: Desk, name: str, **asked: str) -> list[Row]:
    """The rows of a report."""
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{name}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    rows: list[Row] = httpx2.get(url, params=asked, headers=signed, timeout=60).json()["rows"]
    return rows


class Ledger:
    """A workbook with all cases, and what the server says of them."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.file = desk, desk.new()
        desk.sync(self.file)
        desk.lay(self.file, masters())
        desk.lay(self.file, documents())

    def report(self, name: str, **asked: str) -> list[Row]:
        return reported(self.desk, name, **asked)

    def opened(self, day: str) -> dict[tuple[str, str], Decimal]:
        """What is open, by document and due date."""
        rows = self.report("aged_receivables", as_of=day)
        return {(row["document"], row["due"]): Decimal(row["open"]) for row in rows}

    def open_of(self, document: str, day: str) -> Decimal:
        opened = self.opened(day).items()
        return sum((left for (number, _), left in opened if number == document), Decimal(0))

    def balance(self, **cells: str) -> Decimal:
        """Debit less credit of the journal lines that have these cells."""
        rows = [r for r in self.desk.kept(JOURNAL) if cells.items() <= r.items()]
        sides = (Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows)
        return sum(sides, Decimal(0))

    def foreign(self, **cells: str) -> Decimal:
        """What such lines come to in the currency of their document."""
        rows = (r for r in self.desk.kept(JOURNAL) if cells.items() <= r.items())
        return sum((Decimal(r["foreign_amount"]) for r in rows), Decimal(0))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory, server: tuple[Served, str]) -> Ledger:
    """All cases in one ledger."""
    return Ledger(Desk(tmp_path_factory.mktemp("cases"), *server, "en"))


# --- payments -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ledger-payments-007", "ledger-payments-008"])
def test_an_overpayment_is_written_off_or_kept(ledger: Ledger, name: str) -> None:
    for expected in CASES[name]["expect"]:
        if expected["what"] == "document":
            number = key(name, expected["event"])
            assert ledger.open_of(number, "2025-12-31") == expected["outstanding"]
        elif "party" in expected:
            found = ledger.balance(account=RECEIVABLE, party=key(name))
            assert found == expected["amount"]
        else:
            assert ledger.balance(account=WRITE_OFF) == expected["amount"]


def test_an_invoice_is_due_in_four_parts(ledger: Ledger) -> None:
    (expected,) = CASES["ledger-payments-013"]["expect"]
    entry = f"SI:{key('ledger-payments-013', 1)}"
    rows = [r for r in seen(ledger.file, JOURNAL) if r["entry"] == entry and r["due"]]
    found = [[row["due"].isoformat()[:10], Decimal(str(row["debit"]))] for row in rows]
    assert found == expected["rows"]


def test_instalments_are_settled_as_they_fall_due(ledger: Ledger) -> None:
    name = "ledger-payments-015"
    events = {event["n"]: event for event in CASES[name]["events"]}
    whole = dict(events[1]["terms"])
    for expected in CASES[name]["expect"]:
        opened = ledger.opened(events[expected["after"]]["date"])
        found = [
            [whole[due], whole[due] - left, left]
            for (number, due), left in opened.items()
            if number == key(name, expected["event"])
        ]
        assert found == expected["rows"]


def test_later_payments_leave_it_open_until_then(ledger: Ledger) -> None:
    name = "ledger-payments-019"
    for expected in CASES[name]["expect"]:
        number = key(name, expected["event"])
        still = ledger.open_of(number, expected["at"]) - ledger.open_of(number, "2025-12-31")
        assert still == expected["amount"]


# --- budgets and bank statements ----------------------------------------------------------------


def test_a_year_is_spread_over_its_months(ledger: Ledger) -> None:
    (expected,) = CASES["ledger-statements-010"]["expect"]
    months = []
    for month in range(1, 13):
        rows = ledger.report("budget_against_actual", period=f"2024-{month:02}")
        months += [Decimal(row["budget"]) for row in rows if row["account"] == COGS]
    assert months == expected["months"]


def test_the_percentages_of_food_and_leisure_come_out(ledger: Ledger) -> None:
    for expected in CASES["ledger-statements-012"]["expect"]:
        rows = ledger.report("budget_against_actual", period=month_of(expected["date"]))
        account = SPENT.get(expected["line"])
        column, text = ("account", account) if account else ("name", "Total expenses")
        (row,) = (row for row in rows if row[column] == text)
        assert Decimal(row["actual"]) == expected["actual"]
        assert round(Decimal(row["percent"])) == expected["percent"]


def test_who_may_not_goes_no_rupiah_beyond_the_budget(ledger: Ledger) -> None:
    desk, case = ledger.desk, CASES["ledger-statements-011"]
    _, first, again = case["events"]
    assert first["lines"] == again["lines"]
    accounts = {"cogs": COGS, "bank": "11200"}
    rows = [
        {**line, "account": accounts[line["account"]], "entry": key(case["id"], 2),
         "date": first["date"]}
        for line in first["lines"]
    ]  # fmt: skip
    type_rows(ledger.file, JOURNAL, rows)
    people = [add_person(desk.served, f"{role} of {desk.company}", role, desk.company)
              for role in ("accountant", "controller")]  # fmt: skip
    refused, taken = (desk.sync(ledger.file, token=token) for token in people)
    assert {p["code"] for p in refused.problems} == {"budget_exceeded"}
    assert taken.status == DONE, taken.reply


def test_a_statement_is_imported_with_its_rule(english_desk: Desk) -> None:
    desk, case, file = english_desk, CASES["ledger-statements-013"], english_desk.new()
    desk.sync(file)
    desk.lay(file, {"ledger.periods": [{"period": "2009-09", "status": "open"}]})
    ours = {"income:unknown": UNKNOWN, "acct": SALES}
    for event, expected, bank in zip(case["events"], case["expect"], BANKS, strict=True):
        form = event["date_format"].replace("%d", "dd").replace("%m", "mm").replace("%Y", "yyyy")
        columns = {f"{name}_heading": f"#{n}" for n, name in enumerate(event["columns"], 1)}
        rules = [{"text": rule["if"], "account": ours[rule["account"]]}
                 for rule in event.get("rules", [{"if": "*", "account": "income:unknown"}])
                 ]  # fmt: skip
        mapping = {"bank": bank, "account": bank, "date_format": form, **columns}
        desk.lay(file, {MAPPINGS: [mapping], TEXTS: rules})
        text = desk.folder / f"{bank}.csv"
        text.write_text(event["text"], encoding="utf-8")
        said = desk.run("bank-import", str(text), str(file), "--bank", bank, "--json")
        assert said.reply["new"] == 1
        line = seen(file, BANK_LINES)[-1]
        assert line["date"].isoformat()[:10] == expected["date"]
        put(file, BANK_LINES, line["row"], accept="true")
        said = desk.sync(file)
        assert said.status == DONE, said.reply
        booked = booked_by(desk, line["line"])
        named = {event["bank"]: bank, **ours}
        assert booked == {named[account]: amount for account, amount in expected["lines"]}


def booked_by(desk: Desk, line: str) -> dict[str, Decimal]:
    """What the entry of a bank line does to each account."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in desk.kept(JOURNAL):
        if row["entry"] == f"BL:{line}":
            sums[row["account"]] += Decimal(row.get("debit", 0)) - Decimal(row.get("credit", 0))
    return dict(sums)


# --- taxes and depreciation ---------------------------------------------------------------------


def test_a_chain_of_taxes_comes_to_its_figures(ledger: Ledger) -> None:
    (event,), (expected,) = (CASES["ledger-tax-002"][part] for part in ("events", "expect"))
    rate = event["rate"]
    taxes = defaultdict(Decimal, shipping=Decimal(expected["taxes"]["shipping"]))
    for row in ledger.report("vat_return", period="2025-05"):
        if row["code"]:
            taxes[NAMES_IN_THE_CHAIN[row["code"]]] += Decimal(row["tax"]) / rate
    assert taxes == expected["taxes"]
    entry = f"SI:{key('ledger-tax-002', 1)}"
    assert ledger.balance(entry=entry, account=RECEIVABLE) == expected["base_total"]
    goods, shipping = (amount * rate for amount in (expected["net"], taxes["shipping"]))
    assert -ledger.balance(entry=entry, account=SALES) == goods + shipping
    assert ledger.foreign(entry=entry, account=RECEIVABLE) == expected["total"]


def test_tax_is_of_the_other_base_in_full_rupiah(ledger: Ledger) -> None:
    expected = CASES["vat-103"]["expected"]
    for n, tax in enumerate(expected["VAT_full_rupiah"], 1):
        entry = f"SI:{key('vat-103', n)}"
        assert -ledger.balance(entry=entry, account=VAT_OUT) == tax
    (row,) = (r for r in ledger.report("vat_return", period="2025-06") if r["code"] == "PPN-K")
    assert Decimal(row["tax"]) == sum(expected["VAT_full_rupiah"])


@pytest.mark.parametrize("name", YEARS_OF_TURNOVER)
def test_the_final_tax_on_turnover_comes_out(ledger: Ledger, name: str) -> None:
    year, expected = YEARS_OF_TURNOVER[name], CASES[name]["expected"]
    rows = ledger.report("turnover_tax", period=str(year))
    tax = {row["month"]: Decimal(row["tax"] or 0) for row in rows if row["month"]}
    if "tax_month_10" in expected:
        assert tax[f"{year}-10"] == expected["tax_month_10"]
    elif "tax_year" in expected:
        assert sum(tax.values()) == expected["tax_year"]
    else:
        assert sum(tax[f"{year}-{month:02}"] for month in range(1, 8)) == expected["tax_to_july"]
        assert Decimal(rows[6]["so_far"]) == expected["cumulative"]


def test_the_fiscal_depreciation_is_the_published_one(ledger: Ledger) -> None:
    by_year: dict[str, list[list[Any]]] = defaultdict(list)
    for year in range(2009, 2034):
        for row in ledger.report("fiscal_depreciation", period=str(year)):
            figures = [Decimal(row[column] or 0) for column in ("fiscal", "fiscal_book_value")]
            by_year[row["asset"]].append([year, *figures])
    for name in ("acc-dep-002", "acc-dep-102"):
        wanted = CASES[name]["expected"]["schedule"]
        assert by_year[name][: len(wanted)] == wanted
    spent = [amount for _, amount, _ in by_year["acc-dep-001"] if amount]
    assert spent == [CASES["acc-dep-001"]["expected"]["per_year"]] * 20


# --- the Indonesian notation --------------------------------------------------------------------


def test_amounts_are_read_and_written_the_indonesian_way(
    tmp_path: Path, server: tuple[Served, str]
) -> None:
    desk = Desk(tmp_path, *server, "id")
    file = desk.new()
    desk.sync(file)
    level = {"level": 1, "days": 1, "text_id": "{amount}", "text_en": "{amount}"}
    customers = [{"code": key(name), "name": name, "kind": "customer"} for name in NUMBERS]
    typed = {key(name): CASES[name]["expected"]["text"] for name in NUMBERS}
    sold = [invoice(n, "2026-05-01", text, customer=n) for n, text in typed.items()]
    desk.lay(file, {"ledger.dunning_levels": [level], PARTIES: customers, INVOICES: sold})
    kept = {row["invoice"]: Decimal(row["unit_price"]) for row in desk.kept(INVOICES)}
    back = {key(name): Decimal(CASES[name]["expected"]["back"]) for name in NUMBERS}
    assert kept == back
    letters = reported(desk, "dunning", as_of="2026-12-31")
    written = {row["party"]: row["name"] for row in letters if row["level"] == "text"}
    assert written == typed
