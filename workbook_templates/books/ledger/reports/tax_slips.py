"""Withholding slips: what was kept back of which document, at which rate, under which paper."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.invoices import PURCHASES
from workbook_templates.books.ledger.reports.tax_documents import Taxed, money_text, taxed
from workbook_templates.books.ledger.taxes import WITHHOLDING, tax_day
from workbook_templates.books.ledger.withholding import is_exempt
from workbook_templates.columns import Code, Date, Money, Percent, Text
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words

WE = Words(id="Kita memotong", en="We withheld")
THEY = Words(id="Dipotong pelanggan", en="Withheld from us")


def withholding_slip_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A slip a document and code, also where nothing was kept back (PER-11/PJ/2025 Pasal 8)."""
    for each in slips(known, request):
        yield _slip(each, known)


def slips(known: Known, request: ReportRequest) -> list[Taxed]:
    """What is withheld in the documents of a span, by us first."""
    found = [
        each
        for each in taxed(known, request.first, request.last)
        if each.row.text("kind") == WITHHOLDING
    ]
    return sorted(found, key=lambda each: each.trade is not PURCHASES)


def _slip(each: Taxed, known: Known) -> Cells:
    document, party = each.document, known.row("ledger.parties", each.party)
    exempt = party is not None and is_exempt(party, tax_day(document, known))
    return {
        "side": (WE if each.trade is PURCHASES else THEY)[known.company.language],
        "code": each.code,
        "official": each.row.text("official_code") or None,
        "date": document.text("date"),
        "document": document.key,
        "reference": document.text("supplier_ref") or None,
        "party": each.party,
        "name": (party.text("name") if party else "") or None,
        "tax_id": (party.text("tax_id") if party else "") or None,
        "exempt_no": (party.text("exempt_no") or None) if party and exempt else None,
        "base": money_text(each.sign * each.tax.base),
        "rate": f"{each.tax.rate.normalize():f}",
        "tax": money_text(each.sign * each.tax.stated),
    }


WITHHOLDING_SLIPS = Report(
    key="withholding_slips",
    title=Words(id="Daftar Bukti Potong", en="Withholding Slips"),
    help=Words(
        id="Pemotongan pada tagihan dan faktur suatu masa, dokumen demi dokumen.",
        en="What bills and invoices of a period had withheld, document by document.",
    ),
    columns=(
        Text("side", Words(id="Pihak", en="Side"), width=18),
        Code("code", Words(id="Kode pajak", en="Tax code"), width=20),
        Code("official", Words(id="Kode resmi", en="Official code"), width=13),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Code("document", Words(id="Dokumen", en="Document"), width=16),
        Code("reference", Words(id="No. faktur pemasok", en="Supplier's number"), width=18),
        Code("party", Words(id="Mitra", en="Party"), width=12),
        Text("name", Words(id="Nama", en="Name"), width=28),
        Code("tax_id", Words(id="NPWP", en="Tax number"), width=20),
        Code("exempt_no", Words(id="No. surat bebas", en="Exemption number"), width=18),
        Money("base", Words(id="Dasar", en="Base"), width=18),
        Percent("rate", Words(id="Tarif %", en="Rate %"), width=9),
        Money("tax", Words(id="Dipotong", en="Withheld"), width=16),
    ),
    build=withholding_slip_rows,
    spans="period",
    sums=("base", "tax"),
)
