"""The inventory book: its sheets, the replay of costs, and its reports."""

from __future__ import annotations

from workbook_templates.books.inventory.costs import REPLAY
from workbook_templates.books.inventory.reports.low_stock import LOW_STOCK
from workbook_templates.books.inventory.reports.on_hand import STOCK_ON_HAND
from workbook_templates.books.inventory.reports.stock_card import STOCK_CARD
from workbook_templates.books.inventory.reports.valuation import STOCK_VALUATION
from workbook_templates.books.inventory.sheets import COUNTS, ITEMS, MOVES, WAREHOUSES
from workbook_templates.schema import Book
from workbook_templates.words import Words

BOOK = Book(
    key="inventory",
    title=Words(id="Persediaan", en="Inventory"),
    help=Words(
        id="Mutasi stok dan stok opname; biayanya dihitung dan dijurnal sendiri.",
        en="Stock moves and counts; their costs and journal entries follow by themselves.",
    ),
    sheets=(MOVES, COUNTS, ITEMS, WAREHOUSES),
    reports=(STOCK_ON_HAND, STOCK_CARD, STOCK_VALUATION, LOW_STOCK),
    replays=(REPLAY,),
    writers=frozenset({"warehouse"}),
    readers=frozenset({"accountant", "auditor"}),
)
