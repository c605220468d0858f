"""What others changed in a document while one's own change of it was unsent: told where the two
together break a rule that neither breaks alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from addin.base_lines import BaseRow
from addin.copies import Copy
from addin.groups import Unsent
from addin.moments import moment
from addin.shadow import Held
from workbook_templates import wire
from workbook_templates.words import Words

MEANWHILE = Words(
    " Sementara itu di pusat: {changes}. Periksa bersama perubahan Anda.",
    " Meanwhile on the server: {changes}. Look at it together with your change.",
)
ONE = Words("baris {rows} diubah oleh {who}{when}", "row {rows} changed by {who}{when}")
SOME = Words("baris {rows} diubah oleh {who}{when}", "rows {rows} changed by {who}{when}")
DELETED = Words("satu baris dihapus oleh {who}{when}", "a row deleted by {who}{when}")
SOMEBODY = Words("orang lain", "somebody else")


def note_theirs(copy: Copy, theirs: wire.RowState) -> None:
    """Remember a row that a pull changes in a document that was known here."""
    known = copy.base(theirs.t).get(theirs.rid)
    key = _document(copy, theirs, known)
    if key is not None and key in copy.documents.get(theirs.t, ()):
        here = copy.met.setdefault((theirs.t, key), {})
        here[theirs.rid] = wire.MergedWith(theirs.rid, theirs.seq)


def forget_others(copy: Copy, documents: Iterable[Unsent]) -> None:
    """Of documents without an unsent change nobody asks what others changed in them."""
    unsent = {(document.table, key) for document in documents for key in document.keys}
    for place in copy.met.keys() - unsent:
        del copy.met[place]


def _document(copy: Copy, theirs: wire.RowState, known: BaseRow | None) -> str | None:
    page = copy.pages.get(theirs.t)
    cells = theirs.cells or (known.cells if known else {})
    return page.sheet.key_of(cells, theirs.rid) if page and page.sheet.group_by and cells else None


def with_theirs(copy: Copy, held: Held) -> Held:
    """A refused document with all that it is known to have been merged with, newest word a row."""
    if held.status not in (wire.INVALID, wire.LOCKED):
        return held
    before = copy.held.get((held.table, held.key))
    told = (before.merged_with if before else ()) + held.merged_with
    found = {one.rid: one for one in told}
    for rid, one in copy.met.get((held.table, held.key), {}).items():
        if rid not in found or found[rid].seq < one.seq:
            found[rid] = one
    return replace(held, merged_with=tuple(found.values()))


def merged_words(copy: Copy, held: Held) -> dict[str, str]:
    """What is added to the first problem of a refused document, by language."""
    changed: dict[tuple[str, str], list[int]] = defaultdict(list)
    deleted: dict[tuple[str, str], None] = {}
    for one in held.merged_with:
        row = copy.row(held.table, one.rid)
        if row is None:
            deleted[one.by, one.when] = None
        elif row.number:
            changed[one.by, one.when].append(row.number)
    told = [(SOME if rows[1:] else ONE, rows, who) for who, rows in changed.items()]
    told += [(DELETED, [], who) for who in deleted]
    return {
        language: MEANWHILE[language].format(
            changes="; ".join(
                _said(words[language], rows, who, language) for words, rows, who in told
            )
        )
        if told
        else ""
        for language in ("id", "en")
    }


def _said(sentence: str, rows: list[int], by: tuple[str, str], language: str) -> str:
    who, when = by
    at = f" ({moment(when, language)})" if when else ""
    numbers = ", ".join(map(str, sorted(rows)))
    return sentence.format(rows=numbers, who=who or SOMEBODY[language], when=at)
