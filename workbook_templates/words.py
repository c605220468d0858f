"""Text that a person reads, in each language of the interface."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("id", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One text in Indonesian and in English."""

    id: str
    en: str

    def __str__(self) -> str:
        return self.en

    def __getitem__(self, language: str) -> str:
        return self.id if language == "id" else self.en

    def all(self) -> dict[str, str]:
        """The text by language code, as it travels on the wire."""
        return {"id": self.id, "en": self.en}
