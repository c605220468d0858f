"""Ways to break who may do what, how often, what Drive tells, and what a fault leaves behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.google_emulator import drive_api, faults, human, quota, server, sheets_api, tokens, world
from tests.google_emulator.book import EMPTY, Json
from tests.google_emulator.reading import located
from tests.google_emulator.world import NOBODY, File, World

# --- who may do what ---------------------------------------------------------------------


def protection_is_ignored(patch: pytest.MonkeyPatch) -> None:
    """Everybody writes into protected cells."""
    for module in (sheets_api, human):
        patch.setattr(module, "guard", lambda *told: None)


def protection_stops_its_editors_too(patch: pytest.MonkeyPatch) -> None:
    """The robot may not write into its own id column."""
    guard = world.guard

    def strict(file: File, account: str, tab: Any, area: Any) -> None:
        guard(replace(file, owner=""), "nobody" if tab.protections else account, tab, area)

    for module in (sheets_api, human):
        patch.setattr(module, "guard", strict)


def a_warning_stops(patch: pytest.MonkeyPatch) -> None:
    """WarningOnly is taken for a real protection."""
    guard = world.guard

    def strict(file: File, account: str, tab: Any, area: Any) -> None:
        kept = tab.protections
        real = [
            {name: part for name, part in item.items() if name != "warningOnly"}
            | {"editors": item.get("editors", {"users": [file.owner]})}
            for item in kept
        ]
        tab.protections = real
        try:
            guard(file, account, tab, area)
        finally:
            tab.protections = kept

    for module in (sheets_api, human):
        patch.setattr(module, "guard", strict)


def open_parts_are_closed(patch: pytest.MonkeyPatch) -> None:
    """UnprotectedRanges of a protected sheet are ignored."""
    patch.setattr(world, "_open", lambda *told: False)


def strangers_see_everything(patch: pytest.MonkeyPatch) -> None:
    """A spreadsheet needs not be shared."""
    role = File.role
    patch.setattr(File, "role", lambda file, account: role(file, account) or "writer")


def readers_may_write(patch: pytest.MonkeyPatch) -> None:
    """Every role is a writer's."""
    role = File.role

    def writer(file: File, account: str) -> str | None:
        own = role(file, account)
        return "writer" if own in ("reader", "commenter") else own

    patch.setattr(File, "role", writer)


def robots_own_files(patch: pytest.MonkeyPatch) -> None:
    """A service account may create a spreadsheet."""
    configured = World.reset

    def reset(self: World) -> None:
        configured(self)
        self.settings.service_accounts_own_files = True

    patch.setattr(World, "reset", reset)


def nobody_needs_a_token(patch: pytest.MonkeyPatch) -> None:
    """A call without or with a wrong token is a person's."""
    patch.setattr(
        tokens,
        "caller",
        lambda here, header: here.tokens.get(header.removeprefix("Bearer "), (NOBODY,))[0],
    )


def a_token_lives_for_ever(patch: pytest.MonkeyPatch) -> None:
    """Nobody is asked to sign in again."""
    patch.setattr(tokens, "LIFETIME", 10**9)


def an_unknown_spreadsheet_is_made(patch: pytest.MonkeyPatch) -> None:
    """Who asks for an id that is not there gets an empty spreadsheet."""
    opened = World.opened

    def made(self: World, file_id: str, account: str, write: bool) -> File | None:
        return opened(self, file_id, account, write) or self.create("Untitled", NOBODY)

    patch.setattr(World, "opened", made)


# --- how often ---------------------------------------------------------------------------


def quotas_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    """Nobody is ever told 429."""
    patch.setattr(quota, "spend", lambda *told: None)


def reads_and_writes_share_a_quota(patch: pytest.MonkeyPatch) -> None:
    """A read counts as a write."""
    spend = quota.spend
    patch.setattr(quota, "spend", lambda here, account, write: spend(here, account, True))


def every_range_counts(patch: pytest.MonkeyPatch) -> None:
    """A batch counts as many requests as it has ranges."""
    answer, spend = sheets_api.answer, quota.spend

    def counted(here: World, request: Any) -> Json:
        for _ in request.lists.get("ranges", [])[1:]:
            spend(here, request.account, False)
        return answer(here, request)

    patch.setattr(sheets_api, "answer", counted)


def quotas_never_come_back(patch: pytest.MonkeyPatch) -> None:
    """Who was told 429 once is told so for ever."""

    class Stopped(World):
        """A world whose quota counts on one and the same second."""

        def now(self) -> Any:
            return super().now() - timedelta(seconds=self.ahead)

    spend = quota.spend

    def stopped(here: World, account: str, write: bool) -> None:
        still = object.__new__(Stopped)
        still.__dict__ = here.__dict__
        spend(still, account, write)

    patch.setattr(quota, "spend", stopped)


def the_whole_project_has_no_quota(patch: pytest.MonkeyPatch) -> None:
    """Only each person's calls are counted."""
    limit = quota._limit
    patch.setattr(
        quota, "_limit", lambda here, verb, scope: None if scope else limit(here, verb, scope)
    )


