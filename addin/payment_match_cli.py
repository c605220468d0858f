"""`lajur payment-match`: what payments without a document most likely settle."""

from __future__ import annotations

from datetime import datetime

import typer

from addin import terminal
from addin.copies import open_copy
from addin.keeping import keeper
from addin.payment_match import Proposed, propose
from addin.terminal import AsJson, File, With
from workbook_templates.words import Words

FILLED = Words(
    "{n} pembayaran diisi dokumennya, {m} hanya diberi usul. Belum dikirim: periksa lembar"
    " Pembayaran, lalu sinkronkan.",
    "{n} payments got their documents, {m} a proposal in words only. Nothing is sent yet: look at"
    " the sheet Payments, then sync.",
)


def payment_match(file: File, program: With = "", as_json: AsJson = False) -> None:
    """Propose what payments on account settle; only blank cells are filled in, unsent."""
    with terminal.failing(file, as_json), terminal.opened(file, program) as workbook:
        copy = open_copy(workbook)
        keep = keeper(workbook, copy, datetime.now)
        done = propose(copy)
        keep(copy)
        terminal.say(_reply(file, done), as_json, "\n".join(_said(done, copy.language)))


def _said(done: Proposed, language: str) -> list[str]:
    told = FILLED[language].format(n=len(done.filled), m=len(done.guessed))
    return [told, *(f"  {key}: {said}" for key, said in {**done.filled, **done.guessed}.items())]


def _reply(file: str, done: Proposed) -> dict[str, object]:
    return {"file": file, "filled": done.filled, "guessed": done.guessed}


def add_commands(app: typer.Typer) -> None:
    """The command under its name."""
    app.command("payment-match")(payment_match)
