"""What invoices, bills and credit notes must hold, selling and buying alike."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS, account_of_role
from workbook_templates.books.ledger.choices import PARTY_KINDS, ROLES, TAX_KINDS, words_of
from workbook_templates.books.ledger.corrections import is_taken_back
from workbook_templates.books.ledger.invoices import TRADES, Trade
from workbook_templates.books.ledger.payments import (
    PAYMENTS,
    applied_to,
    balance_of,
    leaves_open,
    party_of,
    payment_lines,
)
from workbook_templates.books.ledger.pricing import gross_of_line
from workbook_templates.books.ledger.taxes import rate_on, tax_day
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

WRONG_PARTY_KIND = Message(
    "wrong_party_kind",
    Words(
        id="{party} terdaftar sebagai {kind_id}. Ubah jenisnya di lembar Mitra, atau pilih mitra "
        "lain.",
        en="{party} is registered as a {kind_en}. Change its kind on the Parties sheet, or choose "
        "another.",
    ),
)
DUE_BEFORE_DATE = Message(
    "due_before_date",
    Words(
        id="Jatuh tempo {due} mendahului tanggal {date}. Perbaiki salah satunya.",
        en="The due date {due} is before the date {date}. Correct one of them.",
    ),
)
DISCOUNT_TOO_LARGE = Message(
    "discount_too_large",
    Words(
        id="Diskon {discount} lebih besar dari jumlah baris {amount}. Kurangi diskonnya.",
        en="The discount {discount} is more than the line's amount {amount}. Lower it.",
    ),
)
TAX_CODE_NOT_VALID = Message(
    "tax_code_not_valid",
    Words(
        id="Kode pajak {code} tidak berlaku pada {date}. Pilih kode lain atau lengkapi tarifnya.",
        en="Tax code {code} is not valid on {date}. Choose another code or add the rate.",
    ),
)
TAX_CODE_KIND = Message(
    "tax_code_kind",
    Words(
        id="Kode pajak {code} adalah pajak {kind_id}, tidak untuk lembar ini. Pilih kode lain.",
        en="Tax code {code} is a tax of kind {kind_en}, not for this sheet. Choose another code.",
    ),
)
DUPLICATE_SUPPLIER_REF = Message(
    "duplicate_supplier_ref",
    Words(
        id="Nomor faktur {reference} dari pemasok {supplier} sudah dicatat sebagai {other}. "
        "Periksa apakah tagihan ini tercatat dua kali.",
        en="Number {reference} of supplier {supplier} is already entered as {other}. See whether "
        "this bill was entered twice.",
    ),
)
NO_ACCOUNT_FOR_ROLE = Message(
    "no_account_for_role",
    Words(
        id="Belum ada akun dengan peran {role_id}. Isi kolom Peran pada satu akun di lembar Akun.",
        en="No account has the role {role_en}. Give the role to one account on the Accounts sheet.",
    ),
)
DOCUMENT_HAS_PAYMENTS = Message(
    "document_has_payments",
    Words(
        id="{document} sudah dibayar dengan {payment}, jadi tidak dapat dihapus atau dialihkan ke "
        "mitra lain. Ubah dulu pembayarannya, atau buat nota kredit.",
        en="{document} is settled by {payment}, so it cannot be deleted or moved to another party. "
        "Change the payment first, or make a credit note.",
    ),
)
LESS_THAN_PAID = Message(
    "less_than_paid",
    Words(
        id="Jumlah {document} menjadi {total}, kurang dari yang sudah dibayar ({paid}). Ubah dulu "
        "pembayarannya, atau buat nota kredit.",
        en="{document} would come to {total}, less than was paid ({paid}). Change the payment "
        "first, or make a credit note.",
    ),
)


def party_fits(document: Document, known: Known) -> Iterator[Problem]:
    """One sells to customers and buys from suppliers."""
    trade = _trade(document)
    row = known.row("ledger.parties", document.text(trade.party))
    kind = row.text("kind") if row else ""
    if kind and kind not in (trade.party, "both"):
        words = words_of(PARTY_KINDS, kind)
        yield WRONG_PARTY_KIND(
            column=trade.party,
            row_id=_first(document),
            party=document.text(trade.party),
            kind_id=words.id.lower(),
            kind_en=words.en.lower(),
        )


def due_is_not_before_date(document: Document, known: Known) -> Iterator[Problem]:
    """Payment is not due before the document exists."""
    date, due = document.text("date"), document.text("due")
    if date and due and due < date:
        yield DUE_BEFORE_DATE(
            column="due", row_id=_first(document), due=document["due"], date=document["date"]
        )


def discount_fits(document: Document, known: Known) -> Iterator[Problem]:
    """A discount takes off at most the line's amount."""
    for line in document.lines:
        discount = line["discount"]
        if discount and discount > gross_of_line(line):
            yield DISCOUNT_TOO_LARGE(
                column="discount",
                row_id=line.id,
                discount=discount,
                amount=gross_of_line(line),
            )


