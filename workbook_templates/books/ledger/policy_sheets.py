"""What a company decides for each kind of document: how it is numbered and when it is posted."""

from __future__ import annotations

from workbook_templates.books.ledger.choices import DOCUMENT_KINDS
from workbook_templates.columns import Choice, Code, Flag
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

KINDS = Sheet(
    key="document_kinds",
    title=Words(id="Jenis Dokumen", en="Document Kinds"),
    help=Words(
        id="Satu baris per jenis dokumen: awalan nomornya, dan apakah dibukukan begitu diterima. "
        "Jenis tanpa baris dibukukan dengan mengisi kolom Bukukan pada dokumennya.",
        en="One row for each kind of document: how its numbers begin, and whether it is posted as "
        "soon as it is accepted. A kind without a row is posted by Yes under Post.",
    ),
    unique=("kind",),
    columns=(
        Choice(
            "kind",
            Words(id="Jenis dokumen", en="Kind of document"),
            required=True,
            width=26,
            choices=DOCUMENT_KINDS,
        ),
        Code(
            "prefix",
            Words(id="Awalan nomor", en="Number prefix"),
            Words(
                id="Kosong = JU, FJ, NK, TB, NKP, BKM atau BKK. Nomornya JU-2026-0001.",
                en="Blank = JU, FJ, NK, TB, NKP, BKM or BKK. Numbers are JU-2026-0001.",
            ),
            width=16,
            max_length=12,
        ),
        Flag(
            "on_acceptance",
            Words(id="Langsung dibukukan", en="Post on acceptance"),
            Words(
                id="Ya = bernomor dan terkunci begitu diterima. Tidak = setelah kolom Bukukan "
                "diisi Ya; sebelum itu masih dapat diubah.",
                en="Yes = numbered and locked as soon as it is accepted. No = once Post says Yes; "
                "until then it can still be changed.",
            ),
            width=20,
        ),
    ),
)
