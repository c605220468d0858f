"""The report of reminders: customer by customer what is late, and the letter for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates import money
from workbook_templates.books.ledger.dunning import Reminder, reminders
from workbook_templates.books.ledger.reports.aged import days_late
from workbook_templates.books.ledger.reports.balances import amount_text
from workbook_templates.books.ledger.reports.lines import ADDS, LEVEL
from workbook_templates.columns import Code, Date, Integer, Money, Text
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words

ASKED = Words(id="Jumlah yang ditagih", en="Amount asked for")


def dunning_rows(known: Known, request: ReportRequest) -> list[Cells]:
    """A block a customer: its late instalments, credits taken off, what is asked, the letter."""
    names = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
    rows: list[Cells] = []
    for reminder in reminders(known, request.as_of):
        name = names.get(reminder.party) or reminder.party
        rows.append({"level": "heading", "party": reminder.party, "name": name})
        first = len(rows) + 1
        rows += _items(reminder, request.as_of)
        asked = {"party": reminder.party, "name": ASKED[known.company.language]}
        rows.append(
            {
                **asked,
                "level": "subtotal",
                "adds": f"{first}..{len(rows)}",
                "reminder": reminder.level.text("level") if reminder.level else None,
                "amount": money.text(reminder.amount),
                "fee": money.text(reminder.fee) if reminder.fee else None,
            }
        )
        if letter := reminder.text(known.company.language):
            rows.append({"level": "text", "party": reminder.party, "name": letter})
    return rows


def _items(reminder: Reminder, as_of: str) -> Iterator[Cells]:
    fee = reminder.fee  # on the first line that reached the level, so that the figures add up
    for item, level in reminder.items:
        bears_it = fee and level is reminder.level
        yield {
            "level": "account",
            "party": item.party,
            "document": item.document,
            "date": item.dated,
            "due": item.due,
            "days_late": str(max(days_late(item, as_of), 0)),
            "reminder": level.text("level") if level else None,
            "amount": amount_text(item.units),
            "fee": money.text(fee) if bears_it else None,
        }
        fee = Decimal(0) if bears_it else fee


DUNNING = Report(
    key="dunning",
    title=Words(id="Teguran Piutang", en="Dunning"),
    help=Words(
        id="Angsuran yang terlambat per pelanggan, tingkat tegurannya, dan kalimat suratnya.",
        en="Late instalments by customer, the level of the reminder, and the words of its letter.",
    ),
    columns=(
        LEVEL,
        Code("party", Words(id="Pelanggan", en="Customer"), width=12),
        Text("name", Words(id="Nama", en="Name"), width=40),
        ADDS,
        Code("document", Words(id="Dokumen", en="Document"), width=16),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Date("due", Words(id="Jatuh tempo", en="Due"), width=12),
        Integer("days_late", Words(id="Hari terlambat", en="Days late"), width=12),
        Code("reminder", Words(id="Teguran ke", en="Reminder"), width=11),
        Money("amount", Words(id="Jumlah", en="Amount"), width=18),
        Money("fee", Words(id="Denda", en="Fee"), width=14),
    ),
    build=dunning_rows,
)
