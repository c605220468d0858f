"""What the rows about persons must satisfy: employment, posts, contracts, documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from workbook_templates.books.hr.leave_rules import order_problems
from workbook_templates.books.hr.posts import EMPLOYEES, employment_problems
from workbook_templates.books.hr.work_days import ONE_DAY, add_months
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

DEPARTMENTS = "hr.departments"
CONTRACTS = "hr.contracts"
FIXED_TERM_MONTHS = 60  # PP 35/2021 Pasal 8
PROBATION_MONTHS = 3  # UU 13/2003 Pasal 60

LEFT_BEFORE_JOINING = Message(
    "left_before_joining",
    Words(
        id="Tanggal berhenti {left} lebih awal daripada mulai bekerja {joined}. "
        "Perbaiki salah satunya.",
        en="The day of leaving {left} is before the day of joining {joined}. Correct one of them.",
    ),
)
EMPLOYED_TWICE = Message(
    "employed_twice",
    Words(
        id="NIK ini sudah dipakai karyawan {other} yang bekerja pada masa yang sama. Periksa NIK, "
        "atau isi tanggal berhenti yang lama.",
        en="Employee {other}, employed at the same time, has this NIK. Check the NIK, or fill in "
        "when the former employment ended.",
    ),
)
DEPARTMENT_LOOP = Message(
    "department_below_itself",
    Words(
        id="Departemen {department} menjadi bagian dari dirinya sendiri. Ubah kolom Bagian dari.",
        en="Department {department} would be part of itself. Change Part of.",
    ),
)
CONTRACT_END = Message(
    "contract_end",
    Words(
        id="PKWT harus punya tanggal berakhir; PKWTT tidak boleh punya.",
        en="A fixed-term contract needs an end date; a permanent one has none.",
    ),
)
CONTRACTS_OVERLAP = Message(
    "contracts_overlap",
    Words(
        id="Kontrak {other} berlaku pada masa yang sama. Akhiri dulu kontrak itu.",
        en="Contract {other} is in force at the same time. End that contract first.",
    ),
)
FIXED_TERM_TOO_LONG = Message(
    "fixed_term_too_long",
    Words(
        id="PKWT berturut-turut sejak {start} melewati lima tahun (PP 35/2021 Pasal 8). Batas "
        "akhirnya {limit}.",
        en="Consecutive fixed terms since {start} exceed five years (PP 35/2021 Pasal 8). They "
        "may last until {limit}.",
    ),
)
NO_PROBATION = Message(
    "probation_not_allowed",
    Words(
        id="PKWT tidak boleh bermasa percobaan. Kosongkan kolom ini.",
        en="A fixed-term contract may not have a probation. Clear this cell.",
    ),
)
PROBATION_TOO_LONG = Message(
    "probation_too_long",
    Words(
        id="Masa percobaan paling lama tiga bulan (UU 13/2003 Pasal 60), yaitu sampai {limit}.",
        en="Probation lasts three months at most (UU 13/2003 Pasal 60), until {limit}.",
    ),
)
EXPIRES_BEFORE_ISSUE = Message(
    "expires_before_issue",
    Words(
        id="Masa berlaku {expires} berakhir sebelum tanggal terbit {issued}. Perbaiki "
        "salah satunya.",
        en="The document expires on {expires}, before its issue on {issued}. Correct one of them.",
    ),
)


def a_leaver_leaves_after_joining(document: Document, known: Known) -> Iterator[Problem]:
    """The last day of employment is not before the first."""
    for line in document.lines:
        joined, left = line["joined"], line["left"]
        if joined and left and left < joined:
            yield LEFT_BEFORE_JOINING(column="left", row_id=line.id, joined=joined, left=left)


def a_person_is_employed_once(document: Document, known: Known) -> Iterator[Problem]:
    """Two employments of one NIK do not overlap; a person who comes back has a new number."""
    for line in document.lines:
        if not line.text("nik") or line["joined"] is None:
            continue
        for other in known.where(EMPLOYEES, "nik", line.text("nik")):
            if other.id != line.id and _overlap(line, other, "joined", "left"):
                yield EMPLOYED_TWICE(column="nik", row_id=line.id, other=other.text("employee"))


def a_department_is_not_below_itself(document: Document, known: Known) -> Iterator[Problem]:
    """Following Part of upwards never comes back."""
    for line in document.lines:
        start, above = line.text("department"), line.text("parent")
        seen: set[str] = set()
        while above and above not in seen and above != start:
            seen.add(above)
            row = known.row(DEPARTMENTS, above)
            above = row.text("parent") if row else ""
        if above and above == start:
            yield DEPARTMENT_LOOP(column="parent", row_id=line.id, department=start)


def a_post_is_held_while_employed(document: Document, known: Known) -> Iterator[Problem]:
    """A change of post lies within the employment."""
    for line in document.lines:
        yield from employment_problems(line, ("from",), known)


def a_contract_ends_as_its_kind_says(document: Document, known: Known) -> Iterator[Problem]:
    """A fixed term has an end, a permanent contract has none; no contract ends before it starts."""
    for line in document.lines:
        yield from order_problems(line)
        if line.text("kind") and (line.text("kind") == "pkwt") != (line["to"] is not None):
            yield CONTRACT_END(column="to", row_id=line.id)


def contracts_do_not_overlap(document: Document, known: Known) -> Iterator[Problem]:
    """One contract of an employee is in force at a time."""
    for line in document.lines:
        if line["from"] is None:
            continue
        for other in known.where(CONTRACTS, "employee", line.text("employee")):
            if other.id != line.id and _overlap(line, other, "from", "to"):
                yield CONTRACTS_OVERLAP(column="from", row_id=line.id, other=other.text("contract"))


def fixed_terms_last_five_years_at_most(document: Document, known: Known) -> Iterator[Problem]:
    """Fixed terms that follow each other without a gap last five years together (PP 35/2021)."""
    for line in document.lines:
        if not _is_fixed_term(line):
            continue
        others = known.where(CONTRACTS, "employee", line.text("employee"))
        start = _start_of_chain(line, filter(_is_fixed_term, others))
        limit = add_months(start, FIXED_TERM_MONTHS) - ONE_DAY
        if line["to"] > limit:
            yield FIXED_TERM_TOO_LONG(
                column="to", row_id=line.id, hint=limit.isoformat(), start=start, limit=limit
            )


def probation_is_short_and_only_for_permanent_staff(
    document: Document, known: Known
) -> Iterator[Problem]:
    """Probation: three months at most, none in a fixed term (UU 13/2003 Pasal 58 and 60)."""
    for line in document.lines:
        end = line["probation_end"]
        if end is None or line["from"] is None:
            continue
        limit = add_months(line["from"], PROBATION_MONTHS) - ONE_DAY
        if line.text("kind") == "pkwt":
            yield NO_PROBATION(column="probation_end", row_id=line.id)
        elif end > limit:
            yield PROBATION_TOO_LONG(
                column="probation_end", row_id=line.id, hint=limit.isoformat(), limit=limit
            )


def a_document_expires_after_its_issue(document: Document, known: Known) -> Iterator[Problem]:
    """A document expires on or after the day of its issue, and belongs to its employee."""
    for line in document.lines:
        issued, expires = line["issued"], line["expires"]
        if issued and expires and expires < issued:
            yield EXPIRES_BEFORE_ISSUE(
                column="expires", row_id=line.id, issued=issued, expires=expires
            )


def _overlap(one: Line, other: Line, first: str, last: str) -> bool:
    starts = (one[first], other[first])
    if None in starts:
        return False
    ends = (one[last] or date.max, other[last] or date.max)
    return bool(max(starts) <= min(ends))


def _is_fixed_term(line: Line) -> bool:
    return line.text("kind") == "pkwt" and line["from"] is not None and line["to"] is not None


def _start_of_chain(line: Line, others: Iterable[Line]) -> date:
    """The first day of the fixed terms that lead to this one without a gap."""
    start: date = line["from"]
    for other in sorted(others, key=lambda contract: contract.text("from"), reverse=True):
        if other["from"] < start <= other["to"] + ONE_DAY:
            start = other["from"]
    return start
