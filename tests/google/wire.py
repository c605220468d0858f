"""Calls to the emulator without a network: one after the other, so that a seed tells all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter

from addin.hosts.google.client import SheetsClient
from addin.hosts.google.pace import Bucket, Pace
from tests.google_emulator import faults
from tests.google_emulator.calls import Request, request_of
from tests.google_emulator.server import answer
from tests.google_emulator.world import NOBODY, World

Seen = Callable[[Request], None]


def nothing(call: Request) -> None:
    """Nobody does anything meanwhile."""


class Wire(BaseAdapter):
    """A line to the emulator with its faults; `before` and `after` each call others may act."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.before: Seen = nothing
        self.after: Seen = nothing

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override] # the keywords are not needed
        parts = urlsplit(request.url or "")
        body = request.body if isinstance(request.body, bytes) else str(request.body or "").encode()
        call = request_of(request.method or "", f"{parts.path}?{parts.query}", body, "")
        self.before(call)
        fault = faults.taken(self.world, call)
        outcome = faults.suffered(fault, lambda: answer(self.world, call))
        self.after(call)
        if outcome.answer is None:
            raise requests.ConnectionError("the connection ended without an answer")
        if outcome.half:
            raise requests.exceptions.ChunkedEncodingError("the answer ends in the middle")
        told = requests.Response()
        told.status_code, told._content = outcome.answer.code, outcome.answer.body
        told.headers["Content-Type"] = outcome.answer.media
        told.url, told.request = request.url or "", request
        return told

    def close(self) -> None:
        """Nothing is open."""


def client_over(wire: Wire) -> SheetsClient:
    """The host's client on this line. Its pauses pass at once, by the emulator's clock."""
    session = requests.Session()
    session.mount("https://", wire)
    world = wire.world

    def clock() -> float:
        return world.ahead

    def sleep(seconds: float) -> None:
        world.ahead += seconds

    def bucket() -> Bucket:
        return Bucket(1e9, clock=clock, sleep=sleep)

    pace = Pace(bucket(), bucket(), clock=clock, sleep=sleep, chance=lambda: 1.0)
    return SheetsClient(session, pace, account=NOBODY)
