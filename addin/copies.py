"""One copy of a workbook as the sync sees it: what the file remembers and what its sheets hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import chain
from typing import cast

from addin.base_lines import BaseRow, kept_once
from addin.errors import NewerTemplate, NotOurWorkbook
from addin.hosts.base import Workbook
from addin.hosts.blocks import block_reader
from addin.hosts.offers import hidden_rows
from addin.lazy import is_partial, loaded
from addin.pages import Page, SheetRow, read_page
from addin.partial import partial_page
from addin.reidentified import part_pasted
from addin.remembered import reading_of
from addin.renamed import remember_headings
from addin.shadow import Held, Shadow, load
from workbook_templates import books, wire
from workbook_templates.periods import LOCKED_OUT
from workbook_templates.problems import Problem
from workbook_templates.schema import Book, Cells, Sheet
from workbook_templates.versions import as_of


@dataclass(frozen=True, slots=True)
class Found:
    """A problem that was found here, before anything was sent, and the document that it stops."""

    table: str
    key: str
    problem: Problem
    stops: bool = True
    told: bool = True

    @property
    def status(self) -> str:
        """As which the document will be refused."""
        return wire.LOCKED if self.problem.code in LOCKED_OUT else wire.INVALID


@dataclass
class Copy:
    """All state of one workbook's sync; the functions of `rebase`, `groups` and `sync` work on it.

    `found` are the problems of the last look; `unsent` the rows with changes that are not sent yet;
    `documents` those of each table that its person could know while typing, before the next pull;
    `moment` the server's time at the beginning of this sync; `announced` the stamp that was told
    to it then; `host` the program that holds the workbook; `review_sheet` the worksheet Review.
    `outside` are the rows that stay only until they are sent, `left` the documents (table, key)
    that left their sheets, both for being outside the window; `hidden_on` tells the rows of a
    worksheet that its person does not see; `behind`: the server has a newer version of the book;
    `currency`: the company's; `refreshed`: a report sheet was written and is not saved yet;
    `unrefreshed`: those that could not be, each with a sentence; `is_remarked_anew`: the server
    told of documents, or no longer does.
    """

    name: str
    book: Book
    shadow: Shadow
    pages: dict[str, Page]
    found: list[Found] = field(default_factory=list)
    unsent: set[tuple[str, str]] = field(default_factory=set)
    documents: dict[str, set[str]] = field(default_factory=dict)
    moment: str = ""
    host: str = ""
    announced: str | None = None
    review_sheet: str = ""
    outside: set[tuple[str, str]] = field(default_factory=set)
    left: list[tuple[str, str]] = field(default_factory=list)
    hidden_on: Callable[[str], frozenset[int]] = lambda worksheet: frozenset()
    behind: bool = False
    currency: str = ""
    refreshed: bool = False
    unrefreshed: list[tuple[str, str]] = field(default_factory=list)
    is_remarked_anew: bool = False

    @property
    def language(self) -> str:
        """The workbook's language, "id" or "en"."""
        return self.shadow.meta.get("language") or "id"

    @property
    def meta(self) -> dict[str, str]:
        """Key and value lines of the hidden meta sheet."""
        return self.shadow.meta

    def base(self, table: str) -> dict[str, BaseRow]:
        """The rows of a table as this file and the server last agreed, by row id."""
        return self.shadow.table(table)

    def row(self, table: str, rid: str) -> SheetRow | None:
        """The row on its sheet; None where the sheet has none of that id."""
        page = self.pages.get(table)
        return page.rows.get(rid) if page else None

    def key_of(self, table: str, rid: str) -> str:
        """The document to which a row belongs: as on the sheet, else as in the base."""
        sheet, row, base = self.pages[table].sheet, self.row(table, rid), self.base(table).get(rid)
        cells: Cells = row.cells if row else base.cells if base else {}
        return sheet.key_of(cells, rid)

    def is_derived(self, table: str, rid: str) -> bool:
        """Whether a row only comes back: it follows from a document, or its whole sheet does."""
        base = self.base(table).get(rid)
        return self.pages[table].sheet.read_only or (base is not None and base.source is not None)

    def remember_documents(self) -> None:
        """Note which documents are known now; what a pull brings was not known while typing."""
        held = {(held.table, held.key) for held in self.held.values()}
        for table, page in self.pages.items():
            key_of, base = page.sheet.key_of, self.base(table)
            keys = {key_of(row.cells, rid) for rid, row in loaded(base).items()}
            named = {key_of(row.cells, rid) for rid, row in loaded(page.rows).items()}
            named |= {key for its, key in held if its == table}
            if is_partial(base) and not named <= keys:  # new ones: they may be any of the unread
                keys = {key_of(row.cells, rid) for rid, row in base.items()}
            self.documents[table] = keys

    def sheets(self) -> Iterator[Sheet]:
        """The declared sheets, in the book's order."""
        return (page.sheet for page in self.pages.values())

    @property
    def met(self) -> dict[tuple[str, str], dict[str, wire.MergedWith]]:
        """The rows of unsent documents, by table and key, that a pull brought, by row id."""
        return self.shadow.met

    @property
    def held(self) -> dict[tuple[str, str], Held]:
        """The documents that wait for a person, by table and key."""
        return self.shadow.held

    def hold(self, held: Held) -> None:
        """Let a document wait; conflicts of the same cells are replaced, others are kept."""
        before = self.held.get((held.table, held.key))
        if before and before.conflicts:
            told = {(c.rid, c.col) for c in held.conflicts}
            kept = (c for c in before.conflicts if (c.rid, c.col) not in told)
            held = replace(
                held,
                conflicts=(*kept, *held.conflicts),
                rows=tuple(dict.fromkeys(chain(before.rows, held.rows))),
                status=held.status if held.conflicts else before.status,
            )
        self.held[held.table, held.key] = held


