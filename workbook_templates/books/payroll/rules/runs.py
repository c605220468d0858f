"""Rules about pay runs: one a period, in order, final once posted, and everything at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbook_templates.books.payroll.accounts import ACCOUNTS, missing_roles
from workbook_templates.books.payroll.choices import POSTED
from workbook_templates.books.payroll.roster import Paid, paid_employees, rules_of
from workbook_templates.books.payroll.staff import EMPLOYEES, tax_rows, tax_terms
from workbook_templates.packs import NoRowOnDay
from workbook_templates.packs.pay import PayRules
from workbook_templates.periods import PERIODS, lock_of
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

RUNS = "payroll.pay_runs"

RUN_POSTED = Message(
    "run_posted",
    Words(
        id="Penggajian {run} sudah diposting dan tidak dapat diubah atau dihapus. Koreksi lewat "
        "Masukan Upah periode berikutnya.",
        en="Pay run {run} is posted and cannot be changed or deleted. Correct it through Pay "
        "Inputs of the next period.",
    ),
)
RUN_TWICE = Message(
    "period_run_twice",
    Words(
        id="Periode {period} sudah dibayar dengan penggajian {other}. Satu periode hanya satu "
        "penggajian.",
        en="Period {period} is already paid by run {other}. A period has one run.",
    ),
)
LATER_RUN = Message(
    "later_period_run",
    Words(
        id="Penggajian {other} untuk {later} sudah ada. Penggajian dibuat berurutan; bayar "
        "kekurangannya lewat Masukan Upah.",
        en="Run {other} of {later} is already there. Runs are made in order; pay what is missing "
        "through Pay Inputs.",
    ),
)
EARLIER_DRAFT = Message(
    "earlier_draft",
    Words(
        id="Penggajian {other} untuk {earlier} masih draf. Posting dulu yang itu.",
        en="Run {other} of {earlier} is still a draft. Post that one first.",
    ),
)
PERIOD_CLOSED = Message(
    "period_closed",
    Words(
        id="Periode {period} sudah ditutup di buku besar. Minta periode itu dibuka lagi.",
        en="Period {period} is closed in the ledger. Ask to have it reopened.",
    ),
)
NO_LAW = Message(
    "no_rules_for_period",
    Words(
        id="Ketentuan PPh 21 dan BPJS untuk {period} tidak ada di Lajur. Periksa periodenya.",
        en="Lajur has no tax and insurance rules for {period}. Check the period.",
    ),
)
NOBODY = Message(
    "nobody_is_paid",
    Words(
        id="Tidak ada yang dibayar pada {period}. Isi dulu Upah Karyawan atau Masukan Upah, dan "
        "periksa tanggalnya.",
        en="Nobody is paid in {period}. Fill in Employee Pay or Pay Inputs first, and check their "
        "dates.",
    ),
)
NO_STATUS = Message(
    "tax_status_missing",
    Words(
        id="Status PTKP karyawan {employee} belum diisi. Lengkapi di buku SDM.",
        en="Employee {employee} has no PTKP status. Fill it in in the HR book.",
    ),
)
UNUSABLE_STATUS = Message(
    "tax_status_unusable",
    Words(
        id="Status PTKP {status} karyawan {employee} tidak dipakai untuk pemotongan bulanan. Pakai "
        "TK atau K dengan 0 sampai 3 tanggungan.",
        en="PTKP status {status} of employee {employee} is not one for monthly withholding. Use TK "
        "or K with 0 to 3 dependants.",
    ),
)
NO_ACCOUNT = Message(
    "no_account_for_role",
    Words(
        id="Belum ada akun dengan peran {role_id}. Pilih peran itu pada salah satu akun di lembar "
        "Akun.",
        en="No account has the role {role_en}. Give that role to an account on the Accounts sheet.",
    ),
)


def a_posted_run_stays(document: Document, known: Known) -> Iterator[Problem]:
    """A posted run is neither changed nor deleted."""
    for before in document.before:
        kept = next((line for line in document.lines if line.id == before.id), None)
        if before.text("status") == POSTED and (kept is None or _cells(kept) != _cells(before)):
            yield RUN_POSTED(row_id=kept.id if kept else None, run=document.key)


def a_period_is_run_once(document: Document, known: Known) -> Iterator[Problem]:
    """There is one run a period."""
    for line in document.lines:
        for other in known.where(RUNS, "period", line.text("period")):
            if other.text("run") != document.key:
                yield RUN_TWICE(
                    column="period",
                    row_id=line.id,
                    period=line.text("period"),
                    other=other.text("run"),
                )


def runs_are_posted_in_order(document: Document, known: Known) -> Iterator[Problem]:
    """The year's tax follows from its earlier runs: they are posted, and no later one is there."""
    for line in document.lines:
        if _is_unchanged(document, line) or not line.text("period"):
            continue
        for other in known.rows(RUNS):
            named = {"column": "period", "row_id": line.id, "other": other.text("run")}
            period = other.text("period")
            if period > line.text("period"):
                yield LATER_RUN(later=period, **named)
            elif period < line.text("period") and other.text("status") != POSTED:
                yield EARLIER_DRAFT(earlier=period, **named)


