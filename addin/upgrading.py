"""Bringing a workbook to the newest version of its template, in place.

New sheets and columns are added, nothing is moved or taken away: formulas, charts, macros and the
person's own columns stay where they are. What was unsent before must be unsent after, or nothing is
done.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from addin.base_lines import BaseRow
from addin.copies import Copy, open_copy
from addin.errors import CannotUpgrade, NewerTemplate, NotOurWorkbook
from addin.groups import dirty_rows
from addin.hosts.base import Cell, NewColumn, SetCell, SheetEdit, Workbook
from addin.hosts.errors import HostError
from addin.hosts.memory import MemoryWorkbook
from addin.hosts.offers import grafting
from addin.layout import FLAGS
from addin.pages import Page
from addin.shadow import LISTS, meta_of, sheets_of
from workbook_templates import books
from workbook_templates.lenses import Renamed, Split, Step, lifted, lifted_pairs
from workbook_templates.problems import Message
from workbook_templates.schema import Book, Sheet
from workbook_templates.versions import steps_of
from workbook_templates.words import Words

OTHERWISE = Message(
    "cannot_upgrade",
    Words(
        "isian yang belum terkirim akan berubah ({rows} baris).",
        "what was not sent yet would change ({rows} rows).",
    ),
)
NO_ROOM = Message(
    "cannot_upgrade",
    Words(
        "di kanan tabel {sheet} ada isi tanpa judul kolom. Beri judul pada kolomnya, atau pindahkan"
        " ke lembar lain, lalu ulangi.",
        "to the right of the table {sheet} stands something without a heading. Give its columns"
        " headings, or move it to another sheet, then try again.",
    ),
)
NO_SHEETS = Message(
    "cannot_upgrade",
    Words(
        "program ini tidak dapat menambah lembar. Tutup berkasnya, lalu jalankan `lajur upgrade`.",
        "this program cannot add sheets. Close the file, then run `lajur upgrade`.",
    ),
)
Unsent = dict[tuple[str, object], tuple[Any, ...]]  # (table, row) -> what would be sent of it


@dataclass(frozen=True)
class Upgraded:
    """What became of a workbook: versions, and what was added."""

    before: int
    after: int
    sheets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    backup: str = ""


@dataclass
class _Plan:
    """What is to be added to one sheet: (column key, number, heading), and cells to be written."""

    sheet: Sheet
    page: Page
    columns: list[tuple[str, int, str]] = field(default_factory=list)
    cells: list[SetCell] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)


def versions_of(workbook: Workbook) -> tuple[int, int]:
    """The version of a workbook's template, and the newest that is known here."""
    meta = meta_of(workbook)
    try:
        newest = books.book(meta["book"])
    except KeyError:
        raise NotOurWorkbook(name=workbook.name) from None
    version = int(meta.get("version") or newest.version)
    if version > newest.version:
        raise NewerTemplate(
            name=workbook.name, book=newest.key, version=version, known=newest.version
        )
    return version, newest.version


def upgrade(workbook: Workbook) -> Upgraded | None:
    """Bring a workbook to the newest template, in memory and saved; None where it is there.

    A copy of the file as it was stays beside it. Raises `CannotUpgrade` with nothing changed.
    """
    version, newest = versions_of(workbook)
    if version == newest:
        return None
    copy = open_copy(workbook)
    book = books.book(copy.book.key)
    before = _unsent(copy, book, version)
    called = _called(workbook)
    plans = [_plan(workbook, copy, page, called) for page in copy.pages.values()]
    sheets = [s for s in book.sheets if s.table not in copy.pages]
    _add(workbook, copy, book, plans, sheets)
    _bring_shadow(workbook, copy, book, version, plans, sheets)
    after = _unsent(open_copy(workbook), book, newest)
    if before != after:
        differing = {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}
        raise CannotUpgrade(name=copy.name, **OTHERWISE(rows=len(differing)).words.all())
    backup = _keep_backup(workbook, version)
    workbook.save()
    added = tuple(heading for plan in plans for _, _, heading in plan.columns)
    titles = tuple(s.title[copy.language] for s in sheets)
    return Upgraded(version, newest, titles, added, backup)


# --- what is unsent ---------------------------------------------------------------------------


def _unsent(copy: Copy, book: Book, version: int) -> Unsent:
    """Every unsent row, in the words of the newest version."""
    found: Unsent = {}
    for sheet in copy.sheets():
        steps, base = steps_of(book, sheet.table, version), copy.base(sheet.table)
        for row in dirty_rows(copy, sheet):
            changes = lifted_pairs(steps, row.changes)
            told = sorted((k, p) for k, p in changes.items() if p[0] != p[1])
            line = copy.row(sheet.table, row.rid)
            name = row.rid if line is None or row.rid in base else line.number  # new ids differ
            found[sheet.table, name] = (row.deleted, row.readable, repr(told))
    return found


