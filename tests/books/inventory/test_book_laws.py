"""What always holds for the book: stock, sums, layers and the account say the same."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books.inventory.stock import (
    COUNTS,
    MOVES,
    STOCK,
    account_balance,
    counted,
    move,
    new_company,
    report,
)
from tests.books.known import KnownRows, accepted, refusals
from workbook_templates.books.inventory.choices import KIND_WORDS
from workbook_templates.books.inventory.costs import layers_of_item
from workbook_templates.schema import Cells

COMPANY = new_company()
INCOMING = ("opening", "receipt")
quantities = st.integers(1, 30_000).map(lambda n: f"{(Decimal(n) / 1000).normalize():f}")
costs = st.integers(0, 10**6).map(lambda n: f"{(Decimal(n) / 1000).normalize():f}")


@st.composite
def lines(draw: st.DrawFn) -> list[Cells]:
    """Moves and counts as typed, among them some that cannot be."""
    typed = []
    for n in range(draw(st.integers(1, 12))):
        on = f"05-{draw(st.integers(1, 5)):02}"
        place = {
            "item": draw(st.sampled_from(("AVG", "FIFO"))),
            "warehouse": draw(st.sampled_from(("W", "A"))),
        }
        kind = draw(st.sampled_from(("receipt", "receipt", "count", *KIND_WORDS)))
        if kind == "count":
            typed.append(counted(f"SO-{n}", on, draw(st.none() | quantities), **place))
            continue
        if kind == "transfer":
            place["to_warehouse"] = "B"
        cost = draw(costs) if kind in INCOMING else None
        typed.append(move(f"SM-{n}", on, kind, draw(quantities), cost, **place))
    return typed


def typed_in(known: KnownRows, typed: list[Cells]) -> KnownRows:
    """The company after every line that is not refused."""
    for line in typed:
        table = COUNTS if "count" in line else MOVES
        if not refusals(known, table, [line]):
            known = accepted(known, table, [line])
    return known


def layer_value(known: KnownRows) -> Decimal:
    found = (layers_of_item(item, known, "9999-12-31") for item in ("AVG", "FIFO"))
    cents = sum(x.value for layers in found for queue in layers.values() for x in queue)
    return Decimal(cents).scaleb(-2)


@settings(max_examples=40)
@given(typed=lines())
def test_the_sums_the_layers_the_reports_and_the_account_agree(typed: list[Cells]) -> None:
    known = typed_in(COMPANY, typed)
    sums = known.totals("inventory.on_hand")
    in_sums = Decimal(sum(value for _, value in sums.values())).scaleb(-4)
    assert in_sums == layer_value(known) == account_balance(known, STOCK)
    for name in ("stock_on_hand", "stock_valuation"):
        rows = report(known, name, "2026-12-31")
        assert sum(Decimal(row["value"] or 0) for row in rows) == in_sums


@settings(max_examples=40)
@given(typed=lines(), backwards=st.booleans())
def test_every_day_of_the_account_is_the_stock_of_that_day(
    typed: list[Cells], backwards: bool
) -> None:
    known = typed_in(COMPANY, typed[::-1] if backwards else typed)
    for n in range(1, 6):
        day = f"2026-05-{n:02}"
        rows = report(known, "stock_valuation", day)
        entries = known.rows("ledger.journal")
        posted = sum(
            Decimal(line.text("debit") or 0) - Decimal(line.text("credit") or 0)
            for line in entries
            if line.text("account") == stock_account() and line.text("date") <= day
        )
        assert posted == sum(Decimal(row["value"] or 0) for row in rows)


def stock_account() -> str:
    (account,) = COMPANY.where("ledger.accounts", "role", STOCK)
    return account.text("code")


@settings(max_examples=25)
@given(typed=lines())
def test_stock_at_the_close_of_every_day_is_not_negative(typed: list[Cells]) -> None:
    known = typed_in(COMPANY, typed)
    for n in range(1, 6):
        for row in report(known, "stock_on_hand", f"2026-05-{n:02}"):
            assert Decimal(row["qty"] or 0) > 0
            assert Decimal(row["value"] or 0) >= 0
