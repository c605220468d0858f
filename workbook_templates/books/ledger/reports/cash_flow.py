"""Cash flows (arus kas) by the direct and the indirect method; both come to the same parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from workbook_templates.books.ledger.groups import FINANCING, INVESTING, OPERATING
from workbook_templates.books.ledger.reports.balances import NOTHING, balances
from workbook_templates.books.ledger.reports.cash_entries import (
    AccountFlow,
    Moved,
    account_flows,
    cash_accounts,
)
from workbook_templates.books.ledger.reports.cash_purposes import ALL_LINES, purpose_of
from workbook_templates.books.ledger.reports.lines import (
    AMOUNT,
    COLUMNS,
    Amounts,
    Entry,
    Statement,
    Total,
    columns_over,
    requests_of,
)
from workbook_templates.charts import Chart
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.spans import day_before
from workbook_templates.words import Words

RECEIVED = Words(id="Penerimaan: {name}", en="Received: {name}")
SPENT = Words(id="Pengeluaran: {name}", en="Spent: {name}")
PROCEEDS = Words(id="Hasil: {name}", en="Proceeds: {name}")
RISE_OF_ASSET = Words(id="(Kenaikan) penurunan {name}", en="(Increase) decrease in {name}")
RISE_OF_DEBT = Words(id="Kenaikan (penurunan) {name}", en="Increase (decrease) in {name}")
PROFIT = Words(id="Laba (rugi) setelah pajak penghasilan", en="Profit (loss) after income tax")
ADJUSTMENTS = Words(
    id="Penyesuaian atas pos tanpa arus kas operasi",
    en="Adjustments for what is no operating cash flow",
)
WORKING_CAPITAL = Words(id="Perubahan modal kerja", en="Changes in working capital")
CAPTIONS = {
    OPERATING: Words(id="Aktivitas operasi", en="Operating activities"),
    INVESTING: Words(id="Aktivitas investasi", en="Investing activities"),
    FINANCING: Words(id="Aktivitas pendanaan", en="Financing activities"),
}
SUMS = {
    OPERATING: Words(
        id="Kas neto dari (untuk) aktivitas operasi",
        en="Net cash from (used in) operating activities",
    ),
    INVESTING: Words(
        id="Kas neto dari (untuk) aktivitas investasi",
        en="Net cash from (used in) investing activities",
    ),
    FINANCING: Words(
        id="Kas neto dari (untuk) aktivitas pendanaan",
        en="Net cash from (used in) financing activities",
    ),
}
NET = Words(id="Kenaikan (penurunan) neto kas", en="Net increase (decrease) in cash")
OPENING = Words(id="Kas dan setara kas awal periode", en="Cash at the beginning of the period")
ENDING = Words(id="Kas dan setara kas akhir periode", en="Cash at the end of the period")

Flows = Sequence[AccountFlow]


def direct_rows(known: Known, request: ReportRequest) -> list[Cells]:
    """What was received and paid, by purpose; it ends at the balance of the cash accounts."""
    return _rows(known, request, _direct)


def indirect_rows(known: Known, request: ReportRequest) -> list[Cells]:
    """From the profit, less what brought no cash, to what the direct method says."""
    return _rows(known, request, _indirect)


def _rows(
    known: Known, request: ReportRequest, operations: Callable[[Statement, str, Flows], None]
) -> list[Cells]:
    spans, language = requests_of(request), known.company.language
    flows = account_flows(known, spans)
    statement = Statement(language, len(spans))
    operations(statement, language, flows)
    for part in (INVESTING, FINANCING):
        entries = [e for f in flows if f.flow == part for e in _gross(f, language)]
        statement.caption(part, CAPTIONS[part], entries, SUMS[part][language])
    statement.total(Total("net", NET, (OPERATING, INVESTING, FINANCING)))
    opened = tuple(_cash_on(known, day_before(span.first)) for span in spans)
    statement.line("opening", OPENING, opened)
    statement.total(Total("ending", ENDING, ("net", "opening")))
    return statement.rows


def _direct(statement: Statement, language: str, flows: Flows) -> None:
    lines: dict[Words, list[AccountFlow]] = {words: [] for words in ALL_LINES}
    for flow in flows:
        if flow.flow == OPERATING:
            lines[purpose_of(flow.account)].append(flow)
    entries = [
        Entry(words[language], statement.added(_each(f, lambda m: -m.with_cash) for f in taken))
        for words, taken in lines.items()
        if taken
    ]
    statement.caption(OPERATING, CAPTIONS[OPERATING], entries, SUMS[OPERATING][language])


def _indirect(statement: Statement, language: str, flows: Flows) -> None:
    earned = [_each(f, lambda m: -m.balance) for f in flows if f.is_nominal]
    statement.line("profit", PROFIT, statement.added(earned))
    adjustments = [_entry(f, "{name}", _adjusts(f)) for f in flows if f.flow != OPERATING]
    statement.caption("adjustments", ADJUSTMENTS, adjustments)
    capital = [
        _entry(f, _rise(f)[language], lambda m: -m.balance)
        for f in flows
        if f.flow == OPERATING and not f.is_nominal
    ]
    statement.caption("working_capital", WORKING_CAPITAL, capital)
    parts = ("profit", "adjustments", "working_capital")
    statement.total(Total(OPERATING, SUMS[OPERATING], parts))


def _adjusts(flow: AccountFlow) -> Callable[[Moved], int]:
    """Of a gain or loss: it belongs to investing. Of an asset or debt: what moved without cash,
    such as depreciation, lessened the profit and no money.
    """
    if flow.is_nominal:
        return lambda m: m.with_cash
    return lambda m: -m.without_cash


def _gross(flow: AccountFlow, language: str) -> Iterator[Entry]:
    """What was received does not lessen what was spent."""
    received = PROCEEDS if flow.is_nominal else RECEIVED
    yield _entry(flow, received[language], lambda m: m.received)
    yield _entry(flow, SPENT[language], lambda m: -m.spent)


def _rise(flow: AccountFlow) -> Words:
    return RISE_OF_ASSET if flow.account.text("type") == "asset" else RISE_OF_DEBT


def _entry(flow: AccountFlow, text: str, amount: Callable[[Moved], int]) -> Entry:
    name = text.format(name=flow.account.text("name"))
    return Entry(name, _each(flow, amount), flow.account.text("code"))


def _each(flow: AccountFlow, amount: Callable[[Moved], int]) -> Amounts:
    return tuple(amount(moved) for moved in flow.spans)


def _cash_on(known: Known, day: str) -> int:
    sums = balances(known, day)
    return sum(sums.get(code, NOTHING).balance for code in cash_accounts(known))


def _report(key: str, title: Words, build: Callable[[Known, ReportRequest], list[Cells]]) -> Report:
    return Report(
        key=key,
        title=title,
        spans="period",
        columns=(*COLUMNS, AMOUNT),
        build=build,
        columns_for=columns_over,
        chart=Chart(("amount", "compared"), "name", ("subtotal", "total")),
    )


CASH_FLOW_DIRECT = _report(
    "cash_flow_direct",
    Words(id="Arus Kas (Langsung)", en="Cash Flows (Direct)"),
    direct_rows,
)
CASH_FLOW_INDIRECT = _report(
    "cash_flow_indirect",
    Words(id="Arus Kas (Tidak Langsung)", en="Cash Flows (Indirect)"),
    indirect_rows,
)
