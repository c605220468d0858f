"""Journal entries of a mid-sized company: 2-6 lines over 400 accounts, parties, cost centres."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from tests.benchmarks.company import Group, document, single_rows
from workbook_templates.schema import Cells

ACCOUNTS, PARTIES, CENTRES = 400, 200, 12
TYPES = ("asset", "liability", "equity", "income", "expense")
WORDS = ("Pembelian alat tulis kantor", "Penjualan tunai", "Ongkos kirim", "Sewa gudang", "Listrik")
CODES = tuple(f"9{n:05}" for n in range(ACCOUNTS))
CASH = (CODES[0], CODES[5])  # assets both
HOT = CODES[10]  # another asset
Entry = tuple[str, list[dict[str, str]]]  # number, rows


def masters() -> list[Group]:
    """The accounts and parties that the entries name."""
    accounts: dict[str, Cells] = {
        code: {
            "code": code,
            "name": f"Account {code}",
            "type": TYPES[n % len(TYPES)],
            **({"group": "cash"} if code in CASH else {}),
        }
        for n, code in enumerate(CODES)
    }
    parties: dict[str, Cells] = {
        f"P{n}": {"code": f"P{n}", "name": f"CV Mitra {n}", "kind": "both"} for n in range(PARTIES)
    }
    return single_rows("ledger.accounts", accounts) + single_rows("ledger.parties", parties)


def entries(rows: int, first_year: int = 2026, years: int = 1, hot: float = 0) -> Iterator[Entry]:
    """Balanced entries of so many rows in all, over all days of the years; always the same.

    `hot`: the part of the lines that are on the account `HOT`, besides its share of the others.
    """
    random = Random(20260531)
    number = 0
    while rows:
        number += 1
        lines = rows if rows <= 6 else random.randint(2, min(6, rows - 2))
        rows -= lines
        year = first_year + random.randrange(years)
        day = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        yield f"JU{number:07}", _entry(random, f"JU{number:07}", day, lines, hot)


def group(number: str, lines: Iterable[Cells]) -> Group:
    """An entry as a workbook sends it."""
    return document("ledger.journal", number, lines)


def groups(made: Iterable[Entry]) -> Iterator[Group]:
    """Entries as a workbook sends them."""
    return (group(number, lines) for number, lines in made)


def _entry(random: Random, number: str, day: str, lines: int, hot: float) -> list[dict[str, str]]:
    amounts = [random.randint(1_000, 9_999_999) for _ in range(lines - 1)]
    sides = [("debit", n) for n in amounts] + [("credit", sum(amounts))]
    return [
        {
            "entry": number,
            "date": day,
            "account": HOT if hot and random.random() < hot else random.choice(CODES),
            "description": random.choice(WORDS),
            side: f"{cents // 100}.{cents % 100:02}",
            "cost_centre": f"CC{random.randrange(CENTRES):02}",
            **({"party": f"P{random.randrange(PARTIES)}"} if side == "credit" else {}),
        }
        for side, cents in sides
    ]
