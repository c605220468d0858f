"""Review says where each problem stands: a link that follows its row, and whether it is hidden."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from addin.hosts import open_workbook
from addin.hosts.base import SetLink
from addin.hosts.offers import leads_there, link_formula
from addin.issues import issues
from addin.printing import place
from addin.replies import workbook_reply
from tests.scenarios.office import Office, entry, put, review, seen, type_rows
from tests.scenarios.test_row_identity import rearrange

JOURNAL = "ledger.journal"


@pytest.fixture
def file(office: Office) -> Path:
    """An entry that balances, and one that does not in the rows 4 and 5."""
    made = office.workbook("ledger", "mine")
    type_rows(made, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 100, other=90)])
    return made


def links(file: Path) -> list[str]:
    """The formulas of the links on Review."""
    workbook = open_workbook(file)
    try:
        return list(workbook.read("Review").formulas.values())
    finally:
        workbook.close()


def test_a_link_looks_for_the_id_of_its_row(office: Office, file: Path) -> None:
    office.sync(file)
    (formula,) = links(file)
    wrong = seen(file, JOURNAL)[3]
    assert formula == (
        f"=HYPERLINK(\"#'Journal'!H\"&MATCH(\"{wrong['id']}\",'Journal'!$A:$A,0),\"'Journal'!H5\")"
    )


def test_a_link_that_is_right_is_left_alone_and_one_of_a_moved_row_tells_its_new_place(
    office: Office, file: Path
) -> None:
    office.sync(file)
    before = file.read_bytes()
    office.sync(file)
    assert file.read_bytes() == before
    (old,) = links(file)
    rearrange(file, JOURNAL, lambda rows: rows[2:] + rows[:2])
    office.sync(file)
    (new,) = links(file)
    assert new == old.replace("H5", "H3")


def test_the_link_goes_with_its_line(office: Office, file: Path) -> None:
    office.sync(file)
    rearrange(file, JOURNAL, lambda rows: rows[:2])
    office.sync(file)
    assert (links(file), review(file)) == ([], [])


def test_a_problem_in_a_hidden_row_is_said_to_be_hidden(office: Office, file: Path) -> None:
    opened = openpyxl.load_workbook(file)
    opened["Journal"].row_dimensions[5].hidden = True
    opened.save(file)
    run = office.sync(file)
    (line,) = review(file)
    told = "Row 5 is hidden: clear the filter or show the row. Entry JV-2 does not balance"
    assert (line["Row"], line["Message"].startswith(told)) == (5, True)
    assert [place(run.copy, issue) for issue in issues(run.copy)] == [
        "Journal, row 5 (hidden), Credit"
    ]
    (problem,) = workbook_reply("mine", run)["problems"]
    assert (problem["row"], problem["hidden"]) == (5, True)


def test_no_text_can_leave_its_quotes_in_a_link() -> None:
    link = SetLink(2, 6, 'a"&1', 'O\'Brien "x"', 8, 1, 'k"),WEBSERVICE("')
    assert link_formula(link) == (
        'HYPERLINK("#\'O\'\'Brien ""x""\'!H"&MATCH("k""),WEBSERVICE(""",'
        '\'O\'\'Brien "x"\'!$A:$A,0),"a""&1")'
    )
    assert leads_there(f"={link_formula(link)}", link)


def height(file: Path, row: int) -> float | None:
    """The height of a line of Review that the file states."""
    stated: float | None = openpyxl.load_workbook(file)["Review"].row_dimensions[row].height
    return stated


def test_a_line_is_as_high_as_its_sentence_needs(office: Office, file: Path) -> None:
    office.sync(file)
    sentence, tall = review(file)[0]["Message"], height(file, 2)
    assert len(sentence) > 100
    assert tall is not None
    assert tall >= 15 * (len(sentence) / 56)
    put(file, JOURNAL, 5, credit=100)
    office.sync(file)
    assert not review(file)
    assert height(file, 2) is None
