"""Workbooks of yesterday: they go on working, and are brought forward with all that is theirs."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient

from addin.errors import CannotUpgrade, NewerTemplate, OldServer
from addin.hosts import open_workbook
from addin.hosts.xlsx.package import package_of
from addin.runs import Run, sync_workbook
from addin.upgrading import Upgraded, upgrade
from sync_server.api.deps import token_digest
from sync_server.app import create_app
from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Person
from sync_server.core.upgrading import upgrade_all
from sync_server.core.verify import verify_company
from sync_server.storage.memory import MemoryStore
from tests.upgrades.clients import TABLE, VERSIONS, installed
from workbook_templates.render import Binding, render_xlsx
from workbook_templates.schema import Company

NOW = "2026-05-31T10:00:00.000Z"


class Club:
    """A server whose version of the book grows, and workbooks of any version."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, MemoryStore()
        self.store.add_company(Company("club", "Club"), "epoch", b"k" * 32)
        self.store.add_person(Person("ani", (("*", "clerk"),)), token_digest("ani"))
        self.serve(1)

    def serve(self, version: int, **more: int) -> None:
        """The server has this version from now on."""
        catalogue = Catalogue((replace(VERSIONS[version], **more),))  # type: ignore[arg-type]
        upgrade_all(self.store, catalogue, NOW)
        app = create_app(self.store, catalogue, lambda: NOW)
        self.http = TestClient(app, headers={"Authorization": "Bearer ani"})
        with self.store.reading("club") as held:
            assert verify_company(held, catalogue) == []

    def new(self, version: int, name: str) -> Path:
        """A blank workbook of a version."""
        file = self.folder / f"{name}.xlsx"
        with installed(version) as book:
            binding = Binding("club", "", "en", "en-US", "http://testserver", name)
            render_xlsx(book, file, binding)
        return file

    def sync(self, file: Path, version: int) -> Run:
        """A sync with the software of a version."""
        with installed(version):
            workbook = open_workbook(file)
            try:
                return sync_workbook(workbook, self.http)
            finally:
                workbook.close()

    def kept(self) -> dict[str, dict[str, str]]:
        """The live rows of the members by code."""
        rows = self.http.get("/v1/companies/club/changes", params={"tables": TABLE}).json()["rows"]
        live = [r["cells"] for r in rows if not r["deleted"]]
        return {c["code"]: {k: t for k, t in c.items() if t} for c in live}


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return Club(tmp_path)


def members(opened: openpyxl.Workbook) -> Iterator[dict[str, Any]]:
    heads = [cell.value for cell in opened["Members"][1]]
    for row in opened["Members"].iter_rows(2, values_only=True):
        found = dict(zip(heads, row, strict=True))
        if any(found.get(k) for k in ("Code",)):
            yield found


