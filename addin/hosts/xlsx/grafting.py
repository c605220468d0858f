"""A sheet, or the look of a column, taken over from a new template; all other bytes stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from addin.hosts.base import NewColumn
from addin.hosts.columns import letters
from addin.hosts.errors import CannotBeGrafted
from addin.hosts.xlsx.markup import (
    area,
    area_text,
    attribute,
    elements,
    escaped,
    prefix,
    quoted,
    text_attribute,
    unescaped,
    with_attribute,
)
from addin.hosts.xlsx.package import Package
from addin.hosts.xlsx.sheet_part import sheet_part
from addin.hosts.xlsx.structure import sheet_parts, workbook_part
from addin.hosts.xlsx.style_grafts import StyleGraft
from addin.hosts.xlsx.tables import tables_of

_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = {"worksheet": "worksheet+xml", "table": "table+xml", "comments": "comments+xml"}
_PATTERNS = {
    "table": "xl/tables/table{}.xml",
    "comments": "xl/comments{}.xml",
    "vmlDrawing": "xl/drawings/vmlDrawing{}.vml",
}
_AFTER_RULES = (
    b"dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks"
    b" colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing"
    b" legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts extLst"
).split()
_SHARED = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*?) t="s"([^>]*)><v>(\d+)</v></c>')


@dataclass
class Grafting:
    """Changes to ``package`` after the example of ``donor``, a workbook that we rendered."""

    package: Package
    donor: Package
    styles: StyleGraft = field(init=False)

    def __post_init__(self) -> None:
        ours, theirs = (_styles_part(p) for p in (self.package, self.donor))
        self.styles = StyleGraft(self.package.read(ours), self.donor.read(theirs))

    def finish(self) -> None:
        """Writes the formats that were taken over."""
        self.package.put(_styles_part(self.package), self.styles.xml)

    # -- a whole sheet ---------------------------------------------------------------------------

    def sheet(self, name: str) -> None:
        """The donor's sheet as our last one, with its table, notes, lists and looks."""
        source = sheet_parts(self.donor)[name]
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        xml = self._restyled(_inline(self.donor, self.donor.read(source)))
        self.package.add(part, xml, f"{_MAIN}.{_TYPES['worksheet']}")
        for link in self.donor.relations(source):
            new = self._part(link.kind, self.donor.read(link.target))
            own = self.package.relate(part, link.kind, new)
            old, fresh = f'r:id="{link.id}"'.encode(), f'r:id="~{own}"'.encode()
            xml = xml.replace(old, fresh)
        self.package.put(part, self.package.spelled(xml.replace(b'r:id="~', b'r:id="')))
        self._list(name, part)

    def _part(self, kind: str, content: bytes) -> str:
        new = self.package.free_name(_PATTERNS[kind])
        if kind == "table":
            number = max([0, *_table_ids(self.package)]) + 1
            root = next(elements(content, b"table"))
            content = content.replace(root[0], with_attribute(root[0], b"id", b"%d" % number), 1)
        if kind == "vmlDrawing":
            vml = "application/vnd.openxmlformats-officedocument.vmlDrawing"
            self.package.add_default_type("vml", vml)
            self.package.changed[new] = content
        else:
            self.package.add(new, content, f"{_MAIN}.{_TYPES[kind]}")
        return new

    def _list(self, name: str, part: str) -> None:
        """Name the sheet in the workbook, and the lists that stand on it."""
        book = workbook_part(self.package)
        link = self.package.relate(book, "worksheet", part)
        xml = self.package.read(book)
        sheets = [tag[0] for tag in elements(xml, b"sheet")]
        number = max(int(attribute(tag, b"sheetId") or 0) for tag in sheets) + 1
        related = re.search(rb"\s([\w.-]+:id)=", sheets[0])
        key = related[1] if related else b"r:id"
        mark = prefix(xml)
        entry = b'<%ssheet name="%s" sheetId="%d" %s="%s"/>' % (
            *(mark, quoted(name), number, key, link.encode()),
        )
        end = xml.index(b"</" + mark + b"sheets>")
        xml = xml[:end] + entry + xml[end:]
        self.package.put(book, _with_names(xml, self._names(name, len(sheets))))

    def _names(self, sheet: str, place: int) -> list[bytes]:
        """The donor's defined names that speak of the sheet, its print titles under our number."""
        donor = self.donor.read(workbook_part(self.donor))
        theirs = [text_attribute(t[0], b"name") for t in elements(donor, b"sheet")].index(sheet)
        found = []
        for tag in elements(donor, b"definedName"):
            end = donor.index(b"</", tag.end())
            text = donor[tag.end() : end]
            local = attribute(tag[0], b"localSheetId")
            own = unescaped(text).replace("'", "").startswith(f"{sheet}!")
            if local is not None and int(local) == theirs:
                opening = with_attribute(tag[0], b"localSheetId", b"%d" % place)
                found.append(opening + text + b"</definedName>")
            elif local is None and own:
                found.append(tag[0] + text + b"</definedName>")
        return found

    # -- the look of a column --------------------------------------------------------------------

    def column(self, new: NewColumn) -> None:
        """A column's heading, width, formats, rules and drop-down, at a place of ours."""
        part, source = sheet_parts(self.package)[new.sheet], sheet_parts(self.donor)[new.like_sheet]
        donor = sheet_part(self.donor.read(source), self.donor.name)
        there = letters(new.like)
        sheet = sheet_part(self.package.read(part), self.package.name)
        head = self._with_column(sheet.head, donor.head, new)
        tail = self._with_rules(sheet.tail, donor.tail, new, there)
        xml = sheet.with_frame(head, tail).xml
        like = re.search(rb'<c r="%s1"[^>]*?\ss="(\d+)"' % there.encode(), donor.xml)
        if like:
            xml = _dressed(
                xml, f"{letters(new.column)}{new.head}", self.styles.cell_format(int(like[1]))
            )
        self.package.put(part, xml)
        self._widen(part, new)

    def _with_column(self, head: bytes, donor: bytes, new: NewColumn) -> bytes:
        like = next((tag[0] for tag in elements(donor, b"col") if _covers(tag[0], new.like)), None)
        if like is None:
            return head
        style = self.styles.cell_format(int(attribute(like, b"style") or 0))
        tag = with_attribute(like, b"style", b"%d" % style)
        for name in (b"min", b"max"):
            tag = with_attribute(tag, name, b"%d" % new.column)
        tags = [tag, *(t for old in elements(head, b"col") for t in _around(old[0], new.column))]
        tags.sort(key=lambda each: int(attribute(each, b"min") or 0))
        opening = next(elements(head, b"cols"), None)
        if opening is None:
            at = next(elements(head, b"sheetData")).start()
            return head[:at] + b"<cols>" + b"".join(tags) + b"</cols>" + head[at:]
        end = head.index(b"</", head.rindex(b"<" + prefix(head) + b"col "))
        return head[: opening.end()] + b"".join(tags) + head[end:]

    def _with_rules(self, tail: bytes, donor: bytes, new: NewColumn, there: str) -> bytes:
        """Conditional formats and the validation of the donor's column, for ours."""
        here, flags = letters(new.column), letters(new.flags)
        moved = (there, here, letters(new.like_flags), flags)
        order = max(
            [0, *(int(attribute(t[0], b"priority") or 0) for t in elements(tail, b"cfRule"))]
        )
        rules = b"".join(_of_column(donor, b"conditionalFormatting", there))
        rules = _moved(rules, moved)
        for n, tag in enumerate(list(elements(rules, b"cfRule")), order + 1):
            number = self.styles.difference(int(attribute(tag[0], b"dxfId") or 0))
            changed = with_attribute(tag[0], b"priority", b"%d" % n)
            changed = with_attribute(changed, b"dxfId", b"%d" % number)
            rules = rules.replace(tag[0], changed, 1)
        lists = _moved(b"".join(_of_column(donor, b"dataValidation", there)), moved)
        return _with_lists(_inserted(tail, rules), lists)

    def _widen(self, part: str, new: NewColumn) -> None:
        """The table reaches over the column, and over what stands between."""
        for table in tables_of(self.package, new.sheet, part):
            block = table.table.area
            if block.top != new.head or block.right + len(new.between) + 1 != new.column:
                continue
            xml = self.package.read(table.part)
            for name in (b"table", b"autoFilter"):
                for tag in list(elements(xml, name)):
                    covered = area(text_attribute(tag[0], b"ref"))
                    wide = replace(covered, right=new.column)
                    grown = with_attribute(tag[0], b"ref", area_text(wide).encode())
                    xml = xml.replace(tag[0], grown, 1)
            ids = [int(attribute(t[0], b"id") or 0) for t in elements(xml, b"tableColumn")]
            opening = next(elements(xml, b"tableColumns"))
            names = (*new.between, new.heading)
            count = with_attribute(opening[0], b"count", b"%d" % (len(ids) + len(names)))
            xml = xml.replace(opening[0], count, 1)
            entry = b"".join(
                b'<tableColumn id="%d" name="%s"/>' % (number, quoted(name))
                for number, name in enumerate(names, max(ids) + 1)
            )
            end = xml.index(b"</tableColumns>")
            self.package.put(table.part, xml[:end] + entry + xml[end:])

    def _restyled(self, xml: bytes) -> bytes:
        """A sheet's XML with our numbers of its formats."""
        for element, name in ((b"c", b"s"), (b"row", b"s"), (b"col", b"style")):
            for tag in {t[0] for t in elements(xml, element)}:
                number = attribute(tag, name)
                if number is not None:
                    ours = b"%d" % self.styles.cell_format(int(number))
                    xml = xml.replace(tag, with_attribute(tag, name, ours))
        for tag in {t[0] for t in elements(xml, b"cfRule")}:
            ours = b"%d" % self.styles.difference(int(attribute(tag, b"dxfId") or 0))
            xml = xml.replace(tag, with_attribute(tag, b"dxfId", ours))
        return xml.replace(b' tabSelected="1"', b"")


