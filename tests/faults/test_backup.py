"""A backup that is taken while people work, restored elsewhere: their files heal what it lacks."""

from __future__ import annotations

import threading
from pathlib import Path

from sync_server.core.catalogue import Catalogue
from sync_server.storage.backup import backup, restore
from sync_server.storage.sql_store import open_store
from tests.faults.programs import run_lajur
from tests.faults.workplace import Workplace, workplace
from workbook_templates.books import all_books

NEEDS_A_PERSON = 1
ENTRIES = 4  # of each person, before the backup is through, and after


def work_on(place: Workplace) -> None:
    """Everybody types and syncs, one after the other."""
    for _ in range(ENTRIES):
        for file in place.files:
            place.work(file)
            place.sync(file)


def move_to(place: Workplace, folder: Path, kept: Path) -> None:
    """The server goes on from a backup, in another folder."""
    place.stop()
    place.store.close()
    folder.mkdir()
    place.url = f"sqlite:///{folder / 'central.sqlite3'}"
    place.store = open_store(place.url, Catalogue(all_books()))
    restore(place.store, kept)
    place.serve()


def test_what_a_backup_under_load_lacks_comes_back_from_the_files(tmp_path: Path) -> None:
    kept = tmp_path / "kept.lajur"
    with workplace(tmp_path, f"sqlite:///{tmp_path / 'central.sqlite3'}", 7) as place:
        people = threading.Thread(target=work_on, args=(place,))
        people.start()
        while len(place.typed[place.files[0]]) < 2:
            people.join(0.01)
        backup(place.store, kept)
        people.join()
        place.quiet()
        lost = place.head()
        move_to(place, tmp_path / "elsewhere", kept)
        assert place.head() < lost
        first, *_ = place.files
        assert place.sync(first) == NEEDS_A_PERSON
        for file in place.files:
            place.sync(file)
            told = ["resolve", str(file), "--offered", "send", "--yes"]
            assert run_lajur(told, place.tokens[file], file.with_name("log")) == 0
        place.quiet()
