"""The declarations of which a book is made: sheets, rules, reports, totals and replays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from workbook_templates.charts import Chart
from workbook_templates.columns import Column, Ref
from workbook_templates.lenses import Lens
from workbook_templates.parts import Part
from workbook_templates.problems import Problem
from workbook_templates.report_files import ReportFile
from workbook_templates.resuming import Resumption
from workbook_templates.senders import Sender
from workbook_templates.words import Words

Cells = Mapping[str, str | None]  # column key -> canonical text; a blank is absent or None


@dataclass(frozen=True, slots=True)
class Company:
    """One set of books that balances on its own."""

    code: str
    name: str
    currency: str = "IDR"
    pack: str = "id"
    language: str = "id"


@dataclass(slots=True)  # never changed; frozen ones take three times as long to make
class Line:
    """One row as rules and reports see it: `line["debit"]` is a Decimal, a date, a text, or None.

    `source` is the document ("table/key") that this row follows from; None where a person typed it.
    """

    sheet: Sheet
    id: str
    cells: Cells
    source: str | None = None

    def __getitem__(self, column: str) -> Any:
        text = self.cells.get(column)
        return None if text is None else self.sheet.column(column).value(text)

    def text(self, column: str) -> str:
        """Canonical text of a cell; "" for a blank."""
        return self.cells.get(column) or ""


@dataclass(slots=True)  # never changed, as `Line`
class Document:
    """The rows that are accepted or refused together, as they would be after the change.

    `before` are the same document's rows as they are kept now (empty for a new one); a deleted
    document has no lines.
    """

    sheet: Sheet
    key: str
    lines: tuple[Line, ...]
    before: tuple[Line, ...] = ()

    def __getitem__(self, column: str) -> Any:
        """The document's value of a head column: that of the first line which has one."""
        return next((v for v in (line[column] for line in self.lines) if v is not None), None)

    def text(self, column: str) -> str:
        """Canonical text of a head column; "" for a blank."""
        return next((t for t in (line.text(column) for line in self.lines) if t), "")

    @property
    def source(self) -> str:
        """How rows that follow from this document name it."""
        return f"{self.sheet.table}/{self.key}"


class Known(Protocol):
    """The company as it would be after the change: what rules, proposals and reports may look up.

    Tables are named "book.sheet". In a workbook some tables are not there (`has` is False): a rule
    then keeps silent and the server, which has them all, has the last word.
    """

    @property
    def company(self) -> Company: ...

    @property
    def sender(self) -> Sender | None: ...  # in a workbook and in reports nobody does

    def has(self, table: str) -> bool: ...

    def row(self, table: str, key: str) -> Line | None:
        """The row with this business key (code); for a document, its first line."""

    def document(self, table: str, key: str) -> Document | None: ...

    def rows(self, table: str) -> Sequence[Line]:
        """All live rows, in no promised order."""

    def where(self, table: str, column: str, value: str) -> Sequence[Line]:
        """The live rows with this canonical text in an indexed column (`Sheet.indexes`)."""

    def between(self, table: str, column: str, value: str, first: str, last: str) -> Sequence[Line]:
        """As `where`, of the days from first to last in the sheet's column `dated`."""

    def totals(
        self,
        key: str,
        by: Sequence[str] = (),
        equal: Cells | None = None,
        first: Cells | None = None,
        last: Cells | None = None,
    ) -> dict[tuple[str, ...], tuple[int, ...]]:
        """Sums of declared `Totals`, grouped by some of its columns, in 1/10,000 units (integers).

        `equal`, `first` (>=) and `last` (<=) narrow by text of its `by` columns. Blank = "".
        """

    def replayed(self, key: str, partition: str) -> Sequence[Mapping[str, str | None]]:
        """The rows of a declared `Replay` for one partition, in replay order."""


