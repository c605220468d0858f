"""Tax invoices and withholding slips as files that Coretax imports, by the form of their day.

No number of a tax invoice is made: the tax office gives it on upload (PER-11/PJ/2025 Pasal 37).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from workbook_templates.packs.id import indonesia
from workbook_templates.packs.id.identifiers import npwp16
from workbook_templates.packs.rounding import Rounding, rounding
from workbook_templates.packs.xml_form import FormRow, xml_file

SLIP_FORM, SLIP_RULES = "coretax_bppu", "coretax_bppu_rules"
RETUR, RETUR_RULES = "coretax_retur", "coretax_retur_rules"
FORM, RULES, UNITS = "coretax_efaktur", "coretax_efaktur_rules", "coretax_units"
HEAD_OFFICE = "000000"
DOCUMENTS = {"national_id": "National ID", "passport": "Passport", "other": "Other ID"}
Cells = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class EfakturRules:
    """What e-Faktur lines hold on a day; see `workbook_templates.packs.trade.InvoiceRules`."""

    codes: frozenset[str]
    with_facility: frozenset[str]
    luxury: str
    rounded: Rounding
    units: Mapping[str, Any]

    def unit(self, text: str, supply: str) -> str | None:
        """A code as it is, the code of a word, or that of what is sold without a unit."""
        if not text:
            return str(self.units[supply or "goods"])
        words: Mapping[str, str] = self.units["words"]
        return text if text in words.values() else words.get(text.casefold())


def invoice_rules(day: date) -> EfakturRules | None:
    """The rules on a day; None before Coretax."""
    row, units = indonesia().table(RULES).find(day), indonesia().table(UNITS).find(day)
    if row is None or units is None:
        return None
    rules = row.value
    return EfakturRules(
        frozenset(rules["transaction_codes"]),
        frozenset(rules["with_facility"]),
        rules["luxury"],
        rounding(rules["rounding"]),
        units.value,
    )


def invoice_file(rows: Sequence[Cells], day: date) -> bytes:
    """The file of some tax invoice lines of one seller; lines of an invoice stand together."""
    rules = indonesia().table(RULES).at(day)
    invoices = [list(lines) for _, lines in groupby(rows, key=lambda row: row.get("invoice"))]
    made = [
        FormRow(_head(lines[0], rules), [_line(line, rules) for line in lines])
        for lines in invoices
    ]
    seller = rows[0].get("seller_tin") if rows else None
    return xml_file(indonesia().table(FORM).at(day), {"TIN": npwp16(seller or "")}, made)


@dataclass(frozen=True, slots=True)
class ReturRules:
    """What returns to suppliers hold on a day; see `workbook_templates.packs.trade.ReturnRules`."""

    digits: frozenset[int]
    charged: Fraction


def return_rules(day: date) -> ReturRules | None:
    """The rules of returns on a day; None before Coretax."""
    row = indonesia().table(RETUR_RULES).find(day)
    if row is None:
        return None
    return ReturRules(frozenset(map(int, row.value["digits"])), Fraction(row.value["charged"]))


def return_file(rows: Sequence[Cells], day: date) -> bytes:
    """The file of some returns to suppliers by one buyer; lines of a return stand together."""
    rules = indonesia().table(RETUR_RULES).at(day)
    returns = [list(lines) for _, lines in groupby(rows, key=lambda row: row.get("document"))]
    made = [_return(lines, rules) for lines in returns]
    own = rows[0].get("own_tax_id") if rows else None
    return xml_file(indonesia().table(RETUR).at(day), {"TIN": npwp16(own or "")}, made)


def _return(rows: Sequence[Cells], rules: Mapping[str, Any]) -> FormRow:
    base, tax = (str(sum(Decimal(row.get(c) or 0) for row in rows)) for c in ("base", "tax"))
    sums = {"TaxBase": base, "OtherTaxBase": base, "VAT": tax, "STLG": "0"}
    head = {
        "InvoiceNumber": rows[0].get("tax_invoice"),
        "SellerTIN": npwp16(rows[0].get("tax_id") or ""),
        "ReturnDate": date.fromisoformat(rows[0].get("date") or "").strftime(rules["day"]),
        **{f"Return{name}": text for name, text in sums.items()},
    }
    foot = {f"Return{name}Total": text for name, text in sums.items()}
    return FormRow(head, [_returned(row, rules) for row in rows], foot)


def _returned(row: Cells, rules: Mapping[str, Any]) -> Cells:
    return {
        "Type": rules["type"],
        "Name": row.get("description"),
        "Code": rules["code"],
        "Quantity": row.get("qty"),
        "Unit": row.get("unit"),
        "UnitPrice": row.get("price"),
        "STLGRate": "0",
        "ReturnQuantity": row.get("returned"),
        "ReturnDiscount": "0",
        "ReturnTaxBase": row.get("base"),
        "ReturnOtherTaxBase": row.get("base"),
        "ReturnOtherTaxBaseCheck": rules["other_base"],
        "ReturnVAT": row.get("tax"),
        "ReturnSTLG": "0",
    }


def slip_file(rows: Sequence[Cells], day: date) -> bytes:
    """The file of some unification slips (BPPU) of one withholding company."""
    rules = indonesia().table(SLIP_RULES).at(day)
    own = npwp16((rows[0].get("own_tax_id") if rows else None) or "")
    made = [FormRow(_slip(row, rules)) for row in rows]
    return xml_file(indonesia().table(SLIP_FORM).at(day), {"TIN": own}, made)


def _slip(row: Cells, rules: Mapping[str, Any]) -> Cells:
    tin, own = npwp16(row.get("tax_id") or ""), npwp16(row.get("own_tax_id") or "")
    day, official = row.get("date") or "", row.get("official") or ""
    exempt = rules["certificates"].get(official[:2], rules["other_certificate"])
    return {
        "TaxPeriodMonth": str(int(day[5:7])),
        "TaxPeriodYear": day[:4],
        "CounterpartTin": tin,
        "IDPlaceOfBusinessActivityOfIncomeRecipient": row.get("tax_place") or tin + HEAD_OFFICE,
        "TaxCertificate": exempt if row.get("exempt_no") else rules["no_certificate"],
        "TaxObjectCode": official,
        "TaxBase": row.get("base"),
        "Rate": row.get("rate"),
        "Document": rules["document"],
        "DocumentNumber": row.get("reference") or row.get("document"),
        "DocumentDate": day,
        "IDPlaceOfBusinessActivity": row.get("own_place") or own + HEAD_OFFICE,
        "GovTreasurerOpt": rules["treasurer"],
        "WithholdingDate": day,
    }


def _head(row: Cells, rules: Mapping[str, Any]) -> Cells:
    official, facility = row.get("official"), row.get("facility") or ""
    has_facility = official in rules["with_facility"]
    tin = npwp16(row.get("tax_id") or "") or rules["no_tin"]
    has_tin = bool(row.get("tax_id"))
    seller = npwp16(row.get("seller_tin") or "")
    return {
        "TaxInvoiceDate": row.get("date"),
        "TaxInvoiceOpt": "Normal",
        "TrxCode": official,
        "AddInfo": facility if has_facility else None,
        "RefDesc": row.get("invoice"),
        "FacilityStamp": _stamp(facility, rules) if has_facility else None,
        "SellerIDTKU": row.get("seller_place") or seller + HEAD_OFFICE,
        "BuyerTin": tin,
        "BuyerDocument": "TIN" if has_tin else DOCUMENTS.get(row.get("identity_kind") or ""),
        "BuyerCountry": row.get("country") or rules["country"],
        "BuyerDocumentNumber": "-" if has_tin else row.get("identity"),
        "BuyerName": row.get("name"),
        "BuyerAdress": row.get("address"),
        "BuyerEmail": row.get("email"),
        "BuyerIDTKU": row.get("tax_place") or tin + HEAD_OFFICE,
    }


def _line(row: Cells, rules: Mapping[str, Any]) -> Cells:
    return {
        "Opt": rules["services"] if row.get("supply") == "services" else rules["goods"],
        "Code": rules["code"],
        "Name": row.get("description"),
        "Unit": row.get("unit"),
        "Price": row.get("price"),
        "Qty": row.get("qty"),
        "TotalDiscount": row.get("discount"),
        "TaxBase": row.get("base"),
        "OtherTaxBase": row.get("taxed_base"),
        "VATRate": row.get("rate"),
        "VAT": row.get("tax"),
        "STLGRate": row.get("luxury_rate"),
        "STLG": row.get("luxury_tax"),
    }


def _stamp(facility: str, rules: Mapping[str, Any]) -> str:
    """The stamp that goes with a reason: they are numbered alike."""
    return facility.replace(rules["facility"], rules["stamp"], 1)
