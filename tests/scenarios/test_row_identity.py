"""What copying, pasting, sorting and deleting do to row ids, line by line of the specification."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.hosts import open_workbook
from addin.questions import Question
from addin.runs import Wishes, examine, sync_workbook
from tests.scenarios.office import Office, entry, seen, type_rows, worksheet

JOURNAL, PARTIES = "ledger.journal", "ledger.parties"
Cells = list[Any]


@pytest.fixture
def book(office: Office) -> Path:
    """Three entries and four parties, known centrally."""
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [line for n in (7, 8, 9) for line in entry(f"JU-00{n}", n)])
    people = [{"code": f"C{n}", "name": f"Toko {n}", "kind": "customer"} for n in range(4)]
    type_rows(file, PARTIES, people)
    assert office.sync(file).groups["applied"] == 7
    return file


def rearrange(file: Path, table: str, change: Callable[[list[Cells]], Sequence[Cells]]) -> None:
    """Put other rows in the place of a sheet's rows, hidden id and all."""
    opened = openpyxl.load_workbook(file)
    sheet = worksheet(opened, *table.split("."))
    rows = [list(row) for row in sheet.iter_rows(2, values_only=True)]
    filled = [row for row in rows if any(cell is not None for cell in row)]
    new = list(change(filled))
    for number in range(max(len(new), len(filled))):
        row = new[number] if number < len(new) else [None] * sheet.max_column
        for column, cell in enumerate(row, start=1):
            sheet.cell(number + 2, column).value = cell
    opened.save(file)


def id_column(file: Path, table: str) -> int:
    """Where the hidden id stands, from 0."""
    sheet = worksheet(openpyxl.load_workbook(file), *table.split("."))
    return [cell.value for cell in sheet[1]].index("_id")


def ids(file: Path, table: str = JOURNAL) -> list[str]:
    """The ids as they stand on the sheet."""
    return [row["id"] for row in seen(file, table)]


def entries(office: Office) -> list[str]:
    """The entries of the central copy, a line each."""
    return sorted(row["entry"] for row in office.kept(JOURNAL))


def test_one_copied_row_is_a_new_row_and_both_have_their_id(office: Office, book: Path) -> None:
    rearrange(book, PARTIES, lambda rows: [*rows, rows[0]])
    before = ids(book, PARTIES)
    office.sync(book)
    after = ids(book, PARTIES)
    assert after[:4] == before[:4]
    assert after[4] not in before


def test_an_entry_that_is_copied_whole_gets_the_next_free_number(
    office: Office, book: Path
) -> None:
    rearrange(book, JOURNAL, lambda rows: [*rows, *rows[:2]])
    run = office.sync(book)
    assert [(c.key, c.new_key) for c in run.outcome.preview.copied] == [("JU-007", "JU-010")]
    assert entries(office) == [f"JU-{n}" for n in ("007", "008", "009", "010") for _ in range(2)]
    assert [row["entry"] for row in seen(book, JOURNAL)][6:] == ["JU-010", "JU-010"]


def test_an_entry_that_is_copied_twice_without_its_ids_makes_two_entries(
    office: Office, book: Path
) -> None:
    place = id_column(book, JOURNAL)

    def copied(rows: list[Cells]) -> list[Cells]:
        bare = [[None if n == place else c for n, c in enumerate(row)] for row in rows[:2]]
        return [*rows, *bare, *bare]

    rearrange(book, JOURNAL, copied)
    run = office.sync(book)
    assert [c.new_key for c in run.outcome.preview.copied] == ["JU-010", "JU-011"]
    assert run.groups["applied"] == 2


def test_a_preview_names_the_copied_entry_and_changes_nothing(office: Office, book: Path) -> None:
    rearrange(book, JOURNAL, lambda rows: [*rows, *rows[:2]])
    workbook = open_workbook(book)
    _, preview = examine(workbook)
    workbook.close()
    assert [(c.key, c.new_key) for c in preview.copied] == [("JU-007", "JU-010")]
    assert [row["entry"] for row in seen(book, JOURNAL)][6:] == ["JU-007", "JU-007"]


def test_a_line_that_is_copied_by_itself_stays_in_its_entry(office: Office, book: Path) -> None:
    rearrange(book, JOURNAL, lambda rows: [*rows, rows[0]])
    run = office.sync(book)
    assert not run.outcome.preview.copied
    assert {issue.code for issue in run.issues} == {"unbalanced"}


def test_rows_that_were_cut_and_pasted_without_their_ids_get_them_back(
    office: Office, book: Path
) -> None:
    place, before = id_column(book, PARTIES), ids(book, PARTIES)

    def cut(rows: list[Cells]) -> list[Cells]:
        bare = [None if n == place else cell for n, cell in enumerate(rows[0])]
        return [*rows[1:], bare]

    rearrange(book, PARTIES, cut)
    run = office.sync(book)
    assert ids(book, PARTIES) == [*before[1:], before[0]]
    assert run.outcome.preview.put_back[PARTIES] == 1
    assert sum(run.groups.values()) == 0


