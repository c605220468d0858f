"""Bank lines and payment batches are in the currency of their bank account, all of each."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.bank_lines import is_accepted, settled_by
from workbook_templates.books.ledger.currencies import RATES, currency_of, kept_in, rate_on
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payments import PAYMENTS, settled_document
from workbook_templates.books.ledger.rules.currencies import CURRENCY_OF_ACCOUNT, currency_named
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

DAY_HAS_NO_RATE = Message(
    "day_has_no_rate",
    Words(
        id="Belum ada kurs {currency} pada atau sebelum {date}. Tambahkan di lembar Kurs.",
        en="There is no rate of {currency} on or before {date}. Add it on Exchange Rates.",
    ),
)
BANK_LINE_CURRENCY = Message(
    "bank_line_currency",
    Words(
        id="{document} dalam {other}, mutasi bank ini dalam {currency}. Catat pembayarannya di "
        "lembar Pembayaran dengan kurs bank, lalu isi jurnalnya (PY:…) di Jurnal cocok.",
        en="{document} is in {other}, this bank line in {currency}. Enter the payment on Payments "
        "at the bank's rate, then name its entry (PY:…) under Matching entry.",
    ),
)
BATCH_CURRENCY = Message(
    "batch_currency",
    Words(
        id="{document} dalam {other}, sedangkan akun {account} dalam {currency}. Satu daftar "
        "memuat satu mata uang, yaitu mata uang akunnya: pindahkan ke daftar lain.",
        en="{document} is in {other}, account {account} in {currency}. A batch is in one currency, "
        "that of its account: move it to another batch.",
    ),
)


def bank_line_fits_its_currency(line: Document, known: Known) -> Iterator[Problem]:
    """An accepted line pays documents of its account's currency, and its entry can be valued."""
    if not line.lines or not is_accepted(line) or not known.has(ACCOUNTS):
        return
    currency, made = kept_in(line.text("bank_account"), known), False
    for row in line.lines:
        if row.text("match"):
            continue
        made = True
        yield from _line_problems(row, currency, known)
    if made:
        yield from _without_a_rate(line, currency, known)


def _line_problems(row: Line, currency: str, known: Known) -> Iterator[Problem]:
    settled = settled_by(row, known) if all(map(known.has, (*TRADES, PAYMENTS))) else None
    names = {"currency": currency_named(currency, known)}
    if settled is not None and (other := currency_of(settled, known)) != currency:
        names |= {"document": settled.key, "other": currency_named(other, known)}
        yield BANK_LINE_CURRENCY(column="document", row_id=row.id, **names)
    other = kept_in(row.text("account"), known)
    if other not in ("", currency):
        names |= {"account": row.text("account"), "other": other}
        yield CURRENCY_OF_ACCOUNT(column="account", row_id=row.id, **names)


def batch_is_of_one_currency(batch: Document, known: Known) -> Iterator[Problem]:
    """The bills of a batch are in the currency of the account from which they are paid."""
    if not batch.lines or not all(map(known.has, (ACCOUNTS, *TRADES, PAYMENTS))):
        return
    account = batch.text("bank_account")
    currency = kept_in(account, known)
    for line in batch.lines:
        bill = settled_document(known, line)
        if bill is not None and (other := currency_of(bill, known)) != currency:
            yield BATCH_CURRENCY(
                column="document",
                row_id=line.id,
                document=bill.key,
                other=currency_named(other, known),
                account=account,
                currency=currency_named(currency, known),
            )
    yield from _without_a_rate(batch, currency, known)


def _without_a_rate(document: Document, currency: str, known: Known) -> Iterator[Problem]:
    if not currency or not known.has(RATES):
        return
    if rate_on(known, currency, document.text("date")) is None:
        first, date = document.lines[0].id, document["date"]
        yield DAY_HAS_NO_RATE(column="date", row_id=first, currency=currency, date=date)
