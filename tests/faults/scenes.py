"""Taking the tests and fixtures of a scenario into another module, where its fixtures differ."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any


def scenes_of(module: ModuleType, *without: str) -> Iterator[tuple[str, Any]]:
    """(name, test or fixture) of everything that pytest would find in a module."""
    for name, thing in vars(module).items():
        fixture = type(thing).__name__ == "FixtureFunctionDefinition"
        if (name.startswith("test_") or fixture) and name not in without:
            yield name, thing
