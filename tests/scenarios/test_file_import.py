"""Lists of other programs come into a workbook: mapped once, all of a file or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl

from tests.scenarios.front_desk import (
    COULD_NOT,
    DONE,
    JOURNAL,
    NEEDS_A_PERSON,
    Desk,
    Said,
    assert_told_at_the_cell,
)
from tests.scenarios.office import entry, put, seen, type_rows, worksheet

ACCOUNTS, PARTIES, OPENING = "ledger.accounts", "ledger.parties", "ledger.opening_balances"
WORDS = {"customer": {"id": "Pelanggan", "en": "Customer"}}
HEAD = "No Akun;Nama Akun;Tipe Akun;Akun Induk;Catatan"
KINDS = (
    ("1-1", "Kas & Bank", "asset", "cash"),
    ("1-2", "Piutang Usaha", "asset", "current_asset"),
    ("2-1", "Hutang Usaha", "liability", "current_liability"),
    ("3-1", "Modal", "equity", "equity"),
    ("4-1", "Pendapatan", "income", ""),
    ("5-1", "Harga Pokok Penjualan", "expense", "cost_of_sales"),
    ("6-1", "Beban", "expense", ""),
    ("7-1", "Other Income", "income", "other_income"),
    ("8-1", "Other Expense", "expense", "other_expense"),
    ("9-1", "Fixed Asset", "asset", "fixed_asset"),
)


def chart() -> list[str]:
    """A parent and 29 children of each kind, as another program exports them."""
    lines = []
    for code, kind, _, _ in KINDS:
        lines.append(f"{code}000;{kind} induk;{kind};;")
        lines += [f"{code}{n:03};{kind} {n};{kind};{code}000;x" for n in range(1, 30)]
    return lines


def write(desk: Desk, lines: Sequence[str], name: str = "akun.csv") -> str:
    path = desk.folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def bring(desk: Desk, source: str, file: Path, *options: str, sheet: str = "accounts") -> Said:
    return desk.run("import", source, str(file), "--sheet", sheet, "--json", *options)


def row_of(file: Path, code: str) -> int:
    return next(int(row["row"]) for row in seen(file, ACCOUNTS) if row["code"] == code)


def codes(said: Said) -> list[str]:
    return [problem["code"] for problem in said.problems]


def bad(said: Said) -> list[tuple[int, str, str]]:
    return [(one["row"], one["heading"], one["code"]) for one in said.reply["bad"]]


def test_three_hundred_accounts_come_in_and_keep_their_order(desk: Desk) -> None:
    ledger = desk.new()
    desk.sync(ledger)
    laid = len(desk.kept(ACCOUNTS))
    source = write(desk, ["PT Contoh;;;;", "Daftar Akun;;;;", "", HEAD, *chart()])
    tried = bring(desk, source, ledger, "--dry-run")
    assert (tried.status, tried.reply["new"]) == (DONE, 300)
    assert len(seen(ledger, ACCOUNTS)) == laid
    shown = desk.run("import", source, str(ledger), "--sheet", "accounts", "--dry-run").text
    assert {"id": "Kolom “No Akun” → Kode", "en": "Column “No Akun” → Code"}[desk.language] in shown

    done = bring(desk, source, ledger)
    assert (done.reply["new"], done.reply["bad"]) == (300, [])
    said = desk.sync(ledger)
    assert (said.status, said.problems) == (DONE, [])
    kept = {row["code"]: row for row in desk.kept(ACCOUNTS)}
    assert len(kept) == laid + 300
    for code, _, type_, group in KINDS:
        child = kept[f"{code}007"]
        assert (child["type"], child.get("group", "")) == (type_, group)
        assert child["parent"] == f"{code}000"

    again = bring(desk, source, ledger)
    assert (again.reply["new"], again.reply["same"], again.reply["changed"]) == (0, 300, [])


def test_what_breaks_the_tree_or_the_books_is_refused(english_desk: Desk) -> None:
    desk = english_desk
    ledger = desk.new()
    desk.sync(ledger)
    bring(desk, write(desk, [HEAD, *chart()[:3], *chart()[90:92]]), ledger)
    used, other = entry("JV-1", 100, account="1-1001")
    type_rows(ledger, JOURNAL, [used, {**other, "account": "3-1001"}])
    assert desk.sync(ledger).status == DONE

    put(ledger, ACCOUNTS, row_of(ledger, "1-1000"), parent="1-1002")
    said = desk.sync(ledger)
    assert codes(said) == ["parent_cycle"]
    assert_told_at_the_cell(ledger, ACCOUNTS, said.problems[0], desk.language)
    put(ledger, ACCOUNTS, row_of(ledger, "1-1000"), parent=None)

    at = row_of(ledger, "1-1001")
    put(ledger, ACCOUNTS, at, type="Income", group=None)
    assert codes(desk.sync(ledger)) == ["type_of_used_account"]
    put(ledger, ACCOUNTS, at, type="Asset", closed="Yes")
    assert desk.sync(ledger).status == DONE
    assert next(r for r in desk.kept(ACCOUNTS) if r["code"] == "1-1001")["closed"] == "true"

    twice = type_rows(ledger, ACCOUNTS, [{"code": "1-1002", "name": "Again", "type": "Asset"}])
    assert "1-1002" in " ".join(p["message"] for p in desk.sync(ledger).problems)
    opened = openpyxl.load_workbook(ledger)
    worksheet(opened, "ledger", "accounts").delete_rows(twice)
    worksheet(opened, "ledger", "accounts").delete_rows(at)
    opened.save(ledger)
    assert codes(desk.sync(ledger)) == ["account_in_use"]
    assert {"1-1001", "1-1002"} <= desk.keys(ACCOUNTS)


def test_a_file_with_mistakes_says_all_of_them_and_brings_nothing(english_desk: Desk) -> None:
    desk = english_desk
    ledger = desk.new()
    desk.sync(ledger)
    before = seen(ledger, ACCOUNTS)
    wrong = write(desk, [HEAD, *(f"7{n};Akun {n};Entahlah;;" for n in range(30))])
    said = desk.run("import", wrong, str(ledger), "--sheet", "Accounts")
    assert said.status == COULD_NOT
    assert said.text.count("“Entahlah” is not a choice") == 20
    assert "row 2, column “Tipe Akun”" in said.text
    assert "and 10 more" in said.text
    doubled = write(desk, [HEAD, "71;A;Beban;;", "72;B;Beban;;", "71;C;Beban;;", ";Jumlah;;;"])
    assert bad(bring(desk, doubled, ledger)) == [(4, "", "twice_in_file")]
    circle = write(desk, [HEAD, "71;A;Beban;72;", "72;B;Beban;71;", "73;;Beban;;"])
    assert set(bad(bring(desk, circle, ledger))) == {
        (2, "Akun Induk", "parent_cycle"),
        (3, "Akun Induk", "parent_cycle"),
        (4, "Nama Akun", "required"),
    }
    assert seen(ledger, ACCOUNTS) == before


def test_columns_are_mapped_once(desk: Desk) -> None:
    ledger = desk.new()
    head = "Pelanggan;Nama lengkap;NPWP;Kota"
    first = write(desk, [head, "C1;Toko Maju;0012345678901234;Solo"], "a.csv")
    lacking = bring(desk, first, ledger, sheet="parties")
    assert lacking.error["code"] == "columns_missing"
    told = ("--map", "Pelanggan=code", "--set", f"kind={WORDS['customer'][desk.language]}")
    asked = bring(desk, first, ledger, *told, sheet="parties")
    assert (asked.status, asked.reply["doubtful"]) == (NEEDS_A_PERSON, True)
    assert seen(ledger, PARTIES) == []
    assert bring(desk, first, ledger, *told, "--yes", sheet="parties").reply["new"] == 1

    second = write(desk, [head, "C1;Toko Maju;;Solo", "C2;Toko Jaya;;Yogya"], "b.csv")
    again = bring(desk, second, ledger, sheet="parties")
    assert (again.status, again.reply["new"], again.reply["same"]) == (DONE, 1, 1)
    assert desk.sync(ledger).status == DONE
    assert [(p["code"], p["name"], p["kind"]) for p in desk.kept(PARTIES)] == [
        ("C1", "Toko Maju", "customer"),
        ("C2", "Toko Jaya", "customer"),
    ]


def test_rows_that_differ_are_shown_and_changed_only_when_asked(english_desk: Desk) -> None:
    desk = english_desk
    ledger = desk.new()
    desk.sync(ledger)
    source = write(desk, [HEAD, "11110;Kas besar;Kas & Bank;;", "99;Lain;Beban;;"])
    shown = desk.run("import", source, str(ledger), "--sheet", "accounts")
    assert "row 2, 11110: Name Petty cash → Kas besar" in shown.text
    assert "--update" in shown.text
    assert seen(ledger, ACCOUNTS)[-1]["code"] == "99"
    done = bring(desk, source, ledger, "--update")
    assert [(one["key"], one["row"]) for one in done.reply["changed"]] == [("11110", 2)]
    assert (done.reply["updated"], done.reply["new"]) == (True, 0)
    assert desk.sync(ledger).status == DONE
    kept = {row["code"]: row["name"] for row in desk.kept(ACCOUNTS)}
    assert (kept["11110"], kept["99"]) == ("Kas besar", "Lain")


def test_a_tree_is_read_from_spaces_or_from_codes(english_desk: Desk) -> None:
    desk = english_desk
    ledger = desk.new()
    head = "Kode Akun,Nama Akun,Tipe"
    tree = ["8-0000,Beban,Beban", "8-1000,   Beban kantor,Beban", "8-1100,      Sewa,Beban"]
    spaces = write(desk, [head, *tree, "8-2000,   Gaji,Beban"])
    assert bring(desk, spaces, ledger, "--dry-run").reply["parents"] == 3
    flat = write(desk, [head, *(line.replace("   ", "") for line in tree)])
    assert bring(desk, flat, ledger, "--dry-run").reply["parents"] == 0
    assert bring(desk, flat, ledger, "--parents", "codes").reply["parents"] == 2
    parents = {row["code"]: row["parent"] for row in seen(ledger, ACCOUNTS)}
    assert parents == {"8-0000": None, "8-1000": "8-0000", "8-1100": "8-1000"}


def test_a_workbook_of_another_program_brings_days_and_amounts(english_desk: Desk) -> None:
    desk = english_desk
    ledger = desk.new()
    desk.sync(ledger)
    made = openpyxl.Workbook()
    for row in (
        ["Saldo awal PT Contoh"],
        ["Tanggal", "Akun", "Debit", "Kredit", "Keterangan"],
        ["01/01/2026", "11110", "1.250.000,50", None, None],
        ["01/01/2026", 31000, None, 1250000.5, "modal"],
    ):
        made.worksheets[0].append(row)
    made.save(desk.folder / "awal.xlsx")
    told = ("--set", "list=NERACA", "--map", "Keterangan=description")
    source = str(desk.folder / "awal.xlsx")
    done = bring(desk, source, ledger, *told, sheet="Opening Balances")
    assert (bad(done), done.reply["new"]) == ([], 1)
    rows = seen(ledger, OPENING)
    assert [(str(r["date"])[:10], r["account"], r["debit"], r["credit"]) for r in rows] == [
        ("2026-01-01", "11110", 1250000.5, None),
        ("2026-01-01", "31000", None, 1250000.5),
    ]
    again = bring(desk, source, ledger, sheet="Opening Balances").reply
    assert (again["new"], again["same"]) == (0, 2)
