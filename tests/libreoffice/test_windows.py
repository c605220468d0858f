"""Commands find the window in which somebody has a workbook open, and work there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from addin.attendant import Attendant
from docs.examples.contoh import desks
from docs.examples.contoh.keyboard import look, type_rows
from tests.scenarios.office import Office, entry
from tests.scenarios.test_commands import lajur, serving

JOURNAL = "ledger.journal"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A blank ledger in a window, bound to a running server."""
    office = Office(tmp_path)
    office.client("rina")
    monkeypatch.setenv("LAJUR_TOKEN", office.tokens["rina", "contoh"])
    monkeypatch.setenv("LAJUR_LANG", "en")
    with serving(office) as address, desks.calc_windows():
        made = tmp_path / "ledger.xlsx"
        bound = ("--company", "contoh", "--server", address, "--lang", "en")
        assert lajur("new", "ledger", "-o", made, *bound)[0] == 0
        yield made


def test_a_watch_syncs_what_was_saved_in_its_window(file: Path) -> None:
    type_rows(file, {JOURNAL: entry("JV-1", 100)})
    done = Attendant(as_json=True, program="libreoffice").sync(str(file))
    assert (done.status, done.failed, done.is_open) == (0, False, False)
    assert [row.status[:1] for row in look(file, JOURNAL)] == ["✓", "✓"]
    assert desks.open_workbook(file).name == file.name


def test_decisions_are_carried_out_in_the_window(file: Path) -> None:
    unbalanced = [entry("JV-1", 100)[0]]
    type_rows(file, {JOURNAL: unbalanced})
    assert lajur("sync", file, "--with", "libreoffice")[0] == 1
    assert [row.status[:1] for row in look(file, JOURNAL)] == ["✗"]
    status, said = lajur("resolve", file, "--with", "libreoffice")
    assert status == 1
    assert [problem["row"] for problem in said["open"]] == [2]
    assert len(look(file, JOURNAL)) == 1  # the window is still there
