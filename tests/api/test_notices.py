"""Who waits for news hears of a commit, and nothing depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from sync_server.api.deps import Served
from sync_server.companies import add_company, add_person
from sync_server.core.catalogue import Catalogue
from sync_server.storage.sql_store import open_store
from tests.api.conftest import NOW, headers
from tests.api.entries import JOURNAL, body, entry, results
from tests.api.live import heads, serving
from workbook_templates import wire
from workbook_templates.books import all_books
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Company

C = "/v1/companies/PT"
CHANGES = f"{C}/changes?tables={JOURNAL}"


@pytest.fixture
def http(served: Served, owner: httpx2.Headers) -> Iterator[httpx2.Client]:
    """The owner, at a server that sends notices."""
    with serving(served) as address, httpx2.Client(base_url=address, headers=owner) as http:
        yield http


@pytest.fixture
def deaf(served: Served, owner: httpx2.Headers) -> Iterator[httpx2.Client]:
    """The owner, at a server that sends none."""
    with (
        serving(served, notices=False) as address,
        httpx2.Client(base_url=address, headers=owner) as http,
    ):
        yield http


def head_of(http: httpx2.Client) -> int:
    head: int = http.get(f"{C}/hello").json()["head"]
    return head


def at_head(http: httpx2.Client) -> str:
    """A cursor that has everything."""
    cursor: str = http.get(f"{CHANGES}&limit=100000").json()["cursor"]
    return cursor


def push(http: httpx2.Client, number: str) -> None:
    (result,) = results(http.post(f"{C}/push", content=body(entry(number))))
    assert result.status == wire.APPLIED


def test_a_stream_of_events_tells_the_head_now_and_each_time_it_moves(http: httpx2.Client) -> None:
    head = head_of(http)
    with http.stream("GET", f"{C}/events") as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        told = heads(reply)
        assert next(told) == head
        push(http, "J1")
        assert next(told) == head + 1
        push(http, "J2")
        assert next(told) == head + 2


@pytest.mark.parametrize("way", ["from", "Last-Event-ID"])
def test_a_reader_who_comes_again_is_told_only_what_is_new(http: httpx2.Client, way: str) -> None:
    head = str(head_of(http))
    asked = {"params": {way: head}} if way == "from" else {"headers": {way: head}}
    with http.stream("GET", f"{C}/events", **asked) as reply:  # type: ignore[arg-type]  # either
        told = heads(reply)
        push(http, "J1")
        assert next(told) == int(head) + 1


def test_a_stream_ends_when_the_server_does(served: Served, owner: httpx2.Headers) -> None:
    with ThreadPoolExecutor(1) as reader, httpx2.Client(headers=owner, timeout=60) as http:
        with serving(served) as address:
            reply = http.send(http.build_request("GET", f"{address}{C}/events"), stream=True)
            told = heads(reply)
            next(told)
            rest = reader.submit(list, told)
        assert rest.result(timeout=60) == []


def test_an_unknown_token_hears_nothing(http: httpx2.Client) -> None:
    assert http.get(f"{C}/events", headers=headers("nobody")).status_code == 401


def test_a_long_poll_is_answered_as_soon_as_there_is_something(http: httpx2.Client) -> None:
    cursor = at_head(http)
    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(http.get, f"{CHANGES}&cursor={cursor}&wait=50", timeout=60)
        push(http, "J1")
        rows = waiting.result(timeout=40).json()["rows"]
    assert {row["cells"]["entry"] for row in rows} == {"J1"}


def test_a_long_poll_does_not_end_at_what_its_reader_did_not_ask_for(http: httpx2.Client) -> None:
    cursor = at_head(http)
    cells = {"code": (None, "P1"), "name": (None, "CV Satu"), "kind": (None, "both")}
    party = wire.Op("put", "ledger.parties", make_id(), cells)
    group = wire.Group(make_id(), "ledger.parties", "P1", (party,), new=True)
    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(http.get, f"{CHANGES}&cursor={cursor}&wait=50", timeout=60)
        (result,) = results(http.post(f"{C}/push", content=body(group)))
        assert result.status == wire.APPLIED
        push(http, "J1")
        assert len(waiting.result(timeout=40).json()["rows"]) == 2


def test_a_long_poll_without_news_is_answered_in_the_end(http: httpx2.Client) -> None:
    reply = http.get(f"{CHANGES}&cursor={at_head(http)}&wait=0.2").json()
    assert (reply["rows"], reply["more"]) == ([], False)


def test_hundreds_wait_and_others_are_served_meanwhile(http: httpx2.Client) -> None:
    cursor = at_head(http)
    limits = httpx2.Limits(max_connections=None)
    many = httpx2.Client(
        base_url=http.base_url, headers=http.headers, limits=limits, timeout=60
    )  # each on a connection of its own
    with many, ThreadPoolExecutor(200) as readers:
        waiting = [
            readers.submit(many.get, f"{CHANGES}&cursor={cursor}&wait=50") for _ in range(200)
        ]
        push(http, "J1")
        assert {len(one.result(timeout=50).json()["rows"]) for one in waiting} == {2}


def test_a_plain_poll_that_would_say_nothing_new_is_answered_with_304(http: httpx2.Client) -> None:
    first = http.get(f"{CHANGES}&limit=100000")
    again = f"{CHANGES}&cursor={first.json()['cursor']}"
    known = {"If-None-Match": first.headers["etag"]}
    nothing = http.get(again, headers=known)
    assert (nothing.status_code, nothing.content) == (304, b"")
    push(http, "J1")
    assert len(http.get(again, headers=known).json()["rows"]) == 2
    assert http.get(CHANGES, headers=known).status_code == 200


def test_a_commit_of_another_process_is_heard_of(tmp_path: Path, served: Served) -> None:
    url = f"sqlite:///{tmp_path / 'lajur.sqlite3'}"
    here, there = (
        Served(open_store(url, Catalogue(all_books())), served.catalogue, lambda: NOW)
        for _ in range(2)
    )
    token = _lay(here)
    with (
        serving(here) as one,
        serving(there) as other,
        httpx2.Client(base_url=one, headers=headers(token)) as writer,
        httpx2.Client(base_url=other, headers=headers(token)) as reader,
        reader.stream("GET", f"{C}/events") as reply,
    ):
        told = heads(reply)
        head = next(told)
        push(writer, "J1")
        assert next(told) == head + 1
    here.store.close()
    there.store.close()


def test_without_notices_nobody_waits_and_everything_is_found_by_asking(
    deaf: httpx2.Client,
) -> None:
    refused = deaf.get(f"{C}/events")
    assert (refused.status_code, refused.json()["code"]) == (404, "no_notices")
    cursor = at_head(deaf)
    assert deaf.get(f"{CHANGES}&cursor={cursor}&wait=50").json()["rows"] == []
    push(deaf, "J1")
    assert len(deaf.get(f"{CHANGES}&cursor={cursor}&wait=50").json()["rows"]) == 2


def _lay(served: Served) -> str:
    add_company(served, Company("PT", "PT Lajur Contoh"), "2026-01", "2026-12")
    return add_person(served, "Sari", "owner", "PT")
