"""What every store does: the tests that memory, SQLite and PostgreSQL pass alike."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from sync_server.core.audit import GENESIS, formulas_of, link
from sync_server.core.errors import AlreadyThere, NotFound
from sync_server.core.port import (
    DOCUMENT,
    SOURCE,
    Batch,
    Days,
    HeldLease,
    KeptCheckpoint,
    Person,
    Rewrite,
    Store,
    StoredRow,
)
from tests.storage.bookshop import (
    COMPANY,
    SALES,
    SECRET,
    STOCK,
    TITLES,
    TURNOVER,
    batch,
    change,
    keep,
    sale,
)
from tests.storage.lasting import LastingContract
from tests.storage.summing import SummingContract, turnover
from workbook_templates.schema import Company


def ids(rows: Sequence[StoredRow]) -> list[str]:
    return [row.id for row in rows]


def _keep_and_fail(store: Store, made: Batch) -> None:
    with store.writing(COMPANY.code) as held:
        held.keep(made)
        raise ZeroDivisionError


class StoreContract(LastingContract, SummingContract):
    """A class that inherits it gives the fixture `store`: empty, with the company `COMPANY`."""

    # -- companies and people -----------------------------------------------------------------

    def test_a_company_is_found_as_it_was_added(self, store: Store) -> None:
        store.add_company(Company("awal", "Awal", "USD", "us", "en"), "e2", b"s")
        assert store.companies() == [Company("awal", "Awal", "USD", "us", "en"), COMPANY]
        with store.reading(COMPANY.code) as held:
            found = (held.company, held.epoch, held.secret, held.head)
        assert found == (COMPANY, "e1", SECRET, 0)

    def test_the_last_number_of_each_series_is_kept(self, store: Store) -> None:
        for seq, numbers in enumerate(({"BK-2026": 2, "BM-2026": 1}, {"BK-2026": 3}), 1):
            made = batch(seq, [change(sale(f"n{seq}", seq))])
            made.numbers = numbers
            keep(store, made)
        with store.reading(COMPANY.code) as held:
            assert held.numbers() == {"BK-2026": 3, "BM-2026": 1}

    def test_a_company_is_added_once(self, store: Store) -> None:
        with pytest.raises(AlreadyThere):
            store.add_company(COMPANY, "e2", SECRET)

    @pytest.mark.parametrize("way", ["reading", "writing"])
    def test_an_unknown_company_is_not_found(self, store: Store, way: str) -> None:
        with pytest.raises(NotFound), getattr(store, way)("nobody"):
            pass

    def test_a_person_is_known_by_every_token_and_gains_roles(self, store: Store) -> None:
        store.add_person(Person("sari", (("toko", "owner"),)), "digest 1")
        store.add_person(Person("sari", (("*", "reader"), ("toko", "owner"))), "digest 2")
        store.add_person(Person("adi", ()), "digest 3")
        first, second = store.person_with("digest 1"), store.person_with("digest 2")
        assert first is not None
        assert first == second
        assert set(first.roles) == {("toko", "owner"), ("*", "reader")}
        assert store.person_with("digest 4") is None
        assert [person.name for person in store.people()] == ["adi", "sari"]

    def test_the_heads_of_all_companies_are_told_at_once(self, store: Store) -> None:
        store.add_company(Company("awal", "Awal", "USD", "us", "en"), "e2", b"s")
        keep(store, batch(1, [change(sale("a"))]))
        assert store.heads() == {"awal": 0, COMPANY.code: 1}

    def test_a_person_who_was_asked_for_is_at_hand_until_roles_change(self, store: Store) -> None:
        store.add_person(Person("sari", (("toko", "owner"),)), "digest 1")
        found = store.person_with("digest 1")
        assert found is not None
        assert store.person_at_hand("digest 1") == found
        store.add_person(Person("sari", (("*", "reader"),)), "digest 2")
        now = store.person_at_hand("digest 1") or store.person_with("digest 1")
        assert now is not None
        assert set(now.roles) == {("toko", "owner"), ("*", "reader")}
        assert store.person_at_hand("nobody") is None

    def test_a_turn_is_its_holders_until_it_ends(self, store: Store) -> None:
        first = HeldLease("c1", "h1", "sari", "2026-05-03T10:01:00.000Z")
        second = HeldLease("c1", "h2", "adi", "2026-05-03T10:02:00.000Z")
        now = "2026-05-03T10:00:59.000Z"
        assert store.take_lease("toko", first, now) == first
        assert store.take_lease("toko", second, now) == first
        assert store.take_lease("toko", second, first.until) == second
        store.release_lease("toko", "c1", "h1")
        assert store.take_lease("toko", first, now) == second
        store.release_lease("toko", "c1", "h2")
        assert store.take_lease("toko", first, now) == first

    # -- rows ---------------------------------------------------------------------------------

    def test_rows_come_back_as_they_were_kept(self, store: Store) -> None:
        one = sale("b", title="Laskar", amount="125000.00", gift="true", note='"é\\ 漢 \n%s ?')
        followed = replace(sale("a"), source="shop.orders/O1", deleted=True)
        keep(store, batch(1, [change(one), change(followed)]))
        with store.reading(COMPANY.code) as held:
            found = held.rows_by_id(["a", "b", "c", "b"])
            assert held.head == 1
        assert found == {"a": followed, "b": one}

    def test_a_documents_lines_keep_the_order_in_which_they_came(self, store: Store) -> None:
        lines = [sale(i, title=i) for i in "cabd"]
        keep(store, batch(1, map(change, lines)))
        later = sale("a", 2, title="z")
        keep(store, batch(2, [change(sale("0", 2)), change(later, lines[1])]))
        with store.reading(COMPANY.code) as held:
            assert ids(held.rows_where(SALES, DOCUMENT, ["S1"])) == ["c", "a", "b", "d", "0"]
            assert ids(list(held.all_rows())) == ["c", "a", "b", "d", "0"]

    def test_rows_are_found_by_document_index_and_source(self, store: Store) -> None:
        rows = [
            sale("a", title="X"),
            replace(sale("b", key="S2", title="Y"), source="shop.orders/O1"),
            replace(sale("c", key="S3", title="X"), deleted=True, source="shop.orders/O1"),
            StoredRow(TITLES, "d", "X", 1, {"code": "X"}, source="shop.orders/O1"),
            sale("e", key="S4"),
        ]
        keep(store, batch(1, map(change, rows)))
        with store.reading(COMPANY.code) as held:
            assert ids(held.rows_where(SALES, DOCUMENT, ["S1", "S2", "S3", "S9"])) == ["a", "b"]
            assert ids(held.rows_where(SALES, "title", ["X", "Y"])) == ["a", "b"]
            assert ids(held.rows_where("", SOURCE, ["shop.orders/O1"])) == ["b", "d"]
            assert ids(held.rows_of(SALES)) == ["a", "b", "e"]
            assert ids(held.rows_of(TITLES)) == ["d"]

    def test_rows_are_found_by_index_and_days(self, store: Store) -> None:
        days = {"a": "2026-04-30", "b": "2026-05-01", "c": "2026-05-31", "d": "2026-06-01"}
        rows = [sale(i, key=i, title="X", date=day) for i, day in days.items()]
        keep(store, batch(1, map(change, [*rows, sale("e", title="Y", date="2026-05-09")])))
        keep(store, batch(2, [change(sale("f", 2, title="X"))]))  # without a day
        with store.reading(COMPANY.code) as held:
            may = Days("date", "2026-05-01", "2026-05-31")
            assert ids(held.rows_where(SALES, "title", ["X"], may)) == ["b", "c"]

    def test_a_question_may_name_thousands(self, store: Store) -> None:
        rows = [sale(f"r{n}", key=f"S{n}", title=f"T{n}") for n in range(5000)]
        keep(store, batch(1, map(change, rows)))
        with store.reading(COMPANY.code) as held:
            assert len(held.rows_by_id(row.id for row in rows)) == 5000
            assert len(held.rows_where(SALES, "title", [f"T{n}" for n in range(5000)])) == 5000

    def test_a_row_moves_to_another_document(self, store: Store) -> None:
        before = sale("a", key="S1", title="X")
        after = sale("a", 2, key="S2", title="Y")
        keep(store, batch(1, [change(before)]), batch(2, [change(after, before)]))
        with store.reading(COMPANY.code) as held:
            assert held.rows_where(SALES, DOCUMENT, ["S1"]) == []
            assert held.rows_where(SALES, "title", ["X"]) == []
            assert held.rows_where(SALES, "title", ["Y"]) == [after]

    def test_one_company_sees_nothing_of_another(self, store: Store) -> None:
        store.add_company(Company("lain", "Lain"), "e2", b"s")
        keep(store, batch(1, [change(sale("a"))]), turnover(2, {("X", "2026-05"): [5]}))
        with store.reading("lain") as held:
            assert held.rows_by_id(["a"]) == {}
            assert held.feed([SALES], 0, 10) == []
            assert held.totals(TURNOVER, (), {}, {}) == {}
            assert held.results(["m1"]) == {}
            assert list(held.commits_after(0)) == []

    # -- the feed -----------------------------------------------------------------------------

    def test_the_feed_gives_the_newest_state_in_order_of_commit(self, store: Store) -> None:
        one, two = sale("b"), sale("a")
        gone = replace(sale("b", 2), deleted=True)
        keep(store, batch(1, [change(one), change(two)]), batch(2, [change(gone, one)]))
        with store.reading(COMPANY.code) as held:
            assert held.feed([SALES, TITLES], 0, 10) == [two, gone]
            assert held.feed([SALES], 1, 10) == [gone]
            assert held.feed([TITLES], 0, 10) == held.feed([SALES], 2, 10) == []

    def test_a_page_of_the_feed_ends_between_two_commits(self, store: Store) -> None:
        for seq in (1, 2, 3):
            keep(store, batch(seq, [change(sale(f"{seq}{x}", seq)) for x in "bac"]))
        with store.reading(COMPANY.code) as held:
            assert ids(held.feed([SALES], 0, 1)) == ["1b", "1a", "1c"]
            assert ids(held.feed([SALES], 0, 3)) == ["1b", "1a", "1c"]
            assert ids(held.feed([SALES], 0, 4)) == ["1b", "1a", "1c", "2b", "2a", "2c"]
            assert ids(held.feed([SALES], 2, 4)) == ["3b", "3a", "3c"]

    def test_the_feed_keeps_the_order_of_lines_within_a_commit(self, store: Store) -> None:
        lines = [sale(i) for i in "cab"]
        keep(store, batch(1, map(change, lines)))
        changed = sale("a", 2, title="z")
        keep(store, batch(2, [change(sale("0", 2)), change(changed, lines[1])]))
        with store.reading(COMPANY.code) as held:
            assert ids(held.feed([SALES], 0, 10)) == ["c", "b", "a", "0"]

    # -- projections -----------------------------------------------------------------

    def test_a_projection_is_what_was_kept_last(self, store: Store) -> None:
        def stock(start: int, before: str, after: str) -> Rewrite:
            costs = [[{"cost": cost} for cost in each.split()] for each in (after, before)]
            return Rewrite(start, *costs)

        first = {"X": stock(0, "", "1.00 2.00 3.00"), "Y": stock(0, "", "9.00")}
        keep(store, Batch(1, replays={STOCK: {**first, "Z": stock(0, "", "8.00")}}))
        second = {"X": stock(1, "2.00 3.00", "2.50"), "Z": stock(0, "8.00", "")}
        keep(store, Batch(2, replays={STOCK: second}))
        with store.reading(COMPANY.code) as held:
            kept = {"X": [{"cost": "1.00"}, {"cost": "2.50"}], "Y": [{"cost": "9.00"}]}
            assert held.replayed_since(STOCK, {"X": 0, "Y": 0, "Z": 0, "Q": 0}) == kept
            since = held.replayed_since(STOCK, {"X": 1, "Y": 1})
            assert since == {"X": [{"cost": "2.50"}]}
            assert held.all_replays(STOCK) == kept

    def test_a_long_projection_is_written_anew(self, store: Store) -> None:
        old, new = ([{"cost": f"{n}.{cents}"} for n in range(200)] for cents in ("00", "50"))
        keep(store, Batch(1, replays={STOCK: {"X": Rewrite(0, old), "Y": Rewrite(0, old[:9])}}))
        second = Rewrite(2, [*old[2:5], *new[5:], {"cost": 'é"'}], old[2:])
        keep(store, Batch(2, replays={STOCK: {"X": second, "Y": Rewrite(9, new, [])}}))
        keep(store, Batch(3, replays={STOCK: {"Y": Rewrite(0, new[:60], [*old[:9], *new])}}))
        with store.reading(COMPANY.code) as held:
            assert held.all_replays(STOCK) == {
                "X": [*old[:5], *new[5:], {"cost": 'é"'}],
                "Y": new[:60],
            }

    def test_checkpoints_are_put_moved_and_taken_away(self, store: Store) -> None:
        def stock(**days: int | None) -> Rewrite:
            return Rewrite(
                0,
                [],
                [],
                {
                    day: None if n is None else KeptCheckpoint(day, n, f'["{day}",{n}]')
                    for day, n in days.items()
                },
            )

        keep(store, Batch(1, replays={STOCK: {"X": stock(d1=0, d2=4, d3=6), "Y": stock(d2=1)}}))
        keep(store, Batch(2, replays={STOCK: {"X": stock(d1=None, d3=None, d2=5)}}))
        with store.reading(COMPANY.code) as held:
            wanted = {"X": [("d2", 5)], "Y": [("d2", 1)]}
            assert held.checkpoints(STOCK, ["X", "Y", "Z"]) == wanted
            assert held.checkpoint_states(STOCK, {"X": "d2"}) == {"X": '["d2",5]'}
            whole = held.all_checkpoints(STOCK)
            assert whole["X"] == [KeptCheckpoint("d2", 5, '["d2",5]')]

    # -- commits, audit, results --------------------------------------------------------------

    def test_results_are_found_by_mutation(self, store: Store) -> None:
        made = batch(1, [change(sale("a"))])
        keep(store, made)
        with store.reading(COMPANY.code) as held:
            assert held.results(["m1", "m2"]) == made.results

    def test_authors_are_found_by_commit(self, store: Store) -> None:
        keep(store, batch(1, [change(sale("a"))]), batch(2, [change(sale("b", 2))], user="adi"))
        with store.reading(COMPANY.code) as held:
            found = held.authors([2, 1, 2, 0])
        assert found == {1: ("sari", "2026-05-01T00:00:00Z"), 2: ("adi", "2026-05-02T00:00:00Z")}

    def test_history_tells_every_change_of_a_row(self, store: Store) -> None:
        first = sale("a", title="X", amount="1.00")
        second = sale("a", 3, title="Y", copies="2")
        gone = replace(second, seq=4, deleted=True)
        keep(store, batch(1, [change(first, row=7), change(sale("b"))]))
        keep(store, batch(2, [change(sale("c", 2))]), batch(3, [change(second, first)], user="adi"))
        keep(store, batch(4, [replace(change(gone, second), place=None)]))
        with store.reading(COMPANY.code) as held:
            assert held.history("z") == []
            made, edited, deleted = held.history("a")
        assert made.cells == {c: (None, v) for c, v in first.cells.items()}
        assert (made.created, made.deleted, made.seq, made.by) == (True, False, 1, "sari")
        assert made.at is not None
        assert (made.at.sheet, made.at.row, made.file) == ("Penjualan", 7, "toko.xlsx")
        changed = {"title": ("X", "Y"), "copies": (None, "2"), "amount": ("1.00", None)}
        assert (edited.cells, edited.created, edited.by) == (changed, False, "adi")
        assert deleted.cells == {c: (v, None) for c, v in second.cells.items()}
        assert (deleted.deleted, deleted.at, deleted.mid) == (True, None, "m4")

    def test_the_formulas_of_changed_cells_are_told_with_their_change(self, store: Store) -> None:
        formulas = {"title": "=A1&B1", "amount": "=2*3", "unheard_of": "=1"}
        first, second = sale("a", title="X", amount="6.00"), sale("a", 2, title="Y", amount="6.00")
        keep(store, batch(1, [replace(change(first), formulas=formulas), change(sale("b"))]))
        keep(store, batch(2, [replace(change(second, first), formulas=formulas)]))
        keep(store, batch(3, [replace(change(replace(second, seq=3, deleted=True), second))]))
        with store.reading(COMPANY.code) as held:
            assert [one.f for one in held.history("a")] == [
                {"title": "=A1&B1", "amount": "=2*3"},
                {"title": "=A1&B1"},
                {},
            ]
            assert [one.f for one in held.history("b")] == [{}]
            told = [formulas_of(c.formulas) for k in held.commits_after(0) for c in k.changes]
        assert told == [{"title": "=A1&B1", "amount": "=2*3"}, {}, {"title": "=A1&B1"}, {}]

    def test_commits_are_chained_from_the_first_to_the_last(self, store: Store) -> None:
        first = sale("b", title="X")
        keep(store, batch(1, [change(first), change(sale("a"))]))
        keep(store, batch(2, [change(sale("b", 2, title="Y"), first)]))
        with store.reading(COMPANY.code) as held:
            kept = list(held.commits_after(0))
            assert list(held.commits_after(1)) == kept[1:]
        previous = GENESIS
        for commit in kept:
            previous = link(previous, commit.commit, commit.changes)
            assert commit.hash == previous
        assert [(c.id, c.created) for k in kept for c in k.changes] == [
            ("a", True),
            ("b", True),
            ("b", False),
        ]
        assert kept[1].changes[0].cells == '{"title":["X","Y"]}'

    # -- transactions -------------------------------------------------------------------------

    def test_an_exception_takes_everything_back(self, store: Store) -> None:
        made = batch(1, [change(sale("a"))])
        made.totals = {TURNOVER: {("X", "2026-05"): [1]}}
        made.replays = {STOCK: {"X": Rewrite(0, [{"cost": "1.00"}])}}
        with pytest.raises(ZeroDivisionError):
            _keep_and_fail(store, made)
        with store.reading(COMPANY.code) as held:
            left = (held.head, held.rows_by_id(["a"]), held.results(["m1"]), held.history("a"))
            assert left == (0, {}, {}, [])
            assert held.all_totals(TURNOVER) == held.all_replays(STOCK) == {}
            assert list(held.commits_after(0)) == []

    def test_a_writer_reads_what_it_has_kept(self, store: Store) -> None:
        with store.writing(COMPANY.code) as held:
            held.keep(batch(1, [change(sale("a"))]))
            assert held.head == 1
            assert set(held.rows_by_id(["a"])) == {"a"}
