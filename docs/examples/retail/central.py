"""The central copy that the workbooks are synchronised with: an own server, or one that runs."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import Any

import httpx2

from docs.examples.retail import commands
from docs.examples.retail.commands import SERVER, CommandFailed, Usage

LOOPBACK = "127.0.0.1"
STARTS_WITHIN = 30.0  # seconds
DATABASE, LOG = "central.sqlite3", "server.log"


@dataclass(frozen=True, slots=True)
class Central:
    """Where the central copy is, the company in it, and the token of who asks."""

    address: str
    company: str
    token: str

    def report(self, name: str, as_of: str) -> list[dict[str, Any]]:
        """The rows of a report at a date. Raises `CommandFailed`, `httpx2.HTTPError`."""
        reply = httpx2.get(
            f"{self.address}/v1/companies/{self.company}/reports/{name}",
            params={"as_of": as_of},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=60,
        )
        if reply.status_code != httpx2.codes.OK:
            raise CommandFailed(f"report {name}: {reply.text}")
        rows: list[dict[str, Any]] = reply.json()["rows"]
        return rows


@contextmanager
def serving(folder: Path, company: str, months: tuple[str, str], usage: Usage) -> Iterator[Central]:
    """A server on loopback with a new company, its database in `folder`, as long as it is used.

    `months` are the first and the last month that are open, "2010-12". Raises `CommandFailed`.
    """
    (folder / DATABASE).unlink(missing_ok=True)
    env = {"LAJUR_DATABASE": f"sqlite:///{folder / DATABASE}"}
    token = _lay(company, months, env, usage)
    port = _free_port()
    words = ["serve", "--host", LOOPBACK, "--port", str(port)]
    with (folder / LOG).open("w") as log:
        server = commands.start(SERVER, words, env, log)
        try:
            central = Central(f"http://{LOOPBACK}:{port}", company, token)
            _wait_for(central, server)
            yield central
        finally:
            server.send_signal(signal.SIGINT)
            usage.add("server", commands.finish(server)[1])


def running(address: str, company: str) -> Central:
    """A server that is there already, with the token of LAJUR_TOKEN. Raises `CommandFailed`."""
    token = os.environ.get("LAJUR_TOKEN")
    if not token:
        raise CommandFailed("LAJUR_TOKEN has no token for this server")
    return Central(address.rstrip("/"), company, token)


def _lay(company: str, months: tuple[str, str], env: dict[str, str], usage: Usage) -> str:
    """Add the company and its bookkeeper; the bookkeeper's token."""
    first, last = months
    chart = ["--pack", "plain", "--currency", "GBP", "--language", "en"]
    spans = ["--first-period", first, "--last-period", last]
    commands.ask(usage, "server", SERVER, ["company", "add", company, *chart, *spans], env)
    person = ["people", "add", "bookkeeper", "--role", "owner", "--company", company]
    token: str = commands.ask(usage, "server", SERVER, person, env)["token"]
    return token


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(central: Central, server: Popen[str]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx2.get(f"{central.address}/health/ready").status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise CommandFailed(f"the server does not start, see {LOG}")
