"""The ledger book: its sheets and reports."""

from __future__ import annotations

from workbook_templates.books.ledger.approvals_sheet import (
    APPROVAL_REQUESTS,
    APPROVAL_RULES,
    APPROVALS,
)
from workbook_templates.books.ledger.asset_sheets import (
    ASSET_CATEGORIES,
    ASSETS,
    DEPRECIATION_RUNS,
)
from workbook_templates.books.ledger.bank_lines_sheet import BANK_LINES
from workbook_templates.books.ledger.bank_mappings import BANK_MAPPINGS, BANK_TEXTS
from workbook_templates.books.ledger.budgets_sheet import BUDGETS_SHEET
from workbook_templates.books.ledger.deferrals_sheet import DEFERRALS
from workbook_templates.books.ledger.document_sheets import PURCHASE_BILLS, SALES_INVOICES
from workbook_templates.books.ledger.draft_entries_sheet import DRAFT_ENTRIES
from workbook_templates.books.ledger.dunning_sheet import DUNNING_LEVELS
from workbook_templates.books.ledger.exchange_rates_sheet import EXCHANGE_RATES
from workbook_templates.books.ledger.journal_sheet import JOURNAL
from workbook_templates.books.ledger.master_sheets import ACCOUNTS, PARTIES, PERIODS
from workbook_templates.books.ledger.opening_sheet import OPENING
from workbook_templates.books.ledger.parts import PARTS
from workbook_templates.books.ledger.payment_batches_sheet import PAYMENT_BATCHES
from workbook_templates.books.ledger.payments_sheet import PAYMENTS
from workbook_templates.books.ledger.policy_sheets import KINDS, YEARS
from workbook_templates.books.ledger.purchase_orders_sheet import PURCHASE_ORDERS
from workbook_templates.books.ledger.recurring_sheet import RECURRING
from workbook_templates.books.ledger.reports.aged import AGED_PAYABLES, AGED_RECEIVABLES
from workbook_templates.books.ledger.reports.asset_register import ASSET_REGISTER
from workbook_templates.books.ledger.reports.bank_reconciliation import BANK_RECONCILIATION
from workbook_templates.books.ledger.reports.books_agree import BOOKS_AGREE
from workbook_templates.books.ledger.reports.budget_against_actual import BUDGET_AGAINST_ACTUAL
from workbook_templates.books.ledger.reports.cash_flow import CASH_FLOW_DIRECT, CASH_FLOW_INDIRECT
from workbook_templates.books.ledger.reports.centres import INCOME_BY_CENTRE
from workbook_templates.books.ledger.reports.combined import COMBINED
from workbook_templates.books.ledger.reports.deferral_balances import DEFERRAL_BALANCES
from workbook_templates.books.ledger.reports.depreciation_schedule import DEPRECIATION_SCHEDULE
from workbook_templates.books.ledger.reports.dunning import DUNNING
from workbook_templates.books.ledger.reports.equity import CHANGES_IN_EQUITY
from workbook_templates.books.ledger.reports.fiscal_depreciation import FISCAL_DEPRECIATION
from workbook_templates.books.ledger.reports.foreign_open_items import FOREIGN_OPEN_ITEMS
from workbook_templates.books.ledger.reports.general_ledger import GENERAL_LEDGER
from workbook_templates.books.ledger.reports.notes import NOTES_REPORT
from workbook_templates.books.ledger.reports.order_check import ORDER_CHECK
from workbook_templates.books.ledger.reports.payment_proposals import PAYMENT_PROPOSALS
from workbook_templates.books.ledger.reports.receipts import RECEIPTS
from workbook_templates.books.ledger.reports.stated_balances import STATED_BALANCES_REPORT
from workbook_templates.books.ledger.reports.statements import BALANCE_SHEET, INCOME_STATEMENT
from workbook_templates.books.ledger.reports.tax_invoices_report import CORETAX_EFAKTUR
from workbook_templates.books.ledger.reports.tax_return import VAT_RETURN
from workbook_templates.books.ledger.reports.tax_returned_report import CORETAX_RETUR
from workbook_templates.books.ledger.reports.tax_slips import WITHHOLDING_SLIPS
from workbook_templates.books.ledger.reports.tax_tie import TAX_TIE
from workbook_templates.books.ledger.reports.tax_turnover import TURNOVER_TAX
from workbook_templates.books.ledger.reports.trial_balance import TRIAL_BALANCE
from workbook_templates.books.ledger.reports.vendor_payments import BANK_FILE, BILLS_DUE, REMITTANCE
from workbook_templates.books.ledger.reports.waiting import WAITING_FOR_APPROVAL
from workbook_templates.books.ledger.reports.worksheet import WORKSHEET
from workbook_templates.books.ledger.revaluations_sheet import REVALUATIONS
from workbook_templates.books.ledger.stated_balances_sheet import STATED_BALANCES
from workbook_templates.books.ledger.tax_code_sheet import TAX_CODES
from workbook_templates.books.ledger.tax_registration_sheet import TAX_REGISTRATION
from workbook_templates.books.ledger.terms_sheet import PAYMENT_TERMS
from workbook_templates.books.ledger.versions import LENSES, VERSION
from workbook_templates.schema import Book
from workbook_templates.senders import CONTROLLER
from workbook_templates.words import Words

