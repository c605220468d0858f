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
# One step a new column, by sheet; one name a new sheet. Keep both in the order of the book.
_FULL_YEAR = Lens(
    to=3,
    steps=(
        Added("sales_invoices", "terms"),
        Added("purchase_bills", "terms"),
        Added("parties", "terms"),
    ),
    sheets=("payment_terms",),
)
LENSES = (_POSTING, _FULL_YEAR)
