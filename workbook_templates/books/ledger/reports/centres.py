"""Income and expenses by cost centre; all rows together are the income statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from workbook_templates.books.ledger.groups import ALL_GROUPS, group_of
from workbook_templates.books.ledger.reports.balances import amount_text, earned
from workbook_templates.books.ledger.reports.lines import ADDS, LEVEL
from workbook_templates.charts import Chart
from workbook_templates.columns import Code, Money, Text
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import month_end
from workbook_templates.words import Words

SHOWN = tuple(group for group in ALL_GROUPS if group.type in ("income", "expense"))
WITHOUT = Words(id="Tanpa pusat biaya", en="No cost centre")
TOTAL = Words(id="Jumlah perusahaan", en="Company total")
RESULT = Words(id="Laba (rugi)", en="Profit (loss)")
KEYS = (*(group.key for group in SHOWN), "result")

Figures = dict[str, int]  # by group, on its own side, and the result


def centre_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a cost centre, one for what has none, and the company; of whole months."""
    first, last = f"{request.first[:7]}-01", month_end(request.last)
    moved = {code: sums.balance for code, sums in earned(known, first, last).items()}
    company = _figures(known, moved)
    rows = [(code, "", _figures(known, sums)) for code, sums in _by_centre(known, first, last)]
    rest = {key: company[key] - sum(figures[key] for *_, figures in rows) for key in KEYS}
    rows.append(("", WITHOUT[known.company.language], rest))
    shown = [row for row in rows if any(row[2].values())]
    for code, name, figures in shown:
        head = {"level": "account", "cost_centre": code or None, "name": name or None}
        yield {**head, **_texts(figures)}
    if shown:
        head = {"level": "total", "name": TOTAL[known.company.language]}
        yield {**head, "adds": f"1..{len(shown)}", **_texts(company)}


def _by_centre(known: Known, first: str, last: str) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Balances of accounts by cost centre, without what closes a year."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sums = known.totals(
        "ledger.centre_balances",
        ("cost_centre", "account", "kind"),
        first={"date:month": first[:7]},
        last={"date:month": last[:7]},
    )
    for (centre, account, kind), (debit, credit) in sums.items():
        if centre and kind != "closing":
            found[centre][account] += debit - credit
    yield from sorted(found.items())


def _figures(known: Known, moved: Mapping[str, int]) -> Figures:
    figures = dict.fromkeys(KEYS, 0)
    for account in known.rows("ledger.accounts"):
        group, balance = group_of(account), moved.get(account.text("code"), 0)
        if group.key in figures:
            figures[group.key] += group.sign * balance
            figures["result"] -= balance
    return figures


def _texts(figures: Figures) -> dict[str, str | None]:
    return {key: amount_text(units) for key, units in figures.items()}


INCOME_BY_CENTRE = Report(
    key="income_by_cost_centre",
    title=Words(id="Laba Rugi per Pusat Biaya", en="Income by Cost Centre"),
    help=Words(
        id="Untuk bulan-bulan penuh. Jumlah semua baris adalah laba rugi perusahaan.",
        en="Of whole months. All rows together are the company's income statement.",
    ),
    spans="period",
    columns=(
        LEVEL,
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=16),
        Text("name", Words(id="Nama", en="Name"), width=24),
        ADDS,
        *(Money(group.key, group.words, width=17) for group in SHOWN),
        Money("result", RESULT, width=17),
    ),
    build=centre_rows,
    chart=Chart(("result",), "cost_centre", ("account",)),
)
