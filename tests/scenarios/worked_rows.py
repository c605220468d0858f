"""The rows that people type for the worked cases: all of them in one ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from tests.conftest import shared_json
from tests.scenarios.front_desk import JOURNAL

Case = dict[str, Any]
Row = dict[str, Any]
INVOICES, PAYMENTS, PARTIES = "ledger.sales_invoices", "ledger.payments", "ledger.parties"
BUDGETS, ASSETS, CATEGORIES = "ledger.budgets", "ledger.assets", "ledger.asset_categories"
BANK_LINES, MAPPINGS, TEXTS = "ledger.bank_lines", "ledger.bank_mappings", "ledger.bank_texts"
CODES, OWN, TERMS = "ledger.tax_codes", "ledger.tax_registration", "ledger.payment_terms"
RECEIVABLE, WRITE_OFF, SALES, VAT_OUT = "11300", "69000", "41000", "21450"
BANKS, UNKNOWN, COGS = ("11200", "11100"), "32000", "51000"
SPENT = {"food": "61200", "leisure": "61400", "movies": "61500", "cab": "61600", "cash": "11200"}
YEARS_OF_TURNOVER = {"umkm-001": 2027, "umkm-003": 2023, "umkm-005": 2024}
FILES = (
    *(f"cases/peers/ledger-{topic}.json" for topic in ("payments", "statements", "tax")),
    *(f"cases/id/{topic}.json" for topic in ("accounting", "vat")),
)
CASES: dict[str, Case] = {c["id"]: c for path in FILES for c in shared_json(path)["cases"]}
SETTLED = ("ledger-payments-007", "ledger-payments-008", "ledger-payments-015",
           "ledger-payments-019")  # fmt: skip
DEPRECIATED = ("acc-dep-001", "acc-dep-002", "acc-dep-102")
NUMBERS = ("acc-num-001", "acc-num-002", "acc-num-004")


def key(name: str, event: Any = "") -> str:
    """A short code of a case, or of a document of it."""
    return f"{name.rsplit('-', 2)[-2][:2]}{name[-3:]}{'-' if event else ''}{event}".upper()


def periods() -> Iterator[str]:
    """The months in which the cases happen and that a new company has not."""
    yield from ("2009-01", "2011-10", "2025-03", "2025-05", "2025-06")
    for year in (2016, 2023, 2024, 2027):
        yield from (f"{year}-{month:02}" for month in range(1, 13))


# --- what is typed ------------------------------------------------------------------------------


def masters() -> dict[str, list[Row]]:
    """The periods, a customer for each case of payments, terms, taxes, budgets and categories."""
    number = {"tax_id": "01.312.166.0-091.000"}
    customers = ["C1", *(key(name) for name in SETTLED)]
    return {
        "ledger.periods": [{"period": month, "status": "open"} for month in periods()],
        PARTIES: [{"code": code, "name": code, "kind": "customer"} for code in customers],
        OWN: [
            {"from": "2023-01-01", "vat": "false", "regime": "turnover_person", **number},
            {"from": "2025-01-01", "vat": "true", "regime": "general", **number},
            {"from": "2027-01-01", "vat": "false", "regime": "turnover_person", **number},
        ],
        TERMS: [*four_parts(), *dated_parts()],
        CODES: list(chain()),
        BUDGETS: [*budget_of_cogs(), *budgets_of_days()],
        CATEGORIES: [category(name) for name in DEPRECIATED],
    }


def four_parts() -> Iterator[Row]:
    keys = {"percent_of_total": "percent", "fixed": "amount"}
    for part in CASES["ledger-payments-013"]["events"][0]["parts"]:
        cells = {keys.get(name, name): value for name, value in part.items() if name != "rest"}
        yield {"terms": "T013", **cells}


def dated_parts() -> Iterator[Row]:
    sold = CASES["ledger-payments-015"]["events"][0]
    *fixed, last = sold["terms"]
    for due, part in fixed:
        yield {"terms": "T015", "days": days_between(sold["date"], due), "amount": part}
    yield {"terms": "T015", "days": days_between(sold["date"], last[0])}


def days_between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


CHAIN = (
    ("DISC", -10, "sum", ""),
    ("VAT", "12.5", "price", "DISC"),
    ("CST", 2, "sum", "VAT"),
    ("CST-SHIPPING", 2, "price", "DISC"),
    ("CUSTOMS", 10, "price", "CST"),
    ("SHE", 1, "first_tax", "CUSTOMS"),
    ("EDU", 2, "first_tax", "SHE"),
    ("EXCISE-D100", 10, "price", "EDU"),
    ("EXCISE-D200", 12, "price", "EDU"),
)
NAMES_IN_THE_CHAIN = {
    "DISC": "discount", "VAT": "vat", "CST": "cst", "CST-SHIPPING": "cst", "CUSTOMS": "customs",
    "SHE": "she_cess", "EDU": "edu_cess", "EXCISE-D100": "excise", "EXCISE-D200": "excise",
}  # fmt: skip


def chain() -> Iterator[Row]:
    """Each tax of ledger-tax-002 with the one that is reckoned before it."""
    for code, rate, basis, further in CHAIN:
        row = {"code": code, "name": code, "kind": "output", "rate": Decimal(rate)}
        row |= {"basis": basis, "account": VAT_OUT, "from": "2025-01-01"}
        yield {**row, "further": further or None, "rounding": "cent"}


def budget_of_cogs() -> Iterator[Row]:
    for name in ("ledger-statements-010", "ledger-statements-011"):
        ((line, total),) = CASES[name]["events"][0]["lines"]
        assert (line, total) == ("cogs", 120000)
    yield {"year": "2024", "account": COGS, "amount": 120000, "policy": "stop"}


def budgets_of_days() -> Iterator[Row]:
    """The days of ledger-statements-012 are months here, for budgets are monthly."""
    for name, each in CASES["ledger-statements-012"]["events"][-1]["lines"]:
        yield {"year": "2016", "account": SPENT[name], "amount": 12 * each, "policy": "allow"}


def month_of(day: str) -> str:
    return f"2016-{day[8:]}"


def category(name: str) -> Row:
    inputs = CASES[name]["inputs"]
    method = {"straight": "straight_line", "declining": "declining"}[inputs["method"]]
    accounts = {"asset_account": "12400", "accumulated_account": "12490"}
    accounts |= {"expense_account": "61800", "disposal_account": "72000"}
    return {"category": name, **accounts, "life": 10, "fiscal_group": inputs["group"],
            "fiscal_method": method}  # fmt: skip


def documents() -> dict[str, list[Row]]:
    """Invoices, what they are paid with, entries and assets."""
    return {
        INVOICES: [*invoices(), *chained_invoice(), *full_rupiah()],
        PAYMENTS: list(payments()),
        JOURNAL: [*turnover(), *spending()],
        ASSETS: [
            {"asset": name, "name": name, "category": name,
             "acquired": f"{CASES[name]['inputs']['start']}-17",
             "cost": CASES[name]["inputs"]["cost"]}
            for name in DEPRECIATED
        ],
    }  # fmt: skip


def invoice(number: str, day: str, price: Any, **cells: Any) -> Row:
    head = {"invoice": number, "date": day, "customer": "C1", "account": SALES}
    return {**head, "unit_price": price, **cells}


def invoices() -> Iterator[Row]:
    split = CASES["ledger-payments-013"]["events"][0]
    number = key("ledger-payments-013", 1)
    yield invoice(number, split["date"], split["amount"], terms="T013")
    for name in SETTLED:
        for event in CASES[name]["events"]:
            number, customer = key(name, event["n"]), key(name)
            if event["do"] == "sales_invoice":
                terms = {"terms": "T015"} if "terms" in event else {}
                for line in event["lines"]:
                    price = line["amount"]
                    yield invoice(number, event["date"], price, customer=customer, **terms)
            elif event["do"] == "credit_note":
                note = {"kind": "credit_note", "corrects": key(name, event["of"])}
                yield invoice(number, event["date"], event["amount"], customer=customer, **note)


def payments() -> Iterator[Row]:
    """Money in; what it does not settle stays on account."""
    for name in SETTLED:
        owed = {e["n"]: sum(line["amount"] for line in e.get("lines", ()))
                for e in CASES[name]["events"]}  # fmt: skip
        for event in CASES[name]["events"]:
            if event["do"] != "receive_payment":
                continue
            head = {"payment": key(name, event["n"]), "date": event["date"], "party": key(name)}
            head |= {"direction": "in", "bank_account": "11200", "amount": event["amount"]}
            kept = event.get("write_off", 0)
            parts = event.get("apply") or [[event["of"], owed[event["of"]] - kept]]
            for of, part in parts:
                row = {**head, "document": key(name, of), "applied": min(part, event["amount"])}
                yield row | ({"written_off": kept, "difference_account": WRITE_OFF} if kept else {})


def chained_invoice() -> Iterator[Row]:
    """The shipping charge is a line of its own, with the taxes of the running total alone."""
    (event,), (expected,) = (CASES["ledger-tax-002"][part] for part in ("events", "expect"))
    number, rated = key("ledger-tax-002", 1), {c: event[c] for c in ("currency", "rate")}
    for line in event["lines"]:
        cells = {"qty": line["qty"], "tax_code": f"EXCISE-{line['item']}", **rated}
        yield invoice(number, "2025-05-01", line["rate"], **cells)
    shipping = {"tax_code": "CST-SHIPPING", **rated}
    yield invoice(number, "2025-05-01", expected["taxes"]["shipping"], **shipping)


def full_rupiah() -> Iterator[Row]:
    """The prices of vat-103, whose lines are not in the file: those that have its other bases."""
    for n, base in enumerate(CASES["vat-103"]["expected"]["OtherTaxBase_full_rupiah"], 1):
        price = round(Decimal(base) * 12 / 11)
        yield invoice(key("vat-103", n), "2025-06-01", price, tax_code="PPN-K")


def turnover() -> Iterator[Row]:
    """What is sold for cash, month by month."""
    for name, year in YEARS_OF_TURNOVER.items():
        for month, sold in enumerate(months_of_turnover(CASES[name]["inputs"]), 1):
            if sold:
                head = {"entry": f"{key(name)}-{month}", "date": f"{year}-{month:02}-28"}
                yield {**head, "account": "11100", "debit": sold}
                yield {**head, "account": SALES, "credit": sold}


def months_of_turnover(inputs: Case) -> list[int]:
    if "months" in inputs:
        return list(inputs["months"])
    if "monthly" in inputs:
        return [inputs["monthly"]] * 12
    return [inputs["cumulative_before"], *[0] * 8, inputs["month"]]


def spending() -> Iterator[Row]:
    for event in CASES["ledger-statements-012"]["events"][:-1]:
        head = {"entry": key("ledger-statements-012", event["n"])}
        head["date"] = f"{month_of(event['date'])}-05"
        for line in event["lines"]:
            yield {**head, **line, "account": SPENT[line["account"]]}