# --- what is added ----------------------------------------------------------------------------


def _called(workbook: Workbook) -> str:
    """All formulas of a workbook, in which a heading may be called by its words."""
    return "\n".join(
        text for name in workbook.sheets() for text in workbook.read(name).formulas.values()
    )


def _plan(workbook: Workbook, copy: Copy, page: Page, called: str) -> _Plan:
    book, version = books.book(copy.book.key), copy.book.version
    sheet = book.sheet(page.sheet.key)
    plan, steps = _Plan(sheet, page), steps_of(book, sheet.table, version)
    layout, language = page.layout, copy.language
    gone = {s.column.key for s in steps if isinstance(s, Split)}
    here = set(lifted(steps, dict.fromkeys(k for k in layout.columns if k not in gone)))
    known = set(
        lifted(steps, dict.fromkeys(c.key for c in page.sheet.columns if c.key not in gone))
    )
    number = max(layout.width, *map(len, workbook.read(layout.worksheet).rows))
    for column in sheet.columns:
        if column.key not in here and column.key not in known:
            number += 1
            plan.columns.append((column.key, number, column.heading[language]))
            plan.cells.append(SetCell(layout.head, number, column.heading[language]))
    for step in steps:
        if isinstance(step, Renamed) and step.column.key in layout.columns:
            _rename(copy, step, plan, called)
        elif isinstance(step, Split):
            plan.cells += _parts(page, step, plan, language)
    return plan


def _rename(copy: Copy, step: Renamed, plan: _Plan, called: str) -> None:
    """The heading in its new words, unless the person has given it words of their own, or a formula
    calls the column by the old ones; then those words go on meaning this column.
    """
    layout = plan.page.layout
    number = layout.columns[step.column.key]
    old = step.column.heading[copy.language]
    new = plan.sheet.column(step.to).heading[copy.language]
    plan.headings[old] = step.to
    if old != new and f"[{old}]" not in called:
        plan.cells.append(SetCell(layout.head, number, new))


def _parts(page: Page, step: Split, plan: _Plan, language: str) -> Iterator[SetCell]:
    places = {key: number for key, number, _ in plan.columns}
    for row in page.rows.values():
        text = row.cells.get(step.column.key)
        for key, part in zip(step.into, step.parts(text), strict=True):
            if part and key in places and row.number is not None:
                value = plan.sheet.column(key).cell(part, language)
                yield SetCell(row.number, places[key], cast(Cell, value))


def _add(
    workbook: Workbook, copy: Copy, book: Book, plans: Sequence[_Plan], sheets: Sequence[Sheet]
) -> None:
    """Sheets and looks from a rendered workbook, then the cells."""
    edits = [
        SheetEdit(plan.page.layout.worksheet, tuple(plan.cells)) for plan in plans if plan.cells
    ]
    workbook.write(edits)
    with TemporaryDirectory() as folder:
        template = _rendered(book, copy, Path(folder) / "new.xlsx")
        grafts = grafting(workbook)
        if grafts is not None:
            columns = [new for plan in plans for new in _looks(workbook, copy, plan)]
            names = [sheet.title[copy.language] for sheet in sheets]
            grafts.graft(template.read_bytes(), names, columns)
        elif sheets:
            _add_plain(workbook, template, [s.title[copy.language] for s in sheets])


def _add_plain(workbook: Workbook, template: Path, names: Sequence[str]) -> None:
    if not isinstance(workbook, MemoryWorkbook):
        raise CannotUpgrade(name=workbook.name, **NO_SHEETS().words.all())
    from addin.hosts.xlsx import open_workbook

    rendered = open_workbook(str(template))
    tables = rendered.tables().values()
    for name in names:
        workbook.add_sheet(name, rendered.read(name).rows, [t for t in tables if t.sheet == name])
    rendered.close()


def _rendered(book: Book, copy: Copy, file: Path) -> Path:
    from workbook_templates.render import Binding, render_xlsx

    meta = copy.meta
    titles = {s.table: s.title for b in books.all_books() for s in b.sheets}
    binding = Binding(
        company=meta.get("company", ""),
        company_name=meta.get("company_name", ""),
        language=copy.language,
        locale=meta.get("locale") or "id-ID",
        server=meta.get("server", ""),
        titles=titles,
    )
    render_xlsx(book, file, binding)
    return file


