"""What the worker remembers in a small file, so that a restart goes on where the last one ended."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from addin.errors import AddinError
from addin.google_worker.lanes import Seen


class StateUnwritable(AddinError):
    """The worker's small file cannot be written. Facts: name, reason."""

    code = "worker_state_unwritable"
    sentences = {
        "id": "Berkas {name}, tempat pekerja mengingat, tidak dapat ditulis ({reason}). Beri"
        " pekerja hak menulis di foldernya, atau ubah state dalam pengaturan.",
        "en": "The file {name}, in which the worker remembers, cannot be written ({reason}). Let"
        " the worker write in its folder, or change state in the settings.",
    }


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of one spreadsheet. Moments are seconds since 1970.

    `ranges` are what a look reads, `digest` what the last one found, `drive` the time of change
    that Drive told then. `head` is the server's at the last sync, `open` how much needed a person.
    `wrote`: we wrote into it since the look. `told` is the state that stands on its Setup,
    `problem` the sentences, by language, of why it could not be synced.
    """

    seen: Seen
    title: str = ""
    synced: float | None = None
    open: int = 0
    digest: str = ""
    drive: str = ""
    head: int = 0
    ranges: tuple[str, ...] = ()
    server: str = ""
    company: str = ""
    language: str = "id"
    wrote: bool = False
    told: str = ""
    problem: Mapping[str, str] = field(default_factory=dict)


def load(file: Path, names: Iterable[str]) -> dict[str, Known]:
    """What is remembered of these spreadsheets; of new ones nothing.

    A file that cannot be read is as none: everything is looked at anew, nothing is lost.
    """
    told = _told(file).get("workbooks")
    found = told if isinstance(told, dict) else {}
    return {name: _known(name, found.get(name)) for name in names}


def written_at(file: Path) -> float | None:
    """When a worker last wrote the file; None where none did."""
    moment = _told(file).get("written")
    return moment if isinstance(moment, int | float) else None


def save(file: Path, known: Mapping[str, Known], now: float) -> None:
    """Put all of it into the file at once: a reader sees the old one or the new one, whole."""
    told = {"written": now, "workbooks": {name: asdict(one) for name, one in known.items()}}
    beside = file.with_name(f"{file.name}.new")
    with beside.open("w", encoding="utf-8") as out:
        json.dump(told, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


def _told(file: Path) -> dict[str, Any]:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _known(name: str, told: object) -> Known:
    if not isinstance(told, dict):
        return Known(Seen(name))
    own = {one.name for one in fields(Known)} - {"seen"}
    times = {one.name for one in fields(Seen)} - {"name"}
    seen = told.get("seen")
    kept = (
        {key: value for key, value in seen.items() if key in times}
        if isinstance(seen, dict)
        else {}
    )
    rest = {key: value for key, value in told.items() if key in own}
    rest["ranges"] = tuple(rest.get("ranges", ()))
    return Known(Seen(name, **kept), **rest)
