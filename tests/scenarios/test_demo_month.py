"""The month of PT Lajur Contoh, played as `make demo` does, against totals of our own."""

from __future__ import annotations

import contextlib
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from addin.cli import app as lajur
from docs.examples.contoh.closing import LATE_ENTRY, MONTH_END, NEXT_MONTH, PAY_ENTRY, PAYSLIP_OF
from docs.examples.contoh.keyboard import Seen, look
from docs.examples.contoh.masters import STATUSES
from docs.examples.contoh.month import CHART, NIK_AS_NUMBER, right, whole_month
from docs.examples.contoh.office import OWNER_OF, Office
from docs.examples.contoh.pay import RUN
from docs.examples.contoh.rows import PERIOD, START, Sheets
from docs.examples.contoh.stage import Stage
from docs.examples.contoh.stock import FOUND_LATE
from docs.examples.contoh.story import play
from docs.examples.contoh.weeks import AT_HOME, AT_THE_OFFICE, balances
from docs.examples.month_end import month_end
from sync_server.cli import app as lajur_server
from tests.google.conftest import Emulator
from tests.google_emulator.server import running
from tests.google_emulator.world import World
from tests.google_worker.accounts import account_file
from tests.scenarios.month_totals import NONE, Row, documents, half_up, stock, sums

pytestmark = pytest.mark.xdist_group("demo_month")
APPS = {"lajur": lajur, "lajur-server": lajur_server}
AT_MONTH_END = (
    *("trial_balance", "balance_sheet", "aged_receivables", "aged_payables"),
    *("stock_valuation", "stock_on_hand", "books_agree"),
)
OF_THE_MONTH = (
    *("income_statement", "cash_flow_direct", "cash_flow_indirect", "changes_in_equity"),
    *("worksheet", "income_by_cost_centre"),
    *("pay_register", "bpjs_totals", "pph21_list"),
)
CONTRIBUTIONS = ("Iuran karyawan", "Iuran pemberi kerja")
# What depends on the company's language.
NAMES = {"name", "section", "unit", "warehouse_name", "check", "one", "other", "look"}


@dataclass(frozen=True)
class Month:
    """The played month: what was typed, what was seen, and the reports of the central copy."""

    rows: Sheets
    office: Office
    seen: Mapping[str, list[Seen]]
    reports: Mapping[str, list[Row]]

    @property
    def balances(self) -> dict[str, Decimal]:
        """Account -> debit less credit."""
        return {row["account"]: Decimal(row["balance"]) for row in self.reports["trial_balance"]}

    def slips(self) -> list[Mapping[str, Any]]:
        """The payslip rows in Rina's workbook."""
        return [seen.cells for seen in look(self.office.file("payroll"), "payroll.payslips")]

    def typed(self, table: str, **where: str) -> list[Any]:
        """Typed rows in which all of `where` stands."""
        return [r for r in self.rows[table] if all(r.get(k) == v for k, v in where.items())]


def silent(language: str) -> Stage:
    return Stage(language, Console(file=io.StringIO(), width=110))


def told(office: Office, seen: Mapping[str, list[Seen]]) -> Month:
    asked = {name: office.report(name, as_of=MONTH_END) for name in AT_MONTH_END}
    asked |= {name: office.report(name, period=PERIOD) for name in OF_THE_MONTH}
    return Month(whole_month(), office, seen, asked)


