"""Budgets: whole rows, and entries and bills that stay within those that stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.budgets import (
    BUDGETS,
    MONTHS,
    NONE,
    STOP,
    UNIT,
    WARN,
    budget_for,
    moved_by_month,
    of_account,
    until_each,
)
from workbook_templates.books.ledger.company_amounts import company_amounts_of
from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.groups import DEBIT_TYPES
from workbook_templates.check import REQUIRED, named
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.senders import CONTROLLER
from workbook_templates.words import Words

MONTHS_DIFFER = Message(
    "months_differ",
    Words(
        id="Bulan-bulannya berjumlah {months}, bukan {amount}. Samakan, atau kosongkan setahunnya.",
        en="The months come to {months}, not {amount}. Make them equal, or leave the year blank.",
    ),
)
BUDGET_EXCEEDED = Message(
    "budget_exceeded",
    Words(
        id="Anggaran akun {account} {name} sampai {period} adalah {budget}; dengan dokumen ini "
        "realisasinya {actual}, lebih {over}. Kurangi jumlahnya, atau minta pengawas pembukuan "
        "(controller) mengirimnya.",
        en="The budget of account {account} {name} up to {period} is {budget}; with this document "
        "it comes to {actual}, {over} more. Lower the amount, or have a controller send it.",
    ),
)
BEYOND_BUDGET = Message(
    "beyond_budget",
    Words(
        id="Diterima, tetapi melampaui anggaran: akun {account} {name} sampai {period} dianggarkan "
        "{budget}; dengan dokumen ini realisasinya {actual}, lebih {over}.",
        en="Accepted, but beyond the budget: account {account} {name} up to {period} has {budget}; "
        "with this document it comes to {actual}, {over} more.",
    ),
)
Added = tuple[str, str, int, str]  # account, cost centre, debit in 1/10,000, id of its row


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which budgets and how it is said; `counted`: the sums have the document already."""

    policies: tuple[str, ...]
    message: Message = BUDGET_EXCEEDED
    counted: bool = True


def budget_is_whole(document: Document, known: Known) -> Iterator[Problem]:
    """A budget has its year's amount or its months, and if both, they are equal."""
    for line in document.lines:
        given = [line[column] for column in MONTHS if line[column] is not None]
        if not given and line["amount"] is None:
            heading = line.sheet.column("amount").heading
            yield REQUIRED(column="amount", row_id=line.id, **named(heading))
        elif given and line["amount"] is not None and sum(given) != line["amount"]:
            facts = {"months": sum(given), "amount": line["amount"]}
            yield MONTHS_DIFFER(column="amount", row_id=line.id, **facts)


def entry_is_within_budget(document: Document, known: Known) -> Iterator[Problem]:
    """A typed entry does not carry an account over a budget that stops; a controller's may."""
    if not document.lines or document.lines[0].source is not None or not _stops(known):
        return
    yield from _over(known, document, _added_by_entry(document), _Asked((STOP,)))


def bill_is_within_budget(document: Document, known: Known) -> Iterator[Problem]:
    """A bill does not carry an account over a budget that stops; a controller's may."""
    if document.lines and _stops(known):
        asked = _Asked((STOP,), counted=False)
        yield from _over(known, document, _added_by_bill(document, known), asked)


def entry_beyond_budget(document: Document, known: Known) -> Iterable[Problem]:
    """Told of a typed entry that carries an account over a budget that warns, or stops others."""
    policies = _told(known)
    if not (policies and document.lines and document.lines[0].source is None):
        return ()
    asked = _Asked(policies, BEYOND_BUDGET)
    return _over(known, document, _added_by_entry(document), asked)


def bill_beyond_budget(document: Document, known: Known) -> Iterable[Problem]:
    """Told of a bill that carries an account over a budget that warns, or stops others."""
    policies = _told(known)
    if not (policies and document.lines and known.row(JOURNAL, f"PB:{document.key}")):
        return ()
    asked = _Asked(policies, BEYOND_BUDGET)
    return _over(known, document, _added_by_bill(document, known), asked)


