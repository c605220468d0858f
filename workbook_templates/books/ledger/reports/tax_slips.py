"""Withholding slips: what was kept back of which document, at which rate, under which paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from workbook_templates.books.ledger.invoices import PURCHASES
from workbook_templates.books.ledger.reports.tax_documents import Taxed, money_text, taxed
from workbook_templates.books.ledger.tax_registration import registration_on
from workbook_templates.books.ledger.taxes import WITHHOLDING, tax_day
from workbook_templates.books.ledger.withholding import is_exempt
from workbook_templates.columns import Choice, Code, Date, Money, Option, Percent, Text
from workbook_templates.packs.trade import slip_file
from workbook_templates.report_files import NotReady, ReportFile
from workbook_templates.schema import Cells, Known, Report, ReportRequest
from workbook_templates.words import Words

WE, THEY = "we", "they"
SIDES = (
    Option(WE, Words(id="Kita memotong", en="We withheld")),
    Option(THEY, Words(id="Dipotong pelanggan", en="Withheld from us")),
)
NO_OWN_NUMBER = Words(
    id="NPWP sendiri belum diisi di lembar Data Pajak",
    en="your own tax number is missing on Tax Registration",
)
NO_TAX_NUMBER = Words(
    id="{party} tidak punya NPWP di lembar Mitra", en="{party} has no tax number on Parties"
)
NO_OFFICIAL_CODE = Words(
    id="kode resmi kode pajak {code} belum diisi", en="tax code {code} has no official code"
)


def withholding_slip_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A slip a document and code, also where nothing was kept back (PER-11/PJ/2025 Pasal 8).

    What a slip of ours lacks is told under Missing; there is no file until nothing is.
    """
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


def slips_file(pack: str, day: str, rows: Sequence[Cells]) -> bytes:
    """The file of the slips that we make; what credit notes take back is corrected by hand."""
    wanting = [f"{row['document']}: {row['problem']}" for row in rows if row.get("problem")]
    if wanting:
        raise NotReady(wanting)
    ours = [row for row in rows if row["side"] == WE and not (row["base"] or "").startswith("-")]
    return slip_file(pack, ours, date.fromisoformat(day))


def _slip(each: Taxed, known: Known) -> Cells:
    document, party = each.document, known.row("ledger.parties", each.party)
    own = registration_on(known, document.text("date"))
    exempt = party is not None and is_exempt(party, tax_day(document, known))
    return {
        "problem": "; ".join(_problems(each, known)) or None,
        "side": WE if each.trade is PURCHASES else THEY,
        "own_tax_id": (own.text("tax_id") or None) if own else None,
        "own_place": (own.text("tax_place") or None) if own else None,
        "tax_place": (party.text("tax_place") or None) if party else None,
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


def _problems(each: Taxed, known: Known) -> Iterator[str]:
    """What the tax office would miss on a slip of ours."""
    language = known.company.language
    party = known.row("ledger.parties", each.party)
    if each.trade is not PURCHASES:
        return
    if registration_on(known, each.document.text("date")) is None:
        yield NO_OWN_NUMBER[language]
    if party is None or not party.text("tax_id"):
        yield NO_TAX_NUMBER[language].format(party=each.party)
    if not each.row.text("official_code"):
        yield NO_OFFICIAL_CODE[language].format(code=each.code)


WITHHOLDING_SLIPS = Report(
    key="withholding_slips",
    title=Words(id="Daftar Bukti Potong", en="Withholding Slips"),
    help=Words(
        id="Pemotongan pada tagihan dan faktur suatu masa, dokumen demi dokumen.",
        en="What bills and invoices of a period had withheld, document by document.",
    ),
    columns=(
        Text("problem", Words(id="Belum lengkap", en="Missing"), width=36),
        Choice("side", Words(id="Pihak", en="Side"), width=18, choices=SIDES),
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
        Code("tax_place", Words(id="NITKU", en="Place of business"), width=24),
        Code("own_tax_id", Words(id="NPWP sendiri", en="Own tax number"), width=20),
        Code("own_place", Words(id="NITKU sendiri", en="Own place of business"), width=24),
    ),
    build=withholding_slip_rows,
    spans="period",
    sums=("base", "tax"),
    file=ReportFile("xml", "application/xml", slips_file),
)
