"""The report of tax invoices, and its file for Coretax."""

from __future__ import annotations

from workbook_templates.books.ledger.choices import SUPPLIES
from workbook_templates.books.ledger.deposits import DEPOSIT
from workbook_templates.books.ledger.party_tax import IDENTITIES
from workbook_templates.books.ledger.reports.tax_invoices import tax_invoice_rows, tax_invoices_file
from workbook_templates.books.ledger.reports.tax_settlements import INVOICE, SETTLEMENT
from workbook_templates.columns import (
    Choice,
    Code,
    Date,
    Money,
    Option,
    Percent,
    Quantity,
    Rate,
    Text,
)
from workbook_templates.report_files import ReportFile
from workbook_templates.schema import Report
from workbook_templates.words import Words

TAX_INVOICE_KINDS = (
    Option(INVOICE, Words(id="Faktur", en="Invoice")),
    Option(DEPOSIT, Words(id="Uang muka", en="Deposit")),
    Option(SETTLEMENT, Words(id="Pelunasan", en="Settlement")),
)
CORETAX_EFAKTUR = Report(
    key="coretax_efaktur",
    title=Words(id="e-Faktur Keluaran", en="Tax Invoices"),
    help=Words(
        id="Baris faktur pajak keluaran suatu masa; berkas .xml untuk diunggah ke Coretax. Nomor "
        "faktur diberikan DJP saat diunggah.",
        en="The lines of a period's tax invoices; an .xml file to upload to Coretax. The tax "
        "office gives their numbers on upload.",
    ),
    columns=(
        Text("problem", Words(id="Belum lengkap", en="Missing"), width=44),
        Text(
            "by_hand",
            Words(id="Dibuat di luar berkas", en="Made without the file"),
            width=44,
        ),
        Code("invoice", Words(id="Faktur", en="Invoice"), width=16),
        Choice("kind", Words(id="Jenis", en="Kind"), width=12, choices=TAX_INVOICE_KINDS),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Code("official", Words(id="Kode transaksi", en="Transaction code"), width=10),
        Code("facility", Words(id="Kode fasilitas", en="Facility code"), width=12),
        Code("seller_tin", Words(id="NPWP penjual", en="Seller's tax number"), width=20),
        Code("seller_place", Words(id="NITKU penjual", en="Seller's place"), width=24),
        Code("party", Words(id="Pelanggan", en="Customer"), width=12),
        Text("name", Words(id="Nama", en="Name"), width=28),
        Code("tax_id", Words(id="NPWP", en="Tax number"), width=20),
        Code("tax_place", Words(id="NITKU", en="Place of business"), width=24),
        Choice(
            "identity_kind",
            Words(id="Jenis identitas", en="Kind of identity"),
            width=16,
            choices=IDENTITIES,
        ),
        Code("identity", Words(id="No. identitas", en="Identity number"), width=20),
        Code("country", Words(id="Negara", en="Country"), width=8),
        Text("address", Words(id="Alamat", en="Address"), width=34),
        Text("email", Words(id="Surel", en="Email"), width=22),
        Choice("supply", Words(id="Barang/jasa", en="Supply"), width=12, choices=SUPPLIES),
        Text("description", Words(id="Uraian", en="Description"), width=30),
        Code("unit", Words(id="Satuan", en="Unit"), width=10),
        Rate("price", Words(id="Harga satuan", en="Unit price"), width=16),
        Quantity("qty", Words(id="Kuantitas", en="Quantity"), width=11),
        Money("discount", Words(id="Diskon", en="Discount"), width=14),
        Money("base", Words(id="DPP", en="Base"), width=18),
        Money("taxed_base", Words(id="DPP nilai lain", en="Taxed base"), width=18),
        Percent("rate", Words(id="Tarif %", en="Rate %"), width=8),
        Money("tax", Words(id="PPN", en="VAT"), width=16),
        Percent("luxury_rate", Words(id="Tarif PPnBM %", en="Luxury rate %"), width=10),
        Money("luxury_tax", Words(id="PPnBM", en="Luxury tax"), width=14),
    ),
    build=tax_invoice_rows,
    spans="period",
    sums=("base", "taxed_base", "tax", "luxury_tax"),
    file=ReportFile("xml", "application/xml", tax_invoices_file),
)
