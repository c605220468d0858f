"""The accountant's month: opening entry, invoices, bills, payments and journals."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from docs.examples.contoh.masters import price_of
from docs.examples.contoh.rows import START, Cell, Row, Sheets, day, rupiah

Chart = dict[str, str]  # role -> account code
PAID_IN, PAID_OUT, JOURNALS, EXPENSE_BILLS = 70, 50, 30, 25
VAT_OUT, VAT_IN = "PPN-K", "PPN-M"


def trade(random: Random, chart: Chart, moves: list[Row]) -> Sheets:
    """The rows of the ledger; goods are billed and invoiced as the warehouse moved them."""
    invoices = _invoices(chart, moves)
    bills = [*_goods_bills(chart, moves), *_expense_bills(random, chart)]
    payments = [
        *_payments(invoices, "invoice", "customer", "in", chart, PAID_IN),
        *_payments(bills, "bill", "supplier", "out", chart, PAID_OUT),
    ]
    return {
        "ledger.sales_invoices": invoices,
        "ledger.purchase_bills": bills,
        "ledger.payments": payments,
        "ledger.journal": [*_opening(chart), *_journals(random, chart)],
    }


def document_total(lines: list[Row]) -> Decimal:
    """Net and tax of one invoice or bill: 12 % of 11/12 of the price, in full rupiah."""
    net = sum((line_net(line) for line in lines), Decimal(0))
    taxed = sum((line_net(line) for line in lines if line.get("tax_code")), Decimal(0))
    tax = (taxed * 11 / 12 * 12 / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return net + tax


def line_net(line: Row) -> Decimal:
    """Quantity times price less discount."""
    qty, price, discount = line["qty"], line["unit_price"], line.get("discount") or Decimal(0)
    assert isinstance(qty, Decimal)
    assert isinstance(price, Decimal)
    assert isinstance(discount, Decimal)
    return qty * price - discount


def by_document(rows: list[Row], key: str) -> dict[str, list[Row]]:
    """Rows by the document that they belong to."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row[key])].append(row)
    return dict(found)


def _invoices(chart: Chart, moves: list[Row]) -> list[Row]:
    issues = by_document([m for m in moves if m["kind"] == "issue"], "move")
    rows: list[Row] = []
    for number, lines in issues.items():
        for n, move in enumerate(lines):
            price = price_of(str(move["item"])) * 135 // 100
            rows.append(
                {
                    "invoice": number.replace("SJ-", "INV-2605-"),
                    "date": move["date"],
                    "due": _later(move["date"], 30),
                    "customer": move["party"],
                    "description": f"{move['item']} sesuai {number}",
                    "account": chart["sales"],
                    "qty": move["qty"],
                    "unit_price": rupiah(price),
                    "discount": rupiah(price // 10) if n == 0 and int(number[-1]) == 5 else None,
                    "tax_code": VAT_OUT,
                }
            )
    return rows


def _goods_bills(chart: Chart, moves: list[Row]) -> list[Row]:
    receipts = by_document([m for m in moves if m["kind"] == "receipt"], "move")
    return [
        {
            "bill": number.replace("TB-", "BL-"),
            "date": move["date"],
            "due": _later(move["date"], 14),
            "supplier": move["party"],
            "supplier_ref": f"F-{number}",
            "description": f"{move['item']} sesuai {number}",
            "account": chart["goods_received"],
            "qty": move["qty"],
            "unit_price": move["unit_cost"],
            "tax_code": VAT_IN,
        }
        for number, lines in receipts.items()
        for move in lines
    ]


def _expense_bills(random: Random, chart: Chart) -> list[Row]:
    kinds = (
        ("rent", "Sewa kantor"),
        ("utilities", "Listrik dan air"),
        ("transport", "Ongkos kirim"),
    )
    rows: list[Row] = []
    for n in range(1, EXPENSE_BILLS + 1):
        account, words = kinds[n % len(kinds)]
        rows.append(
            {
                "bill": f"BB-{n:03d}",
                "date": day(1 + n),
                "due": day(1 + n) + timedelta(days=14),
                "supplier": f"S{1 + n % 12:03d}",
                "supplier_ref": f"K-{n:04d}",
                "description": words,
                "account": chart[account],
                "qty": rupiah(1),
                "unit_price": rupiah(random.randint(5, 60) * 50_000),
                "tax_code": VAT_IN if n % 2 else None,
            }
        )
    return rows


def _payments(
    rows: list[Row], key: str, party: str, direction: str, chart: Chart, count: int
) -> list[Row]:
    """The first documents are paid in full, but every seventh only by half."""
    found: list[Row] = []
    documents = sorted(by_document(rows, key).items(), key=lambda d: (str(d[1][0]["date"]), d[0]))
    for n, (number, lines) in enumerate(documents[:count], 1):
        total = document_total(lines)
        paid = (total / 2).quantize(Decimal(1), ROUND_HALF_UP) if n % 7 == 0 else total
        found.append(
            {
                "payment": f"{'BM' if direction == 'in' else 'BK'}-{n:03d}",
                "date": day(31),
                "direction": direction,
                "party": lines[0][party],
                "bank_account": chart["bank"],
                "amount": paid,
                "document": number,
                "applied": paid,
            }
        )
    return found


def _opening(chart: Chart) -> list[Row]:
    """Bank and equipment against capital; stock comes in through the warehouse's moves."""
    lines = (
        (chart["bank"], 2_500_000_000, 0),
        (chart["equipment"], 240_000_000, 0),
        (chart["capital"], 0, 2_740_000_000),
    )
    return [_line("SA-001", START, "Saldo awal", *line) for line in lines]


def _journals(random: Random, chart: Chart) -> list[Row]:
    rows: list[Row] = []
    for n in range(2, JOURNALS + 1):
        amount = random.randint(1, 40) * 25_000
        account = chart["supplies"] if n % 2 else chart["bank_charges"]
        entry, when = f"JU-{n:03d}", day(1 + n % 30)
        rows.append(_line(entry, when, "Beban rutin", account, amount, 0))
        rows.append(_line(entry, when, "Beban rutin", chart["bank"], 0, amount))
    return rows


def _line(entry: str, when: date, words: str, account: str, debit: int, credit: int) -> Row:
    return {
        "entry": entry,
        "date": when,
        "account": account,
        "description": words,
        "debit": rupiah(debit) if debit else None,
        "credit": rupiah(credit) if credit else None,
    }


def _later(when: Cell, days: int) -> date:
    assert isinstance(when, date)
    return when + timedelta(days=days)
