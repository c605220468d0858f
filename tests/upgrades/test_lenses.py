"""Down after up is where one came from; what a version had is what its declaration says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.upgrades.clients import TABLE, V1, V2, V3
from workbook_templates.lenses import lifted, lifted_pairs, lowered, renewed
from workbook_templates.versions import as_of, steps_of

TEXT = st.one_of(
    st.none(), st.text("ab c", min_size=1, max_size=6).filter(lambda t: t == t.strip())
)
ROW = st.dictionaries(st.sampled_from(["code", "name", "town", "joined"]), TEXT)


@given(ROW)
def test_down_after_up_is_where_one_came_from(cells: dict[str, str | None]) -> None:
    for book in (V2, V3):
        steps = steps_of(book, TABLE, 1)
        assert lowered(steps, lifted(steps, cells)) == cells
        assert lowered(steps, renewed(steps, cells)) == cells


@given(ROW, ROW)
def test_changes_are_lifted_as_their_ends_are(
    known: dict[str, str | None], wanted: dict[str, str | None]
) -> None:
    steps = steps_of(V3, TABLE, 1)
    keys = known.keys() & wanted.keys()
    pairs = {key: (known[key], wanted[key]) for key in keys}
    found = lifted_pairs(steps, pairs)
    assert {k: p[0] for k, p in found.items()} == lifted(steps, {k: known[k] for k in keys})
    assert {k: p[1] for k, p in found.items()} == lifted(steps, {k: wanted[k] for k in keys})


def test_a_new_column_is_absent_and_never_blank() -> None:
    steps = steps_of(V3, TABLE, 1)
    assert "kind" not in lifted_pairs(steps, {"name": (None, "Ani")})
    assert renewed(steps, {"code": "1", "name": "Ani Sari"}) == {
        "code": "1", "first": "Ani", "last": "Sari", "kind": "full",
    }  # fmt: skip


def test_an_older_version_follows_from_the_newest() -> None:
    for book in (V2, V3):
        before = as_of(book, 1)
        assert [s.key for s in before.sheets] == ["members"]
        told = {c.key: c.heading for c in before.sheet("members").columns}
        assert told == {c.key: c.heading for c in V1.sheet("members").columns}
    assert set(as_of(V3, 2).sheet("members").by_key) == set(V2.sheet("members").by_key)
