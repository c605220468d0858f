"""`lajur` and `lajur-server` as real processes, which may be told where to kill themselves.

Processes come from a fork server that has imported both programs, so that one takes milliseconds
to start; a death is always SIGKILL.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Any

import httpx2
from sqlalchemy import Engine, event

from addin import cli as lajur
from addin import server as addin_server
from addin.hosts.xlsx import durable
from sync_server import cli as lajur_server
from sync_server.api import sync as sync_routes
from workbook_templates import books

ROOT = Path(__file__).parents[2]
ADDIN, SERVER = str(ROOT / "addin"), str(ROOT / "sync_server")
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.programs"])
books.all_books()  # now, and not in each process


@dataclass(frozen=True)
class Death:
    """Where a program kills itself: at the `n`-th time that it comes to `step`.

    Of a client: "line" (of its own code), "request", "reply", "save" (the new file is written, and
    not yet in the old one's place), "saved".
    Of a server: "line" (of its own code, while it answers), "commit", "committed" (nothing of the
    answer has been sent).
    """

    step: str
    n: int = 1


def start_server(
    database: str, port: int, log: Path, death: Death | None = None, shelf: Path | None = None
) -> BaseProcess:
    """`lajur-server serve` on that port; returns when it answers. `shelf`: a folder of books that
    it serves besides its own.
    """
    told = ["serve", "--database", database, "--port", str(port)]
    arguments = (told, str(log), death, str(shelf or ""))
    process = _FORKS.Process(target=_serve, args=arguments, daemon=True)
    process.start()
    wait_for(port, process)
    return process


def wait_for(port: int, process: BaseProcess) -> None:
    """Until the server answers. Raises `AssertionError` where it ends instead."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.is_alive(), "the server did not start"
        try:
            httpx2.get(f"http://127.0.0.1:{port}/health/live", timeout=5)
            return
        except httpx2.TransportError:
            time.sleep(0.01)
    raise AssertionError("the server does not answer")


def run_lajur(
    words: list[str], token: str, log: Path, death: Death | None = None, after: float = 0
) -> int | None:
    """Exit status of a `lajur` command, or the negative number of the signal that ended it.

    `after`: seconds after which it is killed from outside, 0 for never.
    """
    process = _FORKS.Process(target=_lajur, args=(words, token, str(log), death), daemon=True)
    process.start()
    process.join(after or 120)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


# --- inside the processes -----------------------------------------------------------------------


def _serve(words: list[str], log: str, death: Death | None, shelf: str) -> None:
    _say_to(log)
    if shelf:
        books.__path__.append(shelf)
        books.all_books.cache_clear()
    if death is not None:
        _SERVER_STEPS[death.step](_countdown(death.n))
    sys.argv = ["lajur-server", *words]
    lajur_server.main()


def _lajur(words: list[str], token: str, log: str, death: Death | None) -> None:
    _say_to(log)
    os.environ["LAJUR_TOKEN"] = token
    addin_server.WAITS = (0.05, 0.1, 0.2)
    if death is not None:
        _CLIENT_STEPS[death.step](_countdown(death.n))
    sys.argv = ["lajur", *words]
    lajur.main()


def _say_to(log: str) -> None:
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(told, 1)
    os.dup2(told, 2)


def _countdown(n: int) -> Callable[[], None]:
    """What kills this process when it is called for the n-th time."""
    left = n

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return step


def _each_line(folder: str, step: Callable[[], None]) -> Callable[..., Any]:
    """A tracer that counts the lines of the code in a folder."""

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            step()
        return trace if frame.f_code.co_filename.startswith(folder) else None

    return trace


def _client_line(step: Callable[[], None]) -> None:
    sys.settrace(_each_line(ADDIN, step))


def _around(
    owner: Any, name: str, before: Callable[[], None] | None, after: Callable[[], None] | None
) -> None:
    kept = getattr(owner, name)

    def around(*told: Any, **named: Any) -> Any:
        if before:
            before()
        answer = kept(*told, **named)
        if after:
            after()
        return answer

    setattr(owner, name, around)


def _server_line(step: Callable[[], None]) -> None:
    """In the threads that answer requests; the start of the server is not counted."""
    threading.settrace(_each_line(SERVER, step))


def _before_commit(step: Callable[[], None]) -> None:
    """Of every transaction while requests are answered, a reader's too."""

    def count(_: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            step()

    event.listen(Engine, "commit", count)


_CLIENT_STEPS: dict[str, Callable[[Callable[[], None]], None]] = {
    "line": _client_line,
    "request": lambda step: _around(httpx2.Client, "request", step, None),
    "reply": lambda step: _around(httpx2.Client, "request", None, step),
    "save": lambda step: _around(durable.os, "replace", step, None),
    "saved": lambda step: _around(durable.os, "replace", None, step),
}
_SERVER_STEPS: dict[str, Callable[[Callable[[], None]], None]] = {
    "line": _server_line,
    "commit": _before_commit,
    "committed": lambda step: _around(sync_routes, "json_reply", step, None),
}
