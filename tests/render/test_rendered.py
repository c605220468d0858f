"""The committed workbooks are those of the declarations."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from workbook_templates.render.__main__ import RENDERED, render_all


def parts(file: Path) -> dict[str, bytes]:
    # Compared unzipped: another zlib compresses to other bytes.
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_rendered_workbooks_are_up_to_date(tmp_path: Path) -> None:
    made = {file.name: parts(file) for file in render_all(tmp_path)}
    kept = {file.name: parts(file) for file in RENDERED.glob("*.xlsx")}
    stale = [name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name)]
    assert not stale, f"run `make templates`: {stale}"
