"""`lajur drafts`: park unsent work on the server, list what is parked, adopt or drop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any

import msgspec
import typer

from addin import terminal
from addin.copies import Copy, open_copy
from addin.drafts import adopt, park, take_out
from addin.keeping import keeper
from addin.moments import moment
from addin.runs import connected
from addin.server import Server
from addin.sync import Sync, greet
from addin.terminal import AsJson, File
from workbook_templates.wire_drafts import OPEN, DraftSeen
from workbook_templates.words import Words

commands = typer.Typer(no_args_is_help=True, help="Unsent work parked on the server.")
DraftId = Annotated[str, typer.Argument(help="The draft's id, as `list` shows it.")]

PARKED = Words(
    "{n} dokumen dititipkan di server sebagai konsep {id}; belum dikirim. Siapa pun yang berwenang"
    " dapat mengambilnya dengan `lajur drafts adopt`.",
    "{n} documents are parked on the server as draft {id}; they are not sent. Whoever may can take"
    " them with `lajur drafts adopt`.",
)
TAKEN_OUT = Words(
    "{n} baris di berkas ini dikembalikan seperti di pusat.",
    "{n} rows of this file are as on the server again.",
)
ADOPTED = Words(
    "{n} baris dari konsep {maker} kini ada di berkas ini. Periksa, lalu sinkronkan untuk"
    " mengirimnya atas nama Anda.",
    "{n} rows of {maker}'s draft are in this file now. Look at them, then sync to send them in"
    " your name.",
)
LEFT = Words(
    "{n} sel dibiarkan: berkas ini punya isian sendiri di sana, atau isinya tidak terbaca. Konsep"
    " tetap tersimpan di server.",
    "{n} cells were left alone: this file has edits of its own there, or they cannot be read. The"
    " draft stays kept on the server.",
)
DROPPED = Words("Konsep {id} dibuang.", "Draft {id} is dropped.")
NONE = Words("Tidak ada konsep yang menunggu.", "No drafts are waiting.")
LINE = Words(
    "{id}  {when}  {maker}: {n} dokumen dari {file} {reason}",
    "{id}  {when}  {maker}: {n} documents of {file} {reason}",
)


@commands.command("park")
def park_work(
    file: File,
    reason: Annotated[str, typer.Option(help="A word on why.")] = "",
    out: Annotated[
        bool, typer.Option("--take-out", help="Then put the file's rows back as on the server.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Park everything unsent in a workbook; nothing of it is applied."""
    with _connected(file, as_json) as (copy, server, keep):
        draft = park(copy, server, reason)
        rows = take_out(copy) if out else 0
        keep(copy)
        said = [PARKED[copy.language].format(n=draft.documents, id=draft.id)]
        said += [TAKEN_OUT[copy.language].format(n=rows)] if out else []
        reply = {"file": file, "draft": _told(draft), "rows_taken_out": rows}
        terminal.say(reply, as_json, "\n".join(said))


@commands.command("list")
def list_drafts(file: File, as_json: AsJson = False) -> None:
    """The drafts of the workbook's company that wait for somebody."""
    with _connected(file, as_json) as (copy, server, _):
        found = [draft for draft in server.drafts() if draft.state == OPEN]
        lines = [_line(draft, copy.language) for draft in found] or [NONE[copy.language]]
        terminal.say({"drafts": [_told(draft) for draft in found]}, as_json, "\n".join(lines))


@commands.command("adopt")
def adopt_draft(file: File, draft_id: DraftId, as_json: AsJson = False) -> None:
    """Lay a draft into a workbook as unsent changes; it is yours from then on."""
    with _connected(file, as_json) as (copy, server, keep):
        hello = greet(Sync(copy, server, keep))
        adopted = adopt(copy, server.draft(draft_id), hello.user)
        keep(copy)
        server.settle_draft(draft_id, adopt=True)
        draft = adopted.draft
        said = [ADOPTED[copy.language].format(n=adopted.rows, maker=draft.made_by)]
        said += [LEFT[copy.language].format(n=adopted.left)] if adopted.left else []
        reply = {"file": file, "draft": _told(draft), "rows": adopted.rows, "left": adopted.left}
        terminal.say(reply, as_json, "\n".join(said))


@commands.command("drop")
def drop_draft(file: File, draft_id: DraftId, as_json: AsJson = False) -> None:
    """Drop a draft that nobody needs; the server keeps it as dropped."""
    with _connected(file, as_json) as (copy, server, _):
        draft = server.settle_draft(draft_id, adopt=False)
        said = DROPPED[copy.language].format(id=draft.id)
        terminal.say({"draft": _told(draft)}, as_json, said)


@contextmanager
def _connected(file: str, as_json: bool) -> Iterator[tuple[Copy, Server, Callable[[Copy], None]]]:
    """The copy, its server, and what keeps it in its file."""
    with terminal.failing(file, as_json), terminal.opened(file) as workbook:
        copy = open_copy(workbook)
        keep = keeper(workbook, copy, datetime.now)
        with connected(copy) as server:
            yield copy, server, keep


def _told(draft: DraftSeen) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(draft)
    del told["groups"]
    return told


def _line(draft: DraftSeen, language: str) -> str:
    reason = f"({draft.reason})" if draft.reason else ""
    shown = {"when": moment(draft.when, language), "maker": draft.made_by, "n": draft.documents}
    return LINE[language].format(id=draft.id, file=draft.file, reason=reason, **shown).strip()
