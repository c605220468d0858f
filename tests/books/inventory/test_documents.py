"""What the rules of moves and counts refuse, in sentences."""

import json
from importlib.resources import files

import pytest

from tests.books.inventory.stock import (
    COUNTS,
    ITEMS,
    MOVES,
    WAREHOUSES,
    after,
    codes,
    counted,
    move,
    new_company,
)
from tests.books.known import KnownRows, accepted, laid, refusals
from workbook_templates.schema import Cells


@pytest.fixture
def company() -> KnownRows:
    return new_company()


@pytest.fixture
def stocked(company: KnownRows) -> KnownRows:
    """Ten reams at 100 in W since 2 May."""
    return after(company, move("R1", "05-02", "receipt", "10", "100"))


# --- transfers --------------------------------------------------------------------------------


def test_a_transfer_needs_a_warehouse_to_go_to(stocked: KnownRows) -> None:
    assert codes(stocked, MOVES, [move("T1", "05-03", "transfer", "1")]) == ["to_warehouse_missing"]


def test_a_transfer_goes_to_another_warehouse(stocked: KnownRows) -> None:
    rows = [move("T1", "05-03", "transfer", "1", to_warehouse="W")]
    assert codes(stocked, MOVES, rows) == ["same_warehouse"]


def test_only_a_transfer_goes_to_a_warehouse(stocked: KnownRows) -> None:
    rows = [move("I1", "05-03", "issue", "1", to_warehouse="A")]
    assert codes(stocked, MOVES, rows) == ["to_warehouse_not_used"]


# --- costs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["opening", "receipt"])
def test_goods_that_come_in_must_have_a_cost(company: KnownRows, kind: str) -> None:
    assert "unit_cost_missing" in codes(company, MOVES, [move("R1", "05-02", kind, "1")])
    assert codes(company, MOVES, [move("R1", "05-02", kind, "1", "0")]) == []


def test_a_cost_typed_on_an_issue_changes_nothing(stocked: KnownRows) -> None:
    after_issue = after(stocked, move("I1", "05-03", "issue", "1", "999"))
    (_, issue) = after_issue.replayed("inventory.costs", "AVG")
    assert issue["value_out"] == "100.00"


def test_an_adjustment_in_of_an_item_without_any_cost_needs_one(company: KnownRows) -> None:
    found = move("A1", "05-02", "adjustment_in", "1")
    assert codes(company, MOVES, [found]) == ["cost_unknown"]
    assert codes(company, MOVES, [{**found, "unit_cost": "5"}]) == []


def test_goods_that_are_counted_and_never_came_in_need_a_cost(company: KnownRows) -> None:
    (problem,) = refusals(company, COUNTS, [counted("C1", "05-02", "3")])
    assert (problem.code, problem.column) == ("cost_unknown", "unit_cost")
    known = accepted(company, COUNTS, [counted("C1", "05-02", "3", unit_cost="7")])
    assert known.replayed("inventory.costs", "AVG")[0]["value_in"] == "21.00"


def test_quantities_are_above_zero_and_costs_not_below(company: KnownRows) -> None:
    assert codes(company, MOVES, [move("R1", "05-02", "receipt", "0", "1")]) == ["not_positive"]
    assert codes(company, MOVES, [move("R1", "05-02", "receipt", "-1", "1")]) == ["not_positive"]
    assert codes(company, MOVES, [move("R1", "05-02", "receipt", "1", "-1")]) == ["negative"]


# --- stock that is not there ------------------------------------------------------------------


def test_more_than_is_there_on_that_date_is_refused_at_its_quantity(stocked: KnownRows) -> None:
    (problem,) = refusals(stocked, MOVES, [move("I1", "05-03", "issue", "12.5")])
    assert (problem.code, problem.column) == ("stock_shortage", "qty")
    assert problem.words.id.startswith(
        "Stok AVG Paper di gudang W pada 03/05/2026 hanya 10 ream, sedangkan I1 mengeluarkan 12,5"
    )
    assert problem.words.en.startswith(
        "There are only 10 ream of AVG Paper in warehouse W on 2026-05-03, and I1 takes out 12.5"
    )


@pytest.mark.parametrize("kind", ["issue", "return_out", "adjustment_out", "transfer"])
def test_nothing_goes_out_before_it_came_in(stocked: KnownRows, kind: str) -> None:
    more = {"to_warehouse": "A"} if kind == "transfer" else {}
    assert codes(stocked, MOVES, [move("X", "05-01", kind, "1", **more)]) == ["stock_shortage"]
    assert codes(stocked, MOVES, [move("X", "05-02", kind, "1", **more)]) == []


