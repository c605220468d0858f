"""The names by which rules, the replay and reports meet the tables and sums that they look up."""

from __future__ import annotations

ITEMS = "inventory.items"
WAREHOUSES = "inventory.warehouses"
MOVES = "inventory.moves"
COUNTS = "inventory.counts"

COSTS = "inventory.costs"  # the replay
COST_DAYS = "inventory.cost_days"  # its sums by day and kind
ON_HAND = "inventory.on_hand"  # its sums by item, warehouse and day

ACCOUNTS = "ledger.accounts"
JOURNAL = "ledger.journal"
