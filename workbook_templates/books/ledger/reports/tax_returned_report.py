"""The report of returned goods, and its file for Coretax."""

from __future__ import annotations

from workbook_templates.books.ledger.reports.tax_returned import (
    BOUGHT,
    SOLD,
    tax_return_rows,
    tax_returns_file,
)
from workbook_templates.columns import Choice, Code, Date, Money, Option, Quantity, Rate, Text
from workbook_templates.report_files import ReportFile
from workbook_templates.schema import Report
from workbook_templates.words import Words

SIDES = (
    Option(BOUGHT, Words(id="Kita meretur", en="We return")),
    Option(SOLD, Words(id="Pelanggan meretur", en="Customers return")),
)
CORETAX_RETUR = Report(
    key="coretax_retur",
    title=Words(id="Retur Faktur Pajak", en="Returned Tax Invoices"),
    help=Words(
        id="Nota kredit ber-PPN suatu masa; berkas .xml untuk retur pajak masukan di Coretax.",
        en="A period's credit notes with VAT; an .xml file of returns to suppliers for Coretax.",
    ),
    columns=(
        Text("problem", Words(id="Belum lengkap", en="Missing"), width=44),
        Text("by_hand", Words(id="Dibuat di luar berkas", en="Made without the file"), width=44),
        Choice("side", Words(id="Pihak", en="Side"), width=18, choices=SIDES),
        Code("document", Words(id="Nota kredit", en="Credit note"), width=16),
        Date("date", Words(id="Tanggal", en="Date"), width=12),
        Code("corrects", Words(id="Mengoreksi", en="Corrects"), width=16),
        Code("tax_invoice", Words(id="No. faktur pajak", en="Tax invoice number"), width=20),
        Code("own_tax_id", Words(id="NPWP sendiri", en="Own tax number"), width=20),
        Code("party", Words(id="Mitra", en="Party"), width=12),
        Text("name", Words(id="Nama", en="Name"), width=28),
        Code("tax_id", Words(id="NPWP", en="Tax number"), width=20),
        Text("description", Words(id="Uraian", en="Description"), width=30),
        Code("unit", Words(id="Satuan", en="Unit"), width=10),
        Quantity("qty", Words(id="Kuantitas asal", en="Original quantity"), width=14),
        Quantity("returned", Words(id="Diretur", en="Returned"), width=11),
        Rate("price", Words(id="Harga satuan", en="Unit price"), width=16),
        Money("base", Words(id="DPP", en="Base"), width=18),
        Money("tax", Words(id="PPN", en="VAT"), width=16),
    ),
    build=tax_return_rows,
    spans="period",
    sums=("base", "tax"),
    file=ReportFile("xml", "application/xml", tax_returns_file),
)
