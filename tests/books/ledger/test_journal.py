"""What a journal entry must hold."""

from dataclasses import replace

import pytest

from tests.books.known import KnownRows, accepted, document, refusals
from tests.books.ledger.rows import (
    BANK,
    CAPITAL,
    CASH,
    INVENTORY,
    OPENING,
    RECEIVABLE,
    RENT,
    codes,
    entry,
)
from workbook_templates.books import sheet_of
from workbook_templates.books.ledger.opposite import opposite_entry
from workbook_templates.check import document_problems
from workbook_templates.schema import Document

JOURNAL = "ledger.journal"


def test_a_balanced_entry_is_accepted(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (CASH, 100, 0), (CAPITAL, 0, "99.99"), (BANK, 0, "0.01"))
    assert codes(company, JOURNAL, rows) == []


def test_an_unbalanced_entry_is_refused_with_the_difference(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (CASH, 1250000, 0), (CAPITAL, 0, "1249999.99"))
    (problem,) = refusals(company, JOURNAL, rows)
    assert problem.code == "unbalanced"
    assert problem.facts["difference"] == "0.01"
    assert "0,01" in problem.words.id
    assert "1.250.000,00" in problem.words.id
    assert problem.column == "credit"


def test_a_line_with_both_sides_is_refused(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (CASH, 100, 100))
    assert codes(company, JOURNAL, rows) == ["one_side"]


def test_a_line_with_no_side_is_refused(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (CASH, 100, 0), (CAPITAL, 0, 100), (BANK, 0, 0))
    assert codes(company, JOURNAL, rows) == ["one_side"]


def test_a_zero_beside_an_amount_counts_as_a_blank(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (CASH, 100, 0), (CAPITAL, 0, 100))
    rows = [{"debit": "0.00", "credit": "0.00", **row} for row in rows]
    assert codes(company, JOURNAL, rows) == []


def test_a_negative_amount_is_refused(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (CASH, -100, 0), (CAPITAL, 0, -100))
    assert codes(company, JOURNAL, rows) == ["negative"]


def test_an_unknown_account_is_refused_with_the_nearest_code(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", ("11101", 100, 0), (CAPITAL, 0, 100))
    (problem,) = refusals(company, JOURNAL, rows)
    assert problem.code == "unknown_account"
    assert problem.hint is not None
    assert problem.hint.startswith("111")


def test_a_closed_account_takes_no_line(company: KnownRows) -> None:
    closed = {"code": RENT, "name": "Rent", "type": "expense", "closed": "true"}
    company = accepted(company, "ledger.accounts", [closed])
    rows = entry("1", "2026-05-03", (RENT, 100, 0), (CASH, 0, 100))
    assert codes(company, JOURNAL, rows) == ["account_closed"]


def test_a_parent_account_takes_no_line(company: KnownRows) -> None:
    child = {"code": "61210", "name": "Shop rent", "type": "expense", "parent": RENT}
    company = accepted(company, "ledger.accounts", [child])
    rows = entry("1", "2026-05-03", (RENT, 100, 0), (CASH, 0, 100))
    assert codes(company, JOURNAL, rows) == ["account_is_parent"]


def test_a_line_on_receivables_must_name_the_party(company: KnownRows) -> None:
    rows = entry("1", "2026-05-03", (RECEIVABLE, 100, 0), (CAPITAL, 0, 100))
    assert codes(company, JOURNAL, rows) == ["party_missing"]
    assert codes(company, JOURNAL, [{**row, "party": "C1"} for row in rows]) == []


STOCK = (INVENTORY, 100, 0), (OPENING, 0, 100)


def test_nobody_types_a_line_on_the_inventory_account(company: KnownRows) -> None:
    typed = document(company, JOURNAL, entry("1", "2026-05-03", *STOCK))
    found = document_problems(typed, company)
    assert [(p.code, p.column, p.row_id) for p in found] == [
        ("stock_account", "account", typed.lines[0].id)
    ]
    source = "inventory.cost_days/2026-05-03"
    follows = tuple(replace(line, source=source) for line in typed.lines)
    assert document_problems(replace(typed, lines=follows), company) == []


def test_a_line_typed_on_the_inventory_account_before_may_stay_or_go(company: KnownRows) -> None:
    kept = document(company, JOURNAL, entry("1", "2026-05-03", *STOCK)).lines
    other = replace(kept[1], cells={**kept[1].cells, "account": CAPITAL})
    raised = [
        replace(line, cells={**line.cells, side: "200.00"})
        for line, side in zip(kept, ("debit", "credit"), strict=True)
    ]
    sheet = sheet_of(JOURNAL)
    for lines, wanted in (((kept[0], other), []), ((), []), (raised, ["stock_account"])):
        changed = Document(sheet, "1", tuple(lines), kept)
        assert [p.code for p in document_problems(changed, company)] == wanted


def test_an_entry_typed_on_the_inventory_account_before_is_taken_back_on_another_day(
    company: KnownRows,
) -> None:
    old = document(company, JOURNAL, entry("1", "2026-05-03", *STOCK))
    kept = replace(company, given={**company.given, JOURNAL: old.lines})
    opposite = opposite_entry(old, "2026-05-20", kept)
    assert codes(kept, JOURNAL, opposite) == []
    only_alike = [{**row, "reverses": None, "entry": "2"} for row in opposite]
    assert "stock_account" in codes(kept, JOURNAL, only_alike)
    follows = tuple(replace(line, source="inventory.cost_days/2026-05-03") for line in old.lines)
    made_by_stock = replace(company, given={**company.given, JOURNAL: follows})
    assert "stock_account" in codes(made_by_stock, JOURNAL, opposite)


@pytest.mark.parametrize("key", ["SI:1", "PB:7", "PY:X", "STK:9", "PR:2026-05"])
def test_a_typed_entry_does_not_take_the_number_of_another_document(
    company: KnownRows, key: str
) -> None:
    rows = entry(key, "2026-05-03", (CASH, 100, 0), (CAPITAL, 0, 100))
    assert codes(company, JOURNAL, rows) == ["reserved_entry"]


def test_a_later_line_follows_the_date_of_the_first(company: KnownRows) -> None:
    first, second = entry("1", "2026-05-03", (CASH, 100, 0), (CAPITAL, 0, 100))
    blank = {**second, "date": None}
    after = accepted(company, JOURNAL, [first, blank])
    assert [line.text("date") for line in after.rows(JOURNAL)] == ["2026-05-03"] * 2


def test_without_the_accounts_sheet_the_rules_keep_silent(company: KnownRows) -> None:
    absent = frozenset({"ledger.accounts", "ledger.periods", "ledger.parties"})
    workbook = KnownRows({}, company.company, absent)
    rows = entry("1", "2031-05-03", ("9", 100, 0), ("8", 0, 100))
    assert codes(workbook, JOURNAL, rows) == []
