"""Whatever bytes arrive, the answer is a clear problem: no fault of the server, no leak."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sync_server.api.deps import MAX_BODY
from sync_server.companies import add_person
from tests.api.wired import JOURNAL, MINE, OTHERS, Wired, wired_server
from tests.storage.conftest import postgresql_database_url
from workbook_templates import wire
from workbook_templates.row_ids import make_id

__all__ = ["postgresql_database_url"]
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wired]:
    with wired_server(tmp_path_factory.mktemp("wired")) as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def on_either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Wired]:
    """A server over a database of its own, of either kind."""
    of_kind = request.param == "postgresql"
    database = request.getfixturevalue("postgresql_database_url") if of_kind else ""
    with wired_server(tmp_path, database) as running:
        yield running


def entry(name: str, **more: Any) -> dict[str, Any]:
    """A group that makes a journal entry; `more` goes into its first op."""
    head = {"entry": [None, name], "date": [None, "2026-05-03"]}
    lines = [{"account": [None, "61200"], "debit": [None, "5.00"]}]
    lines.append({"account": [None, "11110"], "credit": [None, "5.00"]})
    ops = [{"op": "put", "t": JOURNAL, "rid": make_id(), "cells": head | c} for c in lines]
    ops[0] |= more
    return {"mid": make_id(), "kind": JOURNAL, "key": name, "ops": ops, "new": True}


def push(wired: Wired, body: bytes | str, **more: Any) -> httpx2.Response:
    return wired.ask("POST", "push", content=body, **more)


def body_of(*groups: dict[str, Any]) -> bytes:
    return json.dumps({"epoch": "", "groups": groups}).encode()


def assert_refused(answer: httpx2.Response, *codes: str) -> None:
    """A problem with one of these codes."""
    assert answer.headers["Content-Type"] == PROBLEM, answer.text
    told = answer.json()
    assert (told["status"], 400 <= told["status"] < 500) == (answer.status_code, True)
    assert told["code"] in codes, told


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"halo",
    "cut": body_of(entry("JV-1"))[:-20],
    "a list": b"[]",
    "groups of another kind": b'{"epoch":"","groups":7}',
    "not UTF-8": b'{"epoch":"\xff\xfe","groups":[]}',
    "NaN": b'{"epoch":"","groups":[],"v":NaN}',
    "a number without end": b'{"epoch":"","groups":[],"v":1e999999}',
    "an integer without end": b'{"epoch":"","groups":[],"v":' + b"9" * 100_000 + b"}",
    "half a surrogate pair": b'{"epoch":"\\ud800","groups":[]}',
    "deep": b'{"epoch":"","groups":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "deep objects": b'{"epoch":' * 100_000 + b"1" + b"}" * 100_000,
    "another version": b'{"epoch":"","groups":[],"v":99}',
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_body_that_is_no_message_is_a_bad_request(wired: Wired, what: str) -> None:
    for path in ("push", "validate", "drafts", "reverse", "ids"):
        assert_refused(wired.ask("POST", path, content=BROKEN[what]), "bad_request")


def test_random_bytes_and_mutilated_messages_are_never_a_fault(wired: Wired) -> None:
    chance = random.Random(20261)
    whole = body_of(entry("JV-R"), entry("JV-S"))
    for _ in range(150):
        body = bytearray(whole if chance.random() < 0.8 else chance.randbytes(200))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(body))
            body[place : place + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        answer = push(wired, bytes(body))
        assert answer.status_code < 500, (bytes(body), answer.text)
        if answer.status_code != 200:
            assert_refused(answer, "bad_request", "epoch_changed")


@pytest.mark.parametrize(
    ("more", "group"),
    [
        ({"at": {"sheet": "Jurnal", "row": 10**30}}, {}),
        ({"at": {"sheet": "\u0000", "row": -1}}, {}),
        ({"seq": 10**40}, {}),
        ({"rid": "\u0000"}, {}),
        ({"rid": ""}, {}),
        ({"rid": "x" * 100_000}, {}),
        ({"cells": {"\u0000": [None, "x"]}}, {}),
        ({"cells": {"entry": [None, "\u0000"]}}, {}),
        ({"op": "restore"}, {}),
        ({"op": "drop table"}, {}),
        ({"t": "ledger.nothing"}, {}),
        ({}, {"mid": ""}),
        ({}, {"mid": "\u0000"}),
        ({}, {"mid": "x" * 100_000}),
        ({}, {"kind": "'; DELETE FROM rows; --"}),
        ({}, {"key": "\u0000"}),
        ({}, {"schema": 10**30}),
        ({}, {"after": ["x"] * 1000}),
        ({}, {"ops": []}),
    ],
)
def test_strange_values_in_a_message_are_refused_or_do_no_harm(
    wired: Wired, more: dict[str, Any], group: dict[str, Any]
) -> None:
    answer = push(wired, body_of(entry(f"JV-{make_id()}", **more) | group))
    assert answer.status_code in (200, 400), answer.text
    again = push(wired, body_of(entry(f"JV-{make_id()}")))
    assert again.json()["results"][0]["status"] == wire.APPLIED


NUL = "a\u0000b"
IN_A_GROUP: list[dict[str, Any]] = [
    *({key: NUL} for key in ("mid", "kind", "key", "cause", "made_by")),
    {"after": [NUL]},
]
IN_AN_OP: list[dict[str, Any]] = [
    *({key: NUL} for key in ("op", "t", "rid", "copied_from")),
    {"at": {"sheet": NUL, "row": 2}},
    {"f": {"account": NUL}},
    {"cells": {"entry": [None, NUL]}},
    {"cells": {NUL: [None, "x"]}},
]
IN_A_PUSH: list[dict[str, Any]] = [
    *({key: NUL} for key in ("epoch", "copy", "stamp")),
    {"source": {"file": NUL}},
]


def test_no_text_with_the_character_NUL_is_taken_by_either_database(on_either: Wired) -> None:
    head = on_either.ask("GET", "hello").json()["head"]
    told = [{"epoch": "", "groups": [entry("JV-N") | more]} for more in IN_A_GROUP]
    told += [{"epoch": "", "groups": [entry("JV-N", **more)]} for more in IN_AN_OP]
    told += [{"epoch": "", "groups": [entry("JV-N")]} | more for more in IN_A_PUSH]
    for message in told:
        answer = push(on_either, json.dumps(message))
        assert_refused(answer, "bad_request")
        assert "U+0000" in answer.json()["detail"]
    draft = {"id": make_id(), "groups": [], "reason": NUL}
    others = {"drafts": draft, "reverse": {"mid": NUL, "of": "1"}, "ids": {"count": 1, NUL: 1}}
    for path, asked in (others | {"copies/c/lease": {"holder": NUL}}).items():
        assert_refused(on_either.ask("POST", path, content=json.dumps(asked)), "bad_request")
    places = ("hello?file=%00", f"rows/{JOURNAL}?key=%00", f"rows/{JOURNAL}/%00", "drafts/%00")
    for path in places:
        assert_refused(on_either.ask("GET", path), "bad_request")
    assert on_either.ask("GET", "hello").json()["head"] == head
    put = entry("JV-N", cells={"description": [None, r"a\u0000b"]})["ops"][0]
    whole = entry("JV-N")
    whole["ops"][0]["cells"] |= put["cells"]
    (result,) = push(on_either, body_of(whole)).json()["results"]
    assert result["status"] == wire.APPLIED
    assert result["rows"][0]["cells"]["description"] == r"a\u0000b"


@pytest.mark.parametrize("told", [True, False])
def test_a_body_of_100_MB_is_refused_before_it_is_read(wired: Wired, told: bool) -> None:
    """With its length told in advance, and in chunks of which nobody knows how many follow."""
    host, _, port = wired.address.removeprefix("http://").partition(":")
    before = _memory()
    with socket.create_connection((host, int(port)), 30) as connection:
        head = f"POST /v1/companies/{MINE}/push HTTP/1.1\r\nHost: x\r\n"
        head += f"Authorization: Bearer {wired.token}\r\n"
        length = "Content-Length: 104857600" if told else "Transfer-Encoding: chunked"
        connection.sendall(f"{head}{length}\r\n\r\n".encode())
        sent = _pour(connection, 100, told)
        answer = connection.recv(65_536)
    assert b" 413 " in answer, answer
    assert b'"too_large"' in answer
    assert sent < 2 * MAX_BODY // 2**20 + 16, "all of it was read"
    assert _memory() - before < 4 * MAX_BODY


def _pour(connection: socket.socket, megabytes: int, whole: bool) -> int:
    """How many megabytes went out before there was an answer."""
    part = b" " * 2**20
    for n in range(megabytes):
        connection.setblocking(False)
        try:
            connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            pass
        else:
            return n
        finally:
            connection.setblocking(True)
        try:
            connection.sendall(part if whole else b"100000\r\n" + part + b"\r\n")
        except OSError:
            return n
    return megabytes


def _memory() -> int:
    """Bytes of this process, in which the server is."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no memory is told")


