"""Killing programs in the middle of a sync, again and again, and looking at what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.faults.programs import Death
from tests.faults.workplace import KILLED, Workplace, workplace

CLIENT_LINES, SERVER_LINES = 25_000, 5_000  # about as many as are run by a sync
A_SYNC, A_PUSH = 0.4, 0.03  # seconds, about

Attempt = Callable[[Workplace, Path], None]


def kill(folder: Path, url: str, seed: int, deaths: int) -> Counter[str]:
    """People type and sync until so many programs were killed; how often each way was one.

    Raises `AssertionError` where a promise breaks.
    """
    with workplace(folder, url, seed) as place:
        ways = [*CLIENT, *SERVER, *(DATABASE if url.startswith("postgresql") else ())]
        for file in place.files:
            place.sync(file)
        while place.died.total() < deaths:
            file = place.chance.choice(place.files)
            place.work(file)
            place.chance.choice(ways)(place, file)
        place.quiet()
        return place.died


def _client_at(step: str, most: int) -> Attempt:
    def attempt(place: Workplace, file: Path) -> None:
        death = Death(step, place.chance.randint(1, most))
        if place.sync(file, death) == KILLED:
            place.died[f"client at a {step}"] += 1

    return attempt


def _client_at_any_time(place: Workplace, file: Path) -> None:
    if place.sync(file, after=place.chance.uniform(0.01, A_SYNC)) == KILLED:
        place.died["client from outside"] += 1


def _server_at(step: str, most: int) -> Attempt:
    def attempt(place: Workplace, file: Path) -> None:
        place.serve(Death(step, place.chance.randint(1, most)))
        place.sync(file)
        if not place.revive(f"server at a {step}"):
            place.serve()

    return attempt


def _server_at_any_time(place: Workplace, file: Path) -> None:
    place.soon(A_PUSH, place.kill_server)
    place.sync(file)
    place.revive("server from outside")


def _database_connections(place: Workplace, file: Path) -> None:
    """All connections of the server to PostgreSQL are ended while it works on a push."""
    url = make_url(place.url).set(drivername="postgresql").render_as_string(hide_password=False)
    ended: list[object] = []

    def end() -> None:
        with psycopg.connect(url, autocommit=True) as own:
            found = own.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            ended.extend(found.fetchall())

    place.soon(A_PUSH, end)
    place.sync(file)
    place.store.engine.dispose()  # ours was ended too
    place.died["connections to PostgreSQL"] += bool(ended)


CLIENT: tuple[Attempt, ...] = (
    _client_at("line", CLIENT_LINES),
    _client_at("line", CLIENT_LINES),
    _client_at("request", 3),
    _client_at("reply", 3),
    _client_at("save", 4),
    _client_at("saved", 4),
    _client_at_any_time,
)
SERVER: tuple[Attempt, ...] = (
    _server_at("line", SERVER_LINES),
    _server_at("commit", 6),
    _server_at("committed", 3),
    _server_at_any_time,
)
DATABASE: tuple[Attempt, ...] = (_database_connections, _database_connections)
