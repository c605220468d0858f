"""The straight way of new documents does what the general way does, whatever is pushed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from sync_server.core import push as pushing
from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.creating import NONE, New, create_documents, new_documents
from sync_server.core.draft import Draft
from sync_server.storage.memory import MemoryStore
from sync_server.storage.memory_projections import sums_after
from workbook_templates import wire
from workbook_templates.books import all_books, book
from workbook_templates.limits import Limit
from workbook_templates.schema import Company
from workbook_templates.senders import OWNER

CATALOGUE = Catalogue(all_books())
VERSION = book("ledger").version
OWNER_OF_ALL = Author("sari", frozenset({OWNER}), CATALOGUE)
CLERK_OF_CC1 = replace(OWNER_OF_ALL, only=(Limit("ledger.journal", ("cost_centre",), ("CC1",)),))
MASTERS = {
    "ledger.accounts": [
        {"code": code, "name": code, "type": "asset"} | more
        for code, more in (("1", {}), ("11", {"parent": "1"}), ("12", {"parent": "1"}))
    ],
    "ledger.parties": [{"code": "P1", "name": "P1", "kind": "both"}],
    "ledger.periods": [
        {"period": "2026-05", "status": "open"},
        {"period": "2026-04", "status": "closed"},
    ],
}

ENTRIES, ROW_IDS = ("J1", "J2", "J3", "SI:1"), tuple(f"r{n}" for n in range(8))
# What is mostly right, so that whole documents land, and now and then wrong.
TEXTS: dict[str, tuple[str, ...]] = {
    "date": ("2026-05-03", "2026-05-03", "2026-05-03", "2026-05-04", "2026-04-30", "3 May"),
    "account": ("11", "12", "11", "12", "11", "12", "1", "99"),
    "party": ("P1", "P1", "P9"),
    "description": ("Rent", " odd"),
    "document": ("X1",),
    "colour": ("red",),
    "cost_centre": ("CC1", "CC2"),
    "post": ("true", "false"),
    "reverses": ("J1",),
}


@st.composite
def ops(draw: st.DrawFn, entry: str) -> list[wire.Op]:
    """Rows of one entry; an amount on one side is met by the same on the other."""
    made = []
    for n in range(draw(st.integers(1, 4))):
        cells = {
            "entry": draw(st.sampled_from((entry,) * 12 + ENTRIES)),
            ("debit", "credit")[n % 2]: draw(st.sampled_from(("5.00",) * 12 + ("7.00", "5"))),
            "date": "2026-05-03",
            "account": "11",
        }
        for column in draw(st.lists(st.sampled_from(tuple(TEXTS)), max_size=1, unique=True)):
            cells[column] = draw(st.sampled_from(TEXTS[column]))
        if n and draw(st.booleans()):
            del cells["date"]  # the first line's counts
        base = draw(st.sampled_from((None,) * 12 + ("7.00",)))
        pairs: Any = {c: (base if c == "credit" else None, text) for c, text in cells.items()}
        kind = draw(st.sampled_from(("put",) * 12 + ("del",)))
        made.append(wire.Op(kind, "ledger.journal", draw(st.sampled_from(ROW_IDS)), pairs))
    return made


@st.composite
def pushes(draw: st.DrawFn) -> list[list[wire.Group]]:
    """Some requests of some groups, a few of them sent again."""
    requests, mid = [], 0
    for _ in range(draw(st.integers(1, 3))):
        groups = []
        for _ in range(draw(st.integers(1, 4))):
            mid += draw(st.sampled_from((1,) * 6 + (0,)))
            entry = draw(st.sampled_from(ENTRIES))
            rows = tuple(draw(ops(entry)))
            new = draw(st.booleans())
            groups.append(wire.Group(f"m{mid}", "ledger.journal", entry, rows, new, schema=VERSION))
        requests.append(groups)
    return requests


def masters() -> list[wire.Group]:
    """The accounts and the rest that the entries name."""
    return [
        wire.Group(f"{t}{n}", t, "|".join([*row.values()][:1]), (put(t, f"{t}{n}", row),), new=True)
        for t, rows in MASTERS.items()
        for n, row in enumerate(rows)
    ]


def outcome(
    requests: list[list[wire.Group]],
    ways: list[str],
    straight: bool,
    author: Author = OWNER_OF_ALL,
) -> Any:
    """All that can be seen after the pushes; `ways` notes the groups that went the straight way."""

    def noting(draft: Draft, groups: Sequence[wire.Group], new: New, head: int) -> Any:
        created = create_documents(draft, groups, new, head)
        ways.extend(created)
        return created

    store = MemoryStore()
    store.add_company(Company("toko", "Toko"), "e", b"k" * 32)
    seen: list[Any] = []
    plan = new_documents if straight else lambda *_: NONE
    with (
        patch.object(pushing, "new_documents", plan),
        patch.object(pushing, "create_documents", noting),
    ):
        for person, groups in [(OWNER_OF_ALL, masters()), *((author, r) for r in requests)]:
            with store.writing("toko") as held:
                draft = Draft(held, CATALOGUE)
                batch, results = pushing.push(draft, groups, person, "2026-05-03T00:00:00Z")
                held.keep(batch)
            sums = without_zeros(sums_after({}, batch))
            seen.append((results, replace(batch, totals=sums, moved=[])))
    assert {r.status for r in seen[0][0]} == {wire.APPLIED}, seen[0][0]
    with store.reading("toko") as held:
        sums = without_zeros({key: held.all_totals(key) for key in CATALOGUE.totals})
        return seen, list(held.all_rows()), list(held.commits_after(0)), sums


def without_zeros(totals: Any) -> Any:
    """A sum of zero may be told or not."""
    moved = {key: {by: of for by, of in sums.items() if any(of)} for key, sums in totals.items()}
    return {key: sums for key, sums in moved.items() if sums}


def put(table: str, row_id: str, row: dict[str, str]) -> wire.Op:
    return wire.Op("put", table, row_id, {c: (None, text) for c, text in row.items()})


@settings(deadline=None, max_examples=150)
@given(pushes())
def test_both_ways_give_equal_answers_rows_audit_and_sums(requests: list[list[wire.Group]]) -> None:
    assert outcome(requests, [], straight=True) == outcome(requests, [], straight=False)


@settings(deadline=None, max_examples=50)
@given(pushes())
def test_both_ways_are_equal_for_whom_only_some_rows_are_for(
    requests: list[list[wire.Group]],
) -> None:
    ways = [outcome(requests, [], straight, CLERK_OF_CC1) for straight in (True, False)]
    assert ways[0] == ways[1]


def test_nobody_makes_an_entry_beyond_their_rows() -> None:
    line = {"entry": "J1", "date": "2026-05-03", "cost_centre": "CC2"}
    rows = (
        put("ledger.journal", "r1", {**line, "account": "11", "debit": "5.00"}),
        put("ledger.journal", "r2", {**line, "account": "12", "credit": "5.00"}),
    )
    requests = [[wire.Group("m1", "ledger.journal", "J1", rows, True, schema=VERSION)]]
    told = outcome(requests, [], straight=True, author=CLERK_OF_CC1)[0][-1][0]
    assert [result.status for result in told] == [wire.DENIED]


def test_a_faultless_new_entry_goes_the_straight_way() -> None:
    line = {"entry": "J1", "date": "2026-05-03", "account": "11"}
    rows = (
        put("ledger.journal", "r1", {**line, "debit": "5.00"}),
        put("ledger.journal", "r2", {"entry": "J1", "account": "12", "credit": "5.00"}),
    )
    ways: list[str] = []
    group = wire.Group("m1", "ledger.journal", "J1", rows, True, schema=VERSION)
    outcome([[group]], ways, straight=True)
    assert ways[-1] == "m1"
