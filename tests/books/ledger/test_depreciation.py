"""Schedules come to what there is to depreciate, by every method, and to the published figures."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.asset_rows import ASSETS, CATEGORIES, asset, category, run
from tests.books.ledger.rows import codes, new_company, span
from tests.conftest import shared_json
from workbook_templates.books.ledger.depreciation import Terms, schedule
from workbook_templates.books.ledger.reports.fiscal_depreciation import FISCAL_DEPRECIATION
from workbook_templates.packs.id import indonesia

CENT = Decimal("0.01")
METHODS = ("straight_line", "declining", "double_declining")
CENTS = st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2))


LIVES = st.builds(
    Terms,
    cost=CENTS,
    residual=st.just(Decimal(0)),
    method=st.sampled_from(METHODS),
    life=st.integers(1, 240),
    in_use=st.dates(date(2009, 1, 1), date(2030, 12, 31)).map(str),
    rate=st.integers(0, 100).map(Decimal),
    counted=st.sampled_from(["month", "day"]),
)


@given(terms=LIVES, worth=st.integers(0, 100), taken=st.integers(0, 100))
def test_depreciation_comes_to_cost_less_residual(terms: Terms, worth: int, taken: int) -> None:
    residual = (terms.cost * worth / 100).quantize(CENT)
    before = ((terms.cost - residual) * taken / 100).quantize(CENT, ROUND_DOWN)
    amounts = schedule(replace(terms, residual=residual, before=before)).values()
    assert sum(amounts, before) == terms.cost - residual
    assert all(amount > 0 for amount in amounts)


def by_year(known: KnownRows, years: range) -> dict[int, tuple[Decimal, Decimal]]:
    """Fiscal depreciation and value of one asset by year."""
    found = {}
    for year in years:
        rows = list(FISCAL_DEPRECIATION.build(known, span(f"{year}-01-01", f"{year}-12-31")))
        if rows:
            found[year] = (
                Decimal(rows[0]["fiscal"] or 0),
                Decimal(rows[0]["fiscal_book_value"] or 0),
            )
    return found


FISCAL = [
    case for case in shared_json("cases/id/accounting.json")["cases"] if "-dep-" in case["id"]
]


@pytest.mark.parametrize("case", FISCAL, ids=[case["id"] for case in FISCAL])
def test_the_published_fiscal_example_comes_out(case: dict[str, Any]) -> None:
    wanted, inputs = case["expected"], case["inputs"]
    method = {"straight": "straight_line", "declining": "declining"}[inputs["method"]]
    known = new_company(first=inputs["start"], last=inputs["start"])
    group = {"fiscal_group": inputs["group"], "fiscal_method": method}
    known = accepted(known, CATEGORIES, category(**group))
    bought = asset(cost=inputs["cost"], acquired=f"{inputs['start']}-17", residual="")
    known = accepted(known, ASSETS, bought)
    first = int(inputs["start"][:4])
    if "per_year" in wanted:
        found = by_year(known, range(first, first + 25))
        spent = [amount for amount, _ in found.values() if amount]
        assert spent == [wanted["per_year"]] * 20
        return
    found = by_year(known, range(first, first + len(wanted["schedule"])))
    assert [[year, *amounts] for year, amounts in found.items()] == wanted["schedule"]


def test_a_year_that_begins_in_july_takes_half_its_rate() -> None:
    """UU 36/2008, explanation of article 11: a machine of 100 million bought in July 2009."""
    known = new_company(first="2009-07", last="2009-07")
    known = accepted(known, CATEGORIES, category(fiscal_group="1", fiscal_method="declining"))
    known = accepted(known, ASSETS, asset(cost=100_000_000, acquired="2009-07-20", residual=""))
    spent = [int(amount) for amount, _ in by_year(known, range(2009, 2014)).values()]
    assert spent == [25_000_000, 37_500_000, 18_750_000, 9_375_000, 9_375_000]


def test_the_difference_to_the_books_corrects_the_income(company: KnownRows) -> None:
    known = accepted(company, CATEGORIES, category(life="24", fiscal_group="1"))
    known = accepted(known, ASSETS, asset(cost=48_000, residual=""))
    known = run(known, *(f"2026-{month:02}" for month in range(1, 13)))
    (row,) = FISCAL_DEPRECIATION.build(known, span("2026-01-01", "2026-12-31"))
    assert (row["commercial"], row["fiscal"], row["difference"]) == (
        "24000.00", "12000.00", "12000.00",
    )  # fmt: skip


def test_fiscal_depreciation_ends_with_the_asset(company: KnownRows) -> None:
    sold = asset(cost=48_000, residual="", disposed_on="2026-03-15", disposal="scrap")
    known = laid(company, {CATEGORIES: category(fiscal_group="1"), ASSETS: sold})
    (row,) = FISCAL_DEPRECIATION.build(known, span("2026-01-01", "2026-12-31"))
    assert (row["fiscal"], row["fiscal_book_value"]) == ("2000.00", "0.00")
    assert list(FISCAL_DEPRECIATION.build(known, span("2027-01-01", "2027-12-31"))) == []


def test_groups_are_those_of_the_pack() -> None:
    plain = new_company("plain")
    accounts = {
        "asset_account": "1500", "accumulated_account": "1590", "expense_account": "5900",
        "disposal_account": "5900",
    }  # fmt: skip
    named = {row.text("code") for row in plain.rows("ledger.accounts")}
    accounts = {column: code if code in named else "1500" for column, code in accounts.items()}
    known = accepted(plain, CATEGORIES, category(**accounts))
    assert codes(known, ASSETS, asset(fiscal_group="1")) == ["fiscal_group_unknown"]
    assert codes(known, ASSETS, asset()) == []


def test_the_groups_are_the_published_facts() -> None:
    facts = {fact["id"]: fact["value"] for fact in shared_json("facts/id/accounting.json")["facts"]}
    published = facts["depreciation.fiscal"]
    names = {"P": "permanent", "NP": "non_permanent"}
    wanted = published["non_building"] | {k: published["building"][n] for k, n in names.items()}
    for row in indonesia().table("fiscal_depreciation").rows:
        found = {
            group: {key: Decimal(text) for key, text in terms.items()}
            for group, terms in row.value.items()
        }
        exact = {g: {k: Decimal(str(v)) for k, v in terms.items()} for g, terms in wanted.items()}
        assert found == exact
