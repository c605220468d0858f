"""Who may approve, and how many: the tiers of the sheet Approval Rules that an amount reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbook_templates.books.ledger.choices import APPROVER_ROLES, words_of
from workbook_templates.locale import said
from workbook_templates.schema import Known, Line
from workbook_templates.senders import CONTROLLER, Sender
from workbook_templates.words import Words

RULES = "ledger.approval_rules"
OR = Words(id=" atau ", en=" or ")
DEPUTY = Words(id="{name} (wakil, {first}–{last})", en="{name} (deputy, {first}–{last})")


@dataclass(frozen=True, slots=True)
class Approver:
    """A role or a person by sign-in name; a deputy only from a day to a day, "" = without end."""

    role: str = ""
    person: str = ""
    first: str = ""
    last: str = ""

    def is_met_by(self, sender: Sender) -> bool:
        """Whether somebody may approve today. An owner has every role."""
        if self.role:
            return sender.has(self.role)
        return self.person == sender.name and self._is_in_turn(sender.day)

    def _is_in_turn(self, day: str) -> bool:
        return self.first <= day and (not self.last or day <= self.last)


NOBODY_NAMED = (Approver(role=CONTROLLER),)
FIRST, SECOND = 1, 2  # which of the approvals of one version


def limit_of(known: Known, kind: str) -> Decimal | None:
    """The amount from which documents of a kind are to be approved; None: never."""
    return min((_from(rule) for rule in _rules(known, kind)), default=None)


def second_limit_of(known: Known, kind: str) -> Decimal | None:
    """The amount from which documents of a kind are approved by two people; None: never."""
    return min((_from(rule) for rule in _rules(known, kind, SECOND)), default=None)


def approvers_of(
    known: Known, kind: str, amount: Decimal, level: int = FIRST
) -> Sequence[Approver]:
    """Those of the highest tier that the amount reaches; where no rule has one, a controller."""
    reached = [rule for rule in _rules(known, kind, level) if _from(rule) <= amount]
    highest = max(map(_from, reached), default=None)
    named = [one for rule in reached if _from(rule) == highest for one in _named(rule)]
    return named or NOBODY_NAMED


def names_of(approvers: Iterable[Approver]) -> Words:
    """Who they are, for a sentence."""
    named = [_words(one) for one in approvers]
    return Words(
        id=OR.id.join(words.id for words in named), en=OR.en.join(words.en for words in named)
    )


def _rules(known: Known, kind: str, level: int | None = None) -> list[Line]:
    rules = (row for row in known.rows(RULES) if row.cells.get("kind") == kind)
    return [rule for rule in rules if level in (None, _level(rule))]


def _level(rule: Line) -> int:
    return SECOND if rule.text("level") == "second" else FIRST


def _from(rule: Line) -> Decimal:
    amount: Decimal | None = rule["from_amount"]
    return amount or Decimal(0)


def _named(rule: Line) -> Iterator[Approver]:
    yield Approver(role=rule.text("role"), person=rule.text("person"))
    if deputy := rule.text("deputy"):
        yield Approver(person=deputy, first=rule.text("from"), last=rule.text("to"))


def _words(approver: Approver) -> Words:
    if approver.role:
        return words_of(APPROVER_ROLES, approver.role)
    name = Words(id=approver.person, en=approver.person)
    if not (approver.first or approver.last):
        return name
    first, last = (
        date.fromisoformat(day) if day else "…" for day in (approver.first, approver.last)
    )
    return said(DEPUTY, name=name, first=first, last=last)
