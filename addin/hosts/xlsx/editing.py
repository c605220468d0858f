"""Applying edits to a package: cells, table growth, notes, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from addin.hosts.base import Area, Cell, SheetEdit
from addin.hosts.columns import letters
from addin.hosts.errors import TableMissing
from addin.hosts.xlsx import cells, styles, tables
from addin.hosts.xlsx.formulas import Formula
from addin.hosts.xlsx.heights import with_heights
from addin.hosts.xlsx.markup import (
    area,
    area_text,
    attribute,
    elements,
    inside,
    text_attribute,
    with_attribute,
)
from addin.hosts.xlsx.note_parts import put_notes
from addin.hosts.xlsx.package import Package
from addin.hosts.xlsx.rows import RowPatch, Written, made_ready
from addin.hosts.xlsx.sheet_part import SheetPart
from addin.hosts.xlsx.structure import (
    ask_for_recalculation,
    counts_from_1904,
    drop_calculation_order,
    recalculates,
    sheet_parts,
    workbook_part,
)
from addin.hosts.xlsx.written import WrittenRows

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


@dataclass(slots=True)
class Editing:
    """Changes to a package that nobody else sees until ``finished`` returns it."""

    package: Package
    styles: styles.Styles = field(init=False)
    style_part: str = field(init=False)
    epoch_1904: bool = field(init=False)

    def __post_init__(self) -> None:
        book = workbook_part(self.package)
        known = self.package.related(book, "styles")
        if not known:
            known = [self.package.free_name("xl/styles{}.xml")]
            self.package.add(known[0], styles.EMPTY, _STYLES_TYPE)
            self.package.relate(book, "styles", known[0])
        self.style_part = known[0]
        self.styles = styles.styles_of(self.package.read(self.style_part))
        self.epoch_1904 = counts_from_1904(self.package)

    def apply(self, edit: SheetEdit, part: str) -> None:
        """Apply one edit to the sheet in ``part``."""
        before = sheet = self.package.sheet(part)
        there = tables.tables_of(self.package, edit.sheet, part)
        vacated: Area | None = None
        extra: Mapping[tuple[int, int], Written] = {}
        if edit.table is not None and edit.table_bottom is not None:
            grown = self._table(there, edit.table)
            vacated, extra = _growth(sheet, grown, edit.table_bottom, there)
            sheet = self._grow(sheet, grown, edit.table_bottom)
            there = [_with_bottom(each, grown, edit.table_bottom) for each in there]
        plain = not self._has_formula(part)
        if values := WrittenRows(edit, extra, self.package.name):
            sheet = self._patched(sheet, values, there, vacated, plain)
            plain = plain and not values.has_formula
            self._recalculate(plain, part)
            self._name_columns(there, values)
        notes = {(note.row, note.column): note.text for note in edit.notes}
        sheet = put_notes(self.package, part, sheet, notes)
        sheet = with_heights(sheet, dict(edit.heights))
        if sheet is not before:
            self.package.put(part, sheet.xml)
            self.package.cuts[part] = sheet.xml, sheet
            if plain:
                self.package.plain.add(part)

    def replace(self, part: str, rows: Sequence[Sequence[Cell]]) -> None:
        """Write the sheet's rows anew."""
        sheet = self.package.sheet(part)
        defaults, width = column_styles(sheet), 1

        def pieces() -> Iterator[bytes]:
            nonlocal width
            for number, row in enumerate(rows, 1):
                width = max(width, len(row))
                yield self._whole_row(sheet, number, row, defaults)

        new = sheet.with_rows(pieces())
        stated = Area(1, 1, max(len(rows), 1), width)
        new = new.with_frame(_with_dimension(sheet.head, stated), new.tail)
        self.package.put(part, new.xml)

    def finished(self) -> Package:
        """The package with the formats that were needed."""
        self.package.put(self.style_part, self.styles.text())
        return self.package

    def _whole_row(
        self, sheet: SheetPart, number: int, row: Sequence[Cell], defaults: Mapping[int, int]
    ) -> bytes:
        """A row written anew; blank cells are left out."""
        name = self.package.name
        made = [
            self._render(f"{letters(column)}{number}", defaults.get(column), settled, sheet.mark)
            for column, value in enumerate(row, 1)
            if (settled := cells.writable(value, name)) is not None
        ]
        return b'<%srow r="%d">%s</%srow>' % (sheet.mark, number, b"".join(made), sheet.mark)

    def _render(
        self, reference: str, style: int | None, value: Cell | Formula, mark: bytes
    ) -> bytes:
        """A cell's element in a style that suits its value."""
        if not isinstance(value, str | Formula):
            style = self.styles.suited(style, value)
        prefix = mark.decode()
        return cells.cell(reference, style, cells.body(value, prefix, self.epoch_1904), prefix)

    def _patched(
        self,
        sheet: SheetPart,
        values: WrittenRows,
        there: Iterable[tables.TablePart],
        vacated: Area | None,
        plain: bool,
    ) -> SheetPart:
        """The sheet with values in its cells and its stated size; `plain`: it has no formula."""
        if not plain:
            sheet = made_ready(sheet, values)
        defaults, blocks = column_styles(sheet), [_below_header(each.table.area) for each in there]

        def inherited(row: int, column: int, above: Mapping[int, int | None]) -> int | None:
            usual = defaults.get(column)
            for block in blocks:
                if inside(block, row - 1, column):
                    return above.get(column, usual)
            return usual

        patch = RowPatch(
            sheet,
            values,
            lambda reference, style, value: self._render(reference, style, value, sheet.mark),
            inherited,
            vacated,
        )
        sheet = sheet.with_rows(patch.pieces(), _with_size(sheet.head, values))
        if patch.formulas_replaced:
            drop_calculation_order(self.package)
        return sheet

    def _recalculate(self, plain: bool, part: str) -> None:
        """Ask for recalculation when a formula anywhere could depend on what was written."""
        if recalculates(self.package):
            return
        if not plain or any(map(self._has_formula, self._others(part))):
            ask_for_recalculation(self.package)

    def _others(self, part: str) -> set[str]:
        """The parts of the other worksheets."""
        return set(sheet_parts(self.package).values()) - {part}

    def _has_formula(self, part: str) -> bool:
        """Whether a sheet has a formula; that it has none is remembered."""
        if part in self.package.plain:
            return False
        found = _formula_in(self.package.sheet(part))
        if not found:
            self.package.plain.add(part)
        return found

    def _table(self, there: Iterable[tables.TablePart], name: str) -> tables.TablePart:
        """The table of that name; names ignore case."""
        for table in there:
            if table.table.name.lower() == name.lower():
                return table
        raise TableMissing(name=self.package.name, table=name)

    def _name_columns(self, there: Iterable[tables.TablePart], values: WrittenRows) -> None:
        """A table states its headings a second time; the two must not differ."""
        for table in there:
            block = table.table.area
            new = {
                column - block.left: value
                for column, value in values.get(block.top, {}).items()
                if isinstance(value, str) and inside(block, block.top, column)
            }
            if new:
                xml = self.package.read(table.part)
                self.package.put(table.part, tables.with_headings(xml, new))

    def _grow(self, sheet: SheetPart, table: tables.TablePart, bottom: int) -> SheetPart:
        """Make the table's part and the rules that cover it reach the new last row."""
        xml = tables.grown_table(self.package.read(table.part), table, bottom)
        self.package.put(table.part, xml)
        tail = tables.grown_rules(sheet.tail, table.table.area, bottom)
        return sheet.with_frame(sheet.head, tail)


