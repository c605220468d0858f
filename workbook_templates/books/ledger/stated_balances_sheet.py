"""Stated balances: the bank, or who counted the cash, says X on a day."""

from __future__ import annotations

from workbook_templates.columns import Date, Money, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

STATED_BALANCES = Sheet(
    key="stated_balances",
    title=Words(id="Saldo Pernyataan", en="Stated Balances"),
    help=Words(
        id="Saldo menurut bank atau hasil hitung kas pada akhir hari. Laporan Saldo Pernyataan "
        "menunjukkan selisihnya dengan pembukuan dan sejak kapan; tidak ada yang ditolak.",
        en="The balance that the bank states, or cash that was counted, at the end of a day. The "
        "report Stated Balances tells the difference and since when; nothing is refused.",
    ),
    unique=("account", "date"),
    columns=(
        Ref(
            "account",
            Words(id="Akun", en="Account"),
            Words(
                id="Akun induk juga: saldonya termasuk akun di bawahnya.",
                en="A parent account too: its balance takes in the accounts under it.",
            ),
            required=True,
            width=12,
            tables=("ledger.accounts",),
        ),
        Date("date", Words(id="Tanggal", en="Date"), required=True, width=12),
        Money(
            "amount",
            Words(id="Saldo", en="Balance"),
            Words(
                id="Debit positif, jadi saldo kas dan bank positif; dalam mata uang akunnya.",
                en="Debit is positive, so money in cash or at the bank is positive; in the "
                "currency of the account.",
            ),
            required=True,
            width=18,
        ),
        Text(
            "source",
            Words(id="Menurut", en="According to"),
            Words(
                id="Misalnya Rekening koran BCA Mei, atau Opname kas.",
                en="Such as BCA statement of May, or cash count.",
            ),
            width=32,
            max_length=200,
        ),
    ),
    indexes=("account",),
)
