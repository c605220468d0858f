"""The worked cases of other systems and of Indonesian rules, run through our sheets.

Every case of the ledger's files either runs here or waits for a named reason.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from addin.bank_rows import read_table
from addin.file_tables import table_of
from tests.books.known import KnownRows, accepted, document, laid
from tests.books.ledger.rows import (
    BANK,
    CASH,
    RECEIVABLE,
    RETAINED,
    SALES,
    VAT_OUT,
    amount,
    at,
    bill,
    codes,
    entries_of,
    entry,
    invoice,
    new_company,
    payment,
)
from tests.conftest import shared_json
from workbook_templates.books.ledger.bank_matching import suggestions
from workbook_templates.books.ledger.invoices import Amounts, amounts_of
from workbook_templates.books.ledger.reports.aged import AGED_RECEIVABLES
from workbook_templates.books.ledger.reports.balances import balances
from workbook_templates.columns import Money
from workbook_templates.locale import INDONESIAN, show
from workbook_templates.schema import Cells
from workbook_templates.words import Words

Case = dict[str, Any]
INVOICES, BILLS, PAYMENTS = "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments"
BANK_LINES = "ledger.bank_lines"
WRITE_OFF = "69000"
PEERS = [
    f"cases/peers/ledger-{topic}.json"
    for topic in ("assets", "closing", "currency", "payments", "statements", "tax")
]
FILES = [*PEERS, "cases/id/accounting.json", "cases/id/vat.json"]


# --- peers --------------------------------------------------------------------------------------


def an_entry_into_a_closed_year_is_refused(case: Case) -> None:
    close, journal = case["events"]
    year = close["date"][:4]
    known = new_company(first=f"{year}-01", last=close["date"][:7])
    known = accepted(known, "ledger.years", [{"year": year, "status": "closed"}])
    accounts = {"cash": CASH, "sales": SALES}
    lines = [
        (accounts[line["account"]], line.get("debit", 0), line.get("credit", 0))
        for line in journal["lines"]
    ]
    found = codes(known, "ledger.journal", entry("1", journal["date"], *lines))
    assert found == ["year_closed"]


def years_are_closed_by_cost_centre(case: Case) -> None:
    known = new_company(first="2021-01", last="2022-12")
    accounts = {"cash": CASH, "sales": SALES, "surplus": RETAINED}
    for event in case["events"]:
        if event["do"] == "close_year":
            closed = [{"year": event["date"][:4], "status": "closed"}]
            known = accepted(known, "ledger.years", closed)
            continue
        head = {"entry": f"J{event['n']}", "date": event["date"]}
        rows = [
            {**head, **{key: str(value) for key, value in line.items()}}
            | {side: amount(line[side]) for side in ("debit", "credit") if side in line}
            | {"account": accounts[line["account"]]}
            for line in event["lines"]
        ]
        known = accepted(known, "ledger.journal", rows)
    for expected in case["expect"]:
        account = accounts[expected["account"]]
        if expected["what"] == "balance":
            sums = balances(known, "2022-12-31")[account]
            assert Decimal(sums.balance) / 10_000 == expected["amount"]
            continue
        of_centre = known.totals(
            "ledger.centre_balances",
            (),
            equal={"account": account, "cost_centre": expected["cost_centre"], "kind": ""},
            last={"date:month": expected["until"][:7]},
        )
        assert Decimal(of_centre[()][1]) / 10_000 == expected["credit"]


def an_invoice_is_paid(case: Case) -> None:
    known, paid = after_payments(case), case["events"][-1]
    codes_of = {"receivable": RECEIVABLE, "write_off": WRITE_OFF}
    for expected in case["expect"]:
        if expected["what"] == "document":
            assert open_of(known, f"I{expected['event']}", paid["date"]) == expected["outstanding"]
        else:
            sums = balances(known, paid["date"])[codes_of[expected["account"]]]
            assert Decimal(sums.balance) / 10_000 == expected["amount"]


def later_payments_leave_it_open_until_then(case: Case) -> None:
    known, last = after_payments(case), case["events"][-1]["date"]
    for expected in case["expect"]:
        number = f"I{expected['event']}"
        still = open_of(known, number, expected["at"]) - open_of(known, number, last)
        assert still == expected["amount"]


def after_payments(case: Case) -> KnownRows:
    known = new_company()
    for event in case["events"]:
        key = f"I{event['n']}"
        if event["do"] == "sales_invoice":
            prices = [line["amount"] for line in event["lines"]]
            known = accepted(known, INVOICES, invoice(key, event["date"], *prices))
        else:
            known = accepted(known, PAYMENTS, paid_in(known, key, event))
    return known


def paid_in(known: KnownRows, key: str, event: Case) -> list[Cells]:
    """A payment of at most what is open; the rest of it stays on account."""
    applied = [(f"I{number}", part) for number, part in event.get("apply", ())]
    if "of" in event:
        number, difference = f"I{event['of']}", event.get("write_off", 0)
        still_open = open_of(known, number, event["date"]) - difference
        applied = [(number, min(event["amount"], still_open))]
        if difference:  # what was paid too much and is kept becomes income
            (row,) = payment(key, event["date"], event["amount"], *applied)
            kept = {"written_off": amount(difference), "difference_account": WRITE_OFF}
            return [{**row, **kept}]
    return payment(key, event["date"], event["amount"], *applied)


def open_of(known: KnownRows, number: str, as_of: str) -> Decimal:
    rows = AGED_RECEIVABLES.build(known, at(as_of))
    return sum((Decimal(row["open"] or 0) for row in rows if row["document"] == number), Decimal(0))


def an_invoice_is_due_in_instalments(case: Case) -> None:
    (event,), (expected,) = case["events"], case["expect"]
    known = accepted(new_company(first="2011-01"), "ledger.payment_terms", terms("T", event))
    sold = invoice("I", event["date"], event["amount"], terms="T")
    known = accepted(known, INVOICES, sold)
    assert due_lines(known, "SI:I") == [(due, amount(part)) for due, part in expected["rows"]]


def terms(code: str, event: Case) -> list[Cells]:
    """Payment terms as a case tells them; the first percentage is one of the total too."""
    keys = {"percent_of_total": "percent", "fixed": "amount"}
    return [
        {"terms": code}
        | {
            keys.get(key, key): amount(value) if key == "fixed" else str(value)
            for key, value in part.items()
            if key != "rest"
        }
        for part in event["parts"]
    ]


def due_lines(known: KnownRows, key: str) -> list[tuple[str, str]]:
    found = known.document("ledger.journal", key)
    lines = found.lines if found else ()
    return [(line.text("due"), line.text("debit")) for line in lines if line.text("due")]


def instalments_are_settled_as_they_fall_due(case: Case) -> None:
    sold, paid, credited = case["events"]
    day = date.fromisoformat(sold["date"])
    parts = [
        {"days": (date.fromisoformat(due) - day).days, "fixed": part} for due, part in sold["terms"]
    ]
    del parts[-1]["fixed"]
    known = accepted(new_company(), "ledger.payment_terms", terms("T", {"parts": parts}))
    (price,) = (line["amount"] for line in sold["lines"])
    known = accepted(known, INVOICES, invoice("I1", sold["date"], price, terms="T"))
    known = accepted(known, PAYMENTS, paid_in(known, "I2", paid))
    note = {"kind": "credit_note", "corrects": "I1"}
    taken = invoice("I3", credited["date"], credited["amount"], **note)
    found = {2: known, 3: accepted(known, INVOICES, taken)}
    whole = {due: Decimal(part) for due, part in sold["terms"]}
    for expected in case["expect"]:
        rows = AGED_RECEIVABLES.build(found[expected["after"]], at(credited["date"]))
        opened = {row["due"] or "": Decimal(row["open"] or 0) for row in rows}
        shown = [[whole[due], whole[due] - left, left] for due, left in opened.items()]
        assert shown == expected["rows"]


def a_bank_statement_is_imported(case: Case) -> None:
    """Their account for what no rule knows is the text "*" of ours."""
    other = {"income:unknown": RETAINED, "acct": SALES}
    mapping = {f"{key}_heading": f"#{n}" for n, key in enumerate(case["events"][0]["columns"], 1)}
    for event, expected in zip(case["events"], case["expect"], strict=True):
        form = event["date_format"].replace("%d", "dd").replace("%m", "mm").replace("%Y", "yyyy")
        read = read_table(table_of(event["text"]), {**mapping, "date_format": form})
        assert read is not None
        (line,) = read.statement.lines
        assert line.date == expected["date"]
        texts = {"*": "income:unknown", **{r["if"]: r["account"] for r in event.get("rules", ())}}
        known = new_company(first=line.date[:7], last=line.date[:7])
        rows = [{"text": text, "account": other[code]} for text, code in texts.items()]
        known = laid(known, {"ledger.bank_texts": rows})
        cells = {
            "line": "L",
            "bank_account": BANK,
            "date": line.date,
            "amount": amount(line.amount),
        }
        known = accepted(known, BANK_LINES, [{**cells, "description": line.description}])
        (proposed,) = suggestions(known, BANK)["L"].rows
        known = accepted(known, BANK_LINES, [{**cells, **proposed, "accept": "true"}])
        named = {BANK: event["bank"]} | {ours: theirs for theirs, ours in other.items()}
        booked = [
            [named[account], Decimal(debit or 0) - Decimal(credit or 0)]
            for account, debit, credit in entries_of(known, "BL:L")
        ]
        assert booked == expected["lines"]


def an_invoice_comes_to(case: Case) -> None:
    (event,), (expected,) = case["events"], case["expect"]
    (tax,) = event["taxes"]
    code = {
        "code": "T", "name": "T", "kind": "output", "rate": str(tax["percent"]),
        "account": VAT_OUT, "from": "2025-01-01", "rounding": "cent",
    }  # fmt: skip
    known = accepted(new_company("plain"), "ledger.tax_codes", [{**code, "account": "2100"}])
    rows: list[Cells] = [
        {
            "invoice": "1", "date": "2025-05-01", "customer": "C1", "account": "4000",
            "qty": str(line["qty"]), "unit_price": str(line["rate"]), "tax_code": "T",
        }
        for line in event["lines"]
    ]  # fmt: skip
    if "discount" in event:  # one rate: it may stand on any line that is large enough
        rows[1] = {**rows[1], "discount": amount(event["discount"])}
    assert codes(known, INVOICES, rows) == []
    found = amounts_of(document(known, INVOICES, rows), known)
    assert sum(found.net.values()) == expected["net"]
    assert found.taxes["T"].amount == expected["taxes"][tax["name"]]
    assert found.total == expected["total"]


def a_chain_of_taxes_comes_to(case: Case) -> None:
    """The shipping charge is a line of its own, with the taxes of the running total alone."""
    (event,), (expected,) = case["events"], case["expect"]
    known = new_company()
    for code, rate, basis, further in (
        ("DISC", "-10", "sum", ""),
        ("VAT", "12.5", "price", "DISC"),
        ("CST", "2", "sum", "VAT"),
        ("CST-SHIPPING", "2", "price", "DISC"),
        ("CUSTOMS", "10", "price", "CST"),
        ("SHE", "1", "first_tax", "CUSTOMS"),
        ("EDU", "2", "first_tax", "SHE"),
        ("EXCISE-D100", "10", "price", "EDU"),
        ("EXCISE-D200", "12", "price", "EDU"),
    ):
        row = {"code": code, "name": code, "kind": "output", "rate": rate, "basis": basis}
        row |= {"account": VAT_OUT, "from": "2025-01-01", "rounding": "cent"}
        row |= {"further": further} if further else {}
        known = accepted(known, "ledger.tax_codes", [row])
    head = {"invoice": "1", "date": "2025-05-01", "customer": "C1", "account": SALES}
    rows: list[Cells] = [
        {**head, "qty": str(line["qty"]), "unit_price": str(line["rate"])}
        | {"tax_code": f"EXCISE-{line['item']}"}
        for line in event["lines"]
    ]
    shipping = str(expected["taxes"]["shipping"])
    rows.append({**head, "qty": "1", "unit_price": shipping, "tax_code": "CST-SHIPPING"})
    assert codes(known, INVOICES, rows) == []
    found = amounts_of(document(known, INVOICES, rows), known)
    taxes = {"shipping": Decimal(shipping)}
    for code, tax in found.taxes.items():
        name = NAMES_IN_THE_CHAIN[code]
        taxes[name] = taxes.get(name, Decimal(0)) + tax.amount
    assert taxes == expected["taxes"]
    assert found.total == expected["total"]


NAMES_IN_THE_CHAIN = {
    "DISC": "discount", "VAT": "vat", "CST": "cst", "CST-SHIPPING": "cst", "CUSTOMS": "customs",
    "SHE": "she_cess", "EDU": "edu_cess", "EXCISE-D100": "excise", "EXCISE-D200": "excise",
}  # fmt: skip


# --- Indonesia ----------------------------------------------------------------------------------


def luxury_goods_bear_the_full_rate(case: Case) -> None:
    sold = invoice("1", "2025-07-07", case["inputs"]["price"], tax_code="PPN-K-MEWAH")
    assert amounts_in(INVOICES, sold).taxes["PPN-K-MEWAH"].amount == case["expected"]["vat"]


def vat_is_on_eleven_twelfths(case: Case) -> None:
    price = case["inputs"]["price"] - case["inputs"].get("gross_profit", 0)
    tax = amounts_in(INVOICES, invoice("1", "2025-07-07", price, tax_code="PPN-K")).taxes["PPN-K"]
    assert tax.base == case["expected"]["base"]
    assert tax.amount == case["expected"]["vat"]


def rent_is_withheld_on_the_service_charge_too(case: Case) -> None:
    rented = bill(
        "1", "2025-07-07", case["inputs"]["rent"], case["inputs"]["service_charge"],
        tax_code="PPH42-SEWA",
    )  # fmt: skip
    assert amounts_in(BILLS, rented).taxes["PPH42-SEWA"].amount == -case["expected"]["pph"]


def amounts_in(table: str, rows: list[Cells]) -> Amounts:
    known = new_company()
    assert codes(known, table, rows) == []
    return amounts_of(document(known, table, rows), known)


def an_amount_is_written_and_read_the_indonesian_way(case: Case) -> None:
    column = Money("amount", Words(id="Jumlah", en="Amount"))
    value = Decimal(case["inputs"]["value"])
    shown = show(column.value(column.spell(value)), INDONESIAN)
    assert shown == case["expected"]["text"]
    back = column.canonical(shown, INDONESIAN)
    assert back is not None
    assert Decimal(back) == Decimal(case["expected"]["back"])


RUN: dict[str, Callable[[Case], None]] = {
    "ledger-closing-003": an_entry_into_a_closed_year_is_refused,
    "ledger-closing-004": years_are_closed_by_cost_centre,
    "ledger-payments-007": an_invoice_is_paid,
    "ledger-payments-008": an_invoice_is_paid,
    "ledger-payments-013": an_invoice_is_due_in_instalments,
    "ledger-payments-015": instalments_are_settled_as_they_fall_due,
    "ledger-payments-019": later_payments_leave_it_open_until_then,
    "ledger-statements-013": a_bank_statement_is_imported,
    "ledger-tax-004": an_invoice_comes_to,
    "ledger-tax-002": a_chain_of_taxes_comes_to,
    "ledger-tax-006": an_invoice_comes_to,
    "vat-005": luxury_goods_bear_the_full_rate,
    "vat-011": vat_is_on_eleven_twelfths,
    "vat-012": vat_is_on_eleven_twelfths,
    "wht-003": rent_is_withheld_on_the_service_charge_too,
    "acc-num-001": an_amount_is_written_and_read_the_indonesian_way,
    "acc-num-002": an_amount_is_written_and_read_the_indonesian_way,
    "acc-num-004": an_amount_is_written_and_read_the_indonesian_way,
}
ELSEWHERE = {  # run by tests of their own
    **{f"umkm-{n:03}": "tests/books/ledger/test_tax_reports.py" for n in (1, 3, 5)},
    "vat-102": "tests/scenarios/test_taxes.py",
    "vat-103": "tests/scenarios/test_worked_cases.py",
    **{f"acc-trb-{n:03}": "tests/scenarios/test_taxes.py" for n in (4, 5, 7, 11, 12, 13, 18)},
    **{f"ledger-assets-{n:03}": "tests/scenarios/test_assets.py" for n in (2, 4, 5, 14)},
    **{f"ledger-statements-{n:03}": "tests/books/ledger/test_budgets.py" for n in (10, 11, 12)},
    **{f"acc-dep-{n:03}": "tests/books/ledger/test_depreciation.py" for n in (1, 2, 102)},
    **{f"ledger-currency-{n:03}": "tests/scenarios/test_currencies.py" for n in (2, 9)},
}
WAITING = {
    "ledger-tax-014": "no rounding to coins: what is short is written off with the payment (0026)",
}


def cases() -> dict[str, Case]:
    return {case["id"]: case for path in FILES for case in shared_json(path)["cases"]}


@pytest.mark.parametrize("name", RUN)
def test_the_case_comes_out_as_published(name: str) -> None:
    RUN[name](cases()[name])


def test_every_case_runs_or_waits_for_a_reason() -> None:
    assert len(RUN) + len(WAITING) + len(ELSEWHERE) == len({*RUN, *WAITING, *ELSEWHERE})
    assert {*RUN, *WAITING, *ELSEWHERE} == cases().keys()
