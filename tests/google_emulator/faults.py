"""Faults laid down before a call: it fails before or after it took effect, slowly, or half."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep

from tests.google_emulator.book import Json
from tests.google_emulator.calls import Answer, Request, json_answer
from tests.google_emulator.refusals import error_body, invalid
from tests.google_emulator.world import World

KINDS = (
    "unavailable_before",
    "unavailable_after",
    "html_502_before",
    "html_502_after",
    "cut_before",
    "cut_after",
    "cut_half",
    "slow",
)
UNAVAILABLE = json_answer(error_body(503, "The service is currently unavailable."), 503)
HTML_502 = Answer(
    502,
    b"<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title>"
    b"<p>The server encountered a temporary error and could not complete your request.</html>",
    "text/html; charset=UTF-8",
)


@dataclass(frozen=True)
class Outcome:
    """What the network makes of an answer: None is a connection that just ends."""

    answer: Answer | None
    half: bool = False


def lay(world: World, faults: list[Json]) -> None:
    """Lays faults down: `{"kind": …, "on": pattern of "METHOD path", "times": 1, "seconds": 0}`."""
    for fault in faults:
        if fault.get("kind") not in KINDS:
            raise invalid(f"a fault is one of {', '.join(KINDS)}")
        re.compile(fault.get("on", ""))
        world.faults.append({"on": "", "times": 1, "seconds": 0} | fault)


def taken(world: World, request: Request) -> Json | None:
    """The first fault that fits the call, used up by one."""
    line = f"{request.method} {request.path}"
    for fault in world.faults:
        if fault["times"] > 0 and re.search(fault["on"], line):
            fault["times"] -= 1
            return fault
    return None


def suffered(fault: Json | None, answered: Callable[[], Answer]) -> Outcome:
    """The call under the fault; `…_before` never reaches the spreadsheet."""
    if fault is None:
        return Outcome(answered())
    kind = fault["kind"]
    if fault["seconds"]:
        sleep(fault["seconds"])
    answer = answered() if not kind.endswith("_before") else None
    if kind.startswith("unavailable"):
        return Outcome(UNAVAILABLE)
    if kind.startswith("html_502"):
        return Outcome(HTML_502)
    if kind in ("cut_before", "cut_after"):
        return Outcome(None)
    return Outcome(answer, half=kind == "cut_half")
