"""The statements of a small company: what each tells, and that they tie to each other."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows
from tests.books.ledger.rows import at, span
from tests.books.ledger.statements import adds_up, amount_of, closed_year, half_year, report
from workbook_templates.schema import Cells, ReportRequest

YEAR, HALF = span("2026-01-01", "2026-12-31"), span("2026-01-01", "2026-06-30")
COMPARED = span("2026-02-01", "2026-02-28", compare="previous_period")


@pytest.fixture(scope="module")
def known() -> KnownRows:
    return half_year()


@pytest.fixture(scope="module")
def closed(known: KnownRows) -> KnownRows:
    return closed_year(known)


def lines(rows: list[Cells]) -> dict[str | None, str | None]:
    return {row.get("name"): row.get("amount") for row in rows if row.get("amount")}


def test_the_direct_method_tells_what_money_was_for(known: KnownRows) -> None:
    rows = report(known, "cash_flow_direct", HALF)
    assert lines(rows) == {
        "Received from customers": "400.00",
        "Paid to suppliers": "-60.00",
        "Operating expenses paid": "-30.00",
        "Other operating cash flows": "-135.00",  # rent in advance and interest
        "Net cash from (used in) operating activities": "175.00",
        "Received: Vehicles": "470.00",  # the price, not the cost less depreciation plus gain
        "Spent: Vehicles": "-500.00",
        "Net cash from (used in) investing activities": "-30.00",
        "Received: Bank loans": "600.00",
        "Spent: Bank loans": "-100.00",
        "Spent: Drawings / dividends": "-40.00",
        "Net cash from (used in) financing activities": "460.00",
        "Net increase (decrease) in cash": "605.00",
        "Cash at the beginning of the period": "1000.00",
        "Cash at the end of the period": "1605.00",
    }


def test_the_indirect_method_leads_from_the_profit_to_the_same_money(known: KnownRows) -> None:
    rows = report(known, "cash_flow_indirect", HALF)
    direct = lines(report(known, "cash_flow_direct", HALF))
    shown = lines(rows)
    assert list(shown.items())[:7] == [
        ("Profit (loss) after income tax", "448.00"),
        ("Accumulated depreciation - vehicles", "50.00"),
        ("Gain (loss) on disposal of fixed assets", "-20.00"),
        ("Total adjustments for what is no operating cash flow", "30.00"),
        ("(Increase) decrease in Trade receivables", "-300.00"),
        ("(Increase) decrease in Prepaid expenses", "-60.00"),
        ("Increase (decrease) in Trade payables", "50.00"),
    ]
    for name in list(direct)[-12:]:
        if name and name.startswith(("Net", "Cash")):
            assert shown[name] == direct[name]


@pytest.mark.parametrize("method", ["cash_flow_direct", "cash_flow_indirect"])
def test_cash_ends_at_the_balance_of_the_cash_accounts(known: KnownRows, method: str) -> None:
    for month in range(1, 8):
        request = ReportRequest("", f"2026-{month:02}-01", f"2026-{month:02}-28")
        ended = amount_of(report(known, method, request), "Cash at the end of the period")
        rows = report(known, "trial_balance", at(request.last))
        held = [Decimal(r["balance"] or 0) for r in rows if (r["account"] or "") < "11300"]
        assert ended == sum(held)


@pytest.mark.parametrize("method", ["direct", "indirect"])
def test_a_company_that_has_earned_nothing_yet_has_a_cash_flow(method: str) -> None:
    cash: Cells = {"code": "1", "name": "Cash", "type": "asset", "group": "cash"}
    known = KnownRows({"ledger.accounts": [cash]})
    rows = report(known, f"cash_flow_{method}", HALF)
    assert {row["amount"] for row in rows if row.get("amount")} == {"0.00"}


def test_money_moved_between_own_accounts_is_no_cash_flow(known: KnownRows) -> None:
    rows = report(known, "cash_flow_direct", span("2026-02-01", "2026-02-02"))
    assert amount_of(rows, "Net increase (decrease) in cash") == 0


def test_the_worksheet_leads_from_the_trial_balance_to_the_statements(known: KnownRows) -> None:
    rows = report(known, "worksheet", HALF)
    by_name = {row["name"]: row for row in rows}
    rent = {key: text for key, text in by_name["Rent"].items() if text}
    assert rent == {
        "level": "account", "account": "61200", "name": "Rent",
        "trial_debit": "30.00", "adjustments_debit": "60.00",
        "adjusted_debit": "90.00", "income_debit": "90.00",
    }  # fmt: skip
    assert by_name["Prepaid expenses"]["trial_debit"] == "120.00"
    assert by_name["Prepaid expenses"]["position_debit"] == "60.00"
    profit = by_name["Net profit (loss)"]
    assert (profit["income_debit"], profit["position_credit"]) == ("448.00", "448.00")
    ends = rows[-1]
    for part in ("trial", "adjustments", "adjusted", "income", "position"):
        assert ends[f"{part}_debit"] == ends[f"{part}_credit"]
    keys = tuple(key for key in ends if key.endswith(("_debit", "_credit")))
    assert len(keys) == 10
    assert adds_up(rows, keys)


def test_the_worksheet_of_a_later_year_keeps_earlier_earnings_apart(known: KnownRows) -> None:
    rows = report(known, "worksheet", span("2027-01-01", "2027-01-31"))
    by_name = {row["name"]: row for row in rows}
    assert by_name["Earnings of earlier years, not closed"]["position_credit"] == "448.00"
    assert by_name["Net profit (loss)"]["income_debit"] == "0.00"
    assert rows[-1]["position_debit"] == rows[-1]["position_credit"]


def test_equity_goes_from_opening_to_closing(known: KnownRows) -> None:
    rows = report(known, "changes_in_equity", HALF)
    assert [(r["name"], r["opening"], r["increase"], r["decrease"], r["result"], r["closing"])
            for r in rows] == [
        ("Paid-in capital", "1000.00", "0.00", "0.00", "0.00", "1000.00"),
        ("Drawings / dividends", "0.00", "0.00", "-40.00", "0.00", "-40.00"),
        ("Earnings not closed", "0.00", "0.00", "0.00", "448.00", "448.00"),
        ("Total equity", "1000.00", "0.00", "-40.00", "448.00", "1408.00"),
    ]  # fmt: skip
    sheet = report(known, "balance_sheet", at("2026-06-30"))
    assert amount_of(sheet, "Total equity") == Decimal("1408.00")


def test_closing_the_year_moves_earnings_and_leaves_the_statements_as_they_were(
    known: KnownRows, closed: KnownRows
) -> None:
    for key in ("income_statement", "cash_flow_direct", "cash_flow_indirect", "worksheet"):
        assert report(closed, key, YEAR) == report(known, key, YEAR)
    rows = {row["name"]: row for row in report(closed, "changes_in_equity", YEAR)}
    assert rows["Retained earnings"]["transferred"] == "448.00"
    assert rows["Earnings not closed"]["transferred"] == "-448.00"
    assert rows["Earnings not closed"]["closing"] == "0.00"
    assert rows["Total equity"]["closing"] == "1408.00"
    sheet = report(closed, "balance_sheet", at("2026-12-31"))
    assert amount_of(sheet, "Retained earnings") == 448
    assert amount_of(sheet, "Total assets") == amount_of(sheet, "Total liabilities and equity")


def test_cost_centres_and_what_has_none_add_up_to_the_company(
    known: KnownRows, closed: KnownRows
) -> None:
    for company in (known, closed):
        rows = report(company, "income_by_cost_centre", YEAR)
        shown = [(r.get("cost_centre"), r["revenue"], r["result"]) for r in rows]
        assert shown == [
            ("SHOP", "400.00", "370.00"),
            ("WEB", "300.00", "300.00"),
            (None, "0.00", "-222.00"),
            (None, "700.00", "448.00"),
        ]
        assert adds_up(rows, ("revenue", "operating_expense", "result"))
        statement = report(company, "income_statement", YEAR)
        assert amount_of(statement, "Profit (loss) after income tax") == Decimal(rows[-1]["result"])


@pytest.mark.parametrize("key", ["balance_sheet", "income_statement", "cash_flow_indirect"])
@pytest.mark.parametrize("compare", [None, "previous_period", "previous_year", "year_end"])
def test_sums_of_a_statement_say_what_they_add_up(
    known: KnownRows, key: str, compare: str | None
) -> None:
    parameters = {"compare": compare} if compare else {}
    rows = report(known, key, span("2026-04-01", "2026-06-30", **parameters))
    columns = ("amount", "compared", "change") if compare else ("amount",)
    assert any(row.get("adds") for row in rows)
    assert adds_up(rows, columns)


def test_a_statement_stands_beside_what_it_is_compared_with(known: KnownRows) -> None:
    rows = {row["name"]: row for row in report(known, "income_statement", COMPARED)}
    profit = rows["Profit (loss) after income tax"]
    assert (profit["amount"], profit["compared"], profit["change"]) == ("260.00", "0.00", "260.00")
    request = at("2026-06-30", compare="year_end")
    equity = {r["name"]: r for r in report(known, "balance_sheet", request)}["Total equity"]
    assert (equity["amount"], equity["compared"], equity["change"]) == (
        "1408.00", "1000.00", "408.00",
    )  # fmt: skip


def test_notes_number_their_sections_and_leave_gaps_for_a_person(known: KnownRows) -> None:
    rows = report(known, "notes", HALF)
    headings = [row["name"] or "" for row in rows if row["level"] == "heading"]
    assert [name.partition(".")[0] for name in headings] == [
        str(n) for n in range(1, len(headings) + 1)
    ]
    assert any("PT Lajur Contoh" in (r["name"] or "") and "……" in (r["name"] or "") for r in rows)
    assert not any("Cost of sales" in name for name in headings)  # nothing was posted there
    assert amount_of(rows, "Total cash and cash equivalents") == Decimal("1605.00")
    assert adds_up(rows, ("amount",))
