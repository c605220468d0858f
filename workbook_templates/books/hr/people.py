"""The sheets about persons: departments, employees, posts held, contracts, documents."""

from __future__ import annotations

from workbook_templates.books.hr import choices
from workbook_templates.books.hr.people_rules import (
    a_contract_ends_as_its_kind_says,
    a_department_is_not_below_itself,
    a_document_expires_after_its_issue,
    a_leaver_leaves_after_joining,
    a_person_is_employed_once,
    a_post_is_held_while_employed,
    contracts_do_not_overlap,
    fixed_terms_last_five_years_at_most,
    probation_is_short_and_only_for_permanent_staff,
)
from workbook_templates.columns import Choice, Code, Date, Digits, Ref, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

EMPLOYEE = Words(id="Karyawan", en="Employee")

DEPARTMENTS = Sheet(
    key="departments",
    title=Words(id="Departemen", en="Departments"),
    columns=(
        Code("department", Words(id="Departemen", en="Department"), required=True, width=14),
        Text("name", Words(id="Nama", en="Name"), required=True, width=32),
        Ref("parent", Words(id="Bagian dari", en="Part of"), tables=("hr.departments",)),
    ),
    unique=("department",),
    rules=(a_department_is_not_below_itself,),
    help=Words(id="Susunan organisasi.", en="The organisation."),
)

EMPLOYEES = Sheet(
    key="employees",
    title=Words(id="Karyawan", en="Employees"),
    columns=(
        Code(
            "employee",
            Words(id="Nomor karyawan", en="Employee number"),
            required=True,
            help=Words(
                id="Nomor tetap karyawan, dipakai juga di penggajian.",
                en="The employee's permanent number, also used by payroll.",
            ),
        ),
        Text("name", Words(id="Nama", en="Name"), required=True, width=28),
        Digits(
            "nik",
            Words(id="NIK", en="NIK"),
            length=(16,),
            width=20,
            help=Words(
                id="16 angka pada KTP. Kolom ini berformat teks; jangan diketik sebagai bilangan.",
                en="16 digits of the identity card. A text column: do not enter it as a number.",
            ),
        ),
        Digits(
            "npwp",
            Words(id="NPWP", en="NPWP"),
            length=(15, 16),
            width=20,
            help=Words(
                id="16 angka, atau 15 angka bentuk lama. Kosongkan bila NIK dipakai sebagai NPWP.",
                en="16 digits, or 15 in the old form. Leave blank where the NIK serves as NPWP.",
            ),
        ),
        Choice("gender", Words(id="Jenis kelamin", en="Gender"), choices=choices.GENDERS),
        Choice(
            "ptkp",
            Words(id="Status PTKP", en="PTKP status"),
            choices=choices.PTKP,
            width=12,
            help=Words(
                id="Status pada 1 Januari (PMK 101/2016), untuk PPh 21.",
                en="Status on 1 January (PMK 101/2016), for income tax article 21.",
            ),
        ),
        Date("joined", Words(id="Mulai bekerja", en="Joined"), required=True),
        Date(
            "left",
            Words(id="Berhenti", en="Left"),
            help=Words(id="Hari kerja terakhir.", en="The last day of employment."),
        ),
        Ref(
            "department",
            Words(id="Departemen awal", en="First department"),
            tables=("hr.departments",),
            aliases=("Departemen", "Department"),
            width=18,
            help=Words(
                id="Departemen pada hari pertama. Perpindahan dicatat di lembar Penempatan.",
                en="The department on the first day. A move is recorded in the sheet Posts.",
            ),
        ),
        Text(
            "position",
            Words(id="Jabatan awal", en="First position"),
            aliases=("Jabatan", "Position"),
            width=24,
            help=Words(
                id="Jabatan pada hari pertama. Perubahan dicatat di lembar Penempatan.",
                en="The position on the first day. A change is recorded in the sheet Posts.",
            ),
        ),
        Choice(
            "week",
            Words(id="Pola kerja", en="Work week"),
            choices=choices.WEEKS,
            default="5",
            width=24,
            help=Words(
                id="Menentukan hari mana yang dihitung sebagai cuti.",
                en="Decides which days count as leave.",
            ),
        ),
        Date("born", Words(id="Tanggal lahir", en="Date of birth")),
        Text("email", Words(id="Surel", en="E-mail"), width=28),
        Text("phone", Words(id="Telepon", en="Phone"), width=18),
    ),
    unique=("employee",),
    indexes=("nik",),
    rules=(a_leaver_leaves_after_joining, a_person_is_employed_once),
    help=Words(
        id="Satu baris per karyawan; siapa yang sudah berhenti tetap ada, dengan tanggalnya.",
        en="One row per employee; who has left stays, with the date.",
    ),
)

