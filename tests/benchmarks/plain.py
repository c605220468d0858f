"""The floor of a busy server: the same HTTP stack, one durable INSERT of the rows a request.

Nothing is checked, merged, audited or summed up, and nobody is signed in.
"""

from __future__ import annotations

import os
import sqlite3
from threading import Lock
from typing import Annotated

import msgspec
from fastapi import Depends, FastAPI, Response

from sync_server.api.deps import json_reply, raw_body
from workbook_templates import wire

_read = msgspec.json.Decoder(wire.Push).decode


def create_app() -> FastAPI:
    """The application over the SQLite file of PLAIN_DATABASE."""
    app, one_writer = FastAPI(), Lock()
    connection = sqlite3.connect(
        os.environ["PLAIN_DATABASE"], check_same_thread=False, isolation_level=None
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, tbl TEXT, document TEXT, cells)")

    @app.post("/push")
    def push(body: Annotated[bytes, Depends(raw_body)]) -> Response:
        """Keeps every row as it came."""
        groups = _read(body).groups
        records = [
            (op.rid, op.t, group.key, msgspec.json.encode({c: v for c, (_, v) in op.cells.items()}))
            for group in groups
            for op in group.ops
        ]
        with one_writer:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", records)
            connection.execute("COMMIT")
        return json_reply({"rows": len(records)})

    return app
