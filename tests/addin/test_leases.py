"""A sync of a live file takes its turn, and does nothing when it is somebody else's."""

from __future__ import annotations

import pytest

from addin.errors import BeingSynced
from addin.runs import sync_workbook
from addin.server import Server
from tests.addin.paper import COMPANY, blank_ledger, small_company


def test_a_shared_file_is_synced_by_one_at_a_time() -> None:
    _, http = small_company()
    workbook = blank_ledger("live")
    workbook.is_shared = True
    other = Server(http, COMPANY)  # type: ignore[arg-type]  # the test client is one
    other.take_lease("live", "another program")
    before = workbook.read("_lajur_meta").rows
    with pytest.raises(BeingSynced) as refused:
        sync_workbook(workbook, http)  # type: ignore[arg-type]  # likewise
    assert refused.value.facts["by"] == "rina"
    assert workbook.read("_lajur_meta").rows == before
    other.release_lease("live", "another program")
    sync_workbook(workbook, http)  # type: ignore[arg-type]  # likewise
    other.take_lease("live", "another program")  # given back


def test_a_file_of_ones_own_needs_no_turn() -> None:
    _, http = small_company()
    workbook = blank_ledger("own")
    Server(http, COMPANY).take_lease("own", "another program")  # type: ignore[arg-type]  # likewise
    assert sync_workbook(workbook, http).outcome.received  # type: ignore[arg-type]  # likewise


def test_a_turn_is_given_back_after_an_error() -> None:
    _, http = small_company()
    workbook = blank_ledger("live")
    workbook.is_shared = True
    http.headers["Authorization"] = "Bearer token"
    workbook.replace("_lajur_meta", [*workbook.read("_lajur_meta").rows, ["book", "nothing"]])
    with pytest.raises(Exception, match=r"."):
        sync_workbook(workbook, http)  # type: ignore[arg-type]  # likewise
    Server(http, COMPANY).take_lease("live", "another program")  # type: ignore[arg-type]  # likewise
