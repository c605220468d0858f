"""The zip file under a workbook: members copied as they are, or inflated and checked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from types import ModuleType

from addin.hosts.errors import DamagedWorkbook, DangerousWorkbook, EncryptedWorkbook

try:
    from isal import isal_zlib

    _zlib: ModuleType = isal_zlib  # ten times as fast as zlib at level 1
except ImportError:  # pragma: no cover - a platform without the wheel
    _zlib = zlib

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
MOST_MEMBERS = 20_000
MOST_BYTES = 2 * 1024**3
MOST_RATIO = 200
SMALL = 64 * 1024**2
TWICE = {"id": "bagian yang sama ada dua kali", "en": "the same part twice"}
OUTSIDE = {"id": "ada bagian di luar berkas", "en": "a part with a path outside the file"}
BOMB = {"id": "bom zip: isinya mengembang terlalu besar", "en": "a zip bomb: it grows too large"}
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive, compressed: ``info`` as the directory states it, and its bytes."""

    info: zipfile.ZipInfo
    packed: bytes | memoryview


def members(content: bytes, name: str) -> dict[str, Member]:
    """The members in their order, after the checks that need no inflating.

    Raises ``DamagedWorkbook``, ``DangerousWorkbook`` or ``EncryptedWorkbook``.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, struct.error) as broken:
        raise DamagedWorkbook(name=name) from broken
    _refuse_dangerous(infos, name)
    view = memoryview(content)
    return {info.filename: Member(info, _packed(view, info, name)) for info in infos}


def _refuse_dangerous(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Names that leave the archive or stand twice, and zips that would fill the memory."""
    names = [info.filename.lower() for info in infos]
    if len(set(names)) < len(names):
        raise DangerousWorkbook(name=name, reason=TWICE)
    for part in names:
        if part.startswith("/") or "\\" in part or ":" in part or ".." in part.split("/"):
            raise DangerousWorkbook(name=name, reason=OUTSIDE)
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    bomb = total > MOST_BYTES or (total > SMALL and total > MOST_RATIO * packed)
    if bomb or len(infos) > MOST_MEMBERS:
        raise DangerousWorkbook(name=name, reason=BOMB)
    if any(info.flag_bits & 0x1 for info in infos):
        raise EncryptedWorkbook(name=name)


def _packed(view: memoryview, info: zipfile.ZipInfo, name: str) -> memoryview:
    """The compressed bytes, found through the member's local header."""
    header = bytes(view[info.header_offset : info.header_offset + _LOCAL.size])
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise DamagedWorkbook(name=name)
    fields = _LOCAL.unpack(header)
    start = info.header_offset + _LOCAL.size + int(fields[9]) + int(fields[10])
    packed = view[start : start + info.compress_size]
    if len(packed) < info.compress_size or info.compress_type not in (STORED, DEFLATED):
        raise DamagedWorkbook(name=name)
    return packed


def inflated(member: Member, name: str) -> bytes:
    """The content; ``DamagedWorkbook`` when size or checksum differ from the directory's."""
    info = member.info
    try:
        if info.compress_type == STORED:
            content = bytes(member.packed)
        else:
            stream = _zlib.decompressobj(wbits=-15)
            # One byte more than promised is enough to see a lie, and no bomb gets further.
            content = bytes(stream.decompress(member.packed, info.file_size + 1))
    except (zlib.error, _zlib.error) as broken:
        raise DamagedWorkbook(name=name) from broken
    if len(content) != info.file_size or _zlib.crc32(content) != info.CRC:
        raise DamagedWorkbook(name=name)
    return content


def packed_member(part: str, content: bytes, before: Member | None, squeeze: bool) -> Member:
    """A member with new content, dated and marked like the one ``before`` it."""
    info = zipfile.ZipInfo(part, before.info.date_time if before else (1980, 1, 1, 0, 0, 0))
    if before:
        info.external_attr, info.create_system = (
            before.info.external_attr,
            before.info.create_system,
        )
    info.CRC, info.file_size = _zlib.crc32(content), len(content)
    info.compress_type = DEFLATED if squeeze else STORED
    packed = content
    if squeeze:
        stream = _zlib.compressobj(level=1, wbits=-15)
        packed = stream.compress(content) + stream.flush()
    info.compress_size = len(packed)
    return Member(info, packed)


def archive_of(parts: list[Member]) -> bytes:
    """The zip file with these members, their compressed bytes taken over as they are."""
    body, directory, offset = [], [], 0
    for member in parts:
        local, central = _headers(member.info, offset)
        body += [local, member.packed]
        directory.append(central)
        offset += len(local) + len(member.packed)
    listing = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(parts), len(parts), len(listing), offset, 0)
    return b"".join([*body, listing, end])


def _headers(info: zipfile.ZipInfo, offset: int) -> tuple[bytes, bytes]:
    """Local and central header. No zip64: a workbook above 2 GiB was refused on opening."""
    name = info.filename.encode()
    flags = info.flag_bits & ~0x8 | (0 if name.isascii() else 0x800)
    year, month, day, hour, minute, second = info.date_time
    shared = (
        flags,
        info.compress_type,
        hour << 11 | minute << 5 | second // 2,
        (year - 1980) << 9 | month << 5 | day,
        info.CRC,
        info.compress_size,
        info.file_size,
        len(name),
    )
    local = _LOCAL.pack(b"PK\x03\x04", 20, *shared, 0) + name
    made_by = info.create_system << 8 | 20
    tail = (0, len(info.comment), 0, info.internal_attr, info.external_attr, offset)
    central = _CENTRAL.pack(b"PK\x01\x02", made_by, 20, *shared, *tail)
    return local, central + name + info.comment
