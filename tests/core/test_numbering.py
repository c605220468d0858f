"""Whatever people push, each accepted document has one number, and no number is left out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenarios.central_copy import CentralCopy
from tests.shelf import on_the_shelf
from workbook_templates import wire
from workbook_templates.books import book
from workbook_templates.row_ids import make_id

VOUCHERS = "vouchers.vouchers"
NAME, ROW = st.sampled_from("ABC"), st.integers(0, 7)
LINES = st.lists(st.sampled_from(["0.00", "1.00"]), min_size=1, max_size=3)
HEAD = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2026-05-03", "2027-01-04"]),
        "kind": st.sampled_from(["in", "out"]),
        "draft": st.sampled_from(["true", "false"]),
    }
)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), NAME, LINES, HEAD),
        st.tuples(st.just("move"), NAME, ROW, HEAD),
        st.tuples(st.just("delete"), NAME, ROW, HEAD),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def central() -> Iterator[type[CentralCopy]]:
    with on_the_shelf():
        yield CentralCopy


@settings(max_examples=60)
@given(deeds=DEEDS)
def test_numbers_have_no_gap_and_no_double(
    central: type[CentralCopy], deeds: list[tuple[str, str, object, dict[str, str]]]
) -> None:
    copy = central(book("vouchers"))
    for what, name, told, head in deeds:
        if what == "put" and isinstance(told, list):
            copy.put(VOUCHERS, *({"voucher": name, "amount": a, **head} for a in told))
        elif what == "delete":
            copy.delete(VOUCHERS, name)
        elif isinstance(told, int):
            move(copy, told, name)
        assert copy.findings() == []
    with copy.store.reading(copy.company.code) as held:
        rows = held.rows_of(VOUCHERS)
    assert all("number" in row.cells or row.cells["draft"] == "true" for row in rows)


def move(copy: CentralCopy, place: int, name: str) -> None:
    """One row goes to another document, whatever that makes of both."""
    with copy.store.reading(copy.company.code) as held:
        rows = held.rows_of(VOUCHERS)
    if rows:
        row = rows[place % len(rows)]
        cells = {"voucher": (row.cells["voucher"], name)}
        op = wire.Op("put", VOUCHERS, row.id, cells, seq=row.seq)
        copy.push([wire.Group(make_id(), VOUCHERS, name, (op,))])


def test_a_refused_document_takes_no_number(central: type[CentralCopy]) -> None:
    copy = central(book("vouchers"))
    row = {"voucher": "A", "date": "2026-05-03"}
    assert copy.put(VOUCHERS, {**row, "amount": "0.00"}).status == wire.INVALID
    answered = copy.put(VOUCHERS, {**row, "amount": "5.00"})
    assert [state.cells["number"] for state in answered.rows] == ["BK-2026-0001"]
