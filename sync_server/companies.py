"""Laying a new company: its chart of accounts, tax codes and open periods, as audited commits."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from sync_server.api.deps import Served, token_digest
from sync_server.core.access import Author
from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.errors import BadRequest, Damaged, NotFound
from sync_server.core.port import Person
from sync_server.core.push import push
from sync_server.core.upgrading import versions_of
from workbook_templates import wire
from workbook_templates.limits import NotALimit, read_limits
from workbook_templates.packs.opening import opening_rows
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells, Company
from workbook_templates.senders import OWNER

SYSTEM = "lajur"
TOKEN_BYTES = 32


def add_company(served: Served, company: Company, first_month: str, last_month: str) -> int:
    """Adds a company and the opening rows of its pack; the number of rows laid.

    Raises `AlreadyThere`, `BadRequest` for an unknown pack.
    """
    try:
        rows = opening_rows(company.pack, company.language, first_month, last_month)
    except (LookupError, FileNotFoundError) as unknown:
        raise BadRequest(f"There is no rule pack {company.pack}") from unknown
    served.store.add_company(company, secrets.token_hex(8), secrets.token_bytes(32))
    groups = [
        group
        for table, table_rows in rows.items()
        for group in _groups(served.catalogue, table, table_rows)
    ]
    author = Author(SYSTEM, frozenset({OWNER}), served.catalogue)
    served.store.note_versions(company.code, versions_of(served.catalogue))
    with served.store.writing(company.code) as held:
        batch, results = push(Draft(held, served.catalogue), groups, author, served.now())
        refused = [error for result in results for error in result.errors]
        if refused:
            raise Damaged(f"The pack {company.pack} breaks a rule: {refused[0].message['en']}")
        held.keep(batch)
    return sum(len(group.ops) for group in groups)


def add_person(served: Served, name: str, role: str, company: str, only: Sequence[str] = ()) -> str:
    """Gives a person a role ("*" = in every company) and a new token, told only this once.

    `only` limits the rows that they see and write there (workbook_templates/limits.py). Raises
    `BadRequest` for an unknown role or limit, `NotFound` for an unknown company.
    """
    _check_limits(served, only)
    known = roles_of(served)
    if role not in known:
        raise BadRequest(f"There is no role {role}. Roles: {', '.join(known)}")
    if company != "*" and company not in {c.code for c in served.store.companies()}:
        raise NotFound(f"There is no company {company}")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    limits = tuple((company, text) for text in only)
    served.store.add_person(Person(name, ((company, role),), limits), token_digest(token))
    return token


def limit_person(served: Served, name: str, company: str, only: Sequence[str]) -> None:
    """Puts these limits in the place of those that a person has in a company; none lifts them.

    Raises `BadRequest` for an unknown limit, `NotFound` for an unknown person.
    """
    _check_limits(served, only)
    if name not in {person.name for person in served.store.people()}:
        raise NotFound(f"There is no person {name}")
    served.store.limit_person(name, company, only)


def _check_limits(served: Served, only: Sequence[str]) -> None:
    try:
        read_limits(only, served.catalogue.sheets)
    except NotALimit as wrong:
        raise BadRequest(str(wrong)) from wrong


def roles_of(served: Served) -> tuple[str, ...]:
    """Every role that some book knows, the owner first."""
    books = served.catalogue.books
    return (OWNER, *sorted({r for book in books for r in book.writers | book.readers}))


def _groups(catalogue: Catalogue, table: str, rows: Iterable[Cells]) -> Iterable[wire.Group]:
    sheet, version = catalogue.sheets[table], catalogue.book_of[table].version
    documents: dict[str, list[wire.Op]] = {}
    for cells in rows:
        row_id = make_id()
        put = wire.Op("put", table, row_id, {k: (None, v) for k, v in cells.items() if v})
        documents.setdefault(sheet.key_of(cells, row_id), []).append(put)
    for key, puts in documents.items():
        yield wire.Group(make_id(), table, key, tuple(puts), new=True, schema=version)
