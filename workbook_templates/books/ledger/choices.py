"""The fixed choices of the ledger: account types, roles, kinds of parties and documents."""

from __future__ import annotations

from workbook_templates.columns import Option
from workbook_templates.words import Words


def _options(*choices: tuple[str, str, str]) -> tuple[Option, ...]:
    return tuple(Option(key, Words(id=id_, en=en)) for key, id_, en in choices)


ACCOUNT_TYPES = _options(
    ("asset", "Aset", "Asset"),
    ("liability", "Liabilitas", "Liability"),
    ("equity", "Ekuitas", "Equity"),
    ("income", "Pendapatan", "Income"),
    ("expense", "Beban", "Expense"),
)

# What the books look for when they post by themselves; at most one account has each.
ROLES = _options(
    ("cash", "Kas", "Cash"),
    ("bank", "Bank", "Bank"),
    ("receivable", "Piutang usaha", "Trade receivables"),
    ("payable", "Utang usaha", "Trade payables"),
    ("inventory", "Persediaan", "Inventory"),
    ("goods_received", "Barang diterima belum ditagih", "Goods received not billed"),
    ("cost_of_goods", "Beban pokok penjualan", "Cost of goods sold"),
    ("stock_adjustment", "Selisih persediaan", "Stock adjustments"),
    ("opening_balance", "Saldo awal", "Opening balances"),
    ("opening_receivables", "Saldo awal piutang", "Opening receivables"),
    ("opening_payables", "Saldo awal utang", "Opening payables"),
    ("retained_earnings", "Saldo laba", "Retained earnings"),
    ("current_earnings", "Laba tahun berjalan", "Current year earnings"),
    ("customer_deposits", "Uang muka pelanggan", "Customer deposits"),
    ("supplier_advances", "Uang muka pembelian", "Advances to suppliers"),
    ("vat_out", "PPN keluaran", "Output VAT"),
    ("vat_in", "PPN masukan", "Input VAT"),
    ("salaries", "Beban gaji", "Salaries"),
    ("bonuses", "Beban THR dan bonus", "Holiday allowance and bonuses"),
    ("overtime", "Beban lembur", "Overtime"),
    ("employer_contributions", "Beban BPJS Ketenagakerjaan", "Employer social contributions"),
    ("employer_health", "Beban BPJS Kesehatan", "Employer health insurance"),
    ("tax_allowance", "Tunjangan PPh 21", "Payroll tax borne by the employer"),
    ("employee_loans", "Piutang karyawan", "Employee loans"),
    ("salaries_payable", "Utang gaji", "Salaries payable"),
    ("tax_payable_pph21", "Utang PPh 21", "Payroll tax payable"),
    ("bpjs_payable", "Utang BPJS Ketenagakerjaan", "Social contributions payable"),
    ("bpjs_health_payable", "Utang BPJS Kesehatan", "Health insurance payable"),
    ("rounding", "Selisih pembulatan", "Rounding differences"),
    ("exchange_difference", "Selisih kurs", "Exchange differences"),
)
TYPES_OF_ROLE = {
    "asset": {
        "cash", "bank", "receivable", "inventory", "vat_in", "employee_loans", "supplier_advances",
    },
    "liability": {
        "payable", "goods_received", "vat_out", "salaries_payable", "tax_payable_pph21",
        "bpjs_payable", "bpjs_health_payable", "customer_deposits",
    },
    "equity": {
        "opening_balance", "opening_receivables", "opening_payables", "retained_earnings",
        "current_earnings",
    },
    "expense": {
        "cost_of_goods", "stock_adjustment", "salaries", "bonuses", "overtime",
        "employer_contributions", "employer_health", "tax_allowance",
    },
}  # fmt: skip
CONTROL_ROLES = ("receivable", "payable")
STOCK_ROLE = "inventory"

PARTY_KINDS = _options(
    ("customer", "Pelanggan", "Customer"),
    ("supplier", "Pemasok", "Supplier"),
    ("both", "Pelanggan dan pemasok", "Customer and supplier"),
)
SALES_KINDS = _options(
    ("invoice", "Faktur", "Invoice"),
    ("credit_note", "Nota kredit", "Credit note"),
    ("deposit", "Uang muka", "Deposit"),
)
PURCHASE_KINDS = _options(
    ("invoice", "Tagihan", "Bill"),
    ("credit_note", "Nota kredit pemasok", "Supplier credit note"),
    ("deposit", "Uang muka", "Deposit"),
)
SUPPLIES = _options(("goods", "Barang", "Goods"), ("services", "Jasa", "Services"))
DIRECTIONS = _options(("in", "Masuk", "In"), ("out", "Keluar", "Out"))
TAX_KINDS = _options(
    ("output", "Keluaran", "Output"),
    ("input", "Masukan", "Input"),
    ("withholding", "Pemotongan", "Withholding"),
)
ROUNDINGS = _options(
    ("unit", "Satuan penuh", "Whole unit"), ("cent", "Dua desimal", "Two decimals")
)
DOCUMENT_KINDS = _options(
    ("journal", "Jurnal", "Journal entry"),
    ("invoice", "Faktur penjualan", "Sales invoice"),
    ("credit_note", "Nota kredit penjualan", "Sales credit note"),
    ("bill", "Tagihan pembelian", "Purchase bill"),
    ("supplier_credit_note", "Nota kredit pemasok", "Supplier credit note"),
    ("payment_in", "Penerimaan", "Receipt of money"),
    ("payment_out", "Pembayaran keluar", "Payment made"),
)
# What a company may want approved, who may be asked, and what may be said.
APPROVAL_KINDS = DOCUMENT_KINDS  # a payment batch is approved as a payment made
APPROVER_ROLES = _options(
    ("owner", "Pemilik", "Owner"),
    ("controller", "Pengawas pembukuan", "Controller"),
    ("accountant", "Akuntan", "Accountant"),
)
APPROVAL_LEVELS = _options(("first", "Pertama", "First"), ("second", "Kedua", "Second"))
DECISIONS = _options(("approve", "Setuju", "Approve"), ("reject", "Tolak", "Reject"))
REQUEST_STATES = _options(("waiting", "Menunggu", "Waiting"), ("rejected", "Ditolak", "Rejected"))
# What sets an entry apart; most are blank. The worksheet shows adjustments on their own, and the
# income statement leaves out what closes a year.
ENTRY_KINDS = _options(("adjusting", "Penyesuaian", "Adjusting"), ("closing", "Penutup", "Closing"))
OPENING_KINDS = _options(
    ("balances", "Neraca saldo", "Trial balance"),
    ("receivables", "Piutang", "Receivables"),
    ("payables", "Utang", "Payables"),
)
PERIOD_STATUSES = _options(
    ("open", "Terbuka", "Open"), ("held", "Ditahan", "On hold"), ("closed", "Ditutup", "Closed")
)
YEAR_STATUSES = _options(
    ("opening", "Saldo awal", "Opening balances"),
    ("open", "Berjalan", "Under way"),
    ("closed", "Ditutup", "Closed"),
)


def words_of(options: tuple[Option, ...], key: str) -> Words:
    """The words of a choice by its key; raises KeyError."""
    return {option.key: option.words for option in options}[key]