def _growth(
    sheet: SheetPart, table: tables.TablePart, bottom: int, there: Iterable[tables.TablePart]
) -> tuple[Area | None, dict[tuple[int, int], Written]]:
    """The old totals row, which is vacated, and the cells that growing itself writes."""
    tables.check_room(sheet, table, bottom, there)
    extra: dict[tuple[int, int], Written] = {
        **tables.filled_down(sheet, table, bottom),
        **tables.moved_totals(sheet, table, bottom),
    }
    whole = table.whole
    return (replace(whole, top=whole.bottom) if table.totals else None), extra


def _with_bottom(each: tables.TablePart, grown: tables.TablePart, bottom: int) -> tables.TablePart:
    """The table with its new last row when it is the one that grows."""
    if each.part != grown.part:
        return each
    return replace(each, table=replace(each.table, area=replace(each.table.area, bottom=bottom)))


def _below_header(block: Area) -> Area:
    """A table's area without its header row."""
    return replace(block, top=block.top + 1)


def _formula_in(sheet: SheetPart) -> bool:
    """Whether a sheet has a formula."""
    opening = b"<%sf" % sheet.mark
    return any(sheet.xml.find(opening + end, sheet.start) >= 0 for end in (b">", b" ", b"/"))


def column_styles(sheet: SheetPart) -> dict[int, int]:
    """The default style of each column that states one (of the first 1,000 columns)."""
    found: dict[int, int] = {}
    for tag in elements(sheet.head, b"col"):
        style = int(attribute(tag[0], b"style") or 0)
        first, last = (int(attribute(tag[0], name) or 0) for name in (b"min", b"max"))
        if style:
            found |= dict.fromkeys(range(first, min(last, 1000) + 1), style)
    return found


def _with_size(head: bytes, written: WrittenRows) -> bytes:
    """The sheet's stated size, when it states one, made to cover what was written."""
    stated = next(elements(head, b"dimension"), None)
    if stated is None:
        return head
    size = area(text_attribute(stated[0], b"ref"))
    rows, columns = {size.top, size.bottom, *written}, {size.left, size.right, *written.columns}
    size = Area(max(min(rows), 1), min(columns), max(rows), max(columns))
    return _with_dimension(head, size)


def _with_dimension(head: bytes, size: Area) -> bytes:
    """The head with this stated size, when it states one."""
    stated = next(elements(head, b"dimension"), None)
    if stated is None:
        return head
    return head.replace(stated[0], with_attribute(stated[0], b"ref", area_text(size).encode()), 1)
