"""The sheet of the company's own tax registration: its numbers and regime, from a day on."""

from __future__ import annotations

from workbook_templates.books.ledger.rules.tax_registration import own_numbers_can_be_right
from workbook_templates.columns import Choice, Code, Date, Flag
from workbook_templates.columns.choice import Option
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

REGIMES = (
    Option("general", Words(id="Umum", en="General")),
    Option("turnover_person", Words(id="Final atas omzet, orang pribadi", en="Turnover, person")),
    Option("turnover_entity", Words(id="Final atas omzet, badan", en="Turnover, enterprise")),
)
TAX_REGISTRATION = Sheet(
    key="tax_registration",
    title=Words(id="Data Pajak", en="Tax Registration"),
    help=Words(
        id="Nomor pajak perusahaan sendiri; perubahan adalah baris baru dengan tanggalnya.",
        en="The company's own tax numbers; a change is a new row with its date.",
    ),
    unique=("from",),
    columns=(
        Date("from", Words(id="Sejak", en="Since"), required=True, width=12),
        Code(
            "tax_id",
            Words(id="NPWP", en="Tax number"),
            Words(id="16 angka, sebagai teks.", en="As text, so that no digit is lost."),
            required=True,
            width=22,
        ),
        Code(
            "tax_place",
            Words(id="NITKU", en="Place of business"),
            Words(
                id="22 angka; kosong = kantor pusat (NPWP dan 000000).",
                en="The number of the place of business; blank = the head office.",
            ),
            width=25,
        ),
        Flag("vat", Words(id="PKP", en="Registered for VAT"), width=12),
        Flag(
            "deposits_apart",
            Words(id="Uang muka terpisah", en="Deposits apart"),
            Words(
                id="Ya = faktur pajak uang muka dan pelunasannya dibuat langsung di sistem kantor "
                "pajak, tidak ikut dalam berkas.",
                en="Yes = tax invoices of deposits and of what settles them are made in the tax "
                "office's own system and left out of the file.",
            ),
            width=14,
        ),
        Choice(
            "regime",
            Words(id="PPh badan atau usaha", en="Income tax"),
            Words(
                id="Kosong = umum. Final atas omzet: tarif UMKM menurut peraturannya.",
                en="Blank = general. Turnover: the final tax of small businesses.",
            ),
            width=30,
            choices=REGIMES,
        ),
    ),
    rules=(own_numbers_can_be_right,),
)
