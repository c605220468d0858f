"""Problems: why a row is refused, as values for the person who typed it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from workbook_templates.locale import said
from workbook_templates.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, with its place: a row (by id) and a column, or the whole document.

    `facts` are the values in the sentence as canonical text; `hint` is a value that would be right.
    """

    code: str
    words: Words
    column: str | None = None
    row_id: str | None = None
    hint: str | None = None
    facts: dict[str, str] = field(default_factory=dict)

    def at(self, row_id: str | None, column: str | None = None) -> Problem:
        """The same problem at another place."""
        return replace(self, row_id=row_id, column=column or self.column)


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of problem: its permanent code and its sentence with `{facts}` in both languages.

    Call it with the facts to make a `Problem`; amounts and dates are written as each language does.
    """

    code: str
    words: Words

    def __call__(
        self,
        *,
        column: str | None = None,
        row_id: str | None = None,
        hint: str | None = None,
        **facts: Any,
    ) -> Problem:
        said_facts = {k: str(v) for k, v in facts.items()}
        return Problem(self.code, said(self.words, **facts), column, row_id, hint, said_facts)


class Unreadable(ValueError):
    """A cell or a text that its column cannot read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.words.en)
        self.problem = problem