def test_a_back_dated_count_that_starves_a_later_issue_is_refused(stocked: KnownRows) -> None:
    sold = after(stocked, move("I1", "05-05", "issue", "8"))
    (problem,) = refusals(sold, COUNTS, [counted("C1", "05-03", "7")])
    assert problem.code == "stock_shortage"
    assert "I1" in problem.words.en
    assert codes(sold, COUNTS, [counted("C1", "05-03", "8")]) == []


def test_a_receipt_that_was_sold_is_not_deleted(stocked: KnownRows) -> None:
    sold = after(stocked, move("I1", "05-05", "issue", "8"))
    assert codes(sold, MOVES, [], "R1") == ["stock_shortage"]


# --- documents --------------------------------------------------------------------------------


def test_the_head_may_stand_on_the_first_line_only(company: KnownRows) -> None:
    second: Cells = {"move": "R1", "item": "FIFO", "qty": "2", "unit_cost": "7"}
    both = accepted(company, MOVES, [move("R1", "05-02", "receipt", "10", "100"), second])
    assert [row["warehouse"] for row in both.replayed("inventory.costs", "FIFO")] == ["W"]


def test_one_document_is_of_one_kind_date_and_warehouse(stocked: KnownRows) -> None:
    first = move("I1", "05-03", "issue", "1")
    for column, other in (("kind", "receipt"), ("date", "2026-05-04"), ("warehouse", "A")):
        assert "heads_disagree" in codes(stocked, MOVES, [first, {**first, column: other}])


def test_an_item_stands_on_two_lines_at_two_costs(company: KnownRows) -> None:
    rows = [move("R1", "05-02", "receipt", "1", "10"), move("R1", "05-02", "receipt", "1", "20")]
    costed = accepted(company, MOVES, rows).replayed("inventory.costs", "AVG")
    assert [row["balance_value"] for row in costed] == ["10.00", "30.00"]


def test_unknown_items_warehouses_and_parties_are_refused(company: KnownRows) -> None:
    row = move("R1", "05-02", "receipt", "1", "1", item="X", warehouse="Y", party="Z")
    assert codes(company, MOVES, [row]) == ["unknown_item", "unknown_party", "unknown_warehouse"]


def test_a_closed_item_has_no_new_moves_and_keeps_its_old_ones(stocked: KnownRows) -> None:
    item = {"code": "AVG", "name": "Paper", "unit": "ream", "costing": "average", "closed": "true"}
    closed = accepted(stocked, ITEMS, [item])
    assert codes(closed, MOVES, [move("I1", "05-03", "issue", "1")]) == ["item_closed"]
    assert codes(closed, COUNTS, [counted("C1", "05-03", "1")]) == ["item_closed"]
    assert codes(closed, MOVES, [move("R1", "05-02", "receipt", "11", "100")]) == []


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [("receipt", "S1", "C1"), ("issue", "C1", "S1")],
)
def test_goods_come_from_suppliers_and_go_to_customers(
    stocked: KnownRows, kind: str, right: str, wrong: str
) -> None:
    for party, expected in ((right, []), ("B1", []), (wrong, ["wrong_party_kind"])):
        row = move("X", "05-03", kind, "1", "1", party=party)
        assert codes(stocked, MOVES, [row]) == expected


def test_an_item_is_counted_once_in_a_count(stocked: KnownRows) -> None:
    rows = [counted("C1", "05-03", "4"), counted("C1", "05-03", "6")]
    assert codes(stocked, COUNTS, rows) == ["item_counted_twice"]


def test_a_blank_count_changes_nothing_and_zero_empties_the_warehouse(stocked: KnownRows) -> None:
    blank = accepted(stocked, COUNTS, [counted("C1", "05-03", None)])
    assert len(blank.replayed("inventory.costs", "AVG")) == 1
    nothing = accepted(stocked, COUNTS, [counted("C1", "05-03", "0")])
    assert nothing.replayed("inventory.costs", "AVG")[-1]["balance_qty"] == "0"


# --- returns ----------------------------------------------------------------------------------


