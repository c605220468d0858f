"""Each benchmark does its job and agrees with what it is compared with, at a tiny size.

Nothing here asserts a time: benchmarks are read by people.
"""

from __future__ import annotations

import pytest

from tests.benchmarks.__main__ import BENCHMARKS
from tests.benchmarks.journal import entries
from tests.benchmarks.printing import as_json

TINY = {
    "push": 60,
    "pull": 60,
    "trial_balance": 200,
    "statements": 400,
    "back_dated_receipt": 90,
    "pay_run": 3,
    "crowd": 2,
    "no_news": 30,
    "one_edit": 30,
    "resync": 30,
    "live_read": 30,
    "live_write": 30,
}


@pytest.mark.postgresql
@pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR is not set")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.libreoffice if name.startswith("live") else ())
        for name in BENCHMARKS
    ],
)
def test_a_benchmark_measures_ours_and_what_it_is_compared_with(name: str) -> None:
    comparison = BENCHMARKS[name](TINY[name])
    ways = as_json([comparison])["benchmarks"][0]["ways"]
    assert ways[0]["name"].startswith("ours")
    assert ways[0]["ratio"] == 1
    assert all(way["seconds"] > 0 for way in ways)


@pytest.mark.parametrize("rows", [2, 7, 8, 1000])
def test_the_entries_balance_and_have_as_many_rows_as_asked(rows: int) -> None:
    made = [lines for _, lines in entries(rows)]
    assert sum(map(len, made)) == rows
    for lines in made:
        assert 2 <= len(lines) <= 6
        cents = [
            sum(int(line.get(side, "0").replace(".", "")) for line in lines)
            for side in ("debit", "credit")
        ]
        assert cents[0] == cents[1] > 0
