"""Losses: a lost reply, a crash, a mailed file, an edited hidden sheet, a restored server."""

import shutil
from dataclasses import dataclass, fields, replace
from pathlib import Path

import httpx2
import msgspec
import openpyxl
import pytest

from addin.errors import NoServer, OutboxOfAnother
from addin.hosts import open_workbook
from addin.runs import Wishes, row_history, sync_workbook
from sync_server.api import sync
from tests.scenarios.office import Office, Rows, decide, entry, put, seen, type_rows
from workbook_templates import wire

JOURNAL = "ledger.journal"


class Losing(httpx2.BaseTransport):
    """Hands requests on and loses every reply to a push, as a broken line does."""

    def __init__(self, inner: httpx2.BaseTransport, reached: bool) -> None:
        self.inner, self.reached = inner, reached

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        push = request.url.path.endswith("/push")
        if push and not self.reached:
            raise httpx2.ConnectError("line is down")
        reply = self.inner.handle_request(request)
        if push:
            reply.read()
            raise httpx2.ReadError("line went down")
        return reply


@dataclass(frozen=True, slots=True)
class LaterGroup(wire.Group):
    """A document as a later version of the protocol may have it."""

    later: str = ""


def as_read_by_a_newer_server(push: wire.Push) -> wire.Push:
    """The message with what it does not say yet."""
    groups = (LaterGroup(**{f.name: getattr(g, f.name) for f in fields(g)}) for g in push.groups)
    return replace(push, groups=tuple(groups))


def sent_over_a_broken_line(office: Office, rows: Rows, reached: bool = True) -> Path:
    """A ledger with journal rows, after a sync whose push reaches the server (or not), and whose
    reply never comes back.
    """
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, rows)
    http = office.client()
    http._transport = Losing(http._transport, reached)
    workbook = open_workbook(file)
    try:
        with pytest.raises(NoServer):
            sync_workbook(workbook, http, Wishes())
    finally:
        workbook.close()
    return file


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two tries of one request nobody has to wait here."""
    monkeypatch.setattr("addin.server.WAITS", (0, 0))


@pytest.mark.parametrize("reached", [True, False])
def test_what_was_sent_and_never_answered_is_sent_again_with_one_effect(
    office: Office, reached: bool
) -> None:
    file = sent_over_a_broken_line(office, entry("JV-1", 100), reached)
    assert len(office.kept(JOURNAL)) == (2 if reached else 0)
    run = office.sync(file)
    assert not run.issues
    assert run.outcome.groups["applied"] == 1
    assert len(office.kept(JOURNAL)) == 2
    assert office.sync(file).outcome.groups.total() == 0


class Later(httpx2.BaseTransport):
    """Says of the last document of each push that it is to be sent again, and keeps it back."""

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self.inner, self.bodies = inner, list[bytes]()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if not request.url.path.endswith("/push"):
            return self.inner.handle_request(request)
        message = msgspec.json.decode(request.content, type=dict[str, msgspec.Raw])
        *taken, later = msgspec.json.decode(message["groups"], type=list[msgspec.Raw])
        self.bodies.append(bytes(later))
        content = msgspec.json.encode({**message, "groups": taken})
        plain = {k: v for k, v in request.headers.items() if k != "content-length"}
        sent = httpx2.Request("POST", request.url, headers=plain, content=content)
        answered = self.inner.handle_request(sent)
        answered.read()
        reply = msgspec.json.decode(answered.content, type=wire.PushReply)
        told = wire.Result(msgspec.json.decode(later, type=wire.Group).mid, wire.RETRY)
        reply = replace(reply, results=(*reply.results, told))
        return httpx2.Response(200, content=msgspec.json.encode(reply))


def test_what_the_server_wants_later_waits_and_is_sent_again_as_it_was(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 200)])
    http = office.client()
    later = http._transport = Later(http._transport)
    for applied in (1, 0):
        workbook = open_workbook(file)
        run = sync_workbook(workbook, http, Wishes())
        workbook.close()
        assert (run.groups["applied"], run.outcome.groups["retry"]) == (applied, 1)
        assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-1"}
    first, again = later.bodies
    assert first == again
    assert office.sync(file).groups["applied"] == 1
    assert {row["entry"] for row in office.kept(JOURNAL)} == {"JV-1", "JV-2"}


def test_what_was_typed_while_the_reply_was_lost_is_sent_next(office: Office) -> None:
    file = sent_over_a_broken_line(office, entry("JV-1", 100))
    put(file, JOURNAL, 2, debit=150)
    put(file, JOURNAL, 3, credit=150)
    run = office.sync(file)
    assert not run.issues
    assert [row.get("debit") for row in office.kept(JOURNAL)] == ["150.00", None]


def test_a_server_that_was_upgraded_before_it_could_answer_loses_and_doubles_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = sent_over_a_broken_line(office, [*entry("JV-1", 100), *entry("JV-2", 200)])
    put(file, JOURNAL, 2, debit=150)
    put(file, JOURNAL, 3, credit=150)
    read = sync._read_push
    monkeypatch.setattr(sync, "_read_push", lambda body: as_read_by_a_newer_server(read(body)))
    for _ in range(2):
        assert not office.sync(file).issues
    for rows in (office.kept(JOURNAL), seen(file, JOURNAL)):
        assert sorted(float(row["debit"]) for row in rows if row.get("debit")) == [150, 200]


def test_a_file_that_is_mailed_with_its_outbox_has_one_effect(office: Office) -> None:
    file = sent_over_a_broken_line(office, entry("JV-1", 100))
    twin = file.with_name("mailed.xlsx")
    shutil.copy(file, twin)
    for copy in (file, twin, file):
        assert not office.sync(copy).issues
    assert len(office.kept(JOURNAL)) == 2


def test_another_person_is_asked_before_sending_what_was_sent_in_this_name(
    office: Office,
) -> None:
    file = sent_over_a_broken_line(office, entry("JV-1", 100))
    with pytest.raises(OutboxOfAnother) as told:
        office.sync(file, "budi")
    assert "rina" in told.value.words["en"]
    assert not office.sync(file, "budi", adopt=True).issues
    assert len(office.kept(JOURNAL)) == 2


def test_an_older_backup_of_the_file_loses_nothing_and_doubles_nothing(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    backup = file.with_name("backup.xlsx")
    shutil.copy(file, backup)
    put(file, JOURNAL, 2, description="New words")
    office.sync(file)
    type_rows(backup, JOURNAL, entry("JV-2", 200))
    assert not office.sync(backup).issues
    assert seen(backup, JOURNAL)[0]["description"] == "New words"
    assert len(office.kept(JOURNAL)) == 4


@pytest.mark.parametrize("sheet", ["_lajur_base", "_lajur_meta", "_lajur_outbox"])
def test_a_hidden_sheet_that_somebody_edits_is_not_believed(office: Office, sheet: str) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, [*entry("JV-1", 100), *entry("JV-2", 5, other=6)])
    office.sync(file)
    put(file, JOURNAL, 2, description="My words")
    spoil(file, sheet)
    run = office.sync(file)
    assert seen(file, JOURNAL)[0]["description"] == "My words"
    if sheet == "_lajur_base":  # what was agreed is no longer known, so a person is asked
        assert [i.column for i in run.issues if i.conflict] == ["description"]
        decide(file, 1, "mine")
        office.sync(file)
    assert "My words" in {row.get("description") for row in office.kept(JOURNAL)}
    assert len(office.kept(JOURNAL)) == 2


def spoil(file: Path, sheet: str) -> None:
    """Change something in a hidden sheet that is not the workbook's identity."""
    opened = openpyxl.load_workbook(file)
    hidden = opened[sheet]
    for row in hidden.iter_rows(min_row=2):
        if row[0].value in ("cursor", "ledger.journal", "held"):
            row[3 if hidden.title != "_lajur_meta" else 1].value = '{"debit":"1.00"}'
    opened.save(file)


