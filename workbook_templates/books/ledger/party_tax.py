"""The columns of a party that taxes ask for: numbers, address, a certificate of exemption."""

from __future__ import annotations

from workbook_templates.columns import Choice, Code, Column, Date, Text
from workbook_templates.columns.choice import Option
from workbook_templates.words import Words

IDENTITIES = (
    Option("national_id", Words(id="NIK", en="National identity number")),
    Option("passport", Words(id="Paspor", en="Passport")),
    Option("other", Words(id="Identitas lain", en="Other identity")),
)
PARTY_TAX: tuple[Column, ...] = (
    Date(
        "tax_id_from",
        Words(id="NPWP diterima", en="Tax number since"),
        Words(
            id="Sejak kapan NPWP diketahui; kosong = sejak awal. Sebelumnya dipotong lebih tinggi.",
            en="Since when the number is known; blank = always. Before, more is withheld.",
        ),
        width=13,
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
    Choice(
        "identity_kind",
        Words(id="Jenis identitas", en="Kind of identity"),
        Words(id="Bagi mitra tanpa NPWP.", en="Of a party without a tax number."),
        width=16,
        choices=IDENTITIES,
    ),
    Code("identity", Words(id="No. identitas", en="Identity number"), width=22),
    Code(
        "country",
        Words(id="Negara", en="Country"),
        Words(id="Tiga huruf; kosong = IDN.", en="Three letters; blank = your own."),
        width=9,
        max_length=3,
    ),
    Text("address", Words(id="Alamat", en="Address"), width=40, max_length=300),
    Text("email", Words(id="Surel", en="Email"), width=26, max_length=120),
    Code(
        "exempt_no",
        Words(id="No. surat bebas", en="Exemption number"),
        Words(
            id="Surat keterangan bebas pemotongan (SKB); selama berlaku tidak dipotong.",
            en="The certificate of exemption; while it holds nothing is withheld.",
        ),
        width=20,
    ),
    Date("exempt_from", Words(id="Bebas sejak", en="Exempt from"), width=12),
    Date("exempt_to", Words(id="Bebas sampai", en="Exempt until"), width=12),
)