Rule = Callable[[Document, Known], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rows that a document causes in another table, kept in the same commit under its rules.

    `rows` (canonical text) replace what the same source proposed before under this table and key.
    """

    table: str
    key: str
    rows: tuple[Cells, ...]


@dataclass(frozen=True)
class Totals:
    """Sums kept in step with a table's rows (or a replay's): `of` columns added up by `by` columns.

    A `by` name may be "column:month" (YYYY-MM of a date). Units are 1/10,000.
    `proposes(first by value, known)`: what follows whenever the sums under that value change.
    """

    key: str
    by: tuple[str, ...]
    of: tuple[str, ...]
    proposes: Callable[[str, Known], Iterable[Proposal]] | None = None


@dataclass(frozen=True)
class Replay:
    """A projection: rows that follow from all dated rows which share one partition value.

    `build(partition value, known)` gives the rows (column -> canonical text) in order, and the
    problems that refuse the change (a shortage of stock). `sources` maps each source table to its
    partition column. `lajur-server verify` builds all anew and compares. `version`: one more
    whenever its rules change; a server that starts then makes everything anew.
    """

    key: str
    sources: Mapping[str, str]
    columns: tuple[Column, ...]
    build: Callable[[str, Known], tuple[list[Cells], list[Problem]]]
    totals: tuple[Totals, ...] = ()
    resumption: Resumption | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers without a gap, given by the server when a document is first accepted.

    `column`: read-only, blank until then and the same ever after. `series(document, known)` names
    the counter and is how its numbers begin ("JV-2026" gives "JV-2026-0001"); "" gives none yet.
    What follows from a document does not see its number.
    """

    column: str
    series: Callable[[Document, Known], str]
    digits: int = 4


@dataclass(frozen=True)
class Sheet:
    """A declared table.

    `group_by`: the column that names the business document (a journal entry); without it each row
    is its own document, found by its business key `key` (one or more columns, unique).
    `rules` see a document as a whole; `line_rules` lines alone, those of many documents at once.
    `indexes`: columns of `Known.where`, and `dated` the column of days of `Known.between`.
    `proposes`: what a document does to other tables; `refreshes`: other documents ("table", key)
    whose proposals must be made anew when this one changes.
    `families`: columns that are one merge unit (debit + credit). `read_only`: only comes back.
    `remarks`: what the server tells of a document that it takes, and that refuses nothing.
    `strict`: a row that has moved on at all is a conflict, even where other cells were changed.
    `numbering`: how its documents are numbered. `opposite`: what takes one back on another day.
    `stamps`: read-only cells that the server fills in once, as it accepts a new row.
    """

    key: str
    title: Words
    columns: tuple[Column, ...]
    group_by: str | None = None
    unique: tuple[str, ...] = ()
    help: Words | None = None
    families: tuple[tuple[str, ...], ...] = ()
    rules: tuple[Rule, ...] = ()
    line_rules: tuple[Rule, ...] = ()
    remarks: tuple[Rule, ...] = ()
    proposes: Callable[[Document, Known], Iterable[Proposal]] | None = None
    refreshes: Callable[[Document, Known], Iterable[tuple[str, str]]] | None = None
    totals: tuple[Totals, ...] = ()
    indexes: tuple[str, ...] = ()
    dated: str = ""
    read_only: bool = False
    strict: bool = False
    numbering: Numbering | None = None
    opposite: Callable[[Document, str, Known], tuple[Cells, ...]] | None = None
    stamps: Callable[[Line, Known], Cells] | None = None
    aliases: tuple[str, ...] = ()
    windows: tuple[tuple[str, ...], ...] = ()
    book: str = ""  # filled by Book

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules of lines and of documents."""
        return self.line_rules + self.rules

    @property
    def table(self) -> str:
        """The name by which other books meet this sheet: "ledger.journal"."""
        return f"{self.book}.{self.key}"

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """The columns by their permanent keys."""
        return {c.key: c for c in self.columns}

    def column(self, key: str) -> Column:
        """The column of that key; raises KeyError."""
        return self.by_key[key]

    @cached_property
    def required_columns(self) -> tuple[Column, ...]:
        """The columns that no row may leave blank (a head may: it follows the first line)."""
        return tuple(c for c in self.columns if c.required)

    @cached_property
    def head_columns(self) -> tuple[Column, ...]:
        """The columns whose value belongs to the whole document."""
        return tuple(c for c in self.columns if c.head)

    @cached_property
    def read_only_columns(self) -> tuple[Column, ...]:
        """The columns that the server fills."""
        return tuple(c for c in self.columns if c.read_only)

    @cached_property
    def read_only_keys(self) -> frozenset[str]:
        """The keys of the columns that the server fills."""
        return frozenset(c.key for c in self.read_only_columns)

    @cached_property
    def defaults(self) -> dict[str, str]:
        """Canonical text by column that a new row gets where its cell is blank."""
        return {c.key: c.default for c in self.columns if c.default is not None}

    @cached_property
    def filled(self) -> frozenset[str]:
        """The columns that are filled where their cell is blank."""
        return frozenset(c.key for c in self.columns if c.head or c.default is not None)

    @cached_property
    def reference_columns(self) -> tuple[Ref, ...]:
        """The columns that name rows of other sheets."""
        return tuple(c for c in self.columns if isinstance(c, Ref))

    @cached_property
    def window_columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each way to limit the sheet, by the name of the first."""
        return {columns[0]: columns for columns in self.windows}

    @cached_property
    def key_columns(self) -> tuple[str, ...]:
        """The columns whose text names a row's document: group_by, or the unique key."""
        return (self.group_by,) if self.group_by else self.unique

    def key_of(self, cells: Cells, row_id: str) -> str:
        """The key of the document to which a row belongs; a row without one stands alone."""
        if self.group_by:
            return cells.get(self.group_by) or f"#{row_id}"
        parts = [cells.get(c) or "" for c in self.key_columns]
        return "|".join(parts) if any(parts) else f"#{row_id}"