def test_more_groups_or_rows_than_one_request_takes_are_too_large(wired: Wired) -> None:
    assert_refused(push(wired, body_of(*[entry("JV-9")] * 5001)), "too_large")
    many = entry("JV-9")
    many["ops"] = many["ops"][:1] * 5001
    assert_refused(push(wired, body_of(many)), "too_large")


CURSORS = ["x", "\u0001", "e30=", "x" * 5000, "eyJzZXEiOjB9.AAAA", "ä"]


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_that_we_did_not_make_is_told(wired: Wired, cursor: str) -> None:
    asked = {"tables": JOURNAL, "cursor": cursor}
    assert_refused(wired.ask("GET", "changes", params=asked), "cursor_forged")


def test_a_cursor_of_another_company_or_with_a_changed_letter_is_told(wired: Wired) -> None:
    page = wired.ask("GET", "changes", params={"tables": JOURNAL}).json()
    other = add_person(wired.served, f"Tono {make_id()}", "owner", OTHERS)
    asked = {"tables": JOURNAL, "cursor": page["cursor"]}
    there = wired.ask("GET", "changes", OTHERS, other, params=asked)
    assert_refused(there, "cursor_forged", "epoch_changed")
    for place in range(0, len(page["cursor"]), 7):
        letters = list(page["cursor"])
        letters[place] = "A" if letters[place] != "A" else "B"
        asked["cursor"] = "".join(letters)
        assert_refused(wired.ask("GET", "changes", params=asked), "cursor_forged")


