"""A tie: two figures that must be equal, each found by a way of its own."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_templates.words import Words


@dataclass(frozen=True, slots=True)
class Tie:
    """Two figures in 1/10,000 that must be equal, what they are, and where to look if not."""

    words: Words
    one: Words
    other: Words
    look: Words
    figures: tuple[int, int]


CONTROL = Words(id="Saldo akun", en="Account balance")
DOCUMENTS = Words(id="Menurut faktur, tagihan dan pembayaran", en="By invoices, bills and payments")
