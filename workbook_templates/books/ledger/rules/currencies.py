"""Currencies: a rate is there, what belongs together is in one currency, money fits its account."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS, is_used
from workbook_templates.books.ledger.corrections import corrections_of, origin
from workbook_templates.books.ledger.currencies import (
    EXCHANGE,
    RATES,
    conversion_of,
    currency_of,
    foreign,
    rate_on,
)
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.books.ledger.foreign_consequences import (
    REVALUATIONS,
    documents_at_the_rate,
)
from workbook_templates.books.ledger.invoices import TRADES
from workbook_templates.books.ledger.payments import PAYMENTS, payment_lines, settled_document
from workbook_templates.books.ledger.rules.trade import no_account
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

NOT_A_CURRENCY = Message(
    "not_a_currency",
    Words(
        id="{currency} bukan kode mata uang. Tulis tiga huruf besar, misalnya USD.",
        en="{currency} is no code of a currency. Type three capitals, such as USD.",
    ),
)
RATE_OF_OWN_CURRENCY = Message(
    "rate_of_own_currency",
    Words(
        id="{currency} adalah mata uang perusahaan, jadi tidak berkurs. Isi mata uang lain, atau "
        "kosongkan kursnya.",
        en="{currency} is the company's own currency and has no rate. Type another currency, or "
        "blank the rate.",
    ),
)
RATE_MISSING = Message(
    "rate_missing",
    Words(
        id="Belum ada kurs {currency} pada atau sebelum {date}. Tambahkan di lembar Kurs, atau isi "
        "Kurs pada dokumennya.",
        en="There is no rate of {currency} on or before {date}. Add it on Exchange Rates, or type "
        "the rate on the document.",
    ),
)
CURRENCY_OF_ORIGINAL = Message(
    "currency_of_original",
    Words(
        id="{corrects} dalam {other}, dokumen ini dalam {currency}. Samakan mata uangnya; kursnya "
        "mengikuti {corrects}.",
        en="{corrects} is in {other}, this document in {currency}. Use the same; its rate is that "
        "of {corrects}.",
    ),
)
CURRENCY_OF_DEPOSIT = Message(
    "currency_of_deposit",
    Words(
        id="Uang muka {deposit} dalam {other}, dokumen ini dalam {currency}. Samakan mata uangnya; "
        "kurs uang mukanya tetap.",
        en="The deposit {deposit} is in {other}, this document in {currency}. Use the same; the "
        "deposit keeps its own rate.",
    ),
)
CURRENCY_OF_DOCUMENT = Message(
    "currency_of_document",
    Words(
        id="{document} dalam {other}, pembayaran ini dalam {currency}. Isi Mata uang {other} dan "
        "jumlahnya dalam {other}; Kurs adalah kurs yang dipakai bank.",
        en="{document} is in {other}, this payment in {currency}. Type {other} under Currency and "
        "the amounts in it; the exchange rate is that of the bank.",
    ),
)
CURRENCY_OF_ACCOUNT = Message(
    "currency_of_account",
    Words(
        id="Akun {account} dalam {other}, di sini {currency}. Pilih akun lain atau samakan mata "
        "uangnya.",
        en="Account {account} is in {other}, here it is {currency}. Choose another account, or "
        "the same currency.",
    ),
)
CURRENCY_STAYS = Message(
    "currency_stays",
    Words(
        id="{document} sudah dilunasi, dikreditkan atau dipotong oleh {other}, jadi mata uangnya "
        "tetap. Ubah dulu {other}.",
        en="{document} is settled, credited or deducted by {other}, so its currency stays. Change "
        "{other} first.",
    ),
)
FOREIGN_AMOUNT_INCOMPLETE = Message(
    "foreign_amount_incomplete",
    Words(
        id="Isi Mata uang bersama Jumlah valuta, atau kosongkan keduanya.",
        en="Fill in Currency together with Foreign amount, or leave both blank.",
    ),
)
FOREIGN_AMOUNT_MISSING = Message(
    "foreign_amount_missing",
    Words(
        id="Akun {account} dalam {currency}. Isi Mata uang dan Jumlah valuta pada baris ini.",
        en="Account {account} is in {currency}. Fill in Currency and Foreign amount on this line.",
    ),
)
ONLY_TYPED_WITH_AMOUNT = Message(
    "only_typed_with_amount",
    Words(
        id="Akun {account} dalam {currency}; dokumen ini hanya mengisi jumlah dalam mata uang "
        "perusahaan. Pakai akun lain, atau catat di Jurnal dengan jumlah valutanya.",
        en="Account {account} is in {currency}; this document posts the company's currency only. "
        "Use another account, or enter it on Journal with its foreign amount.",
    ),
)
CURRENCY_OF_USED_ACCOUNT = Message(
    "currency_of_used_account",
    Words(
        id="Akun {code} sudah berisi jurnal: mata uangnya tidak dapat diubah. Buat akun baru.",
        en="Account {code} has postings: its currency cannot change. Make a new account.",
    ),
)
RATE_IN_USE = Message(
    "rate_in_use",
    Words(
        id="Kurs {currency} tanggal {date} masih dipakai, dan tidak ada kurs sebelumnya. Ubah "
        "angkanya, atau tambahkan dulu kurs yang lebih awal.",
        en="The rate of {currency} of {date} is in use, and there is none before it. Change its "
        "figure, or add an earlier rate first.",
    ),
)
_CODE = re.compile(r"[A-Z]{3}")


def rate_is_of_another_currency(rate: Document, known: Known) -> Iterator[Problem]:
    """A rate is of a currency by its code, and not of the company's own."""
    for line in rate.lines:
        yield from _code(line)
        if not foreign(line.text("currency"), known):
            yield RATE_OF_OWN_CURRENCY(
                column="currency", row_id=line.id, currency=line.text("currency")
            )


