"""Rule packs: what a country prescribes, as dated data in the folder of that name.

A JSON file with "tables" gives dated tables; any other JSON file is a document (a chart of
accounts, tax codes) and is given as it was read. Numbers in a pack are text, never JSON floats.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NoReturn

from workbook_templates.packs.dated import Dated, FaultyPack, NoRowOnDay, PackError, dated

__all__ = [
    "Dated",
    "FaultyPack",
    "NoRowOnDay",
    "Pack",
    "PackError",
    "UnknownPack",
    "pack",
    "pack_names",
]


class UnknownPack(PackError, LookupError):
    """There is no pack, or no table or document of a pack, by that name."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one country: tables that answer for a day, and undated documents."""

    name: str
    tables: Mapping[str, Dated[Any]]
    documents: Mapping[str, Any]

    def table(self, name: str) -> Dated[Any]:
        """A dated table by its name. Raises `UnknownPack`."""
        if name not in self.tables:
            raise UnknownPack(f"The pack {self.name} has no table {name}")
        return self.tables[name]

    def document(self, name: str) -> Any:
        """An undated file by its name without ".json". Raises `UnknownPack`."""
        if name not in self.documents:
            raise UnknownPack(f"The pack {self.name} has no document {name}")
        return self.documents[name]


def pack_names() -> tuple[str, ...]:
    """The packs that exist: the folders beside this file that hold JSON files."""
    folders = (entry for entry in files(__name__).iterdir() if entry.is_dir())
    return tuple(
        sorted(
            folder.name
            for folder in folders
            if any(part.name.endswith(".json") for part in folder.iterdir())
        )
    )


@cache
def pack(name: str) -> Pack:
    """The pack in the folder of that name, read once. Raises `UnknownPack` or `FaultyPack`."""
    if name not in pack_names():
        raise UnknownPack(f"There is no rule pack {name}; there are {', '.join(pack_names())}")
    tables: dict[str, Dated[Any]] = {}
    documents: dict[str, Any] = {}
    for file in files(__name__).joinpath(name).iterdir():
        if not file.name.endswith(".json"):
            continue
        content = json.loads(file.read_text(encoding="utf-8"), parse_float=_refuse_float)
        if not isinstance(content, dict) or "tables" not in content:
            documents[file.name.removesuffix(".json")] = content
            continue
        for table, rows in content["tables"].items():
            if table in tables:
                raise FaultyPack(f"{name}: the table {table} is given twice")
            tables[table] = dated(table, rows)
    return Pack(name, tables, documents)


def _refuse_float(text: str) -> NoReturn:
    raise FaultyPack(f"A pack holds numbers as text, not as the JSON number {text}")
