"""Reads the events of a worked case as stock events of one item and looks up what it expects."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from workbook_templates.books.inventory.layers import ZERO, shares
from workbook_templates.books.inventory.moves import Costed, Count, Event, Kind, Move, Revaluation
from workbook_templates.books.inventory.valuation import Method, Valuation, replay

CENT = Decimal("0.01")
METHODS: dict[str, Method] = {
    "fifo": "fifo",
    "average": "average",
    # An item of fixed cost whose receipts all come in at that cost has it as its average.
    "standard": "average",
}
KINDS: dict[str, Kind] = {
    "receive": "receipt",
    "issue": "issue",
    "transfer": "transfer",
    "return_to_supplier": "return_out",
    "return_from_customer": "return_in",
}


class Played:
    """A case after some of its events were entered: every item replayed from its own events."""

    def __init__(self, case: dict[str, Any], after: int | None = None) -> None:
        self.entered = [e for e in case["events"] if after is None or e["n"] <= after]
        self.methods: dict[str, str] | str = case["settings"]["method"]
        self.fixed_rates: dict[str, Decimal] = {}
        self.events: dict[str, list[Event]] = {}
        for event in self.entered:
            self._enter(event)

    def valuation(self, item: str) -> Valuation:
        method = self.methods if isinstance(self.methods, str) else self.methods[item]
        return replay(self.events[item], METHODS[method], CENT)

    def costed(self, n: int) -> list[Costed]:
        """What event `n` of the case did, by leg."""
        rows = [row for item in self.events for row in self.valuation(item).costed]
        return [row for row in rows if row.move_id == str(n)]

    def total(self, side: str) -> Decimal:
        """The sum of `value_in` or `value_out` over all items, in currency units."""
        rows = [row for item in self.events for row in self.valuation(item).costed]
        return sum((getattr(row, side) for row in rows), ZERO) * CENT

    def shares(self, n: int) -> list[Decimal]:
        """What the landed cost entered as event `n` adds to each of its receipts."""
        receipts = map(self._find, self._entry(n)["of"])
        return [move.extra_cost for move in receipts if isinstance(move, Move)]

    def _enter(self, event: dict[str, Any]) -> None:
        do = event["do"]
        if do == "cancel":
            self.events = {
                item: [e for e in events if e.id != str(event["of"])]
                for item, events in self.events.items()
            }
        elif do == "landed_cost":
            self._add_landed_cost(event)
        elif do == "set_method":
            self.methods = event["method"]
        elif do == "make":
            self._make(event)
        elif do == "set_rate" and event["item"] not in self.events:
            self.fixed_rates[event["item"]] = Decimal(event["rate"])
        else:
            origin = self._entry(event["of"]) if "of" in event else event
            self.events.setdefault(origin["item"], []).append(self._event(event, origin))

    def _event(self, event: dict[str, Any], origin: dict[str, Any]) -> Event:
        where = origin.get("warehouse") or event["from"]
        identity = (str(event["n"]), date.fromisoformat(event["date"]), str(event["n"]), where)
        rate = event.get("rate")
        rate = self.fixed_rates.get(origin["item"]) if rate is None else Decimal(rate)
        if event["do"] == "set_rate":
            return Revaluation(*identity, unit_cost=Decimal(event["rate"]))
        if event["do"] == "count":
            return Count(*identity, counted=Decimal(event["qty"]), unit_cost=rate)
        return Move(
            *identity,
            kind=KINDS[event["do"]],
            qty=Decimal(event["qty"]),
            unit_cost=rate,
            to_warehouse=event.get("to", ""),
            returns=str(event.get("of", "")),
        )

    def _add_landed_cost(self, event: dict[str, Any]) -> None:
        """Share the charge over the receipts, by amount where the case does not say by quantity."""
        receipts = [self._find(n) for n in event["of"]]
        moves = [move for move in receipts if isinstance(move, Move)]
        by_qty = event.get("by") == "qty"
        weights = [m.qty if by_qty else m.qty * (m.unit_cost or ZERO) for m in moves]
        parts = shares(int(Decimal(event["amount"]) / CENT), weights)
        dearer = {
            move.id: replace(move, extra_cost=move.extra_cost + part * CENT)
            for move, part in zip(moves, parts, strict=True)
        }
        self.events = {
            item: [dearer.get(e.id, e) for e in events] for item, events in self.events.items()
        }

    def _make(self, event: dict[str, Any]) -> None:
        """Issue what is used, receive what is made at the cost of that."""
        n, day, where = str(event["n"]), date.fromisoformat(event["date"]), event["warehouse"]
        cost = ZERO
        for used in event["use"]:
            issue = Move(n, day, n, where, kind="issue", qty=Decimal(used["qty"]))
            self.events[used["item"]].append(issue)
            costed = self.valuation(used["item"]).costed
            cost += sum(row.value_out for row in costed if row.move_id == n) * CENT
        made = Move(
            n, day, n, where, "receipt", Decimal(event["qty"]), unit_cost=ZERO, extra_cost=cost
        )
        self.events.setdefault(event["item"], []).append(made)

    def _find(self, n: int) -> Event:
        return next(e for events in self.events.values() for e in events if e.id == str(n))

    def _entry(self, n: int) -> dict[str, Any]:
        return next(e for e in self.entered if e["n"] == n)


Figures = Iterator[tuple[Decimal, Decimal]]


def expected_and_found(played: Played, expect: dict[str, Any]) -> Figures:
    """The pairs of figures that one expectation of a case compares."""
    for pair in LOOK_UPS[expect["what"]](played, expect):
        yield Decimal(pair[0]), Decimal(pair[1])


def _stock(played: Played, expect: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    layers = played.valuation(expect["item"]).layers.get(expect["warehouse"], ())
    qty = sum((layer.qty for layer in layers), ZERO)
    value = sum(layer.value for layer in layers) * CENT
    yield expect["qty"], qty
    if "value" in expect:
        yield expect["value"], value
    if "rate" in expect:
        yield expect["rate"], value / qty
    if "layers" in expect:
        yield len(expect["layers"]), len(layers)
        for (layer_qty, rate), layer in zip(expect["layers"], layers, strict=True):
            yield layer_qty, layer.qty
            yield rate, layer.value * CENT / layer.qty


def _cost(played: Played, expect: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    rows = played.costed(expect["event"])
    values = [row.value_in if expect.get("side") == "in" else row.value_out for row in rows]
    yield expect["amount"], sum(values) * CENT


def _qty_after(played: Played, expect: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    yield expect["qty"], played.costed(expect["event"])[-1].balance_qty


def _gl(played: Played, expect: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    yield expect["debit"], played.total("value_in")
    yield expect["credit"], played.total("value_out")


def _shares(played: Played, expect: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    parts = played.shares(expect["event"])
    yield expect["sum"], sum(parts, ZERO)
    yield expect["min"], min(*parts, Decimal(expect["min"]))


def _age_layers(played: Played, expect: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    by_warehouse = played.valuation(expect["item"]).layers.values()
    layers = [layer for layers in by_warehouse for layer in layers]
    yield expect["total"], sum((layer.qty for layer in layers), ZERO)
    yield len(expect["layers"]), len(layers)
    for (qty, day), layer in zip(expect["layers"], layers, strict=True):
        yield qty, layer.qty
        yield date.fromisoformat(day).toordinal(), layer.date.toordinal()


LOOK_UPS = {
    "stock": _stock,
    "cost": _cost,
    "qty_after": _qty_after,
    "gl": _gl,
    "shares": _shares,
    "age_layers": _age_layers,
}
