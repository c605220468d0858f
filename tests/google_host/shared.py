"""Spreadsheets at an emulator that all tests of a session share; it asks for no tokens."""

import atexit
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import Thread
from typing import Any

import requests

from addin.hosts.base import Cell, Table
from addin.hosts.google.addresses import grid_range
from addin.hosts.google.client import Api, SheetsClient
from addin.hosts.google.pace import Bucket, Pace
from addin.hosts.google.workbook import GoogleWorkbook
from tests.google_emulator.server import serving
from tests.google_emulator.world import World


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@cache
def address() -> str:
    """Where the emulator is; it ends with the session."""
    server = serving(World(auth=False))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()

    def ended() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    atexit.register(ended)
    return f"http://127.0.0.1:{server.server_address[1]}"


class Interrupted(SheetsClient):
    """A client in no need to wait; `meanwhile` is done once, right before the next write."""

    meanwhile: Callable[[], None] | None = None

    def __init__(self, session: requests.Session) -> None:
        clock = Clock()
        pace = Pace(Bucket(1e9), Bucket(1e9), clock=clock, sleep=clock.sleep)
        super().__init__(session, pace, Api(address(), address()), "person@example.test")

    def request(self, method: str, endpoint: str, *rest: Any, **how: Any) -> requests.Response:
        if endpoint.endswith(":batchUpdate"):
            meanwhile, self.meanwhile = self.meanwhile, None
            if meanwhile is not None:
                meanwhile()
        return super().request(method, endpoint, *rest, **how)


@cache
def client() -> Interrupted:
    """The client of all tests."""
    session = requests.Session()
    atexit.register(session.close)
    return Interrupted(session)


def reopened(spreadsheet: str) -> GoogleWorkbook:
    """The spreadsheet as somebody finds it who opens it anew."""
    return GoogleWorkbook(client(), spreadsheet)


def made(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    tables: Sequence[Table] = (),
    grid: tuple[int, int] = (1000, 26),
) -> GoogleWorkbook:
    """A new spreadsheet with these cells, and named ranges for its tables."""
    book = blank()
    size = {"rowCount": grid[0], "columnCount": grid[1]}
    aside = {"properties": {"sheetId": 0, "title": "_"}, "fields": "title"}
    added = [
        {"addSheet": {"properties": {"sheetId": n, "title": title, "gridProperties": size}}}
        for n, title in enumerate(sheets, 1)
    ]
    batch(book, {"updateSheetProperties": aside}, *added, {"deleteSheet": {"sheetId": 0}})
    workbook = reopened(book)
    for title, rows in sheets.items():
        workbook.replace(title, rows)
    workbook.save()
    numbers = {title: n for n, title in enumerate(sheets, 1)}
    named = [
        {"name": table.name, "range": grid_range(numbers[table.sheet], table.area)}
        for table in tables
    ]
    if named:
        batch(book, *({"addNamedRange": {"namedRange": one}} for one in named))
    return reopened(book)


def blank() -> str:
    """The id of a new spreadsheet with one blank tab."""
    answer = requests.post(f"{address()}/v4/spreadsheets", json={}, timeout=60)
    return str(answer.json()["spreadsheetId"])


def batch(book: str, *items: dict[str, Any]) -> None:
    """Requests of one `batchUpdate`."""
    client().batch_update(book, {"requests": list(items)})


def control(name: str, **body: Any) -> dict[str, Any]:
    """`POST /_emulator/NAME`, which must go well."""
    answer = requests.post(f"{address()}/_emulator/{name}", json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def copied(book: str) -> str:
    """The id of a copy, as File > Make a copy makes it."""
    answer = requests.post(f"{address()}/drive/v3/files/{book}/copy", json={}, timeout=60)
    return str(answer.json()["id"])


def named(book: str, name: str) -> str:
    """The id of a named range."""
    found = client().fetch_sheet_metadata(book, {"fields": "namedRanges"})["namedRanges"]
    return str(next(one["namedRangeId"] for one in found if one["name"] == name))


def deleted(book: str) -> None:
    """The owner deletes the spreadsheet."""
    requests.delete(f"{address()}/drive/v3/files/{book}", timeout=60).raise_for_status()


def hidden(book: str, tab: int) -> None:
    """Hide a tab."""
    own = {"properties": {"sheetId": tab, "hidden": True}, "fields": "hidden"}
    batch(book, {"updateSheetProperties": own})
