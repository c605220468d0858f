"""The problems that only the server can find, and how any problem travels."""

from __future__ import annotations

from workbook_templates import wire
from workbook_templates.problems import Message, Problem
from workbook_templates.words import Words

DERIVED_ROW = Message(
    "derived_row",
    Words(
        id="Baris ini berasal dari {source}. Ubah di sana; baris ini akan mengikuti.",
        en="This row follows from {source}. Change it there and this row will follow.",
    ),
)
SHEET_READ_ONLY = Message(
    "read_only",
    Words(
        id="Lembar ini hanya untuk dibaca. Kembalikan baris seperti semula.",
        en="This sheet is only for reading. Put the row back as it was.",
    ),
)
DUPLICATE_KEY = Message(
    "duplicate_key",
    Words(
        id="{key} sudah dipakai. Bila itu hal yang sama, pilih buang perubahan saya di lembar "
        "Tinjau; bila bukan, pakai yang lain.",
        en="{key} is already used. If it is the same thing, choose drop my change on the sheet "
        "Review; if not, use another.",
    ),
)
NOT_ALLOWED = Message(
    "not_allowed",
    Words(
        id="{user} tidak berhak mengubah lembar {title}. Minta pemilik perusahaan memberi peran "
        "yang sesuai.",
        en="{user} may not change the sheet {title}. Ask the company's owner for the role that "
        "may.",
    ),
)
NOT_YOUR_ROWS = Message(
    "not_your_rows",
    Words(
        id="{user} hanya berwenang atas {limits} di lembar {title}. Ubah isinya, atau minta pemilik"
        " perusahaan memberi wewenang.",
        en="{user} may only write {limits} on the sheet {title}. Change it, or ask the company's"
        " owner for the right to.",
    ),
)
STALE_TEMPLATE = Message(
    "stale_schema",
    Words(
        id="Templat {book} versi {version} sudah terlalu lama untuk dikirim; server memakai versi"
        " {current}. Perbarui dengan `lajur upgrade`, lalu sinkronkan lagi.",
        en="Version {version} of the {book} template is too old to be sent; the server uses"
        " version {current}. Bring it forward with `lajur upgrade`, then sync again.",
    ),
)
NEWER_TEMPLATE = Message(
    "stale_schema",
    Words(
        id="Templat {book} versi {version} lebih baru daripada server, yang memakai versi"
        " {current}. Minta pengelola memperbarui server, lalu sinkronkan lagi.",
        en="Version {version} of the {book} template is newer than the server, which uses version"
        " {current}. Ask for the server to be updated, then sync again.",
    ),
)
NOT_YOUR_COLUMN = Message(
    "not_your_column",
    Words(
        id="{user} tidak berwenang atas kolom {column_id}. Kosongkan kolom itu, atau minta pemilik"
        " perusahaan memberi peran yang sesuai.",
        en="{user} may not write the column {column_en}. Leave it blank, or ask the company's owner"
        " for the role that may.",
    ),
)
HIDDEN_ROWS = Message(
    "hidden_rows",
    Words(
        id="Ditolak karena data yang tidak dapat Anda lihat ({code}). Minta orang yang melihat"
        " semuanya memeriksanya.",
        en="Refused because of records that you may not see ({code}). Ask somebody who sees them"
        " all to look at it.",
    ),
)
UNKNOWN_TABLE = Message(
    "unknown_table",
    Words(
        id="Server tidak mengenal lembar {table}. Perbarui templat atau server.",
        en="The server has no sheet {table}. Update the template or the server.",
    ),
)


def refusal(problem: Problem) -> wire.Refusal:
    """A problem as it travels."""
    return wire.Refusal(
        *(problem.code, problem.words.all(), problem.row_id, problem.column, problem.hint),
        other=problem.facts.get("other_row") or None,
    )
