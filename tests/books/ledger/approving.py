"""Limits of approval, what waits, and decisions on it, by people with different roles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.books.known import KnownRows, accepted
from workbook_templates.schema import Cells
from workbook_templates.senders import Sender

RULES, REQUESTS, APPROVALS = (
    f"ledger.{key}" for key in ("approval_rules", "approval_requests", "approvals")
)
RINA, BUDI, OWNER = "rina", "budi", "sri"
ROLES = {RINA: "accountant", BUDI: "controller", OWNER: "owner", "tono": "accountant"}
NOON = "2026-05-10T05:00:00.000Z"


def by(known: KnownRows, name: str, at: str = NOON) -> KnownRows:
    """The company as somebody sends to it."""
    return replace(known, sender=Sender(name, frozenset({ROLES[name]}), at=at))


def rule(kind: str, from_amount: int | None = 1000, **cells: str) -> dict[str, Any]:
    amount = {} if from_amount is None else {"from_amount": f"{from_amount}.00"}
    return {
        "kind": kind,
        **amount,
        **({} if "person" in cells else {"role": "controller"}),
        **cells,
    }


def with_limits(company: KnownRows) -> KnownRows:
    """A company whose bills, payments out and typed entries of 1,000 and more are approved."""
    known = by(company, BUDI)
    for kind in ("bill", "payment_out", "journal"):
        known = accepted(known, RULES, [rule(kind)])
    return by(known, RINA)


def requests(known: KnownRows) -> dict[str, str]:
    """The state of each request by the document's number."""
    return {row.text("document"): row.text("state") for row in known.rows(REQUESTS)}


def request_of(known: KnownRows, key: str) -> str:
    (found,) = [r.text("request") for r in known.rows(REQUESTS) if r.text("document") == key]
    return found


def decision(known: KnownRows, key: str, word: str = "approve", **cells: str) -> list[Cells]:
    return [{"request": request_of(known, key), "decision": word, **cells}]


def decided(known: KnownRows, who: str, key: str, word: str = "approve") -> KnownRows:
    return accepted(by(known, who), APPROVALS, decision(known, key, word))
