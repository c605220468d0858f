"""The table of the last figures in docs/reliability.md: one line a job, the newest in its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
HEAD = "| job | what it did | took | on |\n| --- | --- | --- | --- |\n"


def write_figures(job: str, told: str, took: str, on: date) -> None:
    """Puts a job's figures in the place of its former ones."""
    before, _, table = PAGE.read_text(encoding="utf-8").partition(HEAD)
    lines = [line for line in table.splitlines() if line and not line.startswith(f"| {job} |")]
    lines.append(f"| {job} | {told} | {took} | {on.isoformat()} |")
    PAGE.write_text(before + HEAD + "\n".join(lines) + "\n", encoding="utf-8")
