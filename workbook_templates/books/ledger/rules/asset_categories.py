"""Categories of assets: accounts that can be posted, whole terms, settled months as they were."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.assets import ASSETS
from workbook_templates.books.ledger.depreciation import DECLINING
from workbook_templates.books.ledger.rules.assets import RATE_MISSING, booked
from workbook_templates.books.ledger.rules.own_accounts import own_accounts
from workbook_templates.books.ledger.rules.settled import SETTLED_MONTH_STAYS, first_settled
from workbook_templates.check import REQUIRED, named
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

CATEGORY_IN_USE = Message(
    "category_in_use",
    Words(
        id="Kategori {category} dipakai aset {asset}, jadi tidak dapat dihapus. Kembalikan "
        "barisnya.",
        en="Asset {asset} is of category {category}, so it cannot be deleted. Put the row back.",
    ),
)
ACCOUNT_COLUMNS = ("asset_account", "accumulated_account", "expense_account", "disposal_account")


def category_accounts_can_be_posted(document: Document, known: Known) -> Iterator[Problem]:
    """The accounts of a category are open ones that no other document keeps."""
    for column in ACCOUNT_COLUMNS:
        yield from own_accounts(document, known, column)


def category_terms_are_whole(document: Document, known: Known) -> Iterator[Problem]:
    """A category with a life has accounts of depreciation; a declining balance has a rate."""
    for line in document.lines:
        if line.text("life"):
            for column in ("accumulated_account", "expense_account"):
                if not line.text(column):
                    heading = line.sheet.column(column).heading
                    yield REQUIRED(column=column, row_id=line.id, **named(heading))
        if line.text("method") == DECLINING and not line.text("rate"):
            yield RATE_MISSING(column="rate", row_id=line.id)


def category_in_use_stays(document: Document, known: Known) -> Iterator[Problem]:
    """A category is not deleted while it has assets."""
    assets = () if document.lines else known.where(ASSETS, "category", document.key)
    for asset in assets[:1]:
        yield CATEGORY_IN_USE(category=document.key, asset=asset.text("asset"))


def settled_months_of_its_assets_stay(document: Document, known: Known) -> Iterator[Problem]:
    """No change of a category alters what an asset was depreciated in a closed month."""
    if not document.lines or not document.before or not known.has(ASSETS):
        return
    was, now = document.before[0], document.lines[0]
    for row in known.where(ASSETS, "category", document.key):
        before, after = booked((row,), known, was), booked((row,), known, now)
        if month := first_settled(before, after, known):
            facts = {"code": row.text("asset"), "period": month}
            yield SETTLED_MONTH_STAYS(row_id=now.id, **facts)
            return
