"""Several servers answer as one would that gets the same requests one after the other."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from random import Random

import httpx2
import msgspec
import pytest

from addin.server import Server
from addin.shadow import Sent
from sync_server.storage.sql_store import SqlStore
from tests.faults.servers import COMPANY, servers
from tests.scenarios.central_copy import CentralCopy
from workbook_templates import wire
from workbook_templates.books import book
from workbook_templates.row_ids import make_id
from workbook_templates.schema import Cells

VOUCHERS = "vouchers.vouchers"
PEOPLE, PUSHES = 6, 25
Told = tuple[wire.Group, wire.Result]


def work(address: str, person: int, rows: Sequence[str], told: list[Told]) -> None:
    """Push edits of the rows that all people share, each on what this one last saw of it."""
    chance, seen = Random(person), dict[str, Cells]()
    headers = {"Authorization": f"Bearer p{person}"}
    with httpx2.Client(base_url=address, headers=headers, timeout=60) as http:
        server = Server(http, COMPANY)
        for _ in range(PUSHES):
            rid = chance.choice(rows)
            group = edit(rid, seen.get(rid, {}), chance)
            sent = Sent(group.mid, msgspec.json.encode(group).decode())
            (result,) = server.push({"epoch": "epoch"}, [sent]).results
            told.append((group, result))
            found = http.get(f"/v1/companies/{COMPANY}/rows/{VOUCHERS}", params={"key": f"V-{rid}"})
            for row in found.json()["rows"]:
                seen[row["rid"]] = row["cells"]


def edit(rid: str, base: Cells, chance: Random) -> wire.Group:
    """The voucher as new, or one cell of it, perhaps one that breaks its rule."""
    amount = chance.choice(["0.00", "1.00", "2.00", "3.00"])
    wanted = {"amount": amount, "words": chance.choice("abc")}
    if not base:
        wanted |= {"voucher": f"V-{rid}", "date": "2026-05-03"}
    cells = {column: (base.get(column), text) for column, text in wanted.items()}
    op = wire.Op("put", VOUCHERS, rid, cells)
    return wire.Group(make_id(), VOUCHERS, f"V-{rid}", (op,))


def assert_serial(store: SqlStore, told: list[Told]) -> None:
    """What landed lands again in the order of its commits, and all is the same in the end."""
    alone = CentralCopy(book("vouchers"))
    for group, result in sorted(told, key=lambda pair: pair[1].seq):
        if result.status == wire.APPLIED:
            (again,) = alone.push([group])
            assert (again.status, again.seq, again.rows) == (result.status, result.seq, result.rows)
    with store.reading(COMPANY) as held, alone.store.reading(alone.company.code) as one:
        assert {r.id: r for r in held.all_rows()} == {r.id: r for r in one.all_rows()}
        assert held.numbers() == one.numbers()


@pytest.mark.postgresql
def test_two_servers_answer_as_one_in_the_order_of_commits(
    tmp_path: Path, postgresql_database_url: str
) -> None:
    rows, told = [make_id() for _ in range(4)], list[Told]()
    with servers(tmp_path, postgresql_database_url, 2) as (store, addresses):
        people = [
            threading.Thread(target=work, args=(addresses[n % 2], n, rows, told))
            for n in range(PEOPLE)
        ]
        for person in people:
            person.start()
        for person in people:
            person.join()
        assert len(told) == PEOPLE * PUSHES
        assert {r.status for _, r in told} >= {wire.APPLIED, wire.CONFLICT, wire.INVALID}
        assert_serial(store, told)
