"""The part that holds the texts of a sheet's notes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from addin.hosts.columns import letters
from addin.hosts.notes import AUTHOR, HEADING, joined, persons_words
from addin.hosts.xlsx.markup import attribute, escaped, place, prefix, unescaped

EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<authors></authors><commentList></commentList></comments>"
)
Place = tuple[int, int]


def _comment(mark: bytes) -> re.Pattern[bytes]:
    """Matches a comment element: its opening tag, and what stands in it."""
    return re.compile(rb"(<%scomment\s[^>]*>)(.*?)</%scomment>" % (mark, mark), re.DOTALL)


def _runs(mark: bytes) -> re.Pattern[bytes]:
    """Matches the text of one run."""
    return re.compile(rb"(<%st(?:\s[^>]*)?(?<!/)>)([^<]*)(</%st>)" % (mark, mark))


def texts(xml: bytes) -> dict[Place, str]:
    """The text of each note."""
    mark = prefix(xml)
    return {
        place((attribute(tag, b"ref") or b"").decode()): _text(inside, mark)
        for tag, inside in _comment(mark).findall(xml)
    }


def _text(inside: bytes, mark: bytes) -> str:
    """All runs of a note together."""
    return unescaped(b"".join(run[2] for run in _runs(mark).finditer(inside)))


def with_notes(xml: bytes, notes: Mapping[Place, str | None]) -> bytes:
    """The part with our notes put in, replaced or taken out; a person's words stay."""
    xml, author = _with_author(xml)
    mark, rest = prefix(xml), dict(notes)

    def changed(found: re.Match[bytes]) -> bytes:
        at = place((attribute(found[1], b"ref") or b"").decode())
        if at not in rest:
            return found[0]
        persons = _persons(found[2], mark)
        if not _text(persons, mark):
            return _ours(at, rest.pop(at), author, mark)
        return found[1] + _with_ours(persons, rest.pop(at), mark) + b"</%scomment>" % mark

    xml = _comment(mark).sub(changed, xml)
    new = b"".join(_ours(at, text, author, mark) for at, text in sorted(rest.items()))
    end = xml.index(b"</%scommentList>" % mark)
    return xml[:end] + new + xml[end:]


def _ours(at: Place, text: str | None, author: bytes, mark: bytes) -> bytes:
    """A note of our own, or nothing."""
    if not text:
        return b""
    tag = f'comment ref="{letters(at[1])}{at[0]}"'.encode()
    return b'<%s%s authorId="%s"><%stext>%s</%stext></%scomment>' % (
        *(mark, tag, author, mark),
        *(_run(joined("", text), mark), mark, mark),
    )


def _run(text: str, mark: bytes) -> bytes:
    """A run of text."""
    words = escaped(text).encode()
    return b'<%sr><%st xml:space="preserve">%s</%st></%sr>' % (mark, mark, words, mark, mark)


def _with_ours(inside: bytes, text: str | None, mark: bytes) -> bytes:
    """A person's note with ours below it."""
    if not text:
        return inside
    plain = re.sub(  # text with no run, which could not stand beside one
        rb"^(\s*<%stext>)\s*(<%st(?:\s[^>]*)?>[^<]*</%st>)" % (mark, mark, mark),
        rb"\1<%sr>\2</%sr>" % (mark, mark),
        inside,
    )
    end = plain.index(b"</%stext>" % mark)
    return plain[:end] + _run("\n" + joined("", text), mark) + plain[end:]


def _persons(inside: bytes, mark: bytes) -> bytes:
    """A note without what stands from our heading on, in whichever run that begins."""
    if HEADING.encode() not in inside:
        return inside
    ours = False

    def cut(run: re.Match[bytes]) -> bytes:
        nonlocal ours
        text = unescaped(run[2])
        kept = b"" if ours else escaped(persons_words(text)).encode()
        ours = ours or HEADING in text
        return run[1] + kept + run[3] if ours else run[0]

    shorter = _runs(mark).sub(cut, inside)
    empty = rb"<%sr>(?:<%srPr>(?:(?!</%srPr>).)*</%srPr>)?<%st[^>]*></%st></%sr>"
    return re.sub(empty % ((mark,) * 7), b"", shorter, flags=re.DOTALL)


def _with_author(xml: bytes) -> tuple[bytes, bytes]:
    """The part with us among the authors, and our number there."""
    mark = prefix(xml)
    names = re.findall(rb"<%sauthor>([^<]*)</%sauthor>|<%sauthor/>" % (mark, mark, mark), xml)
    if AUTHOR.encode() in names:
        return xml, b"%d" % names.index(AUTHOR.encode())
    entry = b"<%sauthor>%s</%sauthor>" % (mark, AUTHOR.encode(), mark)
    xml = re.sub(rb"<%sauthors\s*/>" % mark, b"<%sauthors></%sauthors>" % (mark, mark), xml)
    xml = re.sub(
        rb"<%scommentList\s*/>" % mark, b"<%scommentList></%scommentList>" % (mark, mark), xml
    )
    end = xml.index(b"</%sauthors>" % mark)
    return xml[:end] + entry + xml[end:], b"%d" % len(names)
