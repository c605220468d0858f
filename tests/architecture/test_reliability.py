"""docs/reliability.md names tests that there are, all promises and all broken rules."""

from __future__ import annotations

import ast
import re

from tests.architecture.modules import ROOT
from tests.protocol.mutants import MUTANTS

PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
PROMISES = 26


def _named_in(file: str) -> set[str]:
    """The names of a file's tests."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_promise_is_held_by_a_test_that_there_is() -> None:
    lines = re.findall(r"^\| (\d+) \| .* \| (.*) \|$", PAGE, re.MULTILINE)
    assert [int(number) for number, _ in lines] == list(range(1, PROMISES + 1))
    for number, told in lines:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", told)
        assert named, f"no test is named for promise {number}"
        assert not [f"{file}::{test}" for file, test in named if test not in _named_in(file)]


def test_every_file_that_is_named_is_there() -> None:
    assert not [f for f in re.findall(r"`(tests/[\w/]+\.py)", PAGE) if not (ROOT / f).is_file()]


def test_every_broken_rule_is_named() -> None:
    told = PAGE.partition("## The rules")[2].partition("## Real faults")[0]
    assert {mutant.__name__ for mutant in MUTANTS} == set(re.findall(r"`([a-z_]+)`", told))
    assert len(MUTANTS) >= 18
