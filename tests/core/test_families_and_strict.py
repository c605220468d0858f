"""What is one merge unit, and rows of which any change at all is a conflict."""

from __future__ import annotations

import pytest

from tests.scenarios.central_copy import CentralCopy
from workbook_templates import wire
from workbook_templates.books import all_books
from workbook_templates.columns import Code, Text
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Book, Sheet
from workbook_templates.words import Words

TABLE = "vault.details"
NAME = Words(id="Rincian", en="Details")


def vault(strict: bool, families: tuple[tuple[str, ...], ...] = ()) -> CentralCopy:
    """A company with one sheet of bank details, and one row in it."""
    columns = (Code("code", NAME), Text("bank", NAME), Text("number", NAME), Text("note", NAME))
    sheet = Sheet("details", NAME, columns, unique=("code",), strict=strict, families=families)
    central = CentralCopy(Book("vault", NAME, (sheet,)))
    central.lay({TABLE: [{"code": "A", "bank": "BCA", "number": "1"}]})
    return central


def change(central: CentralCopy, seq: int, **cells: tuple[str | None, str | None]) -> wire.Result:
    """Push cells of the row, as somebody who last read it at `seq`."""
    row = central.rows(TABLE, "A")[0]
    op = wire.Op("put", TABLE, row.id, dict(cells), seq=seq)
    return central.push([wire.Group(make_id(), TABLE, "A", (op,))])[0]


@pytest.mark.parametrize(("strict", "status"), [(False, "applied"), (True, "conflict")])
def test_only_in_a_strict_sheet_another_cell_is_a_conflict(strict: bool, status: str) -> None:
    central = vault(strict)
    seq = central.rows(TABLE, "A")[0].seq
    assert change(central, seq, note=(None, "x")).status == "applied"
    result = change(central, seq, bank=("BCA", "BNI"))
    assert result.status == status
    if strict:
        assert result.conflicts[0].kind == "edited_on_server"
        assert result.conflicts[0].cells["note"] == "x"


def test_the_columns_of_a_family_are_taken_together_or_not_at_all() -> None:
    central = vault(False, (("bank", "number"),))
    seq = central.rows(TABLE, "A")[0].seq
    assert change(central, seq, bank=("BCA", "BNI"), number=("1", "1")).status == "applied"
    result = change(central, seq, bank=("BCA", "BCA"), number=("1", "2"))
    assert result.status == "conflict"
    assert central.rows(TABLE, "A")[0].cells["number"] == "1"


@pytest.mark.parametrize(
    ("table", "family"),
    [
        ("ledger.journal", {"debit", "credit"}),
        ("ledger.sales_invoices", {"qty", "unit_price", "discount"}),
        ("ledger.tax_codes", {"from", "to"}),
        ("inventory.moves", {"qty", "unit_cost"}),
        ("hr.leave_requests", {"from", "to"}),
        ("hr.contracts", {"from", "to"}),
    ],
)
def test_the_books_keep_together_what_belongs_together(table: str, family: set[str]) -> None:
    sheets = {sheet.table: sheet for book in all_books() for sheet in book.sheets}
    assert family in [set(columns) for columns in sheets[table].families]
