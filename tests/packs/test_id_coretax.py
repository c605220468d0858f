"""The files for Coretax: well-formed XML with the elements in their published order, by day."""

from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.conftest import shared_json
from workbook_templates.packs.id import indonesia
from workbook_templates.packs.xml_form import FormRow, xml_file

CASES = shared_json("cases/id/coretax.json")["cases"]
FACTS = {fact["id"]: fact["value"] for fact in shared_json("facts/id/coretax.json")["facts"]}
TODAY = date(2026, 11, 22)


def form(name: str, day: date = TODAY) -> Any:
    return indonesia().table(f"coretax_{name.lower()}").at(day)


def texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_is_written_as_published(case: dict[str, Any]) -> None:
    given = case["inputs"]
    rows = [FormRow(texts(row)) for row in given["rows"]]
    written = xml_file(form(given["form"]), texts(given["header"]), rows)
    assert written.decode() == case["recomputed"]["xml"]
    root = ElementTree.fromstring(written)
    assert root.tag == case["expected"]["root"]
    assert [element.tag for element in root[-1][0]] == case["expected"]["element_order"]


@pytest.mark.parametrize("name", ["EFAKTUR", "BPPU", "BPMP", "BP21", "BPA1"])
def test_a_form_has_the_elements_of_the_facts_in_their_order(name: str) -> None:
    fact, found = FACTS[f"xml.{name}"], form(name)
    listed = [each["name"] for each in fact["fields"] if each["type"] != "list"]
    assert found["fields"] == listed
    assert (found["root"], found["list"], found["row"]) == (
        fact["root"],
        fact["list"],
        fact["row"],
    )
    if "lines" in fact:
        lines = [each["name"] for each in fact["lines"]["fields"]]
        assert found["lines"]["fields"] == lines


def test_a_return_has_the_elements_of_the_template_in_their_order() -> None:
    """As three public programs write "Sample Retur Faktur PM Template v.1.1"."""
    of_return = ("TaxBase", "OtherTaxBase", "VAT", "STLG")
    row = FormRow({}, [{}, {}])
    root = ElementTree.fromstring(xml_file(form("retur"), {"TIN": "1"}, [row]))
    assert [element.tag for element in root] == ["TIN", "InputReturnDataList"]
    head, below = root[1][0]
    assert (root.tag, root[1][0].tag) == ("InputTaxInvoiceReturn", "InputReturnData")
    assert (head.tag, below.tag) == ("TransactionDocumentData", "TransactionDetailsData")
    assert [element.tag for element in head] == [
        "InvoiceNumber", "SellerTIN", "ReturnDate", *(f"Return{name}" for name in of_return),
    ]  # fmt: skip
    assert [element.tag for element in below] == ["Rows", "Rows", "FooterRow"]
    assert [element.tag for element in below[0]] == [
        "Type", "Name", "Code", "Quantity", "Unit", "UnitPrice", "STLGRate", "ReturnQuantity",
        "ReturnDiscount", "ReturnTaxBase", "ReturnOtherTaxBase", "ReturnOtherTaxBaseCheck",
        "ReturnVAT", "ReturnSTLG",
    ]  # fmt: skip
    assert [element.tag for element in below[2]] == [f"Return{name}Total" for name in of_return]


def test_an_element_that_came_later_is_not_in_the_older_file() -> None:
    older = form("efaktur", date(2025, 1, 15))["fields"]
    newer = form("efaktur")["fields"]
    assert [name for name in newer if name not in older] == ["CustomDocMonthYear"]


def test_what_a_person_typed_cannot_break_the_file() -> None:
    row = FormRow({"BuyerName": 'Toko <A> & "B"'}, [{"Name": "Kopi ]]> & teh"}])
    root = ElementTree.fromstring(xml_file(form("efaktur"), {"TIN": "1"}, [row]))
    found = root.find("ListOfTaxInvoice/TaxInvoice/BuyerName")
    assert found is not None
    assert found.text == 'Toko <A> & "B"'
