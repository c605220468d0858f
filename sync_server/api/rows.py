"""The routes of single rows: read one, as it is or was; write or delete one; see its history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Header, Query, Response

from sync_server.api.deps import AuthorDep, BodyDep, ServedDep, json_reply
from sync_server.api.openers import named
from sync_server.api.reading import ReadingDep
from sync_server.api.writer import WriterDep
from sync_server.core.access import Author
from sync_server.core.draft import Draft
from sync_server.core.errors import (
    BadRequest,
    Locked,
    MidReused,
    NotFound,
    NotYours,
    PreconditionFailed,
    PreconditionRequired,
    Refused,
)
from sync_server.core.port import DOCUMENT, StoredRow, Transaction
from sync_server.core.push import push
from sync_server.core.seen import columns_of, seen_changes, seen_row
from sync_server.core.single import RowWrite, as_group, check_version, row_at
from workbook_templates import wire
from workbook_templates.row_ids import is_row_id, make_id

router = APIRouter(prefix="/v1/companies/{company}/rows", tags=["rows"])
MID_LENGTH = 100
Tag = Annotated[str | None, Header()]


@dataclass(frozen=True)
class Place:
    """Where a row is written, and on what condition: the path and the headings of a request."""

    served: ServedDep
    writer: WriterDep
    company: str
    table: str
    row_id: str
    if_match: Tag = None
    if_none_match: Tag = None
    idempotency_key: Tag = None


PlaceDep = Annotated[Place, Depends()]


class RowCells(msgspec.Struct, forbid_unknown_fields=True):
    """What a row shall hold: canonical text by column; a column that is not named stays."""

    cells: dict[str, str | None]
    file: str = ""


_read_cells = msgspec.json.Decoder(RowCells).decode
_CELLS_DOC: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": msgspec.json.schema(RowCells)["$defs"]["RowCells"]}
        },
    }
}


@router.get("/{table}", summary="The rows of a document or with a business key")
def rows(table: str, key: str, author: AuthorDep, reading: ReadingDep) -> Response:
    """All live rows of that document, with the columns that the caller may see."""
    columns_of(author, table)
    with reading.held() as held:
        found = [seen_row(author, row) for row in held.rows_where(table, DOCUMENT, [key])]
        reply = {"head": held.head, "rows": [row for row in found if row is not None]}
    return json_reply(reply)


@router.get("/{table}/{row_id}", summary="One row, as it is or as a commit left it")
def row(
    table: str,
    row_id: str,
    author: AuthorDep,
    reading: ReadingDep,
    at: Annotated[int | None, Query(ge=1, description="A commit's number")] = None,
) -> Response:
    """A row with its version as ETag. `at` is answered from the audit."""
    columns = columns_of(author, table)
    with reading.held() as held:
        if at is None:
            kept = held.rows_by_id([row_id]).get(row_id)
            found = seen_row(author, kept) if kept is not None and kept.table == table else None
        else:
            then = row_at(held, row_id, at)
            found = _as_it_was(then, columns) if then and _was_seen(author, table, then) else None
    if found is None:
        raise NotFound(f"There is no row {row_id} in {table}")
    return _with_tag(found)


@router.get("/{table}/{row_id}/history", summary="Every change of a row")
def history(table: str, row_id: str, author: AuthorDep, reading: ReadingDep) -> Response:
    """The row's audit trail, oldest first, with the columns that the caller may see."""
    columns_of(author, table)
    with reading.held() as held:
        records = [record for record in held.history(row_id) if record.t == table]
    seen = list(seen_changes(author, records, lambda _: records))
    if not seen:
        raise NotFound(f"There is no row {row_id} in {table}")
    return json_reply(seen)


