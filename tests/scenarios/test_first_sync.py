"""From a blank workbook to the central copy and back: what lands, is refused, comes back."""

import datetime

from tests.scenarios.office import Office, entry, put, review, seen, type_rows

JOURNAL = "ledger.journal"


def test_what_a_script_types_lands_and_is_seen_in_the_file(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 1_250_000, datetime.date(2026, 5, 3)))
    run = office.sync(file)
    assert run.groups["applied"] == 1
    assert not run.issues
    kept = office.kept(JOURNAL)
    assert [row.get("debit") for row in kept] == ["1250000.00", None]
    assert {row["date"] for row in kept} == {"2026-05-03"}
    rows = seen(file, JOURNAL)
    assert all(row["status"].startswith("✓ ") for row in rows)
    assert all(row["id"] for row in rows)


def test_a_second_sync_sends_nothing_and_writes_nothing(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    head = office.sync(file).outcome.head
    content = file.read_bytes()
    run = office.sync(file)
    assert run.groups["applied"] == run.groups["noop"] == run.outcome.received == 0
    assert run.outcome.head == head
    assert file.read_bytes() == content


def test_an_unbalanced_entry_is_refused_at_its_cell_while_the_others_land(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 100, other=90)])
    type_rows(file, JOURNAL, entry("JV-3", 300))
    run = office.sync(file)
    assert (run.groups["applied"], run.groups["invalid"]) == (2, 1)
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-1", "JV-3"}
    wrong = [row for row in seen(file, JOURNAL) if row["flags"]]
    assert [(row["row"], row["flags"]) for row in wrong] == [(5, "|credit|")]
    assert "difference 10.00" in wrong[0]["notes"]["credit"]
    assert "difference 10.00" in wrong[0]["status"]
    assert [(line["Sheet"], line["Row"]) for line in review(file)] == [("Journal", 5)]


def test_a_refused_entry_is_not_sent_again_until_it_is_mended(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-2", 100, other=90))
    office.sync(file)
    again = office.sync(file)
    assert (sum(again.outcome.groups.values()), again.groups["invalid"]) == (0, 1)
    put(file, JOURNAL, 3, credit=100)
    assert office.sync(file).groups["applied"] == 1
    rows = seen(file, JOURNAL)
    assert not any(row["flags"] or row["notes"] for row in rows)
    assert not review(file)


def test_an_entry_that_waited_for_an_account_lands_when_there_is_one(office: Office) -> None:
    mine, other = office.workbook("ledger", "mine"), office.workbook("ledger", "other")
    type_rows(mine, JOURNAL, entry("JV-1", 100, account="61999"))
    assert office.sync(mine).groups["invalid"] == 1
    type_rows(
        other,
        "ledger.accounts",
        [{"code": "61999", "name": "Gifts", "type": "expense"}],
    )
    run = office.sync(other, "budi")
    assert run.groups["applied"] == 1, [issue.message["en"] for issue in run.issues]
    assert office.sync(mine).groups["applied"] == 1


def test_a_new_account_and_its_first_entry_land_in_one_sync(office: Office) -> None:
    file = office.workbook("ledger")
    office.sync(file)
    type_rows(file, JOURNAL, entry("JV-1", 100, account="61999"))
    account = {"code": 61999, "name": "Gifts", "type": "Expense"}
    type_rows(file, "ledger.accounts", [account])
    run = office.sync(file)
    assert run.groups["applied"] == 2, [issue.message["en"] for issue in run.issues]


def test_the_chart_of_accounts_comes_into_a_blank_workbook(office: Office) -> None:
    file = office.workbook("ledger")
    run = office.sync(file)
    accounts = seen(file, "ledger.accounts")
    assert run.outcome.received >= len(accounts) > 50
    assert {"11110", "41000"} <= {row["code"] for row in accounts}


def test_rows_of_invoices_come_back_as_entries_that_nobody_typed(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, "ledger.parties", [{"code": "C1", "name": "Toko", "kind": "customer"}])
    invoice = {"invoice": "INV-1", "date": "2026-05-04", "customer": "C1", "account": "41000"}
    type_rows(file, "ledger.sales_invoices", [{**invoice, "qty": 2, "unit_price": 500}])
    run = office.sync(file)
    assert run.groups["applied"] == 2, [issue.message["en"] for issue in run.issues]
    derived = seen(file, JOURNAL)
    assert sum(row["debit"] or 0 for row in derived) == 1000
    assert all("INV-1" in row["status"] for row in derived)
    assert office.sync(file).outcome.received == 0


def test_an_edit_of_a_derived_entry_is_shown_never_sent_and_never_lost(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, "ledger.parties", [{"code": "C1", "name": "Toko", "kind": "customer"}])
    invoice = {"invoice": "INV-1", "date": "2026-05-04", "customer": "C1", "account": "41000"}
    type_rows(file, "ledger.sales_invoices", [{**invoice, "qty": 2, "unit_price": 500}])
    office.sync(file)
    row = seen(file, JOURNAL)[0]
    put(file, JOURNAL, row["row"], description="My own words")
    run = office.sync(file)
    assert [issue.code for issue in run.issues] == ["read_only"]
    assert sum(run.outcome.groups.values()) == 0
    after = seen(file, JOURNAL)[0]
    assert after["description"] == "My own words"
    assert after["flags"] == "|description|"


def test_a_dry_run_says_what_would_happen_and_changes_nothing(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 100, other=90)])
    before, kept = file.read_bytes(), office.kept(JOURNAL)
    run = office.sync(file, dry=True)
    assert (run.outcome.groups["applied"], run.groups["invalid"]) == (1, 1)
    assert run.outcome.preview.rows[JOURNAL, "new"] == 4
    assert file.read_bytes() == before
    assert office.kept(JOURNAL) == kept
