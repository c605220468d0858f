"""Rules about agreed pay: dates that fit, and nothing typed that is computed or already paid."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.payroll.choices import POSTED, computed_names
from workbook_templates.books.payroll.periods import month
from workbook_templates.books.payroll.staff import EMPLOYEES, employment
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

RUNS = "payroll.pay_runs"
PAY, INPUTS = "payroll.employee_pay", "payroll.pay_inputs"

ENDS_BEFORE_IT_BEGINS = Message(
    "ends_before_it_begins",
    Words(
        id="Tanggal Sampai {to} lebih awal daripada tanggal Sejak {first}.",
        en="To ({to}) is before From ({first}).",
    ),
)
PAY_OVERLAPS = Message(
    "pay_overlaps",
    Words(
        id="Komponen {component} karyawan {employee} sudah berlaku sejak {first} sampai {to}. "
        "Ubah tanggal salah satunya.",
        en="Component {component} of employee {employee} already holds from {first} to {to}. "
        "Change the dates of one of them.",
    ),
)
COMPUTED_COMPONENT = Message(
    "computed_component",
    Words(
        id="Komponen {component} dihitung sendiri oleh Lajur. Hapus baris ini.",
        en="Component {component} is computed by Lajur. Delete this row.",
    ),
)
PERIOD_POSTED = Message(
    "period_posted",
    Words(
        id="Penggajian {period} sudah diposting ({run}). Masukkan koreksinya di periode "
        "berikutnya.",
        en="The pay run of {period} is posted ({run}). Enter the correction in the next period.",
    ),
)
COMPONENT_IN_USE = Message(
    "component_in_use",
    Words(
        id="Komponen {component} masih dipakai di Upah Karyawan atau Masukan Upah, jadi tidak "
        "dapat dihapus atau diganti kodenya. Ubah dulu baris-baris itu.",
        en="Component {component} is still used in Employee Pay or Pay Inputs, so it cannot be "
        "deleted or given another code. Change those rows first.",
    ),
)
NOT_EMPLOYED = Message(
    "not_employed",
    Words(
        id="Karyawan {employee} tidak bekerja di sini pada {period}. Periksa periode, atau berkas "
        "karyawan.",
        en="Employee {employee} is not employed in {period}. Check the period, or the employee "
        "file.",
    ),
)


def pay_ends_after_it_begins(document: Document, known: Known) -> Iterator[Problem]:
    """The last day is not before the first."""
    for line in document.lines:
        first, to = line["from"], line["to"]
        if first and to and to < first:
            yield ENDS_BEFORE_IT_BEGINS(column="to", row_id=line.id, first=first, to=to)


def pay_does_not_overlap(document: Document, known: Known) -> Iterator[Problem]:
    """Two rows of one component share no day, unless the older is open: then the newer ends it."""
    for line in document.lines:
        for other in known.where(PAY, "employee", line.text("employee")):
            same = other.text("component") == line.text("component")
            if same and other.id != line.id and _overlap(line, other):
                yield PAY_OVERLAPS(
                    column="from",
                    row_id=line.id,
                    component=line.text("component"),
                    employee=line.text("employee"),
                    first=other["from"],
                    to=other["to"] or "…",
                )


def a_used_component_stays(document: Document, known: Known) -> Iterator[Problem]:
    """Pay whose component is gone would silently not be paid."""
    if document.lines:
        return
    if any(known.where(table, "component", document.key) for table in (PAY, INPUTS)):
        yield COMPONENT_IN_USE(component=document.key)


def computed_components_are_not_typed(document: Document, known: Known) -> Iterator[Problem]:
    """What the law prescribes is computed; a row of it would be paid twice."""
    computed = computed_names(known.company.pack)
    for line in document.lines:
        if line.text("component") in computed:
            yield COMPUTED_COMPONENT(
                column="component", row_id=line.id, component=line.text("component")
            )


def inputs_of_a_posted_period_stay(document: Document, known: Known) -> Iterator[Problem]:
    """Nothing is entered into, changed in or removed from a period whose run is posted."""
    before = {line.text("period"): None for line in document.before}
    periods = before | {line.text("period"): line.id for line in document.lines}
    if tuple(_cells(document.lines)) == tuple(_cells(document.before)):
        return
    for period, row_id in periods.items():
        for run in known.where(RUNS, "period", period):
            if run.text("status") == POSTED:
                yield PERIOD_POSTED(
                    column="period", row_id=row_id, period=period, run=run.text("run")
                )


def an_employee_is_employed_in_the_period(document: Document, known: Known) -> Iterator[Problem]:
    """What is paid in a period goes to somebody who is employed in it."""
    if not known.has(EMPLOYEES):
        return
    for line in document.lines:
        employee = known.row(EMPLOYEES, line.text("employee"))
        period = line.text("period")
        if employee and period and not employment(employee, month(period)).days:
            yield NOT_EMPLOYED(
                column="employee", row_id=line.id, employee=line.text("employee"), period=period
            )


def _overlap(line: Line, other: Line) -> bool:
    """An open row ends where a later one begins; two rows from one day have one key already."""
    older, newer = sorted((line, other), key=lambda row: row.text("from"))
    return bool(older.text("to")) and older.text("to") >= newer.text("from")


def _cells(lines: tuple[Line, ...]) -> Iterator[dict[str, str]]:
    for line in lines:
        yield {column: text for column, text in line.cells.items() if text is not None}
