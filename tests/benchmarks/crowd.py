"""50 people who push documents of 20 rows at once over HTTP, and how long each of them waits."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import SERVICE_UNAVAILABLE
from itertools import chain
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

import msgspec

from sync_server.companies import add_person
from tests.benchmarks import journal
from tests.benchmarks.company import CODE, keep, new_company, sqlite_url
from tests.benchmarks.measuring import Comparison, Way, measure
from tests.benchmarks.serving import Server, post, running
from workbook_templates import wire

ROWS, DOCUMENTS_EACH = 20, 40
PATH = f"/v1/companies/{CODE}/push"


def run(people: int = 50) -> Comparison:
    """One server process over SQLite; all must land."""
    bodies = list(_bodies(people))
    with TemporaryDirectory(prefix="lajur-crowd-") as folder:
        url = sqlite_url(Path(folder))
        with new_company(url, "2026-01", "2026-12") as served:
            keep(served, journal.masters())
            tokens = [add_person(served, f"P{n}", "owner", CODE) for n in range(people)]
        environment = {**os.environ, "LAJUR_DATABASE": url}
        with running("sync_server.cli", "serve", environment=environment) as server:
            way = _all_at_once(server, tokens, bodies)
    return Comparison(
        "crowd",
        f"{people} people push documents of {ROWS} rows at once, {DOCUMENTS_EACH} each",
        *(people * DOCUMENTS_EACH, "requests", ">= 400 requests/s, p99 < 250 ms", (way,)),
    )


def _all_at_once(server: Server, tokens: Sequence[str], bodies: Sequence[Sequence[bytes]]) -> Way:
    waits: list[float] = []
    busy: list[int] = []

    def work() -> None:
        with ThreadPoolExecutor(len(tokens)) as crowd:
            for mine, turned_away in crowd.map(_person, [server] * len(tokens), tokens, bodies):
                waits.extend(mine)
                busy.append(turned_away)

    way = measure("ours, SQLite", work, process=server.process)
    percentiles = quantiles(waits, n=100)
    times = {"p50 ms": percentiles[49] * 1000, "p99 ms": percentiles[98] * 1000}
    details = {**times, "told to come again": sum(busy)}
    return Way(way.name, way.seconds, way.cpu_seconds, way.more_mb, details)


def _person(server: Server, token: str, bodies: Sequence[bytes]) -> tuple[list[float], int]:
    """One person's pushes, each after the answer to the one before: the waits in seconds until
    all has landed, and how often the server was busy and had to be asked again.
    """
    waits, busy = [], 0
    with closing(server.connection()) as connection:
        for body in bodies:
            began = time.perf_counter()
            while (reply := post(connection, PATH, body, token)).status == SERVICE_UNAVAILABLE:
                busy += 1
            waits.append(time.perf_counter() - began)
            results = msgspec.json.decode(reply.body, type=wire.PushReply).results
            assert {result.status for result in results} == {wire.APPLIED}
    return waits, busy


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
