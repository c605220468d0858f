"""Laying a new company: its chart of accounts, tax codes and open periods, as audited commits."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sync_server.api.deps import Served, token_digest
from sync_server.core.access import OWNER, Author
from sync_server.core.draft import Draft
from sync_server.core.errors import BadRequest, Damaged, NotFound
from sync_server.core.port import Person
from sync_server.core.push import push
from workbook_templates import wire
from workbook_templates.packs.opening import opening_rows
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells, Company, Sheet

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
        for group in _groups(served.catalogue.sheets[table], table_rows)
    ]
    author = Author(SYSTEM, frozenset({OWNER}), served.catalogue)
    with served.store.writing(company.code) as held:
        batch, results = push(Draft(held, served.catalogue), groups, author, served.now())
        refused = [error for result in results for error in result.errors]
        if refused:
            raise Damaged(f"The pack {company.pack} breaks a rule: {refused[0].message['en']}")
        held.keep(batch)
    return sum(len(group.ops) for group in groups)


def add_person(served: Served, name: str, role: str, company: str) -> str:
    """Gives a person a role ("*" = in every company) and a new token, told only this once.

    Raises `BadRequest` for an unknown role, `NotFound` for an unknown company.
    """
    known = roles_of(served)
    if role not in known:
        raise BadRequest(f"There is no role {role}. Roles: {', '.join(known)}")
    if company != "*" and company not in {c.code for c in served.store.companies()}:
        raise NotFound(f"There is no company {company}")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    served.store.add_person(Person(name, ((company, role),)), token_digest(token))
    return token


def roles_of(served: Served) -> tuple[str, ...]:
    """Every role that some book knows, the owner first."""
    books = served.catalogue.books
    return (OWNER, *sorted({r for book in books for r in book.writers | book.readers}))


def _groups(sheet: Sheet, rows: Iterable[Cells]) -> Iterable[wire.Group]:
    documents: dict[str, list[wire.Op]] = {}
    for cells in rows:
        row_id = make_id()
        put = wire.Op("put", sheet.table, row_id, {k: (None, v) for k, v in cells.items() if v})
        documents.setdefault(sheet.key_of(cells, row_id), []).append(put)
    for key, puts in documents.items():
        yield wire.Group(make_id(), sheet.table, key, tuple(puts), new=True)
