"""One look at a spreadsheet: one request that tells whether anything changed since the last."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from addin.base_lines import BASE
from addin.hosts.google.client import DRIVE, SheetsClient
from addin.shadow import LISTS, META, OUTBOX
from workbook_templates.setup import SYNC_NOW, WORKER

BOX, STATE = f"lajur_{SYNC_NOW}", f"lajur_{WORKER}"
TICKED = ([[True]], [["TRUE"]])
LEARNED = "properties(title),sheets(properties(title,sheetType)),namedRanges(name)"
PLAIN = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
PAGE = 1000
OURS = frozenset({BASE, LISTS, META, OUTBOX})
FILES = f"{DRIVE}/drive/v3/files"


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: a digest of all values, and whether “Sync now” is ticked."""

    digest: str
    asked: bool


def ranges_of(client: SheetsClient, spreadsheet: str) -> tuple[str, ...]:
    """What a look reads: the box “Sync now”, where there is one, and every tab that people see
    or may unhide; not those in which the sync keeps its own.
    """
    told = client.fetch_sheet_metadata(spreadsheet, {"fields": LEARNED})
    client.titles[spreadsheet] = str(told["properties"]["title"])
    names = {str(one["name"]) for one in told.get("namedRanges", ())}
    tabs = (sheet["properties"] for sheet in told["sheets"])
    titles = [tab["title"] for tab in tabs if tab.get("sheetType", "GRID") == "GRID"]
    box = (BOX,) if BOX in names else ()
    return (*box, *(_quoted(title) for title in titles if title not in OURS))


def look(client: SheetsClient, spreadsheet: str, ranges: tuple[str, ...]) -> Found:
    """Read it all in one request. Raises `HostError`, `GoogleRefused` where a range is gone."""
    told = client.values_batch_get(spreadsheet, list(ranges), {**PLAIN})
    values = [one.get("values", []) for one in told["valueRanges"]]
    asked = ranges[0] == BOX and values[0] in TICKED
    whole = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return Found(blake2b(whole.encode(), digest_size=16).hexdigest(), asked)


def tell(client: SheetsClient, spreadsheet: str, state: str, untick: bool) -> None:
    """Write the state on Setup and, if wished, untick the box: people see that it was heard."""
    ranges: list[dict[str, Any]] = [{"range": STATE, "values": [[state]]}]
    if untick:
        ranges.append({"range": BOX, "values": [[False]]})
    client.values_batch_update(spreadsheet, {"valueInputOption": "RAW", "data": ranges})


def changed_in_drive(client: SheetsClient, spreadsheets: Iterable[str]) -> dict[str, str]:
    """When Drive saw each of these change last, by ids; some three minutes late."""
    wanted, token = set(spreadsheets), ""
    found: dict[str, str] = {}
    while True:
        page: dict[str, Any] = {
            "fields": "nextPageToken,files(id,modifiedTime)",
            "pageSize": PAGE,
            "q": 'mimeType="application/vnd.google-apps.spreadsheet"',
            "supportsAllDrives": True,
            "includeItemsFromAllDrives": True,
            "pageToken": token,
        }
        told = client.request("get", FILES, params=page).json()
        found |= {one["id"]: str(one["modifiedTime"]) for one in told.get("files", ())}
        token = str(told.get("nextPageToken", ""))
        if not token or wanted <= found.keys():
            return {name: moment for name, moment in found.items() if name in wanted}


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
