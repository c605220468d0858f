"""Bank statements as Indonesian and other banks write them, each format and encoding."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from addin.bank_columns import guessed
from addin.bank_files import DayBalance, NotAStatement, StatementLine, read_statements
from addin.bank_rows import TableLines, is_date, read_table
from workbook_templates.schema import Cells

BCA = """\
No. rekening : ,'0141234567
Nama : ,PT LAJUR CONTOH
Periode : ,01/05/2026 - 31/05/2026
Kode Mata Uang : ,IDR

Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo
'04/05,"TRSF E-BANKING CR 0405/FTSCY/WS95031 TOKO MAJU",'0000,"1,250,000.00",CR,"16,250,000.00"
'29/05,BIAYA ADM,'0000,"15,000.00",DB,"16,235,000.00"
PEND,QR 9911,'0000,"5,000.00",DB,

Saldo Awal : ,"15,000,000.00"
Saldo Akhir : ,"16,235,000.00"
"""
MANDIRI = """\
Tanggal;Keterangan;No. Referensi;Debet;Kredit;Saldo
03/05/2026 10:15:22;Transfer dari CV SUMBER;FT2612301;0,00;2.500.000,00;12.500.000,00
05/05/2026 09:00:01;PLN Mei;FT2612502;750.250,50;0,00;11.749.749,50
"""
BRI = """\
TGL TRX\tURAIAN TRANSAKSI\tNOMINAL\tSALDO AKHIR
31-Mei-26\tBunga\t12.345,67 CR\t1.012.345,67
01-Mei-26\tSaldo pindahan\t\t1.000.000,00
"""
MT940 = """\
{1:F01CENAIDJAXXXX0000000000}{2:I940X}{4:
:20:STMT260503
:25:014/0141234567
:28C:00123/001
:60F:C260430IDR15000000,00
:61:2605040504C1250000,00NTRFINV-01//BCA9911
:86:TRSF E-BANKING CR 0405/FTSCY/WS95031
TOKO MAJU
:61:2605290529D15000,00NCHGNONREF
:86:BIAYA ADM
:61:2605300530RC10000,00NTRFNONREF
:86:KOREKSI
:62F:C260531IDR16225000,00
-}
"""
OFX_1 = """\
OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>IDR
<BANKACCTFROM><BANKID>014<ACCTID>0141234567<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260501<DTEND>20260531
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260529120000[+7:WIB]<TRNAMT>-15000.00<FITID>F2
<NAME>BIAYA &amp; ADM
</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260504<TRNAMT>1250000<FITID>F1<NAME>TOKO MAJU<MEMO>INV-01
</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>16235000.00<DTASOF>20260531</LEDGERBAL>
</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
OFX_2 = OFX_1.replace("OFXHEADER:100", '<?xml version="1.0"?>').replace(
    "F1<NAME>", "F1</FITID>\n<NAME>"
)


Write = Callable[..., Path]


def table_lines(path: Path, mapping: Cells | None = None) -> TableLines:
    """The lines of a file by a mapping, or by the one that is guessed."""
    statements, table = read_statements(path)
    assert not statements
    found = read_table(table, mapping or guessed(table, is_date))
    assert found is not None
    return found


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "statement"
        path.write_bytes(text.encode(encoding))
        return path

    return written


