"""gspread's recorded calls, replayed against the emulator and compared answer by answer.

Ids differ between the recording and the emulator: each recorded id is met the first time in an
answer, tied to the emulator's id at the same place, and written in its place from then on.
"""

import io
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.google_emulator.calls import Answer, request_of
from tests.google_emulator.server import answer
from tests.google_emulator.world import NOBODY, World

HOSTS = re.compile(r"https://(?:sheets|www)\.googleapis\.com")
ID_FIELDS = {"id", "spreadsheetId", "sheetId", "namedRangeId", "protectedRangeId"}
MOMENTS = {"createdTime", "modifiedTime"}
FILE_ID = re.compile(r"/(?:spreadsheets|files)/([\w-]{25,})")


@dataclass(frozen=True)
class Pair:
    """One recorded call and its answer."""

    cassette: str
    number: int
    request: dict[str, Any]
    response: dict[str, Any]

    @property
    def uri(self) -> str:
        return str(self.request["uri"])


@dataclass
class Replay:
    """What came of one cassette."""

    equal: int = 0
    foreign: int = 0
    different: dict[str, str] = field(default_factory=dict)


def cassettes(archive: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Each cassette's name and pairs."""
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda member: member.name):
            if member.name.endswith(".json"):
                content = json.load(tar.extractfile(member) or io.BytesIO())
                name = Path(member.name).stem
                items = enumerate(content["interactions"])
                yield name, [Pair(name, n, i["request"], i["response"]) for n, i in items]


def replayed(pairs: list[Pair]) -> Replay:
    """Sends a cassette's calls in order to an emulator of its own."""
    world, ids, result = World(auth=False), _first_ids(pairs), Replay()
    for pair in pairs:
        if _is_foreign(pair, ids):
            result.foreign += 1
            continue
        told = _sent(world, pair, ids)
        recorded = _parsed(pair.response["body"]["string"])
        mine = _parsed(told.body.decode())
        _tie(recorded, mine, ids)
        code = pair.response["status"]["code"]
        problem = "" if code == told.code else f"{code} became {told.code} {mine}"
        problem = problem or difference(recorded, mine, ids)
        if problem:
            result.different[f"{pair.cassette}#{pair.number}"] = problem
        else:
            result.equal += 1
    return result


def _first_ids(pairs: list[Pair]) -> dict[str, str]:
    """The recorder's account is ours."""
    text = " ".join(str(pair.response["body"]["string"]) for pair in pairs)
    accounts = set(re.findall(r"[\w.-]+@[\w.-]+\.gserviceaccount\.com", text))
    return dict.fromkeys(accounts, NOBODY)


def _is_foreign(pair: Pair, ids: dict[str, str]) -> bool:
    """Whether the call is about files that the recorder had before, which nobody has here."""
    if "/drive/v3/files?" in pair.uri and pair.request["method"] == "GET":
        return bool(_parsed(pair.response["body"]["string"])["files"])
    match = FILE_ID.search(pair.uri)
    return bool(match) and match is not None and match[1] not in ids


def _sent(world: World, pair: Pair, ids: dict[str, str]) -> Answer:
    body = pair.request["body"] or ""
    if isinstance(body, dict):
        body = body.get("string", "")
    target = HOSTS.sub("", _mapped(pair.uri, ids))
    method = pair.request["method"]
    return answer(world, request_of(method, target, _mapped(body, ids).encode(), ""))


def _mapped(text: str, ids: dict[str, str]) -> str:
    known = [recorded for recorded in ids if recorded != "0"]
    if not known:
        return text
    pattern = r"(?<![\w-])(?:" + "|".join(map(re.escape, known)) + r")(?![\w-])"
    return re.sub(pattern, lambda match: ids[match[0]], text)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _tie(recorded: Any, mine: Any, ids: dict[str, str]) -> None:
    """Learns the ids that the two answers have at the same place."""
    if isinstance(recorded, list) and isinstance(mine, list):
        for one, other in zip(recorded, mine, strict=False):
            _tie(one, other, ids)
    if isinstance(recorded, dict) and isinstance(mine, dict):
        for name in recorded.keys() & mine.keys():
            if name in ID_FIELDS:
                ids.setdefault(str(recorded[name]), str(mine[name]))
            _tie(recorded[name], mine[name], ids)


def difference(recorded: Any, mine: Any, ids: dict[str, str], where: str = "") -> str:
    """The first place where the two differ in anything but ids and moments; else nothing."""
    if isinstance(recorded, dict) and isinstance(mine, dict):
        if recorded.keys() != mine.keys():
            lacks, extra = recorded.keys() - mine.keys(), mine.keys() - recorded.keys()
            return f"{where}: lacks {sorted(lacks)}, has besides {sorted(extra)}"
        names = [name for name in recorded if name not in MOMENTS]
        found = (difference(recorded[n], mine[n], ids, f"{where}/{n}") for n in names)
        return next(filter(None, found), "")
    if isinstance(recorded, list) and isinstance(mine, list):
        if len(recorded) != len(mine):
            return f"{where}: {len(recorded)} items became {len(mine)}"
        pairs = enumerate(zip(recorded, mine, strict=True))
        found = (difference(one, other, ids, f"{where}/{n}") for n, (one, other) in pairs)
        return next(filter(None, found), "")
    if type(recorded) in (int, float) and type(mine) in (int, float):
        same = recorded == mine or ids.get(str(recorded)) == str(mine)
    elif isinstance(recorded, str) and isinstance(mine, str):
        same = _mapped(recorded, ids) == mine or recorded == mine
    else:
        same = type(recorded) is type(mine) and recorded == mine
    return "" if same else f"{where}: {recorded!r} became {mine!r}"
