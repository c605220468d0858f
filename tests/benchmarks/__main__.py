"""`python -m tests.benchmarks [NAME...] [--json FILE] [--size N]`: measure and print."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import (
    back_dated_receipt,
    crowd,
    live,
    one_edit,
    pay_run,
    pull,
    push,
    statements,
    trial_balance,
    workbook,
)
from tests.benchmarks.measuring import Comparison
from tests.benchmarks.printing import as_json, show

BENCHMARKS: dict[str, Callable[..., Comparison]] = {
    "push": push.run,
    "pull": pull.run,
    "trial_balance": trial_balance.run,
    "statements": statements.run,
    "back_dated_receipt": back_dated_receipt.run,
    "pay_run": pay_run.run,
    "crowd": crowd.run,
    "no_news": workbook.no_news,
    "one_edit": one_edit.run,
    "resync": workbook.resync,
    "live_read": live.live_read,
    "live_write": live.live_write,
}


def main() -> None:
    """Runs the named benchmarks, or all, one after another."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--size", type=int, metavar="N", help="another size than the full one")
    asked = parser.parse_args()
    unknown = set(asked.names) - BENCHMARKS.keys()
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    size = () if asked.size is None else (asked.size,)
    comparisons = []
    for name in asked.names or BENCHMARKS:
        comparisons.append(BENCHMARKS[name](*size))
        show(comparisons[-1])
        if asked.json:
            asked.json.write_text(json.dumps(as_json(comparisons), indent=2) + "\n")


if __name__ == "__main__":
    main()
