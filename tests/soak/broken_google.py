"""All tests of the Google emulator over every broken emulator."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from tests.google.mutants import MUTANTS, Mutant

FOLDER = Path(__file__).parents[1] / "google"
TESTS = (
    "test_emulator.py",
    "test_emulator_values.py",
    "test_emulator_grid.py",
    "test_emulator_people.py",
    "test_human_side.py",
    "test_gspread.py",
    "test_cassettes.py",
)


class Broken:
    """A pytest plugin: the emulator is broken for the whole run, and who noticed is kept."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant
        self.patch = pytest.MonkeyPatch()
        self.noticed_by: list[str] = []

    def pytest_sessionstart(self) -> None:
        self.mutant(self.patch)

    def pytest_sessionfinish(self) -> None:
        self.patch.undo()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.noticed_by.append(report.nodeid.rpartition("/")[2])


def noticed_by(mutant: Mutant, first: bool = True) -> list[str]:
    """The tests that fail over the broken emulator; only the first one, unless all are wanted."""
    broken = Broken(mutant)
    # In a process that has imported the tests already nothing is rewritten anew.
    quiet = ["-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options = [*quiet, *(["-x"] if first else [])]
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main([*options, *(str(FOLDER / name) for name in TESTS)], plugins=[broken])
    return broken.noticed_by


def survivors() -> list[str]:
    """The names of the broken emulators that no test notices."""
    return [mutant.__name__ for mutant in MUTANTS if not noticed_by(mutant)]
