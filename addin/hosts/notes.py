"""How our words and a person's stand together in one note, the same in every host.

Ours stand below a line of their own, because not every program keeps the author of a note.
"""

from __future__ import annotations

AUTHOR = "Lajur"
HEADING = "── Lajur ──"


def joined(person: str, ours: str | None) -> str:
    """The note's text: the person's words first, ours below our heading."""
    if not ours:
        return person
    return f"{person}\n{HEADING}\n{ours}" if person else f"{HEADING}\n{ours}"


def persons_words(text: str) -> str:
    """The note's text without what stands from our heading on."""
    before, found, _ = text.partition(HEADING)
    return before.removesuffix("\n") if found else text
