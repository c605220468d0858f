"""A report over several companies, in every form, tells nothing of what one may not see in each.

Two worlds differ in what happened in April in PT; CV is another company on the same server.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import httpx2
import pytest

from sync_server.api.deps import Served, author_of
from sync_server.companies import add_company, add_person
from sync_server.reports.export import FORMATS
from tests.leaks.test_reports import SECRET, World, limits
from workbook_templates.books import book
from workbook_templates.schema import Company

NAMES = [each.key for each in book("ledger").combined]
MAY, STRANGER, OWNER = "may", "stranger", "owner of both"


class Neighbours(World):
    """PT and CV, with somebody who sees May only in PT, and somebody who has no role there."""

    def __init__(self, amount: str, text: str) -> None:
        super().__init__(amount, text)
        served = self.app.app.state.served  # type: ignore[attr-defined]  # of FastAPI
        assert isinstance(served, Served)
        add_company(served, Company("CV", "CV Tetangga", language="en"), "2026-01", "2026-12")
        for company, only in (("PT", limits()), ("CV", [])):
            self.tokens[MAY] = add_person(served, MAY, "accountant", company, only)
            self.tokens[OWNER] = add_person(served, OWNER, "owner", company)
        self.tokens[STRANGER] = add_person(served, STRANGER, "accountant", "CV")

    def combined(self, who: str, name: str, *companies: str, **asked: str) -> httpx2.Response:
        """A report over companies of the year so far."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"}
        params = {"company": list(companies), "period": "2026-01..2026-06", **asked}
        return self.app.get(f"/v1/combined/{name}", params=params, headers=headers)


def parts(reply: httpx2.Response) -> dict[str, bytes]:
    """What a file says, without the moment of its making."""
    assert reply.status_code == 200, reply.text
    if not reply.content.startswith(b"PK"):
        return {"": reply.content}
    with zipfile.ZipFile(io.BytesIO(reply.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist() if "docProps" not in name}


@pytest.fixture(scope="module")
def worlds() -> tuple[Neighbours, Neighbours]:
    return Neighbours("100.00", "Biasa"), Neighbours("77777.00", SECRET)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("companies", [("PT", "CV"), ("CV", "PT")])
def test_a_clerk_of_may_is_told_nothing_of_april(
    worlds: tuple[Neighbours, Neighbours], name: str, kind: str, companies: tuple[str, str]
) -> None:
    here, there = (parts(w.combined(MAY, name, *companies, format=kind)) for w in worlds)
    assert here == there
    assert not any(SECRET.encode() in part for part in there.values())


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", [*NAMES, "vat_return", "stock_on_hand", "nothing"])
@pytest.mark.parametrize("companies", [("CV", "PT"), ("PT", "CV")])
def test_who_has_no_role_in_a_company_cannot_tell_it_from_one_that_is_not_there(
    worlds: tuple[Neighbours, Neighbours], name: str, kind: str, companies: tuple[str, str]
) -> None:
    for world in worlds:
        refused = world.combined(STRANGER, name, *companies, format=kind)
        named = (company.replace("PT", "XX") for company in companies)
        nowhere = world.combined(STRANGER, name, *named, format=kind)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
        assert refused.text.replace("PT", "XX") == nowhere.text


def test_whoever_may_see_both_is_told_of_april(worlds: tuple[Neighbours, Neighbours]) -> None:
    for name in NAMES:
        here, there = (parts(world.combined(OWNER, name, "CV", "PT")) for world in worlds)
        assert here != there


def open_to_all(*args: Any) -> Any:
    """What a forgotten look at the roles would be."""

    async def author(company: str, person: Any, served: Served, request: Any) -> Any:
        return author_of(person, frozenset({"owner"}), company, served.catalogue)

    return author(*args)


@pytest.mark.parametrize(
    ("name", "broken", "who"),
    [
        ("sync_server.reports.build.known_to", lambda author, draft: draft, MAY),
        ("sync_server.api.combined.author_in", open_to_all, STRANGER),
    ],
)
def test_a_leak_is_noticed(
    worlds: tuple[Neighbours, Neighbours],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    broken: Any,
    who: str,
) -> None:
    monkeypatch.setattr(name, broken)
    here, there = (parts(world.combined(who, "trial_balance", "CV", "PT")) for world in worlds)
    assert here != there
