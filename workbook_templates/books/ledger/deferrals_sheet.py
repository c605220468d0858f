"""Prepaid expenses and deferred income."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.asset_choices import COUNTED, DEFERRAL_KINDS
from workbook_templates.books.ledger.deferrals import runs_of_deferral
from workbook_templates.books.ledger.rules.deferrals import (
    deferral_accounts_can_be_posted,
    deferral_ends_after_it_begins,
    months_are_countable,
    settled_parts_stay,
)
from workbook_templates.columns import Choice, Code, Date, Integer, Money, Month, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words


def _account(key: str, heading: Words, help: Words) -> Ref:
    return Ref(key, heading, help, required=True, width=14, tables=("ledger.accounts",))


DEFERRALS = Sheet(
    key="deferrals",
    title=Words(id="Ditangguhkan", en="Deferrals"),
    help=Words(
        id="Beban dibayar di muka dan pendapatan diterima di muka. Pembayarannya dijurnal oleh "
        "tagihan, faktur atau jurnal ke akun ditangguhkan; bagiannya tiap bulan oleh lembar "
        "Penyusutan Bulanan.",
        en="Prepaid expenses and deferred income. A bill, an invoice or an entry brings the amount "
        "to the deferred account; the sheet Depreciation Runs takes each month's part.",
    ),
    unique=("deferral",),
    columns=(
        Code("deferral", Words(id="Kode", en="Deferral"), required=True, width=14),
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            required=True,
            default="prepaid",
            width=26,
            choices=DEFERRAL_KINDS,
        ),
        Text("description", Words(id="Uraian", en="Description"), width=32),
        Code("document", Words(id="Dokumen", en="Document"), width=16),
        _account(
            "deferred_account",
            Words(id="Akun ditangguhkan", en="Deferred account"),
            Words(id="Akun neraca tempat sisanya.", en="Where the rest stands meanwhile."),
        ),
        _account(
            "result_account",
            Words(id="Akun beban/pendapatan", en="Expense or income account"),
            Words(id="Akun tempat bagian tiap bulan.", en="Where each month's part goes."),
        ),
        Money(
            "amount",
            Words(id="Jumlah", en="Amount"),
            required=True,
            minimum=Decimal(0),
            width=18,
        ),
        Date("first", Words(id="Mulai", en="From"), required=True, width=12),
        Integer(
            "months",
            Words(id="Berapa bulan", en="Months"),
            required=True,
            default="12",
            width=12,
            minimum=1,
        ),
        Choice(
            "counted",
            Words(id="Dihitung", en="Counted"),
            Words(
                id="Bulan penuh: bagian yang sama tiap bulan. Harian: menurut jumlah hari.",
                en="Whole months: the same part each month. By days: by their number.",
            ),
            default="month",
            width=14,
            choices=COUNTED,
        ),
        Month(
            "ends",
            Words(id="Diakhiri bulan", en="Ends in"),
            Words(
                id="Bila berhenti lebih awal: seluruh sisa diakui pada bulan ini.",
                en="When it ends early: all that is left goes in this month.",
            ),
            width=14,
        ),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
    ),
    rules=(
        deferral_accounts_can_be_posted,
        months_are_countable,
        deferral_ends_after_it_begins,
        settled_parts_stay,
    ),
    refreshes=runs_of_deferral,
)
