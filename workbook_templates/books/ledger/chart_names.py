"""What other programs call the kinds of accounts: Accurate, Jurnal, MYOB, Zahir, Odoo, Xero."""

from __future__ import annotations

from dataclasses import replace

from workbook_templates.books.ledger.choices import ACCOUNT_TYPES
from workbook_templates.books.ledger.groups import ALL_GROUPS, GROUPS
from workbook_templates.columns import Option

# The headings above a code, a name, a kind.
CODE = (
    "No Akun", "No. Akun", "Nomor Akun", "Kode Akun", "Kode Perkiraan", "No. Perkiraan",
    "No Perkiraan", "Kode Rekening", "No. Rekening", "Account No", "Account No.", "Account Number",
    "Account Code", "Account #",
)  # fmt: skip
NAME = ("Nama Akun", "Nama Perkiraan", "Nama Rekening", "Account Name", "Account")
KIND = (
    "Tipe", "Tipe Akun", "Tipe Perkiraan", "Jenis Akun", "Kategori", "Kategori Akun", "Klasifikasi",
    "Account Type", "Account Category", "Category", "Classification", "Kind",
)  # fmt: skip
PARENT = (
    "Akun Induk", "Induk Akun", "Sub Akun Dari", "Sub-akun dari", "Akun Header", "Header",
    "Parent Account", "Parent Code", "Subaccount Of", "Sub Account Of",
)  # fmt: skip

# A kind of account says the group where it is that fine; "Beban" alone says only the type.
OF_GROUP = {
    "cash": (
        "Kas & Bank", "Kas/Bank", "Kas dan Bank", "Kas", "Bank", "Cash & Bank", "Cash/Bank",
        "Cash and Bank", "Bank and Cash", "Cash",
    ),
    "current_asset": (
        "Piutang", "Piutang Usaha", "Akun Piutang", "Account Receivable", "Accounts Receivable",
        "Accounts Receivable (A/R)", "Receivable", "Persediaan", "Inventory", "Aktiva Lancar",
        "Harta Lancar", "Aktiva Lancar Lainnya", "Aset Lancar Lainnya", "Aset Lancar Lain",
        "Other Current Asset", "Other Current Assets", "Current Asset", "Prepayment", "Prepayments",
        "Biaya Dibayar di Muka", "Beban Dibayar di Muka",
    ),
    "fixed_asset": (
        "Aktiva Tetap", "Aset Tetap", "Harta Tetap", "Fixed Asset", "Fixed Assets",
        "Akumulasi Penyusutan", "Accumulated Depreciation", "Depresiasi & Amortisasi",
        "Depreciation & Amortization", "Aktiva Lainnya", "Aset Lainnya", "Other Asset",
        "Other Assets", "Non-current Asset", "Aktiva Tidak Lancar",
    ),
    "current_liability": (
        "Utang Usaha", "Hutang Usaha", "Akun Hutang", "Akun Utang", "Account Payable",
        "Accounts Payable", "Accounts Payable (A/P)", "Payable", "Hutang Lancar", "Utang Lancar",
        "Kewajiban Lancar", "Kewajiban Lancar Lainnya", "Hutang Lancar Lainnya",
        "Utang Lancar Lainnya", "Liabilitas Jangka Pendek Lainnya", "Kewajiban Jangka Pendek",
        "Hutang Jangka Pendek", "Other Current Liability", "Other Current Liabilities",
        "Current Liability", "Kartu Kredit", "Credit Card",
    ),
    "long_term_liability": (
        "Kewajiban Jangka Panjang", "Hutang Jangka Panjang", "Utang Jangka Panjang",
        "Long Term Liability", "Long Term Liabilities", "Long-term Liability",
        "Long-term Liabilities", "Non-current Liability",
    ),
    "equity": ("Modal", "Current Year Earnings", "Laba Ditahan", "Retained Earnings"),
    "revenue": ("Penjualan", "Pendapatan Usaha", "Pendapatan Operasional", "Sales"),
    "cost_of_sales": (
        "Harga Pokok Penjualan", "HPP", "Harga Pokok Produksi", "Beban Pokok Pendapatan",
        "Biaya Atas Pendapatan", "Cost of Goods Sold", "COGS", "Cost of Revenue", "Direct Costs",
    ),
    "operating_expense": (
        "Beban Operasional", "Biaya Operasional", "Biaya Usaha", "Operating Expense", "Overhead",
        "Depreciation", "Beban Penyusutan",
    ),
    "other_income": (
        "Pendapatan Lainnya", "Pendapatan Lain", "Pendapatan di Luar Usaha", "Pendapatan Non Usaha",
    ),
    "other_expense": (
        "Beban Lainnya", "Beban Lain", "Biaya Lainnya", "Biaya Lain-lain", "Biaya di Luar Usaha",
        "Beban Non Usaha", "Other Expense",
    ),
    "income_tax": ("Beban Pajak", "Pajak Penghasilan", "Income Tax"),
}  # fmt: skip
OF_TYPE = {
    "asset": ("Aktiva", "Harta", "Assets"),
    "liability": ("Kewajiban", "Hutang", "Utang", "Liabilities"),
    "equity": (),
    "income": ("Revenue", "Revenues", "Penghasilan"),
    "expense": ("Biaya", "Expenses"),
}


def _named() -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    types = {option.key: list(OF_TYPE[option.key]) for option in ACCOUNT_TYPES}
    for group in ALL_GROUPS:
        types[group.type] += [*group.words.all().values(), *OF_GROUP.get(group.key, ())]
    return (
        tuple(replace(option, aliases=tuple(types[option.key])) for option in ACCOUNT_TYPES),
        tuple(replace(option, aliases=OF_GROUP.get(option.key, ())) for option in GROUPS),
    )


TYPES_NAMED, GROUPS_NAMED = _named()
