"""Fixed assets, their categories, and the month-end runs that depreciate them."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.asset_choices import (
    COUNTED,
    DISPOSALS,
    FISCAL_METHODS,
    METHODS,
)
from workbook_templates.books.ledger.assets import disposal_entry, runs_of, runs_of_category
from workbook_templates.books.ledger.depreciation_runs import disposed_after, run_entries
from workbook_templates.books.ledger.rules.asset_categories import (
    category_accounts_can_be_posted,
    category_in_use_stays,
    category_terms_are_whole,
    settled_months_of_its_assets_stay,
)
from workbook_templates.books.ledger.rules.assets import (
    amounts_fit,
    asset_terms_are_whole,
    asset_with_parts_stays,
    fiscal_group_is_known,
    in_use_once_acquired,
    life_is_countable,
    parts_fit_the_whole,
    rest_has_months_left,
    settled_depreciation_stays,
)
from workbook_templates.books.ledger.rules.depreciation_runs import run_is_in_an_open_month
from workbook_templates.books.ledger.rules.disposals import (
    disposal_is_in_an_open_month,
    disposal_is_whole,
    proceeds_account_can_be_posted,
)
from workbook_templates.columns import (
    Choice,
    Code,
    Date,
    Integer,
    Money,
    Month,
    Percent,
    Ref,
    Text,
)
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
AS_CATEGORY = Words(id="Kosong = seperti kategorinya.", en="Blank = as its category.")


def _account(key: str, heading: Words, help: Words, required: bool = False) -> Ref:
    return Ref(key, heading, help, required=required, width=13, tables=("ledger.accounts",))


def _life(help: Words) -> Integer:
    return Integer("life", Words(id="Umur (bulan)", en="Life (months)"), help, width=12, minimum=1)


def _rate(help: Words) -> Percent:
    heading = Words(id="Tarif % per tahun", en="Rate % a year")
    return Percent("rate", heading, help, width=12, minimum=NONE)


def _fiscal_group(help: Words) -> Code:
    heading = Words(id="Kelompok fiskal", en="Fiscal group")
    return Code("fiscal_group", heading, help, width=13, max_length=10)


ASSET_CATEGORIES = Sheet(
    key="asset_categories",
    title=Words(id="Kategori Aset", en="Asset Categories"),
    help=Words(
        id="Akun dan cara penyusutan untuk aset sejenis. Tanpa umur berarti tidak disusutkan, "
        "misalnya tanah.",
        en="Accounts and depreciation of assets of a kind. Without a life they are not "
        "depreciated, as land is.",
    ),
    unique=("category",),
    columns=(
        Code("category", Words(id="Kategori", en="Category"), required=True, width=16),
        Text("name", Words(id="Nama", en="Name"), width=28, max_length=120),
        _account(
            "asset_account",
            Words(id="Akun aset", en="Asset account"),
            Words(id="Akun harga perolehan.", en="The account of what the assets cost."),
            required=True,
        ),
        _account(
            "accumulated_account",
            Words(id="Akun akumulasi", en="Accumulated account"),
            Words(id="Akun akumulasi penyusutan.", en="The account of accumulated depreciation."),
        ),
        _account(
            "expense_account",
            Words(id="Akun beban", en="Expense account"),
            Words(id="Akun beban penyusutan.", en="The account of depreciation expense."),
        ),
        _account(
            "disposal_account",
            Words(id="Akun laba (rugi) pelepasan", en="Disposal account"),
            Words(
                id="Laba atau rugi bila aset dijual atau dihapus.",
                en="Gain or loss when assets are sold or scrapped.",
            ),
        ),
        Choice(
            "method", Words(id="Metode", en="Method"), default="straight_line", width=22,
            choices=METHODS,
        ),
        _life(Words(id="Kosong = tidak disusutkan.", en="Blank = not depreciated.")),
        _rate(
            Words(
                id="Hanya untuk saldo menurun; saldo menurun ganda menghitungnya dari umur.",
                en="For a declining balance only; a double declining one follows from the life.",
            )
        ),
        Choice(
            "counted",
            Words(id="Dihitung", en="Counted"),
            Words(
                id="Bulan penuh: bulan dihitung bila aset dipakai pada hari terakhirnya.",
                en="Whole months: a month counts when the asset is in use on its last day.",
            ),
            default="month",
            width=14,
            choices=COUNTED,
        ),
        _fiscal_group(
            Words(
                id="Kelompok menurut undang-undang pajak: 1, 2, 3, 4, P (bangunan permanen) atau "
                "NP (tidak permanen).",
                en="The group of the tax law; in Indonesia 1, 2, 3, 4, P (permanent buildings) or "
                "NP (others).",
            )
        ),
        Choice(
            "fiscal_method",
            Words(id="Metode fiskal", en="Fiscal method"),
            default="straight_line",
            width=18,
            choices=FISCAL_METHODS,
        ),
    ),
    rules=(
        category_accounts_can_be_posted,
        category_terms_are_whole,
        life_is_countable,
        category_in_use_stays,
        settled_months_of_its_assets_stay,
    ),
    refreshes=runs_of_category,
)  # fmt: skip

ASSETS = Sheet(
    key="assets",
    title=Words(id="Aset Tetap", en="Fixed Assets"),
    help=Words(
        id="Daftar aset. Perolehannya dijurnal oleh tagihan atau jurnal; penyusutannya oleh lembar "
        "Penyusutan Bulanan.",
        en="The register. What was bought is posted by a bill or an entry, depreciation by the "
        "sheet Depreciation Runs.",
    ),
    unique=("asset",),
    columns=(
        Code("asset", Words(id="Kode aset", en="Asset"), required=True, width=14),
        Text("name", Words(id="Nama", en="Name"), required=True, width=32, max_length=200),
        Ref(
            "category",
            Words(id="Kategori", en="Category"),
            required=True,
            width=16,
            tables=("ledger.asset_categories",),
        ),
        Date("acquired", Words(id="Diperoleh", en="Acquired"), required=True, width=12),
        Money(
            "cost", Words(id="Harga perolehan", en="Cost"), required=True, minimum=NONE, width=18
        ),
        Date(
            "in_use",
            Words(id="Dipakai sejak", en="In use from"),
            Words(
                id="Awal penyusutan; kosong = sejak diperoleh.",
                en="Where depreciation begins; blank = when it was acquired.",
            ),
            width=12,
        ),
        Money("residual", Words(id="Nilai sisa", en="Residual value"), minimum=NONE, width=16),
        _life(AS_CATEGORY),
        Choice("method", Words(id="Metode", en="Method"), AS_CATEGORY, width=22, choices=METHODS),
        _rate(AS_CATEGORY),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
        _fiscal_group(AS_CATEGORY),
        Code(
            "document",
            Words(id="Dokumen", en="Document"),
            Words(id="Tagihan atau jurnal perolehannya.", en="The bill or entry of its purchase."),
            width=16,
        ),
        Money(
            "accumulated",
            Words(id="Akumulasi saat diambil alih", en="Accumulated when taken over"),
            Words(
                id="Untuk aset lama: akumulasi penyusutan sampai dengan bulan di sebelahnya.",
                en="For older assets: what was depreciated up to the month beside it.",
            ),
            minimum=NONE,
            width=18,
        ),
        Month(
            "accumulated_until",
            Words(id="Sampai dengan bulan", en="Up to the month"),
            width=14,
        ),
        Ref(
            "split_from",
            Words(id="Dipisahkan dari", en="Split from"),
            Words(
                id="Aset asal; harga di baris ini keluar dari sana, penyusutannya ikut.",
                en="The asset it was a part of; its cost comes out of there with its depreciation.",
            ),
            width=14,
            tables=("ledger.assets",),
        ),
        Date("disposed_on", Words(id="Dilepas pada", en="Disposed on"), width=12),
        Choice("disposal", Words(id="Pelepasan", en="Disposal"), width=20, choices=DISPOSALS),
        Money("proceeds", Words(id="Hasil penjualan", en="Proceeds"), minimum=NONE, width=16),
        _account(
            "proceeds_account",
            Words(id="Akun hasil", en="Proceeds to"),
            Words(
                id="Kas atau bank yang menerima. Kosong = lewat faktur ke akun laba (rugi) "
                "pelepasan.",
                en="The cash or bank account that got it. Blank = by an invoice to the disposal "
                "account.",
            ),
        ),
    ),
    families=(("disposed_on", "disposal", "proceeds", "proceeds_account"),),
    rules=(
        amounts_fit,
        in_use_once_acquired,
        asset_terms_are_whole,
        life_is_countable,
        rest_has_months_left,
        fiscal_group_is_known,
        parts_fit_the_whole,
        asset_with_parts_stays,
        disposal_is_whole,
        proceeds_account_can_be_posted,
        disposal_is_in_an_open_month,
        settled_depreciation_stays,
    ),
    indexes=("category", "split_from"),
    proposes=disposal_entry,
    refreshes=runs_of,
)

DEPRECIATION_RUNS = Sheet(
    key="depreciation_runs",
    title=Words(id="Penyusutan Bulanan", en="Depreciation Runs"),
    help=Words(
        id="Satu baris per bulan membuat jurnal penyusutan dan pengakuan beban atau pendapatan "
        "ditangguhkan bulan itu. Bulan ditutup sesudahnya.",
        en="One row a month makes the entries of its depreciation and of what was deferred. Close "
        "the month after it.",
    ),
    unique=("period",),
    columns=(
        Month("period", Words(id="Bulan", en="Month"), required=True, width=12),
        Text("note", Words(id="Catatan", en="Note"), width=40),
    ),
    rules=(run_is_in_an_open_month,),
    proposes=run_entries,
    refreshes=disposed_after,
)