@dataclass(frozen=True)
class ReportRequest:
    """What a report is asked: at a date, or for a period "YYYY-MM" (`first`..`last` in days)."""

    as_of: str
    first: str
    last: str
    period: str | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """A named table computed from the central copy: `build` gives rows of canonical text,
    `columns_for` the columns of one request; `sums` are added up below its rows, but not where
    the column `currency` names several; `file` and `takes`: its own kind of file and parameters.
    """

    key: str
    title: Words
    columns: tuple[Column, ...]
    build: Callable[[Known, ReportRequest], Iterable[Cells]]
    spans: str = "as_of"  # "as_of": state at a date; "period": what happened from first to last
    help: Words | None = None
    columns_for: Callable[[ReportRequest], tuple[Column, ...]] | None = None
    sums: tuple[str, ...] = ()
    currency: str = ""
    chart: Chart | None = None
    file: ReportFile | None = None
    takes: tuple[str, ...] = ()

    def shown(self, request: ReportRequest) -> tuple[Column, ...]:
        """The columns of one request."""
        return self.columns_for(request) if self.columns_for else self.columns

    def summed(self, rows: Sequence[Mapping[str, str | None]]) -> tuple[str, ...]:
        """The columns that are added up below such rows."""
        return self.sums if len({row.get(self.currency) for row in rows}) == 1 else ()


@dataclass(frozen=True, slots=True)
class CombinedReport:
    """A report over several companies: `read` takes what each adds, knowing what the first did."""

    key: str
    read: Callable[[Known, ReportRequest, Any], Any]
    build: Callable[[Sequence[Any]], tuple[Report, Sequence[Cells]]]


TITLES: dict[str, Words] = {}  # of every declared table, for sentences about an empty one


@dataclass(frozen=True)
class Book:
    """One kind of workbook and all that is known of it.

    `writers` and `readers` are the roles that may change or see it; an owner always may.
    `version` counts its declarations, each after the first with a lens in `lenses`; workbooks of
    versions from `min_push` on may send, from `min_pull` on may read. `parts`: its sheets' order.
    """

    key: str
    title: Words
    sheets: tuple[Sheet, ...]
    reports: tuple[Report, ...] = ()
    replays: tuple[Replay, ...] = ()
    help: Words | None = None
    version: int = 1
    min_push: int = 1
    min_pull: int = 1
    lenses: tuple[Lens, ...] = ()
    writers: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    combined: tuple[CombinedReport, ...] = ()

    def __post_init__(self) -> None:
        for sheet in self.sheets:
            object.__setattr__(sheet, "book", self.key)
            TITLES[sheet.table] = sheet.title

    @cached_property
    def by_key(self) -> dict[str, Sheet]:
        """The sheets by their permanent keys."""
        return {s.key: s for s in self.sheets}

    def sheet(self, key: str) -> Sheet:
        """The sheet of that key; raises KeyError."""
        return self.by_key[key]

    @cached_property
    def laid_out(self) -> tuple[tuple[Words | None, tuple[Sheet, ...]], ...]:
        """The sheets as they stand in a workbook, by part, with its title."""
        if not self.parts:
            return ((None, self.sheets),)
        there = self.by_key  # of an older version of the book only some
        found = ((p.title, [there[k] for k in p.sheets if k in there]) for p in self.parts)
        return tuple((title, tuple(sheets)) for title, sheets in found if sheets)