# --- Drive -------------------------------------------------------------------------------


def modified_time_never_moves(patch: pytest.MonkeyPatch) -> None:
    """Drive tells when the file was made."""
    patch.setattr(File, "modified", lambda file, now, lag: file.created)


def modified_time_has_no_lag(patch: pytest.MonkeyPatch) -> None:
    """Drive tells of an edit at once."""
    modified = File.modified
    patch.setattr(File, "modified", lambda file, now, lag: modified(file, now, 0))


def changes_have_no_lag(patch: pytest.MonkeyPatch) -> None:
    """changes.list tells of an edit at once."""
    patch.setattr(drive_api, "_seen", lambda here: here.changes)


def what_people_do_changes_no_time(patch: pytest.MonkeyPatch) -> None:
    """Only edits by the API show in Drive."""
    acted = human._acted

    def unseen(here: World, file: File, *told: Any) -> None:
        changes, own = list(here.changes), list(file.changes)
        acted(here, file, *told)
        here.changes, file.changes = changes, own

    patch.setattr(human, "_acted", unseen)


def a_copied_file_loses_its_tags(patch: pytest.MonkeyPatch) -> None:
    """files.copy leaves developer metadata behind."""
    copy = drive_api._copy

    def bare(here: World, request: Any, file_id: str) -> Json:
        told = copy(here, request, file_id)
        here.files[told["id"]].book.metadata = []
        return told

    routes = [(m, p, bare if call is copy else call) for m, p, call in drive_api.ROUTES]
    patch.setattr(drive_api, "ROUTES", tuple(routes))


# --- faults ------------------------------------------------------------------------------


def a_fault_after_is_one_before(patch: pytest.MonkeyPatch) -> None:
    """503 after the write means that nothing was written."""
    _suffered_as(patch, "_after", "_before")


def a_fault_before_is_one_after(patch: pytest.MonkeyPatch) -> None:
    """503 before the write means that it was written."""
    _suffered_as(patch, "_before", "_after")


def _suffered_as(patch: pytest.MonkeyPatch, laid: str, became: str) -> None:
    suffered = faults.suffered

    def otherwise(fault: Json | None, answered: Any) -> faults.Outcome:
        kind = fault and fault["kind"].replace(laid, became)
        return suffered(fault and fault | {"kind": kind}, answered)

    patch.setattr(faults, "suffered", otherwise)


def faults_never_happen(patch: pytest.MonkeyPatch) -> None:
    """Whatever was laid down, all goes well."""
    patch.setattr(faults, "taken", lambda here, request: None)


def faults_never_end(patch: pytest.MonkeyPatch) -> None:
    """A fault that was laid once happens for ever."""
    taken = faults.taken

    def again(here: World, request: Any) -> Json | None:
        fault = taken(here, request)
        if fault:
            fault["times"] += 1
        return fault

    patch.setattr(faults, "taken", again)


def faults_hit_any_call(patch: pytest.MonkeyPatch) -> None:
    """A fault laid for writes hits the next read."""
    taken = faults.taken

    def any_call(here: World, request: Any) -> Json | None:
        for fault in here.faults:
            fault["on"] = ""
        return taken(here, request)

    patch.setattr(faults, "taken", any_call)


def cut_answers_arrive(patch: pytest.MonkeyPatch) -> None:
    """An answer cut in half comes whole."""
    suffered = faults.suffered

    def whole(fault: Json | None, answered: Any) -> faults.Outcome:
        return replace(suffered(fault, answered), half=False)

    patch.setattr(faults, "suffered", whole)


# --- people ------------------------------------------------------------------------------


def a_paste_is_raw(patch: pytest.MonkeyPatch) -> None:
    """What a person pastes stays text."""
    patch.setattr(human, "typed_into", lambda cell, text, locale: replace(cell, value=text))


def the_delete_key_takes_notes(patch: pytest.MonkeyPatch) -> None:
    """Erasing leaves nothing of a cell."""

    def bare(batch: Any, body: Json) -> None:
        tab, area = human._place(batch, body)
        for at in area.cells():
            tab.put(*at, EMPTY)

    patch.setitem(human.ACTIONS, "erase", bare)


def copied_rows_leave_their_ids(patch: pytest.MonkeyPatch) -> None:
    """Who copies a row copies all but its first cell."""
    copy = human.ACTIONS["copy"]

    def less(batch: Any, body: Json) -> None:
        tab, area = located(batch.book, body["to"])
        own = tab.cell(area.top, area.left)
        copy(batch, body)
        tab.put(area.top, area.left, own)

    patch.setitem(human.ACTIONS, "copy", less)


def cut_cells_stay(patch: pytest.MonkeyPatch) -> None:
    """Cutting copies."""
    patch.setattr(human, "_empty", lambda tab, area: None)


def reset_keeps_files(patch: pytest.MonkeyPatch) -> None:
    """Files of an earlier test are still there."""
    patch.setitem(server.CONTROLS, "reset", lambda here, body: {})
