"""The sheet of month-end valuations of currencies: one row a month."""

from __future__ import annotations

from workbook_templates.books.ledger.revaluations import revaluation_entries
from workbook_templates.books.ledger.rules.depreciation_runs import run_is_in_an_open_month
from workbook_templates.books.ledger.rules.revaluations import revaluation_can_be_posted
from workbook_templates.columns import Month, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

REVALUATIONS = Sheet(
    key="revaluations",
    title=Words(id="Penilaian Kurs", en="Revaluations"),
    help=Words(
        id="Satu baris per bulan menilai piutang, utang dan rekening dalam mata uang lain dengan "
        "kurs akhir bulan (RV:2026-05), dan membaliknya pada hari berikutnya.",
        en="One row a month values receivables, payables and bank accounts in other currencies at "
        "the rate of its end (RV:2026-05), and takes that back on the next day.",
    ),
    unique=("period",),
    columns=(
        Month("period", Words(id="Bulan", en="Month"), required=True, width=12),
        Text("note", Words(id="Catatan", en="Note"), width=40),
    ),
    rules=(run_is_in_an_open_month, revaluation_can_be_posted),
    proposes=revaluation_entries,
)