def run_here(words: Sequence[str], env: Mapping[str, str], folder: Path) -> tuple[int, str]:
    """A command in this process: the same code without the start of an interpreter."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(APPS[words[0]], list(words[1:]), env=dict(env))
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """The demo as it is: a server process and console commands over SQLite, in Indonesian."""
    folder = tmp_path_factory.mktemp("demo") / "out"
    with month_end(folder, silent("id")) as (office, seen):
        yield told(office, seen)


def test_the_month_is_as_large_as_was_asked_for(month: Month) -> None:
    documents_of = {
        table: len({row[key] for row in month.rows[table]})
        for table, key in {
            "ledger.sales_invoices": "invoice",
            "ledger.purchase_bills": "bill",
            "ledger.payments": "payment",
            "ledger.journal": "entry",
            "inventory.items": "code",
            "inventory.warehouses": "code",
            "inventory.counts": "count",
            "payroll.pay_runs": "run",
        }.items()
    }
    assert list(documents_of.values()) == [150, 80, 120, 30, 60, 2, 1, 1]
    people = Counter(row["ptkp"] for row in month.rows["hr.employees"])
    assert sum(people.values()) >= 40
    assert set(people) == set(STATUSES)


def test_revenue_and_output_vat_are_those_of_the_invoices(month: Month) -> None:
    sold = documents(month.rows["ledger.sales_invoices"], "invoice", "customer")
    (revenue,) = sold.net.values()
    assert month.balances[CHART["sales"]] == -revenue
    assert month.balances["21450"] == -sold.tax
    (line,) = [r for r in month.reports["income_statement"] if r.get("account") == CHART["sales"]]
    assert Decimal(line["amount"]) == revenue


def test_receivables_per_customer_are_what_they_owe(month: Month) -> None:
    sold = documents(month.rows["ledger.sales_invoices"], "invoice", "customer")
    paid = sums(month.typed("ledger.payments", direction="in"), "party", "applied")
    before = sums(month.typed("ledger.journal", account=CHART["receivable"]), "party", "debit")
    expected = {
        party: sold.owed.get(party, NONE) + before.get(party, NONE) - paid.get(party, NONE)
        for party in {*sold.owed, *before}
    }
    reported = aged(month.reports["aged_receivables"])
    assert reported == {party: owed for party, owed in expected.items() if owed}
    assert month.balances[CHART["receivable"]] == sum(expected.values())


def test_payables_per_supplier_are_what_is_owed_to_them(month: Month) -> None:
    bought = documents(month.rows["ledger.purchase_bills"], "bill", "supplier")
    paid = sums(month.typed("ledger.payments", direction="out"), "party", "applied")
    before = sums(month.typed("ledger.journal", account=CHART["payable"]), "party", "credit")
    expected = {
        party: bought.owed.get(party, NONE) + before.get(party, NONE) - paid.get(party, NONE)
        for party in {*bought.owed, *before}
    }
    reported = aged(month.reports["aged_payables"])
    assert reported == {party: owed for party, owed in expected.items() if owed}
    assert month.balances[CHART["payable"]] == -sum(expected.values())
    assert month.balances["11810"] == bought.tax


def test_the_bank_has_what_came_in_less_what_went_out(month: Month) -> None:
    journal = month.typed("ledger.journal", account=CHART["bank"])
    typed = sum(row.get("debit", NONE) - row.get("credit", NONE) for row in journal)
    came = sum(row["amount"] for row in month.typed("ledger.payments", direction="in"))
    went = sum(row["amount"] for row in month.typed("ledger.payments", direction="out"))
    salaries = sum(Decimal(row["net"]) for row in month.reports["pay_register"])
    assert month.balances[CHART["bank"]] == typed + came - went - salaries


def test_the_stock_is_worth_what_an_own_loop_over_its_layers_says(month: Month) -> None:
    own = stock(*(month.rows[f"inventory.{sheet}"] for sheet in ("items", "moves", "counts")))
    qty, value = defaultdict(Decimal), defaultdict(Decimal)
    for row in month.reports["stock_valuation"]:
        qty[row["item"], row["warehouse"]] += Decimal(row["qty"])
        value[row["item"], row["warehouse"]] += Decimal(row["value"])
    assert dict(qty) == {place: shelf.qty for place, shelf in own.shelves.items()}
    assert dict(value) == {place: shelf.value for place, shelf in own.shelves.items()}
    assert month.balances[CHART["inventory"]] == own.value
    assert month.balances[CHART["cost_of_goods"]] == own.cost_of_goods
    assert month.balances[CHART["stock_adjustment"]] == own.differences


def test_all_goods_received_are_billed_and_the_opening_account_is_empty(month: Month) -> None:
    assert month.balances[CHART["goods_received"]] == 0
    assert month.balances[CHART["opening_stock"]] == 0


def test_the_payroll_entry_is_the_sum_of_the_payslips(month: Month) -> None:
    slips = month.slips()
    assert len({slip["employee"] for slip in slips}) == len(month.rows["hr.employees"])
    paid: dict[str, Decimal] = defaultdict(Decimal)
    for slip in slips:
        paid[slip["component"]] += Decimal(str(slip["amount"]))
    salaries = paid["GAJI"] + paid["TUNJ_JABATAN"] + paid["TRANSPOR"] - paid["MANGKIR"]
    contributions = [s["amount"] for s in slips if s["kind"] in CONTRIBUTIONS]
    held, remitted = month.balances, sum(Decimal(str(amount)) for amount in contributions)
    assert held["61100"] == salaries
    assert held["61120"] == paid["LEMBUR"]
    assert held["21410"] == -paid["PPH21"]
    assert held["21510"] + held["21520"] == -remitted
    assert held["11400"] == Decimal(30_000_000) - paid["PINJAMAN"]
    assert held[CHART["salaries_payable"]] == 0
    agreed = sums(month.rows["payroll.employee_pay"], "component", "amount")
    inputs = sums(month.rows["payroll.pay_inputs"], "component", "amount")
    assert {key: paid[key] for key in (*agreed, *inputs)} == {**agreed, **inputs}


def test_the_trial_balance_is_zero_and_the_balance_sheet_balances(month: Month) -> None:
    assert sum(month.balances.values()) == 0
    sheet = {r["name"]: Decimal(r["amount"]) for r in month.reports["balance_sheet"] if r["adds"]}
    liabilities, equity = sheet["Jumlah liabilitas"], sheet["Jumlah ekuitas"]
    assert sheet["Jumlah aset"] == sheet["Jumlah liabilitas dan ekuitas"] == liabilities + equity
    result = Decimal(month.reports["income_statement"][-1]["amount"])
    earned = next(r for r in month.reports["balance_sheet"] if r.get("account") == "33000")
    assert Decimal(earned["amount"]) == result
    expected = -sum(balance for account, balance in month.balances.items() if account >= "4")
    assert result == expected


def test_the_books_agree_in_every_way(month: Month) -> None:
    rows = month.reports["books_agree"]
    assert [(row["number"], row["difference"]) for row in rows] == [
        (str(n), "0.00") for n in range(1, len(rows) + 1)
    ]
    assert all(Decimal(row["amount"]) for row in rows[:4])


def test_the_statements_of_the_month_tie_to_each_other(month: Month) -> None:
    result = month.reports["income_statement"][-1]["amount"]
    for name in ("cash_flow_direct", "cash_flow_indirect"):
        ends = {row["name"]: Decimal(row["amount"]) for row in month.reports[name] if row["amount"]}
        cash = sum(month.balances.get(code, NONE) for code in ("11100", "11110", "11200", "11250"))
        assert ends["Kas dan setara kas akhir periode"] == cash
    assert month.reports["cash_flow_indirect"][0]["amount"] == result
    assert month.reports["income_by_cost_centre"][-1]["result"] == result
    equity = {row["name"]: row for row in month.reports["changes_in_equity"]}
    sheet = {row["name"]: row["amount"] for row in month.reports["balance_sheet"]}
    assert equity["Jumlah ekuitas"]["closing"] == sheet["Jumlah ekuitas"]
    ends = month.reports["worksheet"][-1]
    for part in ("trial", "adjustments", "adjusted", "income", "position"):
        assert ends[f"{part}_debit"] == ends[f"{part}_credit"]


def test_what_was_mistyped_was_refused_at_its_cell_and_mended(month: Month) -> None:
    before, after = month.seen["type_lists"]
    assert before.status.startswith("✗ Nomor ini tersimpan sebagai angka")
    assert after.status.startswith("✓")
    assert after.cells["nik"] == right(month.rows, NIK_AS_NUMBER)
    refused = " ".join(row.status for row in month.seen["work_online"])
    assert "selisih 185.000,00" in refused
    assert "Akun 61490 tidak ada. Maksud Anda 61400?" in refused
    assert month.seen["come_back"][0].status.startswith("✗ Stok B032")


def test_a_cell_edited_in_two_copies_was_decided_by_a_person(month: Month) -> None:
    mine, line, later = month.seen["edit_two_copies"]
    assert mine.cells["name"] == AT_HOME
    assert mine.status.startswith("!")
    assert (line.cells["mine"], line.cells["theirs"]) == (AT_HOME, AT_THE_OFFICE)
    assert later.cells["name"] == AT_HOME


def test_an_entry_into_the_closed_month_was_refused_until_it_was_dated_later(month: Month) -> None:
    assert "sudah ditutup" in month.seen["close_the_month"][0].status
    landed = look(month.office.file("ledger"), "ledger.journal", entry=LATE_ENTRY)
    assert [str(row.cells["date"])[:10] for row in landed] == [NEXT_MONTH] * 2
    assert all(row.status.startswith("✓") for row in landed)


def test_rows_of_a_refused_document_are_counted_once(month: Month) -> None:
    said = [h.text for h in month.office.heard if h.status == 1 and "SJ-050" in h.text]
    may = [row for row in month.rows["inventory.moves"] if row["date"] > START]
    late = month.typed("inventory.moves", move=FOUND_LATE)
    assert f"Mutasi Stok: {len(may) - len(late)} baris baru" in said[0]


def test_every_row_of_every_workbook_has_landed(month: Month) -> None:
    for table, typed in month.rows.items():
        seen = look(month.office.file(table.partition(".")[0]), table)
        assert len(seen) >= len(typed), table
        assert [row.number for row in seen if not row.status.startswith("✓")] == [], table


def test_payslips_came_back_and_their_entry_reached_the_ledger(month: Month) -> None:
    slip = {row.cells["component"]: row.cells["amount"] for row in month.seen["run_payroll"]}
    register = {row["employee"]: row for row in month.reports["pay_register"]}
    assert Decimal(str(slip["NET"])) == Decimal(register[PAYSLIP_OF]["net"])
    (owed,) = month.seen["pay_salaries"]
    assert owed.status.endswith(RUN)
    paid = look(month.office.file("ledger"), "ledger.journal", entry=PAY_ENTRY)
    assert paid[0].cells["debit"] == owed.cells["credit"]


def test_contributions_and_tax_lists_add_up_to_their_accounts(month: Month) -> None:
    remitted = sum(Decimal(row["total"]) for row in month.reports["bpjs_totals"])
    assert month.balances["21510"] + month.balances["21520"] == -remitted
    withheld = sum(Decimal(row["tax"]) for row in month.reports["pph21_list"])
    assert month.balances["21410"] == -half_up(withheld, Decimal(1))


def test_the_statements_are_there_as_workbooks(month: Month) -> None:
    files = {file.stem for file in (month.office.folder / "reports").glob("*.xlsx")}
    assert {"trial_balance", "income_statement", "balance_sheet", "aged_receivables"} <= files
    assert set(OWNER_OF) == {"ledger", "inventory", "hr", "payroll"}


@pytest.mark.postgresql
def test_the_same_month_on_postgresql_gives_the_same_statements(
    month: Month, postgresql_url: str, tmp_path: Path
) -> None:
    office = Office(tmp_path, postgresql_url, silent("en"), run_here)
    with office.serving():
        other = told(office, play(office))
        assert balances(office).keys() == month.balances.keys()
    for name, rows in month.reports.items():
        assert plain(other.reports[name]) == plain(rows), name


def test_the_same_month_with_the_warehouse_in_google_sheets_gives_the_same_statements(
    month: Month, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(World(auth=False)) as url:
        google = Emulator(url)
        monkeypatch.setenv("LAJUR_GOOGLE_ACCOUNT", str(account_file(url, tmp_path)))
        monkeypatch.setenv("LAJUR_GOOGLE_API", url)
        database = f"sqlite:///{tmp_path / 'central.sqlite3'}"
        online = f"google:{google.shared('Persediaan')}"
        office = Office(tmp_path, database, silent("id"), run_here, online)
        with office.serving():
            other = told(office, play(office))
        seen = look(office.file("inventory"), "inventory.moves")
    assert not (tmp_path / "wayan" / "persediaan.xlsx").exists()
    assert len(seen) == len(month.rows["inventory.moves"])
    assert all(row.status.startswith("✓") for row in seen)
    for name, rows in month.reports.items():
        assert other.reports[name] == rows, name


def aged(rows: Sequence[Row]) -> dict[str, Decimal]:
    """What each party owes, by an aged report."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row["party"]] += Decimal(row["open"])
    return dict(found)


def plain(rows: Sequence[Row]) -> list[Row]:
    """Rows without what depends on the company's language."""
    return [{key: text for key, text in row.items() if key not in NAMES} for row in rows]
