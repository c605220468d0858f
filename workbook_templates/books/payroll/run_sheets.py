"""The sheets of pay runs and of the payslips that come back from them."""

from __future__ import annotations

from workbook_templates.books.payroll.agreed_sheets import PERIOD
from workbook_templates.books.payroll.choices import LINE_KINDS, POSTED, RUN_STATUSES
from workbook_templates.books.payroll.pay_runs import run_proposals
from workbook_templates.books.payroll.rules.payslips import net_pay_is_not_negative
from workbook_templates.books.payroll.rules.runs import (
    a_period_is_run_once,
    a_posted_run_stays,
    accounts_are_there,
    everybody_can_be_paid,
    runs_are_posted_in_order,
    the_law_of_the_period_is_known,
    the_ledger_period_is_open,
)
from workbook_templates.columns import Choice, Code, Date, Money, Percent, Ref, Text
from workbook_templates.schema import Sheet, Totals
from workbook_templates.words import Words

PAY_RUNS = Sheet(
    key="pay_runs",
    title=Words(id="Penggajian", en="Pay Runs"),
    help=Words(
        id="Satu baris satu bulan. Setelah diposting, slip dan jurnalnya tetap; pilih Draf untuk "
        "melihat slip lebih dulu.",
        en="One row a month. Once posted, its payslips and journal entry stay; choose Draft to see "
        "the payslips first.",
    ),
    columns=(
        Code("run", Words(id="Nomor", en="Run"), required=True, width=16),
        PERIOD,
        Date("pay_date", Words(id="Tanggal bayar", en="Pay date"), required=True),
        Choice(
            "status",
            Words(id="Keadaan", en="State"),
            Words(id="Kosong = diposting.", en="Blank = posted."),
            default=POSTED,
            choices=RUN_STATUSES,
        ),
    ),
    unique=("run",),
    indexes=("period", "status"),
    rules=(
        a_posted_run_stays,
        a_period_is_run_once,
        runs_are_posted_in_order,
        the_ledger_period_is_open,
        the_law_of_the_period_is_known,
        everybody_can_be_paid,
        accounts_are_there,
    ),
    proposes=run_proposals,
)

PAYSLIPS = Sheet(
    key="payslips",
    title=Words(id="Slip Upah", en="Payslips"),
    help=Words(
        id="Dihitung dari lembar lain; tidak dapat diubah di sini.",
        en="Computed from the other sheets; nothing can be changed here.",
    ),
    group_by="run",
    windows=(("period",),),
    read_only=True,
    columns=(
        Ref(
            "run",
            Words(id="Penggajian", en="Run"),
            required=True,
            width=16,
            tables=("payroll.pay_runs",),
        ),
        PERIOD,
        Ref(
            "employee",
            Words(id="Karyawan", en="Employee"),
            required=True,
            tables=("hr.employees",),
        ),
        Code("component", Words(id="Komponen", en="Component"), required=True, width=16),
        Text("name", Words(id="Nama komponen", en="Component name"), width=32),
        Choice("kind", Words(id="Jenis", en="Kind"), width=22, choices=LINE_KINDS),
        Money("amount", Words(id="Jumlah", en="Amount"), required=True, width=16),
        Money("taxable", Words(id="Bagian bruto pajak", en="Part of taxable gross"), width=16),
        Money("deductible", Words(id="Pengurang pajak", en="Deductible part"), width=16),
        Money("withheld", Words(id="Pajak dipotong", en="Tax withheld"), width=16),
        Money(
            "base",
            Words(id="Dasar", en="Base"),
            Words(
                id="Upah dasar iuran, bruto PPh 21, atau PKP pada masa pajak terakhir.",
                en="The wage, the gross, or in the last tax period the taxable income of the year.",
            ),
            width=16,
        ),
        Percent("rate", Words(id="Tarif %", en="Rate %"), width=9),
        Code("status", Words(id="Status PTKP", en="PTKP status"), width=12),
        Code("category", Words(id="Kategori", en="Category"), width=12),
    ),
    indexes=("employee",),
    rules=(net_pay_is_not_negative,),
    totals=(
        Totals("payroll.slips", ("employee", "period"), ("taxable", "deductible", "withheld")),
    ),
)
