"""Sales invoices as the tax office takes them in: a row a line, and what is missing from each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workbook_templates.books.ledger.currencies import conversion_of
from workbook_templates.books.ledger.invoices import SALES
from workbook_templates.books.ledger.opposite import SUFFIX
from workbook_templates.books.ledger.pricing import amount_of_line, price_lines
from workbook_templates.books.ledger.reports.tax_documents import documents, money_text
from workbook_templates.books.ledger.tax_registration import registration_on
from workbook_templates.books.ledger.taxes import Share, shares_of, tax_day
from workbook_templates.packs.trade import InvoiceRules, invoice_file, invoice_rules
from workbook_templates.report_files import NotReady
from workbook_templates.schema import (
    Cells,
    Document,
    Known,
    Line,
    ReportRequest,
)
from workbook_templates.words import Words

NONE = Decimal(0)
NO_REGISTRATION = Words(
    id="NPWP sendiri atau status PKP belum diisi di lembar Data Pajak",
    en="your own tax number or VAT registration is missing on Tax Registration",
)
NO_NUMBER = Words(
    id="{party} tidak punya NPWP maupun nomor identitas di lembar Mitra",
    en="{party} has neither a tax number nor an identity number on Parties",
)
NO_ADDRESS = Words(
    id="alamat {party} belum diisi di lembar Mitra",
    en="the address of {party} is missing on Parties",
)
TWO_CODES = Words(
    id="dua kode transaksi dalam satu faktur ({codes})",
    en="two codes of transactions in one invoice ({codes})",
)
NO_FACILITY = Words(
    id="kode fasilitas kode pajak {code} belum diisi",
    en="the facility code of tax code {code} is missing",
)
DEDUCTS_A_DEPOSIT = Words(
    id="memotong uang muka; buat faktur pelunasannya langsung di Coretax",
    en="it deducts a deposit; make its tax invoice at the tax office itself",
)
NO_DESCRIPTION = Words(id="uraian baris kosong", en="a line has no description")
NO_UNIT = Words(
    id="satuan “{unit}” tidak dikenal", en="the unit “{unit}” is not known to the tax office"
)
_OF_PARTY = (
    "name", "tax_id", "tax_place", "identity_kind", "identity", "country", "address", "email",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Sold:
    """A line of an invoice with the taxes of its code."""

    line: Line
    shares: tuple[Share, ...]

    @property
    def official(self) -> str:
        """The code of the transaction."""
        return self.shares[0].row.text("official_code")


def tax_invoice_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """The lines of a span's invoices for which there is a tax invoice, in order.

    Credit notes and what was reversed within the span are left out. An invoice that lacks
    something says so on its first line, and then there is no file.
    """
    for document in documents(known, SALES, request.first, request.last):
        rules = invoice_rules(known.company.pack, date.fromisoformat(document.text("date")))
        if rules is None or document.text("kind") == "credit_note":
            continue
        reversal = known.document(SALES.table, document.key + SUFFIX)
        if reversal is None or reversal.text("date") > request.last:
            yield from _rows(document, known, rules)


def tax_invoices_file(pack: str, day: str, rows: Sequence[Cells]) -> bytes:
    """The file for the tax office; raises `NotReady` with all that is missing."""
    wanting = [f"{row['invoice']}: {row['problem']}" for row in rows if row.get("problem")]
    if wanting:
        raise NotReady(wanting)
    return invoice_file(pack, rows, date.fromisoformat(day))


def _rows(document: Document, known: Known, rules: InvoiceRules) -> Iterator[Cells]:
    day = tax_day(document, known)
    taxed = [_Sold(line, shares_of(known, line.text("tax_code"), day)) for line in document.lines]
    sold = [each for each in taxed if each.shares and each.official in rules.codes]
    problem = _problems(document, sold, known, rules) if sold else ""
    head = _head(document, known)
    for each in sold:
        yield {**head, **_line(document, each, known, rules), "problem": problem or None}
        problem = ""


def _head(document: Document, known: Known) -> Cells:
    party = known.row("ledger.parties", document.text("customer"))
    own = registration_on(known, document.text("date"))
    return {
        "invoice": document.key,
        "date": document.text("date"),
        "seller_tin": own.text("tax_id") or None if own else None,
        "seller_place": own.text("tax_place") or None if own else None,
        "party": document.text("customer"),
        **{column: party.text(column) or None for column in _OF_PARTY if party},
    }


def _line(document: Document, sold: _Sold, known: Known, rules: InvoiceRules) -> Cells:
    """Amounts are rounded one after another, so that the printed ones follow from each other."""
    line, first = sold.line, sold.shares[0]
    conversion = conversion_of(document, known)
    base, price = amount_of_line(line), line["unit_price"]
    quantity, discount = line["qty"] or Decimal(1), line["discount"]
    if first.row.text("included") == "true":
        alone = Document(document.sheet, document.key, (line,))
        base = sum(price_lines(alone, known, tax_day(document, known)).net.values(), NONE)
        price, quantity, discount = base, Decimal(1), None
    base, discount = conversion.company(base), conversion.company(discount or NONE)
    price = conversion.company(price) if conversion.currency else price
    taxed_base = rules.rounded(base * first.base.numerator / first.base.denominator)
    rate = first.row["rate"] or NONE
    luxury = next((s for s in sold.shares if s.row.text("official_code") == rules.luxury), None)
    luxury_rate = luxury.row["rate"] if luxury else NONE
    return {
        "official": sold.official,
        "facility": first.row.text("facility") or None,
        "supply": line.text("supply") or "goods",
        "description": line.text("description") or None,
        "unit": rules.unit(line.text("unit"), line.text("supply")),
        "price": f"{price.normalize():f}",
        "qty": f"{quantity.normalize():f}",
        "discount": money_text(discount),
        "base": money_text(base),
        "taxed_base": money_text(taxed_base),
        "rate": f"{rate.normalize():f}",
        "tax": money_text(rules.rounded(taxed_base * rate / 100)),
        "luxury_rate": f"{luxury_rate.normalize():f}",
        "luxury_tax": money_text(rules.rounded(taxed_base * luxury_rate / 100)),
    }


def _problems(document: Document, sold: Sequence[_Sold], known: Known, rules: InvoiceRules) -> str:
    """All that the tax invoice lacks, in the company's language; "" for nothing."""
    found = [*_of_parties(document, known), *_of_lines(sold, rules)]
    return "; ".join(words[known.company.language] for words in dict.fromkeys(found))


