"""What the journal needs of a stock document: accounts with their roles."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.inventory.entries import ROLE_WORDS, account_of, roles_of
from workbook_templates.books.inventory.tables import ACCOUNTS
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

NO_ACCOUNT_FOR_ROLE = Message(
    "no_account_for_role",
    Words(
        id="Belum ada akun dengan peran {role_id}. Minta bagian akuntansi mengisi kolom Peran di "
        "lembar Akun.",
        en="No account has the role {role_en}. Ask the accountant to give it to one on the "
        "Accounts sheet.",
    ),
)


def accounts_have_their_roles(document: Document, known: Known) -> Iterator[Problem]:
    """There are accounts on which to post the value that the document moves."""
    if not document.lines or not known.has(ACCOUNTS):
        return
    for role in roles_of(document.text("kind") or "count"):
        if account_of(known, role) is None:
            words = ROLE_WORDS[role]
            yield NO_ACCOUNT_FOR_ROLE(
                row_id=document.lines[0].id, role_id=words.id, role_en=words.en
            )
