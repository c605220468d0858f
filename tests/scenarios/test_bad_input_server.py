"""A server that is away, a token that it does not know, a company that is not one's own."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from sync_server.api.deps import Served
from sync_server.companies import add_person
from tests.scenarios.front_desk import COULD_NOT, JOURNAL, Desk, Said, assert_all_is_well, serving
from tests.scenarios.office import entry, type_rows


def typed(desk: Desk, **options: str) -> Path:
    """A ledger with an entry that was typed and not sent yet."""
    file = desk.new(**options)
    type_rows(file, JOURNAL, entry("JV-1", 1_250_000))
    return file


def assert_could_not(said: Said, code: str, sentence: str) -> None:
    """Exit status 2 with this code, and a sentence that says so."""
    assert (said.status, said.error["code"]) == (COULD_NOT, code)
    assert sentence in said.error["message"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("id", "Isian Anda aman di buku kerja"), ("en", "What you typed is safe in the workbook")],
)
def test_without_a_server_nothing_is_lost_and_it_lands_when_there_is_one(
    tmp_path: Path, language: str, sentence: str
) -> None:
    database = tmp_path / "central.sqlite3"
    with serving(database) as (served, address):
        desk = Desk(tmp_path, served, address, language)
        file = typed(desk)
    before = file.read_bytes()

    said = desk.sync(file)

    assert_could_not(said, "no_server", sentence)
    assert address in said.error["message"]
    assert file.read_bytes() == before
    assert desk.run("status", str(file)).status == 0  # needs no server
    with serving(database, int(address.rpartition(":")[2])):
        assert_all_is_well(file, desk.sync(file))
        assert desk.keys(JOURNAL) == {"JV-1"}


def test_what_answers_but_is_no_lajur_server_is_told(english_desk: Desk) -> None:
    file = typed(english_desk, server=f"{english_desk.server}/intranet")
    before = file.read_bytes()
    said = english_desk.sync(file)
    assert_could_not(said, "not_our_server", "check the address")
    assert file.read_bytes() == before


@pytest.mark.parametrize("address", ["ftp://kantor/x", "http://[::1", "kantor"])
def test_an_address_that_is_none_is_told(english_desk: Desk, address: str) -> None:
    file = typed(english_desk, server=address)
    said = english_desk.sync(file)
    assert (said.status, said.error["code"]) == (COULD_NOT, "wrong_address")


def test_a_server_that_hangs_up_is_no_server(english_desk: Desk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        port = listening.getsockname()[1]
        file = typed(english_desk, server=f"http://127.0.0.1:{port}")
    assert_could_not(english_desk.sync(file), "no_server", "check the connection")


def test_a_wrong_token_is_told_and_the_right_one_sends(desk: Desk) -> None:
    file = typed(desk)
    before = file.read_bytes()
    for token in ("salah", "x" * 10_000, "ключ", "two words"):
        said = desk.sync(file, token=token)
        sentence = {"id": "tidak mengenal token Anda", "en": "does not know your token"}
        assert_could_not(said, "wrong_token", sentence[desk.language])
        assert token not in said.error["message"]
    assert file.read_bytes() == before
    assert not desk.kept(JOURNAL)
    assert_all_is_well(file, desk.sync(file))


def test_a_company_in_which_one_has_no_role_is_told(desk: Desk) -> None:
    desk.open_company(f"{desk.company}-lain")
    file = typed(desk, company=f"{desk.company}-lain")
    before = file.read_bytes()
    said = desk.sync(file)
    sentence = {"id": "bukan wewenang Anda", "en": "you have no role"}[desk.language]
    assert_could_not(said, "wrong_company", sentence)
    assert file.read_bytes() == before


def test_a_workbook_that_goes_to_another_company_by_hand_is_refused_in_both(
    desk: Desk, server: tuple[Served, str]
) -> None:
    """The same person works for two companies, and a file of one comes to the other."""
    file = typed(desk)
    assert_all_is_well(file, desk.sync(file))
    other = Desk(desk.folder, *server, desk.language)
    said = other.sync(file)
    assert said.error["code"] == "wrong_company"
    assert not other.kept(JOURNAL)


def test_a_reader_may_not_send_and_keeps_what_was_typed(desk: Desk) -> None:
    file = typed(desk)
    reader = add_person(desk.served, f"tamu of {desk.company}", "auditor", desk.company)
    said = desk.sync(file, token=reader)
    assert said.status == 1
    assert said.reply["groups"]["denied"] == 1
    assert {p["code"] for p in said.problems} == {"not_allowed"}
    assert not desk.kept(JOURNAL)
    assert_all_is_well(file, desk.sync(file))
