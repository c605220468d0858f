"""What is said of a closed or held period: up to which day, and who may open it."""

from __future__ import annotations

from datetime import date

from addin.shadow import Held
from workbook_templates import wire
from workbook_templates.locale import ENGLISH, INDONESIAN, show
from workbook_templates.periods import LOCKED_OUT
from workbook_templates.words import Words

UNTIL = Words(" Terkunci sampai dengan {until}.", " Locked up to and including {until}.")
ASK = Words(" Yang dapat membukanya: {ask}.", " Who may open it: {ask}.")


def lock_words(held: Held) -> dict[str, str]:
    """What is added to the sentence of a lock, by language; "" where nothing is known of it."""
    return {"id": _said(held.lock, "id"), "en": _said(held.lock, "en")}


def is_lock(error: wire.Refusal) -> bool:
    """Whether a refusal is that of a closed or held period."""
    return error.code in LOCKED_OUT


def _said(lock: wire.Lock | None, language: str) -> str:
    if lock is None:
        return ""
    spoken = ENGLISH if language == "en" else INDONESIAN
    until = show(date.fromisoformat(lock.until), spoken)
    asked = ASK[language].format(ask=", ".join(lock.ask)) if lock.ask else ""
    return UNTIL[language].format(until=until) + asked
