"""The sheet of payment batches: which bills the bank is to pay on a day, in one go."""

from __future__ import annotations

from workbook_templates.books.ledger.approvals import APPROVED_NUMBERING, approved
from workbook_templates.books.ledger.foreign_consequences import foreign_batch
from workbook_templates.books.ledger.payment_batches import batch_payments
from workbook_templates.books.ledger.posting import NUMBER, POST
from workbook_templates.books.ledger.rules.bank_currencies import batch_is_of_one_currency
from workbook_templates.books.ledger.rules.payment_batches import (
    batch_is_approved_before_it_is_posted,
    bill_is_in_one_batch,
    bills_fit_the_batch,
    suppliers_are_paid,
)
from workbook_templates.books.ledger.rules.payments import bank_account_can_be_used
from workbook_templates.books.ledger.rules.posted import posted_stays
from workbook_templates.books.ledger.rules.waiting import settled_documents_are_approved
from workbook_templates.columns import Code, Date, Money, Ref, Text
from workbook_templates.periods import period_is_open
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

PAYMENT_BATCHES = Sheet(
    key="payment_batches",
    title=Words(id="Daftar Pembayaran", en="Payment Batches"),
    help=Words(
        id="Satu baris untuk setiap tagihan yang akan dibayar; baris bernomor sama adalah satu "
        "daftar. Bukukan setelah bank menjalankannya: pembayarannya tercatat sendiri.",
        en="One row for each bill to be paid; rows with the same number are one batch. Post it "
        "when the bank has carried it out: its payments enter the books by themselves.",
    ),
    group_by="batch",
    windows=(("date",),),
    columns=(
        Code("batch", Words(id="Daftar", en="Batch"), required=True, width=16, max_length=20),
        Date("date", Words(id="Tanggal bayar", en="Pay on"), required=True, head=True, width=12),
        Ref(
            "bank_account",
            Words(id="Akun kas/bank", en="Bank account"),
            Words(
                id="Tagihannya semua dalam mata uang akun ini.",
                en="The bills are all in the currency of this account.",
            ),
            required=True,
            head=True,
            tables=("ledger.accounts",),
        ),
        Ref(
            "document",
            Words(id="Tagihan", en="Bill"),
            Words(
                id="Satu tagihan hanya boleh ada di satu daftar yang belum dibayar.",
                en="A bill may stand in one batch only that is not paid yet.",
            ),
            required=True,
            width=16,
            tables=("ledger.purchase_bills",),
            also=(("ledger.opening_balances", "document"),),
        ),
        Ref(
            "party",
            Words(id="Pemasok", en="Supplier"),
            Words(id="Kosong = pemasok tagihan itu.", en="Blank = the bill's supplier."),
            tables=("ledger.parties",),
        ),
        Money(
            "amount",
            Words(id="Jumlah", en="Amount"),
            Words(
                id="Semua atau sebagian dari yang terbuka; minus untuk nota kredit pemasok.",
                en="All or part of what is open; with a minus for a supplier credit note.",
            ),
            required=True,
        ),
        Text("description", Words(id="Berita", en="Remark"), width=36),
        POST,
        NUMBER,
    ),
    rules=(
        period_is_open,
        posted_stays,
        bank_account_can_be_used,
        bill_is_in_one_batch,
        bills_fit_the_batch,
        suppliers_are_paid,
        settled_documents_are_approved,
        batch_is_approved_before_it_is_posted,
        batch_is_of_one_currency,
    ),
    proposes=approved(batch_payments),
    refreshes=foreign_batch,
    numbering=APPROVED_NUMBERING,
    indexes=("document",),
)
