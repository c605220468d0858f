"""Fixed assets: what each costs, what was depreciated, and the entry with which it leaves.

What was bought is posted by its bill or entry; the register says what follows from it. An asset
that was split keeps its row and its cost; the part has a row of its own and comes out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workbook_templates import money
from workbook_templates.books.ledger.depreciation import (
    BY_MONTH,
    MOST_MONTHS,
    NONE,
    STRAIGHT,
    Planned,
    Terms,
    held,
    rounded,
    schedule,
)
from workbook_templates.periods import is_locked
from workbook_templates.schema import Cells, Document, Known, Line, Proposal
from workbook_templates.spans import month_end
from workbook_templates.words import Words

JOURNAL = "ledger.journal"
ASSETS, CATEGORIES, RUNS = "ledger.assets", "ledger.asset_categories", "ledger.depreciation_runs"
SALE, SCRAP, REPLACED = "sale", "scrap", "replaced"
LEAVING = {
    SALE: Words(id="Penjualan aset {asset}", en="Sale of asset {asset}"),
    SCRAP: Words(id="Penghapusan aset {asset}", en="Scrapping of asset {asset}"),
    REPLACED: Words(id="Penggantian aset {asset}", en="Replacement of asset {asset}"),
}
OF_RESULT = ("expense_account", "disposal_account")  # their lines have the asset's cost centre


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset as it counts: without the parts that were split off it."""

    row: Line
    category: Line
    terms: Terms | None  # of what it was before it was split; None: not depreciated
    cost: Decimal
    before: Decimal  # depreciated when it was taken over
    planned: Planned  # depreciation by month, as if it never left

    @property
    def code(self) -> str:
        """The code by which it is known."""
        return self.row.text("asset")

    @property
    def left(self) -> str:
        """The day on which it leaves; "" while it does not."""
        return self.row.text("disposed_on")

    @property
    def entered(self) -> str:
        """The first day on which it stands in the books."""
        until = self.terms.until if self.terms else self.row.text("accumulated_until")
        return max(self.row.text("acquired"), month_end(until) if until else "")

    def in_run(self, month: str) -> Decimal:
        """What a run of the month depreciates: nothing from the month on in which it leaves."""
        return self.planned.get(month, NONE) if not self.left or month < self.left[:7] else NONE

    @property
    def final(self) -> Decimal:
        """The depreciation of the month in which it leaves, up to that day."""
        amount = self.planned.get(self.left[:7]) if self.left and self.terms else None
        if amount is None or self.terms is None:
            return NONE
        return rounded(Fraction(amount) * held(self.terms, self.left[:7], self.left))

    def accumulated(self, months: frozenset[str]) -> Decimal:
        """Depreciated at the end of months whose runs are there."""
        return self.before + sum((self.in_run(month) for month in months), NONE)


def asset_of(row: Line, known: Known, category: Line | None = None) -> Asset | None:
    """An asset by its row, with the category given or its own; None while that is not whole."""
    found = category or known.row(CATEGORIES, row.text("category"))
    if found is None or row["cost"] is None or not row.text("acquired"):
        return None
    terms = _terms(row, known, found)
    split = known.where(ASSETS, "split_from", row.text("asset")) if row.text("asset") else ()
    split = [line for line in split if line["cost"] is not None]
    cost = row["cost"] - sum((line["cost"] for line in split), NONE)
    if terms is None:
        return Asset(row, found, None, cost, row["accumulated"] or NONE, {})
    before, planned = terms.before, schedule(terms)
    for line in split:
        part = terms.part(line["cost"])
        before -= part.before
        planned = _less(planned, schedule(part))
    return Asset(row, found, terms, cost, before, planned)


def all_assets(known: Known) -> Iterator[Asset]:
    """Every asset whose row is whole."""
    for row in known.rows(ASSETS) if known.has(ASSETS) else ():
        if found := asset_of(row, known):
            yield found


def months_run(known: Known) -> frozenset[str]:
    """The months whose depreciation has been run."""
    rows = known.rows(RUNS) if known.has(RUNS) else ()
    return frozenset(row.text("period") for row in rows)


def of_row(row: Line, category: Line, column: str, default: str = "") -> str:
    """A text of an asset, or where it is blank that of its category."""
    return row.text(column) or category.text(column) or default


