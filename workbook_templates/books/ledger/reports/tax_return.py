"""The return of value added tax: output by code, input that is credited or not, what is payable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from workbook_templates.books.ledger.choices import words_of
from workbook_templates.books.ledger.entries import JOURNAL
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.reports.tax_documents import (
    UNIT,
    Taxed,
    money_text,
    tax_accounts,
    taxed,
)
from workbook_templates.books.ledger.tax_code_sheet import TREATMENTS
from workbook_templates.columns import Code, Integer, Money, Text
from workbook_templates.schema import Cells, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

NONE = Decimal(0)
OUTPUT = Words(id="Pajak keluaran: {treatment}", en="Output tax: {treatment}")
INPUT = Words(id="Pajak masukan: dikreditkan", en="Input tax: credited")
NOT_CREDITED = Words(id="Pajak masukan: tidak dikreditkan", en="Input tax: not credited")
RESULT = Words(id="Hasil masa ini", en="Result of the period")
OWN = Words(id="Keluaran yang dipungut sendiri", en="Output tax charged")
CREDIT = Words(id="Masukan yang dikreditkan", en="Input tax credited")
CARRIED = Words(id="Kelebihan dari masa sebelumnya", en="Overpaid before, carried on")
PAYABLE = Words(id="Kurang bayar", en="Payable")
OVERPAID = Words(id="Lebih bayar, dikompensasikan", en="Overpaid, to be carried on")


@dataclass(slots=True)
class _Sums:
    """A code's documents in the span."""

    row: Line
    documents: set[str] = field(default_factory=set)
    base: Decimal = NONE
    tax: Decimal = NONE


def vat_return_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a code and treatment, then how the payable tax follows from them."""
    language = known.company.language
    found = [t for t in taxed(known, request.first, request.last) if _is_vat(t.row)]
    for (_, part, code), sums in sorted(_by_code(found, language).items()):
        yield {
            "part": part,
            "code": code,
            "name": sums.row.text("name"),
            "official": sums.row.text("official_code") or None,
            "documents": str(len(sums.documents)),
            "base": money_text(sums.base),
            "tax": money_text(sums.tax),
        }
    out = sum((t.sign * t.tax.amount for t in found if t.row.text("kind") == "output"), NONE)
    credited = [t for t in found if t.row.text("kind") == "input"]
    credit = sum((t.sign * (t.tax.amount - t.tax.cost) for t in credited), NONE)
    carried = carried_before(known, request.first)
    payable = out - credit - carried
    for words, amount in (
        (OWN, out),
        (CREDIT, -credit),
        (CARRIED, -carried),
        (PAYABLE if payable >= 0 else OVERPAID, payable),
    ):
        yield {"part": RESULT[language], "name": words[language], "tax": money_text(amount)}


def carried_before(known: Known, first: str) -> Decimal:
    """What was overpaid, month after month, before a day: by the tax lines of documents."""
    months: dict[str, int] = defaultdict(int)
    for account in tax_accounts(known, ("output", "input")):
        for line in known.where(JOURNAL, "account", account):
            if line.text("date") < first and _is_of_trade(line):
                months[line.text("date")[:7]] += _credit_units(line)
    carried = 0
    for month in sorted(months):
        carried = max(0, carried - months[month])
    return Decimal(carried) / UNIT


def _by_code(found: Iterable[Taxed], language: str) -> dict[tuple[int, str, str], _Sums]:
    """By place in the return: output by treatment, input that is credited, input that is not."""
    places: dict[tuple[int, str, str], _Sums] = {}
    for each in found:
        tax = each.tax
        if each.row.text("kind") == "output":
            treatment = words_of(TREATMENTS, each.row.text("treatment") or "charged")[language]
            parts = [(1, OUTPUT[language].format(treatment=treatment.lower()), tax.stated)]
        else:
            parts = [(2, INPUT[language], tax.amount - tax.cost)] if tax.cost != tax.amount else []
            parts += [(3, NOT_CREDITED[language], tax.cost)] if tax.cost else []
        for order, part, amount in parts:
            sums = places.setdefault((order, part, each.code), _Sums(each.row))
            sums.documents.add(each.document.key)
            sums.tax += each.sign * amount
            share = amount / tax.stated if tax.stated else Decimal(1)
            sums.base += each.sign * tax.base * share
    return places


def _is_vat(row: Line) -> bool:
    return row.text("kind") in ("output", "input")


def _is_of_trade(line: Line) -> bool:
    return (line.source or line.text("source")).partition("/")[0] in TRADES


def _credit_units(line: Line) -> int:
    credit, debit = line["credit"] or NONE, line["debit"] or NONE
    return int((credit - debit) * UNIT)


VAT_RETURN = Report(
    key="vat_return",
    title=Words(id="SPT Masa PPN", en="VAT Return"),
    help=Words(
        id="Pajak keluaran dan masukan suatu masa menurut faktur dan tagihan.",
        en="Output and input tax of a period by invoices and bills.",
    ),
    columns=(
        Text("part", Words(id="Bagian", en="Part"), width=34),
        Code("code", Words(id="Kode pajak", en="Tax code"), width=18),
        Text("name", Words(id="Keterangan", en="Name"), width=38),
        Code("official", Words(id="Kode resmi", en="Official code"), width=12),
        Integer("documents", Words(id="Dokumen", en="Documents"), width=10),
        Money("base", Words(id="Dasar pengenaan", en="Base"), width=20),
        Money("tax", Words(id="Pajak", en="Tax"), width=18),
    ),
    build=vat_return_rows,
    spans="period",
)
