"""Assets: amounts that fit, terms that are whole, parts that come out of one asset."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.assets import ASSETS, CATEGORIES, asset_of, of_row
from workbook_templates.books.ledger.depreciation import DECLINING, NONE, schedule
from workbook_templates.books.ledger.fiscal import fiscal_groups
from workbook_templates.books.ledger.rules.settled import (
    SETTLED_MONTH_STAYS,
    first_settled,
    too_long,
)
from workbook_templates.check import REQUIRED, named
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

MORE_THAN_COST = Message(
    "more_than_cost",
    Words(
        id="Nilai sisa dan akumulasi penyusutan {asset} berjumlah {total}, lebih dari harga "
        "perolehannya {cost}. Perbaiki salah satunya.",
        en="Residual value and accumulated depreciation of {asset} come to {total}, more than its "
        "cost of {cost}. Mend one of them.",
    ),
)
IN_USE_BEFORE_ACQUIRED = Message(
    "in_use_before_acquired",
    Words(
        id="{asset} dipakai sebelum diperoleh pada {acquired}. Perbaiki salah satu tanggalnya.",
        en="{asset} is in use before it was acquired on {acquired}. Mend one of the dates.",
    ),
)
LIFE_IS_OVER = Message(
    "life_is_over",
    Words(
        id="Umur {asset} habis pada atau sebelum {until}, padahal {left} belum disusutkan. "
        "Perpanjang umurnya, atau perbaiki akumulasinya.",
        en="The life of {asset} is over by {until}, but {left} is not depreciated. Make its life "
        "longer, or mend what has accumulated.",
    ),
)
RATE_MISSING = Message(
    "rate_missing",
    Words(
        id="Saldo menurun memerlukan tarif per tahun. Isi tarifnya, atau pilih metode lain.",
        en="A declining balance needs a rate a year. Fill it in, or choose another method.",
    ),
)
NOT_DEPRECIATED_CATEGORY = Message(
    "not_depreciated_category",
    Words(
        id="Kategori {category} tidak punya akun akumulasi dan beban penyusutan, jadi asetnya "
        "tidak disusutkan. Isi akunnya di lembar Kategori Aset, atau kosongkan umurnya.",
        en="The category {category} has no accounts for depreciation and what has accumulated, so "
        "its assets are not depreciated. Fill them in on Asset Categories, or leave Life blank.",
    ),
)
FISCAL_GROUP_UNKNOWN = Message(
    "fiscal_group_unknown",
    Words(
        id="Kelompok fiskal {group} tidak dikenal untuk tanggal perolehan ini. Pilih salah satu: "
        "{groups}; atau kosongkan.",
        en="There is no fiscal group {group} for what was acquired then. Choose one of: {groups}; "
        "or leave it blank.",
    ),
)
SPLIT_DIFFERS = Message(
    "split_differs",
    Words(
        id="Bagian dari {whole} berkategori {category} dan diperoleh {acquired} seperti asalnya, "
        "tanpa nilai sisa, umur, metode atau akumulasi sendiri. Samakan isinya.",
        en="A part of {whole} is of category {category} and acquired on {acquired} as that is, "
        "with no residual value, life, method or accumulated depreciation of its own. Make it so.",
    ),
)
SPLIT_OF_PART = Message(
    "split_of_part",
    Words(
        id="{whole} sendiri bagian dari aset lain. Pisahkan dari aset asalnya.",
        en="{whole} is a part of another asset itself. Split off from that one.",
    ),
)
PARTS_COST_MORE = Message(
    "parts_cost_more",
    Words(
        id="Bagian-bagian dari {whole} berharga {parts}, lebih dari harga perolehannya {cost}. "
        "Kurangi harga salah satunya.",
        en="The parts of {whole} cost {parts}, more than its cost of {cost}. Lower one of them.",
    ),
)
ASSET_HAS_PARTS = Message(
    "asset_has_parts",
    Words(
        id="{part} dipisahkan dari {asset}, jadi barisnya tidak dapat dihapus. Kembalikan "
        "barisnya.",
        en="{part} was split off {asset}, so its row cannot be deleted. Put the row back.",
    ),
)
_TOGETHER = (("accumulated", "accumulated_until"), ("accumulated_until", "accumulated"))
_OWN = ("residual", "life", "method", "rate", "accumulated", "accumulated_until", "in_use")
Booked = dict[str, tuple[str, str, Decimal]]  # by month: accounts, amount


def amounts_fit(document: Document, known: Known) -> Iterator[Problem]:
    """Residual value and what was depreciated before are not more than the cost."""
    for line in document.lines:
        total = (line["residual"] or NONE) + (line["accumulated"] or NONE)
        if line["cost"] is not None and total > line["cost"]:
            column = "accumulated" if line["accumulated"] else "residual"
            facts = {"asset": document.key, "total": total, "cost": line["cost"]}
            yield MORE_THAN_COST(column=column, row_id=line.id, **facts)
        for column, other in _TOGETHER:
            if line.text(column) and not line.text(other):
                yield _required(line, other)


def in_use_once_acquired(document: Document, known: Known) -> Iterator[Problem]:
    """Nothing is in use before it is there."""
    for line in document.lines:
        if "" < line.text("in_use") < line.text("acquired"):
            facts = {"asset": document.key, "acquired": line["acquired"]}
            yield IN_USE_BEFORE_ACQUIRED(column="in_use", row_id=line.id, **facts)


def asset_terms_are_whole(document: Document, known: Known) -> Iterator[Problem]:
    """What has a life has accounts to depreciate it, and a declining balance its rate."""
    for line in document.lines:
        category = known.row(CATEGORIES, line.text("category"))
        if category is None or not of_row(line, category, "life"):
            continue
        if not (category.text("expense_account") and category.text("accumulated_account")):
            yield NOT_DEPRECIATED_CATEGORY(
                column="life", row_id=line.id, category=category.text("category")
            )
        if of_row(line, category, "method") == DECLINING and not of_row(line, category, "rate"):
            yield RATE_MISSING(column="rate", row_id=line.id)


def rest_has_months_left(document: Document, known: Known) -> Iterator[Problem]:
    """What an older asset has left to depreciate has months of its life to go in."""
    for line in document.lines:
        asset = asset_of(line, known)
        if asset is None or asset.terms is None or not asset.terms.until:
            continue
        left = asset.terms.cost - asset.terms.residual - asset.terms.before
        if left > 0 and not schedule(asset.terms):
            facts = {"asset": document.key, "until": asset.terms.until}
            yield LIFE_IS_OVER(column="life", row_id=line.id, left=left, **facts)


def life_is_countable(document: Document, known: Known) -> Iterator[Problem]:
    """A life is at most 1,200 months."""
    yield from too_long(document, "life")


def fiscal_group_is_known(document: Document, known: Known) -> Iterator[Problem]:
    """A fiscal group is one of the law of the day on which the asset was acquired."""
    for line in document.lines:
        category = known.row(CATEGORIES, line.text("category"))
        group = of_row(line, category or line, "fiscal_group")
        groups = fiscal_groups(known.company.pack, line.text("acquired"))
        if group and line.text("acquired") and group not in groups:
            facts = {"group": group, "groups": ", ".join(groups) or "-"}
            yield FISCAL_GROUP_UNKNOWN(column="fiscal_group", row_id=line.id, **facts)


def parts_fit_the_whole(document: Document, known: Known) -> Iterator[Problem]:
    """What is split off an asset is as that is, and the parts cost no more than it."""
    for line in document.lines:
        if code := line.text("split_from"):
            whole = known.row(ASSETS, code)
            if whole is not None:
                yield from _part_of(line, whole, known)
        elif line["cost"] is not None and line.text("asset"):
            yield from _parts_of(line, line, known)


def asset_with_parts_stays(document: Document, known: Known) -> Iterator[Problem]:
    """An asset is not deleted while parts that were split off it are there."""
    parts = () if document.lines else known.where(ASSETS, "split_from", document.key)
    for part in parts[:1]:
        yield ASSET_HAS_PARTS(part=part.text("asset"), asset=document.key)


def settled_depreciation_stays(document: Document, known: Known) -> Iterator[Problem]:
    """No change alters what an asset is depreciated in a closed month, or before the books."""
    before = booked(document.before, known)
    after = booked(document.lines, known)
    if month := first_settled(before, after, known):
        row_id = document.lines[0].id if document.lines else None
        column = "accumulated_until" if row_id else None
        yield SETTLED_MONTH_STAYS(column=column, row_id=row_id, code=document.key, period=month)


def booked(rows: tuple[Line, ...], known: Known, category: Line | None = None) -> Booked:
    """What assets are depreciated by month, parts included; of a part nothing: its whole has it."""
    found: Booked = {}
    for row in rows:
        asset = asset_of(row, known, category)
        if asset is None or asset.terms is None or row.text("split_from"):
            continue
        parts = known.where(ASSETS, "split_from", asset.code)  # they may stay longer
        leaves = asset.left[:7] if asset.left and not parts else "9999"
        accounts = [asset.category.text(c) for c in ("expense_account", "accumulated_account")]
        for month, amount in schedule(asset.terms).items():
            if month < leaves:
                found[month] = (accounts[0], accounts[1], amount)
    return found


def _part_of(line: Line, whole: Line, known: Known) -> Iterator[Problem]:
    code = whole.text("asset")
    own = line.text("asset")
    has_parts = bool(own and known.where(ASSETS, "split_from", own))
    if whole.text("split_from") or code == own or has_parts:
        whole_code = own if has_parts else code
        yield SPLIT_OF_PART(column="split_from", row_id=line.id, whole=whole_code)
        return
    differs = [c for c in ("category", "acquired") if line.text(c) != whole.text(c)]
    differs += [c for c in _OWN if line.text(c)]
    if differs:
        facts = {"category": whole.text("category"), "acquired": whole["acquired"]}
        yield SPLIT_DIFFERS(column=differs[0], row_id=line.id, whole=code, **facts)
    if whole["cost"] is not None:
        yield from _parts_of(whole, line, known)


def _parts_of(whole: Line, at: Line, known: Known) -> Iterator[Problem]:
    parts = known.where(ASSETS, "split_from", whole.text("asset"))
    cost = sum((part["cost"] or NONE for part in parts), NONE)
    if cost > whole["cost"]:
        facts = {"whole": whole.text("asset"), "parts": cost, "cost": whole["cost"]}
        yield PARTS_COST_MORE(column="cost", row_id=at.id, **facts)


def _required(line: Line, column: str) -> Problem:
    return REQUIRED(column=column, row_id=line.id, **named(line.sheet.column(column).heading))
