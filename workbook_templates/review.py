"""The Review sheet of every workbook: what needs a person, and how it is decided by typing."""

from __future__ import annotations

from workbook_templates.columns import Choice, Integer, Option, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

# "Mine" keeps what stands in the cell, "theirs" takes the server's value.
DECISIONS = (
    Option("mine", Words(id="Milik saya", en="Mine")),
    Option("theirs", Words(id="Milik mereka", en="Theirs")),
    Option("both", Words(id="Simpan keduanya", en="Keep both")),
    Option("restore", Words(id="Pulihkan baris", en="Restore row")),
    Option("drop", Words(id="Buang perubahan saya", en="Drop my change")),
)

REVIEW = Sheet(
    key="review",
    title=Words(id="Tinjau", en="Review"),
    columns=(
        Integer("number", Words(id="No.", en="#"), read_only=True, width=6),
        Text("status", Words(id="Status", en="Status"), read_only=True, width=16),
        Text("what", Words(id="Perihal", en="What"), read_only=True, width=24),
        Text("sheet", Words(id="Lembar", en="Sheet"), read_only=True, width=16),
        Integer("row", Words(id="Baris", en="Row"), read_only=True, width=8),
        Text("link", Words(id="Tautan", en="Link"), read_only=True, width=12),
        Text("column", Words(id="Kolom", en="Column"), read_only=True, width=16),
        Text("before", Words(id="Sebelumnya", en="Before"), read_only=True, width=16),
        Text("mine", Words(id="Milik saya", en="Mine"), read_only=True, width=16),
        Text("theirs", Words(id="Milik mereka", en="Theirs"), read_only=True, width=16),
        Text("who", Words(id="Siapa", en="Who"), read_only=True, width=14),
        Text("when", Words(id="Kapan", en="When"), read_only=True, width=17),
        Text("message", Words(id="Penjelasan", en="Message"), read_only=True, width=56),
        Choice(
            "decision",
            Words(id="Keputusan", en="Decision"),
            choices=DECISIONS,
            width=22,
            help=Words(
                id="Pilih satu, lalu sinkronkan lagi. Kesalahan diperbaiki di selnya sendiri.",
                en="Choose one and sync again. A mistake is mended in its own cell.",
            ),
        ),
    ),
    help=Words(
        id="Konflik dan kesalahan dari semua lembar, dalam satu daftar.",
        en="Conflicts and mistakes of all sheets in one list.",
    ),
)
