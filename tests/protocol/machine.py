"""The state machine of the protocol: people, copies of one workbook, losses, and decisions."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from addin.errors import NoServer, OutboxOfAnother
from addin.runs import Wishes, pull_workbook, sync_workbook
from addin.shadow import load
from tests.protocol import promises
from tests.protocol.central import PEOPLE, Central, begin_ids
from tests.protocol.file import PersonsFile, Spot, new_file, spots
from tests.protocol.history import History
from tests.protocol.line import Fault, PowerCut

WHO = st.sampled_from([0, 1, 0, 1, 2])
PICK = st.integers(0, 5)
AMOUNT = st.integers(1, 3)
MEMO = st.sampled_from(["n", "a", "b"])
UNIT = st.sampled_from(["x", "y"])
SHEET = st.sampled_from(["entries", "entries", "entries", "posted"])
FAULTS = st.lists(st.sampled_from(list(Fault)), min_size=1, max_size=7)
DECISIONS = st.sampled_from(["Mine", "Theirs", "Keep both", "Restore row", "Drop my change", "7"])
ROUNDS = 12


class Copies(RuleBasedStateMachine):
    """Three people at most, who do what people do with spreadsheets."""

    def __init__(self, central: Central) -> None:
        super().__init__()
        begin_ids()
        self.central, self.history = central, History()
        company = central.open_company()
        self.files = [new_file(person, company) for person in PEOPLE[:2]]
        self.backup: PersonsFile | None = None
        self.entries = 0
        self.changed: list[PersonsFile] = list(self.files)

    # -- typing ----------------------------------------------------------------------------------

    @initialize(count=st.sampled_from([1, 2, 1, 2, 0]))
    def two_synced_copies(self, count: int) -> None:
        for _ in range(count):
            self.add_entry(0, 2, True, "entries")
        self.sync(0)
        self.sync(1)

    @rule(i=WHO, amount=AMOUNT, balanced=st.booleans(), sheet=SHEET)
    def add_entry(self, i: int, amount: int, balanced: bool, sheet: str) -> None:
        file, entry = self.file(i), self.new_entry()
        rest = amount if balanced else amount + 1
        for number in (amount, 1, -rest - 1):
            file.type(file.below(sheet), entry=entry, amount=number, unit="x", memo="n")

    @rule(i=WHO, pick=PICK, memo=MEMO)
    def edit_memo(self, i: int, pick: int, memo: str) -> None:
        if spot := self.spot(i, pick):
            self.file(i).type(spot, memo=memo)

    @rule(i=WHO, pick=PICK, memo=MEMO)
    def edit_memo_of_whole_entry(self, i: int, pick: int, memo: str) -> None:
        for spot in self.entry_at(i, pick):
            self.file(i).type(spot, memo=memo)

    @rule(i=WHO, pick=PICK, unit=UNIT)
    def edit_unit(self, i: int, pick: int, unit: str) -> None:
        if spot := self.spot(i, pick):
            self.file(i).type(spot, unit=unit)

    @rule(i=WHO, pick=PICK, more=AMOUNT, balanced=st.booleans())
    def edit_amount(self, i: int, pick: int, more: int, balanced: bool) -> None:
        found = self.entry_at(i, pick)
        if not found:
            return
        self.add_to(i, found[0], more)
        if balanced and len(found) > 1:
            self.add_to(i, found[-1], -more)

    @rule(i=WHO, pick=PICK)
    def rename_entry(self, i: int, pick: int) -> None:
        entry = self.new_entry()
        for spot in self.entry_at(i, pick):
            self.file(i).type(spot, entry=entry)

    @rule(i=WHO, pick=PICK, whole=st.booleans())
    def delete(self, i: int, pick: int, whole: bool) -> None:
        spot = self.spot(i, pick)
        for gone in self.entry_at(i, pick) if whole else [spot] if spot else []:
            self.file(i).clear(gone)

    @rule(i=WHO, pick=PICK)
    def copy_and_paste_a_row(self, i: int, pick: int) -> None:
        if spot := self.spot(i, pick):
            file = self.file(i)
            file.put(file.below(spot[0]), **_cells(file.rows()[spot]))

    @rule(i=WHO, pick=PICK)
    def copy_an_entry_under_a_new_number(self, i: int, pick: int) -> None:
        file, entry = self.file(i), self.new_entry()
        for spot in self.entry_at(i, pick):
            cells = _cells(file.rows()[spot])
            file.put(file.below(spot[0]), **(cells | {"entry": entry}))

    @rule(i=WHO, pick=PICK)
    def cut_and_paste_without_the_id(self, i: int, pick: int) -> None:
        if spot := self.spot(i, pick):
            file = self.file(i)
            cells, typed = _cells(file.rows()[spot]), file.typed.get(spot)
            file.clear(spot)
            to = file.below(spot[0])
            file.put(to, **{k: c for k, c in cells.items() if k not in ("id", "status")})
            if typed:
                file.typed[to] = typed

    @rule(i=WHO, sheet=SHEET, newest=st.booleans())
    def sort(self, i: int, sheet: str, newest: bool) -> None:
        self.file(i).sort(sheet, newest)

    # -- files -----------------------------------------------------------------------------------

    @precondition(lambda self: len(self.files) < 3)
    @rule(i=WHO)
    def mail(self, i: int) -> None:
        self.files.append(self.file(i).mailed_to(PEOPLE[2]))
        self.changed.append(self.files[-1])

    @rule(i=WHO)
    def keep_a_backup(self, i: int) -> None:
        self.backup = deepcopy(self.file(i))

    @precondition(lambda self: self.backup is not None)
    @rule()
    def go_back_to_the_backup(self) -> None:
        assert self.backup is not None
        file = deepcopy(self.backup)
        file.restored = True
        place = next(n for n, f in enumerate(self.files) if f.person == file.person)
        file.pushes = self.files[place].pushes
        self.files[place] = file
        self.changed.append(file)

    # -- syncing ---------------------------------------------------------------------------------

    @rule(i=WHO)
    def sync(self, i: int) -> None:
        self.run(self.file(i))

    @rule(i=WHO, j=WHO, faults=FAULTS)
    def sync_over_a_bad_line(self, i: int, j: int, faults: list[Fault]) -> None:
        file, other = self.file(i), self.file(j)
        line = self.central.line
        line.faults = list(faults)
        line.meanwhile = lambda: other is not file and self.run(other, file)
        self.run(file)
        line.faults, line.meanwhile = [], lambda: None

    @rule(i=WHO, j=WHO, pick=PICK, mine=MEMO, theirs=MEMO)
    def two_edit_one_row(self, i: int, j: int, pick: int, mine: str, theirs: str) -> None:
        if pair := self.same_row(i, j, pick):
            self.file(i).type(pair[0], memo=mine)
            self.file(j).type(pair[1], memo=theirs)
            self.race(i, j)

    @rule(i=WHO, j=WHO, pick=PICK, whole=st.booleans(), first=st.booleans())
    def one_edits_what_the_other_deletes(
        self, i: int, j: int, pick: int, whole: bool, first: bool
    ) -> None:
        """The edit lands first, or the deletion does."""
        if pair := self.same_row(i, j, pick):
            editor, place = self.file(j), _place(self.file(j), pair[1])
            for gone in list(spots(self.file(i), *_place(self.file(i), pair[0]))):
                self.file(i).clear(gone)
            for spot in list(spots(editor, *place)) if whole else [pair[1]]:
                editor.type(spot, memo="a" if editor.rows()[spot]["memo"] != "a" else "b")
            self.race(*((i, j) if first else (j, i)))

    @rule(i=WHO, j=WHO, pick=PICK, more=AMOUNT, last=st.booleans())
    def two_change_amounts_of_one_entry(
        self, i: int, j: int, pick: int, more: int, last: bool
    ) -> None:
        """Each one's entry is balanced; one of them may have changed another pair of rows."""
        if pair := self.same_row(i, j, pick):
            self.move_amount(i, pair[0], more, False)
            self.move_amount(j, pair[1], 1, last)
            self.race(i, j)

    @rule(i=WHO, pick=PICK, memo=MEMO, then=MEMO, reached=st.booleans())
    def type_on_while_the_fate_is_unknown(
        self, i: int, pick: int, memo: str, then: str, reached: bool
    ) -> None:
        """No answer to a push comes back, however often it is sent."""
        self.edit_memo(i, pick, memo)
        fault = Fault.REPLY_LOST if reached else Fault.REQUEST_LOST
        self.sync_over_a_bad_line(i, i, [Fault.NONE, fault, fault, fault])
        self.edit_memo(i, pick, then)

    @rule(i=WHO, before=st.integers(0, 2), after=st.integers(0, 2))
    def sync_and_lose_power_at_a_save(self, i: int, before: int, after: int) -> None:
        workbook = self.file(i).workbook
        workbook.stop_before, workbook.stop_after = before, after
        self.run(self.file(i))
        workbook.stop_before = workbook.stop_after = 0

    @rule(keep=st.integers(0, 4))
    def compact(self, keep: int) -> None:
        """Tombstones but for those of the last commits are purged."""
        with self.central.store.writing(self.central.company) as held:
            held.purge(max(0, held.head - keep), "")

    @rule(i=WHO)
    def pull_only(self, i: int) -> None:
        self.run(self.file(i), pull=True)

    @rule(i=WHO)
    def preview(self, i: int) -> None:
        head, before = self.history.head, deepcopy(self.file(i).workbook.grid)
        self.run(self.file(i), dry=True)
        assert self.history.head == head, "a preview changed the central copy"
        assert self.file(i).workbook.grid == before, "a preview changed the file"

    @precondition(lambda self: self.central.line.pushes)
    @rule(pick=st.integers(0, 20))
    def the_network_repeats_an_old_request(self, pick: int) -> None:
        pushes = self.central.line.pushes
        self.central.line.handle(pushes[pick % len(pushes)])
        self.follow()

    @rule(i=WHO, pick=PICK, word=DECISIONS)
    def decide(self, i: int, pick: int, word: str) -> None:
        lines = self.file(i).review()
        if lines:
            number = lines[pick % len(lines)]["#"]
            assert isinstance(number, int)
            self.file(i).decide(number, word)

    def race(self, i: int, j: int) -> None:
        """Sync a file; right before it sends, what the other one did has landed."""
        file, other = self.file(i), self.file(j)
        self.central.line.race = lambda: self.run(other, file)
        self.run(file)
        self.central.line.race = None

    # -- what must hold --------------------------------------------------------------------------

    @invariant()
    def the_promises_hold(self) -> None:
        changed, self.changed = self.changed, []
        for file in self.files:
            if any(file is one for one in changed):
                promises.hold_of_file(file, self.history)
        writers = [file for file in self.files if file.pushes]
        if len(writers) == 1 and not writers[0].restored:
            promises.nobody_conflicts_with_himself(writers[0])

    def teardown(self) -> None:
        """Everybody decides and syncs until nothing changes; then all have the same."""
        for turn in range(ROUNDS):
            before = self.state()
            for file in self.files:
                for line in file.review():
                    assert isinstance(line["#"], int)
                    file.decide(line["#"], _decision(turn, str(line["What"])))
                self.run(file)
            self.the_promises_hold()
            if self.state() == before and not any(file.review() for file in self.files):
                break
        else:
            raise AssertionError(f"no end: {[file.review() for file in self.files]}")
        for file in self.files:
            promises.all_is_as_on_the_server(file, self.history)
        findings = self.central.verified()
        assert not findings, findings

    # -- inside ----------------------------------------------------------------------------------

    def run(self, file: PersonsFile, back_to: PersonsFile | None = None, **how: bool) -> None:
        """One sync of a file; whatever stops it, the file is then as it was saved last."""
        try:
            self.attempt(file, **how)
        except OutboxOfAnother:
            if "pull" not in how:
                self.attempt(file, adopt=True, **how)
        finally:
            if back_to is not None:
                self.central.sign_in(back_to.person)

    def attempt(self, file: PersonsFile, adopt: bool = False, **how: bool) -> None:
        sent = len(self.central.line.pushes)
        cursor = load(file.workbook).meta.get("cursor")
        file.give_up_decided()
        http = self.central.sign_in(file.person)
        try:
            if how.get("pull"):
                pull_workbook(file.workbook, http)
            else:
                wishes = Wishes(delete=True, adopt=adopt, dry=how.get("dry", False))
                sync_workbook(file.workbook, http, wishes)
        except (NoServer, PowerCut):
            pass
        finally:
            file.workbook.close()
            file.pushes = file.pushes or len(self.central.line.pushes) > sent
            self.follow()
            self.notice_the_life(file, cursor)
            file.note_ids()
            file.note_decisions()
            self.changed.append(file)

    def notice_the_life(self, file: PersonsFile, cursor: str | None) -> None:
        """A file that has read from a restored server counts its commits anew."""
        meta = load(file.workbook).meta
        if file.life != self.history.life and meta.get("cursor") not in (None, "", cursor):
            file.life, file.position = self.history.life, 0

    def follow(self) -> None:
        """Hold what the server accepted against its promises."""
        with self.central.store.reading(self.central.company) as held:
            self.history.follow(held, self.central.line.groups)

    def state(self) -> tuple[int, list[Any]]:
        return self.history.head, [file.rows() for file in self.files]

    def file(self, i: int) -> PersonsFile:
        return self.files[i % len(self.files)]

    def spot(self, i: int, pick: int) -> Spot | None:
        found = list(self.file(i).rows())
        return found[pick % len(found)] if found else None

    def entry_at(self, i: int, pick: int) -> list[Spot]:
        """Where all rows of one entry stand."""
        spot = self.spot(i, pick)
        if spot is None:
            return []
        return list(spots(self.file(i), *_place(self.file(i), spot)))

    def same_row(self, i: int, j: int, pick: int) -> tuple[Spot, Spot] | None:
        """Where one row stands in two different files."""
        if self.file(i) is self.file(j):
            return None
        there = {cells.get("id"): spot for spot, cells in self.file(j).rows().items()}
        both = [
            (spot, there[cells["id"]])
            for spot, cells in self.file(i).rows().items()
            if cells.get("id") in there and "id" in cells
        ]
        return both[pick % len(both)] if both else None

    def add_to(self, i: int, spot: Spot, more: int) -> None:
        now = int(self.file(i).rows()[spot].get("amount", 0))
        self.file(i).type(spot, amount=now + more)

    def move_amount(self, i: int, spot: Spot, more: int, last: bool) -> None:
        """From this row of an entry to another row of it, the last or the first."""
        file = self.file(i)
        others = [s for s in spots(file, *_place(file, spot)) if s != spot]
        self.add_to(i, spot, more)
        if others:
            self.add_to(i, others[-1 if last else 0], -more)

    def new_entry(self) -> str:
        self.entries += 1
        return f"E{self.entries}"


def _decision(turn: int, what: str) -> str:
    if what == "Mistake":
        return "Drop my change"
    return "Mine" if turn < 3 else "Theirs"


def _place(file: PersonsFile, spot: Spot) -> tuple[str, str]:
    """The sheet and the entry of a row."""
    return spot[0], file.rows()[spot]["entry"]


def _cells(texts: dict[str, str]) -> dict[str, Any]:
    """The cells of a row as they stand on the sheet."""
    return {c: int(t) if c == "amount" else t for c, t in texts.items()}


def copies(central: Central) -> Callable[[], Copies]:
    """What makes a machine over this server."""
    return lambda: Copies(central)
