"""A bank statement comes into a workbook, is matched, reconciled and beside a wrong balance."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.scenarios.front_desk import (
    COULD_NOT,
    DONE,
    NEEDS_A_PERSON,
    Desk,
    assert_all_is_well,
    assert_told_at_the_cell,
    reviewed,
)
from tests.scenarios.office import put, seen, type_rows

LINES, STATED = "ledger.bank_lines", "ledger.stated_balances"
MAPPINGS, TEXTS = "ledger.bank_mappings", "ledger.bank_texts"
INVOICES, PAYMENTS, JOURNAL = "ledger.sales_invoices", "ledger.payments", "ledger.journal"
YES = {"id": "Ya", "en": "Yes"}
MAY = """\
Periode : 01/05/2026 - 31/05/2026
Tanggal;Keterangan;No. Referensi;Debet;Kredit;Saldo
04/05/2026;SETORAN BM-0001;;;1.000,00;1.000,00
05/05/2026;TRSF TOKO MAJU;FT9;;3.000,00;4.000,00
06/05/2026;TARIK TUNAI;;500,00;;3.500,00
06/05/2026;TARIK TUNAI;;500,00;;3.000,00
29/05/2026;BIAYA ADM;;15,00;;2.985,00
"""
JUNE = MAY + "02/06/2026;BUNGA;;;7,00;2.992,00\n"
MT940 = """\
:20:STMT
:25:014/0141234567
:28C:1/1
:60F:C260531IDR2985,00
:61:2606020602C7,00NINTNONREF
:86:BUNGA
:62F:C260602IDR2992,00
"""


@pytest.fixture
def desk(either_desk: Desk) -> Desk:
    """Indonesian over SQLite, English over PostgreSQL."""
    return either_desk


def ledger(desk: Desk) -> Path:
    """A ledger in which one receipt is in the books and two invoices are open."""
    made = desk.new()
    desk.sync(made)
    head = {"date": "2026-05-01", "customer": "C1", "account": "41000"}
    paid = {"date": "2026-05-03", "direction": "in", "party": "C1", "bank_account": "11200"}
    rows: dict[str, Any] = {
        "ledger.parties": [{"code": "C1", "name": "Toko Maju", "kind": "customer"}],
        INVOICES: [
            {"invoice": "INV-001", "unit_price": 1800, **head},
            {"invoice": "INV-002", "unit_price": 1200, **head},
        ],
        PAYMENTS: [{"payment": "BM-0001", "amount": 1000, **paid}],
        TEXTS: [{"text": "Biaya adm", "account": "61900"}],
    }
    desk.lay(made, rows)
    return made


def statement(desk: Desk, text: str, name: str = "mutasi.csv") -> str:
    path = desk.folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def imported(desk: Desk, file: Path, text: str, *options: str) -> dict[str, Any]:
    said = desk.run("bank-import", statement(desk, text), str(file), "--json", *options)
    assert said.status == DONE, said.text
    return said.reply


def report(desk: Desk, key: str, **asked: str) -> list[dict[str, Any]]:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{key}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    reply = httpx2.get(url, params=asked, headers=signed, timeout=60).json()
    rows: list[dict[str, Any]] = reply["rows"]
    return rows


def accept(file: Path, language: str, *numbers: int) -> None:
    for number in numbers:
        put(file, LINES, number, accept=YES[language])


def imported_once_with_its_proposals(desk: Desk, file: Path) -> None:
    first = desk.run("bank-import", statement(desk, MAY), str(file), "--bank", "BCA")
    assert first.status == NEEDS_A_PERSON
    assert "Keterangan" in first.text
    (mapping,) = seen(file, MAPPINGS)
    assert (mapping["debit_heading"], mapping["date_format"]) == ("Debet", "dd/mm/yyyy")
    assert seen(file, LINES) == []

    told = imported(desk, file, MAY)
    assert (told["new"], told["known"], told["proposed"], told["passed"]) == (5, 0, 3, 0)
    assert imported(desk, file, MAY)["new"] == 0
    rows = seen(file, LINES)
    assert [(r["amount"], r["match"], r["document"], r["part"], r["account"]) for r in rows] == [
        (1000, "PY:BM-0001", None, None, None),
        (3000, None, "INV-001", 1800, None),
        (3000, None, "INV-002", 1200, None),
        (-500, None, None, None, None),
        (-500, None, None, None, None),
        (-15, None, None, None, "61900"),
    ]
    assert "PY:BM-0001" in str(rows[0]["proposal"])


def test_a_statement_is_imported_matched_and_reconciled(desk: Desk) -> None:
    file = ledger(desk)
    imported_once_with_its_proposals(desk, file)
    assert_all_is_well(file, desk.sync(file))

    accept(file, desk.language, 2, 3, 4, 7)
    put(file, LINES, 5, party="C1", accept=YES[desk.language])
    put(file, LINES, 6, match="JU-99", accept=YES[desk.language])
    said = desk.sync(file)
    assert {problem["code"] for problem in said.problems} == {"no_such_entry"}
    assert_told_at_the_cell(file, LINES, said.problems[0], desk.language)
    put(file, LINES, 6, match=None, account="11100")
    assert_all_is_well(file, desk.sync(file))
    paid = {(row["document"], row["applied"]) for row in desk.kept(PAYMENTS) if "document" in row}
    assert paid == {("INV-001", "1800.00"), ("INV-002", "1200.00")}

    items = report(desk, "bank_reconciliation", as_of="2026-05-31")
    assert [row["amount"] for row in items] == ["2985.00", "2985.00"]
    assert imported(desk, file, JUNE)["known"] == 5
    assert_all_is_well(file, desk.sync(file))
    items = report(desk, "bank_reconciliation", as_of="2026-06-30", account="11200")
    assert [row["amount"] for row in items] == ["2985.00", "7.00", "2992.00"]


def test_a_wrong_balance_tells_the_difference_and_since_when(english_desk: Desk) -> None:
    desk = english_desk
    file = ledger(desk)
    imported(desk, file, MAY, "--yes")
    stated = {str(row["date"])[:10]: row["amount"] for row in seen(file, STATED)}
    assert stated == {"2026-05-03": 0, "2026-05-29": 2985}
    put(file, STATED, 3, amount=2984.5)
    told = desk.run("bank-match", str(file), "--json").reply["warnings"]
    assert len(told) == 2
    assert "since 2026-05-03" in told[0]
    assert told[1] in {line["message"] for line in reviewed(file)}
    assert_all_is_well(file, desk.sync(file))
    rows = report(desk, "stated_balances", as_of="2026-05-31")
    assert [(row["difference"], row["since"]) for row in rows] == [
        ("1000.00", "2026-05-03"),
        ("-1984.50", "2026-05-03"),
    ]


def test_a_cash_count_that_is_off_is_a_warning_until_the_books_have_it(english_desk: Desk) -> None:
    desk, file = english_desk, english_desk.new()
    desk.sync(file)
    count = {"account": "11100", "date": "2026-05-31", "amount": 450, "source": "Opname kas"}
    type_rows(file, STATED, [count])
    for said in (desk.sync(file), desk.sync(file), desk.run("pull", str(file), "--json")):
        (problem,) = said.problems
        assert (said.status, problem["code"]) == (NEEDS_A_PERSON, "stated_balance_differs")
        assert "-450.00" in problem["message"]
        assert_told_at_the_cell(file, STATED, problem, desk.language)
    assert len(desk.kept(STATED)) == 1
    entry = {"entry": "JU-1", "date": "2026-05-20"}
    lines = [{"account": "11100", "debit": 450}, {"account": "31000", "credit": 450}]
    type_rows(file, JOURNAL, [{**entry, **line} for line in lines])
    assert_all_is_well(file, desk.sync(file))


def test_two_people_import_one_statement_and_it_comes_once(english_desk: Desk) -> None:
    desk, files = english_desk, []
    for name in ("one", "two"):
        made = desk.new(name=name)
        desk.sync(made)
        assert imported(desk, made, MAY, "--account", "11200", "--yes")["new"] == 5
        files.append(made)
    for made in (*files, *files):
        assert_all_is_well(made, desk.sync(made))
    assert len(desk.kept(LINES)) == 5
    assert len(seen(files[0], LINES)) == len(seen(files[1], LINES)) == 5


def test_mt940_finds_its_account_by_its_number(english_desk: Desk) -> None:
    desk = english_desk
    made = desk.new()
    desk.sync(made)
    path = statement(desk, MT940, "statement.sta")
    refused = desk.run("bank-import", path, str(made), "--json")
    assert (refused.status, refused.error["code"]) == (COULD_NOT, "no_bank_account")
    options = ("--bank", "BCA", "--account", "11200", "--json")
    assert desk.run("bank-import", path, str(made), *options).reply["new"] == 1
    again = desk.run("bank-import", path, str(made), "--json").reply
    assert (again["known"], again["account"], again["short"]) == (1, "11200", "0.00")
    assert [row["amount"] for row in seen(made, STATED)] == [2985, 2992]


def test_what_cannot_be_imported_changes_nothing_and_says_why(english_desk: Desk) -> None:
    desk = english_desk
    made = desk.new()
    desk.sync(made)
    before = made.read_bytes()
    dry = imported(desk, made, MAY, "--yes", "--dry-run")
    assert dry["new"] == 5
    bad = MAY + "".join(f"31/02/2026;X;;;{n},00;\n" for n in range(25))
    said = desk.run("bank-import", statement(desk, bad), str(made), "--yes")
    assert said.status == COULD_NOT
    assert "25 rows" in said.text
    assert said.text.count("31/02/2026") == 20
    strange = desk.run("bank-import", statement(desk, "a;b\n1;2\n"), str(made), "--json")
    assert strange.error["code"] == "no_bank_mapping"
    unknown = desk.run(
        "bank-import", statement(desk, MAY), str(made), "--account", "99", "--yes", "--json"
    )
    assert unknown.error["code"] == "unknown_bank_account"
    assert made.read_bytes() == before


def test_a_persons_own_words_outlive_a_new_proposal(english_desk: Desk) -> None:
    desk = english_desk
    made = desk.new()
    desk.sync(made)
    imported(desk, made, MAY, "--account", "11200", "--yes")
    desk.lay(made, {TEXTS: [{"text": "*", "account": "11100"}]})
    put(made, LINES, 5, account="61200")
    assert desk.run("bank-match", str(made), "--json").reply["proposed"] == 4
    assert [row["account"] for row in seen(made, LINES)] == [
        "11100",
        "11100",
        "11100",
        "61200",
        "11100",
    ]
