"""The sheets of terms: how employees are insured, and what the year's tax depends on."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.payroll.agreed_sheets import EMPLOYEE
from workbook_templates.books.payroll.choices import RISK_CLASSES, TAX_BORNE
from workbook_templates.books.payroll.pay_runs import drafts
from workbook_templates.books.payroll.rules.terms import (
    a_year_has_four_figures,
    resident_months_are_of_one_year,
)
from workbook_templates.columns import Choice, Code, Column, Date, Flag, Integer, Money, Ref
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

NONE = Decimal(0)


def _enrolled(key: str, heading: Words) -> Column:
    return Flag(key, heading, Words(id="Kosong = ikut serta.", en="Blank = insured."), width=15)


INSURANCE = Sheet(
    key="insurance",
    title=Words(id="Kepesertaan BPJS", en="Insurance"),
    help=Words(
        id="Baris tanpa karyawan berlaku bagi semua; baris karyawan hanya mengubah yang diisi.",
        en="A row without an employee is for everybody; an employee's row changes what it states.",
    ),
    columns=(
        Ref(
            "employee",
            Words(id="Karyawan", en="Employee"),
            Words(id="Kosong = seluruh perusahaan.", en="Blank = the whole company."),
            tables=("hr.employees",),
        ),
        Date("from", Words(id="Sejak", en="From"), required=True, width=12),
        Choice(
            "risk_class",
            Words(id="Kelas risiko JKK", en="JKK risk class"),
            Words(
                id="Tingkat risiko I sampai V; kosong = I.",
                en="Work accident risk, I to V; blank = I.",
            ),
            choices=RISK_CLASSES,
        ),
        Flag(
            "risk_relief",
            Words(id="Keringanan JKK", en="JKK relief"),
            Words(
                id="Industri padat karya yang mendapat keringanan iuran, selama berlaku.",
                en="Labour-intensive industry with the reduced rate, while it is in force.",
            ),
        ),
        Money(
            "wage_floor",
            Words(id="Upah minimum", en="Minimum wage"),
            Words(
                id="Upah minimum daerah: dasar terendah iuran BPJS Kesehatan.",
                en="Of the region: the least wage for health contributions.",
            ),
            width=16,
            minimum=NONE,
        ),
        Integer(
            "extra_family",
            Words(id="Keluarga tambahan", en="Further family"),
            Words(
                id="Orang di luar suami/istri dan tiga anak, dibayar karyawan.",
                en="Persons beyond spouse and three children, paid by the employee.",
            ),
            minimum=0,
        ),
        _enrolled("health", Words(id="Kesehatan", en="Health")),
        _enrolled("accident", Words(id="JKK", en="Accident (JKK)")),
        _enrolled("death", Words(id="JKM", en="Death (JKM)")),
        _enrolled("old_age", Words(id="JHT", en="Old age (JHT)")),
        _enrolled("pension", Words(id="JP", en="Pension (JP)")),
    ),
    unique=("employee", "from"),
    refreshes=drafts,
)


def _opening(key: str, heading: Words) -> Column:
    help = Words(
        id="Bulan-bulan tahun ini sebelum penggajian pertama di sini.",
        en="The months of this year before the first pay run here.",
    )
    return Money(key, heading, help, width=18, minimum=NONE)


def _previous(key: str, heading: Words) -> Column:
    help = Words(
        id="Menurut bukti potong pemberi kerja sebelumnya tahun ini.",
        en="From the slip of this year's former employer.",
    )
    return Money(key, heading, help, width=18, minimum=NONE)


TAX_YEARS = Sheet(
    key="tax_years",
    title=Words(id="Pajak Setahun", en="Tax Years"),
    help=Words(
        id="Hanya untuk karyawan yang berbeda dari biasanya: pindahan, tengah tahun, gross-up.",
        en="Only for employees who differ: from a former employer, mid-year start, gross-up.",
    ),
    columns=(
        EMPLOYEE,
        Integer("year", Words(id="Tahun", en="Year"), required=True, width=8),
        Code(
            "status",
            Words(id="Status PTKP", en="PTKP status"),
            Words(
                id="Status pada 1 Januari tahun itu; kosong = menurut berkas karyawan.",
                en="On 1 January of that year; blank = as in the employee file.",
            ),
            width=12,
        ),
        Choice(
            "tax_borne",
            Words(id="PPh 21", en="Payroll tax"),
            Words(id="Kosong = dipotong dari upah.", en="Blank = withheld from pay."),
            choices=TAX_BORNE,
            width=24,
        ),
        Flag(
            "surcharged",
            Words(id="Tanpa NPWP/NIK", en="No tax number"),
            Words(
                id="Tanpa NPWP dan NIK yang tervalidasi: tarif 20 % lebih tinggi.",
                en="Neither NPWP nor validated NIK: tax is 20 % higher.",
            ),
        ),
        Flag("pensioner", Words(id="Pensiunan", en="Pensioner")),
        Integer(
            "resident_months",
            Words(id="Bulan di Indonesia", en="Months resident"),
            Words(
                id="Hanya bila datang ke atau meninggalkan Indonesia untuk selamanya; kosong = 12.",
                en="Only on arrival in or departure from Indonesia for good; blank = 12.",
            ),
            minimum=1,
        ),
        _previous("previous_net", Words(id="Neto sebelumnya", en="Former net income")),
        _previous("previous_tax", Words(id="PPh 21 sebelumnya", en="Former tax")),
        _opening("opening_gross", Words(id="Bruto awal", en="Opening gross")),
        _opening("opening_deductible", Words(id="Pengurang awal", en="Opening deductions")),
        _opening("opening_tax", Words(id="PPh 21 awal", en="Opening tax")),
    ),
    unique=("employee", "year"),
    indexes=("year",),
    rules=(a_year_has_four_figures, resident_months_are_of_one_year),
    refreshes=drafts,
)
