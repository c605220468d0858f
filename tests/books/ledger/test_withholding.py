"""Withholding on bills and invoices: rates, papers, thresholds, and who withholds from whom."""

from decimal import Decimal

import pytest

from tests.books.known import KnownRows, accepted, document
from tests.books.ledger.rows import PAYABLE, SUPPLIES, VAT_IN, bill, codes, entries_of, invoice
from workbook_templates.books.ledger.invoices import amounts_of
from workbook_templates.schema import Cells

BILLS, CODES, PARTIES = "ledger.purchase_bills", "ledger.tax_codes", "ledger.parties"
DAY = "2026-05-03"
TWO_PERCENT = "PPH23-JASA"


def party(code: str, **cells: str) -> list[Cells]:
    return [{"code": code, "name": code, "kind": "supplier", **cells}]


def kept_back(known: KnownRows, key: str, code: str) -> Decimal:
    found = known.document(BILLS, key)
    assert found is not None
    return -amounts_of(found, known).taxes[code].amount


def test_a_line_bears_value_added_tax_and_withholding(company: KnownRows) -> None:
    served = bill("1", DAY, 1000000, tax_code="PPN-M", withholding=TWO_PERCENT)
    assert entries_of(accepted(company, BILLS, served), "PB:1") == [
        (PAYABLE, "", "1090000.00"),
        (SUPPLIES, "1000000.00", ""),
        ("21420", "", "20000.00"),
        (VAT_IN, "110000.00", ""),
    ]


def test_a_supplier_without_a_tax_number_has_twice_as_much_withheld(company: KnownRows) -> None:
    served = bill("1", DAY, 1000000, withholding=TWO_PERCENT, supplier="S2")
    assert kept_back(accepted(company, BILLS, served), "1", TWO_PERCENT) == 40000


def test_a_tax_number_counts_from_its_day(company: KnownRows) -> None:
    served = bill("1", DAY, 1000000, withholding=TWO_PERCENT, supplier="S2")
    company = accepted(company, BILLS, served)
    number = {"tax_id": "0042345670017000"}
    assert codes(company, PARTIES, party("S2", **number)) == ["withheld_otherwise"]
    company = accepted(company, PARTIES, party("S2", **number, tax_id_from="2026-06-01"))
    later = bill("2", "2026-06-01", 1000000, withholding=TWO_PERCENT, supplier="S2")
    company = accepted(company, BILLS, later)
    assert [kept_back(company, key, TWO_PERCENT) for key in "12"] == [40000, 20000]


def test_nothing_is_withheld_while_a_certificate_holds(company: KnownRows) -> None:
    papers = {"tax_id": "0031987650015000", "exempt_no": "KET-7", "exempt_from": "2026-05-01"}
    company = accepted(company, PARTIES, party("S1", **papers, exempt_to="2026-05-31"))
    for key, day in (("1", DAY), ("2", "2026-06-01")):
        served = bill(key, day, 1000000, withholding=TWO_PERCENT)
        company = accepted(company, BILLS, served)
    assert [kept_back(company, key, TWO_PERCENT) for key in "12"] == [0, 20000]
    longer = party("S1", **papers, exempt_to="2026-06-30")
    assert codes(company, PARTIES, longer) == ["withheld_otherwise"]


def test_an_exemption_does_not_end_before_it_begins(company: KnownRows) -> None:
    papers = {"exempt_from": "2026-05-02", "exempt_to": "2026-05-01"}
    assert codes(company, PARTIES, party("S1", **papers)) == ["exempt_ends_before"]


def with_threshold(company: KnownRows, **cells: str | None) -> KnownRows:
    row = {"code": "TDS", "name": "TDS", "kind": "withholding", "rate": "10", "account": "21420"}
    return accepted(company, CODES, [{**row, "from": "2025-01-01", **cells}])


def billed(company: KnownRows, *prices: int) -> KnownRows:
    for number, price in enumerate(prices, 1):
        rows = bill(str(number), f"2026-05-{number:02}", price, withholding="TDS")
        company = accepted(company, BILLS, rows)
    return company


@pytest.mark.parametrize(
    ("cells", "prices", "expected"),
    [
        ({"threshold": "20000.00"}, (10, 20, 5, 5), (0, 2000, 0, 0)),
        ({"yearly_threshold": "30000.00"}, (10, 15, 5, 5), (0, 0, 3000, 500)),
        (
            {"yearly_threshold": "30000.00", "on_excess": "true"},
            (10, 15, 6, 5),
            (0, 0, 100, 500),
        ),
        (
            {"threshold": "20000.00", "yearly_threshold": "30000.00"},
            (20, 5, 5, 5),
            (2000, 0, 1000, 500),
        ),
    ],
)
def test_withholding_begins_at_its_threshold(
    company: KnownRows, cells: Cells, prices: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    company = billed(with_threshold(company, **cells), *(1000 * price for price in prices))
    found = tuple(kept_back(company, str(n), "TDS") for n in range(1, 5))
    assert found == expected


def test_an_earlier_bill_moves_the_threshold_of_later_ones(company: KnownRows) -> None:
    company = billed(with_threshold(company, yearly_threshold="30000.00"), 10000, 15000)
    assert entries_of(company, "PB:2") == [(PAYABLE, "", "15000.00"), (SUPPLIES, "15000.00", "")]
    company = accepted(company, BILLS, bill("0", "2026-04-30", 5000, withholding="TDS"))
    assert entries_of(company, "PB:2") == [
        (PAYABLE, "", "12000.00"),
        (SUPPLIES, "15000.00", ""),
        ("21420", "", "3000.00"),
    ]


def test_a_threshold_begins_anew_with_the_year(company: KnownRows) -> None:
    company = billed(with_threshold(company, yearly_threshold="30000.00"), 20000)
    later = bill("2", "2027-01-02", 20000, withholding="TDS")
    assert kept_back(accepted(company, BILLS, later), "2", "TDS") == 0


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (TWO_PERCENT, []),
        ("PPN-M", ["tax_code_kind"]),
        ("PPH23-DIPOTONG", ["we_withhold"]),
    ],
)
def test_a_bill_names_a_code_by_which_we_withhold(
    company: KnownRows, code: str, found: list[str]
) -> None:
    assert codes(company, BILLS, bill("1", DAY, 1000, withholding=code)) == found


def test_a_customer_withholds_to_prepaid_tax(company: KnownRows) -> None:
    sold = invoice("1", DAY, 1000, withholding=TWO_PERCENT)
    assert codes(company, "ledger.sales_invoices", sold) == ["we_are_withheld_from"]
    sold = invoice("1", DAY, 1000, withholding="PPH42-SEWA-DIPOTONG")
    assert codes(company, "ledger.sales_invoices", sold) == []


def test_withholding_stands_in_one_column(company: KnownRows) -> None:
    rows = bill("1", DAY, 1000, tax_code=TWO_PERCENT, withholding="PPH42-SEWA")
    assert codes(company, BILLS, rows) == ["withheld_twice"]


def test_what_is_taken_back_is_withheld_as_it_was(company: KnownRows) -> None:
    company = accepted(company, BILLS, bill("1", DAY, 1000000, withholding=TWO_PERCENT))
    back = bill("1-R", "2026-06-01", 1000000, withholding=TWO_PERCENT, kind="credit_note")
    rows = [{**row, "reverses": "1"} for row in back]
    assert amounts_of(document(company, BILLS, rows), company).total == 980000
