"""What is unsent stays, whatever made a file read everything anew, and whose it is stays told."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from addin.copies import open_copy
from addin.drafts import adopt, park, take_out
from addin.errors import NothingToPark, OutboxOfAnother
from addin.hosts import open_workbook
from addin.keeping import keeper
from addin.runs import Run, resolve_workbook
from addin.server import Server
from sync_server.core.compaction import compact
from tests.scenarios.office import COMPANY, Office, decide, entry, put, review, seen, type_rows
from tests.scenarios.test_lost_replies import sent_over_a_broken_line

JOURNAL = "ledger.journal"
LATER = "2031-01-01T00:00:00.000Z"


def compacted(office: Office) -> None:
    with office.store.writing(COMPANY) as held:
        assert compact(held, LATER).tombstones


def delete(file: Path, rows: range) -> None:
    opened = openpyxl.load_workbook(file)
    opened["Journal"].delete_rows(rows.start, len(rows))
    opened.save(file)


def two_files(office: Office) -> tuple[Path, Path]:
    """Two synced files with three entries each; everything of JV-1 is deleted in the other."""
    file, other = office.workbook("ledger"), office.workbook("ledger", "other")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200), *entry("JV-3", 300)])
    office.sync(file)
    office.sync(other, "budi")
    delete(other, range(2, 4))
    office.sync(other, "budi", delete=True)
    return file, other


def resolved(file: Path, offered: str) -> Run:
    workbook = open_workbook(file)
    run = resolve_workbook(workbook, offered=offered)
    workbook.close()
    return run


def test_a_file_that_was_away_for_too_long_loses_what_was_deleted_and_no_edit(
    office: Office,
) -> None:
    file, other = two_files(office)
    put(file, JOURNAL, 4, description="My words")
    type_rows(file, JOURNAL, entry("JV-4", 400))
    compacted(office)
    assert not office.sync(file).issues
    kept = office.kept(JOURNAL)
    assert {row["entry"] for row in kept} == {"JV-2", "JV-3", "JV-4"}
    assert "My words" in {row["description"] for row in kept}
    office.sync(other, "budi")
    told = [{k: row[k] for k in ("entry", "description", "id")} for row in seen(other, JOURNAL)]
    mine = [{k: row[k] for k in ("entry", "description", "id")} for row in seen(file, JOURNAL)]
    assert sorted(told, key=repr) == sorted(mine, key=repr)


def test_an_edit_of_what_was_deleted_and_purged_waits_for_a_decision(office: Office) -> None:
    file, _ = two_files(office)
    put(file, JOURNAL, 2, description="My words")
    compacted(office)
    run = office.sync(file)
    assert [i.conflict.kind for i in run.issues if i.conflict] == ["deleted_on_server"]
    assert seen(file, JOURNAL)[0]["description"] == "My words"


def test_a_file_that_resyncs_equals_one_that_read_every_change(office: Office) -> None:
    file, other = two_files(office)
    put(other, JOURNAL, 2, description="Newer")
    office.sync(other, "budi")
    late = office.workbook("ledger", "late")
    office.sync(late, "tini")
    compacted(office)
    for one in (file, other, late):
        office.sync(one)
    shown = [
        sorted((row["id"], row["entry"], row["description"]) for row in seen(one, JOURNAL))
        for one in (file, other, late)
    ]
    assert shown[0] == shown[1] == shown[2]


def test_rows_that_a_damaged_base_may_have_known_are_asked_for(office: Office) -> None:
    file, _ = two_files(office)
    compacted(office)
    opened = openpyxl.load_workbook(file)
    opened["_lajur_base"].delete_rows(2, 100)
    opened.save(file)
    run = office.sync(file)
    assert [i.conflict.kind for i in run.issues if i.conflict] == ["unknown_row"] * 2
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-2", "JV-3"}
    for line in (1, 2):
        decide(file, line, "theirs")
    assert not office.sync(file).issues
    assert {row["entry"] for row in seen(file, JOURNAL)} == {"JV-2", "JV-3"}


# -- restore ---------------------------------------------------------------------------------------


def test_two_files_offer_the_same_and_it_lands_once(office: Office) -> None:
    file, other = office.workbook("ledger"), office.workbook("ledger", "other")
    office.sync(file)
    restore = office.backup()
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    office.sync(other, "budi")
    restore()
    for one, person in ((file, "rina"), (other, "budi")):
        assert {i.code for i in office.sync(one, person).issues} == {"offered"}
    assert "which it had accepted by" in str(review(file)[0]["Message"])
    resolved(file, "mine")
    office.sync(file)
    resolved(other, "mine")
    assert not office.sync(other, "budi").issues
    assert len(office.kept(JOURNAL)) == 2
    assert len(seen(file, JOURNAL)) == len(seen(other, JOURNAL)) == 2


def test_what_others_changed_since_the_restore_stays(office: Office) -> None:
    """Of the same row: mine was lost, theirs came after the restore."""
    file, other = office.workbook("ledger"), office.workbook("ledger", "other")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    office.sync(other, "budi")
    restore = office.backup()
    put(file, JOURNAL, 2, description="Lost words")
    office.sync(file)
    restore()
    put(other, JOURNAL, 2, date="2026-05-09")
    put(other, JOURNAL, 3, date="2026-05-09")
    assert not office.sync(other, "budi").issues
    run = office.sync(file)
    assert [(i.code, i.column) for i in run.issues] == [("offered", "description")]
    assert str(seen(file, JOURNAL)[0]["date"])[:10] == "2026-05-09"
    resolved(file, "mine")
    assert not office.sync(file).issues
    assert sorted(row["description"] for row in office.kept(JOURNAL)) == ["Lost words", "Rent"]


# -- clones, other people, drafts ------------------------------------------------------------------


def test_a_clone_is_told_so_once_and_goes_its_own_way(office: Office) -> None:
    file = office.workbook("ledger")
    office.sync(file)
    clone = file.with_name("clone.xlsx")
    shutil.copy(file, clone)
    type_rows(file, JOURNAL, entry("JV-1", 100))
    assert not office.sync(file).outcome.cloned
    assert not office.sync(file).outcome.cloned
    assert [office.sync(clone).outcome.cloned for _ in range(3)] == [True, False, False]
    assert not office.sync(file).outcome.cloned
    names = {seen.file for seen in office.store.copies(COMPANY)}
    assert names == {"ledger.xlsx", "clone.xlsx"}


def test_another_persons_outbox_is_sent_by_nobody_unasked_and_both_are_told(
    office: Office,
) -> None:
    file = sent_over_a_broken_line(office, entry("JV-1", 100))
    with pytest.raises(OutboxOfAnother) as told:
        office.sync(file, "budi")
    assert "lajur drafts park" in told.value.words["id"]
    office.sync(file, "budi", adopt=True)
    with office.store.reading(COMPANY) as held:
        *_, last = held.commits_after(0)
    assert (last.commit.user, last.commit.made_by) in {("rina", ""), ("budi", "rina")}


def drafted(office: Office, file: Path, person: str) -> str:
    """Parks a file's unsent work and takes it out; the draft's id."""
    workbook = open_workbook(file)
    copy = open_copy(workbook)
    draft = park(copy, Server(office.client(person), COMPANY), "no time")
    assert park(copy, Server(office.client(person), COMPANY)).id == draft.id
    take_out(copy)
    keeper(workbook, copy, datetime.now)(copy)
    workbook.close()
    return draft.id


def test_what_one_parks_another_one_adopts_and_sends(office: Office) -> None:
    file, other = office.workbook("ledger"), office.workbook("ledger", "other")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    office.sync(other, "budi")
    put(file, JOURNAL, 2, description="Rina's words")
    type_rows(file, JOURNAL, entry("JV-2", 200))
    draft_id = drafted(office, file, "rina")
    assert [row["description"] for row in seen(file, JOURNAL)] == ["Rent", "Rent"]
    assert office.sync(file).outcome.groups.total() == 0

    workbook, server = open_workbook(other), Server(office.client("budi"), COMPANY)
    copy = open_copy(workbook)
    adopted = adopt(copy, server.draft(draft_id), "budi")
    assert (adopted.rows, adopted.left) == (3, 0)
    keeper(workbook, copy, datetime.now)(copy)
    workbook.close()
    assert not office.sync(other, "budi").issues
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-1", "JV-2"}
    with office.store.reading(COMPANY) as held:
        made = [(k.commit.user, k.commit.made_by) for k in held.commits_after(0)][-2:]
    assert made == [("budi", "rina")] * 2


def test_nothing_unsent_is_nothing_to_park(office: Office) -> None:
    file = office.workbook("ledger")
    office.sync(file)
    with pytest.raises(NothingToPark):
        drafted(office, file, "rina")