def test_a_bca_file_has_days_without_years_and_signs_in_a_column_of_their_own(write: Write) -> None:
    found = table_lines(write(BCA))
    maju = "TRSF E-BANKING CR 0405/FTSCY/WS95031 TOKO MAJU"
    assert found.bad == []
    assert found.passed == 3
    assert found.statement.lines == (
        StatementLine("2026-05-04", maju, Decimal("1250000.00"), "", Decimal("16250000.00")),
        StatementLine("2026-05-29", "BIAYA ADM", Decimal("-15000.00"), "", Decimal("16235000.00")),
    )
    assert found.statement.opening == DayBalance("2026-05-03", Decimal("15000000.00"))
    assert found.statement.closing == DayBalance("2026-05-29", Decimal("16235000.00"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_mandiri_file_has_debit_and_credit_in_every_encoding(write: Write, encoding: str) -> None:
    text = MANDIRI.replace("PLN Mei", "Café – PLN") if encoding == "cp1252" else MANDIRI
    lines = table_lines(write(text, encoding)).statement.lines
    assert [(line.date, line.amount, line.reference) for line in lines] == [
        ("2026-05-03", Decimal("2500000.00"), "FT2612301"),
        ("2026-05-05", Decimal("-750250.50"), "FT2612502"),
    ]
    assert lines[1].description in ("PLN Mei", "Café – PLN")


def test_the_newest_line_may_come_first_and_months_have_names(write: Write) -> None:
    found = table_lines(write(BRI))
    assert [(line.date, line.amount) for line in found.statement.lines] == [
        ("2026-05-31", Decimal("12345.67"))
    ]
    assert found.passed == 1
    two = BRI.replace("\t\t1.000", "\t500,00 DB\t1.000")
    assert [line.date for line in table_lines(write(two)).statement.lines] == [
        "2026-05-01",
        "2026-05-31",
    ]


def test_an_xlsx_file_has_real_dates_and_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Account Statement"],
        [],
        ["Transaction Date", "Description", "Withdrawal (IDR)", "Deposit (IDR)", "Balance"],
        [datetime.date(2026, 5, 4), "TOKO MAJU", None, 1250000.1, 2250000.1],
        ["05/05/2026", "CHARGE", 15000, None, 2235000.1],
    ):
        sheet.append(row)
    path = tmp_path / "statement.xlsx"
    book.save(path)
    lines = table_lines(path).statement.lines
    assert [(line.date, line.description, line.amount) for line in lines] == [
        ("2026-05-04", "TOKO MAJU", Decimal("1250000.10")),
        ("2026-05-05", "CHARGE", Decimal("-15000.00")),
    ]


def test_mt940_tells_account_balances_and_lines(write: Write) -> None:
    ((statement,), table) = read_statements(write(MT940))
    assert not table
    assert statement.number == "014/0141234567"
    assert statement.opening == DayBalance("2026-04-30", Decimal("15000000.00"))
    assert statement.closing == DayBalance("2026-05-31", Decimal("16225000.00"))
    maju = "TRSF E-BANKING CR 0405/FTSCY/WS95031 TOKO MAJU"
    assert statement.lines == (
        StatementLine("2026-05-04", maju, Decimal("1250000.00"), "INV-01"),
        StatementLine("2026-05-29", "BIAYA ADM", Decimal("-15000.00")),
        StatementLine("2026-05-30", "KOREKSI", Decimal("-10000.00")),
    )


@pytest.mark.parametrize("text", [OFX_1, OFX_2], ids=["sgml", "xml"])
def test_ofx_tells_account_balance_and_lines(write: Write, text: str) -> None:
    ((statement,), _) = read_statements(write(text))
    assert statement.number == "0141234567"
    assert statement.closing == DayBalance("2026-05-31", Decimal("16235000.00"))
    assert statement.lines == (
        StatementLine("2026-05-04", "TOKO MAJU INV-01", Decimal("1250000"), "F1"),
        StatementLine("2026-05-29", "BIAYA & ADM", Decimal("-15000.00"), "F2"),
    )


def test_a_file_without_headings_is_read_by_places_and_its_own_date_order(write: Write) -> None:
    """Case ledger-statements-013 writes days as 10/2009/09."""
    places = {"date_heading": "#1", "description_heading": "#2", "amount_heading": "#3"}
    lines = table_lines(
        write("10/2009/09,Flubber Co,50\n"), {**places, "date_format": "dd/yyyy/mm"}
    )
    assert lines.statement.lines == (StatementLine("2009-09-10", "Flubber Co", Decimal("50.00")),)


def test_every_row_that_cannot_be_read_is_told(write: Write) -> None:
    text = MANDIRI + "31/02/2026;X;;1,00;;\n05/05/2026;Y;;dua;;\n06/05/2026;Z;;1,00;2,00;\n"
    found = table_lines(write(text))
    assert [(bad.number, bad.problem.code) for bad in found.bad] == [
        (4, "statement_date"),
        (5, "not_a_number"),
        (6, "statement_two_sides"),
    ]
    assert len(found.statement.lines) == 2


def test_columns_that_are_not_there_are_no_table(write: Write) -> None:
    _, table = read_statements(write(MANDIRI))
    assert read_table(table, {"date_heading": "Date", "amount_heading": "Jumlah"}) is None
    assert guessed([["a", "b"], ["1", "2"]], is_date) == {}
    assert guessed([], is_date) == {}


@pytest.mark.parametrize(
    "content", [b"\x00\x00\x01\x02", b"OFXHEADER:100\n<OFX><STMTRS><STMTTRN><TRNAMT>x"]
)
def test_what_is_no_statement_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "statement"
    path.write_bytes(content)
    with pytest.raises(NotAStatement):
        read_statements(path)
    with pytest.raises(NotAStatement):
        read_statements(tmp_path / "nothing")
