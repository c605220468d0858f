"""What routes ask for: the store, the books, who is calling, and the raw body within its limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

import msgspec
from fastapi import Depends, Header, Request, Response
from fastapi.concurrency import run_in_threadpool

from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import BadRequest, NotSignedIn, NotYours, TooLarge
from sync_server.core.port import Person
from sync_server.core.upgrading import VersionedStore
from workbook_templates.limits import NotALimit, read_limits

MAX_BODY = 16 * 1024 * 1024
MAX_GROUPS = 5000
MAX_ROWS_PER_GROUP = 5000
NO_NUL = "No text may have the character U+0000: not every database keeps it"
_ESCAPED_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True)
class Served:
    """What one server process serves; `now` gives UTC text for the audit."""

    store: VersionedStore
    catalogue: Catalogue
    now: Callable[[], str]


async def served(request: Request) -> Served:
    """The server's own parts, put on the application at start."""
    found = request.app.state.served
    assert isinstance(found, Served)
    return found


ServedDep = Annotated[Served, Depends(served)]


async def signed_in(
    served: ServedDep, authorization: Annotated[str | None, Header()] = None
) -> Person:
    """The person whose token came with the request. Raises `NotSignedIn`."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    digest = token_digest(token.strip())
    person = served.store.person_at_hand(digest)
    if person is None:  # only now a thread: most requests come from somebody who is known
        person = await run_in_threadpool(served.store.person_with, digest)
    if person is None:
        raise NotSignedIn
    return person


PersonDep = Annotated[Person, Depends(signed_in)]


async def author_in(company: str, person: PersonDep, served: ServedDep, request: Request) -> Author:
    """The person with their roles in the company of the path. Raises `NotYours`, `BadRequest`."""
    roles = roles_in(company, person)
    if not roles:
        raise NotYours(f"You have no role in company {company}", company=company)
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise BadRequest(NO_NUL)
    return author_of(person, roles, company, served.catalogue)


async def author_of_request(request: Request, company: str) -> Author:
    """`author_in` for a route that a crowd calls: half of what it costs is to resolve
    dependencies. Raises `NotSignedIn`, `NotYours`, `BadRequest`.
    """
    here = await served(request)
    person = await signed_in(here, request.headers.get("authorization"))
    return await author_in(company, person, here, request)


def roles_in(company: str, person: Person) -> frozenset[str]:
    """What a person is in a company, or in all of them."""
    return frozenset(role for where, role in person.roles if where in (company, "*"))


def author_of(person: Person, roles: frozenset[str], company: str, catalogue: Catalogue) -> Author:
    """A person in a company, with the limits of the rows that they may see there."""
    texts = [text for where, text in person.only if where in (company, "*")]
    try:
        limits = read_limits(texts, catalogue.sheets) if texts else {}
    except NotALimit as unknown:  # of a book that is not here any more: nothing is shown by guess
        raise NotYours(f"Your rights are not known here: {unknown}") from unknown
    only = tuple(limit for of_table in limits.values() for limit in of_table)
    return Author(person.name, roles, catalogue, only=only)


async def raw_body(request: Request) -> bytes:
    """The body as bytes. Raises `TooLarge` before more than the limit is read, `BadRequest` where
    a text of its JSON has the character U+0000.
    """
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise TooLarge(f"A request may carry {MAX_BODY} bytes", limit=MAX_BODY)
        parts.append(part)
    body = b"".join(parts)
    if rb"\u0000" in body and _ESCAPED_NUL.search(body):
        raise BadRequest(NO_NUL)
    return body


def token_digest(token: str) -> str:
    """What is kept of a token: 256 random bits need no salt and no slow hash."""
    return sha256(token.encode()).hexdigest()


def json_reply(value: object, status: int = 200) -> Response:
    """A wire message as the response."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


AuthorDep = Annotated[Author, Depends(author_in)]
BodyDep = Annotated[bytes, Depends(raw_body)]
