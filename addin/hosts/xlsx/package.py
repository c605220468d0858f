"""The parts of a workbook file: content, types and relationships, changed in memory."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import lru_cache
from zipfile import ZipInfo
from zlib import crc32

from addin.hosts.errors import DamagedWorkbook, DangerousWorkbook, NotAWorkbook
from addin.hosts.xlsx.archive import Member, archive_of, inflated, members, packed_member
from addin.hosts.xlsx.markup import elements, prefix, quoted, text_attribute
from addin.hosts.xlsx.sheet_part import Places, SheetPart, sheet_part

TYPES = "[Content_Types].xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICTLY = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": _STRICT + b"spreadsheetml/main",
    RELATIONS.encode(): _STRICT + b"officeDocument/relationships",
}
SMALL = 1 << 20
MOST_TEXTS = 512 << 20  # bytes of shared texts: many times what a full sheet of them takes
AT_HAND = 128 << 20  # bytes of large parts that are kept inflated
TEXTS = {"id": "teks bersamanya terlalu besar", "en": "its shared texts are too large"}
DTD = {"id": "ada deklarasi DTD", "en": "it has a DTD"}


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another; ``kind`` is the last word of its type."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """A workbook file in memory. ``changed`` has new content by part, that of large ones compressed
    as it will be saved; ``None`` is a dropped part. ``known`` are small parts inflated before,
    ``large`` the last large ones, by their entry in the zip's directory; ``plain`` sheets were seen
    to have no formula; ``cuts`` and ``places`` are of the sheets that were cut up last.

    ``at_hand`` is how many bytes of large parts are kept inflated.

    ``copy`` is cheap, so that a change is made on a copy and taken over only when all went well.
    """

    name: str
    stored: dict[str, Member]
    changed: dict[str, bytes | Member | None] = field(default_factory=dict)
    known: dict[str, bytes] = field(default_factory=dict)
    large: dict[ZipInfo, bytes] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    cuts: dict[str, tuple[bytes, SheetPart]] = field(default_factory=dict)
    places: dict[str, tuple[SheetPart, Places]] = field(default_factory=dict)
    at_hand: int = AT_HAND

    def copy(self) -> Package:
        """A package that can be changed without changing this one."""
        seen = (self.known, self.large, set(self.plain), self.cuts, self.places, self.at_hand)
        return Package(self.name, self.stored, dict(self.changed), *seen)

    def saved_as(self, content: bytes) -> Package:
        """The package of the file that ``archive`` made, with what is inflated already."""
        saved = package_of(content, self.name)
        for part, changed in self.changed.items():
            self.known.pop(part, None)
            if isinstance(changed, bytes):
                self.known[part] = changed
        entries = {
            member.info: saved.stored[part].info
            for part in saved.stored
            if (member := self._compressed(part))
        }
        saved.known, saved.plain = self.known, self.plain
        saved.large = {entries[info]: xml for info, xml in self.large.items() if info in entries}
        saved.cuts, saved.places, saved.at_hand = self.cuts, self.places, self.at_hand
        return saved

    def _compressed(self, part: str) -> Member | None:
        """The part as it is in the file, or will be; None for a small one that was changed."""
        member = self.changed.get(part, self.stored.get(part))
        return member if isinstance(member, Member) else None

    def parts(self) -> list[str]:
        """Names of the parts, in the order of the file, new ones last."""
        names = [*self.stored, *(part for part in self.changed if part not in self.stored)]
        return [
            part for part in names if part not in self.changed or self.changed[part] is not None
        ]

    def has(self, part: str) -> bool:
        """Whether the part is there."""
        if part in self.changed:
            return self.changed[part] is not None
        return part in self.stored

    def read(self, part: str) -> bytes:
        """Content of a part that we are going to parse; refused when it could do harm."""
        changed = self.changed.get(part)
        if isinstance(changed, bytes):
            return changed
        member = self._compressed(part)
        if member is None:
            raise DamagedWorkbook(name=self.name)
        content = self.large.get(member.info)
        if content is None and changed is None:
            content = self.known.get(part)
        return self._inflated(part, member) if content is None else content

    def _inflated(self, part: str, member: Member) -> bytes:
        """Content of a part that is not at hand."""
        if part.endswith("sharedStrings.xml") and member.info.file_size > MOST_TEXTS:
            raise DangerousWorkbook(name=self.name, reason=TEXTS)
        content = inflated(member, self.name)
        self._refuse_dangerous(content)
        if len(content) < SMALL:
            self.known[part] = content
        else:
            self._keep_at_hand(member.info, content)
        return content

    def _keep_at_hand(self, info: ZipInfo, content: bytes) -> None:
        """Remember the content of a large part, and forget those that came long before."""
        self.large[info] = content
        while len(self.large) > 1 and sum(map(len, self.large.values())) > self.at_hand:
            self._forget(next(iter(self.large)))

    def _forget(self, info: ZipInfo) -> None:
        """Let go of the content of a large part, and of what was cut from it."""
        if self.large.pop(info, None) is not None:
            self.cuts.pop(info.filename, None)
            self.places.pop(info.filename, None)

    def let_go(self, part: str) -> None:
        """Keep a part only as it is compressed, because it will hardly be asked for again."""
        if member := self._compressed(part):
            self._forget(member.info)

    def spare_memory(self, part: str) -> None:
        """Let go of a part that is read whole. If it is large, its cells need the memory: from now
        on no more than one large part is kept inflated.
        """
        if len(self.read(part)) >= SMALL:
            self.at_hand = 0
        self.let_go(part)

    def checksum(self, part: str) -> str:
        """Length and CRC-32 of a part, as the zip's directory has them."""
        content = self.changed.get(part)
        if isinstance(content, bytes):
            return f"{len(content):x}-{crc32(content):08x}"
        info = (content or self.stored[part]).info
        return f"{info.file_size:x}-{info.CRC:08x}"

    def sheet(self, part: str) -> SheetPart:
        """A worksheet part, cut into head, rows and tail."""
        content = self.read(part)
        cut = self.cuts.get(part)
        if cut is None or cut[0] is not content:
            cut = self.cuts[part] = content, sheet_part(content, self.name)
        return cut[1]

    def rows(self, part: str) -> Places:
        """Number and start of each row of a worksheet part."""
        cut, seen = self.sheet(part), self.places.get(part)
        if seen is None or seen[0] is not cut:
            seen = self.places[part] = cut, cut.places()
        return seen[1]

    def _refuse_dangerous(self, content: bytes) -> None:
        """Entities can expand without end; UTF-16 would hide them from this check."""
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:64]:
            raise NotAWorkbook(name=self.name)
        at = content.find(b"<!")
        if at >= 0 and (content.find(b"<!DOCTYPE", at) >= 0 or content.find(b"<!ENTITY", at) >= 0):
            raise DangerousWorkbook(name=self.name, reason=DTD)

    def put(self, part: str, content: bytes) -> None:
        """Give an existing part new content; nothing happens when it is the one we know."""
        if part in self.changed or content != self.known.get(part):
            self.let_go(part)
            self.changed[part] = self._at_rest(part, content)
            self.plain.discard(part)

    def _at_rest(self, part: str, content: bytes) -> bytes | Member:
        """New content as it is kept: several large parts at full length would be too much."""
        if len(content) < SMALL:
            return content
        member = packed_member(part, content, self.stored.get(part), squeeze=True)
        self._keep_at_hand(member.info, content)
        return member

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part with its content type."""
        self.changed[part] = self.spelled(content)
        entry = b'Override PartName="/%s" ContentType="%s"/>' % (
            quoted(part),
            content_type.encode(),
        )
        self._add_type(entry)

    def spelled(self, xml: bytes) -> bytes:
        """XML of ours in this workbook's namespaces: those of the strict format are others."""
        if _STRICT in self.read("_rels/.rels"):
            for usual, strict in _STRICTLY.items():
                xml = xml.replace(usual, strict)
        return xml

    def add_default_type(self, extension: str, content_type: str) -> None:
        """State the content type of all parts with this extension, unless it is stated."""
        stated = (
            text_attribute(tag[0], b"Extension") for tag in elements(self.read(TYPES), b"Default")
        )
        if extension not in {known.lower() for known in stated}:
            entry = b'Default Extension="%s" ContentType="%s"/>'
            self._add_type(entry % (extension.encode(), content_type.encode()))

    def _add_type(self, entry: bytes) -> None:
        """Put one entry at the end of the content types (a Default may follow an Override)."""
        types = self.read(TYPES)
        mark = prefix(types)
        end = types.rindex(b"</")
        self.put(TYPES, types[:end] + b"<" + mark + entry + types[end:])

    def drop(self, part: str, owner: str) -> None:
        """Remove a part, its content type, and the relationship that ``owner`` has to it."""
        self.changed[part] = None
        types = self.read(TYPES)
        for tag in elements(types, b"Override"):
            if text_attribute(tag[0], b"PartName").lstrip("/") == part:
                self.put(TYPES, types.replace(tag[0], b"", 1))
        links = relations_part(owner)
        xml = self.read(links)
        for tag in elements(xml, b"Relationship"):
            if _resolved(owner, text_attribute(tag[0], b"Target")) == part:
                self.put(links, xml.replace(tag[0], b"", 1))

    def relations(self, part: str) -> list[Relation]:
        """What a part links to inside the file; the empty name is the package itself."""
        links = relations_part(part)
        if not self.has(links):
            return []
        return [
            Relation(link.id, link.kind, self._spelled(_resolved(part, link.target)))
            for link in _inner_links(self.read(links))
        ]

    def related(self, part: str, kind: str) -> list[str]:
        """Names of the parts that ``part`` links to by relationships of one kind."""
        return [link.target for link in self.relations(part) if link.kind == kind]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Link ``part`` to another and return the relationship's id."""
        links = relations_part(part)
        taken = {link.id for link in self.relations(part)}
        if self.has(links):
            taken |= {
                text_attribute(tag[0], b"Id") for tag in elements(self.read(links), b"Relationship")
            }
        else:
            self.changed[links] = (
                b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns='
                b'"http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
            )
        new = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        xml = _opened(self.read(links))
        end = xml.rindex(b"</")
        entry = f'Relationship Id="{new}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        entry_xml = b"<" + prefix(xml) + self.spelled(entry.encode())
        self.put(links, xml[:end] + entry_xml + xml[end:])
        return new

    def _spelled(self, part: str) -> str:
        """The part's name as the file spells it: names of parts ignore case."""
        if self.has(part):
            return part
        return next((name for name in self.parts() if name.lower() == part.lower()), part)

    def free_name(self, pattern: str) -> str:
        """The first name like ``xl/comments{}.xml`` that no part has."""
        taken = {part.lower() for part in self.stored} | {part.lower() for part in self.changed}
        names = (pattern.format(n) for n in range(1, len(taken) + 2))
        return next(name for name in names if name.lower() not in taken)

    def members(self, squeeze: bool) -> list[Member]:
        """All parts, compressed; changed ones are compressed now, or only stored."""
        return [self._member(part, squeeze) for part in self.parts()]

    def _member(self, part: str, squeeze: bool) -> Member:
        """One part: as it stands in the file, or its new content."""
        content = self.changed.get(part)
        if isinstance(content, bytes):
            return packed_member(part, content, self.stored.get(part), squeeze)
        return content or self.stored[part]

    def archive(self, squeeze: bool = True) -> bytes:
        """The whole file."""
        return archive_of(self.members(squeeze))