def currency_has_a_rate(document: Document, known: Known) -> Iterator[Problem]:
    """Another currency has a rate, typed or of its day, and an account for differences."""
    if not document.lines or not (document.text("currency") or document.text("rate")):
        return
    first = document.lines[0]
    yield from _code(first)
    currency = currency_of(document, known)
    if not currency:
        if document.text("rate"):
            own = known.company.currency
            yield RATE_OF_OWN_CURRENCY(column="rate", row_id=first.id, currency=own)
        return
    if known.has(RATES) and _is_valued(document) and not conversion_of(document, known).rate:
        yield RATE_MISSING(column="rate", row_id=first.id, currency=currency, date=document["date"])
    if known.has(ACCOUNTS):
        yield from no_account(known, EXCHANGE, first.id)


def _is_valued(document: Document) -> bool:
    """Whether the document's own rate counts: a payment that only moves rests has none."""
    if document.sheet.table != PAYMENTS:
        return True
    return bool(document["amount"]) or any(line["written_off"] for line in document.lines)


def currency_is_that_of_the_original(document: Document, known: Known) -> Iterator[Problem]:
    """What corrects or reverses is in its original's currency, what deducts a deposit in that of
    the deposit.
    """
    if not document.lines:
        return
    original, currency = origin(document, known), currency_of(document, known)
    first = document.lines[0].id
    if original is not document and currency_of(original, known) != currency:
        yield CURRENCY_OF_ORIGINAL(
            column="currency",
            row_id=first,
            corrects=original.key,
            other=currency_named(currency_of(original, known), known),
            currency=currency_named(currency, known),
        )
    for line in document.lines:
        key = line.text(DEPOSIT)
        deposit = known.document(document.sheet.table, key) if key else None
        if deposit is not None and currency_of(deposit, known) != currency:
            yield CURRENCY_OF_DEPOSIT(
                column="currency",
                row_id=line.id,
                deposit=key,
                other=currency_named(currency_of(deposit, known), known),
                currency=currency_named(currency, known),
            )


def currency_stays_once_settled(document: Document, known: Known) -> Iterator[Problem]:
    """What is settled, credited or deducted keeps its currency."""
    if not document.before or not document.lines or not known.has(PAYMENTS):
        return
    before = foreign(document.before[0].text("currency"), known)
    if before == currency_of(document, known):
        return
    settled = [line.text("payment") for line in payment_lines(document, known)]
    if document.sheet.table in TRADES:
        settled += [found.key for found in corrections_of(document, known)]
        naming = known.where(document.sheet.table, DEPOSIT, document.key)
        settled += [line.sheet.key_of(line.cells, line.id) for line in naming]
    for other in [key for key in settled if key != document.key][:1]:
        yield CURRENCY_STAYS(
            column="currency", row_id=document.lines[0].id, document=document.key, other=other
        )