def graft(
    package: Package, donor: Package, sheets: Sequence[str], columns: Sequence[NewColumn]
) -> None:
    """Takes over sheets, and the looks of columns, from a workbook that we rendered.

    Raises `CannotBeGrafted` for a workbook whose XML is spelled in a way that we do not write.
    """
    if prefix(package.read(workbook_part(package))):
        raise CannotBeGrafted(name=package.name)
    grafting = Grafting(package, donor)
    for sheet in sheets:
        grafting.sheet(sheet)
    for column in columns:
        grafting.column(column)
    grafting.finish()


def _styles_part(package: Package) -> str:
    return package.related(workbook_part(package), "styles")[0]


def _table_ids(package: Package) -> Iterator[int]:
    for sheet, part in sheet_parts(package).items():
        for table in tables_of(package, sheet, part):
            root = next(elements(package.read(table.part), b"table"))[0]
            yield int(attribute(root, b"id") or 0)


def _inline(donor: Package, xml: bytes) -> bytes:
    """Cells with their texts in the place of numbers of the donor's shared texts."""
    shared = donor.read("xl/sharedStrings.xml")
    texts = [
        b"".join(re.findall(rb"<t[^>]*>([^<]*)</t>", item))
        for item in re.findall(rb"<si>(.*?)</si>", shared, re.DOTALL)
    ]

    def cell(found: re.Match[bytes]) -> bytes:
        text = escaped(unescaped(texts[int(found[4])])).encode()
        return b'<c r="%s"%s%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (
            *(found[1], found[2], found[3], text),
        )

    return _SHARED.sub(cell, xml)


