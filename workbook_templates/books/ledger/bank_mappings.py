"""How each bank writes its statements, and what texts on them mean: both are kept as rows."""

from __future__ import annotations

from workbook_templates.books.ledger.rules.bank_mappings import (
    mapping_names_its_columns,
    mapping_writes_dates,
    text_means_one_account,
)
from workbook_templates.columns import Choice, Code, Integer, Option, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

DECIMALS = (
    Option("comma", Words(id="Koma (1.250,00)", en="Comma (1.250,00)")),
    Option("point", Words(id="Titik (1,250.00)", en="Point (1,250.00)")),
)


def _heading(key: str, heading: Words, help_: Words | None = None) -> Text:
    return Text(key, heading, help_, width=22, max_length=120)


BANK_MAPPINGS = Sheet(
    key="bank_mappings",
    title=Words(id="Format Bank", en="Bank Formats"),
    help=Words(
        id="Satu baris per rekening: judul kolom pada berkas CSV atau XLSX dari bank. "
        "`lajur bank-import` mengusulkan isinya; di sini dapat diperbaiki.",
        en="One row for each bank account: the headings of the bank's CSV or XLSX file. "
        "`lajur bank-import` proposes them; mend them here.",
    ),
    unique=("bank",),
    columns=(
        Code("bank", Words(id="Bank", en="Bank"), required=True, width=12, max_length=20),
        Ref(
            "account",
            Words(id="Akun", en="Account"),
            Words(id="Akun bank di pembukuan.", en="The bank's account in the books."),
            required=True,
            width=12,
            tables=("ledger.accounts",),
        ),
        Code(
            "number",
            Words(id="No. rekening", en="Account number"),
            Words(
                id="Dengan ini berkas MT940 dan OFX menemukan akunnya sendiri.",
                en="By it MT940 and OFX files find their account by themselves.",
            ),
            width=20,
        ),
        _heading(
            "date_heading",
            Words(id="Judul tanggal", en="Date heading"),
            Words(
                id="Berkas tanpa judul: #1 untuk kolom pertama, #2 kedua, dan seterusnya.",
                en="A file without headings: #1 is the first column, #2 the second, and so on.",
            ),
        ),
        _heading("description_heading", Words(id="Judul uraian", en="Description heading")),
        _heading(
            "amount_heading",
            Words(id="Judul jumlah", en="Amount heading"),
            Words(
                id="Satu kolom jumlah, dengan tanda minus atau DB/CR; atau isi debet dan kredit.",
                en="One column of amounts, with minus signs or DB/CR; or give debit and credit.",
            ),
        ),
        _heading("debit_heading", Words(id="Judul debet (keluar)", en="Debit heading (out)")),
        _heading("credit_heading", Words(id="Judul kredit (masuk)", en="Credit heading (in)")),
        _heading(
            "sign_heading",
            Words(id="Judul DB/CR", en="DB/CR heading"),
            Words(
                id="Kolom yang berisi DB atau CR; kosong = di sel jumlah atau di kanannya.",
                en="The column with DB or CR; blank = in the amount's cell or right of it.",
            ),
        ),
        _heading("balance_heading", Words(id="Judul saldo", en="Balance heading")),
        _heading("reference_heading", Words(id="Judul referensi", en="Reference heading")),
        Text(
            "date_format",
            Words(id="Format tanggal", en="Date format"),
            Words(
                id="Misalnya dd/mm/yyyy, dd-mmm-yy, yyyymmdd; dd/mm mengambil tahun dari berkas.",
                en="Such as dd/mm/yyyy, dd-mmm-yy, yyyymmdd; dd/mm takes the year of the file.",
            ),
            default="dd/mm/yyyy",
            width=16,
            max_length=20,
        ),
        Choice(
            "decimal",
            Words(id="Tanda desimal", en="Decimal sign"),
            default="comma",
            width=18,
            choices=DECIMALS,
        ),
        Integer(
            "skip",
            Words(id="Baris dilewati", en="Lines to skip"),
            Words(
                id="Baris sebelum judul; kosong = judulnya dicari.",
                en="Lines before the headings; blank = they are looked for.",
            ),
            width=14,
            minimum=0,
        ),
    ),
    rules=(mapping_names_its_columns, mapping_writes_dates),
)

BANK_TEXTS = Sheet(
    key="bank_texts",
    title=Words(id="Teks Bank", en="Bank Texts"),
    help=Words(
        id="Akun lawan untuk mutasi yang uraiannya memuat suatu teks, misalnya BIAYA ADM.",
        en="The other account of bank lines whose description holds a text, such as BIAYA ADM.",
    ),
    unique=("text",),
    columns=(
        Text(
            "text",
            Words(id="Teks", en="Text"),
            Words(
                id="Huruf besar atau kecil sama saja; * berarti semua yang lain.",
                en="In capitals or not; * means whatever is left.",
            ),
            required=True,
            width=30,
            max_length=120,
        ),
        Ref(
            "account",
            Words(id="Akun lawan", en="Other account"),
            required=True,
            width=12,
            tables=("ledger.accounts",),
        ),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
    ),
    rules=(text_means_one_account,),
)
