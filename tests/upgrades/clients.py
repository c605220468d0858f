"""The book of a club in three versions: the members' register, then its fees."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import workbook_templates.books as books
from workbook_templates.columns import Choice, Code, Date, Money, Option, Text
from workbook_templates.lenses import Added, Lens, Renamed, Split
from workbook_templates.schema import Book, Sheet
from workbook_templates.words import Words


def word(text: str) -> Words:
    return Words(id=text, en=text)


CODE = Code("code", word("Code"), required=True)
JOINED = Date("joined", word("Joined"))
NAME = Text("name", word("Full name"), required=True)
TOWN = Text("town", word("Town"))
CITY = Text("city", word("City"), aliases=("Town",))
KIND = Choice(
    "kind",
    word("Kind"),
    choices=(Option("full", word("Full member")), Option("guest", word("Guest"))),
    required=True,
    default="full",
)
FIRST, LAST = Text("first", word("First name"), required=True), Text("last", word("Last name"))


def parts(text: str | None) -> tuple[str | None, ...]:
    first, blank, last = (text or "").partition(" ")
    return (first or None, last if blank else None)


def whole(names: tuple[str | None, ...]) -> str | None:
    return " ".join(name for name in names if name is not None) or None


def members(*columns: object) -> Sheet:
    return Sheet("members", word("Members"), columns, unique=("code",))  # type: ignore[arg-type]


FEES = Sheet(
    "fees",
    word("Fees"),
    (Code("fee", word("Fee"), required=True), Code("member", word("Member")),
     Money("amount", word("Amount"), required=True)),
    unique=("fee",),
)  # fmt: skip
TO_2 = Lens(2, (Renamed("members", TOWN, "city"), Added("members", "kind", "full")))
TO_3 = Lens(3, (Split("members", NAME, ("first", "last"), parts, whole),), sheets=("fees",))
WRITERS = frozenset({"clerk"})
V1 = Book("club", word("Club"), (members(CODE, NAME, TOWN, JOINED),), writers=WRITERS)
V2 = Book(
    "club",
    word("Club"),
    (members(CODE, NAME, CITY, JOINED, KIND),),
    version=2,
    lenses=(TO_2,),
    writers=WRITERS,
)
V3 = Book(
    "club",
    word("Club"),
    (members(CODE, FIRST, LAST, CITY, JOINED, KIND), FEES),
    version=3,
    lenses=(TO_2, TO_3),
    writers=WRITERS,
)
VERSIONS = {1: V1, 2: V2, 3: V3}
TABLE = "club.members"


@contextmanager
def installed(version: int) -> Iterator[Book]:
    """While this lasts the workbook's side has this version of the book, and no other book."""
    found = VERSIONS[version]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(books, "all_books", lambda: (found,))
        books.sheet_of.cache_clear()
        yield found
    books.sheet_of.cache_clear()
