"""The loop of the bridge: a frame in, what it asks for done in the office, a frame out."""

from __future__ import annotations

import os
import queue
import signal
import threading
from typing import Any, BinaryIO

from .commands import COMMANDS
from .frames import packed, read_frame
from .session import Refused, Session

PATIENCE = 3.0  # seconds in which an office must end once nobody is left who could ask


def main(address: str, seconds: float) -> None:
    """Serve until standard input ends; then end the office, if the engine said that it is ours."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints must not get between the frames
    asked: queue.SimpleQueue[Any] = queue.SimpleQueue()
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    ours: list[int] = []
    threading.Thread(target=_listen, args=(requests, asked, ours), daemon=True).start()
    session = _session(address, seconds, answers)
    while session and (request := asked.get()) is not None:
        _send(answers, _answer(session, request))


def _session(address: str, seconds: float, answers: BinaryIO) -> Session | None:
    try:
        session = Session(address, seconds)
    except Exception as failed:
        _send(answers, _error(failed))
        return None
    _send(answers, {"result": "ready"})
    return session


def _listen(stream: BinaryIO, asked: queue.SimpleQueue[Any], ours: list[int]) -> None:
    """Pass frames on. At the end our office ends too, even when a call into it hangs."""
    try:
        while True:
            request = read_frame(stream)
            if "ours" in request:
                ours[:] = [request["ours"]]
            else:
                asked.put(request)
    except (EOFError, ValueError, OSError):
        asked.put(None)
    for office in ours:
        _end(office)
    threading.Event().wait(PATIENCE)
    os._exit(1)


def _end(office: int) -> None:
    try:
        os.kill(office, signal.SIGTERM)
        threading.Event().wait(PATIENCE)
        os.kill(office, getattr(signal, "SIGKILL", signal.SIGTERM))
    except (ProcessLookupError, PermissionError):
        pass


def _answer(session: Session, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": COMMANDS[request["do"]](session, *request["with"])}
    except Exception as failed:
        return _error(failed)


def _error(failed: Exception) -> dict[str, Any]:
    name = type(failed).__name__.rpartition(".")[2]
    kind = failed.kind if isinstance(failed, Refused) else name
    message = getattr(failed, "Message", None) or str(failed)
    return {"error": kind, "message": str(message).strip() or name}


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    try:
        answers.write(packed(answer))
        answers.flush()
    except (BrokenPipeError, ValueError):
        os._exit(1)
