"""The sheets that other sheets name: accounts, parties, tax codes, periods."""

from __future__ import annotations

from workbook_templates.books.ledger.chart_names import (
    CODE,
    GROUPS_NAMED,
    KIND,
    NAME,
    PARENT,
    TYPES_NAMED,
)
from workbook_templates.books.ledger.choices import (
    PARTY_KINDS,
    PERIOD_STATUSES,
    ROLES,
)
from workbook_templates.books.ledger.currency_columns import ACCOUNT_CURRENCY
from workbook_templates.books.ledger.party_bank import PARTY_BANK
from workbook_templates.books.ledger.party_tax import PARTY_TAX
from workbook_templates.books.ledger.rules.chart import (
    group_and_role_fit,
    parents_make_a_tree,
    used_account_stays,
)
from workbook_templates.books.ledger.rules.currencies import account_currency_stays
from workbook_templates.books.ledger.rules.depreciation_runs import month_closes_depreciated
from workbook_templates.books.ledger.rules.parties import (
    kind_of_money_on_account_stays,
    party_is_not_in_use,
    tax_number_has_its_digits,
)
from workbook_templates.books.ledger.rules.party_tax import (
    exemption_has_its_order,
    party_numbers_can_be_right,
    withheld_stays,
)
from workbook_templates.books.ledger.rules.periods import (
    period_is_not_in_use,
    reopening_has_a_reason,
)
from workbook_templates.books.ledger.rules.waiting import nothing_waits_when_it_closes
from workbook_templates.books.ledger.terms_sheet import TERMS_COLUMN
from workbook_templates.columns import Choice, Code, Flag, Month, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

ACCOUNTS = Sheet(
    key="accounts",
    title=Words(id="Akun", en="Accounts"),
    help=Words(
        id="Bagan akun. Akun yang sudah berisi jurnal ditutup, tidak dihapus.",
        en="The chart of accounts. An account with postings is closed, not deleted.",
    ),
    unique=("code",),
    columns=(
        Code("code", Words(id="Kode", en="Code"), required=True, width=12, known_as=CODE),
        Text(
            "name",
            Words(id="Nama", en="Name"),
            required=True,
            width=36,
            known_as=NAME,
            max_length=120,
        ),
        Choice(
            "type",
            Words(id="Jenis", en="Type"),
            required=True,
            width=13,
            known_as=KIND,
            choices=TYPES_NAMED,
        ),
        Ref(
            "parent",
            Words(id="Induk", en="Parent"),
            Words(
                id="Akun di atasnya. Akun induk tidak dapat dijurnal.",
                en="The account above it. A parent account cannot be posted to.",
            ),
            width=12,
            known_as=PARENT,
            tables=("ledger.accounts",),
        ),
        Choice(
            "group",
            Words(id="Kelompok", en="Group"),
            Words(
                id="Bagian laporan keuangan tempat akun ini muncul.",
                en="The part of the statements in which the account appears.",
            ),
            width=26,
            known_as=KIND,
            choices=GROUPS_NAMED,
        ),
        Choice(
            "role",
            Words(id="Peran", en="Role"),
            Words(
                id="Kegunaan akun dalam jurnal otomatis, misalnya Piutang usaha untuk faktur.",
                en="What entries that follow from documents use it for, e.g. Trade receivables.",
            ),
            width=26,
            choices=ROLES,
        ),
        ACCOUNT_CURRENCY,
        Flag("closed", Words(id="Ditutup", en="Closed"), width=10),
    ),
    rules=(
        parents_make_a_tree,
        group_and_role_fit,
        used_account_stays,
        account_currency_stays,
    ),
    indexes=("role", "parent"),
)

PARTIES = Sheet(
    key="parties",
    title=Words(id="Mitra", en="Parties"),
    help=Words(id="Pelanggan dan pemasok.", en="Customers and suppliers."),
    unique=("code",),
    columns=(
        Code("code", Words(id="Kode", en="Code"), required=True, width=12),
        Text("name", Words(id="Nama", en="Name"), required=True, width=36, max_length=200),
        Choice("kind", Words(id="Jenis", en="Kind"), required=True, width=22, choices=PARTY_KINDS),
        Code(
            "tax_id",
            Words(id="NPWP", en="Tax number"),
            Words(id="15 atau 16 angka, sebagai teks.", en="As text, so that no digit is lost."),
            width=22,
        ),
        TERMS_COLUMN,
        *PARTY_TAX,
        *PARTY_BANK,
    ),
    rules=(
        party_is_not_in_use,
        kind_of_money_on_account_stays,
        tax_number_has_its_digits,
        party_numbers_can_be_right,
        exemption_has_its_order,
        withheld_stays,
    ),
)


def _lock(book: str, heading: Words) -> Choice:
    return Choice(
        book,
        heading,
        Words(
            id="Kunci buku ini lebih awal; kosong = seperti status periode.",
            en="Locks this book before the others; blank = as the period status.",
        ),
        width=14,
        choices=PERIOD_STATUSES,
    )


REASON = Text(
    "reason",
    Words(id="Alasan", en="Reason"),
    Words(
        id="Mengapa dibuka lagi; wajib ditulis baru setiap kali.",
        en="Why it is opened again; to be written anew each time.",
    ),
    width=40,
)
PERIODS = Sheet(
    key="periods",
    title=Words(id="Periode", en="Periods"),
    help=Words(
        id="Bulan yang ditutup tidak dapat diisi, diubah atau dikurangi lagi.",
        en="In a closed month nothing can be added, changed or taken away.",
    ),
    unique=("period",),
    strict=True,
    columns=(
        Month("period", Words(id="Periode", en="Period"), required=True, width=12),
        Choice(
            "status",
            Words(id="Status periode", en="Period status"),
            required=True,
            default="open",
            width=14,
            choices=PERIOD_STATUSES,
        ),
        _lock("inventory", Words(id="Persediaan", en="Inventory")),
        _lock("payroll", Words(id="Penggajian", en="Payroll")),
        REASON,
    ),
    rules=(
        period_is_not_in_use,
        month_closes_depreciated,
        nothing_waits_when_it_closes,
        reopening_has_a_reason,
    ),
)