def test_another_persons_mutation_id_tells_nothing_of_theirs(wired: Wired) -> None:
    theirs = entry("JV-SECRET")
    push(wired, body_of(theirs))
    other = add_person(wired.served, f"Budi {make_id()}", "owner", MINE)
    for group in (theirs, entry("JV-OTHER") | {"mid": theirs["mid"]}):
        (result,) = push(wired, body_of(group), token=other).json()["results"]
        assert result["status"] == wire.MID_REUSED
        assert "SECRET" not in json.dumps({**result, "mid": ""})


def test_a_row_of_another_company_is_not_there(wired: Wired) -> None:
    other = add_person(wired.served, f"Tono {make_id()}", "owner", OTHERS)
    for path in (f"rows/{JOURNAL}/{wired.rows[0]}", f"rows/{JOURNAL}/{wired.rows[0]}/history"):
        assert wired.ask("GET", path, token=wired.token).status_code == 200
        assert_refused(wired.ask("GET", path, OTHERS, other), "not_found")
        assert_refused(wired.ask("GET", path, OTHERS), "not_allowed")
    edit = {"description": ["Rahasia", "x"]}
    op = {"op": "put", "t": JOURNAL, "rid": wired.rows[0], "cells": edit}
    group = {"mid": make_id(), "kind": JOURNAL, "key": "J1", "ops": [op]}
    (result,) = wired.ask("POST", "push", OTHERS, other, content=body_of(group)).json()["results"]
    assert [c["kind"] for c in result["conflicts"]] == ["unknown_row"]
    assert result["conflicts"][0]["theirs"] is None


def test_without_a_token_every_route_of_a_company_says_to_sign_in(wired: Wired) -> None:
    for path, operations in wired.described()["paths"].items():
        for method, operation in operations.items():
            url = path.replace("{company}", MINE).replace("{table}", JOURNAL)
            answer = wired.http.request(method.upper(), url.replace("{row_id}", wired.rows[0]))
            signed = "security" in operation
            assert (answer.status_code == 401) == signed, (method, path, answer.text)
