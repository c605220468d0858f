"""The payroll book: its sheets, in the order in which they are sent, and its reports."""

from __future__ import annotations

from workbook_templates.books.payroll.agreed_sheets import COMPONENTS, EMPLOYEE_PAY, PAY_INPUTS
from workbook_templates.books.payroll.reports import REPORTS
from workbook_templates.books.payroll.run_sheets import PAY_RUNS, PAYSLIPS
from workbook_templates.books.payroll.term_sheets import INSURANCE, TAX_YEARS
from workbook_templates.schema import Book
from workbook_templates.words import Words

BOOK = Book(
    key="payroll",
    title=Words(id="Penggajian", en="Payroll"),
    # Runs come after all that they are computed from: documents are sent in this order.
    sheets=(EMPLOYEE_PAY, PAY_INPUTS, COMPONENTS, TAX_YEARS, INSURANCE, PAY_RUNS, PAYSLIPS),
    reports=REPORTS,
    help=Words(
        id="Upah, potongan, BPJS dan PPh 21 setiap bulan, dengan slip dan jurnalnya.",
        en="Pay, deductions, BPJS and PPh 21 each month, with payslips and journal entry.",
    ),
    writers=frozenset({"payroll"}),
    readers=frozenset({"auditor"}),
)
