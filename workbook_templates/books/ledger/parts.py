"""How the sheets of the ledger are laid out: what is used together stands together."""

from __future__ import annotations

from workbook_templates.parts import Part
from workbook_templates.words import Words

PARTS = (
    Part(
        Words(id="Pencatatan harian", en="Day by day"),
        ("journal", "sales_invoices", "purchase_bills", "payments", "bank_lines"),
    ),
    Part(
        Words(id="Akun dan mitra", en="Accounts and parties"),
        ("accounts", "parties", "tax_codes", "payment_terms", "exchange_rates"),
    ),
    Part(
        Words(id="Pesanan, pembayaran, teguran", en="Orders, payment runs, reminders"),
        ("purchase_orders", "payment_batches", "dunning_levels"),
    ),
    Part(
        Words(id="Akhir bulan", en="Month end"),
        (
            *("periods", "recurring_entries", "deferrals", "depreciation_runs"),
            *("revaluations", "stated_balances"),
        ),
    ),
    Part(
        Words(id="Aset tetap dan anggaran", en="Fixed assets and budgets"),
        ("assets", "asset_categories", "budgets"),
    ),
    Part(
        Words(id="Persetujuan", en="Approval"),
        ("draft_entries", "approval_requests", "approvals", "approval_rules"),
    ),
    Part(
        Words(id="Tahun buku dan pengaturan", en="Years and settings"),
        (
            *("opening_balances", "years", "document_kinds", "tax_registration"),
            *("bank_mappings", "bank_texts"),
        ),
    ),
)
