"""The emulator broken in ways that matter to a sync: its tests must notice each of them.

A test that passes over a broken Google proves nothing about what the host does with a real one.
`test_mutants.py` names for each the tests that notice it; `python -m tests.soak --only google`
asks all tests of the emulator about each.
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import isfunction
from types import ModuleType

import pytest

from tests.google import mutants_grid, mutants_reading, mutants_world, mutants_writing

Mutant = Callable[[pytest.MonkeyPatch], None]


def _of(module: ModuleType) -> tuple[Mutant, ...]:
    own = (f for f in vars(module).values() if isfunction(f) and f.__module__ == module.__name__)
    return tuple(function for function in own if not function.__name__.startswith("_"))


MUTANTS: tuple[Mutant, ...] = (
    *_of(mutants_reading),
    *_of(mutants_writing),
    *_of(mutants_grid),
    *_of(mutants_world),
)
