"""How our words and a person's stand together in one note, the same in every host."""

from __future__ import annotations

AUTHOR = "Lajur"
SEPARATOR = "──────── Lajur ────────"


def joined(person: str, ours: str | None) -> str:
    """The note's text: the person's words first, ours below a separator line."""
    if not ours:
        return person
    return f"{person}\n{SEPARATOR}\n{ours}" if person else ours


def persons_words(text: str) -> str:
    """The note's text without what stands from our separator on."""
    before, found, _ = text.partition(SEPARATOR)
    return before.removesuffix("\n") if found else text
