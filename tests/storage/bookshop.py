"""A small book, and the batches that a push would make of it, for the tests of stores."""

from __future__ import annotations

from collections.abc import Iterable

from sync_server.core.catalogue import Catalogue
from sync_server.core.port import Batch, Commit, RowChange, Store, StoredResult, StoredRow
from workbook_templates.columns import Code, Date, Flag, Integer, Money, Text
from workbook_templates.schema import Book, Cells, Company, Known, Replay, Sheet, Totals
from workbook_templates.wire import Place
from workbook_templates.words import Words

COMPANY = Company("toko", "Toko Buku", "IDR", "id", "id")
SALES, TITLES, STOCK, TURNOVER = "shop.sales", "shop.titles", "shop.stock", "shop.turnover"
DAYS = "shop.days"
SECRET = b"k" * 32


def word(text: str) -> Words:
    return Words(id=text, en=text)


def no_stock(partition: str, known: Known) -> tuple[list[Cells], list[object]]:
    """Never asked here: stores keep projections and do not make them."""
    raise NotImplementedError(f"{partition} of {known}")


SALES_SHEET = Sheet(
    "sales",
    word("Sales"),
    (
        Code("sale", word("Sale")),
        Date("date", word("Date")),
        Code("title", word("Title")),
        Money("amount", word("Amount")),
        Integer("copies", word("Copies")),
        Flag("gift", word("Gift")),
    ),
    group_by="sale",
    indexes=("title",),
    totals=(
        Totals(TURNOVER, ("title", "date:month"), ("amount",)),
        Totals(DAYS, ("date:month", "title", "date"), ("amount",)),
    ),
)
TITLES_SHEET = Sheet(
    "titles",
    word("Titles"),
    (Code("code", word("Code")), Text("name", word("Name"))),
    unique=("code",),
)
STOCK_REPLAY = Replay(
    STOCK, {SALES: "title"}, (Date("date", word("Date")), Money("cost", word("Cost"))), no_stock
)


def catalogue(*sheets: Sheet) -> Catalogue:
    """The shop's book with these sheets, or with its own two."""
    shown = sheets or (TITLES_SHEET, SALES_SHEET)
    return Catalogue((Book("shop", word("Shop"), shown, replays=(STOCK_REPLAY,)),))


def sale(row_id: str, seq: int = 1, key: str = "S1", **cells: str) -> StoredRow:
    """A line of a sale."""
    return StoredRow(SALES, row_id, key, seq, {"sale": key, **cells})


def change(after: StoredRow, before: StoredRow | None = None, row: int = 2) -> RowChange:
    return RowChange(before, after, Place("Penjualan", row))


def batch(seq: int, changes: Iterable[RowChange], mid: str = "", user: str = "sari") -> Batch:
    """One commit and its result, as a push hands them to the store."""
    mid, changes = mid or f"m{seq}", tuple(changes)
    made = Batch(seq)
    at = f"2026-05-{seq:02}T00:00:00Z"
    made.commits = [Commit(seq, mid, user, at, SALES, "push", "toko.xlsx", "copy-1", changes)]
    made.rows = {c.after.id: c.after for c in changes}
    made.results = {mid: StoredResult(f"digest of {mid}", "applied", user, at, "{}")}
    return made


def keep(store: Store, *batches: Batch, company: str = COMPANY.code) -> None:
    """Each batch in a transaction of its own."""
    for one in batches:
        with store.writing(company) as held:
            held.keep(one)
