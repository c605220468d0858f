"""The sheets of trade documents: sales invoices and purchase bills."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from workbook_templates.books.ledger.approvals import APPROVED_NUMBERING, approved
from workbook_templates.books.ledger.choices import PURCHASE_KINDS, SALES_KINDS, SUPPLIES
from workbook_templates.books.ledger.corrections import CORRECTS
from workbook_templates.books.ledger.currency_columns import DOCUMENT_CURRENCY
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.books.ledger.foreign_consequences import foreign_bill, foreign_trade
from workbook_templates.books.ledger.opposite import REVERSES, opposite_trade
from workbook_templates.books.ledger.posting import NUMBER, POST
from workbook_templates.books.ledger.proposals import bill_entry, invoice_entry
from workbook_templates.books.ledger.purchase_orders_sheet import ORDER_COLUMNS
from workbook_templates.books.ledger.reference_columns import references
from workbook_templates.books.ledger.rules.bill_check import order_is_the_suppliers
from workbook_templates.books.ledger.rules.budgets import (
    bill_beyond_budget,
    bill_is_within_budget,
)
from workbook_templates.books.ledger.rules.corrections import (
    corrected_document_stays,
    correction_fits,
    correction_names_an_invoice,
)
from workbook_templates.books.ledger.rules.currencies import (
    currency_has_a_rate,
    currency_is_that_of_the_original,
    currency_stays_once_settled,
)
from workbook_templates.books.ledger.rules.deposits import (
    deducted_deposit_stays,
    deposits_are_named_rightly,
    deposits_suffice,
)
from workbook_templates.books.ledger.rules.postable import (
    accounts_can_be_posted,
    no_control_account,
    stock_account_follows,
)
from workbook_templates.books.ledger.rules.posted import posted_stays
from workbook_templates.books.ledger.rules.reversals import reversal_is_the_opposite
from workbook_templates.books.ledger.rules.terms import due_or_terms
from workbook_templates.books.ledger.rules.trade import (
    control_account_exists,
    discount_fits,
    due_is_not_before_date,
    party_fits,
    payments_still_fit,
    supplier_ref_is_new,
    tax_codes_are_valid,
)
from workbook_templates.books.ledger.rules.waiting import (
    used_documents_do_not_wait,
    waiting_documents_are_not_reversed,
)
from workbook_templates.books.ledger.rules.withheld import withholding_is_valid
from workbook_templates.books.ledger.terms_sheet import TERMS_COLUMN
from workbook_templates.columns import (
    Choice,
    Code,
    Column,
    Date,
    Money,
    Option,
    Quantity,
    Rate,
    Ref,
    Text,
)
from workbook_templates.periods import period_is_open
from workbook_templates.schema import Rule, Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
TRADE_RULES: tuple[Rule, ...] = (
    period_is_open,
    posted_stays,
    party_fits,
    due_is_not_before_date,
    due_or_terms,
    accounts_can_be_posted,
    no_control_account,
    stock_account_follows,
    discount_fits,
    tax_codes_are_valid,
    withholding_is_valid,
    control_account_exists,
    payments_still_fit,
    correction_names_an_invoice,
    correction_fits,
    corrected_document_stays,
    deposits_are_named_rightly,
    deposits_suffice,
    deducted_deposit_stays,
    reversal_is_the_opposite,
    used_documents_do_not_wait,
    waiting_documents_are_not_reversed,
    currency_has_a_rate,
    currency_is_that_of_the_original,
    currency_stays_once_settled,
)


def _kind(choices: tuple[Option, ...]) -> Column:
    return Choice(
        "kind",
        Words(id="Jenis", en="Kind"),
        Words(
            id="Pada nota kredit, kuantitas dan harga tetap positif.",
            en="On a credit note, quantities and prices stay positive.",
        ),
        head=True,
        default="invoice",
        width=14,
        choices=choices,
    )


TAKEN_BACK = replace(REVERSES, head=True)
DUE = Date(
    "due",
    Words(id="Jatuh tempo", en="Due"),
    Words(
        id="Kosong = menurut termin, tanpa termin tanggal dokumen.",
        en="Blank = by the terms, without terms the document's date.",
    ),
    head=True,
    width=12,
)
TERMS = replace(TERMS_COLUMN, head=True)
LINE_COLUMNS: tuple[Column, ...] = (
    Text("description", Words(id="Uraian", en="Description"), width=36),
    Ref(
        "account",
        Words(id="Akun", en="Account"),
        required=True,
        width=12,
        tables=("ledger.accounts",),
    ),
    Quantity("qty", Words(id="Kuantitas", en="Quantity"), default="1", width=11, minimum=NONE),
    Code("unit", Words(id="Satuan", en="Unit"), width=9),
    Rate("unit_price", Words(id="Harga satuan", en="Unit price"), required=True, minimum=NONE),
    Money(
        "discount",
        Words(id="Diskon", en="Discount"),
        Words(id="Jumlah uang, bukan persen.", en="An amount of money, not a percentage."),
        minimum=NONE,
    ),
    Ref("tax_code", Words(id="Kode pajak", en="Tax code"), width=16, tables=("ledger.tax_codes",)),
    Ref(
        "withholding",
        Words(id="Pemotongan", en="Withholding"),
        Words(
            id="Kode PPh yang dipotong dari pembayaran baris ini; dasarnya tanpa PPN.",
            en="The code of the tax kept back of what is paid for this line; its base has no VAT.",
        ),
        width=16,
        tables=("ledger.tax_codes",),
    ),
    Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
)
ENDING: tuple[Column, ...] = (TAKEN_BACK, POST, NUMBER)

SUPPLY = Choice(
    "supply",
    Words(id="Barang/jasa", en="Supply"),
    Words(id="Untuk faktur pajak. Kosong = barang.", en="For the tax invoice. Blank = goods."),
    width=12,
    choices=SUPPLIES,
)
INDEXES = (CORRECTS, DEPOSIT, "currency", "account")
SALES_INVOICES = Sheet(
    key="sales_invoices",
    title=Words(id="Faktur Penjualan", en="Sales Invoices"),
    help=Words(
        id="Satu baris untuk setiap barang atau jasa; baris dengan nomor yang sama adalah satu "
        "faktur.",
        en="One row for each thing sold; rows with the same number are one invoice.",
    ),
    group_by="invoice",
    windows=(("date",), ("cost_centre",)),
    columns=(
        Code("invoice", Words(id="Faktur", en="Invoice"), required=True, width=16),
        _kind(SALES_KINDS),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12),
        DUE,
        TERMS,
        Ref(
            "customer",
            Words(id="Pelanggan", en="Customer"),
            required=True,
            head=True,
            tables=("ledger.parties",),
        ),
        *DOCUMENT_CURRENCY,
        SUPPLY,
        *LINE_COLUMNS,
        *references("ledger.sales_invoices"),
        *ENDING,
    ),
    rules=TRADE_RULES,
    indexes=INDEXES,
    refreshes=foreign_trade,
    proposes=approved(invoice_entry),
    numbering=APPROVED_NUMBERING,
    opposite=opposite_trade,
    families=(("qty", "unit_price", "discount"),),
)

PURCHASE_BILLS = Sheet(
    key="purchase_bills",
    title=Words(id="Tagihan Pembelian", en="Purchase Bills"),
    help=Words(
        id="Satu baris untuk setiap barang atau jasa; baris dengan nomor yang sama adalah satu "
        "tagihan.",
        en="One row for each thing bought; rows with the same number are one bill.",
    ),
    group_by="bill",
    windows=(("date",), ("cost_centre",)),
    columns=(
        Code("bill", Words(id="Tagihan", en="Bill"), required=True, width=16),
        _kind(PURCHASE_KINDS),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12),
        DUE,
        TERMS,
        Ref(
            "supplier",
            Words(id="Pemasok", en="Supplier"),
            required=True,
            head=True,
            tables=("ledger.parties",),
        ),
        Code(
            "supplier_ref",
            Words(id="No. faktur pemasok", en="Supplier's number"),
            Words(
                id="Nomor pada faktur pemasok; satu nomor hanya dicatat sekali.",
                en="The number on the supplier's invoice; one number is entered only once.",
            ),
            head=True,
            width=20,
        ),
        Code(
            "tax_invoice",
            Words(id="No. faktur pajak", en="Tax invoice number"),
            Words(
                id="Dari pemasok. Pada nota kredit: faktur pajak yang diretur; kosong = nomor pada "
                "tagihan yang dikoreksi.",
                en="The supplier's. On a credit note: the tax invoice that is returned; blank = "
                "the number on the bill that it corrects.",
            ),
            head=True,
            width=20,
        ),
        *DOCUMENT_CURRENCY,
        *ORDER_COLUMNS,
        *LINE_COLUMNS,
        *references("ledger.purchase_bills"),
        *ENDING,
    ),
    rules=(*TRADE_RULES, supplier_ref_is_new, bill_is_within_budget, order_is_the_suppliers),
    remarks=(bill_beyond_budget,),
    proposes=approved(bill_entry),
    numbering=APPROVED_NUMBERING,
    opposite=opposite_trade,
    refreshes=foreign_bill,
    indexes=(*INDEXES, "order", "supplier_ref", "supplier"),
    families=(("qty", "unit_price", "discount"),),
)
