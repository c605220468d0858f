"""What a company decides: how its documents are numbered and posted, which years are closed."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.choices import DOCUMENT_KINDS, YEAR_STATUSES
from workbook_templates.books.ledger.closing import closing_entry
from workbook_templates.books.ledger.master_sheets import REASON
from workbook_templates.books.ledger.rules.depreciation_runs import year_closes_depreciated
from workbook_templates.books.ledger.rules.opening import going_live_is_once_and_cleared
from workbook_templates.books.ledger.rules.periods import reopening_has_a_reason
from workbook_templates.books.ledger.rules.waiting import nothing_waits_when_it_closes
from workbook_templates.books.ledger.rules.years import (
    year_has_four_digits,
    years_close_in_order,
    years_open_in_order,
)
from workbook_templates.columns import Choice, Code, Flag, Percent
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
        Percent(
            "tolerance",
            Words(id="Toleransi %", en="Tolerance %"),
            Words(
                id="Untuk tagihan pembelian: selisih dari pesanan atau penerimaan yang tidak perlu "
                "disetujui. Kosong = nol.",
                en="For purchase bills: how far beyond the order or the receipt needs no approval. "
                "Blank = nothing.",
            ),
            minimum=Decimal(0),
            width=13,
        ),
    ),
)

YEARS = Sheet(
    key="years",
    title=Words(id="Tahun Buku", en="Years"),
    help=Words(
        id="Menutup tahun memindahkan pendapatan dan beban ke saldo laba per 31 Desember dan "
        "mengunci semua bulannya. Hanya pengawas pembukuan yang dapat membukanya lagi.",
        en="Closing a year moves income and expenses to retained earnings on 31 December and locks "
        "all its months. Only a controller can open it again.",
    ),
    unique=("year",),
    strict=True,
    columns=(
        Code("year", Words(id="Tahun buku", en="Year"), required=True, width=12, max_length=4),
        Choice(
            "status",
            Words(id="Status tahun", en="Year status"),
            required=True,
            default="open",
            width=18,
            choices=YEAR_STATUSES,
        ),
        REASON,
    ),
    rules=(
        year_has_four_digits,
        years_close_in_order,
        years_open_in_order,
        going_live_is_once_and_cleared,
        year_closes_depreciated,
        nothing_waits_when_it_closes,
        reopening_has_a_reason,
    ),
    proposes=closing_entry,
)
