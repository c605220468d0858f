"""Where a party is paid: the columns of its bank account."""

from __future__ import annotations

from workbook_templates.columns import Column, Digits, Text
from workbook_templates.words import Words

PARTY_BANK: tuple[Column, ...] = (
    Text("bank_name", Words(id="Bank", en="Bank"), width=18, max_length=100),
    Digits(
        "bank_account_number",
        Words(id="No. rekening", en="Bank account number"),
        Words(id="Sebagai teks, agar nol di depan tidak hilang.", en="As text, with all zeros."),
        width=20,
    ),
    Text(
        "bank_account_holder",
        Words(id="Nama pemilik rekening", en="Account holder"),
        Words(id="Kosong = nama mitra.", en="Blank = the party's name."),
        width=28,
        max_length=100,
    ),
)
