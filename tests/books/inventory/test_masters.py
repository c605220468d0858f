"""Items and warehouses: what stays as it is once stock has moved."""

import pytest

from tests.books.inventory.stock import (
    COUNTS,
    ITEMS,
    WAREHOUSES,
    after,
    codes,
    counted,
    move,
    new_company,
)
from tests.books.known import KnownRows, accepted
from workbook_templates.schema import Cells

PAPER: Cells = {"code": "AVG", "name": "Paper", "unit": "ream", "costing": "average"}


@pytest.fixture
def stocked() -> KnownRows:
    return after(
        new_company(),
        move("R1", "05-02", "receipt", "10", "100"),
        move("T1", "05-03", "transfer", "4", to_warehouse="A"),
    )


def test_an_item_is_an_average_item_of_pieces_unless_said_otherwise() -> None:
    known = accepted(new_company(), ITEMS, [{"code": "NEW", "name": "Pen"}])
    row = known.row(ITEMS, "NEW")
    assert row is not None
    assert (row["unit"], row["costing"]) == ("pcs", "average")


def test_the_costing_of_an_item_with_moves_does_not_change(stocked: KnownRows) -> None:
    assert codes(stocked, ITEMS, [{**PAPER, "costing": "fifo"}]) == ["costing_is_used"]
    assert codes(new_company(), ITEMS, [{**PAPER, "costing": "fifo"}]) == []
    assert codes(stocked, ITEMS, [{**PAPER, "name": "White paper"}]) == []


def test_the_maximum_is_not_below_the_minimum(stocked: KnownRows) -> None:
    assert codes(stocked, ITEMS, [{**PAPER, "min_qty": "9", "max_qty": "8"}]) == [
        "maximum_below_minimum"
    ]
    assert codes(stocked, ITEMS, [{**PAPER, "min_qty": "9", "max_qty": "9"}]) == []
    assert codes(stocked, ITEMS, [{**PAPER, "min_qty": "-2"}]) == ["negative"]


def test_an_item_with_moves_or_counts_is_not_deleted(stocked: KnownRows) -> None:
    assert codes(stocked, ITEMS, [], "AVG") == ["item_in_use"]
    assert codes(stocked, ITEMS, [], "FIFO") == []
    empty = accepted(stocked, COUNTS, [counted("C1", "05-02", "0", item="FIFO")])
    assert codes(empty, ITEMS, [], "FIFO") == ["item_in_use"]


def test_a_warehouse_with_moves_or_counts_is_not_deleted(stocked: KnownRows) -> None:
    assert codes(stocked, WAREHOUSES, [], "W") == ["warehouse_in_use"]
    assert codes(stocked, WAREHOUSES, [], "A") == ["warehouse_in_use"]
    assert codes(stocked, WAREHOUSES, [], "B") == []
    counted_in_b = accepted(stocked, COUNTS, [counted("C1", "05-02", None, warehouse="B")])
    assert codes(counted_in_b, WAREHOUSES, [], "B") == ["warehouse_in_use"]
