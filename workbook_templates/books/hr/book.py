"""The hr book: who works here, in which post, under which contract, and when they are away."""

from __future__ import annotations

from workbook_templates.books.hr import absence, people
from workbook_templates.books.hr.reports import REPORTS
from workbook_templates.schema import Book
from workbook_templates.words import Words

BOOK = Book(
    key="hr",
    writers=frozenset({"hr"}),
    readers=frozenset({"payroll"}),
    title=Words(id="SDM", en="HR"),
    sheets=(
        people.EMPLOYEES,
        absence.LEAVE_REQUESTS,
        absence.ATTENDANCE,
        people.ASSIGNMENTS,
        people.CONTRACTS,
        people.DOCUMENTS,
        absence.LEAVE_GRANTS,
        absence.CALENDAR,
        people.DEPARTMENTS,
    ),
    reports=REPORTS,
    help=Words(
        id="Berkas karyawan, penempatan, kontrak, kehadiran, cuti, dan dokumen yang berakhir.",
        en="Employee file, posts, contracts, attendance, leave and documents that expire.",
    ),
)
