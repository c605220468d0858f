"""Sales invoices as the tax office takes them in: a row a line, and what is missing from each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.invoices import SALES
from workbook_templates.books.ledger.opposite import SUFFIX
from workbook_templates.books.ledger.reports.tax_documents import documents, money_text
from workbook_templates.books.ledger.reports.tax_settlements import (
    SETTLEMENT,
    Sold,
    by_hand,
    kind_of,
    sold_lines,
)
from workbook_templates.books.ledger.tax_registration import registration_on
from workbook_templates.packs.trade import InvoiceRules, invoice_file, invoice_rules
from workbook_templates.report_files import NotReady
from workbook_templates.schema import (
    Cells,
    Document,
    Known,
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
SETTLES_IN_ANOTHER_CURRENCY = Words(
    id="memotong uang muka dalam mata uang lain; buat faktur pelunasannya di sistem kantor pajak",
    en="it deducts a deposit in another currency; make its tax invoice at the tax office itself",
)
NO_DESCRIPTION = Words(id="uraian baris kosong", en="a line has no description")
NO_UNIT = Words(
    id="satuan “{unit}” tidak dikenal", en="the unit “{unit}” is not known to the tax office"
)
_OF_PARTY = (
    "name", "tax_id", "tax_place", "identity_kind", "identity", "country", "address", "email",
)  # fmt: skip


def tax_invoice_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """The lines of a span's invoices for which there is a tax invoice, in order.

    Credit notes and what was reversed within the span are left out. An invoice that lacks
    something says so on its first line, and then there is no file. What is made without the file
    says so on each line.
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
    written = [row for row in rows if not row.get("by_hand")]
    return invoice_file(pack, written, date.fromisoformat(day))


def _rows(document: Document, known: Known, rules: InvoiceRules) -> Iterator[Cells]:
    sold = [each for each in sold_lines(document, known) if each.official in rules.codes]
    apart = by_hand(document, known)
    problem = "" if apart or not sold else _problems(document, sold, known, rules)
    head = {**_head(document, known), "by_hand": apart or None, "kind": kind_of(document)}
    for each in sold:
        yield {**head, **_line(each, rules), "problem": problem or None}
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


def _line(sold: Sold, rules: InvoiceRules) -> Cells:
    """Amounts are rounded one after another, so that the printed ones follow from each other."""
    line, first = sold.line, sold.shares[0]
    taxed_base = rules.rounded(sold.base * first.base.numerator / first.base.denominator)
    rate = first.row["rate"] or NONE
    luxury = next((s for s in sold.shares if s.row.text("official_code") == rules.luxury), None)
    luxury_rate = luxury.row["rate"] if luxury else NONE
    return {
        "official": sold.official,
        "facility": first.row.text("facility") or None,
        "supply": line.text("supply") or "goods",
        "description": sold.description or None,
        "unit": rules.unit(line.text("unit"), line.text("supply")),
        "price": f"{sold.price.normalize():f}",
        "qty": f"{sold.quantity.normalize():f}",
        "discount": money_text(sold.discount),
        "base": money_text(sold.base),
        "taxed_base": money_text(taxed_base),
        "rate": f"{rate.normalize():f}",
        "tax": money_text(rules.rounded(taxed_base * rate / 100)),
        "luxury_rate": f"{luxury_rate.normalize():f}",
        "luxury_tax": money_text(rules.rounded(taxed_base * luxury_rate / 100)),
    }


def _problems(document: Document, sold: Sequence[Sold], known: Known, rules: InvoiceRules) -> str:
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
        yield said(NO_NUMBER, party=code)
    if party is None or not party.text("address"):
        yield said(NO_ADDRESS, party=code)
    if currency_of(document, known) and kind_of(document) == SETTLEMENT:
        yield SETTLES_IN_ANOTHER_CURRENCY


def _of_lines(sold: Sequence[Sold], rules: InvoiceRules) -> Iterator[Words]:
    codes = sorted({each.official for each in sold})
    if len(codes) > 1:
        yield said(TWO_CODES, codes=", ".join(codes))
    for each in sold:
        row, line = each.shares[0].row, each.line
        if each.official in rules.with_facility and not row.text("facility"):
            yield said(NO_FACILITY, code=each.shares[0].code)
        if not each.description:
            yield NO_DESCRIPTION
        if rules.unit(line.text("unit"), line.text("supply")) is None:
            yield said(NO_UNIT, unit=line.text("unit"))


def said(words: Words, **facts: str) -> Words:
    """A sentence with its facts."""
    return Words(id=words.id.format(**facts), en=words.en.format(**facts))
