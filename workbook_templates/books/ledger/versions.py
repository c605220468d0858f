"""What each version of the ledger book brought: columns and sheets that were not there before."""

from __future__ import annotations

from workbook_templates.lenses import Added, Lens

VERSION = 3

_DOCUMENTS = ("journal", "sales_invoices", "purchase_bills", "payments")
_POSTING = Lens(
    to=2,
    steps=(
        *(Added(sheet, key) for sheet in _DOCUMENTS for key in ("reverses", "post", "number")),
        Added("journal", "kind"),
        *(Added("periods", key) for key in ("inventory", "payroll", "reason")),
    ),
    sheets=("recurring_entries", "opening_balances", "years", "document_kinds"),
)
_PARTY_TAX = (
    "tax_id_from", "tax_place", "identity_kind", "identity", "country", "address", "email",
    "exempt_no", "exempt_from", "exempt_to",
)  # fmt: skip
_TAX_CODES = (
    "included", "treatment", "creditable", "rounded_per", "further", "basis", "official_code",
    "facility", "without_tax_id", "threshold", "yearly_threshold", "on_excess",
)  # fmt: skip
_PARTY_BANK = ("bank_name", "bank_account_number", "bank_account_holder")
# One step a new column, by sheet; one name a new sheet. Keep both in the order of the book.
_FULL_YEAR = Lens(
    to=3,
    steps=(
        *(Added("sales_invoices", key) for key in ("terms", "deposit", "corrects")),
        *(Added("sales_invoices", key) for key in ("supply", "unit", "withholding")),
        *(Added("purchase_bills", key) for key in ("terms", "deposit", "corrects")),
        *(Added("purchase_bills", key) for key in ("tax_invoice", "order", "item")),
        Added("document_kinds", "tolerance"),
        *(Added("purchase_bills", key) for key in ("unit", "withholding")),
        Added("parties", "terms"),
        *(Added("parties", key) for key in _PARTY_TAX),
        *(Added("tax_codes", key) for key in _TAX_CODES),
        Added("payments", "written_off"),
        Added("payments", "difference_account"),
        *(Added("parties", key) for key in _PARTY_BANK),
        Added("payments", "proposal"),
        *(Added("journal", key) for key in ("currency", "foreign_amount")),
        *(Added(sheet, key) for sheet in _DOCUMENTS[1:] for key in ("currency", "rate")),
        Added("accounts", "currency"),
    ),
    sheets=(
        "purchase_orders",
        "payment_terms",
        "dunning_levels",
        "tax_registration",
        "draft_entries",
        "approval_requests",
        "approvals",
        "approval_rules",
        "bank_lines",
        "stated_balances",
        "bank_mappings",
        "bank_texts",
        "asset_categories",
        "assets",
        "deferrals",
        "depreciation_runs",
        "budgets",
        "payment_batches",
        "exchange_rates",
        "revaluations",
    ),
)
LENSES = (_POSTING, _FULL_YEAR)
