"""Another person's text that begins like a formula never becomes one, wherever it arrives."""

from __future__ import annotations

import re
import zipfile
from contextlib import closing
from html import unescape
from pathlib import Path

import openpyxl
import pytest

from addin.hosts import open_workbook
from addin.hosts.base import SetCell, SheetEdit
from tests.scenarios.office import Office, entry, put, review, seen, type_rows

JOURNAL, PARTIES = "ledger.journal", "ledger.parties"
TEXTS = (
    "=1+1",
    "+62811",
    "-5 rusak",
    "@SUM(1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.test";"klik")',
    "{=1+1}",
    "'=1+1",
    "＝1+1",
)


def formulas(file: Path) -> list[str]:
    """Every formula of a file: of cells, rules, drop-down lists, names."""
    with zipfile.ZipFile(file) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    tags = (
        rb"f",
        rb"formula",
        rb"formula1",
        rb"formula2",
        rb"definedName",
        rb"calculatedColumnFormula",
    )
    found = re.compile(rb"<(?:\w+:)?(?:%s)(?:\s[^>]*)?>([^<]*)<" % b"|".join(tags))
    return [unescape(text.decode()) for part in parts for text in found.findall(part)]


def type_text(file: Path, sheet: str, row: int, heading: str, text: str) -> None:
    """Type a text with an apostrophe before it, as a person does who means it as text."""
    with closing(open_workbook(str(file))) as workbook:
        heads = [str(head).removesuffix(" *") for head in workbook.read(sheet).rows[0]]
        cell = SetCell(row, heads.index(heading) + 1, text)
        workbook.write([SheetEdit(sheet, (cell,))])
        workbook.save()


@pytest.fixture
def theirs(office: Office) -> Path:
    """Budi's workbook with one entry and one customer for each text."""
    file = office.workbook("ledger", "theirs")
    type_rows(file, JOURNAL, [line for n in range(len(TEXTS)) for line in entry(f"JV-{n}", 10 + n)])
    first = type_rows(
        file,
        PARTIES,
        [{"code": f"P-{n}", "name": "x", "kind": "customer"} for n in range(len(TEXTS))],
    )
    for n, text in enumerate(TEXTS):
        type_text(file, "Journal", 2 + 2 * n, "Description", text)
        type_text(file, "Parties", first + n, "Name", text)
    assert not office.sync(file, "budi").issues
    return file


def test_texts_of_others_arrive_as_texts(office: Office, theirs: Path) -> None:
    mine = office.workbook("ledger", "mine")
    before = formulas(mine)
    office.sync(mine)
    assert formulas(mine) == before
    assert [row["description"] for row in seen(mine, JOURNAL)[::2]] == list(TEXTS)
    assert [row["name"] for row in seen(mine, PARTIES)] == list(TEXTS)
    opened = openpyxl.load_workbook(mine)
    kinds = {c.data_type for s in opened for row in s.iter_rows() for c in row if c.value in TEXTS}
    assert kinds <= {"s", "inlineStr"}


def test_texts_in_conflicts_notes_and_on_review_are_texts(office: Office, theirs: Path) -> None:
    mine = office.workbook("ledger", "mine")
    office.sync(mine)
    for n, text in enumerate(TEXTS):
        put(mine, JOURNAL, 2 + 2 * n, description=f"Rina {n}")
        type_text(theirs, "Journal", 2 + 2 * n, "Description", f"{text} lagi")
    office.sync(theirs, "budi")
    before = set(formulas(mine))
    office.sync(mine)
    lines = review(mine)
    assert {line["Theirs"] for line in lines} == {f"{text} lagi" for text in TEXTS}
    assert {line["Before"] for line in lines} == set(TEXTS)
    notes = [row["notes"]["description"] for row in seen(mine, JOURNAL)[::2]]
    assert all(text in note for text, note in zip(TEXTS, notes, strict=True))
    now = [text for text in formulas(mine) if text not in before]
    links = [text for text in now if text.startswith("HYPERLINK(\"#'Journal'!")]
    assert len(links) == len(TEXTS)
    assert links == now
    assert not any(text in link for text in TEXTS for link in links)
