"""What the engine may ask of the bridge: `module.function`, each with the session first."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from . import (
    books,
    cells,
    filters,
    formats,
    formulas,
    names,
    notes,
    objects,
    sheets,
    tables,
    validations,
    values,
)


def _of(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The public functions that a module itself has and that take the session first."""
    group = module.__name__.rpartition(".")[2]
    return {
        f"{group}.{name}": function
        for name, function in vars(module).items()
        if callable(function)
        and getattr(function, "__module__", "") == module.__name__
        and not name.startswith("_")
        and next(iter(getattr(function, "__annotations__", {})), "") == "session"
    }


_MODULES = (
    books, cells, filters, formats, formulas, names, notes, objects, sheets, tables, validations,
    values,
)  # fmt: skip
COMMANDS = {name: function for module in _MODULES for name, function in _of(module).items()}
