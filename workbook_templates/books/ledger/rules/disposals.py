"""Assets that leave: said how and for how much, on a day of an open month."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.assets import REPLACED, SALE, asset_of
from workbook_templates.books.ledger.rules.own_accounts import own_accounts
from workbook_templates.check import REQUIRED, named
from workbook_templates.periods import NO_PERIOD, PERIOD_CLOSED, PERIODS, is_locked
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

LEFT_BEFORE_IT_CAME = Message(
    "left_before_it_came",
    Words(
        id="{asset} baru tercatat sejak {entered}, jadi tidak dapat dilepas lebih awal. Perbaiki "
        "tanggalnya.",
        en="{asset} stands in the books from {entered} on, so it cannot leave earlier. Correct the "
        "date.",
    ),
)
NO_DISPOSAL_ACCOUNT = Message(
    "no_disposal_account",
    Words(
        id="Kategori {category} belum punya akun laba (rugi) pelepasan. Isi dulu di lembar "
        "Kategori Aset.",
        en="The category {category} has no account for gains and losses on disposal yet. Fill it "
        "in on Asset Categories first.",
    ),
)
NO_PROCEEDS = Message(
    "no_proceeds",
    Words(
        id="Aset yang diganti barisnya tidak punya hasil penjualan. Kosongkan selnya, atau pilih "
        "Penjualan.",
        en="An asset whose row is replaced has no proceeds. Leave the cell blank, or choose Sale.",
    ),
)
_OF_DISPOSAL = ("disposed_on", "disposal", "proceeds", "proceeds_account")


def disposal_is_whole(document: Document, known: Known) -> Iterator[Problem]:
    """A disposal has its day and kind, a sale its proceeds, and the category its account."""
    for line in document.lines:
        if any(line.text(column) for column in _OF_DISPOSAL):
            needed = ["disposed_on", "disposal"]
            if line.text("disposal") == SALE:
                needed.append("proceeds")
            for column in needed:
                if not line.text(column):
                    heading = line.sheet.column(column).heading
                    yield REQUIRED(column=column, row_id=line.id, **named(heading))
            yield from _can_leave(line, known)
        for column in ("proceeds", "proceeds_account"):
            if line.text("disposal") == REPLACED and line.text(column):
                yield NO_PROCEEDS(column=column, row_id=line.id)


def proceeds_account_can_be_posted(document: Document, known: Known) -> Iterator[Problem]:
    """Proceeds go to an open account that is no sum of what parties owe."""
    yield from own_accounts(document, known, "proceeds_account")


def disposal_is_in_an_open_month(document: Document, known: Known) -> Iterator[Problem]:
    """Nothing leaves in a closed month, and what left in one stays away."""
    if not known.has(PERIODS):
        return
    row_id = document.lines[0].id if document.lines else None
    was, now = _disposal(document.before), _disposal(document.lines)
    if was == now:
        return
    for month in {was[0][:7], now[0][:7]} - {""}:
        if is_locked(known, month, "ledger"):
            yield PERIOD_CLOSED(column="disposed_on", row_id=row_id, period=month)
        elif known.row(PERIODS, month) is None:
            yield NO_PERIOD(column="disposed_on", row_id=row_id, period=month)


def _can_leave(line: Line, known: Known) -> Iterator[Problem]:
    asset = asset_of(line, known)
    if asset is None:
        return
    if asset.left and asset.left < asset.entered:
        facts = {"asset": asset.code, "entered": asset.entered}
        yield LEFT_BEFORE_IT_CAME(column="disposed_on", row_id=line.id, **facts)
    replaced = line.text("disposal") == REPLACED
    if not replaced and not asset.category.text("disposal_account"):
        category = asset.category.text("category")
        yield NO_DISPOSAL_ACCOUNT(column="disposal", row_id=line.id, category=category)


def _disposal(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The cells of a disposal, its day first."""
    return tuple(lines[0].text(column) for column in _OF_DISPOSAL) if lines else ("",)
