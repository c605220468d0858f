"""Recurring entries: rent, salaries of the house, anything that comes back every month."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.recurring import recurring_entries
from workbook_templates.books.ledger.rules.journal import entry_balances
from workbook_templates.books.ledger.rules.postable import (
    accounts_can_be_posted,
    control_accounts_have_a_party,
    stock_account_follows,
)
from workbook_templates.books.ledger.rules.recurring import (
    locked_months_stay,
    months_have_periods,
)
from workbook_templates.books.ledger.rules.waiting import large_entries_are_approved
from workbook_templates.columns import Code, Date, Integer, Money, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
RECURRING = Sheet(
    key="recurring_entries",
    title=Words(id="Jurnal Berulang", en="Recurring Entries"),
    help=Words(
        id="Baris dengan nama yang sama adalah satu pola; jurnalnya dibuat sendiri tiap bulan, "
        "masing-masing sekali. Bulan yang sudah ditutup tidak berubah lagi.",
        en="Rows with the same name are one template; its entries come by themselves every month, "
        "each once. A month that is closed changes no more.",
    ),
    group_by="template",
    columns=(
        Code("template", Words(id="Pola", en="Template"), required=True, width=14, max_length=40),
        Date(
            "date",
            Words(id="Tanggal pertama", en="First date"),
            required=True,
            head=True,
            width=14,
        ),
        Integer(
            "months",
            Words(id="Berapa bulan", en="Months"),
            Words(
                id="Jumlah bulan, paling banyak 60; kurangi untuk berhenti.",
                en="How many months, at most 60; lower it to stop.",
            ),
            required=True,
            head=True,
            default="12",
            width=12,
            minimum=1,
        ),
        Ref(
            "account",
            Words(id="Akun", en="Account"),
            required=True,
            width=12,
            tables=("ledger.accounts",),
        ),
        Text("description", Words(id="Uraian", en="Description"), width=36),
        Money("debit", Words(id="Debit", en="Debit"), minimum=NONE, width=18),
        Money("credit", Words(id="Kredit", en="Credit"), minimum=NONE, width=18),
        Ref("party", Words(id="Mitra", en="Party"), tables=("ledger.parties",)),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
    ),
    families=(("debit", "credit"),),
    rules=(
        accounts_can_be_posted,
        control_accounts_have_a_party,
        stock_account_follows,
        entry_balances,
        large_entries_are_approved,
        months_have_periods,
        locked_months_stay,
    ),
    proposes=recurring_entries,
)
