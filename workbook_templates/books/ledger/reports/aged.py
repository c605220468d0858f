"""Aged receivables and payables: the open items of the control account by days past due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.invoices import PURCHASES, SALES, Trade
from workbook_templates.books.ledger.reports.balances import amount_text
from workbook_templates.charts import Chart
from workbook_templates.columns import Code, Date, Integer, Money, Text
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

# The last day past due of each bucket but the last.
BUCKETS = (("not_due", 0), ("days_1_30", 30), ("days_31_60", 60), ("days_61_90", 90))
OVER = "over_90"
LATEST = "9999-12-31"
AGES = (*(key for key, _ in BUCKETS), OVER)


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What is open of one instalment of a document, in 1/10,000.

    A payment on account or a credit is negative.
    """

    party: str
    document: str
    dated: str
    due: str
    units: int


@dataclass(slots=True)
class _Postings:
    """What the control account says of one document: charges by due date, the rest settles.

    With the first day of either.
    """

    charged: dict[str, int] = field(default_factory=dict)
    charged_on: str = LATEST
    settled: int = 0
    settled_on: str = LATEST


def aged_rows(trade: Trade) -> Callable[[Known, ReportRequest], Iterable[Cells]]:
    """The report of one side; all rows together are the control account's balance that day."""

    def rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
        names = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
        for item in open_items(known, trade, request.as_of):
            name = names.get(item.party, "")
            yield {"party": item.party, "name": name, **_aged(item, request.as_of)}

    return rows


def open_items(known: Known, trade: Trade, as_of: str, currency: str = "") -> list[OpenItem]:
    """The instalments of the control account that are not zero at a date, by party and date: all
    in company currency, or those in another one in that.

    What is paid or credited settles the instalment that is due first.
    """
    control = account_of_role(known, trade.control)
    if control is None:
        return []
    found: dict[tuple[str, str], _Postings] = defaultdict(_Postings)
    for line in known.where("ledger.journal", "account", control.text("code")):
        if line.text("date") <= as_of and currency in ("", line.text("currency")):
            key = (line.text("party"), line.text("document") or line.text("entry"))
            _post(found[key], line, trade.side * _units(line, currency))
    opened = [item for key, postings in found.items() for item in _open(*key, postings)]
    return sorted(opened, key=lambda item: (item.party, item.dated, item.document, item.due))


def _post(postings: _Postings, line: Line, units: int) -> None:
    if due := line.text("due"):
        postings.charged[due] = postings.charged.get(due, 0) + units
        postings.charged_on = min(postings.charged_on, line.text("date"))
    else:
        postings.settled += units
        postings.settled_on = min(postings.settled_on, line.text("date"))


def _open(party: str, document: str, postings: _Postings) -> Iterator[OpenItem]:
    """The instalments that are left; what settles more than all of them stays on the last one."""
    dated = postings.charged_on if postings.charged else postings.settled_on
    charged = sorted(postings.charged.items()) or [(dated, 0)]
    left = postings.settled
    for n, (due, units) in enumerate(charged, start=1):
        taken = left if n == len(charged) else _opposite_part(left, units)
        left -= taken
        if units + taken:
            yield OpenItem(party, document, dated, due, units + taken)


def _opposite_part(settled: int, charged: int) -> int:
    """As much of what settles as takes a charge to nothing."""
    return -min(charged, max(-settled, 0)) if charged > 0 else min(-charged, max(settled, 0))


def _units(line: Line, currency: str) -> int:
    debit, credit = line.text("debit"), line.text("credit")
    if currency:
        units = int(line.text("foreign_amount").replace(".", "") or 0) * 100
        return units if debit else -units
    return (int(debit.replace(".", "") or 0) - int(credit.replace(".", "") or 0)) * 100


def days_late(item: OpenItem, as_of: str) -> int:
    """Days since it was due; zero or less until then."""
    return (date.fromisoformat(as_of) - date.fromisoformat(item.due)).days


def _aged(item: OpenItem, as_of: str) -> Cells:
    late = days_late(item, as_of)
    bucket = next((key for key, last in BUCKETS if late <= last), OVER)
    amount = amount_text(item.units)
    return {
        "document": item.document,
        "date": item.dated,
        "due": item.due,
        "days_late": str(max(late, 0)),
        "open": amount,
        bucket: amount,
    }


def _columns(party: Words) -> tuple[Code | Text | Date | Integer | Money, ...]:
    headings = (
        ("open", Words(id="Terbuka", en="Open")),
        ("not_due", Words(id="Belum jatuh tempo", en="Not due")),
        ("days_1_30", Words(id="1-30 hari", en="1-30 days")),
        ("days_31_60", Words(id="31-60 hari", en="31-60 days")),
        ("days_61_90", Words(id="61-90 hari", en="61-90 days")),
        ("over_90", Words(id="Di atas 90 hari", en="Over 90 days")),
    )
    return (
        Code("party", party, width=12),
        Text("name", Words(id="Nama", en="Name"), width=28),
        Code("document", Words(id="Dokumen", en="Document"), width=16),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Date("due", Words(id="Jatuh tempo", en="Due"), width=12),
        Integer("days_late", Words(id="Hari terlambat", en="Days late"), width=12),
        *(Money(key, words, width=16) for key, words in headings),
    )


AGED_RECEIVABLES = Report(
    key="aged_receivables",
    title=Words(id="Umur Piutang", en="Aged Receivables"),
    columns=_columns(Words(id="Pelanggan", en="Customer")),
    build=aged_rows(SALES),
    sums=("open", *AGES),
    chart=Chart(AGES),
)
AGED_PAYABLES = Report(
    key="aged_payables",
    title=Words(id="Umur Utang", en="Aged Payables"),
    columns=_columns(Words(id="Pemasok", en="Supplier")),
    build=aged_rows(PURCHASES),
    sums=("open", *AGES),
    chart=Chart(AGES),
)
