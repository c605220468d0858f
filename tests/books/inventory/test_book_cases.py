"""The stock cases of other systems once more: typed as rows into the book, read from its rows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.books.inventory.peer_cases import Played, expected_and_found
from tests.books.inventory.stock import COUNTS, MOVES, WAREHOUSES, new_company
from tests.books.inventory.test_valuation_cases import RUN
from tests.books.known import KnownRows
from workbook_templates.books import sheet_of
from workbook_templates.books.inventory.costs import CENT, costs_of_item, layers_of_item
from workbook_templates.books.inventory.moves import Costed, Count, Event, Move
from workbook_templates.books.inventory.valuation import Valuation
from workbook_templates.check import document_problems, text_problems
from workbook_templates.schema import Cells, Line

# The book has no sheets yet for landed cost, revaluation and production.
NOT_TYPED = {"landed_cost", "set_rate", "make"}
CASES = [case for case in RUN if NOT_TYPED.isdisjoint(event["do"] for event in case["events"])]


class TypedIntoTheBook(Played):
    """A case whose events became rows of the sheets, checked by their rules."""

    def valuation(self, item: str) -> Valuation:
        """What the book's replay says of an item, read back from its rows."""
        known = self._company()
        rows, problems = costs_of_item(item, known)
        assert [problem.words.en for problem in problems] == []
        layers = layers_of_item(item, known, "9999-12-31")
        return Valuation(tuple(map(read, rows)), layers, ())

    def _company(self) -> KnownRows:
        items = [{"code": i, "name": i, "costing": self._costing(i)} for i in self.events]
        known = new_company(*items)
        rows: dict[str, list[Cells]] = {MOVES: [], COUNTS: []}
        places: set[str] = set()
        for item, events in self.events.items():
            for event in events:
                rows[COUNTS if isinstance(event, Count) else MOVES].append(row_of(item, event))
                places |= {event.warehouse, getattr(event, "to_warehouse", "")} - {""}
        lines = {table: [line_of(table, cells) for cells in rows[table]] for table in rows}
        warehouses = [{"code": code, "name": code} for code in sorted(places)]
        known = KnownRows({**known.tables, WAREHOUSES: warehouses, **lines}, known.company)
        assert problems_in(known) == []
        return known

    def _costing(self, item: str) -> str:
        method = self.methods if isinstance(self.methods, str) else self.methods[item]
        return "fifo" if method == "fifo" else "average"


def row_of(item: str, event: Event) -> Cells:
    """An event as its row in the sheet; the row id stands under "id"."""
    cells = {"id": event.id, "item": item, "date": event.date.isoformat()}
    cells["warehouse"] = event.warehouse
    assert isinstance(event, (Move, Count))
    cells["unit_cost"] = text(event.unit_cost) or ""
    if isinstance(event, Count):
        return {**cells, "count": event.number, "counted_qty": text(event.counted)}
    more = {"to_warehouse": event.to_warehouse, "returns": event.returns}
    return {
        **cells,
        "move": event.number,
        "kind": event.kind,
        "qty": text(event.qty),
        **{key: value for key, value in more.items() if value},
    }


def text(number: Decimal | None) -> str | None:
    """Canonical text without zeros at the end."""
    return None if number is None else f"{number.normalize():f}"


def line_of(table: str, cells: Cells) -> Line:
    """A row under its own row id."""
    kept = {key: value for key, value in cells.items() if key != "id" and value}
    return Line(sheet_of(table), cells["id"] or "", kept)


def problems_in(known: KnownRows) -> list[str]:
    """What the sheets' own rules say of all documents."""
    found = []
    for table in (MOVES, COUNTS):
        for line in known.rows(table):
            found += list(text_problems(line.sheet, line.id, line.cells))
            document = known.document(table, line.sheet.key_of(line.cells, line.id))
            assert document is not None
            found += document_problems(document, known)
    return [problem.words.en for problem in found]


def read(row: Mapping[str, str | None]) -> Costed:
    """A row of the projection as what it says."""

    def number(key: str) -> Decimal:
        return Decimal(row.get(key) or 0)

    def cents(key: str) -> int:
        return int(number(key) / CENT)

    return Costed(
        row["id"] or "",
        date.fromisoformat(row["date"] or ""),
        row["kind"] or "",
        row["warehouse"] or "",
        number("qty_in"),
        number("qty_out"),
        cents("value_in"),
        cents("value_out"),
        number("balance_qty"),
        cents("balance_value"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_typed_into_the_book_comes_out_the_same(case: dict[str, Any]) -> None:
    for expect in case["expect"]:
        pairs = list(expected_and_found(TypedIntoTheBook(case, expect.get("after")), expect))
        assert pairs
        for expected, found in pairs:
            assert abs(found - expected) <= Decimal(case["tolerance"]), (expect, expected, found)
