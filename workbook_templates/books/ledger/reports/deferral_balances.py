"""What is still deferred on a day: prepaid expenses and deferred income, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates import money
from workbook_templates.books.ledger.asset_choices import DEFERRAL_KINDS
from workbook_templates.books.ledger.assets import months_run
from workbook_templates.books.ledger.deferrals import all_deferrals
from workbook_templates.books.ledger.depreciation import NONE
from workbook_templates.columns import Choice, Code, Date, Money, Text
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import month_end
from workbook_templates.words import Words


def deferral_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row for what has begun and is not used up, by the months whose runs are there."""
    done = {month for month in months_run(known) if month_end(month) <= request.as_of}
    for row, planned in all_deferrals(known):
        used = sum((amount for month, amount in planned.items() if month in done), NONE)
        if row.text("first") <= request.as_of and row["amount"] != used:
            yield {
                "deferral": row.text("deferral"),
                "kind": row.text("kind"),
                "description": row.text("description"),
                "account": row.text("deferred_account"),
                "first": row.text("first"),
                "last": max(planned, default=None),
                "amount": row.text("amount"),
                "recognised": money.text(used),
                "rest": money.text(row["amount"] - used),
            }


DEFERRAL_BALANCES = Report(
    key="deferral_balances",
    title=Words(id="Saldo Ditangguhkan", en="Deferral Balances"),
    help=Words(
        id="Sisa beban dibayar di muka dan pendapatan diterima di muka pada suatu tanggal.",
        en="What is left of prepaid expenses and deferred income on a day.",
    ),
    columns=(
        Code("deferral", Words(id="Kode", en="Deferral"), width=14),
        Choice("kind", Words(id="Jenis", en="Kind"), width=26, choices=DEFERRAL_KINDS),
        Text("description", Words(id="Uraian", en="Description"), width=32),
        Code("account", Words(id="Akun", en="Account"), width=12),
        Date("first", Words(id="Mulai", en="From"), width=12),
        Code("last", Words(id="Bulan terakhir", en="Last month"), width=14),
        Money("amount", Words(id="Jumlah", en="Amount"), width=18),
        Money("recognised", Words(id="Sudah diakui", en="Recognised"), width=18),
        Money("rest", Words(id="Sisa", en="Rest"), width=18),
    ),
    build=deferral_rows,
    sums=("amount", "recognised", "rest"),
)
