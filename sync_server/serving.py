"""The server process: uvicorn around the application, which ends when everybody is answered."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI


class Serving(uvicorn.Server):
    """uvicorn, which at its end first lets those go who only wait for news.

    Requests that were accepted are answered; streams of events would otherwise last for ever.
    """

    def __init__(self, app: FastAPI, host: str, port: int, log_level: str | None = None) -> None:
        # Who asked what is in the audit; a line for each request would cost a tenth of it.
        config = uvicorn.Config(app, host=host, port=port, log_level=log_level, access_log=False)
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends the waits, then everything else."""
        self._app.state.notices.close()
        await super().shutdown(sockets)
