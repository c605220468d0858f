"""A real server on this machine in a thread of the test, and what its events say."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

import httpx2

from sync_server.api.deps import Served
from sync_server.app import create_app
from sync_server.serving import Serving

PATIENCE_S = 30.0


@contextmanager
def serving(served: Served, notices: bool = True) -> Iterator[str]:
    """The server's address, until the block ends and it has shut down."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app = create_app(served.store, served.catalogue, served.now, notices)
        server = Serving(app, "127.0.0.1", 0, log_level="error")
        thread = Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE_S)
    assert not thread.is_alive(), "the server did not end"


def heads(reply: httpx2.Response) -> Iterator[int]:
    """The heads of a stream of events as they come, until it ends."""
    for line in reply.iter_lines():
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))["head"]


def until(found: Callable[[], bool]) -> None:
    """Waits for something that comes about elsewhere."""
    end = time.monotonic() + PATIENCE_S
    while not found():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.01)
