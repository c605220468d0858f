"""Customers and suppliers: who has documents stays, and a tax number has its digits."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.payments import PAYMENTS, control_role, on_account
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

PARTY_IN_USE = Message(
    "party_in_use",
    Words(
        id="{party} sudah dipakai di {sheet_id}, jadi tidak dapat dihapus. Kembalikan barisnya.",
        en="{party} is used in {sheet_en}, so it cannot be deleted. Put the row back.",
    ),
)
NOT_AN_NPWP = Message(
    "not_an_npwp",
    Words(
        id="NPWP terdiri atas 15 atau 16 angka, di sini {count}. Periksa nomornya.",
        en="An Indonesian tax number (NPWP) has 15 or 16 digits, here {count}. Check the number.",
    ),
)
_NAMED_IN = (
    ("ledger.sales_invoices", "customer"),
    ("ledger.purchase_bills", "supplier"),
    (PAYMENTS, "party"),
)
KIND_IS_USED = Message(
    "kind_is_used",
    Words(
        id="Sisa pembayaran {payment} dari {party} tercatat di akun untuk jenis yang lama, jadi "
        "jenis mitra tidak dapat diubah. Daftarkan mitra baru, atau ubah dulu pembayarannya.",
        en="What is on account of {party} by payment {payment} stands on the account for the old "
        "kind, so the kind cannot change. Enter another party, or change the payment first.",
    ),
)
_SEPARATORS = str.maketrans("", "", ".- ")


def party_is_not_in_use(document: Document, known: Known) -> Iterator[Problem]:
    """A party that invoices, bills, payments or journal lines name is not deleted."""
    if document.lines:
        return
    sums = known.totals("ledger.party_sums", ("party",), equal={"party": document.key})
    if any(any(amounts) for amounts in sums.values()):
        yield PARTY_IN_USE(party=document.key, sheet_id="Jurnal", sheet_en="Journal")
        return
    for table, column in _NAMED_IN:  # documents that come to nothing have no journal entry
        for line in known.rows(table):
            if line.cells.get(column) == document.key:
                title = line.sheet.title
                yield PARTY_IN_USE(party=document.key, sheet_id=title.id, sheet_en=title.en)
                return


def kind_of_money_on_account_stays(document: Document, known: Known) -> Iterator[Problem]:
    """A party's kind does not change where money on account would belong to another account."""
    if not (document.lines and document.before and known.has(PAYMENTS)):
        return
    was, now = document.before[0].text("kind"), document.lines[0].text("kind")
    for line in known.rows(PAYMENTS) if was != now else ():  # no index: kinds change too rarely
        if line.text("party") != document.key:
            continue
        key = line.text("payment")
        payment = known.document(PAYMENTS, key)
        if (
            payment
            and on_account(payment)
            and control_role(payment, was) != control_role(payment, now)
        ):
            row_id = document.lines[0].id
            yield KIND_IS_USED(column="kind", row_id=row_id, payment=key, party=document.key)
            return


def tax_number_has_its_digits(document: Document, known: Known) -> Iterator[Problem]:
    """An Indonesian company's party has an NPWP of 15 digits, or of 16 since 2024."""
    if known.company.pack != "id":
        return
    for line in document.lines:
        digits = line.text("tax_id").translate(_SEPARATORS)
        if digits.isdigit() and len(digits) not in (15, 16):
            yield NOT_AN_NPWP(column="tax_id", row_id=line.id, count=len(digits))
