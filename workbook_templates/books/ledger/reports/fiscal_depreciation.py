"""Fiscal depreciation beside that of the books: the difference corrects the taxable income."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.asset_choices import FISCAL_METHODS
from workbook_templates.books.ledger.assets import Asset, all_assets, months_run
from workbook_templates.books.ledger.depreciation import NONE, Planned
from workbook_templates.books.ledger.fiscal import fiscal_planned, group_of, method_of
from workbook_templates.books.ledger.reports.asset_register import ASSET, COST, NAME
from workbook_templates.columns import Choice, Code, Date, Money
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words


def fiscal_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row an asset that was depreciated in the months of a span, or has a fiscal value then."""
    first, last = request.first[:7], request.last[:7]
    done = frozenset(month for month in months_run(known) if first <= month <= last)
    for asset in sorted(all_assets(known), key=lambda asset: (group_of(asset), asset.code)):
        planned = fiscal_planned(asset, known.company.pack)
        before = sum((a for month, a in planned.items() if month < first), NONE)
        fiscal = _within(planned, first, last)
        commercial = sum((asset.in_run(month) for month in done), NONE)
        if first <= asset.left[:7] <= last:
            commercial += asset.final
        gone = "" < asset.left < request.first
        if asset.row.text("acquired") <= request.last and (fiscal or commercial or not gone):
            yield {**_named(asset), **_amounts(asset, before, fiscal, commercial, request)}


def _within(planned: Planned, first: str, last: str) -> Decimal:
    return sum((amount for month, amount in planned.items() if first <= month <= last), NONE)


def _named(asset: Asset) -> Cells:
    group = group_of(asset)
    return {
        "group": group or None,
        "method": method_of(asset) if group else None,
        "asset": asset.code,
        "name": asset.row.text("name"),
        "acquired": asset.row.text("acquired"),
    }


def _amounts(
    asset: Asset, before: Decimal, fiscal: Decimal, commercial: Decimal, request: ReportRequest
) -> Cells:
    left = "" < asset.left <= request.last
    book = NONE if left else asset.cost - before - fiscal
    return {
        "cost": money.text(asset.cost),
        "fiscal_before": money.text(before),
        "fiscal": money.text(fiscal),
        "fiscal_book_value": money.text(book),
        "commercial": money.text(commercial),
        "difference": money.text(commercial - fiscal),
    }


FISCAL_DEPRECIATION = Report(
    key="fiscal_depreciation",
    title=Words(id="Penyusutan Fiskal", en="Fiscal Depreciation"),
    help=Words(
        id="Penyusutan menurut pajak dan menurut buku. Selisih positif menambah penghasilan kena "
        "pajak (koreksi fiskal positif), selisih negatif menguranginya.",
        en="Depreciation by the tax law and by the books. A positive difference adds to taxable "
        "income, a negative one lowers it.",
    ),
    spans="period",
    columns=(
        Code("group", Words(id="Kelompok fiskal", en="Fiscal group"), width=13),
        Choice(
            "method", Words(id="Metode fiskal", en="Fiscal method"), width=18,
            choices=FISCAL_METHODS,
        ),
        ASSET,
        NAME,
        Date("acquired", Words(id="Diperoleh", en="Acquired"), width=12),
        COST,
        Money("fiscal_before", Words(id="Akumulasi fiskal awal", en="Fiscal before"), width=18),
        Money("fiscal", Words(id="Penyusutan fiskal", en="Fiscal depreciation"), width=18),
        Money("fiscal_book_value", Words(id="Nilai buku fiskal", en="Fiscal value"), width=18),
        Money("commercial", Words(id="Penyusutan buku", en="Depreciation booked"), width=18),
        Money("difference", Words(id="Koreksi fiskal", en="Fiscal correction"), width=18),
    ),
    build=fiscal_rows,
    sums=("cost", "fiscal_before", "fiscal", "fiscal_book_value", "commercial", "difference"),
)  # fmt: skip
