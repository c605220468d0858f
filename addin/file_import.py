"""Bringing the rows of a CSV or XLSX file into a sheet of a workbook: a chart of accounts, parties,
items, employees, opening balances.

What comes in is unsent like anything that a person types; the next sync sends it. All of a file
comes in, or nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from addin.copies import Copy, put_row
from addin.errors import AddinError
from addin.file_tables import plain, read_file
from addin.groups import unsent_documents
from addin.import_columns import Heading, Said, heading_row, headings_in, matched, shape_of
from addin.import_parents import INDENT, fill_parents, is_indented, parent_column
from addin.import_rows import BadCell, FileRow, FileRows, read_rows
from addin.known import LocalKnown
from addin.local import look, rule_problems
from addin.pages import Page
from addin.places import column_named, page_named
from workbook_templates.columns import Column
from workbook_templates.locale import locale
from workbook_templates.problems import Message, Unreadable
from workbook_templates.row_ids import make_id
from workbook_templates.words import Words

KEPT = "import:"  # lines of the workbook's meta: how files with these headings are read
TWICE_IN_FILE = Message(
    "twice_in_file",
    Words(
        "{key} sudah ada di baris {row} berkas ini. Hapus salah satunya.",
        "{key} stands in row {row} of this file already. Remove one of them.",
    ),
)


class NoSuchHeading(AddinError):
    """`--map` names a heading that the file does not have. Facts: heading, file, headings."""

    code = "no_such_heading"
    sentences = {
        "id": "{file} tidak punya judul “{heading}”. Judul yang ada: {headings}.",
        "en": "{file} has no heading “{heading}”. It has: {headings}.",
    }


class ColumnsMissing(AddinError):
    """The file lacks what no row may be without. Facts: file, columns, headings."""

    code = "columns_missing"
    sentences = {
        "id": "{file} tidak punya kolom untuk {columns}. Judul yang ada: {headings}. Tunjukkan"
        " kolomnya dengan --map 'JUDUL=KOLOM', atau beri semua baris satu isi dengan"
        " --set 'KOLOM=ISI'.",
        "en": "{file} has no column for {columns}. Its headings are: {headings}. Say which it is"
        " with --map 'HEADING=COLUMN', or give all rows one value with --set 'COLUMN=VALUE'.",
    }


class BadConstant(AddinError):
    """What `--set` gives to all rows cannot be read. Facts: column, reason."""

    code = "bad_constant"
    sentences = {
        "id": "Isi untuk {column} dengan --set tidak dapat dipakai: {reason}",
        "en": "What --set gives to {column} cannot be used: {reason}",
    }


class NotForImport(AddinError):
    """A sheet is only for reading. Facts: sheet."""

    code = "not_for_import"
    sentences = {
        "id": "Lembar {sheet} hanya untuk dibaca, jadi tidak dapat diisi dari berkas.",
        "en": "The sheet {sheet} is only for reading, so nothing can be imported into it.",
    }


@dataclass(frozen=True)
class Wanted:
    """What the command is told. `mapping`: heading -> columns by name, `constant`: column -> text;
    `parents`: how a list without them says them ("indent", "codes", "" as it seems).
    """

    sheet: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    constant: Mapping[str, str] = field(default_factory=dict)
    parents: str = ""
    update: bool = False
    trust: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of the file that says something else than the workbook."""

    number: int
    key: str
    rid: str
    cells: Mapping[str, tuple[str | None, str]]


@dataclass
class Imported:
    """What an import found and did. `doubtful`: nothing was done, since only likeness tells what
    some headings are; `bad`: why nothing was imported; `updated`: the changed ones were written.
    """

    page: Page
    headings: list[Heading] = field(default_factory=list)
    doubtful: bool = False
    bad: list[BadCell] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    same: int = 0
    changed: list[Difference] = field(default_factory=list)
    updated: bool = False
    parents: int = 0


@dataclass(frozen=True)
class _Plan:
    """How the rows of one file are read: what is kept of it is just this."""

    said: Said
    constant: Mapping[str, str]
    parents: str = ""

    def kept(self) -> str:
        """As a line of meta."""
        return json.dumps([self.said, self.constant, self.parents], ensure_ascii=False)


