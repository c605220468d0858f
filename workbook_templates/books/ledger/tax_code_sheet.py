"""The sheet of tax codes: dated rates, and how each is charged, credited or withheld."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.choices import ROUNDINGS, TAX_KINDS
from workbook_templates.books.ledger.rules.postable import (
    accounts_can_be_posted,
    stock_account_follows,
)
from workbook_templates.books.ledger.rules.tax_codes import (
    base_fraction_is_a_part,
    chain_ends,
    columns_fit_the_kind,
    dates_do_not_overlap,
    used_tax_code_stays,
)
from workbook_templates.columns import Choice, Code, Column, Date, Flag, Money, Percent, Ref, Text
from workbook_templates.columns.choice import Option
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE, WHOLE = Decimal(0), Decimal(100)
TREATMENTS = (
    Option("charged", Words(id="Dipungut", en="Charged")),
    Option("by_buyer", Words(id="Dipungut pembeli", en="Collected by the buyer")),
    Option("not_collected", Words(id="Tidak dipungut", en="Not collected")),
    Option("exempt", Words(id="Dibebaskan", en="Exempt")),
)
BASES = (
    Option("price", Words(id="Harga", en="Price")),
    Option("first_tax", Words(id="Pajak pertama", en="First tax")),
    Option("sum", Words(id="Harga dan pajak sebelumnya", en="Price and taxes before")),
)
ROUNDED_PER = (
    Option("document", Words(id="Dokumen", en="Document")),
    Option("line", Words(id="Baris", en="Line")),
)
CHARGING: tuple[Column, ...] = (
    Flag(
        "included",
        Words(id="Harga termasuk pajak", en="Prices include it"),
        Words(
            id="Ya = harga satuan sudah termasuk pajak ini.",
            en="Yes = unit prices already hold this tax.",
        ),
        width=12,
    ),
    Choice(
        "treatment",
        Words(id="Perlakuan", en="Treatment"),
        Words(
            id="Selain Dipungut: dilaporkan, tetapi tidak ditagih.",
            en="Other than Charged: stated in the return, but not charged.",
        ),
        width=20,
        choices=TREATMENTS,
    ),
    Percent(
        "creditable",
        Words(id="Dapat dikreditkan %", en="Creditable %"),
        Words(
            id="Bagian pajak masukan yang dikreditkan; sisanya menjadi biaya. Kosong = semua.",
            en="The part of input tax that is credited; the rest is a cost. Blank = all.",
        ),
        width=12,
        minimum=NONE,
    ),
    Choice(
        "rounded_per",
        Words(id="Dibulatkan per", en="Rounded per"),
        Words(id="Kosong = dokumen.", en="Blank = document."),
        width=13,
        choices=ROUNDED_PER,
    ),
    Ref(
        "further",
        Words(id="Pajak berikut", en="Further tax"),
        Words(
            id="Kode lain yang ikut dikenakan pada baris yang sama, misalnya PPnBM.",
            en="Another code that is charged on the same line too.",
        ),
        width=16,
        tables=("ledger.tax_codes",),
    ),
    Choice(
        "basis",
        Words(id="Dihitung atas", en="Computed on"),
        Words(
            id="Untuk pajak berikut: atas apa dihitung. Kosong = harga.",
            en="Of a further tax: what it is computed on. Blank = the price.",
        ),
        width=24,
        choices=BASES,
    ),
    Code(
        "official_code",
        Words(id="Kode resmi", en="Official code"),
        Words(
            id="Kode transaksi faktur (04) atau kode objek pajak (24-104-03).",
            en="The code that the tax office knows: of the transaction, or of what is taxed.",
        ),
        width=14,
    ),
    Code(
        "facility",
        Words(id="Kode fasilitas", en="Facility code"),
        Words(
            id="Keterangan fasilitas untuk kode 07 dan 08, misalnya TD.00501.",
            en="Why tax is not collected or exempt, as the tax office codes it.",
        ),
        width=14,
    ),
)
KEEPING_BACK: tuple[Column, ...] = (
    Percent(
        "without_tax_id",
        Words(id="Tambahan tanpa NPWP %", en="More without tax number %"),
        Words(
            id="Kenaikan tarif pemotongan bagi mitra tanpa NPWP; 100 = dua kali lipat.",
            en="How much more is withheld of a party without a tax number; 100 = twice.",
        ),
        width=13,
        minimum=NONE,
    ),
    Money(
        "threshold",
        Words(id="Ambang dokumen", en="Threshold of a document"),
        Words(
            id="Di bawah jumlah ini satu dokumen tidak dipotong.",
            en="Nothing is withheld of a document below this amount.",
        ),
        width=16,
        minimum=NONE,
    ),
    Money(
        "yearly_threshold",
        Words(id="Ambang setahun", en="Threshold of a year"),
        Words(
            id="Pemotongan dimulai saat pembelian dari satu pemasok dalam setahun mencapainya.",
            en="Withholding begins when the purchases of one supplier in a year reach it.",
        ),
        width=16,
        minimum=NONE,
    ),
    Flag(
        "on_excess",
        Words(id="Hanya atas kelebihan", en="On the excess only"),
        Words(
            id="Ya = hanya bagian di atas ambang setahun yang dipotong.",
            en="Yes = only what is above the year's threshold is taxed.",
        ),
        width=12,
    ),
)

TAX_CODES = Sheet(
    key="tax_codes",
    title=Words(id="Kode Pajak", en="Tax Codes"),
    help=Words(
        id="Satu baris untuk setiap masa berlaku. Tarif baru adalah baris baru, bukan perubahan.",
        en="One row for each span of dates. A new rate is a new row, not a change.",
    ),
    group_by="code",
    columns=(
        Code("code", Words(id="Kode", en="Code"), required=True, width=18),
        Text("name", Words(id="Nama", en="Name"), required=True, head=True, width=36),
        Choice("kind", Words(id="Jenis", en="Kind"), required=True, width=14, choices=TAX_KINDS),
        Percent("rate", Words(id="Tarif %", en="Rate %"), required=True, width=9, minimum=-WHOLE),
        Text(
            "base_fraction",
            Words(id="Bagian harga", en="Taxed part"),
            Words(
                id="Bagian harga yang menjadi dasar pengenaan pajak, misalnya 11/12.",
                en="The part of the price that is taxed, for example 11/12.",
            ),
            default="1/1",
            width=12,
            max_length=20,
        ),
        Ref(
            "account",
            Words(id="Akun", en="Account"),
            required=True,
            width=12,
            tables=("ledger.accounts",),
        ),
        Date("from", Words(id="Dari", en="From"), required=True, width=12),
        Date("to", Words(id="Sampai", en="To"), width=12),
        Choice(
            "rounding",
            Words(id="Pembulatan", en="Rounding"),
            default="unit",
            width=16,
            choices=ROUNDINGS,
        ),
        *CHARGING,
        *KEEPING_BACK,
    ),
    rules=(
        base_fraction_is_a_part,
        dates_do_not_overlap,
        columns_fit_the_kind,
        chain_ends,
        accounts_can_be_posted,
        stock_account_follows,
        used_tax_code_stays,
    ),
    indexes=("account",),
    families=(("from", "to"),),
)
