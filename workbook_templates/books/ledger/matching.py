"""Which open documents money most likely settles: by number, by amount, by name, oldest first.

Pure: the same money and the same documents give the same matches, best first, each with a score
and the reason in words. Nothing is settled by it; a person decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from workbook_templates.words import Words

NUMBER_AND_AMOUNT, NUMBER, AMOUNT, ALL_OPEN, SEVERAL, ONE_OF_MANY, OLDEST = (
    100, 90, 80, 75, 70, 50, 30,
)  # fmt: skip
SURE = NUMBER  # of this score and more, nobody would decide otherwise
WITHOUT_PARTY = 10  # less, where nothing says whose money it is
MOST_TOGETHER, MOST_LOOKED_AT = 4, 16  # several documents: at most so many, of the oldest
SHORTEST_NUMBER, SHORTEST_NAME = 3, 4
_NOT_IN_NUMBERS = re.compile(r"[^0-9A-Z]+")

BY_NUMBER_AND_AMOUNT = Words(
    id="nomor di uraian, jumlah sama", en="number in the description, same amount"
)
BY_NUMBER = Words(id="nomor di uraian", en="number in the description")
BY_AMOUNT = Words(id="jumlah sama", en="same amount")
BY_ALL_OPEN = Words(id="semua yang terbuka", en="all that is open")
BY_SEVERAL = Words(id="beberapa dokumen, jumlah sama", en="several documents, same amount")
BY_ONE_OF_MANY = Words(id="jumlah sama, yang tertua", en="same amount, the oldest of such")
BY_AGE = Words(id="yang tertua lebih dulu", en="oldest first")


@dataclass(frozen=True, slots=True)
class Money:
    """What came in or went out: an amount above zero, whose it is ("" where nobody says), and the
    words that came with it.
    """

    amount: Decimal
    party: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that is open; `left` is below zero where it takes away, as a credit note does.

    `references`: the numbers by which somebody may call it, its own among them.
    """

    party: str
    party_name: str
    document: str
    due: str
    left: Decimal
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What the money may settle: (document, amount) pairs of one party, 0 to 100, and why."""

    party: str
    settles: tuple[tuple[str, Decimal], ...]
    score: int
    reason: Words


def matches(money: Money, documents: Iterable[OpenDocument], most: int = 3) -> list[Match]:
    """The best matches, the best first; none where nothing is open that could be meant."""
    text = f" {_plain(money.text)} "
    by_party: dict[str, list[OpenDocument]] = defaultdict(list)
    for document in documents:
        if money.party in ("", document.party):
            by_party[document.party].append(document)
    found = []
    for party, opened in by_party.items():
        opened.sort(key=lambda document: (document.due, document.document))
        penalty = 0 if money.party or _is_named(opened[0], text) else WITHOUT_PARTY
        for match in _of_party(money.amount, text, opened, bool(penalty)):
            score = match.score if match.score >= SURE else match.score - penalty
            found.append(Match(party, match.settles, score, match.reason))
    if not money.party:
        found = _alike_is_less(found)
    found.sort(key=lambda match: (-match.score, len(match.settles)))
    return _different(found)[:most]


def _of_party(
    amount: Decimal, text: str, opened: Sequence[OpenDocument], is_unknown: bool
) -> Iterator[Match]:
    """What the money may settle of one party; where nobody says whose it is, neither several
    documents nor parts of them, which would fit almost anybody.
    """
    named = [d for d in opened if any(f" {_plain(n)} " in text for n in _numbers(d))]
    if named:
        exact = sum((d.left for d in named), Decimal(0)) == amount
        score, why = (NUMBER_AND_AMOUNT, BY_NUMBER_AND_AMOUNT) if exact else (NUMBER, BY_NUMBER)
        yield _match(named if exact else _in_turn(named, amount), score, why)
    same = [d for d in opened if d.left == amount]
    if same:
        score, why = (AMOUNT, BY_AMOUNT) if len(same) == 1 else (ONE_OF_MANY, BY_ONE_OF_MANY)
        yield _match(same[:1], score, why)
    if len(opened) > 1 and sum((d.left for d in opened), Decimal(0)) == amount:
        yield _match(opened, ALL_OPEN, BY_ALL_OPEN)
    if is_unknown:
        return
    if together := _together(amount, opened):
        yield _match(together, SEVERAL, BY_SEVERAL)
    yield _match(_in_turn(opened, amount), OLDEST, BY_AGE)


def _match(settles: Iterable[OpenDocument], score: int, reason: Words) -> Match:
    parts: dict[str, Decimal] = defaultdict(Decimal)
    for document in settles:
        parts[document.document] += document.left
    return Match("", tuple(parts.items()), score, reason)


def _in_turn(documents: Iterable[OpenDocument], amount: Decimal) -> Iterator[OpenDocument]:
    """Of documents in their order as much as the amount settles."""
    for document in documents:
        part = min(document.left, amount)
        if part > 0:
            amount -= part
            yield OpenDocument(document.party, "", document.document, document.due, part)


def _together(amount: Decimal, opened: Sequence[OpenDocument]) -> Sequence[OpenDocument]:
    """The fewest of the oldest documents that come to the amount."""
    for count in range(2, MOST_TOGETHER + 1):
        for some in combinations(opened[:MOST_LOOKED_AT], count):
            if sum((document.left for document in some), Decimal(0)) == amount:
                return some
    return ()


def _alike_is_less(found: Iterable[Match]) -> list[Match]:
    """An amount that fits documents of several parties tells little of whose it is."""
    found = list(found)
    exact = [match for match in found if match.score < SURE and match.reason is not BY_AGE]
    alike = len({match.party for match in exact}) > 1
    return [
        Match(m.party, m.settles, m.score - WITHOUT_PARTY, m.reason) if alike and m in exact else m
        for m in found
    ]


def _different(found: Iterable[Match]) -> list[Match]:
    """Each way to settle once, where it stands best."""
    seen: dict[frozenset[tuple[str, Decimal]], Match] = {}
    for match in found:
        if match.settles:
            seen.setdefault(frozenset(match.settles), match)
    return list(seen.values())


def _is_named(document: OpenDocument, text: str) -> bool:
    name = _plain(document.party_name)
    return len(name) >= SHORTEST_NAME and f" {name} " in text


def _numbers(document: OpenDocument) -> Iterator[str]:
    """The numbers that can be told from other words: with a digit, and not too short."""
    for number in (document.document, *document.references):
        if len(number) >= SHORTEST_NUMBER and any(map(str.isdigit, number)):
            yield number


def _plain(text: str) -> str:
    """Text as it is compared: "INV/12" and "inv-12" are alike."""
    return _NOT_IN_NUMBERS.sub(" ", text.upper()).strip()