@pytest.mark.parametrize("wrong", ["1.2E+15", "JU-007", 12345])
def test_what_is_no_id_is_as_good_as_none(office: Office, book: Path, wrong: object) -> None:
    place, before = id_column(book, PARTIES), ids(book, PARTIES)

    def typed_over(rows: list[Cells]) -> list[Cells]:
        rows[1][place] = wrong
        return rows

    rearrange(book, PARTIES, typed_over)
    run = office.sync(book)
    assert (ids(book, PARTIES), run.issues) == (before, [])


def shuffle(book: Path) -> list[str]:
    """Sort the names and kinds, but not the ids, of the parties; the ids as they stood."""
    place = id_column(book, PARTIES)

    def sorted_in_part(rows: list[Cells]) -> list[Cells]:
        turned = rows[1:] + rows[:1]
        return [
            [
                old if n == place else new
                for n, (old, new) in enumerate(zip(row, other, strict=True))
            ]
            for row, other in zip(rows, turned, strict=True)
        ]

    before = ids(book, PARTIES)
    rearrange(book, PARTIES, sorted_in_part)
    return before


def ask(office: Office, book: Path, answer: bool) -> tuple[Any, list[Question]]:
    """A sync by somebody who answers every question alike; the run, and what was asked."""
    asked: list[Question] = []

    def said(question: Question) -> bool:
        asked.append(question)
        return answer

    workbook = open_workbook(book)
    run = sync_workbook(workbook, office.client(), Wishes(ask=said))
    workbook.close()
    return run, asked


def test_shuffled_rows_are_asked_for_and_get_their_ids_back(office: Office, book: Path) -> None:
    before = shuffle(book)
    run, asked = ask(office, book, True)
    assert [question.text for question in asked] == [
        "4 rows of the sheet Parties look shuffled against their ids (as after sorting part of it)."
        " Re-attach them?"
    ]
    assert ids(book, PARTIES) == [*before[1:], before[0]]
    assert sum(run.groups.values()) == 0


def test_where_nobody_can_be_asked_shuffled_rows_get_their_ids_back_and_it_is_said(
    office: Office, book: Path
) -> None:
    before = shuffle(book)
    run = office.sync(book)
    assert ids(book, PARTIES) == [*before[1:], before[0]]
    assert run.outcome.preview.put_back[PARTIES] == 4


def test_who_says_no_sends_the_shuffled_rows_as_edits(office: Office, book: Path) -> None:
    before = shuffle(book)
    run, _ = ask(office, book, False)
    assert ids(book, PARTIES) == before
    assert run.outcome.preview.rows[PARTIES, "changed"] == 4


def test_a_row_that_is_pasted_into_another_sheet_is_a_new_row_there(
    office: Office, book: Path
) -> None:
    place, foreign = id_column(book, PARTIES), ids(book, JOURNAL)[0]
    type_rows(book, PARTIES, [{"code": "C9", "name": "Toko 9", "kind": "customer"}])

    def pasted(rows: list[Cells]) -> list[Cells]:
        rows[4][place] = foreign
        return rows

    rearrange(book, PARTIES, pasted)
    run = office.sync(book)
    assert (run.groups["applied"], run.issues) == (1, [])
    assert ids(book, PARTIES)[4] != foreign
    assert foreign in ids(book, JOURNAL)


def test_a_row_from_another_book_whose_id_the_server_knows_gets_a_new_one(
    office: Office, book: Path
) -> None:
    foreign = ids(book, PARTIES)[0]
    other = office.workbook("inventory")
    office.sync(other)
    type_rows(other, "inventory.warehouses", [{"code": "G1", "name": "Gudang"}])
    place = id_column(other, "inventory.warehouses")

    def pasted(rows: list[Cells]) -> list[Cells]:
        rows[-1][place] = foreign
        return rows

    rearrange(other, "inventory.warehouses", pasted)
    run = office.sync(other)
    assert (run.groups["applied"], run.issues) == (1, [])
    assert foreign not in ids(other, "inventory.warehouses")


def many_gone(office: Office, book: Path) -> None:
    """Fourteen of twenty rows are deleted from the sheet."""
    type_rows(book, JOURNAL, [line for n in range(10, 17) for line in entry(f"JU-0{n}", n)])
    office.sync(book)
    rearrange(book, JOURNAL, lambda rows: rows[:6])


def test_many_missing_rows_wait_for_a_yes_and_the_rest_goes_on(office: Office, book: Path) -> None:
    many_gone(office, book)
    type_rows(book, PARTIES, [{"code": "C9", "name": "Toko 9", "kind": "customer"}])
    run = office.sync(book)
    assert [issue.code for issue in run.issues] == ["many_deleted"]
    assert "--yes-delete" in run.issues[0].message["en"]
    assert run.groups["applied"] == 1
    assert len(entries(office)) == 20


def test_many_missing_rows_are_deleted_by_who_says_yes(office: Office, book: Path) -> None:
    many_gone(office, book)
    run, asked = ask(office, book, True)
    assert [(q.code, q.default) for q in asked] == [("many_deleted", False)]
    assert "14 of the 20 rows" in asked[0].text
    assert (run.groups["applied"], run.issues) == (7, [])
    assert len(entries(office)) == 6
