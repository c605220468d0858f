#!/usr/bin/env python3
"""Take a wholesaler's raw invoice lines through a ledger and an inventory workbook.

The file has the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice and
CustomerID (the data set "Online Retail", D. Chen, UCI Machine Learning Repository, CC BY 4.0).
docs/how-to/import-online-retail.md tells what becomes of each line.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from calendar import monthrange
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from docs.examples.retail import central, commands
from docs.examples.retail.account import Synced, account, totals
from docs.examples.retail.central import Central
from docs.examples.retail.classify import Classified, classify
from docs.examples.retail.commands import CommandFailed, Usage
from docs.examples.retail.paste import LANGUAGE, paste
from docs.examples.retail.raw import NotThisLayout, read
from docs.examples.retail.sheets import inventory_rows, ledger_rows

LOCALE = "en-US"
NEEDS_A_PERSON, COULD_NOT = 1, 2


@dataclass
class Steps:
    """The seconds of each step of the job; each is announced on a terminal when it begins."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        if sys.stderr.isatty():
            print(f"{name} …", file=sys.stderr)
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 2)


def main() -> int:
    """The command; its exit status is 0 done, 1 something was refused, 2 could not."""
    wished = _arguments()
    try:
        told = run(wished.file, wished.out, wished.company, wished.server)
    except (NotThisLayout, CommandFailed, OSError) as failed:
        print(f"online_retail: {failed}", file=sys.stderr)
        return COULD_NOT
    if wished.json:
        print(json.dumps(told, indent=2))
    else:
        _say(told)
    return NEEDS_A_PERSON if told["refused"] or told["stock_refused"] else 0


def run(file: Path, out: Path, company: str, server: str | None = None) -> dict[str, Any]:
    """The whole job; the figures of its account. Workbooks and database are left in `out`.

    Raises `NotThisLayout`, `CommandFailed`, OSError.
    """
    steps, usage, began = Steps(), Usage(), time.perf_counter()
    out.mkdir(parents=True, exist_ok=True)
    with steps("read"):
        found = classify(read(file))
    first, last = _months(found)
    with _central(out, company, server, (first, last), usage) as copy:
        synced = [_take_in(key, found, out, copy, steps, usage) for key in ("ledger", "inventory")]
        with steps("reports"):
            figures = totals(copy, _end_of(last))
    told = {**account(found, *synced), **figures}
    usage.add("importer", resource.getrusage(resource.RUSAGE_SELF))
    told["seconds"] = round(time.perf_counter() - began, 2)
    told["peak_mb"] = sum(usage.peak_mb.values())
    parts = {"peak_mb_of": usage.peak_mb, "cpu_seconds_of": usage.cpu_seconds}
    return {**told, "seconds_of": steps.seconds, **parts}


def _take_in(
    key: str, found: Classified, out: Path, copy: Central, steps: Steps, usage: Usage
) -> Synced:
    """Make the blank workbook of a book, paste the rows, synchronise it."""
    file = out / f"{key}.xlsx"
    file.unlink(missing_ok=True)
    with steps(f"{key}: new and paste"):
        bound = ["--company", copy.company, "--server", copy.address]
        language = ["--lang", LANGUAGE, "--locale", LOCALE]
        made = ["new", key, "-o", str(file), *bound, *language]
        commands.ask(usage, "lajur", commands.SYNC, made)
        rows = {"ledger": ledger_rows, "inventory": inventory_rows}[key](found)
        paste(file, key, rows)
    with steps(f"{key}: sync"):
        env = {"LAJUR_TOKEN": copy.token}
        reply = commands.ask(usage, "lajur", commands.SYNC, ["sync", str(file)], env)
    return Synced(rows, reply["workbooks"][0])


def _central(
    out: Path, company: str, server: str | None, months: tuple[str, str], usage: Usage
) -> AbstractContextManager[Central]:
    if server:
        return nullcontext(central.running(server, company))
    return central.serving(out, company, months, usage)


def _months(found: Classified) -> tuple[str, str]:
    """The first and the last month of the file. Raises `NotThisLayout` where it has no lines."""
    days = [line.day for line in found.lines()]
    if not days:
        raise NotThisLayout("the file has no line that can be taken")
    return f"{min(days):%Y-%m}", f"{max(days):%Y-%m}"


def _end_of(month: str) -> str:
    year, number = map(int, month.split("-"))
    return f"{month}-{monthrange(year, number)[1]}"


def _say(told: dict[str, Any]) -> None:
    for name, figure in told.items():
        shown = figure
        if isinstance(figure, dict):
            shown = ", ".join(f"{key} {value}" for key, value in figure.items()) or "none"
        print(f"{name.replace('_', ' '):16} {shown}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="the raw lines, .csv or .csv.xz")
    parser.add_argument("--out", type=Path, required=True, help="folder of what is made")
    parser.add_argument("--company", default="UK", help="code of the company")
    parser.add_argument("--server", help="a server that runs (its token in LAJUR_TOKEN)")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
