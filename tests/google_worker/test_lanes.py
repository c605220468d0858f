"""Nobody is overtaken, nobody starves, and the bucket of reads is never exceeded."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.google_worker.lanes import (
    Lane,
    Lanes,
    Seen,
    due,
    lane_of,
    late_s,
    next_of,
    rest_s,
    wakes_at,
)
from addin.hosts.google.pace import Bucket

LANES = Lanes()
SHORT = Lanes(sweep=300.0, stays_hot=120.0, stays_warm=600.0)  # an hour of looks is enough to see
HOUR = 3600.0


@dataclass
class Day:
    """A worker's day on a clock that only moves when somebody waits."""

    lanes: Lanes = SHORT
    bucket_per_minute: float = 48.0
    reads_a_look: int = 1
    time: float = 1_000_000.0
    bucket: Bucket = field(init=False)
    reads: list[float] = field(default_factory=list)
    looks: list[tuple[float, str, float]] = field(default_factory=list)  # when, which, how late

    def __post_init__(self) -> None:
        self.bucket = Bucket(self.bucket_per_minute, clock=lambda: self.time, sleep=self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.time += seconds

    def work(self, all_seen: list[Seen], until: float) -> list[Seen]:
        """Look at one after another as the lanes say, for so many seconds."""
        by_name, end = {seen.name: seen for seen in all_seen}, self.time + until
        while self.time < end:
            seen = next_of(by_name.values(), self.lanes, self.time)
            if seen is None:
                wakes = wakes_at(by_name.values(), self.lanes, self.time)
                self.time = max(self.time + 0.001, wakes or end)
                continue
            self.looks.append((self.time, seen.name, late_s(seen, self.lanes, self.time)))
            by_name[seen.name] = replace(seen, looked=self.time, called=False, failures=0)
            for _ in range(self.reads_a_look):
                self.bucket.take()
                self.reads.append(self.time)
        return list(by_name.values())

    def slot(self) -> float:
        """The seconds that one look takes when the bucket is empty."""
        return self.reads_a_look * 60 / self.bucket_per_minute


@st.composite
def workbooks(draw: st.DrawFn, most: int = 15) -> list[Seen]:
    """Spreadsheets in every lane, some called, some that failed."""
    found = []
    for number in range(draw(st.integers(1, most))):
        ages = st.floats(0, 4 * HOUR)
        edited = draw(st.none() | ages)
        looked = draw(st.none() | ages)
        failures = draw(st.integers(0, 3))
        found.append(
            Seen(
                f"book-{number}",
                looked=None if looked is None else 1_000_000.0 - looked,
                edited=None if edited is None else 1_000_000.0 - edited,
                called=draw(st.booleans()),
                failures=failures,
                rests_until=1_000_000.0 + rest_s(failures) if failures else 0.0,
            )
        )
    return found


@given(workbooks(), st.integers(1, 8))
@settings(max_examples=25, deadline=None)
def test_no_spreadsheet_starves(books: list[Seen], reads_a_look: int) -> None:
    day = Day(reads_a_look=reads_a_look)
    after = day.work(books, 2 * SHORT.sweep + len(books) * day.slot())
    assert {name for _, name, _ in day.looks} == {seen.name for seen in books}
    longest = SHORT.sweep + (len(books) + 1) * day.slot()
    assert all(seen.looked is not None for seen in after)
    assert max(day.time - (seen.looked or 0) for seen in after) <= longest


@given(workbooks(), st.integers(1, 8))
@settings(max_examples=25, deadline=None)
def test_once_due_none_waits_longer_than_one_look_at_each(
    books: list[Seen], reads_a_look: int
) -> None:
    day = Day(reads_a_look=reads_a_look)
    settled = day.work(books, 2 * SHORT.sweep)  # whatever had gathered before is worked off
    day.looks.clear()
    day.work(settled, SHORT.sweep)
    assert max((late for _, _, late in day.looks), default=0) <= (len(books) + 1) * day.slot() + 0.1


@given(workbooks())
@settings(max_examples=25, deadline=None)
def test_a_hot_spreadsheet_is_read_within_its_bound_while_the_quota_lasts(
    books: list[Seen],
) -> None:
    day = Day(lanes=LANES)
    hot = Seen("hot", looked=day.time, edited=day.time)
    others = [replace(s, edited=None, called=False, failures=0) for s in books]  # cold ones
    day.work([hot, *others], LANES.stays_hot - 1)
    times = [when for when, name, _ in day.looks if name == "hot"]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert max(gaps) <= LANES.hot + (len(books) + 1) * day.slot() + 0.1
    # as soon as the cold ones are done, it comes every fifteen seconds to the second
    assert gaps[-1] <= LANES.hot + 0.1


@given(workbooks(), st.integers(1, 8), st.sampled_from([12.0, 48.0, 60.0]))
@settings(max_examples=25, deadline=None)
def test_the_bucket_is_never_exceeded(
    books: list[Seen], reads_a_look: int, per_minute: float
) -> None:
    day = Day(bucket_per_minute=per_minute, reads_a_look=reads_a_look)
    day.work(books, 600)
    start = 0
    for end, when in enumerate(day.reads):
        while day.reads[start] <= when - 60:
            start += 1
        assert end - start + 1 <= per_minute + day.bucket.burst + 1e-6


@given(workbooks())
@settings(max_examples=25, deadline=None)
def test_who_has_been_due_for_longest_goes_first(books: list[Seen]) -> None:
    now = 1_000_000.0
    first = next_of(books, LANES, now)
    moments = sorted(due(seen, LANES, now) for seen in books)
    if first is None:
        assert moments[0] > now
    else:
        assert due(first, LANES, now) == moments[0]
        assert next_of(books, LANES, now, busy={first.name}) != first


def test_an_edit_makes_a_spreadsheet_hot_then_warm_then_cold() -> None:
    seen = Seen("a", looked=0, edited=0)
    assert [lane_of(seen, LANES, t) for t in (1, 599, 601, 28_799, 28_801)] == [
        Lane.HOT,
        Lane.HOT,
        Lane.WARM,
        Lane.WARM,
        Lane.COLD,
    ]


def test_what_is_called_is_due_as_soon_as_a_hot_one() -> None:
    cold = Seen("a", looked=100.0)
    assert due(cold, LANES, 200.0) == 100.0 + LANES.sweep
    assert due(replace(cold, called=True), LANES, 200.0) == 100.0 + LANES.hot


def test_one_that_fails_rests_longer_each_time_and_is_still_tried() -> None:
    rests = [rest_s(failures) for failures in range(1, 12)]
    assert rests[:3] == [15.0, 30.0, 60.0]
    assert rests == sorted(rests)
    assert rests[-1] == 900.0
