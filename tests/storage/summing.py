"""What every store does with sums: those that it is told, and rows that it adds up itself."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from itertools import cycle, islice

import pytest

from sync_server.core.port import Batch, Store
from sync_server.core.sums import Moved, Sums, add_up
from sync_server.storage.adding import MANY
from tests.storage.bookshop import COMPANY, DAYS, SALES, TURNOVER, catalogue, keep

# Rows that came and left: in groups of their own and shared ones, of months, blanks, fractions,
# large and negative amounts, and texts that mean something to SQL or JSON.
MOVED: tuple[Moved, ...] = (
    ({"title": "X", "date": "2026-05-03", "amount": "10.00"}, 1),
    ({"title": "X", "date": "2026-05-28", "amount": "0.01"}, 1),
    ({"title": "X", "date": "2026-06-01", "amount": "-7.50"}, 1),
    ({"title": "X", "date": "2026-05-03", "amount": "4.00"}, -1),
    ({"title": "Gone", "date": "2026-05-03", "amount": "9.00"}, 1),
    ({"title": "Gone", "date": "2026-05-03", "amount": "9.00"}, -1),
    ({"title": "No day", "amount": "1.00"}, 1),
    ({"title": "No amount", "date": "2026-05-03"}, 1),
    ({"date": "2026-05-03", "amount": "8.00"}, 1),
    ({"title": 'O\'Hara "%s" \\u0000 ☕ ?', "date": "2026-05-03", "amount": "99999999.99"}, 1),
)


def turnover(seq: int, sums: dict[tuple[str, ...], list[int]]) -> Batch:
    return Batch(seq, totals={TURNOVER: sums})


class SummingContract:
    """A class that inherits it gives the fixture `store`: empty, with the company `COMPANY`."""

    def test_sums_add_up_and_are_grouped_and_narrowed(self, store: Store) -> None:
        keep(
            store,
            turnover(1, {("X", "2026-04"): [10], ("X", "2026-05"): [20], ("Y", "2026-05"): [40]}),
            turnover(2, {("X", "2026-05"): [-5], ("", "2026-06"): [7]}),
        )
        with store.reading(COMPANY.code) as held:
            assert held.totals(TURNOVER, (), {}, {}) == {(): (72,)}
            assert held.totals(TURNOVER, (0,), {}, {}) == {
                ("X",): (25,),
                ("Y",): (40,),
                ("",): (7,),
            }
            assert held.totals(TURNOVER, (1, 0), {0: "X"}, {}) == {
                ("2026-04", "X"): (10,),
                ("2026-05", "X"): (15,),
            }
            may = {1: ("2026-05", "2026-05")}
            assert held.totals(TURNOVER, (0,), {}, may) == {("X",): (15,), ("Y",): (40,)}
            assert held.totals(TURNOVER, (), {}, {1: (None, "2026-04")}) == {(): (10,)}
            assert held.totals(TURNOVER, (), {0: "Z"}, {}) == {}

    def test_the_whole_of_a_total_is_told(self, store: Store) -> None:
        sums = {("X", "2026-05"): [20], ("Y", "2026-05"): [-(10**15)]}
        keep(store, turnover(1, sums))
        with store.reading(COMPANY.code) as held:
            assert held.all_totals(TURNOVER) == {k: tuple(v) for k, v in sums.items()}

    def test_sums_are_found_by_their_first_values(self, store: Store) -> None:
        sums = {("X", "2026-05"): [20], ("X", "2026-06"): [1], ("Y", "2026-05"): [-7]}
        keep(store, turnover(1, sums), turnover(2, {("X", "2026-05"): [3]}))
        with store.reading(COMPANY.code) as held:
            assert held.totals_under(TURNOVER, ["X", "Z"]) == {
                ("X", "2026-05"): (23,),
                ("X", "2026-06"): (1,),
            }

    @pytest.mark.parametrize("total", [TURNOVER, DAYS])
    def test_rows_are_added_up_alike_whether_they_are_few_or_many(
        self, store: Store, total: str
    ) -> None:
        adders = catalogue().adders[SALES]
        for seq, count in ((1, MANY - 1), (2, 5 * MANY)):
            moved = list(islice(cycle(MOVED), count))
            expected: dict[str, Sums] = defaultdict(dict)
            add_up(adders, moved, expected)
            with store.reading(COMPANY.code) as held:
                before = held.all_totals(total)
            keep(store, Batch(seq, moved=[(adders, moved)]))
            with store.reading(COMPANY.code) as held:
                after = held.all_totals(total)
            for by, (amount,) in expected[total].items():
                assert after.get(by, (0,)) == (before.get(by, (0,))[0] + amount,)
            assert set(after) - set(before) <= set(expected[total])

    def test_who_asks_between_two_batches_has_the_sums_of_the_first(self, store: Store) -> None:
        adders = catalogue().adders[SALES]
        with store.writing(COMPANY.code) as held:
            for seq in (1, 2, 3):
                held.keep(Batch(seq, moved=[(adders, MOVED[:1])]))
                assert held.all_totals(TURNOVER) == {("X", "2026-05"): (seq * 100_000,)}

    def test_what_is_undone_is_in_no_sum(self, store: Store) -> None:
        adders = catalogue().adders[SALES]
        with suppress(ZeroDivisionError), store.writing(COMPANY.code) as held:
            held.keep(Batch(1, moved=[(adders, MOVED)]))
            raise ZeroDivisionError
        keep(store, Batch(1, moved=[(adders, MOVED[:1])]))
        with store.reading(COMPANY.code) as held:
            assert held.all_totals(TURNOVER) == {("X", "2026-05"): (100_000,)}