def type_member(file: Path, row: int, **cells: Any) -> None:
    opened = openpyxl.load_workbook(file)
    sheet = opened["Members"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in cells.items():
        sheet.cell(row, heads[heading.replace("_", " ")], value)
    opened.save(file)


def seen(file: Path) -> dict[str, dict[str, Any]]:
    opened = openpyxl.load_workbook(file)
    return {row["Code"]: row for row in members(opened)}


def decorate(file: Path) -> None:
    """A column, formulas and a sheet of the person's own."""
    opened = openpyxl.load_workbook(file)
    sheet = opened["Members"]
    width = sheet.max_column
    sheet.cell(1, width + 1, "My note")
    sheet.cell(2, width + 1, '=C2&"!"')
    sheet.column_dimensions["D"].width = 41
    own = opened.create_sheet("Mine")
    own["A1"], own["B1"] = "=COUNTA(Members!C2:C100)", "mine"
    opened.save(file)


def bring_forward(file: Path, version: int) -> Upgraded | None:
    with installed(version):
        workbook = open_workbook(file)
        try:
            return upgrade(workbook)
        finally:
            workbook.close()


def test_an_old_and_a_new_client_work_side_by_side(club: Club) -> None:
    old, new = club.new(1, "old"), club.new(3, "new")
    club.serve(3)
    type_member(new, 2, Code="A", First_name="Ani", Kind="Guest", City="Solo")
    assert club.sync(new, 3).groups["applied"] == 1
    assert club.sync(old, 1).groups["applied"] == 0
    assert seen(old)["A"]["Full name"] == "Ani"
    assert seen(old)["A"]["Town"] == "Solo"
    type_member(old, 2, Full_name="Ani Sari")
    type_member(old, 3, Code="B", Full_name="Budi")
    assert club.sync(old, 1).groups["applied"] == 2
    assert club.kept() == {
        "A": {"code": "A", "first": "Ani", "last": "Sari", "kind": "guest", "city": "Solo"},
        "B": {"code": "B", "first": "Budi", "kind": "full"},
    }
    club.sync(new, 3)
    assert seen(new)["A"]["Last name"] == "Sari"


def test_a_file_is_brought_forward_with_its_unsent_edits(club: Club) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani Sari", Town="Solo")
    club.sync(file, 1)
    decorate(file)
    type_member(file, 2, Full_name="Ani Dewi")
    type_member(file, 3, Code="B", Full_name="Budi Utomo")
    done = bring_forward(file, 3)
    assert done is not None
    assert (done.before, done.after, done.sheets) == (1, 3, ("Fees",))
    assert (file.parent / done.backup).exists()
    opened = openpyxl.load_workbook(file)
    ani, budi = members(opened)
    assert (ani["First name"], ani["Last name"], ani["City"]) == ("Ani", "Dewi", "Solo")
    assert (budi["First name"], budi["My note"]) == ("Budi", None)
    assert ani["My note"] == '=C2&"!"'
    assert opened["Mine"]["A1"].value == "=COUNTA(Members!C2:C100)"
    assert opened["Members"].column_dimensions["D"].width == 41
    assert [cell.value for cell in opened["Fees"][1]][2:5] == ["Fee", "Member", "Amount"]
    club.serve(3)
    run = club.sync(file, 3)
    assert (run.groups["applied"], run.groups["conflict"]) == (2, 0), run.issues
    assert club.kept()["A"] == {
        "code": "A", "first": "Ani", "last": "Dewi", "city": "Solo", "kind": "full",
    }  # fmt: skip
    assert seen(file)["A"]["Kind"] == "Full member", "the new column is pulled"


def test_the_sync_brings_a_file_forward_and_says_so(club: Club) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani Sari")
    club.sync(file, 1)
    club.serve(2)
    run = club.sync(file, 2)
    assert run.upgraded is not None
    assert (run.upgraded.after, run.upgraded.columns) == (2, ("Kind",))
    row = seen(file)["A"]
    assert (row["Kind"], row["Full name"]) == ("Full member", "Ani Sari")
    assert "Town" not in row
    assert club.sync(file, 2).upgraded is None
    club.serve(3)
    assert club.sync(file, 3).upgraded is not None
    assert seen(file)["A"]["Last name"] == "Sari"
    type_member(file, 3, Code="C", First_name="Cici")
    assert club.sync(file, 3).groups["applied"] == 1


def test_what_was_sent_before_and_never_answered_takes_effect_once(club: Club) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani Sari")
    with installed(1), pytest.MonkeyPatch.context() as patch:
        workbook = open_workbook(file)
        send = club.http.request

        def request(method: str, url: str, **options: Any) -> Any:
            reply = send(method, url, **options)
            if url.endswith("/push"):
                raise KeyboardInterrupt
            return reply

        patch.setattr(club.http, "request", request)
        with pytest.raises(KeyboardInterrupt):
            sync_workbook(workbook, club.http)
        workbook.close()
    assert set(club.kept()) == {"A"}
    club.serve(3, min_push=2)
    run = club.sync(file, 3)
    assert run.groups["conflict"] == run.groups["invalid"] == 0, run.issues
    assert club.kept()["A"]["first"] == "Ani"
    assert seen(file)["A"]["Status"].startswith("✓")


def test_every_part_that_is_not_ours_stays_byte_for_byte(club: Club, tmp_path: Path) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani")
    extra = {"xl/charts/chart9.xml": b"<c/>", "xl/vbaProject.bin": b"\x00\x01macro"}
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in extra.items():
            archive.writestr(name, content)
    before = package_of(file.read_bytes(), "before")
    bring_forward(file, 3)
    after = package_of(file.read_bytes(), "after")
    for part in [*extra, "xl/theme/theme1.xml"]:
        assert after.stored[part].packed == before.stored[part].packed, part


@pytest.mark.libreoffice
def test_an_upgraded_file_opens_in_libreoffice(club: Club, tmp_path: Path) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani Sari")
    decorate(file)
    bring_forward(file, 3)
    office = shutil.which("soffice") or ""
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    made = tmp_path / "made"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(made),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    opened = openpyxl.load_workbook(made / file.name)
    assert [next(members(opened))[k] for k in ("First name", "Last name")] == ["Ani", "Sari"]
    assert opened["Mine"]["A1"].value == "=COUNTA(Members!C2:C100)"
    assert "Fees" in opened.sheetnames


def test_the_table_rules_and_lists_reach_what_is_new(club: Club) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani")
    bring_forward(file, 3)
    opened = openpyxl.load_workbook(file)
    assert opened["Members"].tables["tbl_members"].ref.startswith("A1:")
    assert list(opened["Fees"].tables) == ["tbl_fees"]
    rules = opened["Members"].conditional_formatting
    assert any(str(area.sqref).startswith("H2") for area in rules)


def test_a_new_column_joins_the_table_with_what_stands_between(club: Club) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani")
    decorate(file)
    bring_forward(file, 3)
    table = openpyxl.load_workbook(file)["Members"].tables["tbl_members"]
    names = [column.name for column in table.tableColumns]
    assert names[-4:] == ["My note", "First name", "Last name", "Kind"]
    assert table.ref == "A1:K2"


def test_what_has_no_heading_is_not_swallowed_by_the_table(club: Club) -> None:
    file = club.new(1, "book")
    opened = openpyxl.load_workbook(file)
    opened["Members"]["I5"] = "a remark beside the table"
    opened.save(file)
    before = file.read_bytes()
    with pytest.raises(CannotUpgrade):
        bring_forward(file, 3)
    assert file.read_bytes() == before
    club.serve(3)
    type_member(file, 2, Code="A", Full_name="Ani Sari")
    run = club.sync(file, 3)
    assert (run.upgraded, run.groups["applied"]) == (None, 1), "it goes on as an old template"
    assert club.kept()["A"]["last"] == "Sari"


def test_a_newer_file_is_not_touched_by_an_older_program(club: Club) -> None:
    file = club.new(3, "book")
    before = file.read_bytes()
    with pytest.raises(NewerTemplate):
        club.sync(file, 1)
    with pytest.raises(OldServer):
        club.sync(file, 3)
    assert file.read_bytes() == before


def test_what_is_too_old_to_be_sent_says_what_to_do(club: Club) -> None:
    file = club.new(1, "book")
    type_member(file, 2, Code="A", Full_name="Ani")
    club.serve(3, min_push=2)
    run = club.sync(file, 1)
    (issue,) = run.issues
    assert issue.code == "stale_schema"
    assert "lajur upgrade" in issue.message["en"]
    drafts = club.http.get("/v1/companies/club/drafts").json()["drafts"]
    assert [draft["id"] for draft in drafts] == [run.outcome.parked]
    club.sync(file, 1)
    assert len(club.http.get("/v1/companies/club/drafts").json()["drafts"]) == 1
    assert seen(file)["A"]["Full name"] == "Ani"
