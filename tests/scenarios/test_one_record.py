"""One sheet in two languages: a file of either gives the same records, read by its own locale."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from sync_server.api.deps import Served
from tests.scenarios.front_desk import JOURNAL, Desk
from tests.scenarios.office import entry, type_rows

TABLES = ("ledger.parties", "ledger.accounts", "ledger.sales_invoices", JOURNAL)
TYPED: dict[str, dict[str, Any]] = {
    "id": {"kind": "Pelanggan", "type": "Aset", "price": "1.250.000,50", "day": "3/5/2026",
           "note": "Nota kredit"},
    "en": {"kind": "Customer", "type": "Asset", "price": "1,250,000.50", "day": "5/3/2026",
           "note": "Credit note"},
}  # fmt: skip


def records(desk: Desk) -> bytes:
    """All that is kept of what was typed and of what follows from it, as bytes."""
    typed = {"Toko Maju", "Kas proyek", "F1", "N1", "SI:F1", "SI:N1", "A"}
    rows = [(table, row) for table in TABLES for row in desk.kept(table)
            if typed & {row.get("name"), row.get("invoice"), row.get("entry")}]  # fmt: skip
    assert len(rows) >= 10
    lines = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in rows)
    return "\n".join(lines).encode()


def laid(desk: Desk, language: str) -> bytes:
    """The records of a ledger typed in the words, numbers and dates of a language."""
    said, file = TYPED[language], desk.new(lang=language)
    desk.sync(file)
    head = {"customer": "C1", "account": "41000", "unit_price": said["price"]}
    first = {"invoice": "F1", "date": said["day"], **head, "tax_code": "PPN-K"}
    note = {"invoice": "N1", "kind": said["note"], "date": datetime.date(2026, 5, 4), **head}
    desk.lay(file, {
        "ledger.parties": [{"code": "C1", "name": "Toko Maju", "kind": said["kind"]}],
        "ledger.accounts": [{"code": "11130", "name": "Kas proyek", "type": said["type"]}],
    })  # fmt: skip
    desk.lay(file, {"ledger.sales_invoices": [first, note], JOURNAL: entry("A", 100)})
    return records(desk)


def test_a_file_in_either_language_gives_byte_equal_records(
    tmp_path: Path, server: tuple[Served, str]
) -> None:
    found = []
    for language in TYPED:
        folder = tmp_path / language
        folder.mkdir()
        found.append(laid(Desk(folder, *server, "id"), language))
    one, other = found
    assert one == other
    assert b'"unit_price": "1250000.5"' in one


@pytest.mark.parametrize(
    ("language", "typed", "kept"),
    [
        ("id", "1/2/2025", "2025-02-01"),
        ("en", "1/2/2025", "2025-01-02"),
        ("id", "2025-02-01", "2025-02-01"),
        ("en", "2025-02-01", "2025-02-01"),
        ("id", datetime.date(2025, 2, 1), "2025-02-01"),
        ("en", datetime.date(2025, 2, 1), "2025-02-01"),
    ],
)
def test_a_date_is_read_by_the_locale_of_its_file(
    tmp_path: Path, server: tuple[Served, str], language: str, typed: object, kept: str
) -> None:
    desk = Desk(tmp_path, *server, language)
    file = desk.new()
    desk.sync(file)
    months = [{"period": month} for month in ("2025-01", "2025-02")]
    type_rows(file, "ledger.periods", months)
    type_rows(file, JOURNAL, entry("A", 100, typed))
    assert desk.sync(file).status == 0
    assert {row["date"] for row in desk.kept(JOURNAL)} == {kept}
