"""The order in which the groups of one request are looked at: each after those that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from workbook_templates import wire
from workbook_templates.problems import Message
from workbook_templates.words import Words

IN_A_CIRCLE = Message(
    "dependency_cycle",
    Words(
        id="Dokumen {key} menunggu dokumen lain yang juga menunggunya. Kirim salah satunya tanpa"
        " menunggu.",
        en="The document {key} waits for another that waits for it. Send one of them without"
        " waiting.",
    ),
)


def in_order(groups: Sequence[wire.Group]) -> Sequence[wire.Group]:
    """The groups with each behind those of the request that it names in `after`.

    As sent where nothing waits. Groups that wait for each other in a circle come last.
    """
    if not any(group.after for group in groups):
        return groups
    by_mid = {group.mid: group for group in groups}
    circle = in_a_circle(groups)
    found: dict[str, wire.Group] = {}

    def place(group: wire.Group) -> None:
        waiting = [group]
        while waiting:
            last = waiting[-1]
            before = [m for m in last.after if m in by_mid and m not in found and m not in circle]
            if before and last.mid not in circle:
                waiting.append(by_mid[before[0]])
            else:
                found.setdefault(last.mid, waiting.pop())

    for group in groups:
        if group.mid not in circle:
            place(group)
    for group in groups:
        found.setdefault(group.mid, group)
    placed = set(map(id, found.values()))
    return [*found.values(), *(group for group in groups if id(group) not in placed)]


def as_sent(
    groups: Sequence[wire.Group], ordered: Sequence[wire.Group], results: list[wire.Result]
) -> list[wire.Result]:
    """Results that are in the order of `ordered`, in the order in which the groups were sent."""
    if ordered is groups:
        return results
    by_group = {id(group): result for group, result in zip(ordered, results, strict=True)}
    return [by_group[id(group)] for group in groups]


def in_a_circle(groups: Iterable[wire.Group]) -> frozenset[str]:
    """The mutations of a request that wait for themselves, by way of others."""
    waits = {g.mid: {*g.after} for g in groups if g.after}
    found: set[str] = set()
    while True:
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as cycle:
            found.update(cycle.args[1])
            waits = {mid: after for mid, after in waits.items() if mid not in found}
        else:
            return frozenset(found)