def payment_is_in_its_documents_currency(payment: Document, known: Known) -> Iterator[Problem]:
    """A payment settles documents of its own currency."""
    if not all(map(known.has, (*TRADES, PAYMENTS))):
        return
    currency = currency_of(payment, known)
    for line in payment.lines:
        settled = settled_document(known, line) if line.text("document") else None
        if settled is not None and currency_of(settled, known) != currency:
            yield CURRENCY_OF_DOCUMENT(
                column="currency",
                row_id=line.id,
                document=settled.key,
                other=currency_named(currency_of(settled, known), known),
                currency=currency_named(currency, known),
            )


def money_is_in_the_accounts_currency(payment: Document, known: Known) -> Iterator[Problem]:
    """Money on an account in another currency is of that currency; others take any, converted."""
    account = known.row(ACCOUNTS, payment.text("bank_account")) if payment.lines else None
    if account is not None and account.text("currency"):
        found = foreign(account.text("currency"), known)
        yield from _on_account(payment.lines[0], "bank_account", account, found, payment, known)


def _on_account(
    line: Line, column: str, account: Line, kept: str, typed: Document | Line, known: Known
) -> Iterator[Problem]:
    currency = currency_of(typed, known)
    if kept and kept != currency:
        yield CURRENCY_OF_ACCOUNT(
            column=column,
            row_id=line.id,
            account=account.text("code"),
            other=kept,
            currency=currency_named(currency, known),
        )


def foreign_amounts_are_whole(document: Document, known: Known) -> Iterator[Problem]:
    """A line in another currency has its amount in it, and stands on an account that takes it."""
    for line in document.lines:
        cells = line.cells
        currency, amount = cells.get("currency"), cells.get("foreign_amount")
        if line.source is not None or not (currency or amount):
            continue
        if not (currency and amount):
            column = "foreign_amount" if currency else "currency"
            yield FOREIGN_AMOUNT_INCOMPLETE(column=column, row_id=line.id)
            continue
        yield from _code(line)
        account = known.row(ACCOUNTS, line.text("account")) if known.has(ACCOUNTS) else None
        if account is not None and account.text("currency"):
            kept = foreign(account.text("currency"), known)
            yield from _on_account(line, "currency", account, kept, line, known)


def currency_accounts_have_foreign_amounts(document: Document, known: Known) -> Iterator[Problem]:
    """Lines on an account in another currency say the amount in it, but for its valuation."""
    if not known.has(ACCOUNTS):
        return
    currencies: dict[str | None, str] = {None: ""}
    for line in document.lines:
        code = line.cells.get("account")
        if code not in currencies:
            account = known.row(ACCOUNTS, code or "")
            currencies[code] = foreign(account.text("currency"), known) if account else ""
        kept = currencies[code]
        if not kept or line.cells.get("currency"):
            continue
        facts = {"row_id": line.id, "account": code, "currency": kept}
        if line.source is None:
            yield FOREIGN_AMOUNT_MISSING(column="foreign_amount", **facts)
        elif not line.source.startswith(f"{REVALUATIONS}/"):
            yield ONLY_TYPED_WITH_AMOUNT(column="account", **facts)


def account_currency_stays(account: Document, known: Known) -> Iterator[Problem]:
    """The currency of an account is a code, and stays once it has postings."""
    for line in account.lines:
        yield from _code(line)
        before = account.before[0].text("currency") if account.before else line.text("currency")
        changed = foreign(before, known) != foreign(line.text("currency"), known)
        if changed and is_used(known, account.key):
            yield CURRENCY_OF_USED_ACCOUNT(column="currency", row_id=line.id, code=account.key)


def rate_in_use_stays(rate: Document, known: Known) -> Iterator[Problem]:
    """A rate is not taken away from what it values, unless an earlier one takes its place."""
    if rate.lines or not all(map(known.has, (*TRADES, PAYMENTS))):
        return
    currency, day = rate.before[0].text("currency"), rate.before[0].text("date")
    if rate_on(known, currency, day) is None and any(documents_at_the_rate(rate, known)):
        yield RATE_IN_USE(currency=currency, date=rate.before[0]["date"])


def _code(line: Line) -> Iterator[Problem]:
    currency = line.text("currency")
    if currency and not _CODE.fullmatch(currency):
        yield NOT_A_CURRENCY(column="currency", row_id=line.id, currency=currency)


def currency_named(currency: str, known: Known) -> str:
    """The code of a currency, also of the company's own."""
    return currency or known.company.currency
