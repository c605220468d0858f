"""The sheets of what is agreed: pay components, recurring pay, inputs of a month."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.payroll.choices import COMPONENT_KINDS
from workbook_templates.books.payroll.pay_runs import drafts, drafts_of_the_period
from workbook_templates.books.payroll.rules.agreed import (
    a_used_component_stays,
    an_employee_is_employed_in_the_period,
    computed_components_are_not_typed,
    inputs_of_a_posted_period_stay,
    pay_does_not_overlap,
    pay_ends_after_it_begins,
)
from workbook_templates.columns import Choice, Code, Column, Date, Flag, Money, Month, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)
EMPLOYEE = Ref(
    "employee",
    Words(id="Karyawan", en="Employee"),
    required=True,
    tables=("hr.employees",),
)
COMPONENT = Ref(
    "component",
    Words(id="Komponen", en="Component"),
    required=True,
    tables=("payroll.components",),
)
AMOUNT = Money(
    "amount",
    Words(id="Jumlah", en="Amount"),
    Words(
        id="Selalu positif; jenis komponen menentukan apakah ditambah atau dipotong.",
        en="Always positive; the component's kind says whether it is added or taken away.",
    ),
    required=True,
    width=16,
    minimum=NONE,
)
PERIOD = Month("period", Words(id="Periode", en="Period"), required=True, width=11)


def _account(key: str, heading: Words, help: Words) -> Column:
    return Ref(key, heading, help, tables=("ledger.accounts",), width=16)


COMPONENTS = Sheet(
    key="components",
    title=Words(id="Komponen Upah", en="Pay Components"),
    help=Words(
        id="Iuran BPJS, PPh 21 dan upah bersih dihitung sendiri dan tidak perlu ditulis di sini.",
        en="BPJS, PPh 21 and net pay are computed and need not be entered here.",
    ),
    columns=(
        Code("code", Words(id="Kode", en="Code"), required=True, width=16),
        Text("name", Words(id="Nama", en="Name"), required=True, width=32),
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            required=True,
            width=22,
            choices=COMPONENT_KINDS,
        ),
        Flag(
            "taxable",
            Words(id="Kena PPh 21", en="Taxable"),
            Words(
                id="Masuk penghasilan bruto. Kosong: ya untuk pendapatan, selainnya tidak. Ya pada "
                "potongan berarti mengurangi bruto, misalnya mangkir.",
                en="Enters gross income. Blank: yes for an earning, otherwise no. Yes on a "
                "deduction makes gross income smaller, as for absence.",
            ),
        ),
        Flag(
            "insured",
            Words(id="Upah BPJS", en="Insured wage"),
            Words(
                id="Termasuk upah dasar iuran BPJS. Kosong: ya untuk pendapatan tetap, tidak untuk "
                "yang dibayar lewat Masukan Upah.",
                en="Part of the wage on which contributions are due. Blank: yes for recurring "
                "earnings, no for what is paid through Pay Inputs.",
            ),
        ),
        Flag(
            "one_off",
            Words(id="Tidak teratur", en="One-off"),
            Words(id="THR, bonus, dan sejenisnya.", en="Holiday allowance, bonus and the like."),
        ),
        Flag(
            "prorated",
            Words(id="Prorata", en="Prorated"),
            Words(
                id="Dihitung per hari kalender bila mulai atau berhenti di tengah bulan. Kosong: "
                "ya untuk pendapatan, selainnya tidak.",
                en="Shared by calendar days when it begins or ends within a month. Blank: yes for "
                "an earning, otherwise no.",
            ),
        ),
        Flag(
            "deductible",
            Words(id="Pengurang pajak", en="Deductible"),
            Words(
                id="Iuran pensiun atau zakat lewat pemberi kerja: mengurangi penghasilan neto "
                "setahun.",
                en="Pension contribution or zakat through the employer: lowers the year's net "
                "income.",
            ),
        ),
        _account(
            "account",
            Words(id="Akun", en="Account"),
            Words(
                id="Akun beban; pada potongan akun yang dikredit. Kosong: akun menurut perannya.",
                en="The expense account; of a deduction the account credited. Blank: by role.",
            ),
        ),
        _account(
            "payable_account",
            Words(id="Akun utang", en="Payable account"),
            Words(
                id="Hanya untuk iuran pemberi kerja. Kosong: akun menurut perannya.",
                en="Only for employer contributions. Blank: the account by role.",
            ),
        ),
    ),
    unique=("code",),
    rules=(a_used_component_stays,),
    refreshes=drafts,
)

EMPLOYEE_PAY = Sheet(
    key="employee_pay",
    title=Words(id="Upah Karyawan", en="Employee Pay"),
    help=Words(
        id="Pembayaran atau potongan yang berulang setiap bulan. Kenaikan: baris baru dengan "
        "tanggal mulainya; baris lama berakhir sendiri.",
        en="What recurs every month. For a raise add a row with its first day; the older row ends "
        "by itself.",
    ),
    columns=(
        EMPLOYEE,
        COMPONENT,
        AMOUNT,
        Date("from", Words(id="Sejak", en="From"), required=True, width=12),
        Date(
            "to",
            Words(id="Sampai", en="To"),
            Words(id="Hari terakhir; kosong = seterusnya.", en="The last day; blank = open."),
            width=12,
        ),
    ),
    unique=("employee", "component", "from"),
    families=(("from", "to"),),
    indexes=("employee", "component"),
    rules=(pay_ends_after_it_begins, pay_does_not_overlap, computed_components_are_not_typed),
    refreshes=drafts,
)

PAY_INPUTS = Sheet(
    key="pay_inputs",
    title=Words(id="Masukan Upah", en="Pay Inputs"),
    windows=(("period",),),
    help=Words(
        id="Yang dibayar atau dipotong sekali: lembur, THR, bonus, potongan, koreksi.",
        en="What is paid or kept back once: overtime, holiday allowance, bonus, corrections.",
    ),
    columns=(
        PERIOD,
        EMPLOYEE,
        COMPONENT,
        AMOUNT,
        Text("note", Words(id="Catatan", en="Note"), width=32),
    ),
    unique=("period", "employee", "component"),
    indexes=("period", "component"),
    rules=(
        inputs_of_a_posted_period_stay,
        an_employee_is_employed_in_the_period,
        computed_components_are_not_typed,
    ),
    refreshes=drafts_of_the_period,
)
