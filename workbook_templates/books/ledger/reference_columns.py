"""The columns of invoices and bills that name another of them: deposits and corrected ones."""

from __future__ import annotations

from workbook_templates.books.ledger.corrections import CORRECTS
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.columns import Column, Ref
from workbook_templates.words import Words


def references(table: str) -> tuple[Column, ...]:
    """The deposit that a line deducts, and the document that a credit note corrects."""
    return (
        Ref(
            DEPOSIT,
            Words(id="Potong uang muka", en="Deducts deposit"),
            Words(
                id="Dokumen uang muka yang dipotong baris ini; kuantitas dan harga tetap positif.",
                en="The deposit that this row takes off; quantity and price stay positive.",
            ),
            width=18,
            tables=(table,),
        ),
        Ref(
            CORRECTS,
            Words(id="Mengoreksi", en="Corrects"),
            Words(
                id="Untuk nota kredit: dokumen yang dikurangi, dengan tarif pajak harinya.",
                en="For a credit note: the document it takes from, taxed by the rates of its day.",
            ),
            head=True,
            width=16,
            tables=(table,),
        ),
    )