def _between(workbook: Workbook, copy: Copy, plan: _Plan) -> tuple[str, ...]:
    """The headings between a sheet's table and its new columns. Raises `CannotUpgrade`."""
    layout = plan.page.layout
    table = workbook.tables().get(layout.table or "")
    if table is None or not plan.columns:
        return ()
    row = workbook.read(layout.worksheet).rows[layout.head - 1]
    found = [str(cell or "").strip() for cell in row[table.area.right : plan.columns[0][1] - 1]]
    others = [t for t in workbook.tables().values() if t.sheet == table.sheet]
    beside = any(t.area.left > table.area.right for t in others)
    taken = {str(cell) for cell in row[: table.area.right]} | {h for _, _, h in plan.columns}
    if beside or "" in found or len({*found, *taken}) < len(found) + len(taken):
        facts = {"sheet": layout.worksheet}
        raise CannotUpgrade(name=copy.name, **NO_ROOM(**facts).words.all())
    return tuple(found)


def _looks(workbook: Workbook, copy: Copy, plan: _Plan) -> Iterator[NewColumn]:
    """Where a new column finds its look in the rendered workbook: `_id` and Status come first."""
    between = _between(workbook, copy, plan)
    layout, keys = plan.page.layout, [column.key for column in plan.sheet.columns]
    for key, number, heading in plan.columns:
        yield NewColumn(
            layout.worksheet,
            number,
            layout.head,
            heading,
            layout.own[FLAGS],
            plan.sheet.title[copy.language],
            keys.index(key) + 3,
            len(keys) + 3,
            between,
        )
        between = ()


# --- what travels along -----------------------------------------------------------------------


def _bring_shadow(
    workbook: Workbook,
    copy: Copy,
    book: Book,
    version: int,
    plans: Sequence[_Plan],
    sheets: Sequence[Sheet],
) -> None:
    """Meta and base in the words of the new version; the outbox stays as it was sent."""
    shadow, meta = copy.shadow, copy.meta
    for plan in plans:
        steps = steps_of(book, plan.sheet.table, version)
        _bring_base(copy, plan.sheet.table, steps)
        if plan.headings:
            known = json.loads(meta.get(f"headings:{plan.sheet.key}") or "{}")
            said = json.dumps({**plan.headings, **known}, ensure_ascii=False)
            meta[f"headings:{plan.sheet.key}"] = said
        if steps:
            shadow.held = {p: held for p, held in shadow.held.items() if p[0] != plan.sheet.table}
            shadow.review = [line for line in shadow.review if line.table != plan.sheet.table]
    meta.update({f"sheet:{sheet.key}": sheet.title[copy.language] for sheet in sheets})
    meta.update(version=str(book.version), cursor="")
    shadow.memory = None
    for table in list(copy.pages):
        len(list(copy.base(table).items()))
    shadow.read_whole()
    for name, lines in sheets_of(shadow).items():
        workbook.replace(name, lines)
    _name_lists(workbook, book, copy)


def _bring_base(copy: Copy, table: str, steps: Sequence[Step]) -> None:
    """Rows as they were agreed on, one commit older than they are: so that all of each comes
    again, with the columns that the old template did not have.
    """
    base = copy.base(table)
    for rid, row in list(base.items()) if steps else ():
        cells = {k: text for k, text in lifted(steps, row.cells).items() if text}
        base[rid] = BaseRow(max(row.seq - 1, 0), cells, row.source)


def _name_lists(workbook: Workbook, book: Book, copy: Copy) -> None:
    """Headings for the lists of tables to which only new columns refer."""
    if LISTS not in workbook.sheets():
        return
    rows = workbook.read(LISTS).rows
    heads = [str(head) for head in (rows[0] if rows else []) if head is not None]
    own = {sheet.table for sheet in book.sheets}
    wanted = {
        c.tables[0] for s in book.sheets for c in s.reference_columns if len(c.tables) == 1
    } - own
    new = sorted(wanted - set(heads))
    cells = tuple(SetCell(1, len(heads) + n, table) for n, table in enumerate(new, start=1))
    if cells:
        workbook.write([SheetEdit(LISTS, cells)])


def _keep_backup(workbook: Workbook, version: int) -> str:
    """A copy of the file as it was, which no later save replaces."""
    path = getattr(workbook, "path", None)
    if not isinstance(path, Path):
        return ""
    backup = path.with_name(f"{path.stem}.v{version}{path.suffix}.bak")
    try:
        shutil.copy2(path, backup)
    except OSError as failure:
        raise HostError(name=path.name, reason=failure.strerror or str(failure)) from failure
    return backup.name