BOOK = Book(
    key="ledger",
    version=VERSION,
    lenses=LENSES,
    writers=frozenset({"accountant", CONTROLLER}),
    readers=frozenset({"auditor"}),
    title=Words(id="Buku Besar", en="Ledger"),
    help=Words(
        id="Jurnal, faktur, tagihan dan pembayaran, dengan laporan keuangannya.",
        en="Journal, invoices, bills and payments, with the statements that follow from them.",
    ),
    parts=PARTS,
    sheets=(
        JOURNAL,
        SALES_INVOICES,
        PURCHASE_BILLS,
        PURCHASE_ORDERS,
        PAYMENTS,
        PAYMENT_BATCHES,
        ACCOUNTS,
        PARTIES,
        PAYMENT_TERMS,
        DUNNING_LEVELS,
        TAX_CODES,
        TAX_REGISTRATION,
        PERIODS,
        EXCHANGE_RATES,
        RECURRING,
        OPENING,
        ASSET_CATEGORIES,
        ASSETS,
        DEFERRALS,
        DEPRECIATION_RUNS,
        REVALUATIONS,
        BUDGETS_SHEET,
        YEARS,
        KINDS,
        BANK_LINES,
        STATED_BALANCES,
        BANK_MAPPINGS,
        BANK_TEXTS,
        DRAFT_ENTRIES,
        APPROVAL_REQUESTS,
        APPROVALS,
        APPROVAL_RULES,
    ),
    reports=(
        TRIAL_BALANCE,
        WORKSHEET,
        GENERAL_LEDGER,
        BALANCE_SHEET,
        INCOME_STATEMENT,
        INCOME_BY_CENTRE,
        CASH_FLOW_DIRECT,
        CASH_FLOW_INDIRECT,
        CHANGES_IN_EQUITY,
        NOTES_REPORT,
        BOOKS_AGREE,
        AGED_RECEIVABLES,
        AGED_PAYABLES,
        FOREIGN_OPEN_ITEMS,
        ASSET_REGISTER,
        DEPRECIATION_SCHEDULE,
        FISCAL_DEPRECIATION,
        DEFERRAL_BALANCES,
        BUDGET_AGAINST_ACTUAL,
        VAT_RETURN,
        TAX_TIE,
        WITHHOLDING_SLIPS,
        TURNOVER_TAX,
        CORETAX_EFAKTUR,
        CORETAX_RETUR,
        RECEIPTS,
        DUNNING,
        ORDER_CHECK,
        BANK_RECONCILIATION,
        STATED_BALANCES_REPORT,
        PAYMENT_PROPOSALS,
        BILLS_DUE,
        REMITTANCE,
        BANK_FILE,
        WAITING_FOR_APPROVAL,
    ),
    combined=COMBINED,
)