ASSIGNMENTS = Sheet(
    key="assignments",
    title=Words(id="Penempatan", en="Posts"),
    columns=(
        Ref("employee", EMPLOYEE, tables=("hr.employees",), required=True),
        Date("from", Words(id="Sejak", en="From"), required=True),
        Ref("department", Words(id="Departemen", en="Department"), tables=("hr.departments",)),
        Text("position", Words(id="Jabatan", en="Position"), required=True, width=28),
        Text("reason", Words(id="Alasan", en="Reason"), width=36),
    ),
    unique=("employee", "from"),
    indexes=("employee",),
    rules=(a_post_is_held_while_employed,),
    help=Words(
        id="Satu baris untuk setiap perpindahan setelah hari pertama; baris lama tidak diubah.",
        en="One row for each move after the first day; older rows are not changed.",
    ),
)

CONTRACTS = Sheet(
    key="contracts",
    title=Words(id="Kontrak", en="Contracts"),
    columns=(
        Code("contract", Words(id="Nomor kontrak", en="Contract number"), required=True, width=20),
        Ref("employee", EMPLOYEE, tables=("hr.employees",), required=True),
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            choices=choices.CONTRACT_KINDS,
            required=True,
            width=24,
        ),
        Date("from", Words(id="Mulai", en="From"), required=True),
        Date("to", Words(id="Berakhir", en="To")),
        Date("probation_end", Words(id="Akhir masa percobaan", en="Probation ends"), width=20),
        Date("signed", Words(id="Ditandatangani", en="Signed"), width=16),
    ),
    unique=("contract",),
    indexes=("employee",),
    rules=(
        a_contract_ends_as_its_kind_says,
        contracts_do_not_overlap,
        fixed_terms_last_five_years_at_most,
        probation_is_short_and_only_for_permanent_staff,
    ),
    help=Words(
        id="PKWT paling lama lima tahun; PKWTT tanpa tanggal akhir.",
        en="A fixed term lasts five years at most; a permanent contract has no end.",
    ),
    families=(("from", "to"),),
)

DOCUMENTS = Sheet(
    key="documents",
    title=Words(id="Dokumen", en="Documents"),
    columns=(
        Code(
            "document",
            Words(id="Kode berkas", en="File code"),
            required=True,
            help=Words(id="Kode berkas di lemari arsip.", en="The code under which it is filed."),
        ),
        Ref("employee", EMPLOYEE, tables=("hr.employees",), required=True),
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            choices=choices.DOCUMENT_KINDS,
            required=True,
            width=20,
        ),
        Code("number", Words(id="Nomor dokumen", en="Document number"), width=24),
        Date("issued", Words(id="Terbit", en="Issued")),
        Date("expires", Words(id="Berlaku sampai", en="Expires"), width=16),
        Text("note", Words(id="Catatan", en="Note"), width=36),
    ),
    unique=("document",),
    indexes=("employee",),
    rules=(a_document_expires_after_its_issue,),
    help=Words(
        id="Dokumen karyawan; yang segera berakhir muncul di laporan.",
        en="Documents of the staff; those that expire soon are in the report.",
    ),
)
