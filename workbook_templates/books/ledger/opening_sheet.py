"""Opening balances: the old trial balance and the open items behind it, before going live."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.choices import OPENING_KINDS
from workbook_templates.books.ledger.opening import opening_entry
from workbook_templates.books.ledger.rules.opening import (
    opening_accounts_exist,
    opening_is_before_going_live,
    opening_is_entered_once,
    opening_lines_are_whole,
)
from workbook_templates.books.ledger.rules.postable import accounts_can_be_posted
from workbook_templates.columns import Choice, Code, Date, Money, Ref, Text
from workbook_templates.periods import period_is_open
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
OPENING = Sheet(
    key="opening_balances",
    title=Words(id="Saldo Awal", en="Opening Balances"),
    help=Words(
        id="Neraca saldo lama apa adanya pada satu daftar; faktur dan tagihan yang belum lunas "
        "pada daftar lain. Tahun mulai berjalan bila semua akun penampung nol.",
        en="The old trial balance as it is on one list; invoices and bills still open on others. A "
        "year gets under way when all clearing accounts are zero.",
    ),
    group_by="list",
    columns=(
        Code("list", Words(id="Daftar", en="List"), required=True, width=14),
        Choice(
            "kind",
            Words(id="Jenis daftar", en="Kind of list"),
            required=True,
            head=True,
            default="balances",
            width=18,
            choices=OPENING_KINDS,
        ),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12),
        Ref(
            "account",
            Words(id="Akun", en="Account"),
            Words(
                id="Untuk neraca saldo; piutang, utang dan persediaan juga di akunnya sendiri.",
                en="For a trial balance; receivables, payables and stock on their own too.",
            ),
            width=12,
            tables=("ledger.accounts",),
        ),
        Ref("party", Words(id="Mitra", en="Party"), tables=("ledger.parties",)),
        Code(
            "document",
            Words(id="Dokumen", en="Document"),
            Words(
                id="Nomor faktur atau tagihan lama yang belum lunas.",
                en="The number of the old invoice or bill that is still open.",
            ),
            width=16,
        ),
        Date("due", Words(id="Jatuh tempo", en="Due"), width=12),
        Text("description", Words(id="Uraian", en="Description"), width=36),
        Money("debit", Words(id="Debit", en="Debit"), minimum=NONE, width=18),
        Money("credit", Words(id="Kredit", en="Credit"), minimum=NONE, width=18),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
    ),
    families=(("debit", "credit"),),
    rules=(
        opening_is_before_going_live,
        period_is_open,
        accounts_can_be_posted,
        opening_lines_are_whole,
        opening_is_entered_once,
        opening_accounts_exist,
    ),
    proposes=opening_entry,
    indexes=("document",),
)