def _told(known: Known) -> tuple[str, ...]:
    """The policies of budgets of which this sender is told when they go beyond."""
    sender = known.sender
    if sender is None:
        return ()
    warns = known.where(BUDGETS, "policy", WARN)
    stops = known.where(BUDGETS, "policy", STOP) and sender.has(CONTROLLER)
    return (*((WARN,) if warns else ()), *((STOP,) if stops else ()))


def _stops(known: Known) -> bool:
    """Whether budgets may stop this sender; in a workbook nobody sends, and the server decides."""
    sender = known.sender
    if sender is None or sender.has(CONTROLLER):
        return False
    return bool(known.where(BUDGETS, "policy", STOP))


def _added_by_entry(entry: Document) -> list[Added]:
    """What an entry adds to the accounts in its month, less what it added before."""
    month = entry.text("date")[:7]
    return [*_typed(entry.lines, 1, month), *_typed(entry.before, -1, month)]


def _added_by_bill(bill: Document, known: Known) -> list[Added]:
    """What a bill adds to the accounts in its month, less what it added before."""
    before = Document(bill.sheet, bill.key, bill.before)
    lines = list(_billed(bill, known, 1))
    if before.lines and before.text("date")[:7] == bill.text("date")[:7]:
        lines += _billed(before, known, -1)
    return lines


def _typed(lines: Iterable[Line], sign: int, month: str) -> Iterator[Added]:
    for line in lines:
        if line.text("date")[:7] == month:
            units = int(((line["debit"] or NONE) - (line["credit"] or NONE)) * UNIT)
            yield line.text("account"), line.text("cost_centre"), sign * units, line.id


def _billed(bill: Document, known: Known, sign: int) -> Iterator[Added]:
    """What a bill's lines debit; a credit note credits them."""
    side = -sign if bill.text("kind") == "credit_note" else sign
    rows = {(line.text("account"), line.text("cost_centre")): line.id for line in bill.lines}
    amounts = company_amounts_of(bill, known)
    for (account, centre), amount in (*amounts.net.items(), *amounts.costs.items()):
        row_id = rows.get((account, centre), bill.lines[0].id)
        yield account, centre, int(side * amount * UNIT), row_id


def _over(known: Known, document: Document, lines: list[Added], asked: _Asked) -> Iterator[Problem]:
    """What is said of the budgets that the lines of a document carry too far."""
    month = document.text("date")[:7]
    added: dict[str, int] = {}
    places: dict[str, tuple[Line, str]] = {}
    for account, centre, units, row_id in lines:
        budget = budget_for(of_account(known, account, month[:4]), centre)
        if budget is not None and budget.text("policy") in asked.policies:
            added[budget.id] = added.get(budget.id, 0) + units
            places.setdefault(budget.id, (budget, row_id))
    for budget_id, units in added.items():
        if units > 0:
            budget, row_id = places[budget_id]
            for facts in _exceeded(known, budget, month, 0 if asked.counted else units):
                yield asked.message(column="account", row_id=row_id, **facts)


def _exceeded(known: Known, budget: Line, month: str, units: int) -> Iterator[dict[str, Any]]:
    """The figures of the first month, from that of the document on, that is over its budget."""
    account = known.row(ACCOUNTS, budget.text("account"))
    if account is None or account.text("type") not in DEBIT_TYPES:
        return
    rows = of_account(known, account.text("code"), month[:4])
    actual = accumulate(moved_by_month(known, budget, rows))
    for number, (spent, allowed) in enumerate(zip(actual, until_each(budget), strict=True), 1):
        if number >= int(month[5:]) and spent + units > allowed:
            yield {
                "account": account.text("code"),
                "name": account.text("name"),
                "period": f"{month[:4]}-{number:02}",
                "budget": _amount(allowed),
                "actual": _amount(spent + units),
                "over": _amount(spent + units - allowed),
            }
            return


def _amount(units: int) -> Decimal:
    return Decimal(units) / UNIT
