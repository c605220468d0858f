"""Which column of a bank's table is what: by the mapping that is kept, or guessed from headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from addin.file_tables import LOOKED_AT, Table, column_of, date_format, decimal_sign, plain
from addin.hosts.base import Cell
from workbook_templates.columns.cells import one_line
from workbook_templates.schema import Cells

# What banks write above their columns, in small letters.
HEADINGS = {
    "date": (
        "tanggal", "tgl", "tanggal transaksi", "tgl transaksi", "tgl. transaksi", "tgl trx",
        "tanggal posting", "tanggal efektif", "waktu transaksi", "date", "transaction date",
        "trans date", "posting date", "post date", "booking date", "date & time",
    ),
    "description": (
        "keterangan", "uraian", "deskripsi", "uraian transaksi", "keterangan transaksi", "berita",
        "rincian", "rincian transaksi", "description", "transaction description", "remark",
        "remarks", "details", "narrative", "particulars", "memo",
    ),
    "amount": (
        "jumlah", "nominal", "mutasi", "jumlah mutasi", "nilai", "amount", "transaction amount",
    ),
    "debit": (
        "debet", "debit", "mutasi debet", "mutasi debit", "jumlah debet", "pengeluaran", "keluar",
        "uang keluar", "debit amount", "withdrawal", "withdrawals", "paid out", "money out",
    ),
    "credit": (
        "kredit", "credit", "mutasi kredit", "jumlah kredit", "pemasukan", "masuk", "uang masuk",
        "credit amount", "deposit", "deposits", "paid in", "money in",
    ),
    "sign": ("db/cr", "cr/db", "d/k", "k/d", "d/c", "dr/cr", "dk", "jenis", "tipe", "type"),
    "balance": (
        "saldo", "saldo akhir", "saldo berjalan", "balance", "running balance", "ending balance",
        "closing balance", "ledger balance",
    ),
    "reference": (
        "referensi", "no referensi", "no. referensi", "nomor referensi", "no. ref", "no ref", "ref",
        "no. transaksi", "reference", "reference no", "reference no.", "ref no", "reference number",
        "transaction id", "journal no.", "cheque no", "cheque no.",
    ),
}  # fmt: skip
_PLACE = re.compile(r"#([1-9][0-9]?)")


@dataclass(frozen=True)
class Layout:
    """The place of each column in the rows of a table (from 0), and the row where lines begin."""

    places: Mapping[str, int]
    first: int


def layout_of(table: Table, mapping: Cells) -> Layout | None:
    """Where a mapping finds its columns in a table; None where they are not there."""
    wanted = {key: text for key in HEADINGS if (text := mapping.get(f"{key}_heading"))}
    fixed = {key: int(m[1]) - 1 for key, text in wanted.items() if (m := _PLACE.fullmatch(text))}
    skip = int(mapping.get("skip") or 0)
    if len(fixed) == len(wanted):
        return Layout(fixed, skip)
    for number in range(skip, min(len(table), skip + LOOKED_AT)):
        names = [plain(cell) for cell in table[number]]
        places = {key: names.index(plain(t)) for key, t in wanted.items() if plain(t) in names}
        if len({*places, *fixed}) == len(wanted):
            return Layout({**places, **fixed}, number + 1)
    return None


def headings_of(table: Table) -> tuple[int, list[str]]:
    """The row that looks most like headings, and its texts: it has most words that we know."""
    rows = [[one_line(cell) if isinstance(cell, str) else "" for cell in row] for row in table]
    scores = [sum(bool(_meant(text)) for text in row) for row in rows[:LOOKED_AT]]
    best = max(range(len(scores)), key=lambda n: scores[n], default=0)
    return best, [text for text in rows[best] if text] if scores and scores[best] else []


def guessed(table: Table, readable: Callable[[Cell, str], bool]) -> dict[str, str]:
    """A mapping for a table by its headings and first rows; {} where they do not suffice.

    `readable` tells whether a cell is a date in a format.
    """
    number, _ = headings_of(table)
    named: dict[str, tuple[int, str]] = {}
    for place, cell in enumerate(table[number] if number < len(table) else ()):
        key = _meant(cell)
        if key and key not in named:
            named[key] = place, one_line(str(cell))
    if "date" not in named or not ("amount" in named or {"debit", "credit"} <= named.keys()):
        return {}
    if "amount" in named and {"debit", "credit"} <= named.keys():
        named.pop("amount")
    rows = table[number + 1 :]
    found = {f"{key}_heading": heading for key, (_, heading) in named.items()}
    found["date_format"] = date_format(column_of(rows, named["date"][0]), readable)
    amounts = (named[key][0] for key in ("amount", "debit", "credit", "balance") if key in named)
    found["decimal"] = decimal_sign(cell for place in amounts for cell in column_of(rows, place))
    return found


def _meant(cell: Cell) -> str | None:
    text = plain(cell)
    return next((key for key, names in HEADINGS.items() if text and text in names), None)
