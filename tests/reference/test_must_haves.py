"""docs/must-haves.md has every fact, and the tests that it names exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.modules import ROOT

PAGE = (ROOT / "docs" / "must-haves.md").read_text(encoding="utf-8")
FACTS = [
    f"{kind}{n}" for kind, count in (("S", 11), ("L", 22), ("C", 6)) for n in range(1, count + 1)
]
ROWS = re.findall(r"^\| ([SLC]\d+) \| (.+?) \| (whole|in part) \| (.+) \|$", PAGE, re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def functions_of(file: str) -> frozenset[str]:
    """The functions of a file, those of its classes too."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def missing(told: str) -> Iterator[str]:
    """The tests that are named and are not there."""
    for file, test in NAMED.findall(told):
        if not (ROOT / file).is_file() or test not in functions_of(file):
            yield f"{file}::{test}"


def test_every_fact_is_there_once() -> None:
    assert [fact for fact, *_ in ROWS] == FACTS


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_proven_by_tests_that_there_are(fact: str) -> None:
    (told,) = (held for number, _, _, held in ROWS if number == fact)
    assert NAMED.findall(told), f"no test is named for {fact}"
    assert not list(missing(told))


def test_what_is_proven_in_part_says_what_is_missing() -> None:
    told = re.findall(r"^- \*\*([SLC]\d+)\*\*: ", PAGE, re.MULTILINE)
    assert told == [fact for fact, _, proven, _ in ROWS if proven == "in part"]
