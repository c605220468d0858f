"""One LibreOffice for all tests of the session, and a fresh workbook for each test."""

from collections.abc import Iterator

import pytest
import xlwings as xw

from tests.contract.hosts import MARKS, office


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs LibreOffice, and they share one."""
    for item in items:
        if "tests/libreoffice/" in item.path.as_posix():
            for mark in MARKS["libreoffice"]:
                item.add_marker(mark)


@pytest.fixture
def app() -> Iterator[xw.App]:
    """The shared office, as strict as Excel, with nothing open."""
    shared: xw.App = office()
    shared.impl.engine.strict = True
    for book in shared.books:
        book.close()
    yield shared
    shared.impl.engine.strict = True


@pytest.fixture
def sheet(app: xw.App) -> xw.Sheet:
    """The first sheet of a new workbook."""
    return app.books.add().sheets[0]


@pytest.fixture
def kind_sheet(sheet: xw.Sheet) -> xw.Sheet:
    """The same where the engine does what Excel would do, instead of refusing."""
    sheet.book.app.impl.engine.strict = False
    return sheet
