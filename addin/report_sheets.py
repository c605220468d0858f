"""Report sheets of a workbook, brought up to date in place at the end of a sync.

Only our own lines are written, and only cells that differ. Where something of the person's stands
in the way nothing is, and the sheet says so. No row of such a sheet is ever sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from zlib import crc32

from addin.copies import Copy
from addin.errors import AddinError
from addin.hosts.base import SetCell, SetFormula, SheetEdit, Workbook
from addin.hosts.columns import letters
from addin.hosts.errors import HostError
from addin.hosts.offers import takes_formulas
from addin.moments import moment
from addin.report_layout import ReportSheet, check, find_report_sheet, plain
from addin.report_parameters import Asked, asked_of, request_of
from addin.report_rows import Table, Wanted, differs
from addin.server import Server
from workbook_templates.locale import locale
from workbook_templates.report_frame import PERIOD, SPAN, STATE, TROUBLE, parameters_of
from workbook_templates.report_rows import AT, FOR, IN
from workbook_templates.report_rows import STATE as CENTRAL
from workbook_templates.schema import ReportRequest
from workbook_templates.spans import day_in_words, span_in_words
from workbook_templates.words import Words

HIDDEN = "_lajur_"  # how the names of the hidden sheets begin
LISTED = "report_sheets"  # the key of meta under which their worksheets are listed
REFRESHED = Words("Disegarkan {when} · {state}", "Refreshed {when} · {state}")
IN_THE_WAY = Words(
    "Belum disegarkan: sel {cell} berisi ketikan Anda. Pindahkan ke kanan atau ke bawah laporan,"
    " atau kosongkan, lalu sinkronkan.",
    "Not refreshed: cell {cell} holds something that you typed. Move it to the right of the report"
    " or further down, or clear it, then sync.",
)
TYPED_OVER = Words(
    "Belum disegarkan: baris {row} laporan diubah dengan tangan. Batalkan ubahannya atau kosongkan"
    " baris itu di dalam laporan, lalu sinkronkan.",
    "Not refreshed: row {row} of the report was changed by hand. Undo the change, or clear that row"
    " within the report, then sync.",
)
REFUSED = Words("Belum disegarkan: {reason}", "Not refreshed: {reason}")


@dataclass
class _Edit:
    """The cells of a report sheet that are to be others; `wrong`: why it is not as it should be."""

    sheet: ReportSheet
    cells: list[SetCell] = field(default_factory=list)
    formulas: list[SetFormula] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def put(self, row: int, column: int, wanted: Wanted) -> None:
        """Want a cell to be something; nothing happens where it is."""
        if not differs(self.sheet, row, column, wanted):
            return
        if isinstance(wanted, SetFormula):
            self.formulas.append(wanted)
        else:
            self.cells.append(SetCell(row, column, wanted))

    def whole(self) -> SheetEdit:
        """All of it as one edit."""
        cells, formulas = tuple(self.cells), tuple(self.formulas)
        return SheetEdit(self.sheet.worksheet, cells, formulas=formulas)

    def refuse(self, role: str, column: int, sentence: str | None) -> None:
        """Say what is wrong with a line, or nothing any more."""
        self.say(role, column, sentence)
        self.wrong += [sentence] if sentence else []

    def say(self, role: str, column: int, text: str | None, told: str = "") -> None:
        """Write a line of ours above the report, unless the person wrote there."""
        row = self.sheet.lines.get(role)
        if row is not None and self.sheet.is_ours(row, [column]):
            self.put(row, column, text)
            mark = " ".join(filter(None, (role, told, check([plain(text)]) if text else "")))
            self.put(row, self.sheet.marks, mark)


def refresh_report_sheets(workbook: Workbook, copy: Copy, server: Server) -> None:
    """Bring every report sheet up to date, in memory; `copy.refreshed` tells that one was written.

    A sheet that cannot be written stops nothing: it keeps what it had, with the moment of it.
    """
    for sheet in report_sheets(workbook, copy):
        try:
            edit = _refreshed(workbook, copy, server, sheet)
            if edit.cells or edit.formulas:
                workbook.write([edit.whole()])
                copy.refreshed = True
        except HostError as refused:
            copy.unrefreshed.append((sheet.worksheet, refused.words[copy.language]))
        else:
            copy.unrefreshed += [(sheet.worksheet, sentence) for sentence in edit.wrong]


def listed(copy: Copy) -> list[str]:
    """The worksheets that were report sheets at the last sync."""
    try:
        names = json.loads(copy.meta.get(LISTED) or "[]")
    except ValueError:
        return []
    return [str(name) for name in names] if isinstance(names, list) else []


def report_sheets(workbook: Workbook, copy: Copy) -> list[ReportSheet]:
    """The report sheets that there are; where one was renamed, all other sheets are looked at."""
    names, there = listed(copy), workbook.sheets()
    if not names:
        return []
    found = _found(workbook, (name for name in names if name in there))
    if len(found) < len(names):
        known = {*names, *(page.layout.worksheet for page in copy.pages.values())}
        found += _found(workbook, (n for n in there if n not in known and not n.startswith(HIDDEN)))
        kept = [sheet.worksheet for sheet in found]
        copy.meta[LISTED] = json.dumps(kept, ensure_ascii=False)
    return found


def _found(workbook: Workbook, names: Iterable[str]) -> list[ReportSheet]:
    looked = (find_report_sheet(name, workbook.read(name)) for name in names)
    return [sheet for sheet in looked if sheet is not None]


def _refreshed(workbook: Workbook, copy: Copy, server: Server, sheet: ReportSheet) -> _Edit:
    edit, spoken = _Edit(sheet), copy.language
    asked = asked_of(sheet, spoken, locale(copy.meta.get("locale") or "id-ID"), copy.moment[:10])
    for name in parameters_of(sheet.report):
        edit.refuse(name, sheet.marks + 3, asked.wrong.get(name))
    trouble = next(_typed_over(sheet, spoken), None)
    if asked.wrong or trouble or _is_current(copy, sheet, asked):
        edit.refuse(TROUBLE, sheet.marks + 1, trouble)
        return edit
    try:
        reply = server.report_reply(sheet.report.key, {**asked.given, "language": spoken})
    except AddinError as refused:
        edit.refuse(TROUBLE, sheet.marks + 1, REFUSED[spoken].format(reason=refused.words[spoken]))
        return edit
    request = request_of(sheet.report, asked.given, reply.as_of)
    table = Table(sheet, reply, request, spoken, takes_formulas(workbook))
    trouble = next(_in_the_way(table), None)
    if trouble is None:
        _lay(edit, table)
        _say_state(edit, copy, table, asked)
    edit.refuse(TROUBLE, sheet.marks + 1, trouble)
    return edit


def _typed_over(sheet: ReportSheet, language: str) -> Iterator[str]:
    """What of our own lines a person has changed."""
    for row in (sheet.head, *sheet.rows):
        if not sheet.is_ours(row, sheet.columns(sheet.width)):
            yield TYPED_OVER[language].format(row=row)


def _in_the_way(table: Table) -> Iterator[str]:
    """What a person wrote where the report has to stand now."""
    sheet, columns = table.sheet, table.sheet.columns(len(table.columns))
    for row, _, _ in table.lines():
        ours = sheet.width if row in sheet.rows or row == sheet.head else 0
        for column in columns[ours:]:
            if sheet.cell(row, column) is not None or sheet.has_formula(row, column):
                yield IN_THE_WAY[table.language].format(cell=f"{letters(column)}{row}")


def _lay(edit: _Edit, table: Table) -> None:
    """The report's cells, and blanks where it was longer or wider."""
    sheet, written = edit.sheet, set()
    for row, mark, cells in table.lines():
        written.add(row)
        ours = row in sheet.rows or row == sheet.head
        spare = [None] * (sheet.width - len(cells)) if ours else []
        for column, wanted in enumerate([*cells, *spare], start=sheet.marks + 1):
            edit.put(row, column, wanted)
        edit.put(row, sheet.marks, mark)
    for row in sheet.rows.keys() - written:
        for column in range(sheet.marks, sheet.marks + 1 + sheet.width):
            edit.put(row, column, None)


