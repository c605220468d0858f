"""Reading and changing XML as bytes: tags, attributes, text, references of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from addin.hosts.base import Area
from addin.hosts.columns import column_number, letters

_TAG = re.compile(rb"<(/?)([\w.:-]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|lt|gt|amp|quot|apos);")
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_PLACES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)")


class Element(NamedTuple):
    """A child element: its local name, its opening tag, and where all of it stands."""

    name: bytes
    tag: bytes
    start: int
    end: int


@lru_cache(maxsize=128)
def _attribute(name: bytes) -> re.Pattern[bytes]:
    """Matches an attribute of that name (a pattern) in an opening tag."""
    return re.compile(rb"\s" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def attribute(tag: bytes, name: bytes) -> bytes | None:
    """The raw value of an attribute of an opening tag."""
    found = _attribute(name).search(tag)
    if not found:
        return None
    return found[1] if found[1] is not None else found[2]


def text_attribute(tag: bytes, name: bytes) -> str:
    """The value of an attribute as text, empty when it is absent."""
    return unescaped(attribute(tag, name) or b"")


def with_attribute(tag: bytes, name: bytes, value: bytes | None) -> bytes:
    """The opening tag with the attribute set, or without it when ``value`` is None."""
    found = re.search(rb"\s" + name + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", tag)
    new = b"" if value is None else b" " + name + b'="' + value + b'"'
    if found:
        return tag[: found.start()] + new + tag[found.end() :]
    at = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:at].rstrip() + new + tag[at:] if new else tag


def escaped(text: str) -> str:
    """Text for an element or a quoted attribute of a spreadsheet part; controls as ``_x000D_``."""
    if not _SPECIAL.search(text):
        return text
    return _SPECIAL.sub(_place, text)


def _place(found: re.Match[str]) -> str:
    """How one special character is spelled; a literal ``_x000D_`` has its underscore coded."""
    special = found[0]
    if len(special) > 1:
        return "_x005F" + special
    if "\ud800" <= special <= "\udfff":
        return "\ufffd"
    return _PLACES.get(special) or f"_x{ord(special):04X}_"


def quoted(text: str) -> bytes:
    """Text for an attribute, without the quotes around it."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#10;").encode()


def unescaped(raw: bytes) -> str:
    """The text that XML bytes stand for, with its entities and ``_x000D_`` codes resolved."""
    text = _ENTITY.sub(_entity, raw.decode()) if b"&" in raw else raw.decode()
    return _CODED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


def _entity(found: re.Match[str]) -> str:
    """One entity's character."""
    name = found[1]
    if name.startswith("#"):
        return chr(int(name[2:], 16) if name[1] in "xX" else int(name[1:]))
    return _NAMED[name]


def prefix(xml: bytes) -> bytes:
    """The namespace prefix of the root element with its colon, such as ``x:``, or nothing."""
    root = re.search(rb"<(?![?!])([\w.-]+:)?", xml)
    return (root[1] or b"") if root else b""


def children(xml: bytes, start: int, end: int) -> Iterator[Element]:
    """Elements that stand directly between ``start`` and ``end``, in order.

    A closing tag of what surrounds them ends the walk.
    """
    depth, at, tag, name = 0, start, b"", b""
    for found in _TAG.finditer(xml, start, end):
        closing, closed = bool(found[1]), bool(found[4])
        if closing and depth == 0:
            return
        if depth == 0:
            at, tag, name = found.start(), found[0], found[2].rpartition(b":")[2]
        depth += -1 if closing else 0 if closed else 1
        if depth == 0:
            yield Element(name, tag, at, found.end())


def elements(xml: bytes, name: bytes) -> Iterator[re.Match[bytes]]:
    """Opening tags with this local name, whatever their prefix."""
    return _element(name).finditer(xml)


@lru_cache(maxsize=128)
def _element(name: bytes) -> re.Pattern[bytes]:
    """Matches an opening tag of that local name."""
    return re.compile(rb"<(?:[\w.-]+:)?" + name + rb"(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


def place(reference: str) -> tuple[int, int]:
    """(row, column) of a reference such as ``B5``; ``ValueError`` when it is none."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        raise ValueError(f"{reference!r} is no cell reference")
    return int(found[2]), column_number(found[1])


def area(reference: str) -> Area:
    """The block of ``B2:D9``, or of the one cell ``B2``."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    return Area(top, left, bottom, right)


def area_text(block: Area) -> str:
    """``B2:D9``, or ``B2`` for one cell."""
    first = f"{letters(block.left)}{block.top}"
    last = f"{letters(block.right)}{block.bottom}"
    return first if first == last else f"{first}:{last}"


def inside(block: Area | None, row: int, column: int) -> bool:
    """Whether a cell is in the block."""
    if block is None:
        return False
    return block.top <= row <= block.bottom and block.left <= column <= block.right
