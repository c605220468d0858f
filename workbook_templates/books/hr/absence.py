"""The sheets about days: leave requests, attendance, granted leave, the company's calendar."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.hr import choices
from workbook_templates.books.hr.attendance_rules import (
    attendance_is_of_an_employed_day,
    nobody_is_present_on_leave,
    nobody_takes_leave_while_present,
    times_make_one_shift,
)
from workbook_templates.books.hr.leave_rules import (
    a_grant_lies_in_order,
    a_request_lies_in_order,
    annual_leave_stays_within_the_balance,
    leave_days_are_work_days,
    requests_do_not_overlap,
)
from workbook_templates.columns import Choice, Code, Date, Integer, Quantity, Ref, Text, Time
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

EMPLOYEE = Words(id="Karyawan", en="Employee")
NOTE = Words(id="Catatan", en="Note")

LEAVE_REQUESTS = Sheet(
    key="leave_requests",
    title=Words(id="Cuti", en="Leave"),
    columns=(
        Code("request", Words(id="Nomor cuti", en="Request"), required=True),
        Ref("employee", EMPLOYEE, tables=("hr.employees",), required=True),
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            choices=choices.LEAVE_KINDS,
            required=True,
            width=18,
        ),
        Date("from", Words(id="Dari", en="From"), required=True),
        Date("to", Words(id="Sampai", en="To"), required=True),
        Quantity(
            "days",
            Words(id="Hari", en="Days"),
            minimum=Decimal(0),
            width=9,
            help=Words(
                id="Jumlah hari kerja. Boleh dikosongkan: dihitung dari kalender. "
                "Setengah hari: kurangi 0,5.",
                en="Number of work days. May stay blank: it is counted from the calendar. "
                "Half a day: 0.5 less.",
            ),
        ),
        Choice(
            "status",
            Words(id="Keputusan", en="Decision"),
            choices=choices.LEAVE_STATUSES,
            default="requested",
            width=13,
        ),
        Text("note", NOTE, width=36),
    ),
    unique=("request",),
    indexes=("employee",),
    rules=(
        a_request_lies_in_order,
        leave_days_are_work_days,
        requests_do_not_overlap,
        annual_leave_stays_within_the_balance,
        nobody_takes_leave_while_present,
    ),
    help=Words(
        id="Satu baris per permohonan; jumlah hari dihitung dari kalender.",
        en="One row per request; the days are counted from the calendar.",
    ),
    families=(("from", "to"),),
)

ATTENDANCE = Sheet(
    key="attendance",
    title=Words(id="Kehadiran", en="Attendance"),
    windows=(("date",),),
    columns=(
        Date("date", Words(id="Tanggal", en="Date"), required=True),
        Ref("employee", EMPLOYEE, tables=("hr.employees",), required=True),
        Time("in", Words(id="Masuk", en="In"), width=9),
        Time(
            "out",
            Words(id="Pulang", en="Out"),
            width=9,
            help=Words(
                id="Jam pulang; bila lebih kecil daripada jam masuk berarti keesokan harinya.",
                en="Time of leaving; earlier than In means the next morning.",
            ),
        ),
        Integer("break_minutes", Words(id="Istirahat (menit)", en="Break (minutes)"), width=16),
        Choice("status", Words(id="Kehadiran", en="Attendance"), choices=choices.ATTENDANCE),
        Text("note", NOTE, width=36),
    ),
    unique=("employee", "date"),
    indexes=("employee",),
    rules=(times_make_one_shift, attendance_is_of_an_employed_day, nobody_is_present_on_leave),
    help=Words(
        id="Satu baris per karyawan per hari; berkas mesin absensi boleh ditempel di sini.",
        en="One row per employee and day; the file of a time clock may be pasted here.",
    ),
)

LEAVE_GRANTS = Sheet(
    key="leave_grants",
    title=Words(id="Hak Cuti", en="Leave Grants"),
    columns=(
        Code("grant", Words(id="Nomor", en="Number"), required=True),
        Ref("employee", EMPLOYEE, tables=("hr.employees",), required=True),
        Choice(
            "basis",
            Words(id="Dasar", en="Basis"),
            choices=choices.GRANT_BASES,
            default="yearly",
            width=20,
        ),
        Date("from", Words(id="Berlaku dari", en="Valid from"), required=True),
        Date("to", Words(id="Hangus setelah", en="Lapses after"), required=True, width=16),
        Quantity("days", Words(id="Hari", en="Days"), required=True, width=9),
        Text("note", NOTE, width=36),
    ),
    unique=("grant",),
    indexes=("employee",),
    rules=(a_grant_lies_in_order,),
    help=Words(
        id="Hanya untuk hak di luar ketentuan umum (12 hari setelah 12 bulan). Jatah tahunan di "
        "sini menggantikan hak umum pada tahun kerja yang sama.",
        en="Only for leave other than the legal 12 days after 12 months. A yearly entitlement "
        "here replaces the legal one of the same year of service.",
    ),
    families=(("from", "to"),),
)

CALENDAR = Sheet(
    key="calendar",
    title=Words(id="Kalender", en="Calendar"),
    columns=(
        Date("date", Words(id="Tanggal", en="Date"), required=True),
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            choices=choices.DAY_KINDS,
            required=True,
            width=16,
        ),
        Text("name", Words(id="Nama", en="Name"), width=40),
    ),
    unique=("date",),
    help=Words(
        id="Libur nasional sudah dikenal. Tulis di sini libur perusahaan, cuti bersama yang "
        "diikuti, dan libur nasional yang tetap hari kerja.",
        en="National holidays are known. Enter the company's own holidays, the collective leave "
        "it takes part in, and national holidays on which it works.",
    ),
)