def tax_codes_are_valid(document: Document, known: Known) -> Iterator[Problem]:
    """Each tax code has a rate on the document's date and is for selling, or for buying."""
    trade, day = _trade(document), tax_day(document, known)
    if not day or not known.has("ledger.tax_codes"):
        return
    for line in document.lines:
        code = line.text("tax_code")
        if not code or known.row("ledger.tax_codes", code) is None:
            continue
        rate = rate_on(known, code, day)
        if rate is None:
            yield TAX_CODE_NOT_VALID(
                column="tax_code", row_id=line.id, code=code, date=document["date"]
            )
        elif rate.text("kind") not in (trade.tax, "withholding"):
            words = words_of(TAX_KINDS, rate.text("kind"))
            yield TAX_CODE_KIND(
                column="tax_code",
                row_id=line.id,
                code=code,
                kind_id=words.id.lower(),
                kind_en=words.en.lower(),
            )


def supplier_ref_is_new(document: Document, known: Known) -> Iterator[Problem]:
    """One number of one supplier is entered once: the commonest way to pay a bill twice.

    A bill that was taken back may be entered again.
    """
    reference, supplier = document.text("supplier_ref"), document.text("supplier")
    if not reference:
        return
    for other in known.where(document.sheet.table, "supplier_ref", reference):
        key = other.text("bill")
        bill = known.document(document.sheet.table, key) if key != document.key else None
        if other.text("supplier") == supplier and bill and not is_taken_back(bill, known):
            yield DUPLICATE_SUPPLIER_REF(
                column="supplier_ref",
                row_id=_first(document),
                reference=reference,
                supplier=supplier,
                other=key,
            )
            return


def control_account_exists(document: Document, known: Known) -> Iterator[Problem]:
    """There is an account on which to post what the other party owes or is owed."""
    if document.lines and known.has(ACCOUNTS):
        yield from no_account(known, _trade(document).control, _first(document))


def no_account(known: Known, role: str, row_id: str | None) -> Iterator[Problem]:
    """The problem that no account has a role, if none has."""
    if account_of_role(known, role) is None:
        words = words_of(ROLES, role)
        yield NO_ACCOUNT_FOR_ROLE(row_id=row_id, role_id=words.id, role_en=words.en)


def payments_still_fit(document: Document, known: Known) -> Iterator[Problem]:
    """A settled document is not deleted, given to another party, or made less than was paid."""
    if not document.before or not known.has(PAYMENTS):
        return
    before = Document(document.sheet, document.key, document.before)
    is_moved = party_of(document) != party_of(before)
    paying = next(payment_lines(before if is_moved else document, known), None)
    if paying is None:
        return
    if is_moved:
        yield DOCUMENT_HAS_PAYMENTS(
            column=_trade(document).party if document.lines else None,
            row_id=_first(document),
            document=document.key,
            payment=paying.text("payment"),
        )
        return
    total, applied = balance_of(document, known), applied_to(document, known)
    if not leaves_open(total, applied):
        yield LESS_THAN_PAID(
            column="unit_price",
            row_id=_first(document),
            document=document.key,
            total=abs(total),
            paid=abs(applied),
        )


def _trade(document: Document) -> Trade:
    return TRADES[document.sheet.table]


def _first(document: Document) -> str | None:
    return document.lines[0].id if document.lines else None