def the_ledger_period_is_open(document: Document, known: Known) -> Iterator[Problem]:
    """A posted run goes into a period that the ledger still keeps open."""
    if not known.has(PERIODS):
        return
    for line in document.lines:
        period = known.row(PERIODS, line.text("period"))
        is_closed = period is not None and lock_of(period, "payroll") == "closed"
        if is_closed and line.text("status") == POSTED and not _is_unchanged(document, line):
            yield PERIOD_CLOSED(column="period", row_id=line.id, period=line.text("period"))


def the_law_of_the_period_is_known(document: Document, known: Known) -> Iterator[Problem]:
    """No month is computed by the rules of another."""
    for line in document.lines:
        if line.text("period") and not _has_law(known, line.text("period")):
            yield NO_LAW(column="period", row_id=line.id, period=line.text("period"))


def everybody_can_be_paid(document: Document, known: Known) -> Iterator[Problem]:
    """Somebody is paid, and whoever is has a status by which tax can be withheld.

    A run without anybody is a slip of the pen, or came before the rows that it needs.
    """
    for line, period in _computable(document, known):
        paid, rules = paid_employees(known, period), rules_of(known, period)
        if not paid:
            yield NOBODY(column="period", row_id=line.id, period=period)
        for problem in _statuses(known, period, paid, rules) if rules else ():
            yield problem.at(line.id, "period")


def accounts_are_there(document: Document, known: Known) -> Iterator[Problem]:
    """The journal entry finds its accounts."""
    if not known.has(ACCOUNTS):
        return
    for line, period in _computable(document, known):
        for words in missing_roles(known, rules_of(known, period) is not None):
            yield NO_ACCOUNT(row_id=line.id, role_id=words.id, role_en=words.en)


def _statuses(
    known: Known, period: str, paid: Sequence[Paid], rules: PayRules
) -> Iterator[Problem]:
    stated = tax_rows(known, period[:4])
    for one in paid:
        status = tax_terms(one.row, stated.get(one.employee)).status
        if not status:
            yield NO_STATUS(employee=one.employee)
        elif not rules.knows_status(status):
            yield UNUSABLE_STATUS(employee=one.employee, status=status)


def _computable(document: Document, known: Known) -> Iterator[tuple[Line, str]]:
    """The rows that will be computed anew here, each with its period; a workbook has no staff."""
    for line in document.lines:
        period = line.text("period")
        if not known.has(EMPLOYEES) or _is_unchanged(document, line) or not period:
            continue
        if _has_law(known, period):
            yield line, period


def _has_law(known: Known, period: str) -> bool:
    try:
        rules_of(known, period)
    except NoRowOnDay:
        return False
    return True


def _is_unchanged(document: Document, line: Line) -> bool:
    return any(old.id == line.id and _cells(old) == _cells(line) for old in document.before)


def _cells(line: Line) -> dict[str, str]:
    return {column: text for column, text in line.cells.items() if text is not None}
