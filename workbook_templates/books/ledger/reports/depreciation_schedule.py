"""The plan of depreciation: each asset month by month, run or still to come."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates import money
from workbook_templates.books.ledger.assets import Asset, all_assets, months_run
from workbook_templates.books.ledger.reports.asset_register import (
    ACCUMULATED,
    ASSET,
    BOOK_VALUE,
    CATEGORY,
    NAME,
)
from workbook_templates.columns import Flag, Money, Month
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words


def schedule_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a month of each asset, by month and asset; the month in which it leaves included."""
    first, last, done = request.first[:7], request.last[:7], months_run(known)
    rows = [
        {**row, "run": "true" if row["month"] in done else "false"}
        for asset in all_assets(known)
        for row in _months(asset, first, last)
    ]
    yield from sorted(rows, key=lambda row: (row["month"], row["category"], row["asset"]))


def _months(asset: Asset, first: str, last: str) -> Iterator[dict[str, str]]:
    accumulated = asset.before
    for month in sorted(asset.planned):
        amount = asset.final if month == asset.left[:7] else asset.in_run(month)
        accumulated += amount
        if amount and first <= month <= last:
            yield {
                "month": month,
                "category": asset.row.text("category"),
                "asset": asset.code,
                "name": asset.row.text("name"),
                "amount": money.text(amount),
                "accumulated": money.text(accumulated),
                "book_value": money.text(asset.cost - accumulated),
            }


DEPRECIATION_SCHEDULE = Report(
    key="depreciation_schedule",
    title=Words(id="Rencana Penyusutan", en="Depreciation Schedule"),
    help=Words(
        id="Penyusutan setiap aset bulan demi bulan, yang sudah dan yang belum dijalankan.",
        en="The depreciation of each asset month by month, run or not yet.",
    ),
    spans="period",
    columns=(
        Month("month", Words(id="Bulan", en="Month"), width=12),
        CATEGORY,
        ASSET,
        NAME,
        Money("amount", Words(id="Penyusutan", en="Depreciation"), width=18),
        ACCUMULATED,
        BOOK_VALUE,
        Flag("run", Words(id="Sudah dijalankan", en="Run"), width=14),
    ),
    build=schedule_rows,
    sums=("amount",),
)
