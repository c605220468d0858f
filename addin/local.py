"""What is found wrong before anything is sent: cells that cannot be read, edits of what is ours.

The rules run here too (`lajur status`, and to spare a hopeless second try), but they stop nothing:
whether a document lands must not depend on the unsent rows beside it. The server decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from addin.copies import Copy, Found
from addin.groups import Unsent
from addin.known import LocalKnown
from addin.lazy import loaded
from addin.pages import MERGED_CELLS, Page
from addin.rebase import NOTHING, my_changes
from workbook_templates.check import document_problems, text_problems
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document
from workbook_templates.words import Words

EDITED_OURS = Message(
    "read_only",
    Words(
        "Sel ini diisi oleh Lajur dan tidak dikirim. Kembalikan isinya: {before}.",
        "This cell is filled in by Lajur and is not sent. Put back what stood there: {before}.",
    ),
)
ADDED_ROW = Message(
    "read_only",
    Words(
        "Lembar ini hanya untuk dibaca; baris ini tidak dikirim. Pindahkan ke lembar lain.",
        "This sheet is only for reading; this row is not sent. Move it to another sheet.",
    ),
)
MANY_DELETED = Message(
    "many_deleted",
    Words(
        "{count} dari {all} baris lembar ini hilang; penghapusannya belum dikirim. Kembalikan"
        " barisnya, atau jalankan `lajur sync --yes-delete` bila memang dihapus.",
        "{count} of the {all} rows of this sheet are gone; their deletion was not sent. Put the"
        " rows back, or run `lajur sync --yes-delete` if they are meant to go.",
    ),
)
MISSING_COLUMN = Message(
    "missing_column",
    Words(
        "Kolom {column_id} tidak ditemukan di lembar ini. Kembalikan judulnya; isinya tidak"
        " berubah di pusat.",
        "The column {column_en} is not found in this sheet. Put its heading back; what it held is"
        " unchanged centrally.",
    ),
)
BLANK = "—"


def look(copy: Copy, documents: Iterable[Unsent], delete: bool) -> None:
    """Find what can be seen without rules, and note which rows are unsent."""
    documents = list(documents)
    copy.unsent = {(u.table, row.rid) for u in documents for row in u.rows}
    copy.found = [
        *(found for u in documents for found in _unreadable(copy, u)),
        *(found for page in copy.pages.values() for found in _edits_of_ours(copy, page)),
        *(found for page in copy.pages.values() for found in _missing_columns(page)),
    ]
    if not delete:
        copy.found += _many_deleted(copy, documents)


def _unreadable(copy: Copy, unsent: Unsent) -> Iterator[Found]:
    if unsent.is_readable:
        return
    for dirty in unsent.rows:
        row = copy.row(unsent.table, dirty.rid)
        if row is None:
            continue
        for column, problem in row.unreadable.items():
            yield Found(unsent.table, unsent.key, problem.at(dirty.rid, column))
        if row.merged:
            yield Found(unsent.table, unsent.key, MERGED_CELLS(row_id=dirty.rid))


def _many_deleted(copy: Copy, documents: Iterable[Unsent]) -> Iterator[Found]:
    """Every document with a deletion waits; the sentence is said once a sheet."""
    told: set[str] = set()
    for unsent in documents:
        page = copy.pages[unsent.table]
        if page.too_many_gone and any(row.deleted for row in unsent.rows):
            first = unsent.table not in told
            told.add(unsent.table)
            count, rows = len(page.missing), len(copy.base(unsent.table))
            problem = MANY_DELETED(count=count, all=rows)
            yield Found(unsent.table, unsent.key, problem, told=first)


def _edits_of_ours(copy: Copy, page: Page) -> Iterator[Found]:
    """Edits of rows that only come back, and of columns that the server fills."""
    table = page.sheet.table
    ours = {c.key for c in page.sheet.read_only_columns}
    base = copy.base(table)
    for rid, row in loaded(page.rows).items():
        known = base.get(rid, NOTHING)
        if row.cells == known.cells and not row.unreadable:
            continue
        if page.sheet.read_only and rid not in base:
            yield Found(table, copy.key_of(table, rid), ADDED_ROW(row_id=rid), stops=False)
            continue
        derived = copy.is_derived(table, rid)
        if not derived and ours.isdisjoint(row.cells.keys() | known.cells.keys()):
            continue
        changed = {c for c, (b, m) in my_changes(copy, table, rid).items() if b != m}
        for column in [c for c in {*changed, *row.unreadable} if derived or c in ours]:
            before = known.cells.get(column)
            shown = page.sheet.column(column).value(before) if before else BLANK
            problem = EDITED_OURS(row_id=rid, column=column, before=shown)
            yield Found(table, copy.key_of(table, rid), problem, stops=False)


def _missing_columns(page: Page) -> Iterator[Found]:
    for key in page.layout.missing:
        heading = page.sheet.column(key).heading
        problem = MISSING_COLUMN(column=key, column_id=heading.id, column_en=heading.en)
        yield Found(page.sheet.table, "", problem, stops=False)


# --- the rules --------------------------------------------------------------------------------


def is_still_wrong(known: LocalKnown, unsent: Unsent) -> bool:
    """Whether the rules that can run here still refuse a document."""
    return any(True for _ in rule_problems(known, [unsent]))


def rule_problems(known: LocalKnown, documents: Iterable[Unsent]) -> Iterator[Found]:
    """What the one validator finds in unsent documents, with what this workbook knows."""
    for unsent in documents:
        for key in sorted(unsent.keys):
            for problem in _problems(known, unsent.table, key):
                yield Found(unsent.table, key, problem)


def _problems(known: LocalKnown, table: str, key: str) -> list[Problem]:
    sheet = known.copy.pages[table].sheet
    now = known.document(table, key)
    lines = now.lines if now else ()
    texts = [p for line in lines for p in text_problems(sheet, line.id, line.cells)]
    document = Document(sheet, key, lines, known.before(table, key))
    return texts or document_problems(document, known)