def _with_names(xml: bytes, names: Sequence[bytes]) -> bytes:
    """The workbook part with more defined names; one that is there already stays as it is."""
    known = {text_attribute(tag[0], b"name") for tag in elements(xml, b"definedName")}
    mark = prefix(xml)
    new = [
        n.replace(b"<definedName", b"<" + mark + b"definedName").replace(b"</", b"</" + mark)
        for n in names
        if attribute(n, b"localSheetId") is not None or text_attribute(n, b"name") not in known
    ]
    if not new:
        return xml
    end = xml.find(b"</" + mark + b"definedNames>")
    if end >= 0:
        return xml[:end] + b"".join(new) + xml[end:]
    at = xml.index(b"</" + mark + b"sheets>") + len(b"</" + mark + b"sheets>")
    whole = b"<%sdefinedNames>%s</%sdefinedNames>" % (mark, b"".join(new), mark)
    return xml[:at] + whole + xml[at:]


def _covers(tag: bytes, column: int) -> bool:
    return int(attribute(tag, b"min") or 0) <= column <= int(attribute(tag, b"max") or 0)


def _around(tag: bytes, column: int) -> Iterator[bytes]:
    """A column element without one of the columns that it speaks of."""
    if not _covers(tag, column):
        yield tag
        return
    first, last = int(attribute(tag, b"min") or 0), int(attribute(tag, b"max") or 0)
    if first < column:
        yield with_attribute(tag, b"max", b"%d" % (column - 1))
    if column < last:
        yield with_attribute(tag, b"min", b"%d" % (column + 1))


