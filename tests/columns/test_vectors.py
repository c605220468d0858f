"""The table of test vectors that every reader of cells, in any language, must pass."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from workbook_templates import columns
from workbook_templates.columns import Column, Option, Unreadable
from workbook_templates.locale import locale
from workbook_templates.words import Words

TABLE: dict[str, Any] = json.loads((files(columns) / "vectors.json").read_text(encoding="utf-8"))
TYPED_CELLS: dict[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "decimal": Decimal,
    "float": float,
}
OPTIONS: dict[str, Callable[[Any], object]] = {
    "length": tuple,
    "tables": tuple,
    "minimum": Decimal,
    "choices": lambda rows: tuple(Option(key, Words(i, e)) for key, i, e in rows),
}


def declared(key: str) -> Column:
    """The column that the table declares under this key."""
    options = dict(TABLE["columns"][key])
    kind = getattr(columns, options.pop("kind"))
    given = {k: OPTIONS[k](v) if k in OPTIONS else v for k, v in options.items()}
    column = kind(key, Words(key, key), **given)
    assert isinstance(column, Column)
    return column


def cell_of(written: object) -> object:
    """The cell as a host would give it."""
    if not isinstance(written, dict):
        return written
    ((kind, text),) = written.items()
    return TYPED_CELLS[kind](text)


def name_of(vector: dict[str, Any]) -> str:
    return f"{vector['column']}-{vector['locale']}-{vector['cell']!r:.40}"


@pytest.mark.parametrize("vector", TABLE["vectors"], ids=name_of)
def test_a_cell_gives_the_text_or_the_problem_of_the_table(vector: dict[str, Any]) -> None:
    column, cell = declared(vector["column"]), cell_of(vector["cell"])
    if "problem" not in vector:
        assert column.canonical(cell, locale(vector["locale"])) == vector["canonical"]
        return
    with pytest.raises(Unreadable) as refused:
        column.canonical(cell, locale(vector["locale"]))
    assert refused.value.problem.code == vector["problem"]


@pytest.mark.parametrize("key", TABLE["columns"])
def test_what_a_cell_gives_passes_the_check_of_the_wire(key: str) -> None:
    column = declared(key)
    texts = [v["canonical"] for v in TABLE["vectors"] if v["column"] == key and v.get("canonical")]
    for text in texts:
        column.check(text)
    assert texts


def test_every_kind_is_in_the_table_of_vectors() -> None:
    kinds = {name for name in columns.__all__ if isinstance(getattr(columns, name), type)}
    no_kinds = {"Column", "Number", "Option", "Unreadable"}
    assert {c["kind"] for c in TABLE["columns"].values()} == kinds - no_kinds
