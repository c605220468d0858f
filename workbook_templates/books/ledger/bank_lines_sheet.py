"""Bank lines: what the bank's statement says, line by line, and what each line is in the books."""

from __future__ import annotations

from workbook_templates.books.ledger.bank_lines import follows_from_line
from workbook_templates.books.ledger.foreign_consequences import foreign_bank_line
from workbook_templates.books.ledger.rules.bank_currencies import bank_line_fits_its_currency
from workbook_templates.books.ledger.rules.bank_lines import (
    accepted_line_says_what_it_is,
    entry_has_the_part_open,
    line_is_of_a_bank_account,
    parts_add_up,
)
from workbook_templates.books.ledger.rules.postable import (
    accounts_can_be_posted,
    control_accounts_have_a_party,
    stock_account_follows,
)
from workbook_templates.columns import Code, Date, Flag, Money, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

BANK_LINES = Sheet(
    key="bank_lines",
    title=Words(id="Mutasi Bank", en="Bank Lines"),
    help=Words(
        id="Satu baris untuk setiap baris rekening koran, diisi oleh `lajur bank-import`. Periksa "
        "usulnya, lalu isi Ya di kolom Setuju. Satu mutasi untuk beberapa faktur: salin barisnya.",
        en="One row for each line of a bank statement, typed by `lajur bank-import`. Look at the "
        "proposal, then write Yes under Accept. One line for several invoices: copy its row.",
    ),
    group_by="line",
    windows=(("date",),),
    columns=(
        Code(
            "line",
            Words(id="No. mutasi", en="Bank line"),
            Words(
                id="Sidik baris rekening koran: mutasi yang sama tidak masuk dua kali.",
                en="Made from what the line says, so that the same line never comes twice.",
            ),
            required=True,
            width=26,
            max_length=34,
        ),
        Ref(
            "bank_account",
            Words(id="Akun bank", en="Bank account"),
            required=True,
            head=True,
            width=12,
            tables=("ledger.accounts",),
        ),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True, width=12),
        Text("description", Words(id="Uraian", en="Description"), head=True, width=48),
        Text("reference", Words(id="Referensi", en="Reference"), head=True, width=18),
        Money(
            "amount",
            Words(id="Jumlah", en="Amount"),
            Words(
                id="Masuk positif, keluar negatif; dalam mata uang rekeningnya.",
                en="In is positive, out is negative; in the currency of the account.",
            ),
            required=True,
            head=True,
            width=18,
        ),
        Money(
            "balance",
            Words(id="Saldo bank", en="Bank balance"),
            Words(id="Saldo sesudah mutasi ini.", en="The balance after this line."),
            head=True,
            width=18,
        ),
        Text(
            "proposal",
            Words(id="Usul", en="Proposal"),
            Words(
                id="Usul terbaik dan alasannya, dari `lajur bank-import` atau `lajur bank-match`.",
                en="The best proposal and why, by `lajur bank-import` or `lajur bank-match`.",
            ),
            width=48,
        ),
        Code(
            "match",
            Words(id="Jurnal cocok", en="Matching entry"),
            Words(
                id="Jurnal yang sudah mencatat mutasi ini, misalnya PY:BM-001.",
                en="The entry that has this line in the books already, such as PY:BM-001.",
            ),
            width=18,
            max_length=60,
        ),
        Ref(
            "document",
            Words(id="Dokumen", en="Document"),
            Words(
                id="Faktur atau tagihan yang dibayar; pembayarannya dibuat sendiri.",
                en="The invoice or bill that is paid; the payment is made by itself.",
            ),
            width=16,
            tables=("ledger.sales_invoices", "ledger.purchase_bills"),
            also=(("ledger.opening_balances", "document"),),
        ),
        Ref(
            "party",
            Words(id="Mitra", en="Party"),
            Words(
                id="Tanpa dokumen: uang muka dari atau kepada mitra ini.",
                en="Without a document: money on account, from or to this party.",
            ),
            tables=("ledger.parties",),
        ),
        Ref(
            "account",
            Words(id="Akun lawan", en="Other account"),
            Words(
                id="Untuk biaya bank, bunga dan lainnya yang langsung dijurnal.",
                en="For bank charges, interest and whatever else is booked straight away.",
            ),
            width=12,
            tables=("ledger.accounts",),
        ),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
        Money(
            "part",
            Words(id="Bagian", en="Part"),
            Words(
                id="Bagian jumlah untuk baris ini, bertanda seperti Jumlah; kosong = sisanya.",
                en="The part of the amount that is meant, signed as it is; blank = the rest.",
            ),
            width=18,
        ),
        Flag(
            "accept",
            Words(id="Setuju", en="Accept"),
            Words(
                id="Ya = mutasi ini cocok dengan yang tertulis di kolom sebelumnya.",
                en="Yes = this line is what the columns before it say.",
            ),
            head=True,
            width=10,
        ),
    ),
    rules=(
        line_is_of_a_bank_account,
        accounts_can_be_posted,
        control_accounts_have_a_party,
        stock_account_follows,
        accepted_line_says_what_it_is,
        parts_add_up,
        entry_has_the_part_open,
        bank_line_fits_its_currency,
    ),
    proposes=follows_from_line,
    refreshes=foreign_bank_line,
    indexes=("bank_account", "match"),
)
