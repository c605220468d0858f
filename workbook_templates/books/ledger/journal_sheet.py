"""The journal: where all money meets, typed entries and those that follow from documents."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.choices import ENTRY_KINDS
from workbook_templates.books.ledger.currency_columns import LINE_CURRENCY
from workbook_templates.books.ledger.opposite import REVERSES, opposite_entry
from workbook_templates.books.ledger.posting import NUMBER, NUMBERING, POST
from workbook_templates.books.ledger.rules.budgets import (
    entry_beyond_budget,
    entry_is_within_budget,
)
from workbook_templates.books.ledger.rules.currencies import (
    currency_accounts_have_foreign_amounts,
    foreign_amounts_are_whole,
)
from workbook_templates.books.ledger.rules.journal import entry_balances, entry_number_is_free
from workbook_templates.books.ledger.rules.postable import (
    accounts_can_be_posted,
    control_accounts_have_a_party,
    stock_account_follows,
)
from workbook_templates.books.ledger.rules.posted import posted_stays
from workbook_templates.books.ledger.rules.reversals import reversal_is_the_opposite
from workbook_templates.books.ledger.rules.waiting import large_entries_are_approved
from workbook_templates.columns import Choice, Code, Date, Money, Ref, Text
from workbook_templates.periods import period_is_open
from workbook_templates.schema import Sheet, Totals
from workbook_templates.words import Words

NONE = Decimal(0)
JOURNAL = Sheet(
    key="journal",
    title=Words(id="Jurnal", en="Journal"),
    help=Words(
        id="Baris dengan nomor yang sama adalah satu jurnal; debit dan kreditnya harus sama. Baris "
        "yang punya Sumber dibuat otomatis.",
        en="Rows with the same number are one entry; its debits and credits must be equal. Rows "
        "with a source follow from other documents.",
    ),
    group_by="entry",
    windows=(("date",), ("cost_centre",)),
    columns=(
        Code("entry", Words(id="No. jurnal", en="Entry"), required=True, width=18, max_length=60),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12),
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
        *LINE_CURRENCY,
        Ref("party", Words(id="Mitra", en="Party"), tables=("ledger.parties",)),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
        Date(
            "due",
            Words(id="Jatuh tempo", en="Due"),
            Words(
                id="Hanya untuk baris piutang atau utang, misalnya pada saldo awal.",
                en="Only for lines on receivables or payables, as in opening balances.",
            ),
            width=12,
        ),
        Choice(
            "kind",
            Words(id="Jenis jurnal", en="Entry kind"),
            Words(
                id="Kosong = jurnal biasa. Penyesuaian tampil tersendiri di neraca lajur.",
                en="Blank = an ordinary entry. Adjusting ones stand apart on the worksheet report.",
            ),
            head=True,
            width=14,
            choices=ENTRY_KINDS,
        ),
        Code(
            "document",
            Words(id="Dokumen", en="Document"),
            Words(
                id="Faktur, tagihan atau pembayaran yang saldonya diubah baris ini.",
                en="The invoice, bill or payment whose open amount this line changes.",
            ),
            read_only=True,
            width=16,
        ),
        Text("source", Words(id="Sumber", en="Source"), read_only=True, width=26),
        REVERSES,
        POST,
        NUMBER,
    ),
    families=(("debit", "credit"), ("currency", "foreign_amount")),
    rules=(
        entry_balances,
        entry_number_is_free,
        posted_stays,
        reversal_is_the_opposite,
        entry_is_within_budget,
        large_entries_are_approved,
        foreign_amounts_are_whole,
    ),
    remarks=(entry_beyond_budget,),
    line_rules=(
        period_is_open,
        accounts_can_be_posted,
        control_accounts_have_a_party,
        stock_account_follows,
        currency_accounts_have_foreign_amounts,
    ),
    totals=(
        Totals("ledger.balances", ("account", "date:month"), ("debit", "credit")),
        # The month comes first: a balance reads the days of one month and no others.
        Totals("ledger.days", ("date:month", "account", "date"), ("debit", "credit")),
        Totals(
            "ledger.centre_balances",
            ("cost_centre", "account", "date:month", "kind"),
            ("debit", "credit"),
        ),
        Totals("ledger.entry_kinds", ("kind", "account", "date:month"), ("debit", "credit")),
        Totals("ledger.party_sums", ("party",), ("debit", "credit")),
    ),
    indexes=("account",),
    dated="date",
    numbering=NUMBERING,
    opposite=opposite_entry,
)
