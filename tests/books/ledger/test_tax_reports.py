"""Returns, slips and the e-Faktur file: they say what the documents and the tax accounts say."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.books.known import KnownRows, accepted, laid
from tests.books.ledger.rows import (
    BANK,
    CASH,
    SALES,
    VAT_OUT,
    bill,
    entry,
    invoice,
    new_company,
    payment,
    span,
)
from tests.books.ledger.statements import report
from tests.conftest import shared_json
from workbook_templates.books.ledger.reports.tax_invoices import tax_invoices_file
from workbook_templates.books.ledger.reports.tax_slips import slips_file
from workbook_templates.report_files import NotReady
from workbook_templates.schema import Cells

MAY, JUNE = span("2026-05-01", "2026-05-31"), span("2026-06-01", "2026-06-30")
INVOICES, BILLS, JOURNAL = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.journal"
DEPOSITS = "21200"
OWN = {"from": "2026-01-01", "tax_id": "0013121660091000", "vat": "true"}
BUYER = {
    "code": "C1", "name": "Toko Maju & Rekan", "kind": "customer", "address": "Jl. Melati 1",
    "tax_id": "0016573131054000",
}  # fmt: skip


def trading() -> KnownRows:
    """May: sales with tax of each treatment, a return, purchases with and without credit."""
    return laid(
        new_company(),
        {
            INVOICES: [
                *invoice("1", "2026-05-03", 1000000, 200000, tax_code="PPN-K"),
                *invoice("2", "2026-05-04", 500000, tax_code="PPN-K-MEWAH"),
                *invoice("3", "2026-05-05", 700000, tax_code="PPN-K-PEMUNGUT"),
                *invoice("N1", "2026-05-20", 100000, tax_code="PPN-K", kind="credit_note"),
            ],
            BILLS: [
                *bill("1", "2026-05-06", 2000000, tax_code="PPN-M", withholding="PPH23-JASA"),
                *bill("2", "2026-05-07", 100000, tax_code="PPN-M-BIAYA"),
                *bill("3", "2026-06-07", 300000, tax_code="PPN-M"),
            ],
        },
    )


def tax_of(rows: Iterable[Cells], **cells: str) -> list[Decimal]:
    return [
        Decimal(row["tax"] or 0)
        for row in rows
        if all(row.get(column) == text for column, text in cells.items())
    ]


def test_the_return_tells_what_is_payable_and_carried_on() -> None:
    known = trading()
    may, june = report(known, "vat_return", MAY), report(known, "vat_return", JUNE)
    assert tax_of(may, code="PPN-K") == [121000]
    assert tax_of(may, part="Output tax: collected by the buyer") == [77000]
    assert tax_of(may, part="Input tax: not credited") == [11000]
    assert tax_of(may, name="Output tax charged") == [181000]
    assert tax_of(may, name="Input tax credited") == [-220000]
    assert tax_of(may, name="Overpaid, to be carried on") == [-39000]
    assert tax_of(june, name="Overpaid before, carried on") == [-39000]
    assert tax_of(june, name="Overpaid, to be carried on") == [-72000]


def test_a_return_counts_documents_and_bases() -> None:
    (row,) = [r for r in report(trading(), "vat_return", MAY) if r.get("code") == "PPN-K"]
    assert (row["documents"], row["base"], row["official"]) == ("2", "1008333.00", "04")


def test_the_tax_accounts_are_those_of_the_return() -> None:
    rows = report(trading(), "tax_tie", MAY)
    assert {row["difference"] for row in rows} == {"0.00"}
    (output,) = [row for row in rows if row["account"] == VAT_OUT]
    assert (output["stated"], output["posted"]) == ("-181000.00", "-181000.00")


def test_what_was_typed_on_a_tax_account_explains_its_difference() -> None:
    known = accepted(
        trading(), JOURNAL, entry("SETTLE", "2026-05-31", (VAT_OUT, 181000, 0), (BANK, 0, 181000))
    )
    account, line = [r for r in report(known, "tax_tie", MAY) if r["account"] == VAT_OUT]
    assert (account["difference"], account["unexplained"]) == ("181000.00", "0.00")
    assert (line["entry"], line["difference"]) == ("SETTLE", "181000.00")


def test_what_a_customer_withholds_when_paying_is_the_payments_difference() -> None:
    known = accepted(new_company(), INVOICES, invoice("1", "2026-05-03", 1000000))
    rest = {"written_off": "20000.00", "difference_account": "11822"}
    rows = [{**row, **rest} for row in payment("P", "2026-05-20", 980000, ("1", 980000))]
    known = accepted(known, "ledger.payments", rows)
    prepaid = [row for row in report(known, "tax_tie", MAY) if row["account"] == "11822"]
    assert [(row["difference"], row.get("unexplained")) for row in prepaid] == [
        ("20000.00", "0.00"),
        ("20000.00", None),
    ]


def test_a_slip_is_listed_also_where_nothing_was_withheld() -> None:
    papers = {"tax_id": "0042345670017000", "exempt_no": "KET-7", "exempt_from": "2026-05-01"}
    free = [{"code": "S2", "name": "CV Hulu", "kind": "supplier", **papers}]
    known = laid(
        accepted(trading(), "ledger.parties", free),
        {BILLS: bill("9", "2026-05-09", 400000, withholding="PPH42-SEWA", supplier="S2")},
    )
    kept = ("document", "base", "rate", "tax", "exempt_no")
    rows = report(known, "withholding_slips", MAY)
    assert [tuple(row[column] for column in kept) for row in rows] == [
        ("1", "2000000.00", "2", "40000.00", None),
        ("9", "400000.00", "0", "0.00", "KET-7"),
    ]


def test_slips_are_written_for_the_tax_office_once_nothing_is_missing() -> None:
    known = accepted(new_company(), "ledger.tax_registration", [OWN])
    served = bill("1", "2026-05-06", 2000000, withholding="PPH23-SEWA", supplier_ref="INV/7")
    known = accepted(known, BILLS, served)
    rows = report(known, "withholding_slips", MAY)
    (slip,) = ElementTree.fromstring(slips_file("id", MAY.last, rows)).iter("Bpu")
    said = {element.tag: element.text for element in slip}
    assert said | {
        "TaxObjectCode": "24-100-02", "TaxBase": "2000000.00", "Rate": "2",
        "DocumentNumber": "INV/7", "TaxCertificate": "N/A", "SP2DNumber": None,
        "IDPlaceOfBusinessActivity": "0013121660091000000000",
    } == said  # fmt: skip
    for lacking in (
        bill("2", "2026-05-07", 5, withholding="PPH23-JASA"),
        bill("2", "2026-05-07", 5, withholding="PPH23-SEWA", supplier="S2"),
    ):
        rows = report(accepted(known, BILLS, lacking), "withholding_slips", MAY)
        with pytest.raises(NotReady, match="2: "):
            slips_file("id", MAY.last, rows)


# --- the final tax on turnover ------------------------------------------------------------------


def taxed_on_turnover(months: Iterable[object], regime: str = "turnover_person") -> list[Cells]:
    known = accepted(
        new_company(), "ledger.tax_registration", [{**OWN, "vat": "false", "regime": regime}]
    )
    for number, sold in enumerate(months, 1):
        if sold:
            rows = entry(f"M{number}", f"2026-{number:02}-28", (CASH, sold, 0), (SALES, 0, sold))
            known = accepted(known, JOURNAL, rows)
    return report(known, "turnover_tax", span("2026-01-01", "2026-12-31"))


def umkm(name: str) -> dict[str, Any]:
    cases = shared_json("cases/id/vat.json")["cases"]
    found: dict[str, Any] = next(case for case in cases if case["id"] == name)
    return found


def test_the_month_that_passes_500_million_is_taxed_on_the_excess() -> None:
    case = umkm("umkm-001")
    before, month = case["inputs"]["cumulative_before"], case["inputs"]["month"]
    rows = taxed_on_turnover([before, *[0] * 8, month])
    assert tax_of(rows, month="2026-10") == [case["expected"]["tax_month_10"]]


def test_a_person_below_500_million_pays_nothing() -> None:
    case = umkm("umkm-003")
    rows = taxed_on_turnover([case["inputs"]["monthly"]] * 12)
    assert sum(tax_of(rows)) == case["expected"]["tax_year"]


def test_turnover_is_counted_from_january() -> None:
    case = umkm("umkm-005")
    rows = taxed_on_turnover(case["inputs"]["months"])
    assert sum(tax_of(rows)) == case["expected"]["tax_to_july"]
    assert Decimal(rows[6]["so_far"] or 0) == case["expected"]["cumulative"]


def test_an_enterprise_pays_from_the_first_rupiah() -> None:
    rows = taxed_on_turnover([1000000], "turnover_entity")
    assert tax_of(rows, month="2026-01") == [5000]


def test_who_is_taxed_by_the_general_rules_has_no_such_report() -> None:
    assert taxed_on_turnover([1000000], "general") == []


# --- e-Faktur -----------------------------------------------------------------------------------


def ready(*rows: Cells) -> KnownRows:
    known = accepted(new_company(), "ledger.tax_registration", [OWN])
    known = accepted(known, "ledger.parties", [BUYER])
    return laid(known, {INVOICES: rows})


def file_of(known: KnownRows) -> ElementTree.Element:
    rows = report(known, "coretax_efaktur", MAY)
    return ElementTree.fromstring(tax_invoices_file("id", MAY.last, rows))


def text(element: ElementTree.Element, path: str) -> str | None:
    found = element.find(path)
    assert found is not None, path
    return found.text


def test_an_invoice_is_written_for_the_tax_office() -> None:
    sold = invoice("F-1", "2026-05-03", "33333.33", 0.5, tax_code="PPN-K", description="Kopi")
    sold[0] = {**sold[0], "qty": "3", "unit": "kg"}
    root = file_of(ready(*sold))
    one, lines = root[1][0], root[1][0].findall("ListOfGoodService/GoodService")
    assert text(root, "TIN") == "0013121660091000"
    assert text(one, "TrxCode") == "04"
    assert text(one, "RefDesc") == "F-1"
    assert text(one, "BuyerName") == "Toko Maju & Rekan"
    assert text(one, "BuyerIDTKU") == "0016573131054000000000"
    assert text(lines[0], "Unit") == "UM.0003"
    amounts = ("TaxBase", "OtherTaxBase", "VATRate", "VAT", "STLG")
    assert [text(lines[0], name) for name in amounts] == [
        "99999.99", "91666.66", "12", "11000.00", "0.00",
    ]  # fmt: skip
    assert [text(lines[1], name) for name in amounts] == ["0.50", "0.46", "12", "0.06", "0.00"]


def test_no_number_of_a_tax_invoice_is_made() -> None:
    sold = invoice("F-1", "2026-05-03", 1000, tax_code="PPN-K", description="Kopi")
    names = {element.tag for element in file_of(ready(*sold)).iter()}
    assert not [name for name in names if "Number" in name and name != "BuyerDocumentNumber"]


def test_a_price_that_includes_tax_is_written_without_it() -> None:
    sold = invoice("F-1", "2026-05-03", 111000, tax_code="PPN-K-TERMASUK", description="Kopi")
    line = file_of(ready(*sold)).find(".//GoodService")
    assert line is not None
    assert [text(line, name) for name in ("Price", "Qty", "TaxBase", "VAT")] == [
        "100000", "1", "100000.00", "11000.00",
    ]  # fmt: skip


def test_a_credit_note_and_what_was_reversed_have_no_tax_invoice() -> None:
    sold = invoice("F-1", "2026-05-03", 1000, tax_code="PPN-K", description="Kopi")
    back = [{**row, "invoice": "F-1-R", "kind": "credit_note", "reverses": "F-1"} for row in sold]
    assert report(ready(*sold, *back), "coretax_efaktur", MAY) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"customer": "C2"}, "C2 has neither a tax number nor an identity number on Parties"),
        ({"customer": "C2"}, "the address of C2 is missing on Parties"),
        ({"description": ""}, "a line has no description"),
        ({"unit": "karung goni"}, "the unit “karung goni” is not known to the tax office"),
        ({"tax_code": "PPN-K-BEBAS"}, "the facility code of tax code PPN-K-BEBAS is missing"),
    ],
)
def test_what_is_missing_is_told_by_invoice_and_no_file_is_made(cells: Cells, said: str) -> None:
    (sold,) = invoice("F-1", "2026-05-03", 1000, tax_code="PPN-K", description="Kopi")
    rows = [{column: cell for column, cell in {**sold, **cells}.items() if cell}]
    known = ready(*rows)
    (row,) = report(known, "coretax_efaktur", MAY)
    assert said in (row["problem"] or "")
    with pytest.raises(NotReady, match="F-1: "):
        tax_invoices_file("id", MAY.last, [row])


def test_two_codes_of_transactions_do_not_stand_in_one_invoice() -> None:
    sold = invoice("F-1", "2026-05-03", 1000, 2000, tax_code="PPN-K", description="Kopi")
    sold[1] = {**sold[1], "tax_code": "PPN-K-MEWAH"}
    first, _ = report(ready(*sold), "coretax_efaktur", MAY)
    assert first["problem"] == "two codes of transactions in one invoice (01, 04)"


def settled(**own: str) -> KnownRows:
    """An invoice of 1,000 that deducts a deposit of 300."""
    common = {"tax_code": "PPN-K", "description": "Kopi"}
    paid = invoice("D", "2026-05-01", 300, kind="deposit", account=DEPOSITS, **common)
    sold = invoice("F", "2026-05-09", 800, 200, 300, **common)
    sold[2] = {**sold[2], "account": DEPOSITS, "deposit": "D"}
    known = ready(*paid, *sold)
    registered = {**OWN, **own, "from": "2026-05-02"}
    return accepted(known, "ledger.tax_registration", [registered]) if own else known


def test_what_is_left_after_a_deposit_is_a_tax_invoice_of_its_own() -> None:
    deposit, final = file_of(settled())[1]
    lines = [each.findall(".//GoodService")[0] for each in (deposit, final)]
    assert len(final.findall(".//GoodService")) == 1
    amounts = ("Price", "Qty", "TaxBase", "OtherTaxBase", "VAT")
    assert [[text(line, name) for name in amounts] for line in lines] == [
        ["300", "1", "300.00", "275.00", "33.00"],
        ["700", "1", "700.00", "641.67", "77.00"],
    ]
    assert {text(each, "TaxInvoiceOpt") for each in (deposit, final)} == {"Normal"}
    assert text(lines[1], "Name") == "Settlement of Kopi; deposit D"


def test_deposits_that_are_made_at_the_tax_office_itself_are_not_in_the_file() -> None:
    known = settled(deposits_apart="true")
    rows = report(known, "coretax_efaktur", MAY)
    told = {(row["kind"], bool(row["by_hand"]), row["problem"]) for row in rows}
    assert told == {("deposit", False, None), ("settlement", True, None)}
    assert [text(one, "RefDesc") for one in file_of(known)[1]] == ["D"]


def test_without_an_own_registration_there_is_no_file() -> None:
    sold = invoice("F-1", "2026-05-03", 1000, tax_code="PPN-K", description="Kopi")
    known = laid(accepted(new_company(), "ledger.parties", [BUYER]), {INVOICES: sold})
    (row,) = report(known, "coretax_efaktur", MAY)
    assert "Tax Registration" in (row["problem"] or "")


def test_a_company_without_a_country_has_no_such_files() -> None:
    known = accepted(new_company("plain"), "ledger.tax_registration", [OWN])
    sold = invoice("F-1", "2026-05-03", 1000, account="4000", tax_code="ZERO")
    known = accepted(known, INVOICES, sold)
    assert report(known, "coretax_efaktur", MAY) == []
    assert report(known, "turnover_tax", MAY) == []
