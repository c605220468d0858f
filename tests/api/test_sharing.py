"""What a server says to files that were away, restored or copied, and of work that is parked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx2
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from sync_server.api.titles import INDONESIAN
from sync_server.companies import add_person
from sync_server.core.compaction import compact
from sync_server.core.errors import ServerError
from sync_server.core.verify import verify_company
from sync_server.storage.memory import MemoryStore
from tests.api.conftest import headers
from tests.api.test_routes import V1, entry, group, push, put
from workbook_templates.row_ids import make_id

WAREHOUSES = "inventory.warehouses"
YEARS_LATER = "2028-05-31T10:00:00.000Z"


def warehouse(code: str) -> dict[str, Any]:
    """A new warehouse on the wire."""
    return group(WAREHOUSES, code, put(WAREHOUSES, code=code, name=code))


def read(
    client: TestClient, who: httpx2.Headers, cursor: str = "", limit: int = 5000
) -> httpx2.Response:
    asked = {"tables": WAREHOUSES, "limit": str(limit)} | ({"cursor": cursor} if cursor else {})
    return client.get(f"{V1}/changes", headers=who, params=asked)


def compacted(served: Served, now: str = YEARS_LATER) -> None:
    with served.store.writing("PT") as held:
        compact(held, now)


def deleted_warehouse(client: TestClient, who: httpx2.Headers) -> dict[str, Any]:
    """A warehouse that was pushed and deleted; its op as it was pushed."""
    pushed = warehouse("timur")
    push(client, who, pushed)
    op: dict[str, Any] = pushed["ops"][0]
    base = {column: mine for column, (_, mine) in op["cells"].items()}
    gone = {"op": "del", "t": WAREHOUSES, "rid": op["rid"], "base": base}
    assert push(client, who, group(WAREHOUSES, "timur", gone))[0]["status"] == "applied"
    return op


# -- compaction ------------------------------------------------------------------------------------


def test_who_was_away_for_longer_than_tombstones_are_kept_reads_everything_anew(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    push(client, owner, warehouse("pusat"))
    cursor = read(client, owner).json()["cursor"]
    deleted_warehouse(client, owner)
    newest = read(client, owner).json()["cursor"]
    compacted(served)
    refused = read(client, owner, cursor)
    assert refused.status_code == 410
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["code"] == "cursor_expired"
    assert set(refused.json()["titles"]) == {"id", "en"}
    assert read(client, owner, newest).status_code == 200
    assert not any(row["deleted"] for row in read(client, owner).json()["rows"])


def test_a_first_reading_in_small_pages_goes_below_the_floor(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    push(client, owner, warehouse("pusat"), warehouse("barat"))
    deleted_warehouse(client, owner)
    compacted(served)
    page = read(client, owner, limit=1).json()
    seen = list(page["rows"])
    while page["more"]:
        page = read(client, owner, page["cursor"], limit=1).json()
        seen += page["rows"]
    assert {"pusat", "barat"} <= {row["cells"]["code"] for row in seen}


def test_an_edit_of_a_purged_row_is_a_conflict_and_its_audit_stays(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    op = deleted_warehouse(client, owner)
    compacted(served)
    edit = {**op, "cells": {"name": ["timur", "East"]}}
    (result,) = push(client, owner, group(WAREHOUSES, "timur", edit))
    assert [c["kind"] for c in result["conflicts"]] == ["unknown_row"]
    history = client.get(f"{V1}/rows/{WAREHOUSES}/{op['rid']}/history", headers=owner)
    assert [change["deleted"] for change in history.json()] == [False, True]
    with served.store.reading("PT") as held:
        assert verify_company(held, served.catalogue) == []


def test_nothing_young_is_purged(client: TestClient, owner: httpx2.Headers, served: Served) -> None:
    deleted_warehouse(client, owner)
    with served.store.writing("PT") as held:
        gone = compact(held, "2026-06-30T10:00:00.000Z")
    assert (gone.tombstones, gone.results, gone.floor) == (0, 0, 0)
    with served.store.reading("PT") as held:
        assert compact(held, YEARS_LATER, dry=True).tombstones == 1
        assert held.floor == 0


def test_every_error_has_a_title_in_indonesian() -> None:
    errors, found = [ServerError], set[str]()
    while errors:
        error = errors.pop()
        found.add(error.code)
        errors += error.__subclasses__()
    assert found <= INDONESIAN.keys()


# -- restore ---------------------------------------------------------------------------------------


def test_a_database_that_was_put_back_by_hand_is_noticed(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    """Its epoch is the old one and its head may be as high as before."""
    assert isinstance(served.store, MemoryStore)
    before = replace(served.store._books["PT"])
    push(client, owner, warehouse("pusat"))
    cursor = read(client, owner).json()["cursor"]
    served.store._books["PT"] = before
    assert read(client, owner, cursor).json()["code"] == "epoch_changed"
    push(client, owner, warehouse("barat"))
    assert read(client, owner, cursor).json()["code"] == "epoch_changed"


def test_versions_tell_which_states_of_a_row_the_server_ever_had(
    client: TestClient, owner: httpx2.Headers
) -> None:
    pushed = warehouse("pusat")
    first = push(client, owner, pushed)[0]["seq"]
    mark = read(client, owner).json()["mark"]
    rid = pushed["ops"][0]["rid"]
    edit = {"op": "put", "t": WAREHOUSES, "rid": rid, "cells": {"name": ["pusat", "Main"]}}
    second = push(client, owner, group(WAREHOUSES, "pusat", edit))[0]["seq"]
    asked = {
        "marks": [[first, mark], [second, "of another history"]],
        "rows": [
            [WAREHOUSES, rid, first],
            [WAREHOUSES, rid, second + 1],
            [WAREHOUSES, make_id(), first],
        ],
    }
    reply = client.post(f"{V1}/versions", headers=owner, json=asked).json()
    assert reply["parted"] == first
    known, lost, unheard = reply["rows"]
    assert known["then"]["name"] == lost["parting"]["name"] == "pusat"
    assert lost["then"] is None
    assert lost["now"]["cells"]["name"] == "Main"
    assert (unheard["then"], unheard["now"]) == (None, None)


# -- files -----------------------------------------------------------------------------------------


def hello(client: TestClient, who: httpx2.Headers, **told: str) -> str:
    """The id under which a file goes on, "" for its own."""
    reply = client.get(f"{V1}/hello", headers=who, params={"file": "stok.xlsx", **told})
    assert reply.status_code == 200, reply.text
    return str(reply.json()["copy"])


def test_a_file_is_noted_and_a_clone_goes_on_under_an_id_of_its_own(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    assert hello(client, owner, copy="c", stamp="") == ""
    assert hello(client, owner, copy="c", stamp="s1", before="", seq="7") == ""
    assert hello(client, owner, copy="c", stamp="s2", before="s1") == ""
    assert hello(client, owner, copy="c", stamp="s2", before="s1") == ""
    clone = hello(client, owner, copy="c", stamp="s1", before="")
    assert clone
    assert hello(client, owner, copy="c", stamp="s3", before="s2") == ""
    assert hello(client, owner, copy=clone, stamp="s4", before="s1") == ""
    seen = {copy.copy: copy.stamp for copy in served.store.copies("PT")}
    assert seen == {"c": "s3", clone: "s4"}


def test_who_gives_no_id_is_not_noted(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    assert hello(client, owner) == ""
    assert served.store.copies("PT") == []


# -- drafts ----------------------------------------------------------------------------------------


def park(client: TestClient, who: httpx2.Headers, **draft: Any) -> httpx2.Response:
    told = {"id": make_id(), "groups": [entry("J1", "5.00", "4.00")], "book": "ledger", **draft}
    return client.post(f"{V1}/drafts", headers=who, json=told)


def test_anything_can_be_parked_and_nothing_of_it_is_applied(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    head = client.get(f"{V1}/hello", headers=owner).json()["head"]
    odd = group("ledger.of_the_future", "X", put("ledger.of_the_future", colour="blue"))
    reply = park(client, owner, groups=[odd], made_by="Rina", file="lama.xlsx")
    assert reply.status_code == 201
    (draft,) = client.get(f"{V1}/drafts", headers=owner).json()["drafts"]
    assert (draft["made_by"], draft["parked_by"], draft["state"]) == ("Rina", "Sari", "open")
    whole = client.get(f"{V1}/drafts/{draft['id']}", headers=owner).json()
    assert whole["groups"][0]["ops"][0]["cells"] == {"colour": [None, "blue"]}
    assert client.get(f"{V1}/hello", headers=owner).json()["head"] == head


def test_a_draft_is_parked_once(client: TestClient, owner: httpx2.Headers) -> None:
    draft = {"id": make_id(), "groups": [entry("J1", "5.00", "4.00")]}
    assert [park(client, owner, **draft).status_code for _ in range(2)] == [201, 200]
    other = {**draft, "groups": [entry("J2", "5.00", "4.00")]}
    assert park(client, owner, **other).status_code == 409
    assert park(client, owner, id="no-uuid").status_code == 400


def test_a_draft_is_adopted_by_one_person(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    draft = park(client, owner).json()["id"]
    other = headers(add_person(served, "Budi", "accountant", "PT"))
    adopt = f"{V1}/drafts/{draft}/adopt"
    assert client.post(adopt, headers=other).json()["settled_by"] == "Budi"
    assert client.post(adopt, headers=other).status_code == 200
    late = client.post(adopt, headers=owner)
    assert (late.status_code, late.json()["code"]) == (409, "draft_settled")


def test_a_draft_shows_nobody_what_they_may_not_see(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    draft = park(client, owner).json()["id"]
    storekeeper = headers(add_person(served, "Tono", "warehouse", "PT"))
    assert client.get(f"{V1}/drafts", headers=storekeeper).json()["drafts"] == []
    for method, path in (("GET", ""), ("POST", "/adopt"), ("DELETE", "")):
        reply = client.request(method, f"{V1}/drafts/{draft}{path}", headers=storekeeper)
        assert reply.json()["code"] == "unknown_draft"


def test_the_audit_says_who_typed_what_another_one_sent(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    pushed = {**warehouse("pusat"), "made_by": "Rina", "cause": "restored_from_file"}
    push(client, owner, pushed)
    rid = pushed["ops"][0]["rid"]
    (change,) = client.get(f"{V1}/rows/{WAREHOUSES}/{rid}/history", headers=owner).json()
    assert (change["by"], change["made_by"]) == ("Sari", "Rina")
    assert change["cause"] == "restored_from_file"
    with served.store.reading("PT") as held:
        assert verify_company(held, served.catalogue) == []