def import_file(copy: Copy, path: Path, wanted: Wanted) -> Imported:
    """Put what a file has and the sheet has not into the copy; the workbook is not saved here.

    Raises `AddinError`: `NotATable`, `NoSuchHeading`, `ColumnsMissing` and others.
    """
    page = page_named(copy, wanted.sheet)
    if page.sheet.read_only:
        raise NotForImport(sheet=page.layout.worksheet)
    page.rows.items()  # all is read: new rows come to stand below it
    done, table, columns = Imported(page), read_file(path), _fillable(page)
    told = _told(copy, page, wanted)
    first = heading_row(table, columns, told.said, _kept(copy, page))
    headings = headings_in(table[first]) if table else []
    plan = _with_kept(copy, page, told, headings)
    _refuse_unknown(told, headings, path)
    done.headings = matched(headings, [c for c in columns if c.key not in plan.constant], plan.said)
    _refuse_missing(page, done.headings, plan, path)
    done.doubtful = not wanted.trust and not all(h.sure for h in done.headings)
    if done.doubtful:
        return done
    found = read_rows(table, first + 1, page.sheet, done.headings, plan.constant)
    _import(copy, done, found, plan.parents, wanted.update)
    if not done.bad:
        said = {plain(h.text): h.columns for h in done.headings}
        place = f"{KEPT}{page.sheet.key}:{shape_of(headings)}"
        copy.meta[place] = replace(plan, said=said).kept()
    return done


def _import(copy: Copy, done: Imported, found: FileRows, parents: str, update: bool) -> None:
    done.passed, sheet = found.passed, done.page.sheet
    done.bad = [*found.bad, *_twice(done.page, found.rows)]
    if done.bad:
        return
    column = parent_column(sheet)
    if column and not any(column in h.columns for h in done.headings):
        how = parents or (INDENT if is_indented(found.rows) else "")
        done.parents = fill_parents(sheet, found.rows, how) if how else 0
    numbers = _put(copy, done, found.rows, update)
    done.bad = list(_refused(copy, done, numbers))
    if done.bad:
        done.new, done.changed, done.updated = [], [], False


# --- columns ------------------------------------------------------------------------------------


def _fillable(page: Page) -> list[Column]:
    return [c for c in page.sheet.columns if not c.read_only and c.key in page.layout.columns]


def _told(copy: Copy, page: Page, wanted: Wanted) -> _Plan:
    """The plan as far as the command says it. Raises `UnknownColumn`, `BadConstant`."""
    said = {plain(head): _columns(page, names) for head, names in wanted.mapping.items()}
    spoken = locale(copy.meta.get("locale") or "id-ID")
    constant = {}
    for name, text in wanted.constant.items():
        column = column_named(page, name)
        try:
            constant[column.key] = column.canonical(text, spoken) or ""
        except Unreadable as wrong:
            raise BadConstant(column=name, reason=wrong.problem.words.all()) from wrong
    return _Plan(said, constant, wanted.parents)


def _columns(page: Page, names: str) -> tuple[str, ...]:
    return tuple(column_named(page, n.strip()).key for n in names.split(",") if n.strip())


def _kept(copy: Copy, page: Page) -> dict[str, str]:
    """The kept plans of a sheet, by the shape of their files."""
    begin = f"{KEPT}{page.sheet.key}:"
    return {k.removeprefix(begin): text for k, text in copy.meta.items() if k.startswith(begin)}


def _with_kept(copy: Copy, page: Page, told: _Plan, headings: Sequence[Heading]) -> _Plan:
    """What is said now comes before what was kept of files with the same headings."""
    text = _kept(copy, page).get(shape_of(headings))
    if text is None:
        return told
    said, constant, parents = json.loads(text)
    now = {key for keys in told.said.values() for key in keys}
    kept = {h: tuple(k for k in keys if k not in now) for h, keys in said.items()}
    return _Plan({**kept, **told.said}, {**constant, **told.constant}, told.parents or str(parents))


