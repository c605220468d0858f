"""How a row shows what became of it: words in Status, `_flags` for the colours, notes at cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from addin.copies import Copy
from addin.issues import Issue
from addin.layout import STATUS
from addin.remarks import REMARK
from workbook_templates import wire
from workbook_templates.words import Words

NOT_SENT = Words("… belum terkirim", "… not sent yet")
OUTSIDE = Words(
    "… belum terkirim; di luar jendela, akan keluar dari lembar setelah terkirim",
    "… not sent yet; outside the window, leaves the sheet once it is sent",
)
DECIDE = Words("! perlu keputusan: lihat lembar Tinjau", "! needs your decision: see Review")
HELD = Words(
    "✗ ditahan: ada masalah di baris lain {key}", "✗ held back: see the other rows of {key}"
)
KEPT = "✓ {seq}"
DERIVED = "✓ {seq} ← {source}"


@dataclass
class Mark:
    """What one row shows. `notes` by column key (Status for what has no column); `remark` stands
    beside what became of it.
    """

    flags: list[str] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    status: str = ""
    remark: str = ""

    @property
    def flags_text(self) -> str | None:
        """The text of `_flags`; None where nothing is wrong."""
        return f"|{'|'.join(dict.fromkeys(self.flags))}|" if self.flags else None


def marks(copy: Copy, found: Iterable[Issue]) -> dict[tuple[str, str], Mark]:
    """What rows show that need a person, by table and row id."""
    language = copy.language
    by_row: dict[tuple[str, str], Mark] = {}
    for issue in found:
        if issue.rid is None or copy.row(issue.table, issue.rid) is None:
            continue
        mark = by_row.setdefault((issue.table, issue.rid), Mark())
        if issue.status == REMARK:
            mark.flags += [f"~{issue.column}"] if issue.column else []
            mark.notes.setdefault(issue.column or STATUS, []).append(issue.message[language])
            mark.remark = mark.remark or issue.message[language]
            continue
        conflict = issue.status == wire.CONFLICT
        if issue.column:
            mark.flags.append(f"~{issue.column}" if conflict else issue.column)
        mark.notes.setdefault(issue.column or STATUS, []).append(issue.message[language])
        sentence = DECIDE[language] if conflict else f"✗ {issue.message[language]}"
        mark.status = mark.status or sentence
    _mark_the_others(copy, by_row)
    return by_row


def _mark_the_others(copy: Copy, by_row: dict[tuple[str, str], Mark]) -> None:
    """Rows that are held back only because of another row of their document."""
    for held in copy.held.values():
        for rid in held.rows:
            if copy.row(held.table, rid) is None:
                continue
            mark = by_row.setdefault((held.table, rid), Mark())
            mark.status = mark.status or HELD[copy.language].format(key=held.key)


def status(copy: Copy, table: str, rid: str, mark: Mark | None) -> str:
    """The words of a row's Status."""
    if mark is not None and mark.status:
        return mark.status
    known = copy.base(table).get(rid)
    if (table, rid) in copy.unsent or known is None:
        return (OUTSIDE if (table, rid) in copy.outside else NOT_SENT)[copy.language]
    if known.source:
        return DERIVED.format(seq=known.seq, source=known.source.partition("/")[2] or known.source)
    kept = KEPT.format(seq=known.seq)
    return f"{kept} · ! {mark.remark}" if mark is not None and mark.remark else kept