def _of_parties(document: Document, known: Known) -> Iterator[Words]:
    own = registration_on(known, document.text("date"))
    if own is None or own.text("vat") != "true":
        yield NO_REGISTRATION
    code = document.text("customer")
    party = known.row("ledger.parties", code)
    if party is None or not (party.text("tax_id") or party.text("identity")):
        yield _said(NO_NUMBER, party=code)
    if party is None or not party.text("address"):
        yield _said(NO_ADDRESS, party=code)


def _of_lines(sold: Sequence[_Sold], rules: InvoiceRules) -> Iterator[Words]:
    codes = sorted({each.official for each in sold})
    if len(codes) > 1:
        yield _said(TWO_CODES, codes=", ".join(codes))
    for each in sold:
        row, line = each.shares[0].row, each.line
        if amount_of_line(line) < 0:
            yield DEDUCTS_A_DEPOSIT
        if each.official in rules.with_facility and not row.text("facility"):
            yield _said(NO_FACILITY, code=each.shares[0].code)
        if not line.text("description"):
            yield NO_DESCRIPTION
        if rules.unit(line.text("unit"), line.text("supply")) is None:
            yield _said(NO_UNIT, unit=line.text("unit"))


def _said(words: Words, **facts: str) -> Words:
    return Words(id=words.id.format(**facts), en=words.en.format(**facts))
