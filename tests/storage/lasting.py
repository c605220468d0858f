"""What every store does with what is old or beside the rows: purging, trails, files, drafts."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sync_server.core.port import CopySeen, Outlived, ParkedDraft, Store
from tests.storage.bookshop import COMPANY, SALES, batch, change, sale

COPY = CopySeen("c1", "sari", "s1", "toko.xlsx", "xlsx", "shop", 2, 7, "2026-05-01T00:00:00Z")
DRAFT = ParkedDraft(
    *("d1", "rina", "sari", "2026-05-01T00:00:00Z", "toko.xlsx", "shop", "why", "open"),
    *("", "", "[]"),
)


class LastingContract:
    """A class that inherits it gives the fixture `store`: empty, with the company `COMPANY`."""

    @pytest.fixture
    def purged(self, store: Store) -> Store:
        """Rows a, b and c; a was deleted in commit 3, c in commit 4; 3 and before are purged."""
        a, b, c = (sale(i, title=i) for i in "abc")
        newer = sale("a", 2, title="d")
        with store.writing(COMPANY.code) as held:
            held.keep(batch(1, [change(a), change(b), change(c)]))
            held.keep(batch(2, [change(newer, a)]))
            held.keep(batch(3, [change(replace(newer, seq=3, deleted=True), newer)]))
            held.keep(batch(4, [change(replace(c, seq=4, deleted=True), c)]))
            assert held.outlived(3, "2026-05-03") == Outlived(1, 2, 3)
            held.purge(3, "2026-05-03")
        return store

    def test_only_old_tombstones_and_results_are_purged(self, purged: Store) -> None:
        with purged.reading(COMPANY.code) as held:
            assert held.floor == 3
            assert [(row.id, row.deleted) for row in held.all_rows()] == [("b", False), ("c", True)]
            assert held.results(["m1", "m2", "m3"]).keys() == {"m3"}
            assert [kept.commit.seq for kept in held.commits_after(0)] == [1, 2, 3, 4]
            assert held.head == 4

    def test_where_nothing_is_purged_the_floor_stays(self, store: Store) -> None:
        with store.writing(COMPANY.code) as held:
            held.keep(batch(1, [change(sale("a"))]))
            held.purge(1, "")
            assert held.floor == 0

    def test_the_history_of_a_purged_row_stays(self, purged: Store) -> None:
        with purged.reading(COMPANY.code) as held:
            assert [told.seq for told in held.history("a")] == [1, 2, 3]

    def test_a_trail_ends_with_the_commit_that_is_asked_for(self, purged: Store) -> None:
        with purged.reading(COMPANY.code) as held:
            assert [told.seq for told in held.trail("a", 2)] == [1, 2]
            assert held.trail("b", 2) == []

    def test_the_last_commit_before_a_moment(self, purged: Store) -> None:
        with purged.reading(COMPANY.code) as held:
            moments = ("2026-05-01", "2026-05-03", "2026-06-01")
            assert [held.last_before(at) for at in moments] == [0, 2, 4]

    def test_a_history_has_one_mark(self, purged: Store) -> None:
        with purged.reading(COMPANY.code) as held:
            marks = held.marks([1, 2, 4, 9])
            assert marks.keys() == {1, 2, 4}
            assert len(set(marks.values())) == 3
            assert held.mark == marks[4]

    def test_who_made_what_another_one_sent_is_kept_and_hashed(self, store: Store) -> None:
        made = batch(1, [change(sale("a"))])
        made.commits = [replace(made.commits[0], made_by="rina")]
        with store.writing(COMPANY.code) as held:
            held.keep(made)
        with store.reading(COMPANY.code) as held:
            (kept,) = held.commits_after(0)
            assert held.history("a")[0].made_by == kept.commit.made_by == "rina"
            assert [row.table for row in held.all_rows()] == [SALES]

    def test_a_file_is_as_it_was_seen_last(self, store: Store) -> None:
        newer = CopySeen("c1", *("adi", "s2", "b.xlsx", "excel", "shop", 3, 9), "2026-05-03")
        store.see_copy(COMPANY.code, COPY)
        store.see_copy(COMPANY.code, newer)
        store.see_copy(COMPANY.code, CopySeen("c2", *("adi", "", "", "", "", 0, 0), "2026-05-04"))
        assert [seen.copy for seen in store.copies(COMPANY.code)] == ["c2", "c1"]
        assert store.copy_seen(COMPANY.code, "c1") == newer
        assert store.copy_seen(COMPANY.code, "c3") is None

    def test_a_draft_is_as_it_was_parked_last(self, store: Store) -> None:
        adopted = replace(DRAFT, state="adopted", settled_by="adi")
        for draft in (DRAFT, adopted, replace(DRAFT, id="d2", at="2026-05-02T00:00:00Z")):
            store.park(COMPANY.code, draft)
        assert [draft.id for draft in store.drafts(COMPANY.code)] == ["d2", "d1"]
        assert store.drafts(COMPANY.code, ["d1", "d3"]) == [adopted]
        assert store.drafts("other") == []
