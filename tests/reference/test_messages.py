"""Every sentence that people are told, looked at in both languages."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from docs.messages import PARTS, messages, page
from workbook_templates.words import Words

SAID = sorted({(name, words) for name, words in messages()}, key=lambda each: each[0])


def facts(sentence: str) -> set[str]:
    """The facts of a sentence, without the language in which they are written."""
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    return {re.sub(r"(^|_)(id|en)$", "", name) for name in names}


@pytest.mark.parametrize("words", [w for _, w in SAID], ids=[name for name, _ in SAID])
def test_both_languages_tell_the_same_facts(words: Words) -> None:
    assert words.id.strip()
    assert words.en.strip()
    assert facts(words.id) == facts(words.en)


def test_the_page_has_what_conflicts_refusals_and_resyncs_say() -> None:
    text = page()
    for code in ("edited_on_server", "deleted_on_server", "duplicate_key", "dependency", "resync"):
        assert f"| `{code}` |" in text
    assert "{" not in text.replace("{'", "")
    assert len(PARTS) == 3
