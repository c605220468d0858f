"""The how-to's table of what is assumed: `python -m tests.google.assumed` writes it anew."""

from __future__ import annotations

from pathlib import Path

from tests.google.recording_steps import STEPS
from tests.google_emulator.behaviours import BEHAVIOURS, Known

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "record-google.md"
START, END = "<!-- assumed -->\n", "<!-- /assumed -->"
HEAD = (
    "| part | what the emulator does | what the host does instead of relying on it | settled by |\n"
)


def table() -> str:
    """The assumed behaviours, a line each."""
    steps = {what: step.name for step in STEPS for what in step.settles}
    lines = [
        f"| {told.module} | {told.what} | {told.instead} | {_settled(steps.get(told.what))} |\n"
        for told in BEHAVIOURS
        if told.known is Known.ASSUMED
    ]
    return "".join([HEAD, "| --- | --- | --- | --- |\n", *lines])


def _settled(step: str | None) -> str:
    return f"step `{step}`" if step else "nothing: Google is stricter"


def page(text: str) -> str:
    """The how-to with the table as it is now."""
    before, _, rest = text.partition(START)
    return before + START + table() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