def disposal_entry(document: Document, known: Known) -> Iterator[Proposal]:
    """Entry "FA:code" of the day on which an asset leaves: the rest of its depreciation, cost and
    accumulated depreciation off the books, and what is left over as gain or loss.

    Without an account of proceeds an invoice to the disposal account brings them.
    """
    asset = asset_of(document.lines[0], known)
    if asset is None or not asset.left or not document.text("disposal"):
        return
    words = LEAVING[document.text("disposal")][known.company.language]
    head = {
        "entry": f"FA:{document.key}",
        "date": asset.left,
        "description": words.format(asset=f"{document.key} {asset.row.text('name')}"),
        "source": document.source,
    }
    amounts = _final(asset)
    if document.text("disposal") != REPLACED:
        amounts += _off_the_books(asset, months_run(known))
    rows = [_line(head, asset, column, amount) for column, amount in amounts if amount]
    if rows:
        yield Proposal(JOURNAL, head["entry"], tuple(rows))


def runs_of(document: Document, known: Known) -> Iterator[tuple[str, str]]:
    """The runs of open months that an asset is in, or was, and the entry of what it was split from;
    of parts of it too.
    """
    rows = (*document.lines, *document.before)
    months = {m for row in rows if (found := asset_of(row, known)) for m in found.planned}
    yield from open_runs(known, months)
    whole = {row.text("split_from") for row in rows} - {""}
    parts = {row.text("asset") for row in known.where(ASSETS, "split_from", document.key)}
    yield from ((ASSETS, code) for code in sorted(whole | parts))


def runs_of_category(document: Document, known: Known) -> Iterator[tuple[str, str]]:
    """The runs of open months and the disposals of a category's assets."""
    rows = known.where(ASSETS, "category", document.key)
    found = [asset for row in rows if (asset := asset_of(row, known))]
    yield from open_runs(known, {month for asset in found for month in asset.planned})
    yield from ((ASSETS, asset.code) for asset in found if asset.left)


def open_runs(known: Known, months: set[str]) -> Iterator[tuple[str, str]]:
    """The runs of those months that may still change."""
    for month in sorted(months_run(known) & months):
        if not is_locked(known, month, "ledger"):
            yield RUNS, month


def _less(planned: Planned, part: Planned) -> Planned:
    """A plan without that of a part of it."""
    months = {**planned, **part}
    return {month: planned.get(month, NONE) - part.get(month, NONE) for month in months}


def _terms(row: Line, known: Known, category: Line) -> Terms | None:
    whole = known.row(ASSETS, row.text("split_from")) if row.text("split_from") else None
    if whole is not None and whole["cost"] is not None:
        terms = None if whole.text("split_from") else _terms(whole, known, category)
        return terms.part(row["cost"]) if terms else None
    life = int(of_row(row, category, "life") or 0)
    if not 0 < life <= MOST_MONTHS:
        return None
    return Terms(
        cost=row["cost"],
        residual=row["residual"] or NONE,
        method=of_row(row, category, "method", STRAIGHT),
        life=life,
        in_use=row.text("in_use") or row.text("acquired"),
        rate=Decimal(of_row(row, category, "rate", "0")),
        counted=category.text("counted") or BY_MONTH,
        before=row["accumulated"] or NONE,
        until=row.text("accumulated_until"),
    )


def _final(asset: Asset) -> list[tuple[str, Decimal]]:
    """Amounts by column of accounts, debit positive."""
    return [("expense_account", asset.final), ("accumulated_account", -asset.final)]


def _off_the_books(asset: Asset, months: frozenset[str]) -> list[tuple[str, Decimal]]:
    accumulated = asset.accumulated(months) + asset.final
    proceeds = asset.row["proceeds"] or NONE
    paid_in = asset.row.text("proceeds_account") != ""
    amounts = [
        ("accumulated_account", accumulated),
        ("asset_account", -asset.cost),
        ("proceeds_account", proceeds if paid_in else NONE),
    ]
    return [*amounts, ("disposal_account", -sum((amount for _, amount in amounts), NONE))]


def _line(head: Mapping[str, str], asset: Asset, column: str, amount: Decimal) -> Cells:
    account = of_row(asset.row, asset.category, column)
    side = "debit" if amount > 0 else "credit"
    line = {**head, "account": account, side: money.text(abs(amount))}
    centre = asset.row.text("cost_centre")
    return {**line, "cost_centre": centre} if centre and column in OF_RESULT else line
