"""Credit notes as returns of taxed goods: ours to suppliers as a file, our customers' as a list.

Who bought makes the return. The file lists the goods of the bill, also those that stay; what it
cannot say is named, to be made in the tax office's own system.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from workbook_templates.books.ledger.corrections import origin
from workbook_templates.books.ledger.currencies import currency_of
from workbook_templates.books.ledger.invoices import PURCHASES, SALES
from workbook_templates.books.ledger.opposite import SUFFIX
from workbook_templates.books.ledger.payments import party_of
from workbook_templates.books.ledger.pricing import amount_of_line
from workbook_templates.books.ledger.reports.tax_documents import documents, money_text
from workbook_templates.books.ledger.reports.tax_invoices import (
    NO_DESCRIPTION,
    NO_REGISTRATION,
    NO_UNIT,
    said,
)
from workbook_templates.books.ledger.reports.tax_settlements import sold_lines
from workbook_templates.books.ledger.tax_registration import registration_on
from workbook_templates.books.ledger.taxes import rounded, shares_of, tax_day
from workbook_templates.packs.trade import (
    InvoiceRules,
    ReturnRules,
    invoice_rules,
    return_file,
    return_rules,
)
from workbook_templates.report_files import NotReady
from workbook_templates.schema import Cells, Document, Known, Line, ReportRequest
from workbook_templates.words import Words

NONE, CENT = Decimal(0), Decimal("0.01")
BOUGHT, SOLD = "bought", "sold"
BUYER_RETURNS = Words(
    id="nota retur dibuat pembeli di sistem kantor pajak; periksa dan setujui di sana",
    en="the buyer makes the return in the tax office's system; check and approve it there",
)
NO_BILL = Words(
    id="tidak menyebut tagihan yang dikoreksi; buat returnya di sistem kantor pajak",
    en="it names no bill under Corrects; make the return in the tax office's system",
)
REVERSED = Words(
    id="membalik seluruh tagihan; minta pemasok membatalkan faktur pajaknya, atau buat returnya di "
    "sistem kantor pajak",
    en="it reverses the whole bill; ask the supplier to cancel the tax invoice, or make the return "
    "in the tax office's system",
)
OTHER_GOODS = Words(
    id="barisnya tidak ada pada tagihan {bill} dengan uraian, satuan, harga dan kode pajak yang "
    "sama, atau ada diskon; buat returnya di sistem kantor pajak",
    en="a line is not on bill {bill} with the same description, unit, price and tax code, or has a "
    "discount; make the return in the tax office's system",
)
OTHER_TAX = Words(
    id="tarif pajaknya atau mata uangnya lain dari yang dikenal berkas; buat returnya di sistem "
    "kantor pajak",
    en="its rate of tax or its currency is not one that the file knows; make the return in the tax "
    "office's system",
)
NO_TAX_NUMBER = Words(
    id="{party} tidak punya NPWP di lembar Mitra", en="{party} has no tax number on Parties"
)
NO_TAX_INVOICE = Words(
    id="No. faktur pajak belum diisi pada nota kredit atau tagihannya",
    en="the tax invoice number is missing on the credit note or its bill",
)
NOT_A_TAX_INVOICE = Words(
    id="No. faktur pajak “{number}” bukan {digits} angka",
    en="the tax invoice number “{number}” has not {digits} digits",
)
_SAME = ("description", "unit", "unit_price", "tax_code")


def tax_return_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """The goods of a span's credit notes: those from us first, then those of our customers.

    What is missing stands under `problem` on a return's first line, and then there is no file;
    what is made without the file says so on each line.
    """
    for document in documents(known, PURCHASES, request.first, request.last):
        rules = return_rules(known.company.pack, date.fromisoformat(document.text("date")))
        if rules is not None and _is_return(document, known, request.last):
            yield from _bought(document, known, rules)
    for document in documents(known, SALES, request.first, request.last):
        units = invoice_rules(known.company.pack, date.fromisoformat(document.text("date")))
        if units is not None and _is_return(document, known, request.last):
            yield from _sold(document, known, units)


def tax_returns_file(pack: str, day: str, rows: Sequence[Cells]) -> bytes:
    """The file of our returns; raises `NotReady` with all that is missing."""
    wanting = [f"{row['document']}: {row['problem']}" for row in rows if row.get("problem")]
    if wanting:
        raise NotReady(wanting)
    written = [row for row in rows if row["side"] == BOUGHT and not row.get("by_hand")]
    return return_file(pack, written, date.fromisoformat(day))


def _is_return(document: Document, known: Known, last: str) -> bool:
    """A credit note that was not taken back itself."""
    reversal = known.document(document.sheet.table, document.key + SUFFIX)
    taken_back = reversal is not None and reversal.text("date") <= last
    return document.text("kind") == "credit_note" and not taken_back


def _sold(document: Document, known: Known, rules: InvoiceRules) -> Iterator[Cells]:
    head = {
        **_head(document, known),
        "side": SOLD,
        "by_hand": BUYER_RETURNS[known.company.language],
    }
    for each in sold_lines(document, known):
        if each.official in rules.codes:
            tax = rounded(Fraction(each.base) * each.shares[0].tax, CENT)
            yield {
                **head,
                "description": each.description or None,
                "unit": rules.unit(each.line.text("unit"), each.line.text("supply")),
                "returned": _plain(each.quantity),
                "price": _plain(each.price),
                "base": money_text(each.base),
                "tax": money_text(tax),
            }


def _bought(document: Document, known: Known, rules: ReturnRules) -> Iterator[Cells]:
    """The taxed goods of the bill; of a return that is made by hand only what is returned."""
    day, bill = tax_day(document, known), origin(document, known)
    if not any(shares_of(known, line.text("tax_code"), day) for line in document.lines):
        return
    language = known.company.language
    returned = _returned(document, bill)
    apart = _apart(document, bill, returned, known, rules)
    head = {**_head(document, known), "side": BOUGHT, "by_hand": apart[language] if apart else None}
    lines = document.lines if apart else bill.lines
    wanting = "" if apart else _problems(document, bill, known, rules)
    for line in lines:
        shares = shares_of(known, line.text("tax_code"), day)
        quantity = line["qty"] or Decimal(1)
        back = quantity if apart else returned.get(line.id, NONE)
        base = amount_of_line(line) if apart else back * (line["unit_price"] or NONE)
        if shares:
            yield {
                **head,
                "problem": wanting or None,
                "description": line.text("description") or None,
                "unit": _unit(line, document, known),
                "qty": None if apart else _plain(quantity),
                "returned": _plain(back),
                "price": _plain(line["unit_price"] or NONE),
                "base": money_text(rounded(Fraction(base), CENT)),
                "tax": money_text(rounded(Fraction(base) * shares[0].tax, CENT)),
            }
            wanting = ""


def _head(document: Document, known: Known) -> Cells:
    bill = origin(document, known)
    own = registration_on(known, document.text("date"))
    code = document.text(
        PURCHASES.party if document.sheet.table == PURCHASES.table else SALES.party
    )
    party = known.row("ledger.parties", code)
    return {
        "document": document.key,
        "date": document.text("date"),
        "corrects": bill.key if bill is not document else None,
        "tax_invoice": document.text("tax_invoice") or bill.text("tax_invoice") or None,
        "own_tax_id": (own.text("tax_id") or None) if own else None,
        "party": party_of(document),
        "name": (party.text("name") or None) if party else None,
        "tax_id": (party.text("tax_id") or None) if party else None,
    }


def _returned(document: Document, bill: Document) -> dict[str, Decimal]:
    """What is returned of each line of the bill, by its id; {} where a line is not on it."""
    left = {line.id: line["qty"] or Decimal(1) for line in bill.lines}
    found: dict[str, Decimal] = defaultdict(Decimal)
    for line in document.lines:
        quantity = line["qty"] or Decimal(1)
        same = [each for each in bill.lines if _is_same(each, line) and quantity <= left[each.id]]
        if not same or line["discount"] or same[0]["discount"]:
            return {}
        found[same[0].id] += quantity
        left[same[0].id] -= quantity
    return found


def _is_same(one: Line, other: Line) -> bool:
    return all(one.text(column) == other.text(column) for column in _SAME)


def _apart(
    document: Document,
    bill: Document,
    returned: dict[str, Decimal],
    known: Known,
    rules: ReturnRules,
) -> Words | None:
    """Why a return cannot be in the file."""
    day = tax_day(document, known)
    if document.text("reverses"):
        return REVERSED
    if bill is document:
        return NO_BILL
    if not returned:
        return said(OTHER_GOODS, bill=bill.key)
    chains = [shares_of(known, line.text("tax_code"), day) for line in bill.lines]
    taxes = [(len(chain), chain[0].tax, chain[0].row.text("included")) for chain in chains if chain]
    charged = all(each == (1, rules.charged, "") for each in taxes)
    return None if charged and not currency_of(document, known) else OTHER_TAX


def _problems(document: Document, bill: Document, known: Known, rules: ReturnRules) -> str:
    """All that a return lacks, in the company's language; "" for nothing."""
    found = [words[known.company.language] for words in _wanting(document, bill, known, rules)]
    return "; ".join(dict.fromkeys(found))


def _wanting(
    document: Document, bill: Document, known: Known, rules: ReturnRules
) -> Iterator[Words]:
    head = _head(document, known)
    own = registration_on(known, document.text("date"))
    if own is None or own.text("vat") != "true":
        yield NO_REGISTRATION
    if not head["tax_id"]:
        yield said(NO_TAX_NUMBER, party=head["party"] or "")
    number = head["tax_invoice"] or ""
    if not number:
        yield NO_TAX_INVOICE
    elif not number.isdigit() or len(number) not in rules.digits:
        digits = "/".join(map(str, sorted(rules.digits)))
        yield said(NOT_A_TAX_INVOICE, number=number, digits=digits)
    for line in bill.lines:
        if not line.text("description"):
            yield NO_DESCRIPTION
        if _unit(line, document, known) is None:
            yield said(NO_UNIT, unit=line.text("unit"))


def _unit(line: Line, document: Document, known: Known) -> str | None:
    rules = invoice_rules(known.company.pack, date.fromisoformat(document.text("date")))
    return rules.unit(line.text("unit"), "goods") if rules else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
