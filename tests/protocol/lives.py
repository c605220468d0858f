"""The state machine with a server that is backed up and restored meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from hypothesis.stateful import precondition, rule

from addin.shadow import load
from tests.protocol.central import Central
from tests.protocol.file import PersonsFile
from tests.protocol.history import History
from tests.protocol.machine import WHO, Copies
from tests.protocol.saved import Saved, saved

Value = tuple[str, str, str]  # row id, column, text


class Lives(Copies):
    """As `Copies`; nothing that a restored server lost may vanish from a sheet unasked."""

    def __init__(self, central: Central) -> None:
        super().__init__(central)
        self.kept: tuple[Saved, History] | None = None
        self.lives = 1

    @rule()
    def back_up_the_server(self) -> None:
        now = saved(self.central.store, self.central.company)
        self.kept = now, deepcopy(self.history)

    @precondition(lambda self: self.kept is not None)
    @rule(i=WHO)
    def restore_the_server(self, i: int) -> None:
        """It goes on under a new epoch; one of the files is the first to find out."""
        self.bring_back(f"life {self.lives + 1}")
        self.sync(i)

    @precondition(lambda self: self.kept is not None)
    @rule(i=WHO)
    def put_the_database_back_by_hand(self, i: int) -> None:
        """Nobody tells the server: its epoch is the old one."""
        assert self.kept is not None
        self.bring_back(self.kept[0].epoch)
        self.sync(i)

    def bring_back(self, epoch: str) -> None:
        """The server as it was when it was backed up last."""
        assert self.kept is not None
        books, then = self.kept
        self.lives += 1
        books.put_back(epoch)
        accepted = self.history.accepted
        self.history = deepcopy(then)
        self.history.accepted |= accepted  # that promise was kept once
        self.central.line.answers.clear()  # what is lost may be answered anew
        self.history.life = self.lives
        for file in self.files:
            file.restored = True

    def attempt(self, file: PersonsFile, adopt: bool = False, **how: bool) -> None:
        decided = any(line["Decision"] is not None for line in file.review())
        shown = self.shown_and_lost(file)
        super().attempt(file, adopt, **how)
        waiting = {rid for held in load(file.workbook).held.values() for rid in held.rows}
        values = {
            (cells.get("id", ""), column, text)
            for cells in file.rows().values()
            for column, text in cells.items()
        }
        for value in () if decided else shown - values:
            assert value[0] in waiting or self.knows(value), f"a lost value vanished: {value}"

    def shown_and_lost(self, file: PersonsFile) -> set[Value]:
        """What the server had accepted and lacks, where the sheet shows it."""
        rows = {cells["id"]: cells for cells in file.rows().values() if "id" in cells}
        found: set[Value] = set()
        for base in load(file.workbook).base.values():
            for rid, row in base.items():
                cells = rows.get(rid, {})
                found |= {(rid, c, t) for c, t in row.cells.items() if cells.get(c) == t}
        return {value for value in found if not self.knows(value)}

    def knows(self, value: Value) -> bool:
        """Whether the server in its present life ever had that value."""
        rid, column, text = value
        return any(cells.get(column) == text for cells in self.history.versions[rid].values())


class RareEvents(Lives):
    """As `Lives`, with what happens by chance alone once in thousands of histories: an older
    version of a file holds what was sent, deleted and purged since; power goes between two pages
    on which the rows of one entry stand.
    """

    @rule(i=WHO)
    def an_old_version_holds_what_was_purged(self, i: int) -> None:
        spot = self.file(i).below("entries")
        self.add_entry(i, 1, False, "entries")
        pick = list(self.file(i).rows()).index(spot)
        self.sync(i)
        self.keep_a_backup(i)
        self.edit_amount(i, pick, 1, False)
        self.sync(i)
        self.delete(i, pick, True)
        self.sync(i)
        self.compact(0)
        self.go_back_to_the_backup()
        self.edit_amount(i, pick, 1, False)
        self.sync(i)

    @rule(i=WHO, j=WHO)
    def power_goes_between_two_pages(self, i: int, j: int) -> None:
        spot = self.file(i).below("entries")
        for _ in range(2):
            self.add_entry(i, 1, True, "entries")
            self.sync(i)
        self.edit_amount(i, list(self.file(i).rows()).index(spot), 1, True)
        self.sync(i)
        self.sync_and_lose_power_at_a_save(j, 0, 1)


def lives(central: Central) -> Callable[[], Lives]:
    """What makes a machine over this server."""
    return lambda: Lives(central)
