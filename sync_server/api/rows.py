"""The routes of single rows: read one, see its history."""

from __future__ import annotations

from fastapi import APIRouter, Response

from sync_server.api.deps import AuthorDep, ServedDep, json_reply
from sync_server.core.access import Author
from sync_server.core.errors import NotFound, NotYours
from sync_server.core.port import DOCUMENT
from sync_server.core.push import row_state

router = APIRouter(prefix="/v1/companies/{company}/rows", tags=["rows"])


@router.get("/{table}", summary="The rows of a document or with a business key")
def rows(company: str, table: str, key: str, author: AuthorDep, served: ServedDep) -> Response:
    """All live rows of that document, with the columns that the caller may see."""
    columns = _columns(author, table)
    with served.store.reading(company) as held:
        found = held.rows_where(table, DOCUMENT, [key])
        reply = {"head": held.head, "rows": [row_state(row, columns) for row in found]}
    return json_reply(reply)


@router.get("/{table}/{row_id}", summary="One row")
def row(company: str, table: str, row_id: str, author: AuthorDep, served: ServedDep) -> Response:
    """A row as it is now; its ETag is the commit that last changed it."""
    columns = _columns(author, table)
    with served.store.reading(company) as held:
        found = held.rows_by_id([row_id]).get(row_id)
    if found is None or found.table != table:
        raise NotFound(f"There is no row {row_id} in {table}")
    reply = json_reply(row_state(found, columns))
    reply.headers["ETag"] = f'"{found.seq}"'
    return reply


@router.get("/{table}/{row_id}/history", summary="Every change of a row")
def history(
    company: str, table: str, row_id: str, author: AuthorDep, served: ServedDep
) -> Response:
    """The row's audit trail, oldest first, with the columns that the caller may see."""
    columns = set(_columns(author, table))
    with served.store.reading(company) as held:
        records = [record for record in held.history(row_id) if record.t == table]
    if not records:
        raise NotFound(f"There is no row {row_id} in {table}")
    for record in records:
        for hidden in record.cells.keys() - columns:
            del record.cells[hidden]
    return json_reply(records)


def _columns(author: Author, table: str) -> tuple[str, ...]:
    if table not in author.catalogue.sheets:
        raise NotFound(f"There is no table {table}")
    if table not in author.visible:
        raise NotYours(f"You may not see {table}")
    return author.visible[table]
