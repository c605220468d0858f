"""Entries for approval: journal entries that may wait, which rows of the journal cannot."""

from __future__ import annotations

from workbook_templates.books.ledger.approvals import APPROVED_NUMBERING, approved
from workbook_templates.books.ledger.draft_entries import entry_of_draft
from workbook_templates.books.ledger.journal_sheet import JOURNAL
from workbook_templates.books.ledger.opposite import opposite_entry
from workbook_templates.books.ledger.rules.currencies import (
    currency_accounts_have_foreign_amounts,
    foreign_amounts_are_whole,
)
from workbook_templates.books.ledger.rules.journal import entry_balances
from workbook_templates.books.ledger.rules.postable import (
    accounts_can_be_posted,
    control_accounts_have_a_party,
    stock_account_follows,
)
from workbook_templates.books.ledger.rules.posted import posted_stays
from workbook_templates.books.ledger.rules.reversals import reversal_is_the_opposite
from workbook_templates.books.ledger.rules.waiting import waiting_documents_are_not_reversed
from workbook_templates.periods import period_is_open
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

_COLUMNS = (
    "entry", "date", "account", "description", "debit", "credit", "currency", "foreign_amount",
    "party", "cost_centre", "due", "kind", "reverses", "post", "number",
)  # fmt: skip
DRAFT_ENTRIES = Sheet(
    key="draft_entries",
    title=Words(id="Jurnal untuk Disetujui", en="Entries for Approval"),
    help=Words(
        id="Seperti lembar Jurnal, untuk jurnal di atas batas persetujuan: masuk ke jurnal sendiri "
        "(JU:…) begitu disetujui, atau langsung bila tidak perlu.",
        en="As the sheet Journal, for entries above the limit of approval: they come to the "
        "journal by themselves (JU:…) once approved, or at once where that is not needed.",
    ),
    group_by="entry",
    windows=(("date",), ("cost_centre",)),
    columns=tuple(JOURNAL.column(key) for key in _COLUMNS),
    families=JOURNAL.families,
    rules=(
        period_is_open,
        entry_balances,
        posted_stays,
        accounts_can_be_posted,
        control_accounts_have_a_party,
        stock_account_follows,
        reversal_is_the_opposite,
        waiting_documents_are_not_reversed,
        foreign_amounts_are_whole,
        currency_accounts_have_foreign_amounts,
    ),
    proposes=approved(entry_of_draft),
    numbering=APPROVED_NUMBERING,
    opposite=opposite_entry,
)
