"""What somebody chose is read whole, or refused with a sentence that names the slip."""

from pathlib import Path

import pytest

from addin.google_worker.lanes import Lanes
from addin.google_worker.settings import EXAMPLE, BadSettings, read_settings

SMALL = """
[[account]]
name = "office"
key = "office.json"
[[workbook]]
url = "https://docs.google.com/spreadsheets/d/1a/edit"
"""


def settings_file(folder: Path, text: str) -> Path:
    file = folder / "worker.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_can_be_used_as_it_is(tmp_path: Path) -> None:
    found = read_settings(settings_file(tmp_path, EXAMPLE))
    assert found.lanes == Lanes()
    assert found.accounts[0].key == tmp_path / "office-account.json"
    assert (found.at_once, found.hints) == (4, 30)


def test_the_example_names_what_holds_without_it(tmp_path: Path) -> None:
    loud = EXAMPLE.replace("# account =", "account =")
    for name in ("at_once", "hints", "hot", "warm", "sweep", "stays_hot", "stays_warm"):
        loud = loud.replace(f"# {name} =", f"{name} =")
    for name in ("reads_per_minute", "writes_per_minute", "project_reads_per_minute"):
        loud = loud.replace(f"# {name} =", f"{name} =")
    said, silent = (settings_file(tmp_path, text) for text in (loud, EXAMPLE))
    assert read_settings(said) == read_settings(silent)


def test_little_is_enough(tmp_path: Path) -> None:
    found = read_settings(settings_file(tmp_path, SMALL))
    assert [kept.account for kept in found.workbooks] == ["office"]
    assert found.state == tmp_path / "worker-state.json"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "[[account]]"),
        ("account = 3", "[[account]]"),
        ("hot = ", "TOML"),
        ('[[account]]\nname = "a"\nkey = "k"', "[[workbook]]"),
        (SMALL + "[lanes]\nhott = 3", "hott"),
        (SMALL + "[lanes]\nhot = 0", "hot"),
        (SMALL + "[lanes]\nhot = 200", "hot, warm"),
        ('at_once = "many"\n' + SMALL, "at_once"),
        (SMALL + 'account = "home"', "home"),
        (SMALL + SMALL, "office"),
        (SMALL + "[[account]]\nname = 'b'\nkey = 'k'\nreads_per_minute = 299", "347"),
    ],
)
def test_a_slip_is_named_in_both_languages(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(BadSettings) as refused:
        read_settings(settings_file(tmp_path, text))
    assert all(named in sentence for sentence in refused.value.words.values())
    assert refused.value.words["id"] != refused.value.words["en"]


def test_settings_that_are_not_there_are_said_not_to_be(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"nothing\.toml"):
        read_settings(tmp_path / "nothing.toml")
