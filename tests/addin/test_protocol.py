"""The protocol's promises, held by the real client over the real server through random histories.

The same state machine as the executable model of the protocol: copies of one workbook, losses,
mailed copies, copy and paste, unbalanced entries, decisions.
"""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from addin.errors import NoServer
from addin.hosts.memory import MemoryWorkbook
from addin.runs import Run, sync_workbook
from tests.addin.paper import COMPANY, blank_ledger, last_row, rows, small_company, write

WHO = st.sampled_from([0, 1, 0, 1, 2])
PICK = st.integers(0, 2)
AMOUNT = st.integers(1, 3)


class Line(httpx2.BaseTransport):
    """The line to the server; while it is `broken` no reply to a push comes back."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self.inner, self.broken = inner, False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        reply = self.inner.handle_request(request)
        if self.broken and request.url.path.endswith("/push"):
            reply.read()
            raise httpx2.ReadError("lost")
        return reply


class Copies(RuleBasedStateMachine):
    """People with copies of one ledger, and what they typed into which row."""

    def __init__(self) -> None:
        super().__init__()
        self.store, self.http = small_company()
        self.line = Line(self.http._transport)
        self.http._transport = self.line
        self.copies: list[MemoryWorkbook] = [blank_ledger("a"), blank_ledger("b")]
        self.typed: list[dict[int, str]] = [{}, {}]
        self.pushers: set[int] = set()
        self.words = 0

    # -- what people do ------------------------------------------------------------------------

    @initialize(count=st.integers(1, 2))
    def two_synced_copies(self, count: int) -> None:
        for _ in range(count):
            self.add_entry(0, 2, True)
        self.sync(0)
        self.sync(1)

    @rule(i=WHO, amount=AMOUNT, balanced=st.booleans())
    def add_entry(self, i: int, amount: int, balanced: bool) -> None:
        self.words += 1
        cells: dict[str, Any] = {"Entry": f"JV-{self.words}", "Date": "2026-05-03"}
        self.type_(i, None, **cells, Account="61200", Debit=amount)
        self.type_(i, None, **cells, Account="11110", Credit=amount if balanced else amount + 1)

    @rule(i=WHO, pick=PICK)
    def describe(self, i: int, pick: int) -> None:
        if number := self.row(i, pick):
            self.type_(i, number)

    @rule(first=st.booleans(), pick=PICK, other=PICK, lost=st.booleans())
    def two_people_type_and_sync(self, first: bool, pick: int, other: int, lost: bool) -> None:
        """The ordinary case that matters most, often in the same row."""
        self.describe(int(first), pick)
        self.describe(int(not first), other)
        (self.lose_the_reply if lost else self.sync)(int(first))
        self.describe(int(first), other)
        self.sync(int(not first))
        self.sync(int(first))

    @rule(i=WHO, pick=PICK, more=AMOUNT, both=st.booleans())
    def change_the_amount(self, i: int, pick: int, more: int, both: bool) -> None:
        workbook = self.copy(i)
        found = rows(workbook)
        if number := self.row(i, pick):
            entry = [n for n, r in found.items() if r["Entry"] == found[number]["Entry"]]
            for n in entry if both else [number]:
                side = "Debit" if found[n]["Debit"] else "Credit"
                write(workbook, "Journal", n, **{side: (found[n][side] or 0) + more})

    @rule(i=WHO, pick=PICK, whole=st.booleans())
    def delete(self, i: int, pick: int, whole: bool) -> None:
        found = rows(self.copy(i))
        if number := self.row(i, pick):
            entry = found[number]["Entry"]
            for n, cells in found.items():
                if n == number or (whole and cells["Entry"] == entry):
                    write(self.copy(i), "Journal", n, **dict.fromkeys(cells))
                    self.typed[i % len(self.copies)].pop(n, None)

    @rule(i=WHO, pick=PICK)
    def copy_and_paste_a_row(self, i: int, pick: int) -> None:
        if number := self.row(i, pick):
            cells = rows(self.copy(i))[number]
            write(self.copy(i), "Journal", last_row(self.copy(i)) + 1, **cells)

    @rule(i=WHO)
    def mail(self, i: int) -> None:
        if len(self.copies) < 3:
            self.copies.append(self.copy(i).copied("mailed"))
            self.typed.append(dict(self.typed[i % len(self.typed)]))

    @rule(i=WHO)
    def sync(self, i: int) -> None:
        before = self.commits()
        self.run_of(i)
        if self.commits() != before:
            self.pushers.add(i % len(self.copies))

    @rule(i=WHO)
    def lose_the_reply(self, i: int) -> None:
        self.line.broken = True
        before = self.commits()
        try:
            self.run_of(i)
        except NoServer:
            self.copies[i % len(self.copies)] = self.copy(i).as_saved()
        finally:
            self.line.broken = False
        if self.commits() != before:
            self.pushers.add(i % len(self.copies))

    @precondition(lambda self: any(rows(w, "Review") for w in self.copies))
    @rule(i=WHO, mine=st.booleans())
    def decide(self, i: int, mine: bool) -> None:
        lines = rows(self.copy(i), "Review")
        for number in lines:
            write(self.copy(i), "Review", number, Decision="Mine" if mine else "Theirs")
        if lines and not mine:
            self.typed[i % len(self.copies)].clear()
        self.sync(i)

    # -- what must always hold -----------------------------------------------------------------

    @invariant()
    def entries_balance_on_the_server(self) -> None:
        sums: dict[str, int] = {}
        for row in self.kept().values():
            cents = [int(row.get(side, "0").replace(".", "")) for side in ("debit", "credit")]
            sums[row["entry"]] = sums.get(row["entry"], 0) + cents[0] - cents[1]
        assert not any(sums.values()), sums

    @invariant()
    def what_was_typed_is_on_the_sheet_or_was_accepted(self) -> None:
        accepted = {
            pair[1]
            for commit in self.commits_kept()
            for change in commit.changes
            for pair in change.cells.values()
        }
        for workbook, typed in zip(self.copies, self.typed, strict=True):
            found = rows(workbook)
            for number, word in typed.items():
                here = found.get(number, {}).get("Description") == word
                assert here or word in accepted, (number, word, found)

    @invariant()
    def nobody_conflicts_with_himself(self) -> None:
        if len(self.pushers) == 1:
            (only,) = self.pushers
            lines = rows(self.copies[only], "Review").values()
            assert not [line for line in lines if line["What"] == "Cell changed by both"]

    def teardown(self) -> None:
        """Everybody syncs and decides until nothing changes: then all sheets are the server's."""
        for turn in range(8):
            for i, workbook in enumerate(self.copies):
                for number in rows(workbook, "Review"):
                    word = "Mine" if turn < 2 else "Drop my change"
                    write(workbook, "Review", number, Decision=word)
                self.run_of(i)
        wanted = sorted(map(seen_of, self.kept().values()))
        for workbook in self.copies:
            found = rows(workbook)
            ids = [row["_id"] for row in found.values()]
            assert len(set(ids)) == len(ids)
            here = [{k.lower(): str(v) for k, v in row.items() if v} for row in found.values()]
            assert sorted(map(seen_of, here)) == wanted

    # -- inside --------------------------------------------------------------------------------

    def copy(self, i: int) -> MemoryWorkbook:
        return self.copies[i % len(self.copies)]

    def row(self, i: int, pick: int) -> int | None:
        found = list(rows(self.copy(i)))
        return found[pick % len(found)] if found else None

    def type_(self, i: int, number: int | None, **cells: Any) -> None:
        """Type into a row (None: a new one), with a word that is typed only once."""
        self.words += 1
        word = f"w{self.words}"
        number = number or last_row(self.copy(i)) + 1
        write(self.copy(i), "Journal", number, **cells, Description=word)
        self.typed[i % len(self.copies)][number] = word

    def run_of(self, i: int) -> Run:
        workbook = self.copy(i)
        try:
            return sync_workbook(workbook, self.http)
        finally:
            workbook.close()

    def commits(self) -> int:
        return len(self.commits_kept())

    def commits_kept(self) -> list[Any]:
        return [commit for commit, _ in self.store._books[COMPANY].commits]

    def kept(self) -> dict[str, Any]:
        found = self.store._books[COMPANY].rows.values()
        live = (row for row in found if row.table == "ledger.journal" and not row.deleted)
        return {row.id: row.cells for row in live}


def seen_of(cells: Any) -> tuple[str, str, int, int]:
    """What is compared of a row, whether from a sheet or from the server."""
    sides = [round(float(cells.get(side) or 0) * 100) for side in ("debit", "credit")]
    return cells["entry"], cells.get("description") or "", sides[0], sides[1]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("addin.server.WAITS", ())


def test_the_protocol_keeps_its_promises() -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    wanted = settings(
        max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=checks
    )
    run_state_machine_as_test(Copies, settings=wanted)