def test_a_customers_return_comes_back_at_the_cost_of_its_issue(stocked: KnownRows) -> None:
    known = after(
        stocked,
        move("I1", "05-03", "issue", "4"),
        move("R2", "05-04", "receipt", "10", "200"),
        move("B1", "05-05", "return_in", "2", returns="I1"),
    )
    assert known.replayed("inventory.costs", "AVG")[-1]["value_in"] == "200.00"


def test_a_return_names_a_move_of_its_own_direction(stocked: KnownRows) -> None:
    rows = [move("B1", "05-03", "return_in", "1", returns="R1")]
    assert "returns_wrong_kind" in codes(stocked, MOVES, rows)
    rows = [move("B1", "05-03", "return_out", "1", returns="R1")]
    assert codes(stocked, MOVES, rows) == []
    rows = [move("B1", "05-03", "issue", "1", returns="R1")]
    assert codes(stocked, MOVES, rows) == ["returns_not_used"]


def test_a_return_names_a_move_that_exists_and_has_the_item(stocked: KnownRows) -> None:
    rows = [move("B1", "05-03", "return_out", "1", returns="R9")]
    assert "unknown_move" in codes(stocked, MOVES, rows)
    other = after(stocked, move("R2", "05-02", "receipt", "5", "1", item="FIFO"))
    rows = [move("B1", "05-03", "return_out", "1", returns="R2")]
    assert codes(other, MOVES, rows) == ["returned_move_unknown"]


def test_more_is_not_returned_than_there_was(stocked: KnownRows) -> None:
    known = after(stocked, move("R2", "05-02", "receipt", "5", "120"))
    rows = [move("B1", "05-03", "return_out", "11", returns="R1")]
    assert codes(known, MOVES, rows) == ["return_too_large"]


# --- periods and accounts ---------------------------------------------------------------------


def closed_may(known: KnownRows) -> KnownRows:
    return accepted(known, "ledger.periods", [{"period": "2026-05", "status": "closed"}])


def test_nothing_moves_in_into_or_out_of_a_closed_period(stocked: KnownRows) -> None:
    known = closed_may(stocked)
    (problem,) = refusals(known, MOVES, [move("R2", "05-03", "receipt", "1", "1")])
    assert (problem.code, problem.column) == ("period_closed", "date")
    assert codes(known, COUNTS, [counted("C1", "05-31", "1")]) == ["period_closed"]
    assert codes(known, MOVES, [], "R1") == ["period_closed"]
    moved_out = [move("R1", "06-02", "receipt", "10", "100")]
    assert codes(known, MOVES, moved_out) == ["period_closed"]


def test_a_date_without_a_period_is_refused(company: KnownRows) -> None:
    row = {**move("R1", "05-03", "receipt", "1", "1"), "date": "2062-05-03"}
    assert "no_period" in codes(company, MOVES, [row])


def test_without_an_account_for_the_stock_nothing_moves() -> None:
    company = new_company()
    accounts = [
        {key: text for key, text in line.cells.items() if key != "role"}
        for line in company.rows("ledger.accounts")
    ]
    bare = KnownRows({**company.tables, "ledger.accounts": accounts}, company.company)
    problems = refusals(bare, MOVES, [move("R1", "05-03", "receipt", "1", "1")])
    assert [problem.code for problem in problems] == ["no_account_for_role"] * 2
    assert "Inventory" in problems[0].words.en


def test_in_a_workbook_without_the_ledger_its_rules_keep_silent() -> None:
    company = new_company()
    absent = frozenset({"ledger.accounts", "ledger.periods", "ledger.parties"})
    alone = KnownRows({t: r for t, r in company.tables.items() if t not in absent}, absent=absent)
    row = move("R1", "05-03", "receipt", "1", "1", party="S1")
    assert codes(alone, MOVES, [row]) == []


# --- the sample -------------------------------------------------------------------------------


def test_the_sample_is_accepted_document_by_document() -> None:
    def sample(table: str) -> list[Cells]:
        book, _, sheet = table.partition(".")
        place = files("workbook_templates.books").joinpath(book, "sample", f"{sheet}.json")
        rows: list[Cells] = json.loads(place.read_text(encoding="utf-8"))
        return rows

    tables = {
        table: list(new_company().rows(table)) for table in ("ledger.accounts", "ledger.periods")
    }
    known = KnownRows({**tables, "ledger.parties": sample("ledger.parties")})
    known = laid(known, {t: sample(t) for t in (WAREHOUSES, ITEMS, MOVES, COUNTS)})
    assert known.replayed("inventory.costs", "TNT-BK")
