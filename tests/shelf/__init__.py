"""Books of the tests' own invention, to be put on a shelf beside those of the product."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workbook_templates import books

SHELF = Path(__file__).parent


@contextmanager
def on_the_shelf() -> Iterator[None]:
    """While this lasts these books are found among all others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(books, "__path__", [*books.__path__, str(SHELF)])
        _look_again()
        yield
    _look_again()


def _look_again() -> None:
    books.all_books.cache_clear()
    books.sheet_of.cache_clear()
    for name in [n for n in sys.modules if n.startswith(f"{books.__name__}.vouchers")]:
        del sys.modules[name]
