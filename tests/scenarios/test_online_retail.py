"""A real wholesaler's month through the workbooks, against what pandas computes from the file.

The expected figures are computed here from the raw file alone, in whole pennies, with nothing of
the importer: an invoiced line is one with a price, goods are what is no service, goods without a
price leave the stock, and opening stock is all that leaves it.
"""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.conftest import IN_CI, ROOT, SHARED

RAW = SHARED / "data" / "online-retail" / "2010-12.csv.xz"
IMPORTER = ROOT / "docs" / "examples" / "online_retail.py"
LAST_DAY = "2010-12-31"
SERVICES = {
    "4200": {"POST", "DOT", "C2"},
    "4310": {"gift_0001_40", "gift_0001_50"},
    "4320": {"M", "m"},
    "4330": {"D"},
    "4340": {"S"},
    "4350": {"AMAZONFEE"},
    "4360": {"BANK CHARGES"},
}
GOODS = "4000"
ACCOUNT_OF = {code: account for account, codes in SERVICES.items() for code in codes}
HEADINGS = ["InvoiceNo", "StockCode", "Description", "Quantity"]
HEADINGS += ["InvoiceDate", "UnitPrice", "CustomerID"]


@pytest.mark.timeout(900)
def test_a_wholesalers_month_is_in_the_central_copy_to_the_penny(tmp_path: Path) -> None:
    lines = _raw_lines()
    told = _import(RAW, tmp_path)
    assert told["lines_read"] == told["lines_taken"] == len(lines)
    assert told["refused"] == told["stock_refused"] == {}
    assert told["invoices"] == 1559
    assert told["credit_notes"] == lines[lines.credit].InvoiceNo.nunique() == 326
    assert _pennies(told["revenue"]) == _pennies(told["receivable"]) == lines.pennies.sum()
    assert _revenue(tmp_path) == lines.pennies.sum()
    assert _revenue_by_account(tmp_path) == _not_zero(lines.groupby("account").pennies.sum())
    assert _receivables(tmp_path) == _not_zero(lines.groupby("customer").pennies.sum())
    for day in ("2010-12-01", "2010-12-10", LAST_DAY):
        assert _on_hand(tmp_path, day) == _stock(lines, day)
    assert _verified(tmp_path)


def test_a_line_that_is_not_taken_is_listed_with_its_reason(tmp_path: Path) -> None:
    told = _import(_file(tmp_path, ROUGH_LINES), tmp_path, status=1)
    assert told["refused"] == {
        "quantity_unreadable": 1,
        "price_unreadable": 1,
        "date_unreadable": 1,
        "no_invoice_number": 1,
        "no_stock_code": 1,
        "neither_goods_nor_money": 2,
        "too_many_decimals": 2,
    }
    assert told["lines_read"] == len(ROUGH_LINES)
    assert told["lines_taken"] + sum(told["refused"].values()) == len(ROUGH_LINES)
    assert told["revenue"] == told["receivable"] == "43.00"
    assert told["refused_amount"] == "26.00"


def test_one_number_can_hold_goods_sold_returned_and_given(tmp_path: Path) -> None:
    told = _import(_file(tmp_path, MIXED_LINES), tmp_path)
    assert (told["invoices"], told["credit_notes"], told["stock_moves"]) == (2, 3, 4)
    assert told["receivable"] == "7.00"
    on_hand = {"A1": Decimal(2), "B1": Decimal(1)}
    assert _on_hand(tmp_path, LAST_DAY) == on_hand


