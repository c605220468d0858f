"""A reader that knows of a commit is not answered by a state that is older."""

from __future__ import annotations

import httpx2
import pytest
from fastapi.testclient import TestClient

from sync_server.api.deps import Served
from tests.api.entries import JOURNAL, body, entry

V1 = "/v1/companies/PT"
READ = (
    f"changes?tables={JOURNAL}",
    f"rows/{JOURNAL}?key=J1",
    f"rows/{JOURNAL}/{{row}}",
    f"rows/{JOURNAL}/{{row}}/history",
    "audit?from=1",
    "reports/trial_balance",
)


@pytest.mark.parametrize("path", READ)
def test_whoever_asks_for_more_than_the_server_has_is_told_to_come_again(
    client: TestClient, owner: httpx2.Headers, path: str
) -> None:
    made = entry("J1")
    head = client.post(f"{V1}/push", headers=owner, content=body(made)).json()["head"]
    address = f"{V1}/{path.format(row=made.ops[0].rid)}"
    joint = "&" if "?" in address else "?"
    assert client.get(f"{address}{joint}min_seq={head}", headers=owner).status_code == 200
    reply = client.get(f"{address}{joint}min_seq={head + 1}", headers=owner)
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "1")
    told = reply.json()
    assert (told["code"], told["head"], told["min_seq"]) == ("behind", head, head + 1)
    assert set(told["titles"]) == {"id", "en"}


def test_a_restored_server_says_so_before_it_is_found_to_be_behind(
    client: TestClient, owner: httpx2.Headers, served: Served
) -> None:
    asked = f"{V1}/changes?tables={JOURNAL}"
    cursor = client.get(asked, headers=owner).json()["cursor"]
    served.store._books["PT"].epoch = "restored"  # type: ignore[attr-defined] # of the memory store
    reply = client.get(f"{asked}&cursor={cursor}&min_seq=1000", headers=owner)
    assert (reply.status_code, reply.json()["code"]) == (409, "epoch_changed")
