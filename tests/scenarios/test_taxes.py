"""A month of taxes through workbooks: worked cases, the return, slips, and the e-Faktur file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx2
import pytest
from typer.testing import CliRunner

from sync_server.cli import app as lajur_server
from tests.conftest import shared_json
from tests.scenarios.front_desk import JOURNAL, Desk, assert_told_at_the_cell, serving
from tests.scenarios.office import put, type_rows

INVOICES, BILLS = "ledger.sales_invoices", "ledger.purchase_bills"
PARTIES, CODES, OWN = "ledger.parties", "ledger.tax_codes", "ledger.tax_registration"
SALES, RENT, SERVICES, VAT_OUT = "41000", "61200", "61400", "21450"
DAY, MONTH = "2026-05-07", "2026-05"


@pytest.fixture
def desk(either_desk: Desk) -> Desk:
    """Indonesian over SQLite, English over PostgreSQL."""
    return either_desk


def words(desk: Desk, table: str, column: str, key: str) -> Any:
    """A choice as its drop-down says it."""
    return desk.served.catalogue.sheets[table].column(column).cell(key, desk.language)


def report(desk: Desk, key: str, **asked: str) -> list[dict[str, Any]]:
    """The rows of a report."""
    return list(fetched(desk, key, **asked).json()["rows"])


def fetched(desk: Desk, key: str, **asked: str) -> httpx2.Response:
    url = f"{desk.server}/v1/companies/{desk.company}/reports/{key}"
    signed = {"Authorization": f"Bearer {desk.token}"}
    return httpx2.get(url, params=asked, headers=signed, timeout=60)


def party(desk: Desk, code: str, **cells: Any) -> dict[str, Any]:
    both = words(desk, PARTIES, "kind", "both")
    return {"code": code, "name": f"Mitra {code}", "kind": both, **cells}


def invoice(key: str, lines: Sequence[dict[str, Any]], **head: Any) -> list[dict[str, Any]]:
    first = {"invoice": key, "date": DAY, "customer": "C1", "account": SALES, **head}
    return [{**first, "description": "Barang", **line} for line in lines]


def bill(key: str, lines: Sequence[dict[str, Any]], **head: Any) -> list[dict[str, Any]]:
    first = {"bill": key, "date": DAY, "supplier": "C1", "account": SERVICES, **head}
    return [{**first, **line} for line in lines]


def ledger(desk: Desk) -> Path:
    """A ledger of a registered company with one party that has its numbers."""
    file = desk.new()
    desk.sync(file)
    numbers = {"tax_id": "0016573131054000", "address": "Jl. Melati 1"}
    own = {"from": "2026-01-01", "tax_id": "01.312.166.0-091.000"}
    yes = words(desk, OWN, "vat", "true")
    desk.lay(file, {PARTIES: [party(desk, "C1", **numbers)], OWN: [{**own, "vat": yes}]})
    return file


def case(path: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in shared_json(path)["cases"] if c["id"] == name)
    return found


def posted(desk: Desk, entry: str, account: str) -> Decimal:
    """Debit less credit of an account in an entry."""
    rows = [r for r in desk.kept(JOURNAL) if (r["entry"], r["account"]) == (entry, account)]
    return sum((Decimal(r.get("debit", 0)) - Decimal(r.get("credit", 0)) for r in rows), Decimal(0))


def test_the_worked_cases_of_value_added_tax_come_out_of_a_workbook(english_desk: Desk) -> None:
    desk, cases = english_desk, "cases/id/vat.json"
    file = ledger(desk)
    luxury, gift, ordinary = (case(cases, f"vat-{n}") for n in ("005", "011", "012"))
    rent = case(cases, "wht-003")["inputs"]
    lines = case(cases, "vat-102")
    exact = {"code": "PPN-BARIS", "name": "By line", "kind": "Output", "rate": 12}
    exact |= {"base_fraction": "11/12", "account": VAT_OUT, "from": "2025-01-01"}
    exact |= {"rounding": "Two decimals", "rounded_per": "Line"}
    desk.lay(file, {CODES: [exact], "ledger.periods": [{"period": "2025-07"}]})
    price = gift["inputs"]["price"] - gift["inputs"]["gross_profit"]
    sold = [
        *invoice(
            "L",
            [{"unit_price": luxury["inputs"]["price"], "tax_code": "PPN-K-MEWAH"}],
            date="2025-07-07",
        ),
        *invoice("G", [{"unit_price": price, "tax_code": "PPN-K"}]),
        *invoice("O", [{"unit_price": ordinary["inputs"]["price"], "tax_code": "PPN-K"}]),
        *invoice(
            "B",
            [
                {"unit_price": amount, "qty": number, "tax_code": "PPN-BARIS"}
                for amount, number in lines["inputs"]["lines"]
            ],
        ),
    ]
    charges = [{"unit_price": rent[key]} for key in ("rent", "service_charge")]
    rented = bill("R", charges, account=RENT, withholding="PPH42-SEWA")
    desk.lay(file, {INVOICES: sold, BILLS: rented})
    assert -posted(desk, "SI:L", VAT_OUT) == luxury["expected"]["vat"]
    assert -posted(desk, "SI:G", VAT_OUT) == gift["expected"]["vat"]
    assert -posted(desk, "SI:O", VAT_OUT) == ordinary["expected"]["vat"]
    file_of_office = fetched(desk, "coretax_efaktur", period=MONTH, format="xml").content
    bases = [
        Decimal(e.text or "") for e in ElementTree.fromstring(file_of_office).iter("OtherTaxBase")
    ]
    assert bases[:2] == [gift["expected"]["base"], ordinary["expected"]["base"]]
    assert -posted(desk, "SI:B", VAT_OUT) == lines["expected"]["sum_vat"]
    assert -posted(desk, "PB:R", "21430") == case(cases, "wht-003")["expected"]["pph"]


def test_a_month_is_returned_tied_and_written_for_the_tax_office(desk: Desk) -> None:
    file = ledger(desk)
    desk.lay(
        file,
        {
            INVOICES: [
                *invoice("F-1", [{"unit_price": 1000000, "tax_code": "PPN-K", "unit": "kg"}]),
                *invoice("F-2", [{"unit_price": 111000, "tax_code": "PPN-K-TERMASUK"}]),
            ],
            BILLS: bill(
                "T-1", [{"unit_price": 400000, "tax_code": "PPN-M", "withholding": "PPH23-SEWA"}]
            ),
        },
    )
    returned = report(desk, "vat_return", period=MONTH)
    assert [row["tax"] for row in returned if not row["code"]] == [
        "121000.00", "-44000.00", "0.00", "77000.00",
    ]  # fmt: skip
    assert {row["difference"] for row in report(desk, "tax_tie", period=MONTH)} == {"0.00"}
    (slip,) = report(desk, "withholding_slips", period=MONTH)
    assert (slip["document"], slip["official"], slip["tax"]) == ("T-1", "24-100-02", "8000.00")
    written = fetched(desk, "coretax_efaktur", period=MONTH, format="xml")
    assert written.headers["content-type"] == "application/xml"
    taxes = [element.text for element in ElementTree.fromstring(written.content).iter("VAT")]
    assert taxes == ["110000.00", "11000.00"]


def test_what_the_tax_office_would_refuse_is_told_before(
    english_desk: Desk,
) -> None:
    desk = english_desk
    file = ledger(desk)
    desk.lay(file, {PARTIES: [party(desk, "C2")]})
    desk.lay(
        file, {INVOICES: invoice("F-1", [{"unit_price": 5, "tax_code": "PPN-K"}], customer="C2")}
    )
    (row,) = report(desk, "coretax_efaktur", period=MONTH)
    assert "C2" in row["problem"]
    refused = fetched(desk, "coretax_efaktur", period=MONTH, format="xml")
    assert refused.status_code == 400
    assert "F-1: " in refused.text


def test_goods_sent_back_are_written_as_a_return_of_their_tax_invoice(desk: Desk) -> None:
    file = ledger(desk)
    goods = [
        {"description": "Kopi", "qty": 10, "unit": "kg", "unit_price": 90_000, "tax_code": "PPN-M"},
        {"description": "Teh", "qty": 4, "unit": "kg", "unit_price": 50_000, "tax_code": "PPN-M"},
    ]
    returned = {"kind": words(desk, BILLS, "kind", "credit_note"), "corrects": "T-1"}
    desk.lay(file, {BILLS: bill("T-1", goods)})
    desk.lay(file, {BILLS: bill("N-1", [{**goods[0], "qty": 3}], date="2026-05-20", **returned)})
    first, second = report(desk, "coretax_retur", period=MONTH)
    assert first["problem"]
    assert [(r["qty"], r["returned"], r["base"], r["tax"]) for r in (first, second)] == [
        ("10", "3", "270000.00", "29700.00"),
        ("4", "0", "0.00", "0.00"),
    ]
    assert fetched(desk, "coretax_retur", period=MONTH, format="xml").status_code == 400

    put(file, BILLS, 4, tax_invoice="04002600012345678")
    assert desk.sync(file).status == 0
    written = fetched(desk, "coretax_retur", period=MONTH, format="xml")
    one = ElementTree.fromstring(written.content)[1][0]
    assert [element.text for element in one[0]] == [
        "04002600012345678", "0016573131054000", "20-05-2026", "270000.00", "270000.00",
        "29700.00", "0",
    ]  # fmt: skip
    quantities = [(row[3].text, row[7].text) for row in one[1].iter("Rows")]
    assert quantities == [("10", "3"), ("4", "0")]


def test_who_bought_makes_the_return(english_desk: Desk) -> None:
    desk = english_desk
    file = ledger(desk)
    sold = {"unit_price": 500, "tax_code": "PPN-K"}
    bought = {"unit_price": 700, "tax_code": "PPN-M", "description": "Tea"}
    desk.lay(file, {INVOICES: invoice("F-1", [sold]), BILLS: bill("T-1", [bought])})
    back = {"kind": "Supplier credit note", "corrects": "T-1"}
    desk.lay(file, {
        INVOICES: invoice("N-1", [sold], kind="Credit note", corrects="F-1"),
        BILLS: bill("N-2", [{**bought, "unit_price": 300}], **back),
    })  # fmt: skip
    told = {row["document"]: row["by_hand"] for row in report(desk, "coretax_retur", period=MONTH)}
    assert "the buyer makes the return" in told["N-1"]
    assert "a line is not on bill T-1" in told["N-2"]
    written = fetched(desk, "coretax_retur", period=MONTH, format="xml")
    assert len(ElementTree.fromstring(written.content)[1]) == 0


def test_withholding_by_the_wrong_side_is_told_at_its_cell(
    english_desk: Desk,
) -> None:
    desk = english_desk
    file = ledger(desk)
    type_rows(file, INVOICES, invoice("F-1", [{"unit_price": 5, "withholding": "PPH23-SEWA"}]))
    said = desk.sync(file)
    assert [p["code"] for p in said.problems] == ["we_are_withheld_from"]
    assert_told_at_the_cell(file, INVOICES, said.problems[0], desk.language)
    put(file, INVOICES, 2, withholding="PPH23-DIPOTONG")
    assert desk.sync(file).status == 0


def test_published_numbers_are_taken_or_refused(english_desk: Desk) -> None:
    desk = english_desk
    cases = {c["id"]: c for c in shared_json("cases/id/identifiers.json")["cases"]}
    file = desk.new()
    desk.sync(file)
    type_rows(file, PARTIES, [numbered(desk, name, case) for name, case in cases.items()])
    told = {problem["row"]: problem["code"] for problem in desk.sync(file).problems}
    for number, (name, worked) in enumerate(cases.items(), 2):
        reason = worked["expected"].get("reason")
        assert told.get(number) == (f"identifier.{reason}" if reason else None), name
    valid = {name for name, worked in cases.items() if worked["expected"]["valid"]}
    assert {row["code"] for row in desk.kept(PARTIES)} == valid
    assert_written_with_16_digits(desk, {name: worked["expected"] for name, worked in cases.items()
                                         if "npwp16" in worked["expected"]})  # fmt: skip


def assert_written_with_16_digits(desk: Desk, expected: dict[str, dict[str, Any]]) -> None:
    """The tax office gets each of these numbers as 16 digits, however it was typed."""
    own = {"from": "2026-01-01", "tax_id": "01.312.166.0-091.000"}
    own |= {"vat": words(desk, OWN, "vat", "true")}
    sold = [line for name in expected
            for line in invoice(name, [{"unit_price": 5, "tax_code": "PPN-K"}], customer=name)
            ]  # fmt: skip
    file = desk.new(name="sold")
    desk.sync(file)
    desk.lay(file, {OWN: [own], INVOICES: sold})
    written = fetched(desk, "coretax_efaktur", period=MONTH, format="xml").content
    tins = {element.text for element in ElementTree.fromstring(written).iter("BuyerTin")}
    assert tins == {worked["npwp16"] for worked in expected.values()}


def numbered(desk: Desk, code: str, worked: dict[str, Any]) -> dict[str, Any]:
    """A party with the number of a case: of a person, or of a taxpayer."""
    number, expected = worked["inputs"]["value"], worked["expected"]
    if {"sex", "reason"} & expected.keys():
        identity = {"identity_kind": "National identity number", "identity": number}
        return party(desk, code, **identity)
    return party(desk, code, tax_id=number, address="Jl. Melati 1")


def test_receipts_spell_the_published_amounts(english_desk: Desk) -> None:
    desk = english_desk
    file = ledger(desk)
    cases = shared_json("cases/id/accounting.json")["cases"]
    spelled = {c["id"]: c for c in cases if c["id"].startswith("acc-trb")}
    head = {"date": DAY, "direction": "In", "party": "C1", "bank_account": "11200"}
    paid = [{**head, "payment": n, "amount": c["inputs"]["amount"]} for n, c in spelled.items()]
    desk.lay(file, {"ledger.payments": paid})
    written = {row["payment"]: row["in_words"] for row in report(desk, "receipts", period=MONTH)}
    assert written == {name: c["expected"]["words"] for name, c in spelled.items()}


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[tuple[Path, Desk]]:
    database = tmp_path / "central.sqlite3"
    with serving(database) as running:
        yield database, Desk(tmp_path, *running, "en")


def test_the_file_comes_from_the_command_line(own_server: tuple[Path, Desk]) -> None:
    database, desk = own_server
    desk.lay(ledger(desk), {INVOICES: invoice("F-1", [{"unit_price": 5, "tax_code": "PPN-K"}])})
    target = desk.folder / "efaktur.xml"
    asked = ["report", "coretax_efaktur", "--company", desk.company, "--period", MONTH]
    asked += ["-o", str(target), "--database", f"sqlite:///{database}"]
    done = CliRunner().invoke(lajur_server, asked)
    assert done.exit_code == 0, done.output
    assert ElementTree.parse(target).getroot().tag == "TaxInvoiceBulk"
