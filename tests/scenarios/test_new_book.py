"""A book of one's own: one new folder, and no other edit anywhere."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import workbook_templates.books as books
from addin.cli import app as lajur
from sync_server.core.catalogue import Catalogue
from sync_server.core.verify import verify_company
from sync_server.storage.sql_store import open_store
from tests.scenarios.office import COMPANY, Office, put, seen, type_rows

FIXED_ASSETS = '''"""The fixed assets book: a register of what was bought to be used for years."""

from decimal import Decimal

from workbook_templates.columns import Code, Date, Integer, Money, Ref, Text
from workbook_templates.money import round_half_up, text
from workbook_templates.problems import Message
from workbook_templates.schema import Book, Proposal, Report, Sheet, Totals
from workbook_templates.words import Words

NONE = Decimal(0)
ASSET = Code("asset", Words(id="Aset", en="Asset"), required=True)
COST = Money("cost", Words(id="Harga perolehan", en="Cost"), required=True, minimum=NONE)
ACCOUNT = Ref("account", Words(id="Akun", en="Account"), required=True, tables=("ledger.accounts",))
RESIDUAL_ABOVE_COST = Message(
    "residual_above_cost",
    Words(
        id="Nilai sisa {residual} melebihi harga perolehan {cost}. Perbaiki salah satunya.",
        en="The residual value {residual} is above the cost {cost}. Mend one of them.",
    ),
)


def residual_is_not_above_cost(document, known):
    """What is left at the end is at most what was paid."""
    for line in document.lines:
        residual, cost = line["residual"], line["cost"]
        if residual is not None and cost is not None and residual > cost:
            yield RESIDUAL_ABOVE_COST(
                column="residual", row_id=line.id, residual=residual, cost=cost
            )


def purchase(document, known):
    """An entry in the journal: the asset's account against the bank."""
    (line,) = document.lines
    (bank,) = known.where("ledger.accounts", "role", "bank")
    head = {
        "entry": f"FA:{document.key}",
        "date": line.text("bought"),
        "description": line.text("name"),
        "source": document.source,
    }
    sides = ((line.text("account"), "debit"), (bank.text("code"), "credit"))
    rows = ({**head, "account": account, side: line.text("cost")} for account, side in sides)
    yield Proposal("ledger.journal", head["entry"], tuple(rows))


REGISTER = Sheet(
    key="register",
    title=Words(id="Daftar Aset", en="Register"),
    unique=("asset",),
    columns=(
        ASSET,
        Text("name", Words(id="Nama", en="Name"), required=True),
        Date("bought", Words(id="Tanggal beli", en="Bought"), required=True),
        COST,
        Money("residual", Words(id="Nilai sisa", en="Residual value"), minimum=NONE),
        Integer("months", Words(id="Masa manfaat (bulan)", en="Life in months"), minimum=1),
        ACCOUNT,
    ),
    rules=(residual_is_not_above_cost,),
    proposes=purchase,
    totals=(Totals("assets.costs", ("account",), ("cost",)),),
)


def book_values(known, request):
    """Cost less straight-line depreciation for each month begun, up to a date."""
    year, month = int(request.as_of[:4]), int(request.as_of[5:7])
    for row in known.rows("assets.register"):
        bought, life, left = row["bought"], row["months"] or 1, row["residual"] or NONE
        used = min(max((year - bought.year) * 12 + month - bought.month + 1, 0), life)
        value = row["cost"] - round_half_up((row["cost"] - left) * used / life, Decimal("0.01"))
        yield {"asset": row.text("asset"), "cost": row.text("cost"), "value": text(value)}


def costs(known, request):
    """What was paid, by account, from the sums that are kept in step."""
    for (account,), (units,) in known.totals("assets.costs", ("account",)).items():
        yield {"account": account, "cost": text(Decimal(units).scaleb(-4))}


