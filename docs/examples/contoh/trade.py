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
OPENING, OWED_TO_US, OWED_BY_US = "Saldo awal", Decimal(4_250_000), Decimal(6_100_000)
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
        "ledger.journal": [*_opening(chart, moves), *_journals(random, chart)],
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
            price = price_of(str(move["item"])) * 175 // 100
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
                    "discount": rupiah(price) if n == 0 and int(number[-1]) == 5 else None,
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
                "date": min(_later(lines[0]["date"], 10), day(29)),
                "direction": direction,
                "party": lines[0][party],
                "bank_account": chart["bank"],
                "amount": paid,
                "document": number,
                "applied": paid,
            }
        )
    return found


def _opening(chart: Chart, moves: list[Row]) -> list[Row]:
    """What there is and what is owed, against capital.

    The goods themselves come in with the warehouse's opening moves, which credit the clearing
    account; this entry empties it.
    """
    goods = sum((cost(move) for move in moves if move["kind"] == "opening"), Decimal(0))
    debits = (
        (chart["bank"], rupiah(2_500_000_000)),
        (chart["equipment"], rupiah(240_000_000)),
        (chart["employee_loans"], rupiah(30_000_000)),
        (chart["opening_stock"], goods),
    )
    rows = [
        *(
            _line("SA-001", START, "Saldo awal", account, debit=amount)
            for account, amount in debits
        ),
        *(
            _open(chart["receivable"], f"C{n:03d}", n, debit=rupiah(n * 4_250_000))
            for n in (1, 2, 3)
        ),
        *(_open(chart["payable"], f"S{n:03d}", n, credit=rupiah(n * 6_100_000)) for n in (1, 2)),
    ]
    capital = sum((_side(row, "debit") - _side(row, "credit") for row in rows), Decimal(0))
    return [*rows, _line("SA-001", START, OPENING, chart["capital"], credit=capital)]


def _open(account: str, party: str, n: int, **side: Decimal) -> Row:
    """A receivable or payable of old, already overdue for some."""
    row = _line("SA-001", START, f"{OPENING} {party}", account, **side)
    return {**row, "party": party, "due": START - timedelta(days=20 * (n - 1))}


def cost(move: Row) -> Decimal:
    """Quantity times unit cost of a receipt or an opening."""
    qty, price = move["qty"], move["unit_cost"]
    assert isinstance(qty, Decimal)
    assert isinstance(price, Decimal)
    return qty * price


def _side(row: Row, column: str) -> Decimal:
    amount = row.get(column) or Decimal(0)
    assert isinstance(amount, Decimal)
    return amount


def _journals(random: Random, chart: Chart) -> list[Row]:
    rows: list[Row] = []
    for n in range(2, JOURNALS + 1):
        amount = rupiah(random.randint(1, 40) * 25_000)
        account, words = (
            (chart["supplies"], "Perlengkapan kantor")
            if n % 2
            else (chart["bank_charges"], "Biaya administrasi bank")
        )
        entry, when = f"JU-{n:03d}", day(1 + n % 28)
        rows.append(_line(entry, when, words, account, debit=amount))
        rows.append(_line(entry, when, words, chart["bank"], credit=amount))
    return rows


def _line(entry: str, when: date, words: str, account: str, **side: Decimal) -> Row:
    return {"entry": entry, "date": when, "account": account, "description": words, **side}


def _later(when: Cell, days: int) -> date:
    assert isinstance(when, date)
    return when + timedelta(days=days)
