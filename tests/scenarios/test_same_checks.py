"""What a sheet refuses, the API refuses: the mistakes of the workbooks, sent without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2
import pytest

from tests.scenarios.front_desk import Desk
from tests.scenarios.mistakes import Mistake
from tests.scenarios.test_bad_input_careless import ODD
from tests.scenarios.test_bad_input_cells import MISTAKES
from workbook_templates.locale import ENGLISH
from workbook_templates.problems import Unreadable
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Sheet

# A number with its zeros lost is a danger of cells; over the wire every number is a text.
OF_CELLS_ALONE = {"an identity number typed as a number"}
ALL = {name: m for name, m in (MISTAKES | ODD).items() if name not in OF_CELLS_ALONE}


def text_of(sheet: Sheet, column: str, cell: object) -> str | None:
    """A cell as a program sends it that reads it as a workbook would, else as it stands there."""
    try:
        return sheet.column(column).canonical(cell, ENGLISH)
    except Unreadable:
        return str(cell)


def is_readable(sheet: Sheet, column: str, cell: object) -> bool:
    """Whether a workbook can read the cell at all, so that a rule of the book refuses it."""
    try:
        sheet.column(column).canonical(cell, ENGLISH)
    except Unreadable:
        return False
    return True


def pushed(desk: Desk, table: str, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The result of one document that a macro pushes."""
    sheet = desk.served.catalogue.sheets[table]
    texts = [{c: text_of(sheet, c, cell) for c, cell in row.items()} for row in rows]
    ops = [
        {"op": "put", "t": table, "rid": make_id(), "cells": {c: [None, t] for c, t in row.items()}}
        for row in texts
    ]
    key = str(texts[0][sheet.columns[0].key])
    group = {"mid": make_id(), "kind": table, "key": key, "ops": ops, "new": True}
    version = next(b.version for b in desk.served.catalogue.books if sheet in b.sheets)
    url = f"{desk.server}/v1/companies/{desk.company}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    epoch = httpx2.get(f"{url}/hello", headers=signed, timeout=60).json()["epoch"]
    asked = {"epoch": epoch, "groups": [{**group, "schema": version}]}
    reply = httpx2.post(f"{url}/push", json=asked, headers=signed, timeout=60)
    assert reply.status_code == 200, reply.text
    (result,) = reply.json()["results"]
    return dict(result)


@pytest.mark.parametrize("mistake", ALL.values(), ids=ALL.keys())
def test_what_a_sheet_refuses_the_api_refuses(english_desk: Desk, mistake: Mistake) -> None:
    desk = english_desk
    if mistake.before.__name__ != "_nothing":
        mistake.before(desk, desk.new(mistake.table.partition(".")[0]))
    for number, row in enumerate(mistake.beside):
        if number == 0 or row.get("move") or row.get("bill"):
            beside = mistake.beside if "entry" in row else [row]
            assert pushed(desk, mistake.table, beside)["status"] == "applied"
    before = desk.kept(mistake.table)
    refused = pushed(desk, mistake.table, mistake.rows)
    assert refused["status"] in ("invalid", "locked"), refused
    errors = {error["col"]: error["code"] for error in refused["errors"]}
    assert mistake.column in errors
    sheet = desk.served.catalogue.sheets[mistake.table]
    if is_readable(sheet, mistake.column, mistake.typed):
        assert errors[mistake.column] == mistake.code
    assert desk.kept(mistake.table) == before
    dated = "date" in mistake.mended
    mended = [
        {**row, **mistake.mended} if dated or n == mistake.line else row
        for n, row in enumerate(mistake.rows)
    ]
    assert pushed(desk, mistake.table, mended)["status"] == "applied"
