"""Depreciation as the tax law has it, kept beside the books: by groups of the company's pack.

It begins in the month of the expenditure, knows no residual value, and counts whole months.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from workbook_templates.books.ledger.assets import Asset, of_row
from workbook_templates.books.ledger.depreciation import (
    DECLINING,
    NONE,
    STRAIGHT,
    Planned,
    Terms,
    held,
    schedule,
)
from workbook_templates.packs import pack

TABLE = "fiscal_depreciation"
Groups = dict[str, dict[str, Any]]  # by group: years, and percent a year by method


def fiscal_groups(pack_name: str, day: str) -> Groups:
    """The groups of a pack on a day; none where the pack has no such rules."""
    tables = pack(pack_name).tables
    row = tables[TABLE].find(date.fromisoformat(day)) if TABLE in tables and day else None
    return row.value if row else {}


def group_of(asset: Asset) -> str:
    """The fiscal group of an asset, its own or its category's; "" where it has none."""
    return of_row(asset.row, asset.category, "fiscal_group")


def method_of(asset: Asset) -> str:
    """The fiscal method of its category."""
    return asset.category.text("fiscal_method") or STRAIGHT


def fiscal_planned(asset: Asset, pack_name: str) -> Planned:
    """Fiscal depreciation by month until the asset leaves; nothing without a group."""
    acquired = asset.row.text("acquired")
    group = fiscal_groups(pack_name, acquired).get(group_of(asset))
    if group is None:
        return {}
    method = DECLINING if method_of(asset) == DECLINING and "declining" in group else STRAIGHT
    rate = Decimal(group["declining"]) if method == DECLINING else NONE
    life = int(group["years"]) * 12
    terms = Terms(asset.cost, NONE, method, life, f"{acquired[:7]}-01", rate)
    return {
        month: amount
        for month, amount in schedule(terms).items()
        if not asset.left
        or month < asset.left[:7]
        or (month == asset.left[:7] and held(terms, month, asset.left))
    }
