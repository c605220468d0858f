"""The one validator: what is wrong with a document as it would be, found alike on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches

from workbook_templates.columns import Ref
from workbook_templates.problems import Message, Problem, Unreadable
from workbook_templates.schema import TITLES, Cells, Document, Known, Line, Sheet
from workbook_templates.words import Words

REQUIRED = Message(
    "required",
    Words(id="{column_id} wajib diisi.", en="{column_en} must be filled in."),
)
READ_ONLY = Message(
    "read_only",
    Words(
        id="{column_id} diisi oleh Lajur. Kembalikan isinya seperti semula.",
        en="{column_en} is filled in by Lajur. Put back what stood there.",
    ),
)
UNKNOWN_COLUMN = Message(
    "unknown_column",
    Words(
        id="Kolom {key} tidak dikenal di lembar ini. Perbarui templat buku kerja.",
        en="This sheet has no column {key}. Update the workbook's template.",
    ),
)
HEADS_DISAGREE = Message(
    "heads_disagree",
    Words(
        id="{column_id} harus sama di semua baris {key}: di sini {here}, di baris pertama {first}.",
        en="{column_en} must be the same on every line of {key}: here {here}, first line {first}.",
    ),
)
UNKNOWN_REF = Words(
    id="{column_id} {code} tidak ada. Pilih dari daftar, atau tambahkan dulu di lembar {sheet_id}.",
    en="{column_en} {code} does not exist. Choose from the list, or add it to {sheet_en} first.",
)
UNKNOWN_REF_NEAR = Words(
    id="{column_id} {code} tidak ada. Maksud Anda {near}?",
    en="{column_en} {code} does not exist. Did you mean {near}?",
)

ITS_SHEET = Words(id="asalnya", en="its sheet")
MOST_CODES = 5000  # beyond this many, looking for the nearest code takes longer than it helps


def fill_blanks(sheet: Sheet, rows: Iterable[tuple[str, Cells, bool]]) -> dict[str, Cells]:
    """Cells by row id with blanks filled: defaults on new rows, head values on later lines.

    `rows` are (row id, cells, is new) in document order. Rows with nothing to fill are left out.
    """
    rows = list(rows)
    heads = {
        c.key: first
        for c in sheet.head_columns
        if (first := next((r[1][c.key] for r in rows if r[1].get(c.key)), None))
    }
    of_new = {**sheet.defaults, **heads}
    filled: dict[str, Cells] = {}
    for row_id, cells, new in rows:
        wanted = of_new if new else heads
        missing = [key for key in wanted if cells.get(key) is None]
        if missing:
            filled[row_id] = {**cells, **{key: wanted[key] for key in missing}}
    return filled


def text_problems(sheet: Sheet, row_id: str, cells: Cells) -> Iterator[Problem]:
    """Texts that are not canonical for their column, and columns that the sheet does not have."""
    columns = sheet.by_key
    for key, text in cells.items():
        column = columns.get(key)
        if column is None:
            yield UNKNOWN_COLUMN(row_id=row_id, key=key)
        elif text is not None:
            try:
                column.check(text)
            except Unreadable as refused:
                yield refused.problem.at(row_id, key)


def all_canonical(sheet: Sheet, key: str, texts: Iterable[str | None]) -> bool:
    """Whether a sheet has that column and every text is canonical for it; a blank always is."""
    column = sheet.by_key.get(key)
    if column is None:
        return False
    try:
        for text in texts:
            if text is not None:
                column.check(text)
    except Unreadable:
        return False
    return True


def document_problems(document: Document, known: Known) -> list[Problem]:
    """Everything that is wrong with a document as it would be: blanks, references, heads, rules.

    A deleted document (no lines) meets its rules only.
    """
    return line_problems(document, known) + whole_problems(document, known)


def line_problems(document: Document, known: Known) -> list[Problem]:
    """What is wrong with lines alone; of the lines of many documents as of one."""
    found = [*_required(document), *_references(document, known)]
    for rule in document.sheet.line_rules:
        found.extend(rule(document, known))
    return found


def whole_problems(document: Document, known: Known) -> list[Problem]:
    """What is wrong between the lines of one document."""
    found = [*_heads(document)]
    for rule in document.sheet.rules:
        found.extend(rule(document, known))
    return found


def document_remarks(document: Document, known: Known) -> list[Problem]:
    """What is told of a document that is right, once all that follows from it is there."""
    return [found for rule in document.sheet.remarks for found in rule(document, known)]


def named(column_heading: Words) -> dict[str, str]:
    """The two facts by which every message names a column."""
    return {"column_id": column_heading.id, "column_en": column_heading.en}


def _required(document: Document) -> Iterator[Problem]:
    for column in document.sheet.required_columns:
        key = column.key
        for line in document.lines:
            if line.cells.get(key) is None:
                yield REQUIRED(column=key, row_id=line.id, **named(column.heading))


def _references(document: Document, known: Known) -> Iterator[Problem]:
    for column in document.sheet.reference_columns:
        tables = column.tables
        if not all(map(known.has, (*tables, *(table for table, _ in column.also)))):
            continue
        key = column.key
        unknown = {c for line in document.lines if (c := line.cells.get(key)) is not None}
        for table in tables:
            unknown = {code for code in unknown if known.row(table, code) is None}
        for table, other in column.also if unknown else ():
            unknown = {code for code in unknown if not known.where(table, other, code)}
        for line in document.lines if unknown else ():
            code = line.cells.get(key)
            if code in unknown:
                yield _unknown(column, line, code, known)


def _unknown(column: Ref, line: Line, code: str, known: Known) -> Problem:
    rows = [row for table in column.tables for row in known.rows(table)]
    codes = {row.sheet.key_of(row.cells, row.id) for row in rows}
    hint = _nearest(code, codes) if len(codes) <= MOST_CODES else None
    sheet = column.tables[0].partition(".")[2]
    titles = rows[0].sheet.title if rows else TITLES.get(column.tables[0], ITS_SHEET)
    message = Message(f"unknown_{singular(sheet)}", UNKNOWN_REF_NEAR if hint else UNKNOWN_REF)
    return message(
        column=column.key,
        row_id=line.id,
        hint=hint,
        code=code,
        near=hint or "",
        sheet_id=titles.id,
        sheet_en=titles.en,
        **named(column.heading),
    )


def _nearest(code: str, codes: Iterable[str]) -> str | None:
    """The likeliest of the codes meant: 11100 for 11101, though 11810 shares as many letters."""
    plain = code.casefold()
    codes = list(codes)
    same = next((other for other in codes if other.casefold() == plain), None)
    if same is not None:
        return same
    near = get_close_matches(code, codes, 20, 0.6)
    return max(near, key=lambda other: _alike(code, other), default=None)


def _alike(code: str, other: str) -> tuple[float, int]:
    """How close two codes are; of equally close ones a long common beginning counts."""
    begins = next((i for i, a in enumerate(code) if other[i : i + 1] != a), len(code))
    return SequenceMatcher(None, other, code).ratio(), begins


def _heads(document: Document) -> Iterator[Problem]:
    if len(document.lines) < 2:
        return
    for column in document.sheet.head_columns:
        key = column.key
        if len({line.cells.get(key) for line in document.lines}) == 1:
            continue
        first = document.text(key)
        for line in document.lines:
            here = line.cells.get(key)
            if here is not None and here != first:
                yield HEADS_DISAGREE(
                    column=column.key,
                    row_id=line.id,
                    key=document.key,
                    here=line[column.key],
                    first=document[column.key],
                    **named(column.heading),
                )


def singular(sheet: str) -> str:
    """The name of one row of a sheet: accounts -> account, parties -> party."""
    return f"{sheet[:-3]}y" if sheet.endswith("ies") else sheet.removesuffix("s")
