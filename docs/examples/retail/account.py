"""The account of a run: lines taken, lines refused and why, and what it all comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from docs.examples.retail.central import Central
from docs.examples.retail.classify import CREDIT_NOTE, INVOICE, Classified
from docs.examples.retail.commands import CommandFailed
from docs.examples.retail.paste import FIRST
from docs.examples.retail.raw import Refused
from docs.examples.retail.services import ACCOUNTS, SALES
from docs.examples.retail.sheets import Row
from workbook_templates.books import book

PENCE = Decimal("0.01")
LANDED = ("applied", "noop")
REVENUE_ACCOUNTS = {SALES, *(account.code for account in ACCOUNTS)}


@dataclass(frozen=True)
class Synced:
    """What was pasted into a workbook, by sheet, and what `lajur sync --json` answered."""

    rows: Mapping[str, Sequence[Row]]
    reply: Mapping[str, Any]

    def refused(self) -> dict[tuple[str, str], str]:
        """The first reason against each refused document, by sheet and document.

        Raises `CommandFailed` where the answer does not tell what became of every document.
        """
        found: dict[tuple[str, str], str] = {}
        for problem in self.reply["problems"]:
            sheet, number = problem["sheet"], problem["row"]
            if number and number - FIRST < len(self.rows.get(sheet, ())):
                row = self.rows[sheet][number - FIRST]
                found.setdefault((sheet, self._document(sheet, row)), problem["code"])
        landed = sum(self.reply["groups"].get(status, 0) for status in LANDED)
        unknown = len(self._documents()) - len(found) - landed
        if unknown:
            raise CommandFailed(f"{self.reply['file']}: {unknown} documents are unaccounted for")
        return found

    def _documents(self) -> set[tuple[str, str]]:
        return {(key, self._document(key, row)) for key, rows in self.rows.items() for row in rows}

    def _document(self, sheet: str, row: Row) -> str:
        columns = book(self.reply["book"]).sheet(sheet).key_columns
        return "|".join(str(row.cells[column]) for column in columns)


def account(found: Classified, ledger: Synced, inventory: Synced) -> dict[str, Any]:
    """How many lines went where. An invoiced line is taken when the ledger has it."""
    sales, moves = ledger.refused(), inventory.refused()
    sold = {sale.raw.number for sale in found.sales}
    refused = [*found.refused, *_refused_sales(found, sales)]
    unmoved = [(m.raw.number, moves.get(("moves", m.document))) for m in found.moves]
    stock_only = [Refused(n, why) for n, why in unmoved if why and n not in sold]
    refused += stock_only
    documents = {sale.document: sale.kind for sale in found.sales}
    kinds = Counter(k for d, k in documents.items() if ("sales_invoices", d) not in sales)
    return {
        "lines_read": found.read,
        "lines_taken": found.read - len(refused),
        "refused": dict(Counter(line.reason for line in refused)),
        "refused_amount": pence(sum((line.amount for line in refused), Decimal(0))),
        "stock_refused": dict(Counter(why for n, why in unmoved if why and n in sold)),
        "invoices": kinds[INVOICE],
        "credit_notes": kinds[CREDIT_NOTE],
        "stock_moves": len({m.document for m in found.moves}) - _count(moves, found),
        "customers": len(ledger.rows["parties"]),
        "items": len(inventory.rows["items"]),
    }


def totals(central: Central, as_of: str) -> dict[str, str]:
    """What the central copy says of the whole: revenue, receivables, the value of the stock."""
    balances = central.report("trial_balance", as_of)
    return {
        "revenue": pence(-_sum(balances, "balance", REVENUE_ACCOUNTS)),
        "receivable": pence(_sum(central.report("aged_receivables", as_of), "open")),
        "stock_value": pence(_sum(central.report("stock_valuation", as_of), "value")),
    }


def pence(amount: Decimal) -> str:
    """An amount with two decimals."""
    return str(amount.quantize(PENCE))


def _refused_sales(found: Classified, refused: Mapping[tuple[str, str], str]) -> Iterator[Refused]:
    for sale in found.sales:
        why = refused.get(("sales_invoices", sale.document))
        if why:
            yield Refused(sale.raw.number, why, sale.raw.amount)


def _count(refused: Mapping[tuple[str, str], str], found: Classified) -> int:
    """The refused stock moves that come from the file."""
    return sum(("moves", document) in refused for document in {m.document for m in found.moves})


def _sum(
    rows: Sequence[Mapping[str, Any]], column: str, accounts: set[str] | None = None
) -> Decimal:
    wanted = (row for row in rows if accounts is None or row["account"] in accounts)
    return sum((Decimal(row[column] or 0) for row in wanted), Decimal(0))
