"""The sheet of payment terms: in which parts, and when, an invoice or bill is due."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.rules.terms import (
    terms_add_up,
    terms_come_to_an_end,
    used_terms_stay,
)
from workbook_templates.books.ledger.terms import TERMS
from workbook_templates.columns import Code, Integer, Money, Percent, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

TERMS_COLUMN = Ref(
    "terms",
    Words(id="Termin", en="Terms"),
    Words(
        id="Syarat pembayaran; kosong = milik mitranya, atau jatuh tempo sekaligus.",
        en="Payment terms; blank = those of the party, or due all at once.",
    ),
    width=12,
    tables=(TERMS,),
)
PAYMENT_TERMS = Sheet(
    key="payment_terms",
    title=Words(id="Syarat Pembayaran", en="Payment Terms"),
    help=Words(
        id="Satu baris untuk setiap angsuran: bagiannya, lalu jatuh temponya dihitung dari tanggal "
        "dokumen. Baris tanpa persen dan jumlah adalah sisanya.",
        en="One row for each instalment: its part, then when it is due counted from the document's "
        "date. A row without percentage and amount is the rest.",
    ),
    group_by="terms",
    columns=(
        Code("terms", Words(id="Termin", en="Terms"), required=True, width=14),
        Text("description", Words(id="Uraian", en="Description"), head=True, width=36),
        Percent("percent", Words(id="Persen", en="Percent"), positive=True, width=10),
        Money(
            "amount",
            Words(id="Jumlah tetap", en="Fixed amount"),
            Words(
                id="Sebagai ganti persen; kosong keduanya = sisanya.",
                en="Instead of a percentage; both blank = the rest.",
            ),
            minimum=Decimal(0),
        ),
        Integer("months", Words(id="Bulan", en="Months"), minimum=0, width=9),
        Integer(
            "day",
            Words(id="Tanggal ke", en="Day of month"),
            Words(
                id="31 = akhir bulan. Dihitung sesudah bulannya ditambahkan.",
                en="31 = the end of the month. Taken after the months are added.",
            ),
            minimum=1,
            width=11,
        ),
        Integer("days", Words(id="Hari", en="Days"), minimum=0, width=8),
    ),
    rules=(terms_add_up, terms_come_to_an_end, used_terms_stay),
)
