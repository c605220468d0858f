"""A TCP proxy between a workbook and its server that treats requests as the world does."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto

BAD_GATEWAY = b"<html><body><h1>502 Bad Gateway</h1><hr>nginx</body></html>"
PAUSE = 0.005  # seconds between two drops of a trickle, and of a delay
HANG_UP = struct.pack("ii", 1, 0)  # close with RST, as a machine that went away


class Fault(Enum):
    """What happens to one request."""

    NONE = auto()
    REQUEST_LOST = auto()
    REPLY_LOST = auto()
    TWICE = auto()  # the server gets it twice at once
    LATE = auto()  # it is held back for a while
    AFTER_THE_NEXT = auto()  # its sender gives up; it reaches the server after the next request
    REQUEST_CUT = auto()  # the server gets half of the body
    REPLY_CUT = auto()  # the sender gets half of the body
    NOT_FORWARDED = auto()  # 502 with a page; the server never saw it
    GATEWAY_GAVE_UP = auto()  # 502 with a page, and the server did it
    TRICKLE = auto()
    RESET = auto()  # the connection breaks before anything is read
    REFUSED = auto()  # for a moment nobody listens


class Proxy:
    """Listens on a port of its own and hands requests on to `server_port`.

    `faults` are taken first, in their order; then one request in `1 / bad` meets a fault of chance.
    `before_push` and `after_push` are called when a push goes to the server and when it answers.
    """

    def __init__(self, server_port: int, seed: int = 0, bad: float = 0.0) -> None:
        self.server_port, self.bad = server_port, bad
        self.faults: list[Fault] = []
        self.met: Counter[Fault] = Counter()
        self.pushed: list[int] = []  # how the server answered each push
        self.before_push: Callable[[], None] = lambda: None
        self.after_push: Callable[[], None] = lambda: None
        self._chance = random.Random(seed)
        self._kept_back: list[bytes] = []
        self._lock = threading.Lock()
        self._open = True
        self._listening = _listen(0)
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Where workbooks find it."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Nobody is served any more."""
        with self._lock:
            self._open = False
            _stop(self._listening)

    def _accept(self) -> None:
        while self._open:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                time.sleep(PAUSE)
                continue
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        """The requests of one connection, until it or a fault ends it."""
        with connection, suppress(OSError):
            connection.settimeout(30)
            while self._open and (request := _message(connection)):
                if not self._handle(request, connection):
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP)
                    return

    def _handle(self, request: bytes, client: socket.socket) -> bool:
        """Whether the connection goes on."""
        fault = self._next()
        if fault in (Fault.REQUEST_LOST, Fault.RESET):
            return False
        if fault is Fault.REFUSED:
            self._refuse()
            return False
        if fault is Fault.AFTER_THE_NEXT:
            self._kept_back.append(request)
            return False
        if fault is Fault.REQUEST_CUT:
            self._to_server(request[: -max(1, _body_length(request) // 2)], whole=False)
            return False
        if fault is Fault.NOT_FORWARDED:
            client.sendall(_gateway_page())
            return True
        if fault is Fault.LATE:
            time.sleep(10 * PAUSE)
        reply = self._to_server(request)
        if fault is Fault.TWICE:
            reply = self._to_server(request)
        while self._kept_back:
            self._to_server(self._kept_back.pop())
        return self._answer(fault, reply, client)

    def _answer(self, fault: Fault, reply: bytes, client: socket.socket) -> bool:
        if not reply or fault is Fault.REPLY_LOST:
            return False
        if fault is Fault.REPLY_CUT:
            client.sendall(reply[: -max(1, _body_length(reply) // 2)])
            return False
        if fault is Fault.GATEWAY_GAVE_UP:
            client.sendall(_gateway_page())
        elif fault is Fault.TRICKLE:
            step = len(reply) // 7 + 1
            for start in range(0, len(reply), step):
                client.sendall(reply[start : start + step])
                time.sleep(PAUSE)
        else:
            client.sendall(reply)
        return True

    def _to_server(self, request: bytes, whole: bool = True) -> bytes:
        """The server's whole answer; nothing where it is not there or goes away."""
        push = request.startswith(b"POST") and b"/push " in request[:200]
        try:
            with socket.create_connection(("127.0.0.1", self.server_port), 10) as server:
                server.settimeout(30)
                if push and whole:
                    self.before_push()
                server.sendall(request)
                if not whole:
                    return b""
                reply = _message(server)
                if push:
                    self.pushed.append(int(reply[9:12] or 0))
                    self.after_push()
                return reply
        except OSError:
            return b""

    def _next(self) -> Fault:
        with self._lock:
            if self.faults:
                fault = self.faults.pop(0)
            elif self._chance.random() < self.bad:
                fault = self._chance.choice(list(Fault))
            else:
                fault = Fault.NONE
            self.met[fault] += 1
            return fault

    def _refuse(self) -> None:
        """Close the ear for a moment."""
        with self._lock:
            _stop(self._listening)
            time.sleep(4 * PAUSE)
            while self._open:
                with suppress(OSError):  # some connection may have that port for a moment
                    self._listening = _listen(self.port)
                    return


def _listen(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port), backlog=64)


def _stop(listening: socket.socket) -> None:
    """Close it, and wake whoever waits for a connection."""
    with suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)
    listening.close()


def _message(connection: socket.socket) -> bytes:
    """One whole HTTP/1.1 message with its body; nothing where the other side has hung up."""
    got = b""
    while b"\r\n\r\n" not in got:
        part = connection.recv(65_536)
        if not part:
            return b""
        got += part
    length = got.index(b"\r\n\r\n") + 4 + _body_length(got)
    parts, size = [got], len(got)
    while size < length:
        part = connection.recv(1 << 20)
        if not part:
            return b""
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _body_length(message: bytes) -> int:
    for line in message.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        name, _, told = line.partition(b":")
        if name.lower() == b"content-length":
            return int(told)
    return 0


def _gateway_page() -> bytes:
    kind, length = "Content-Type: text/html", f"Content-Length: {len(BAD_GATEWAY)}"
    head = "\r\n".join(("HTTP/1.1 502 Bad Gateway", kind, length, "", ""))
    return head.encode() + BAD_GATEWAY


@contextmanager
def proxied(server_port: int, seed: int = 0, bad: float = 0.0) -> Iterator[Proxy]:
    """A proxy that is closed in the end."""
    proxy = Proxy(server_port, seed, bad)
    try:
        yield proxy
    finally:
        proxy.close()