@lru_cache(maxsize=256)
def _inner_links(xml: bytes) -> tuple[Relation, ...]:
    """The links of a relationships part to other parts, their targets as they are written."""
    return tuple(
        Relation(
            text_attribute(tag[0], b"Id"),
            text_attribute(tag[0], b"Type").rpartition("/")[2],
            text_attribute(tag[0], b"Target"),
        )
        for tag in elements(xml, b"Relationship")
        if text_attribute(tag[0], b"TargetMode") != "External"
    )


def _opened(xml: bytes) -> bytes:
    """A self-closed root element as an open one, so that something can be put into it."""
    if not xml.rstrip().endswith(b"/>") or b"</" in xml:
        return xml
    root = re.search(rb"<(?![?!])([\w.:-]+)", xml)
    return xml.rstrip()[:-2] + b"></" + root[1] + b">" if root else xml


def _resolved(owner: str, target: str) -> str:
    """The part's name that a relationship's target means."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))


def relations_part(part: str) -> str:
    """The part that holds the relationships of ``part``."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", base + ".rels")


def package_of(content: bytes, name: str) -> Package:
    """The package in a file's bytes, after all checks that its directory allows."""
    package = Package(name, members(content, name))
    if not package.has(TYPES) or not package.has("_rels/.rels"):
        raise NotAWorkbook(name=name)
    return package
