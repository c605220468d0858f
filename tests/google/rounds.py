"""A random round: people edit one spreadsheet while it is synced over bad lines, again and again.

At every step nothing typed is lost and nothing was applied twice; in the end the spreadsheet, a
colleague's workbook file and the central copy have the same rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from addin.errors import AddinError
from addin.hosts.errors import HostError
from addin.runs import Wishes, sync_workbook
from addin.shadow import load
from tests.google.deciding import decide, review
from tests.google.shared_sheet import PEOPLE, Place, SharedSheet, new_sheet
from tests.google.wire import nothing
from tests.google_emulator import faults
from tests.google_emulator.book import Cell
from tests.google_emulator.calls import Request
from tests.protocol import promises
from tests.protocol.book import COLUMNS
from tests.protocol.central import Central, begin_ids
from tests.protocol.file import PersonsFile, new_file
from tests.protocol.history import History
from tests.protocol.line import Fault, PowerCut

STEPS, TURNS = 12, 14
HAND_CALLS = 3  # of the worker, about a second, in which a person does one thing
LINE_FAULTS = (Fault.REQUEST_LOST, Fault.REPLY_LOST, Fault.TWICE, Fault.BODY_CUT)


class Round:
    """One spreadsheet, one workbook file of a colleague, and the central copy between them."""

    def __init__(self, central: Central, seed: int, hand_calls: int = HAND_CALLS) -> None:
        begin_ids()
        self.central, self.random, self.history = central, Random(seed), History()
        company = central.open_company()
        self.sheet: SharedSheet = new_sheet(company, seed)
        self.file: PersonsFile = new_file("budi", company)
        self.told: list[str] = []
        self.happened: Counter[str] = Counter()
        self.hand_calls = hand_calls
        self.calls, self.busy = 0, [0] * len(PEOPLE)  # by people: to which call their hand is full

    # --- a round -------------------------------------------------------------------------

    def play(self) -> Counter[str]:
        """Plays the round to its end; what happened in it, counted."""
        for _ in range(STEPS):
            step = self.random.choices(STEPPING, WEIGHTS)[0]
            self.note(step.__name__)
            step(self)
            self.hold()
        self.converge()
        return self.happened

    def note(self, what: str) -> None:
        self.told.append(what)
        self.happened[what] += 1

    def people_act(self) -> None:
        for _ in range(self.random.randint(1, 4)):
            self.note(self.sheet.act())

    def colleague_types(self) -> None:
        """Somebody with a workbook file changes memos and units, and syncs it."""
        self.sync_file()
        for spot in self.random.choices([*self.file.rows()] or [None], k=self.random.randint(1, 3)):
            if spot is not None:
                key = self.random.choice(("memo", "memo", "unit"))
                self.file.type(spot, **{key: f"c{next(self.sheet.numbers)}"})
        self.sync_file()

    def colleague_adds(self) -> None:
        entry = f"E{next(self.sheet.numbers)}"
        for amount in (5, -5):
            self.file.type(self.file.below("entries"), entry=entry, amount=amount, memo="c")
        self.sync_file()

    def decide_something(self) -> None:
        for row, line in review(self.sheet)[:1]:
            words = ("Drop my change",) if line["What"] == "Mistake" else ("Mine", "Theirs")
            decide(self.sheet, row, line, self.random.choice(words))

    def sync_quietly(self) -> None:
        self.sync_sheet()

    def sync_among_people(self) -> None:
        """Before some of the worker's calls somebody does something, mostly while what a colleague
        did arrives.
        """
        if self.random.random() < 0.7:
            self.sync_sheet()
            self.random.choice((self.colleague_types, self.colleague_types, self.colleague_adds))()
        else:
            self.people_act()
        self.sheet.wire.before = lambda call: self.meanwhile(call, 0.35)
        self.sync_sheet()

    def sync_over_faults(self) -> None:
        kinds = self.random.choices(faults.KINDS[:-1], k=self.random.randint(1, 3))
        on = self.random.choice(("", "batchUpdate", "GET"))
        faults.lay(self.sheet.world, [{"kind": kind, "on": on} for kind in kinds])
        self.sheet.wire.before = lambda call: self.meanwhile(call, 0.15)
        if self.random.random() < 0.3:
            self.central.line.faults = self.random.choices(LINE_FAULTS, k=2)
        self.sync_sheet()

    def sync_at_the_end_of_a_quota(self) -> None:
        self.sheet.world.configure({"writes_per_minute": 1, "reads_per_minute": 3})
        self.sync_sheet()

    def sync_and_die(self) -> None:
        """The worker's machine stops at one of its calls."""
        left = self.random.randint(1, 6)

        def stop(call: Request) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise PowerCut

        side = self.random.choice(("before", "after"))
        setattr(self.sheet.wire, side, stop)
        self.sync_sheet()

    # --- syncing -------------------------------------------------------------------------

    def meanwhile(self, call: Request, chance: float) -> None:
        """Somebody may do something, mostly in the very moment of writing."""
        self.calls += 1
        writes = call.path.endswith(":batchUpdate")
        if self.calls < self.busy[0] or self.random.random() > (2 * chance if writes else chance):
            return
        self.busy = [*self.busy[1:], self.calls + self.hand_calls]
        self.note(f"  {call.method}: {self.sheet.act(moving=writes)}")

    def sync_sheet(self) -> None:
        """One run of the worker; whatever stops it, the next one is another process."""
        world, wire = self.sheet.world, self.sheet.wire
        self.watch()
        try:
            sync_workbook(self.sheet.opened(), self.central.sign_in("rina"), Wishes(delete=True))
        except PowerCut:
            self.note("  died")
        except (HostError, AddinError) as refused:
            self.note(f"  {type(refused).__name__}")
        finally:
            wire.before = wire.after = nothing
            self.sheet.beneath.clear()
            world.faults.clear()
            world.configure({"writes_per_minute": None, "reads_per_minute": None})
            self.central.line.faults = []
            self.follow()

    def watch(self) -> None:
        """Notes what the worker writes over."""
        wire, cells = self.sheet.wire, dict[Place, Cell]()
        outer_before, outer_after = wire.before, wire.after

        def before(call: Request) -> None:
            outer_before(call)
            nonlocal cells
            cells = self.sheet.tab().cells

        def after(call: Request) -> None:
            self.sheet.written(cells)
            outer_after(call)

        wire.before, wire.after = before, after

    def sync_file(self) -> None:
        try:
            sync_workbook(self.file.workbook, self.central.sign_in("budi"), Wishes(delete=True))
        finally:
            self.follow()
            self.file.note_ids()

    def follow(self) -> None:
        with self.central.store.reading(self.central.company) as held:
            self.history.follow(held, self.central.line.groups)

    # --- what must hold ------------------------------------------------------------------

    def hold(self) -> None:
        """Nothing typed is lost, nothing stands where nobody put it, the base is true."""
        there = self.sheet.tokens()
        accepted = {text for _, _, text in self.history.accepted}
        lost = self.sheet.typed - there.keys() - accepted
        assert not lost, f"typed texts vanished: {sorted(lost)}"
        unmoved = there.keys() - self.sheet.moved
        doubled = {t: there[t] for t in unmoved if there[t] > self.sheet.copies[t]}
        assert not doubled, f"more often in the sheet than anybody put them: {doubled}"
        shadow = load(self.sheet.opened())
        promises.the_base_is_true(shadow, self.history)
        promises.no_half_entry_stands_in_the_base(shadow)

    def converge(self) -> None:
        """Everybody decides and syncs until nothing changes; then all have the same."""
        state: Any = None
        for turn in range(TURNS):
            for row, line in review(self.sheet):
                decide(self.sheet, row, line, _decision(turn, line["What"]))
            self.note("last sync")
            self.sync_sheet()
            self.hold()
            for item in self.file.review():
                assert isinstance(item["#"], int)
                self.file.decide(item["#"], _decision(turn, str(item["What"])))
            self.sync_file()
            before, state = state, (self.history.head, self.sheet.rows(), self.file.rows())
            if before == state and not review(self.sheet) and not self.file.review():
                break
        else:
            raise AssertionError(f"no end: {review(self.sheet)} {self.file.review()}")
        self.all_have_the_same()

    def all_have_the_same(self) -> None:
        promises.all_is_as_on_the_server(self.file, self.history)
        rows = self.sheet.rows().values()
        ids = [cells.get("id", "") for cells in rows]
        assert len(set(ids)) == len(ids), "two rows have one id"
        here = {c["id"]: {k: c[k] for k in COLUMNS if k in c} for c in rows}
        live = self.history.live()
        wanted = {r: c for r, c in live.items() if self.history.tables[r] == "tiny.entries"}
        assert here == wanted, f"the sheet is not the server's: {here} {wanted}"
        findings = self.central.verified()
        assert not findings, findings


def _decision(turn: int, what: str) -> str:
    if what == "Mistake":
        return "Drop my change"
    return "Mine" if turn < 3 else "Theirs"


STEPPING: tuple[Callable[[Round], None], ...] = (
    Round.people_act,
    Round.sync_quietly,
    Round.sync_among_people,
    Round.sync_over_faults,
    Round.sync_at_the_end_of_a_quota,
    Round.sync_and_die,
    Round.colleague_types,
    Round.colleague_adds,
    Round.decide_something,
)
WEIGHTS = (8, 1, 9, 5, 1, 3, 2, 1, 2)


def played(central: Central, seed: int, hand_calls: int = HAND_CALLS) -> Counter[str]:
    """What happened in the round of that seed. A broken promise tells all that led to it."""
    one = Round(central, seed, hand_calls)
    try:
        return one.play()
    except Exception as broken:
        raise AssertionError(f"seed {seed}: {broken}\n" + "\n".join(one.told)) from broken