def test_a_restored_server_is_offered_back_what_it_lost(office: Office) -> None:
    file = office.workbook("ledger")
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    restore = office.backup()
    type_rows(file, JOURNAL, entry("JV-2", 200))
    put(file, JOURNAL, 2, description="New words")
    office.sync(file)
    restore()
    run = office.sync(file)
    assert run.groups["conflict"] == 2
    assert seen(file, JOURNAL)[0]["description"] == "New words"
    assert len(office.kept(JOURNAL)) == 2
    for line in range(1, len(run.issues) + 1):
        decide(file, line, "mine")
    assert not office.sync(file).issues
    kept = office.kept(JOURNAL)
    assert len(kept) == 4
    assert "New words" in {row["description"] for row in kept}


def test_a_row_that_a_restored_server_lost_has_no_history_there(office: Office) -> None:
    file = office.workbook("ledger")
    restore = office.backup()
    type_rows(file, JOURNAL, entry("JV-1", 100))
    office.sync(file)
    for expected in (1, 0):
        workbook = open_workbook(file)
        _, records = row_history(workbook, "journal", 2, office.client())
        workbook.close()
        assert len(records) == expected
        restore()


def test_what_a_restored_server_lost_may_be_let_go(office: Office) -> None:
    file = office.workbook("ledger")
    office.sync(file)
    restore = office.backup()
    type_rows(file, JOURNAL, entry("JV-2", 200))
    office.sync(file)
    restore()
    office.sync(file)
    for line in (1, 2):
        decide(file, line, "theirs")
    assert not office.sync(file).issues
    assert seen(file, JOURNAL) == []