def _is_current(copy: Copy, sheet: ReportSheet, asked: Asked) -> bool:
    """Whether the sheet has this very report, of the commit at which the copy stands."""
    row = sheet.lines.get(STATE)
    told = sheet.mark(row).split()[1:3] if row else []
    ours = sheet.columns(sheet.width)
    whole = sheet.rows and all(any(sheet.content(n, ours)) for n in sheet.rows)
    return bool(whole) and told == [copy.meta.get("head") or "", _question(copy, asked)]


def _question(copy: Copy, asked: Asked) -> str:
    """A mark of what is asked, by whom, on which day."""
    question = sorted(asked.given.items()), copy.meta.get("user"), copy.moment[:10]
    return f"{crc32(repr(question).encode()):08x}"


def _say_state(edit: _Edit, copy: Copy, table: Table, asked: Asked) -> None:
    """Of when the report is, and when it came."""
    spoken, first = table.language, table.sheet.marks + 1
    when = _when(table.request, table.sheet.report.spans, spoken)
    edit.say(SPAN, first, f"{when} · {IN[spoken].format(currency=copy.currency)}")
    state = CENTRAL[spoken].format(seq=table.reply.seq)
    said = REFRESHED[spoken].format(when=moment(copy.moment, spoken), state=state)
    edit.say(STATE, first, said, f"{table.reply.seq} {_question(copy, asked)}")


def _when(request: ReportRequest, spans: str, language: str) -> str:
    if spans == PERIOD:
        return FOR[language].format(span=span_in_words(request.first, request.last)[language])
    return AT[language].format(day=day_in_words(request.as_of)[language])
