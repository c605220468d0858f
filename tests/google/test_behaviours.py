"""The table of behaviours speaks of the emulator that is there."""

from pathlib import Path

from tests import google_emulator
from tests.google.assumed import PAGE, page
from tests.google_emulator.behaviours import BEHAVIOURS, Known

FOLDER = Path(google_emulator.__file__).parent
# What serves, carries or only says no.
WITHOUT_OWN_BEHAVIOUR = {"__init__", "__main__", "behaviours", "book", "calls", "refusals",
                         "server", "sheets_api"}  # fmt: skip


def test_every_module_that_behaves_says_how_we_know() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - WITHOUT_OWN_BEHAVIOUR
    assert {behaviour.module for behaviour in BEHAVIOURS} == modules


def test_each_behaviour_is_told_once_and_what_is_assumed_is_the_smaller_part() -> None:
    told = [(behaviour.module, behaviour.what) for behaviour in BEHAVIOURS]
    assert len(set(told)) == len(told)
    assumed = [behaviour for behaviour in BEHAVIOURS if behaviour.known is Known.ASSUMED]
    assert len(assumed) < len(BEHAVIOURS) / 3


def test_the_how_to_tells_what_is_assumed_as_it_stands() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, "run `python -m tests.google.assumed`"
