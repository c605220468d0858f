"""The register of fixed assets on a day: cost, accumulated depreciation and book value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from workbook_templates import money
from workbook_templates.books.ledger.assets import Asset, all_assets, months_run
from workbook_templates.books.ledger.depreciation import NONE
from workbook_templates.books.ledger.reports.balances import Sums
from workbook_templates.books.ledger.reports.lines import ADDS, LEVEL
from workbook_templates.charts import Chart
from workbook_templates.columns import Code, Date, Integer, Money, Text
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import month_end
from workbook_templates.words import Words

UNIT = 10_000
TOTAL = Words(id="Jumlah aset tetap", en="Total fixed assets")
SUBTOTAL = Words(id="Jumlah {category}", en="Total {category}")
Value = tuple[Asset, Decimal, Decimal]  # an asset, its cost, what was depreciated


def register_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row an asset by category, each category's sum, and all together."""
    language, row, subtotals = known.company.language, 0, []
    values = on(known, request.as_of)
    for category, members in groupby(values, key=lambda value: value[0].category):
        of_category = list(members)
        yield from (_row(value) for value in of_category)
        first, row = row + 1, row + len(of_category) + 1
        subtotals.append(row)
        name = category.text("name") or category.text("category")
        yield {
            "level": "subtotal",
            "category": category.text("category"),
            "name": SUBTOTAL[language].format(category=name),
            "adds": f"{first}..{row - 1}",
            **_amounts(of_category),
        }
    if values:
        adds = " ".join(f"+{number}" for number in subtotals)
        yield {"level": "total", "name": TOTAL[language], "adds": adds, **_amounts(values)}


def on(known: Known, day: str) -> list[Value]:
    """The assets in the books at the end of a day, by category and code."""
    months = frozenset(month for month in months_run(known) if month_end(month) <= day)
    assets = (a for a in all_assets(known) if a.entered <= day and not "" < a.left <= day)
    found = [(asset, asset.cost, asset.accumulated(months)) for asset in assets]
    return sorted(found, key=lambda value: (value[0].row.text("category"), value[0].code))


def cost_and_balance(known: Known, day: str, posted: dict[str, Sums]) -> tuple[int, int]:
    """What assets cost by the accounts and by the register, in 1/10,000."""
    cost = sum((cost for _, cost, _ in on(known, day)), NONE)
    return _balance(known, posted, "asset_account"), int(cost * UNIT)


def accumulated_and_balance(known: Known, day: str, posted: dict[str, Sums]) -> tuple[int, int]:
    """What was depreciated by the accounts and by the register, in 1/10,000."""
    accumulated = sum((done for _, _, done in on(known, day)), NONE)
    return -_balance(known, posted, "accumulated_account"), int(accumulated * UNIT)


def _balance(known: Known, posted: dict[str, Sums], column: str) -> int:
    accounts = {row.text(column) for row in known.rows("ledger.asset_categories")}
    return sum(posted[account].balance for account in accounts if account in posted)


def _row(value: Value) -> Cells:
    asset = value[0]
    return {
        "level": "account",
        "category": asset.row.text("category"),
        "asset": asset.code,
        "name": asset.row.text("name"),
        "acquired": asset.row.text("acquired"),
        "life": str(asset.terms.life) if asset.terms else None,
        "cost_centre": asset.row.text("cost_centre") or None,
        **_amounts([value]),
    }


def _amounts(values: Iterable[Value]) -> Cells:
    cost = done = NONE
    for _, one, other in values:
        cost, done = cost + one, done + other
    return {
        "cost": money.text(cost),
        "accumulated": money.text(done),
        "book_value": money.text(cost - done),
    }


CATEGORY = Code("category", Words(id="Kategori", en="Category"), width=16)
ASSET = Code("asset", Words(id="Kode aset", en="Asset"), width=14)
NAME = Text("name", Words(id="Nama", en="Name"), width=32)
COST = Money("cost", Words(id="Harga perolehan", en="Cost"), width=18)
ACCUMULATED = Money(
    "accumulated", Words(id="Akumulasi penyusutan", en="Accumulated depreciation"), width=18
)
BOOK_VALUE = Money("book_value", Words(id="Nilai buku", en="Book value"), width=18)
ASSET_REGISTER = Report(
    key="asset_register",
    title=Words(id="Daftar Aset Tetap", en="Asset Register"),
    help=Words(
        id="Harga perolehan, akumulasi penyusutan yang sudah dijalankan dan nilai buku pada suatu "
        "tanggal; jumlahnya saldo akun aset dan akumulasinya.",
        en="Cost, depreciation that has been run and book value on a day; they come to the "
        "balances of the asset accounts and of what has accumulated.",
    ),
    columns=(
        LEVEL,
        CATEGORY,
        ASSET,
        NAME,
        Date("acquired", Words(id="Diperoleh", en="Acquired"), width=12),
        Integer("life", Words(id="Umur (bulan)", en="Life (months)"), width=12),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
        COST,
        ACCUMULATED,
        BOOK_VALUE,
        ADDS,
    ),
    build=register_rows,
    chart=Chart(("book_value",), "name", ("subtotal",)),
)