VALUE = Money("value", Words(id="Nilai buku", en="Book value"))
BOOK = Book(
    key="assets",
    title=Words(id="Aset Tetap", en="Fixed Assets"),
    sheets=(REGISTER,),
    reports=(
        Report("book_values", Words(id="Nilai Buku", en="Book Values"), (ASSET, COST, VALUE),
               book_values),
        Report("asset_costs", Words(id="Harga Perolehan", en="Costs"), (ACCOUNT, COST), costs),
    ),
    writers=frozenset({"accountant"}),
)
'''
VAN = {"asset": "A-1", "name": "Mobil boks", "bought": date(2026, 2, 1), "cost": 240_000_000}
VAN_ROW = {**VAN, "residual": 24_000_000, "months": 96, "account": "12300"}
DESK = {"asset": "A-2", "name": "Meja", "bought": date(2026, 5, 20), "cost": 6_000_000}
DESK_ROW = {**DESK, "residual": 7_000_000, "months": 48, "account": "12400"}


@pytest.fixture
def new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The book's folder, found beside the others for the length of a test."""
    folder = tmp_path / "more_books" / "assets"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text('"""Fixed assets."""\n')
    (folder / "book.py").write_text(FIXED_ASSETS)
    monkeypatch.setattr(books, "__path__", [*books.__path__, str(folder.parent)])
    _look_again()
    yield
    monkeypatch.undo()
    _look_again()


def _look_again() -> None:
    """Forget which books there are, and the modules of ours."""
    books.all_books.cache_clear()
    books.sheet_of.cache_clear()
    for name in [name for name in sys.modules if name.startswith(f"{books.__name__}.assets")]:
        del sys.modules[name]


@pytest.fixture
def office(new_folder: None, tmp_path: Path) -> Iterator[Office]:
    """An office over SQLite, opened once the folder is there."""
    url = f"sqlite:///{tmp_path / 'central.sqlite3'}"
    with contextlib.closing(open_store(url, Catalogue(books.all_books()))) as store:
        yield Office(tmp_path, store=store)


def report(office: Office, name: str, as_of: str) -> list[dict[str, Any]]:
    asked = office.client().get(f"/v1/companies/{COMPANY}/reports/{name}", params={"as_of": as_of})
    rows: list[dict[str, Any]] = asked.json()["rows"]
    return rows


def new_workbook(office: Office) -> Path:
    """`lajur new assets`, bound to the office's server."""
    file = office.folder / "assets.xlsx"
    to = ("-o", str(file), "--company", COMPANY, "--lang", "en", "--server", "http://testserver")
    made = CliRunner().invoke(lajur, ["new", "assets", *to])
    assert made.exit_code == 0, made.output
    return file


def test_a_new_book_is_rendered_synchronised_and_reported_on(office: Office) -> None:
    file = new_workbook(office)
    type_rows(file, "assets.register", [VAN_ROW, DESK_ROW])

    run = office.sync(file)
    assert run.groups["applied"] == 1
    van, desk = seen(file, "assets.register")
    assert van["status"].startswith("✓")
    assert desk["status"].startswith("✗ The residual value 7,000,000.00 is above the cost")
    assert "residual" in desk["notes"]

    put(file, "assets.register", desk["row"], residual=600_000)
    assert office.sync(file).groups["applied"] == 1
    assert office.sync(file).groups["applied"] == 0

    values = report(office, "book_values", "2026-05-31")
    assert {r["asset"]: r["value"] for r in values} == {"A-1": "231000000.00", "A-2": "5887500.00"}
    paid = report(office, "asset_costs", "2026-05-31")
    assert {r["account"]: r["cost"] for r in paid} == {
        "12300": "240000000.00",
        "12400": "6000000.00",
    }


def test_a_new_books_documents_meet_the_others_in_the_journal(office: Office) -> None:
    file = new_workbook(office)
    type_rows(file, "assets.register", [VAN_ROW])
    office.sync(file)
    balances = report(office, "trial_balance", "2026-05-31")
    assert {r["account"]: r["balance"] for r in balances} == {
        "11200": "-240000000.00",
        "12300": "240000000.00",
    }
    with office.served.store.reading(COMPANY) as held:
        assert verify_company(held, office.served.catalogue) == []


def test_a_new_book_has_its_typed_view_and_its_reference(office: Office) -> None:
    file = new_workbook(office)
    type_rows(file, "assets.register", [VAN_ROW])
    office.sync(file)
    with contextlib.closing(sqlite3.connect(office.folder / "central.sqlite3")) as database:
        asked = database.execute("SELECT asset, bought, cost, months FROM assets_register")
        assert asked.fetchall() == [("A-1", "2026-02-01", 240_000_000, 96)]
    told = CliRunner().invoke(lajur, ["books"])
    assert "register (Daftar Aset)" in told.output