def _refuse_unknown(told: _Plan, headings: Sequence[Heading], path: Path) -> None:
    there = {plain(h.text) for h in headings}
    for heading in told.said:
        if heading not in there:
            raise NoSuchHeading(heading=heading, file=path.name, headings=_shown(headings))


def _refuse_missing(page: Page, headings: Sequence[Heading], plan: _Plan, path: Path) -> None:
    there = {key for h in headings for key in h.columns} | plan.constant.keys()
    missing = [c for c in page.sheet.required_columns if c.key not in there and c.default is None]
    missing = [c for c in missing if not c.read_only]
    if missing:
        columns = {
            language: ", ".join(c.heading[language] for c in missing) for language in ("id", "en")
        }
        raise ColumnsMissing(file=path.name, columns=columns, headings=_shown(headings))


def _shown(headings: Sequence[Heading]) -> str:
    return ", ".join(h.text for h in headings) or "—"


# --- rows ---------------------------------------------------------------------------------------


def _twice(page: Page, rows: Sequence[FileRow]) -> Iterator[BadCell]:
    """Rows with a business key that an earlier row of the file has."""
    if page.sheet.group_by or not page.sheet.unique:
        return
    first = dict[str, int]()
    for row in rows:
        key = page.sheet.key_of(row.cells, str(row.number))
        earlier = first.setdefault(key, row.number)
        if earlier != row.number:
            problem = TWICE_IN_FILE(key=key, row=earlier, column=page.sheet.unique[0])
            yield BadCell(row.number, "", problem)


def _put(copy: Copy, done: Imported, rows: Sequence[FileRow], update: bool) -> dict[str, int]:
    """Put new rows below the others, and changed ones over them where that is wanted; the numbers
    in the file of the rows that were put, by row id. The n-th row of a document is its n-th there.
    """
    table, sheet, numbers = done.page.sheet.table, done.page.sheet, dict[str, int]()
    there, seen = defaultdict[str, list[str]](list), defaultdict[str, int](int)
    for rid, known in done.page.rows.items():
        there[sheet.key_of(known.cells, rid)].append(rid)
    done.updated = update
    for row in rows:
        key = sheet.key_of(row.cells, str(row.number))
        nth, seen[key] = seen[key], seen[key] + 1
        if nth >= len(there[key]):
            rid = make_id()
            put_row(copy, table, rid, row.cells)
            numbers[rid] = row.number
            done.new += [key] if not nth else []
            continue
        rid = there[key][nth]
        differs = _difference(done.page, there[key][0], rid, row.cells)
        if not differs:
            done.same += 1
            continue
        done.changed.append(Difference(row.number, key, rid, differs))
        if update:
            put_row(copy, table, rid, {**done.page.rows[rid].cells, **row.cells})
            numbers[rid] = row.number
    return numbers


def _difference(
    page: Page, first: str, rid: str, cells: Mapping[str, str]
) -> dict[str, tuple[str | None, str]]:
    """What a row of the file says otherwise than the sheet; a blank of the file says nothing."""
    heads = {c.key for c in page.sheet.head_columns}
    now, head = page.rows[rid].cells, page.rows[first].cells
    known = {key: now.get(key) or (head.get(key) if key in heads else None) for key in cells}
    return {key: (known[key], text) for key, text in cells.items() if known[key] != text}


def _refused(copy: Copy, done: Imported, numbers: Mapping[str, int]) -> Iterator[BadCell]:
    """What the rules that can run here say against the rows that were put."""
    look(copy, [u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)], delete=False)
    texts = {key: h.text for h in done.headings for key in h.columns}
    mine = [
        unsent
        for unsent in unsent_documents(copy, done.page.sheet)
        if any(row.rid in numbers for row in unsent.rows)
    ]
    first = {u.key: min(numbers[r.rid] for r in u.rows if r.rid in numbers) for u in mine}
    for found in rule_problems(LocalKnown(copy), mine):
        problem = found.problem
        number = numbers.get(problem.row_id or "") or first.get(found.key, 0)
        yield BadCell(number, texts.get(problem.column or "", ""), problem)