def test_a_file_of_another_layout_is_refused_whole(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    done = _run(sys.executable, str(IMPORTER), str(other), "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "no column CustomerID" in done.stderr


DAY = "2010-12-06 09:00"
ROUGH_LINES = [
    ("1", "A1", "BOX", "2", DAY, "10.00", "77"),
    ("1", "A2", "TIN", "1", DAY, "3.0", "77"),
    ("1", "A1", "BOX", "two", DAY, "10.00", "77"),
    ("1", "A1", "BOX", "2", DAY, "", "77"),
    ("1", "A1", "BOX", "1", "6 December", "10.00", "77"),
    ("", "A1", "BOX", "1", DAY, "4.00", "77"),
    ("1", "", "BOX", "1", DAY, "2.00", "77"),
    ("2", "POST", "POSTAGE", "1", DAY, "0.0", "77"),
    ("2", "A1", "BOX", "0", DAY, "5.00", "77"),
    ("3", "A1", "BOX", "1", DAY, "9.9999999", ""),
    ("3", "A2", "TIN", "0.00000001", DAY, "0.0", ""),
    ("4", "A1", "BOX", "2", DAY, "10.00", ""),
]
MIXED_LINES = [
    ("1", "A1", "BOX", "3", DAY, "2.00", "77"),
    ("1", "A1", "BOX", "-1", DAY, "2.00", "77"),
    ("1", "B1", "TIN", "5", DAY, "0.0", "77"),
    ("2", "B", "Adjust bad debt", "1", DAY, "-4.00", ""),
    ("C3", "M", "Manual", "1", DAY, "9.00", "77"),
    ("C3", "A1", "BOX", "-1", DAY, "1.00", "77"),
    ("C3", "B1", "TIN", "-1", DAY, "1.00", "77"),
]


def _raw_lines() -> pd.DataFrame:
    """The file as published, with amounts in pennies and where each line belongs."""
    if not RAW.is_file():
        absent = "the wholesaler's lines (../shared) are not beside this checkout"
        pytest.fail(absent) if IN_CI else pytest.skip(absent)
    lines = pd.read_csv(RAW, dtype={"CustomerID": "string", "InvoiceNo": "string"})
    lines["pennies"] = (lines.UnitPrice * 100).round().astype(int) * lines.Quantity
    lines["customer"] = lines.CustomerID.fillna("CASH")
    lines["credit"] = lines.InvoiceNo.str.startswith("C")
    lines["account"] = lines.StockCode.map(ACCOUNT_OF).fillna(GOODS)
    return lines


def _stock(lines: pd.DataFrame, day: str) -> dict[str, Decimal]:
    """The quantity of each item at the close of a day."""
    goods = lines[lines.account == GOODS]
    free = goods.UnitPrice == 0
    leaves = goods.Quantity.where(~free, goods.Quantity.abs())
    opening = leaves.where(leaves > 0, 0).groupby(goods.StockCode).sum()
    until = goods.InvoiceDate.str[:10] <= day
    left = opening.sub(leaves[until].groupby(goods.StockCode).sum(), fill_value=0)
    return {str(item): Decimal(int(qty)) for item, qty in left.items() if qty}


def _import(file: Path, folder: Path, status: int = 0) -> dict[str, Any]:
    done = _run(sys.executable, str(IMPORTER), str(file), "--out", str(folder), "--json")
    assert done.returncode == status, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _file(folder: Path, lines: Sequence[tuple[str, ...]]) -> Path:
    file = folder / "lines.csv"
    with file.open("w", newline="") as target:
        csv.writer(target).writerows([HEADINGS, *lines])
    return file


def _revenue(folder: Path) -> int:
    """The subtotal of the caption Revenue in the income statement."""
    rows = _report(folder, "income_statement", "--period", "2010-12")
    found = [r for r in rows if (r["section"], r["level"]) == ("Revenue", "subtotal")]
    return _pennies(found[0]["amount"])


def _revenue_by_account(folder: Path) -> dict[str, int]:
    wanted = {GOODS, *SERVICES}
    rows = _report(folder, "trial_balance", "--as-of", LAST_DAY)
    return {r["account"]: -_pennies(r["balance"]) for r in rows if r["account"] in wanted}


def _receivables(folder: Path) -> dict[str, int]:
    owed: Counter[str] = Counter()
    for row in _report(folder, "aged_receivables", "--as-of", LAST_DAY):
        owed[row["party"]] += _pennies(row["open"])
    return {customer: pennies for customer, pennies in owed.items() if pennies}


def _on_hand(folder: Path, day: str) -> dict[str, Decimal]:
    rows = _report(folder, "stock_on_hand", "--as-of", day)
    return {row["item"]: Decimal(row["qty"]) for row in rows}


def _report(folder: Path, name: str, *when: str) -> list[dict[str, Any]]:
    told = _server(folder, "report", name, "--company", "UK", *when)
    rows: list[dict[str, Any]] = told["rows"]
    return rows


def _verified(folder: Path) -> bool:
    return _server(folder, "verify")["ok"] is True


def _server(folder: Path, *words: str) -> dict[str, Any]:
    database = f"sqlite:///{folder / 'central.sqlite3'}"
    done = _run(sys.executable, "-m", "sync_server.cli", *words, "--database", database, "--json")
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def _pennies(text: str) -> int:
    return int(text.replace(".", ""))


def _not_zero(sums: "pd.Series[int]") -> dict[str, int]:
    return {str(key): int(amount) for key, amount in sums.items() if amount}
