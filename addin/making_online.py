"""A book in a spreadsheet that a person made in Google Sheets; what stands there is never touched.

A service account cannot own files, so a person makes the spreadsheet and shares it.
"""

from __future__ import annotations

from typing import Any

from addin.errors import AddinError
from addin.hosts.google.addresses import link_to, spreadsheet_id
from addin.hosts.google.client import SheetsClient
from addin.hosts.google.errors import EffectUnknown, NotShared
from addin.making import Wanted, bound_to
from workbook_templates.render.google import google_requests
from workbook_templates.render.google.tags import BOOK_TAG

CONTENT = (
    "properties(title),namedRanges(name),sheets(properties(sheetId,title,sheetType),charts(chartId),"
    "data(rowData(values(userEnteredValue,note))))"
)


class NotALink(AddinError):
    """What was given is no link to a spreadsheet. Facts: link."""

    code = "not_a_spreadsheet_link"
    sentences = {
        "id": "{link} bukan tautan spreadsheet Google. Buka spreadsheet itu di peramban, lalu salin"
        " alamatnya: https://docs.google.com/spreadsheets/d/…",
        "en": "{link} is not a link to a Google spreadsheet. Open the spreadsheet in the browser"
        " and copy its address: https://docs.google.com/spreadsheets/d/…",
    }


class NotBlank(AddinError):
    """Something stands in the spreadsheet. Facts: name, tabs."""

    code = "spreadsheet_not_blank"
    sentences = {
        "id": "Spreadsheet {name} sudah berisi ({tabs}). Tidak ada yang diubah. Buat spreadsheet"
        " baru yang kosong di sheets.new, lalu bagikan.",
        "en": "The spreadsheet {name} is not blank ({tabs}). Nothing was changed. Make a new one"
        " that is blank at sheets.new, then share it.",
    }


class OnlyReader(AddinError):
    """The account may read the spreadsheet, not change it. Facts: name, account."""

    code = "spreadsheet_shared_for_reading"
    sentences = {
        "id": "{account} hanya boleh melihat spreadsheet {name}. Di Google Sheets pilih Bagikan,"
        " ubah perannya menjadi Editor, lalu coba lagi.",
        "en": "{account} may only view the spreadsheet {name}. In Google Sheets choose Share, make"
        " it an Editor, then try again.",
    }


def make_online(key: str, link: str, wanted: Wanted, client: SheetsClient) -> dict[str, Any]:
    """Make a book in a blank spreadsheet, in one step that takes effect as a whole; what it is
    bound to, with its title and link.

    Raises what `bound_to` raises, `NotALink`, `NotBlank`, `OnlyReader` and `HostError`.
    """
    spreadsheet = spreadsheet_id(link)
    if spreadsheet is None:
        raise NotALink(link=link)
    book, binding, bound = bound_to(key, wanted)
    title, blank = _blank_tabs(client, spreadsheet)
    body = {"requests": google_requests(book, binding, blank)}
    try:
        client.batch_update(spreadsheet, body)
    except NotShared as refused:
        raise OnlyReader(name=title, account=client.account) from refused
    except EffectUnknown:
        if not client.tags(spreadsheet, BOOK_TAG):
            raise
    return {**bound, "title": title, "google": link_to(spreadsheet)}


def _blank_tabs(client: SheetsClient, spreadsheet: str) -> tuple[str, dict[int, str]]:
    """The spreadsheet's title and its tabs by id, all of them blank. Raises `NotBlank`."""
    found = client.fetch_sheet_metadata(spreadsheet, {"fields": CONTENT})
    title, sheets = str(found["properties"]["title"]), found["sheets"]
    client.titles[spreadsheet] = title
    filled = [sheet["properties"]["title"] for sheet in sheets if _is_filled(sheet)]
    filled += [one["name"] for one in found.get("namedRanges", ())]
    if filled:
        raise NotBlank(name=title, tabs=", ".join(filled))
    return title, {
        int(sheet["properties"].get("sheetId", 0)): sheet["properties"]["title"] for sheet in sheets
    }


def _is_filled(sheet: dict[str, Any]) -> bool:
    if sheet.get("charts") or sheet["properties"].get("sheetType", "GRID") != "GRID":
        return True
    return any(
        cell.get("userEnteredValue") or cell.get("note")
        for block in sheet.get("data", ())
        for row in block.get("rowData", ())
        for cell in row.get("values", ())
    )