def _of_column(tail: bytes, element: bytes, column: str) -> Iterator[bytes]:
    """The rules that a rendered sheet has for one column only."""
    for tag in elements(tail, element):
        if (attribute(tag[0], b"sqref") or b"").startswith(f"{column}2:".encode()):
            close = b"</" + element + b">"
            yield tail[tag.start() : tail.index(close, tag.end()) + len(close)]


def _moved(rules: bytes, moved: tuple[str, str, str, str]) -> bytes:
    """Rules of one column for another; they name their own column and that of the flags."""
    there, here, flags_there, flags_here = (text.encode() for text in moved)
    rules = re.sub(rb'sqref="%s2:%s' % (there, there), b'sqref="%s2:%s' % (here, here), rules)
    rules = rules.replace(b"$%s2" % flags_there, b"$%s2" % flags_here)
    return re.sub(rb"(?<![A-Z$])%s2(?!\d|:)" % there, here + b"2", rules)


def _inserted(tail: bytes, rules: bytes) -> bytes:
    if not rules:
        return tail
    after = next((t.start() for name in _AFTER_RULES for t in elements(tail, name)), None)
    at = after if after is not None else tail.rindex(b"</")
    return tail[:at] + rules + tail[at:]


def _with_lists(tail: bytes, lists: bytes) -> bytes:
    if not lists:
        return tail
    opening = next(elements(tail, b"dataValidations"), None)
    if opening is None:
        return _inserted_lists(tail, b'<dataValidations count="1">' + lists + b"</dataValidations>")
    end = tail.index(b"</dataValidations>")
    count = int(attribute(opening[0], b"count") or 0) + 1
    grown = with_attribute(opening[0], b"count", b"%d" % count)
    return tail[: opening.start()] + grown + tail[opening.end() : end] + lists + tail[end:]


def _inserted_lists(tail: bytes, lists: bytes) -> bytes:
    names = _AFTER_RULES[1:]
    after = next((t.start() for name in names for t in elements(tail, name)), None)
    at = after if after is not None else tail.rindex(b"</")
    return tail[:at] + lists + tail[at:]


def _dressed(xml: bytes, reference: str, style: int) -> bytes:
    """The cell in another format."""
    found = re.search(rb'<(?:[\w.-]+:)?c r="%s"[^>]*>' % reference.encode(), xml)
    if not found:
        return xml
    tag = with_attribute(found[0], b"s", b"%d" % style)
    return xml[: found.start()] + tag + xml[found.end() :]
