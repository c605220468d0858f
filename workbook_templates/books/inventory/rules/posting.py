"""What the journal needs of a stock document: an open period and accounts with their roles."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.inventory.entries import ROLE_WORDS, account_of, roles_of
from workbook_templates.books.inventory.tables import ACCOUNTS, PERIODS
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

PERIOD_CLOSED = Message(
    "period_closed",
    Words(
        id="Periode {period} sudah ditutup. Pakai tanggal di periode yang terbuka, atau minta "
        "periode itu dibuka lagi.",
        en="Period {period} is closed. Use a date in an open period, or ask to have it reopened.",
    ),
)
NO_PERIOD = Message(
    "no_period",
    Words(
        id="Periode {period} belum ada. Periksa tanggalnya, atau minta bagian akuntansi "
        "menambahkannya.",
        en="There is no period {period}. Check the date, or ask the accountant to add the period.",
    ),
)
NO_ACCOUNT_FOR_ROLE = Message(
    "no_account_for_role",
    Words(
        id="Belum ada akun dengan peran {role_id}. Minta bagian akuntansi mengisi kolom Peran di "
        "lembar Akun.",
        en="No account has the role {role_en}. Ask the accountant to give it to one on the "
        "Accounts sheet.",
    ),
)


def period_is_open(document: Document, known: Known) -> Iterator[Problem]:
    """The document's date, and the date it had before, are in periods that exist and are open."""
    if not known.has(PERIODS):
        return
    months = {line.text("date")[:7]: line.id for line in reversed(document.lines)}
    for month in {line.text("date")[:7] for line in document.before} | months.keys():
        period = known.row(PERIODS, month) if month else None
        if period is not None and period.text("status") == "closed":
            yield PERIOD_CLOSED(column="date", row_id=months.get(month), period=month)
        elif period is None and months.get(month) and month:
            yield NO_PERIOD(column="date", row_id=months[month], period=month)


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
