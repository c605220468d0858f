"""Comparisons as tables for people and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.benchmarks.measuring import Comparison, Way


def show(comparison: Comparison) -> None:
    """Prints the ways below each other; the ratio says how many times as long as ours."""
    table = Table(title=comparison.title, caption=f"bar: {comparison.bar}", title_justify="left")
    table.add_column("way")
    for heading in ("seconds", f"{comparison.unit}/s", "ratio", "CPU s", "more MB"):
        table.add_column(heading, justify="right")
    for way in comparison.ways:
        table.add_row(*_shown(comparison, way))
    Console().print(table)


def as_json(comparisons: Iterable[Comparison]) -> dict[str, Any]:
    """The figures for tables in documents, with the date and how the machine was.

    `load`: how many programs wanted to run in the last minute; more than there are cores, and
    the wall times tell of the others too.
    """
    return {
        "date": date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
        "benchmarks": [
            {**asdict(c), "ways": [_figures(c, way) for way in c.ways]} for c in comparisons
        ],
    }


def _figures(comparison: Comparison, way: Way) -> dict[str, Any]:
    rate, ratio = comparison.size / way.seconds, way.seconds / comparison.ways[0].seconds
    return {**asdict(way), "rate": round(rate, 1), "ratio": round(ratio, 4)}


def _shown(comparison: Comparison, way: Way) -> tuple[str, ...]:
    figures = _figures(comparison, way)
    told = "".join(f", {what} {figure:.1f}" for what, figure in way.details.items())
    numbers = [(way.seconds, 4), (figures["rate"], 0), (figures["ratio"], 2)]
    numbers += [(way.cpu_seconds, 2), (way.more_mb, 0)]
    return (way.name + told, *("" if n is None else f"{n:,.{places}f}" for n, places in numbers))
