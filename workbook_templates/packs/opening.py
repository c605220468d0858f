"""What a new company starts with: its pack's chart of accounts, tax codes and open periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workbook_templates.packs import pack
from workbook_templates.schema import Cells


def opening_rows(
    pack_name: str, language: str, first_month: str, last_month: str
) -> dict[str, list[Cells]]:
    """Rows to lay by table, in an order in which each finds what it names.

    Months are "YYYY-MM", both included. Raises `UnknownPack`, or ValueError on an empty span.
    """
    documents = pack(pack_name)
    return {
        "ledger.accounts": [_cells(row, language) for row in documents.document("accounts")],
        "ledger.tax_codes": [_cells(row, language) for row in documents.document("tax_codes")],
        "ledger.periods": [
            {"period": month, "status": "open"} for month in _months(first_month, last_month)
        ],
    }


def _cells(row: Mapping[str, Any], language: str) -> dict[str, str | None]:
    """A row of the pack without its source, named in one language."""
    cells = {key: text for key, text in row.items() if key not in ("name", "source")}
    return {**cells, "name": row["name"][language]}


def _months(first: str, last: str) -> Iterator[str]:
    if first > last:
        raise ValueError(f"The periods end ({last}) before they begin ({first})")
    month = first
    while month <= last:
        yield month
        year, number = int(month[:4]), int(month[5:])
        month = f"{year + number // 12:04}-{number % 12 + 1:02}"
