"""What a person is asked before anything is sent; without one, what is done instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from addin.copies import Copy
from addin.reidentified import leave_shuffled
from workbook_templates.words import Words

SHUFFLED = Words(
    "{count} baris di lembar {sheet_id} tampak tertukar dengan identitasnya (misalnya karena"
    " sebagian lembar diurutkan). Pasangkan kembali?",
    "{count} rows of the sheet {sheet_en} look shuffled against their ids (as after sorting part"
    " of it). Re-attach them?",
)
DELETE_MANY = Words(
    "{count} dari {all} baris lembar {sheet_id} hilang. Hapus juga di pusat?",
    "{count} of the {all} rows of the sheet {sheet_en} are gone. Delete them centrally too?",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question in the workbook's language; `default` is what Enter means, and what is done
    where nobody can be asked. A deletion's default is no: it then waits.
    """

    code: str
    text: str
    language: str
    default: bool


Ask = Callable[[Question], bool]


def nobody(question: Question) -> bool:
    """The answer where nobody can be asked."""
    return question.default


def everything(question: Question) -> bool:
    """The answer of who has said yes to all."""
    return True


def ask_about_shuffled(copy: Copy, ask: Ask) -> None:
    """Rows that a partial sort mixed up keep the ids of their cells, unless a person says no."""
    for page in copy.pages.values():
        if page.shuffled and not ask(_about(copy, page.sheet.table, SHUFFLED, len(page.shuffled))):
            leave_shuffled(page)


def many_deleted(copy: Copy) -> Iterator[Question]:
    """A question for each sheet from which suspiciously many rows are gone."""
    for table, page in copy.pages.items():
        if page.too_many_gone:
            yield _about(copy, table, DELETE_MANY, len(page.missing), False)


def _about(copy: Copy, table: str, words: Words, count: int, default: bool = True) -> Question:
    title, rows = copy.pages[table].sheet.title, len(copy.base(table))
    facts = {"count": count, "all": rows, "sheet_id": title.id, "sheet_en": title.en}
    code = "shuffled" if default else "many_deleted"
    return Question(code, words[copy.language].format(**facts), copy.language, default)
