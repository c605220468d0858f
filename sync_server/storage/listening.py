"""PostgreSQL's NOTIFY: one connection of a process that hears of the commits of the others."""

from __future__ import annotations

import logging
from collections.abc import Callable

import psycopg

from sync_server.core.port import Ending

CHANNEL = "lajur_heads"
LOOK_S = 1.0  # until the end of the process is noticed
AGAIN_S = 5.0  # until a lost connection is made anew
log = logging.getLogger("lajur.server")


def listen(url: str, heard: Callable[[str, int], None], end: Ending) -> None:
    """Calls `heard(company, head)` for each notice until `end`; notices of a lost connection are
    lost.
    """
    while not end.is_set():
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"LISTEN {CHANNEL}".encode())
                while not end.is_set():
                    for notice in connection.notifies(timeout=LOOK_S):
                        head, _, company = notice.payload.partition(" ")
                        heard(company, int(head))
        except psycopg.Error as lost:
            log.warning("no notices from PostgreSQL: %s", lost)
            end.wait(AGAIN_S)
