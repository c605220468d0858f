"""One of a few named choices: the cell shows words, the record keeps the key."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import ClassVar

from workbook_templates.columns.base import Column
from workbook_templates.columns.cells import NOT_CANONICAL, one_line, refuse_error, seen, short
from workbook_templates.locale import Locale
from workbook_templates.problems import Message, Problem, Unreadable
from workbook_templates.words import Words

UNKNOWN_CHOICE = Message(
    "unknown_choice",
    Words(
        "“{text}” bukan pilihan di kolom ini. Pilih salah satu: {choices}.",
        "“{text}” is not a choice in this column. Choose one of: {choices}.",
    ),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its permanent key, the words that the cell shows, and others that mean it."""

    key: str
    words: Words
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice(Column):
    """One of `choices`. Its key, words and aliases are read, in any case.

    Raises ValueError when it is declared with no choice, or with two that share a name.
    """

    choices: tuple[Option, ...] = ()

    kind: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        named = sum(len(_names(option)) for option in self.choices)
        if not self.choices or named != len(self._key_of):
            raise ValueError(f"column {self.key}: no choices, or two of one name")

    def canonical(self, cell: object, locale: Locale) -> str | None:
        text = "" if cell is None else _text(cell, locale)
        if not text:
            return None
        refuse_error(text)
        key = self._key_of.get(text.casefold())
        if key is None:
            raise Unreadable(self._unknown(text))
        return key

    def check(self, text: str) -> None:
        if text in self._words_of:
            return
        if text.casefold() in self._key_of:
            raise Unreadable(NOT_CANONICAL(text=short(text)))
        raise Unreadable(self._unknown(text))

    def cell(self, text: str, language: str) -> object:
        words = self._words_of.get(text)
        return words[language] if words else text

    @cached_property
    def _words_of(self) -> dict[str, Words]:
        return {option.key: option.words for option in self.choices}

    @cached_property
    def _key_of(self) -> dict[str, str]:
        return {name: option.key for option in self.choices for name in _names(option)}

    def _unknown(self, text: str) -> Problem:
        words = self._words_of.values()
        shown = Words(", ".join(w.id for w in words), ", ".join(w.en for w in words))
        near = get_close_matches(text[:80].casefold(), self._key_of, n=1)
        hint = self._key_of[near[0]] if near else None
        return UNKNOWN_CHOICE(text=short(text), choices=shown, hint=hint)


def _names(option: Option) -> frozenset[str]:
    names = (option.key, option.words.id, option.words.en, *option.aliases)
    return frozenset(one_line(name).casefold() for name in names)


def _text(cell: object, locale: Locale) -> str:
    return one_line(cell) if isinstance(cell, str) else seen(cell, locale)
