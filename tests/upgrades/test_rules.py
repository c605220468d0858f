"""New rules of valuation: projections, checkpoints and the journal are made anew, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import ClosedToNewRules
from sync_server.core.upgrading import upgrade_all
from sync_server.core.verify import verify_company
from tests.scenarios.central_copy import NOW, CentralCopy
from tests.scenarios.test_stock_goes_on import LAID
from workbook_templates.books.inventory.book import BOOK as INVENTORY
from workbook_templates.books.inventory.costs import REPLAY
from workbook_templates.books.ledger.book import BOOK as LEDGER
from workbook_templates.resuming import Checkpoint, SourceRows, Stretch
from workbook_templates.schema import Cells, Known

JOURNAL, MOVES = "ledger.journal", "inventory.moves"
RECEIPT = {"kind": "receipt", "item": "PENA", "warehouse": "GP", "qty": "10"}
HISTORY: Sequence[Cells] = (
    {**RECEIPT, "move": "SM-1", "date": "2026-01-30", "unit_cost": "100"},
    {**RECEIPT, "move": "SM-2", "date": "2026-02-27", "unit_cost": "200"},
    {"kind": "issue", "item": "PENA", "warehouse": "GP", "qty": "4"}
    | {"move": "SM-3", "date": "2026-05-02"},
)


def half_price(
    item: str, rows: SourceRows, checkpoints: Sequence[Checkpoint], known: Known
) -> Stretch | None:
    """Rules by which whatever comes is worth half as much."""
    assert REPLAY.resumption is not None
    cheaper = {
        table: [
            (i, {**c, "unit_cost": str(int(text) // 2)} if (text := c.get("unit_cost")) else c)
            for i, c in found
        ]
        for table, found in rows.items()
    }
    return REPLAY.resumption.build(item, cheaper, checkpoints, known)


@pytest.fixture
def central() -> CentralCopy:
    """Two receipts and an issue, valued by the rules of now, with checkpoints."""
    central = CentralCopy(LEDGER, INVENTORY)
    central.lay({**LAID, MOVES: HISTORY})
    with central.store.reading(central.company.code) as held:
        assert held.all_checkpoints(REPLAY.key)["PENA"]
    return central


def with_new_rules() -> Catalogue:
    assert REPLAY.resumption is not None
    new = replace(REPLAY, version=2, resumption=replace(REPLAY.resumption, build=half_price))
    others = [r for r in INVENTORY.replays if r.key != REPLAY.key]
    return Catalogue((LEDGER, replace(INVENTORY, replays=(*others, new))))


def findings(central: CentralCopy, catalogue: Catalogue) -> list[str]:
    with central.store.reading(central.company.code) as held:
        return verify_company(held, catalogue)


def cost_of_goods(central: CentralCopy) -> list[str]:
    """What the journal says of the issue of 2 May."""
    with central.store.reading(central.company.code) as held:
        rows = [r.cells for r in held.rows_of(JOURNAL) if r.cells["date"] == "2026-05-02"]
    return [cells["debit"] for cells in rows if "debit" in cells]


def test_a_server_that_starts_makes_everything_anew(central: CentralCopy) -> None:
    catalogue, head = with_new_rules(), central.head
    assert cost_of_goods(central) == ["400.00"]
    assert findings(central, catalogue)
    assert upgrade_all(central.store, catalogue, NOW) > 0
    assert findings(central, catalogue) == []
    assert cost_of_goods(central) == ["200.00"]
    with central.store.reading(central.company.code) as held:
        (commit,) = held.commits_after(head)
    assert (commit.commit.user, commit.commit.cause) == ("lajur", f"rules {REPLAY.key} 2")


def test_once_more_changes_nothing(central: CentralCopy) -> None:
    catalogue = with_new_rules()
    upgrade_all(central.store, catalogue, NOW)
    head = central.head
    assert upgrade_all(central.store, catalogue, NOW) == 0
    assert central.head == head


def test_the_next_move_goes_on_from_the_new_checkpoints(central: CentralCopy) -> None:
    central.catalogue = with_new_rules()
    upgrade_all(central.store, central.catalogue, NOW)
    central.author = replace(central.author, catalogue=central.catalogue)
    issue = {**HISTORY[2], "move": "SM-4", "date": "2026-05-03", "qty": "10"}
    assert central.put(MOVES, issue).status == "applied"
    assert central.findings() == []


def test_a_closed_period_is_not_changed_and_nothing_is_kept(central: CentralCopy) -> None:
    period = central.rows("ledger.periods", "2026-01")[0]
    assert central.put("ledger.periods", {**period.cells, "status": "closed"}).status == "applied"
    head = central.head
    with pytest.raises(ClosedToNewRules, match="2026-01"):
        upgrade_all(central.store, with_new_rules(), NOW)
    assert (central.head, central.findings()) == (head, [])
    assert cost_of_goods(central) == ["400.00"]