def open_copy(workbook: Workbook) -> Copy:
    """Read a workbook whole and mend its row ids. Raises `NotOurWorkbook`, `MissingSheet`."""
    shadow = load(workbook)
    book = book_of(workbook.name, shadow.meta)
    pages = {sheet.table: _page(workbook, book, sheet, shadow) for sheet in book.sheets}
    for page in pages.values():
        remember_headings(shadow.meta, page.sheet.key, page.learned)
    part_pasted(pages.values(), {table: shadow.table(table) for table in pages})
    host = type(workbook).__name__.removesuffix("Workbook").lower()
    hidden_on = cache(partial(hidden_rows, workbook))
    return Copy(workbook.name, book, shadow, pages, host=host, hidden_on=hidden_on)


def book_of(name: str, meta: Mapping[str, str]) -> Book:
    """The book as the workbook's template has it. Raises `NotOurWorkbook`, `NewerTemplate`."""
    try:
        newest = books.book(meta["book"])
    except KeyError:
        raise NotOurWorkbook(name=name) from None
    version = int(meta.get("version") or newest.version)
    if version > newest.version:
        raise NewerTemplate(name=name, book=newest.key, version=version, known=newest.version)
    return as_of(newest, version)


def _page(workbook: Workbook, book: Book, sheet: Sheet, shadow: Shadow) -> Page:
    """What changed on a sheet since it was saved, where the file can tell; else all of it."""
    reader, memory, base = block_reader(workbook), shadow.memory, shadow.table(sheet.table)
    noted = memory.pages.get(sheet.table) if memory else None
    if reader and memory and noted and noted.reading == reading_of(book, sheet, shadow.meta):
        typed = memory.typed.get(sheet.table, 0)
        page = partial_page(reader, sheet, shadow.meta, base, noted, typed)
        if page is not None:
            return page
    return read_page(workbook, sheet, shadow.meta, base)


def put_row(copy: Copy, table: str, rid: str, cells: Cells) -> None:
    """Write canonical cells into the row of the sheet, or into a new row below the last."""
    page = copy.pages[table]
    wanted = {k: text for k, text in cells.items() if text and k in page.layout.columns}
    if wanted == cells:
        wanted = cast(dict[str, str], cells)  # one for the sheet and the base
    row = page.rows.get(rid)
    if row is None:
        page.rows[rid] = SheetRow(None, wanted)
    else:
        row.cells = wanted


def put_back(copy: Copy, table: str, rid: str) -> None:
    """Make a row what was last agreed on it; one that never landed goes."""
    known, row = copy.base(table).get(rid), copy.row(table, rid)
    if known is None:
        remove_row(copy, table, rid)
        return
    if row is not None:
        row.unreadable, row.formulas = {}, {}
    put_row(copy, table, rid, known.cells)


def remove_row(copy: Copy, table: str, rid: str) -> None:
    """Take a row off its sheet; its line is blanked when the sheet is written."""
    page = copy.pages[table]
    row = page.rows.pop(rid, None)
    if row is not None and row.number is not None:
        page.removed.append(row)


def based(state: wire.RowState) -> BaseRow:
    """A row of the server as a base."""
    return BaseRow(state.seq, kept_once(state.cells), state.src)
