"""The final tax on turnover of a small business: month by month, with what is free in the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from workbook_templates.books.ledger.groups import group_of
from workbook_templates.books.ledger.invoices import SALES
from workbook_templates.books.ledger.reports.balances import amount_text
from workbook_templates.books.ledger.reports.tax_documents import UNIT, money_text, taxed
from workbook_templates.books.ledger.tax_registration import registration_on
from workbook_templates.books.ledger.taxes import WITHHOLDING
from workbook_templates.columns import Money, Month
from workbook_templates.packs import pack
from workbook_templates.packs.rounding import rounding
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import month_end
from workbook_templates.words import Words

TABLE, REVENUE, INCOME_TAX = "turnover_tax", "revenue", "income_tax"
PERSON, REGIMES = "turnover_person", ("turnover_person", "turnover_entity")


def turnover_tax_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """The months of the span's last year up to its end; turnover counts from January."""
    turnover = turnover_by_month(known, request.last)
    withheld = _withheld_by_month(known, request.last)
    so_far = Decimal(0)
    for number in range(1, int(request.last[5:7]) + 1):
        month = f"{request.last[:4]}-{number:02}"
        amount = Decimal(turnover[month]) / UNIT
        if month >= request.first[:7] and (due := _tax(known, month, so_far, amount)):
            taxable, tax = due
            kept = withheld[month]
            yield {
                "month": month,
                "turnover": amount_text(turnover[month]),
                "so_far": money_text(so_far + amount),
                "free": money_text(amount - taxable),
                "taxable": money_text(taxable),
                "tax": money_text(tax),
                "withheld": money_text(kept),
                "payable": money_text(tax - kept),
            }
        so_far += amount


def turnover_by_month(known: Known, last: str) -> dict[str, int]:
    """Revenue of each month of the year up to a day's month, in 1/10,000; closing left out."""
    accounts = {
        r.text("code") for r in known.rows("ledger.accounts") if group_of(r).key == "revenue"
    }
    found: dict[str, int] = defaultdict(int)
    first, to = {"date:month": f"{last[:4]}-01"}, {"date:month": last[:7]}
    by, closing = ("account", "date:month"), {"kind": "closing"}
    for sign, posted in (
        (1, known.totals("ledger.balances", by, first=first, last=to)),
        (-1, known.totals("ledger.entry_kinds", by, equal=closing, first=first, last=to)),
    ):
        for (account, month), (debit, credit) in posted.items():
            if account in accounts:
                found[month] += sign * (credit - debit)
    return found


def accounts_of(known: Known, group: str) -> set[str]:
    """The codes of the accounts under a caption of the statements."""
    rows = known.rows("ledger.accounts")
    return {row.text("code") for row in rows if group_of(row).key == group}


def _rule_on(known: Known, day: str) -> Mapping[str, Any] | None:
    """What the company's pack says of the tax on a day; None where it knows none."""
    table = pack(known.company.pack).tables.get(TABLE)
    row = table.find(date.fromisoformat(day)) if table else None
    return row.value if row else None


def _tax(
    known: Known, month: str, so_far: Decimal, amount: Decimal
) -> tuple[Decimal, Decimal] | None:
    """What of a month's turnover is taxed, and the tax; None where the company is not so taxed."""
    day = month_end(month)
    registered, rule = registration_on(known, day), _rule_on(known, day)
    regime = registered.text("regime") if registered else ""
    if rule is None or regime not in REGIMES:
        return None
    free = Decimal(rule["exempt_person"]) if regime == PERSON else Decimal(0)
    taxable = max(Decimal(0), so_far + amount - free) - max(Decimal(0), so_far - free)
    return taxable, rounding(rule["rounding"])(taxable * Decimal(rule["percent"]) / 100)


def _withheld_by_month(known: Known, last: str) -> dict[str, Decimal]:
    """The same tax, by its rate, that customers withheld already, by month of the invoice."""
    rule = _rule_on(known, last)
    rate = Decimal(rule["percent"]) if rule else None
    found: dict[str, Decimal] = defaultdict(Decimal)
    final = accounts_of(known, INCOME_TAX)
    for each in taxed(known, f"{last[:4]}-01-01", last):
        if (
            each.row.text("kind") == WITHHOLDING
            and each.trade is SALES
            and each.tax.account in final
            and each.tax.rate == rate
        ):
            found[each.document.text("date")[:7]] += each.sign * each.tax.stated
    return found


TURNOVER_TAX = Report(
    key="turnover_tax",
    title=Words(id="PPh Final atas Omzet", en="Final Tax on Turnover"),
    help=Words(
        id="Pajak final usaha kecil setiap bulan dari pendapatan usaha, menurut lembar Data Pajak.",
        en="The final tax of a small business each month on its revenue, by Tax Registration.",
    ),
    columns=(
        Month("month", Words(id="Masa", en="Month"), width=12),
        Money("turnover", Words(id="Omzet", en="Turnover"), width=20),
        Money("so_far", Words(id="Kumulatif", en="So far this year"), width=20),
        Money("free", Words(id="Tidak dikenai", en="Free of tax"), width=18),
        Money("taxable", Words(id="Dikenai", en="Taxable"), width=18),
        Money("tax", Words(id="Pajak", en="Tax"), width=16),
        Money("withheld", Words(id="Sudah dipotong", en="Withheld already"), width=16),
        Money("payable", Words(id="Disetor sendiri", en="To be paid"), width=16),
    ),
    build=turnover_tax_rows,
    spans="period",
    sums=("turnover", "free", "taxable", "tax", "withheld", "payable"),
)
