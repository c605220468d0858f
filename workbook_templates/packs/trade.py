"""What the ledger asks of a pack: whether the numbers of a taxpayer or a person can be right.

A pack answers in its module `trade`: `number_problems(kind, text)`, where the kind is "tax_id",
"tax_place" or "national_id". A pack without that module takes every number.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from workbook_templates.problems import Problem


def number_problems(pack: str, kind: str, text: str) -> list[Problem]:
    """Why a number can never be right, without a place; [] where nothing is known against it."""
    found = _module(pack)
    problems: list[Problem] = found.number_problems(kind, text) if found else []
    return problems


@cache
def _module(pack: str) -> ModuleType | None:
    name = f"workbook_templates.packs.{pack}.trade"
    return import_module(name) if find_spec(name) else None
