"""What a rendered workbook keeps when other programs save it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.render.samples import rendered


def anatomy(workbook: Workbook) -> dict[str, Any]:
    """What must survive, in a form that can be compared."""
    return {
        ws.title: {
            "state": ws.sheet_state != "visible",
            "tables": dict(ws.tables.items()),
            "headings": [cell.value for cell in ws[1]],
            "notes": {c.coordinate: c.comment.text for c in ws[1] if c.comment},
            # LibreOffice shortens a range beyond the rows in use, so only its start is compared.
            "validations": sorted(
                (str(v.sqref).partition(":")[0], v.formula1)
                for v in ws.data_validations.dataValidation
            ),
            "formats": len([r for cells in ws.conditional_formatting for r in cells.rules]),
            "hidden": [d.hidden for _, d in sorted(ws.column_dimensions.items())][:1],
            "frozen": ws.freeze_panes,  # LibreOffice keeps it only with a window
        }
        for ws in workbook.worksheets
    }


def test_openpyxl_keeps_all_of_it(tmp_path: Path) -> None:
    file = rendered(tmp_path)
    before = load_workbook(file)
    before.save(tmp_path / "saved.xlsx")
    after = load_workbook(tmp_path / "saved.xlsx")
    assert anatomy(after) == anatomy(load_workbook(file))
    assert set(after.defined_names) == set(before.defined_names)


@pytest.mark.libreoffice
def test_libreoffice_keeps_what_a_sync_needs(tmp_path: Path) -> None:
    file = rendered(tmp_path)
    after = load_workbook(converted(file, tmp_path / "out"))
    before = load_workbook(file)
    was, now = anatomy(before), anatomy(after)
    assert list(now) == list(was)
    for title, sheet in was.items():
        for part in ("state", "tables", "headings", "validations", "hidden"):
            assert now[title][part] == sheet[part], (title, part)
        assert set(now[title]["notes"]) == set(sheet["notes"])
        assert now[title]["formats"] >= sheet["formats"]
    assert set(before.defined_names) <= set(after.defined_names)


def converted(file: Path, folder: Path) -> Path:
    """The file as LibreOffice saves it, in a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, str(file)], check=True, capture_output=True, timeout=180)
    return folder / file.name
