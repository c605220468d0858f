"""The fixed choices of assets, deferrals and budgets."""

from __future__ import annotations

from workbook_templates.books.ledger.assets import REPLACED, SALE, SCRAP
from workbook_templates.books.ledger.deferrals import INCOME, PREPAID
from workbook_templates.books.ledger.depreciation import (
    BY_DAY,
    BY_MONTH,
    DECLINING,
    DOUBLE,
    STRAIGHT,
)
from workbook_templates.columns import Option
from workbook_templates.words import Words

_STRAIGHT = Option(STRAIGHT, Words(id="Garis lurus", en="Straight line"))
_DECLINING = Option(DECLINING, Words(id="Saldo menurun", en="Declining balance"))
METHODS = (
    _STRAIGHT,
    _DECLINING,
    Option(DOUBLE, Words(id="Saldo menurun ganda", en="Double declining balance")),
)
FISCAL_METHODS = (_STRAIGHT, _DECLINING)
COUNTED = (
    Option(BY_MONTH, Words(id="Bulan penuh", en="Whole months")),
    Option(BY_DAY, Words(id="Harian", en="By days")),
)
DISPOSALS = (
    Option(SALE, Words(id="Dijual", en="Sold")),
    Option(SCRAP, Words(id="Dihapus", en="Scrapped")),
    Option(REPLACED, Words(id="Diganti baris lain", en="Replaced by another row")),
)
DEFERRAL_KINDS = (
    Option(PREPAID, Words(id="Beban dibayar di muka", en="Prepaid expense")),
    Option(INCOME, Words(id="Pendapatan diterima di muka", en="Deferred income")),
)