@router.put("/{table}/{row_id}", summary="Write one row", openapi_extra=_CELLS_DOC)
def put_row(place: PlaceDep, author: AuthorDep, body: BodyDep) -> Response:
    """Change the version named in If-Match, or create with `If-None-Match: *` (201)."""
    if not is_row_id(place.row_id):
        raise BadRequest("A row's id is a UUID in small letters")
    asked = _read(body)
    seq = _version(place.if_match, place.if_none_match)
    write = RowWrite(place.table, place.row_id, _mid(place.idempotency_key), seq, asked.cells)
    return _write(place, replace(author, file=asked.file), write)


@router.delete("/{table}/{row_id}", summary="Delete one row")
def delete_row(place: PlaceDep, author: AuthorDep) -> Response:
    """Delete the version named in If-Match."""
    seq = _version(place.if_match, None)
    write = RowWrite(place.table, place.row_id, _mid(place.idempotency_key), seq, None)
    return _write(place, author, write)


def _write(place: Place, author: Author, asked: RowWrite) -> Response:
    """Lands the row by the ordinary way of a push; a repeat under its mid is answered as before."""
    served = place.served

    def job(held: Transaction) -> tuple[wire.Result, StoredRow | None]:
        group = as_group(held, author, asked)
        if not held.results([asked.mid]):
            check_version(held, author, asked)
        batch, (result,) = push(Draft(held, served.catalogue), [group], author, served.now())
        held.keep(batch)
        return result, held.rows_by_id([asked.id]).get(asked.id)

    result, kept = place.writer.alone(place.company, job).result()
    found = seen_row(author, kept) if kept is not None else None
    _refuse(named(served, place.company, result), found)
    if found is None:
        raise NotFound(f"There is no row {asked.id} in {asked.table}")
    return _with_tag(found, 201 if asked.seq is None and not result.replayed else 200)


def _refuse(result: wire.Result, found: wire.RowState | None) -> None:
    """Raises what a result says that did not land."""
    if result.status == wire.CONFLICT:
        raise PreconditionFailed("Read the row again, then change what it is now", row=found)
    if result.status == wire.MID_REUSED:
        raise MidReused("This Idempotency-Key was used for another request")
    sentence = next((e.message["en"] for e in result.errors), "")
    if result.status == wire.DENIED:
        raise NotYours(sentence, errors=result.errors)
    if result.status == wire.LOCKED:
        raise Locked(sentence, errors=result.errors, lock=result.lock)
    if result.status == wire.INVALID:
        raise Refused(sentence, errors=result.errors)


def _read(body: bytes) -> RowCells:
    try:
        return _read_cells(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as broken:
        raise BadRequest(str(broken)) from broken


def _version(if_match: str | None, if_none_match: str | None) -> int | None:
    """The version that is changed, None to create. Raises `PreconditionRequired`."""
    if if_none_match is not None and if_match is None:
        if if_none_match.strip() != "*":
            raise BadRequest("If-None-Match takes * alone: the row must not be there")
        return None
    if if_match is None:
        raise PreconditionRequired
    digits = if_match.strip().removeprefix("W/").strip('"')
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 19):
        raise BadRequest("If-Match takes the ETag of the row as it was read")
    return int(digits)


def _mid(idempotency_key: str | None) -> str:
    mid = (idempotency_key or "").strip().strip('"') or make_id()
    if len(mid) > MID_LENGTH:
        raise BadRequest(f"An Idempotency-Key has at most {MID_LENGTH} characters")
    return mid


def _was_seen(author: Author, table: str, then: wire.Audit) -> bool:
    """Whether the row is of this table, and its reader may see it as it was."""
    return then.t == table and author.may_see(
        table, {c: text for c, (text, _) in then.cells.items()}
    )


def _as_it_was(then: wire.Audit, columns: tuple[str, ...]) -> wire.RowState:
    cells = {} if then.deleted else {c: then.cells.get(c, (None, None))[0] for c in columns}
    return wire.RowState(then.t, then.rid, then.seq, cells, then.deleted)


def _with_tag(found: wire.RowState, status: int = 200) -> Response:
    reply = json_reply(found, status)
    reply.headers["ETag"] = f'"{found.seq}"'
    return reply
