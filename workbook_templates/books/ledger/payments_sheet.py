"""The sheet of payments: money that comes in or goes out, and the documents that it settles."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from workbook_templates.books.ledger.approvals import APPROVED_NUMBERING, approved
from workbook_templates.books.ledger.choices import DIRECTIONS
from workbook_templates.books.ledger.currency_columns import DOCUMENT_CURRENCY
from workbook_templates.books.ledger.foreign_consequences import foreign_payment
from workbook_templates.books.ledger.opposite import REVERSES, opposite_payment
from workbook_templates.books.ledger.payment_entry import payment_entry
from workbook_templates.books.ledger.posting import NUMBER, POST
from workbook_templates.books.ledger.rules.currencies import (
    currency_has_a_rate,
    currency_is_that_of_the_original,
    currency_stays_once_settled,
    money_is_in_the_accounts_currency,
    payment_is_in_its_documents_currency,
)
from workbook_templates.books.ledger.rules.differences import differences_can_be_posted
from workbook_templates.books.ledger.rules.payments import (
    applied_is_within_amount,
    bank_account_can_be_used,
    documents_fit_the_payment,
    payment_accounts_exist,
    rest_has_its_own_number,
    rest_that_was_moved_stays,
)
from workbook_templates.books.ledger.rules.posted import posted_stays
from workbook_templates.books.ledger.rules.reversals import reversal_is_the_opposite
from workbook_templates.books.ledger.rules.waiting import (
    settled_documents_are_approved,
    used_documents_do_not_wait,
    waiting_documents_are_not_reversed,
)
from workbook_templates.columns import Choice, Code, Date, Money, Ref, Text
from workbook_templates.periods import period_is_open
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
TAKEN_BACK = replace(REVERSES, head=True)

PAYMENTS = Sheet(
    key="payments",
    title=Words(id="Pembayaran", en="Payments"),
    help=Words(
        id="Satu baris untuk setiap dokumen yang dilunasi; sisa tanpa dokumen belum dialokasikan.",
        en="One row for each document settled; what names no document stays on account.",
    ),
    group_by="payment",
    windows=(("date",),),
    columns=(
        Code("payment", Words(id="Pembayaran", en="Payment"), required=True, width=16),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12),
        Choice(
            "direction",
            Words(id="Arah", en="Direction"),
            Words(id="Masuk = diterima, Keluar = dibayar.", en="In = received, Out = paid."),
            required=True,
            head=True,
            width=10,
            choices=DIRECTIONS,
        ),
        Ref(
            "party",
            Words(id="Mitra", en="Party"),
            required=True,
            head=True,
            tables=("ledger.parties",),
        ),
        Ref(
            "bank_account",
            Words(id="Akun kas/bank", en="Bank account"),
            required=True,
            head=True,
            tables=("ledger.accounts",),
        ),
        Money("amount", Words(id="Jumlah", en="Amount"), required=True, head=True, minimum=NONE),
        *DOCUMENT_CURRENCY,
        Ref(
            "document",
            Words(id="Dokumen", en="Document"),
            Words(
                id="Faktur atau tagihan yang dilunasi, atau pembayaran lama yang sisanya dipindah "
                "(dengan minus); kosong = uang muka.",
                en="The invoice or bill that is settled, or an earlier payment whose rest is moved "
                "(with a minus); blank = on account.",
            ),
            width=16,
            tables=("ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"),
            also=(("ledger.opening_balances", "document"),),
        ),
        Money(
            "applied",
            Words(id="Dialokasikan", en="Applied"),
            Words(
                id="Bagian untuk dokumen itu; minus untuk nota kredit yang dipotong.",
                en="The part for that document; minus for a credit note that is set off.",
            ),
        ),
        Money(
            "written_off",
            Words(id="Selisih", en="Difference"),
            Words(
                id="Dilunasi tanpa uang: biaya bank, potongan, pajak yang dipotong, pembulatan; "
                "minus bila lebih bayar tidak dikembalikan.",
                en="Settled without money: bank charges, discount, tax withheld, rounding; with a "
                "minus where too much was paid and is kept.",
            ),
        ),
        Ref(
            "difference_account",
            Words(id="Akun selisih", en="Difference account"),
            Words(
                id="Kosong = akun dengan peran Selisih pembulatan.",
                en="Blank = the account with the role Rounding differences.",
            ),
            width=14,
            tables=("ledger.accounts",),
        ),
        Text("description", Words(id="Uraian", en="Description"), width=36),
        Text(
            "proposal",
            Words(id="Usul", en="Proposal"),
            Words(
                id="Yang paling mungkin dilunasi dan alasannya, dari `lajur payment-match`.",
                en="What it most likely settles and why, by `lajur payment-match`.",
            ),
            width=40,
        ),
        TAKEN_BACK,
        POST,
        NUMBER,
    ),
    rules=(
        period_is_open,
        posted_stays,
        bank_account_can_be_used,
        applied_is_within_amount,
        documents_fit_the_payment,
        differences_can_be_posted,
        payment_accounts_exist,
        rest_has_its_own_number,
        rest_that_was_moved_stays,
        reversal_is_the_opposite,
        settled_documents_are_approved,
        used_documents_do_not_wait,
        waiting_documents_are_not_reversed,
        currency_has_a_rate,
        currency_is_that_of_the_original,
        currency_stays_once_settled,
        payment_is_in_its_documents_currency,
        money_is_in_the_accounts_currency,
    ),
    refreshes=foreign_payment,
    proposes=approved(payment_entry),
    numbering=APPROVED_NUMBERING,
    opposite=opposite_payment,
    indexes=("document", "currency"),
)
