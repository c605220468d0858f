"""A line to the server on which requests and replies get lost, come twice, late or broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from enum import Enum, auto

import httpx2
import msgspec

from workbook_templates import wire


class PowerCut(BaseException):
    """The workbook's machine stops here; only what was saved is left. Nothing may catch it."""


class Fault(Enum):
    """What happens to one request."""

    NONE = auto()
    REQUEST_LOST = auto()
    REPLY_LOST = auto()
    TWICE = auto()
    BODY_CUT = auto()
    PROXY_ERROR = auto()
    MEANWHILE = auto()  # another copy syncs before this request is handled
    POWER_CUT_BEFORE = auto()
    POWER_CUT_AFTER = auto()


class Line(httpx2.BaseTransport):
    """Hands requests on to `inner`, with the `faults` in their order; then all goes well.

    `race` is done once, right before the next push: what its sender pulled is no longer all.
    Keeps every push, so that it can be repeated long after, and looks whether the server says the
    same of a mutation each time.
    """

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self.inner = inner
        self.clear()

    def clear(self) -> None:
        """As before the first request."""
        self.faults: list[Fault] = []
        self.meanwhile: Callable[[], object] = lambda: None
        self.race: Callable[[], object] | None = None
        self.pushes: list[httpx2.Request] = []
        self.groups: dict[str, wire.Group] = {}
        self.answers: dict[str, tuple[str, int]] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if self.race is not None and request.url.path.endswith("/push"):
            race, self.race = self.race, None
            race()
        fault = self.faults.pop(0) if self.faults else Fault.NONE
        if fault is Fault.POWER_CUT_BEFORE:
            raise PowerCut
        if fault is Fault.REQUEST_LOST:
            raise httpx2.ConnectError("the request is lost")
        if fault is Fault.PROXY_ERROR:
            return httpx2.Response(502, text="<html>Bad gateway</html>", request=request)
        if fault is Fault.MEANWHILE:
            rest, self.faults = self.faults, []
            self.meanwhile()
            self.faults = rest
        reply = self.handle(request)
        if fault is Fault.TWICE:
            reply = self.handle(request)
        if fault is Fault.POWER_CUT_AFTER:
            raise PowerCut
        if fault is Fault.REPLY_LOST:
            raise httpx2.ReadError("the reply is lost")
        if fault is Fault.BODY_CUT:
            raise httpx2.RemoteProtocolError("the reply ends in the middle")
        return reply

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        """The server's own answer."""
        body = request.read()
        push = request.url.path.endswith("/push")
        if push:
            self._remember(request, body)
        reply = self.inner.handle_request(request)
        reply.read()
        if push and reply.is_success:
            self._compare(reply)
        return reply

    def _remember(self, request: httpx2.Request, body: bytes) -> None:
        if not any(request is sent for sent in self.pushes):
            self.pushes.append(request)
        for group in msgspec.json.decode(body, type=wire.Push).groups:
            frozen = self.groups.setdefault(group.mid, group)
            assert frozen == group, "what was sent once was sent again with other contents"

    def _compare(self, reply: httpx2.Response) -> None:
        for result in msgspec.json.decode(reply.content, type=wire.PushReply).results:
            told = (result.status, result.seq)
            if result.status != wire.RETRY:
                first = self.answers.setdefault(result.mid, told)
                assert told == first, "a repeated mutation was answered differently"
            amounts: dict[tuple[str, str | None], int] = defaultdict(int)
            for row in result.rows:
                amounts[row.t, row.cells.get("entry")] += int(row.cells.get("amount") or 0)
            assert not any(amounts.values()), "an answer shows half an entry"
