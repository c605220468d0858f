"""What a blank workbook says to the person who opens it."""

from __future__ import annotations

from workbook_templates.words import Words

SETUP = Words(id="Pengaturan", en="Setup")
NEVER = Words(id="Belum pernah", en="Never")

MUST = Words(id="Wajib diisi.", en="Must be filled in.")
OURS = Words(
    id="Diisi oleh Lajur; tidak untuk diubah.", en="Filled in by Lajur; not to be changed."
)
BY_DEFAULT = Words(id="Bila kosong: {default}.", en="If blank: {default}.")
HEAD = Words(
    id="Cukup di baris pertama setiap {document}.",
    en="The first line of each {document} is enough.",
)
FROM_SHEET = Words(id="Dari lembar {sheet}.", en="From the sheet {sheet}.")
OR = Words(id=" atau ", en=" or ")
LEAVE_BLANK = Words(
    id="Hasil sinkronisasi baris ini. Biarkan kosong di baris baru.",
    en="The result of the sync of this row. Leave it blank in new rows.",
)

NOT_LISTED = Words(id="Tidak ada dalam daftar", en="Not in the list")
STILL_POSSIBLE = Words(
    id="Nilai ini tidak ada dalam daftar. Anda boleh menyimpannya; sinkronisasi akan memeriksanya.",
    en="This value is not in the list. You may keep it; the sync will check it.",
)

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}

HOW_TO = Words(id="Cara memakai", en="How to use this workbook")
STEPS = (
    Words(
        id="Ketik atau tempel baris di bawah judul kolom. Judul gelap wajib diisi, judul terang "
        "boleh kosong, judul abu-abu diisi oleh Lajur.",
        en="Type or paste rows below the headings. Dark headings must be filled in, light ones may "
        "stay blank, grey ones are filled in by Lajur.",
    ),
    Words(
        id="Simpan, lalu sinkronkan dengan tombol Sinkron atau perintah: lajur sync {file}",
        en="Save, then sync with the Sync button or the command: lajur sync {file}",
    ),
    Words(
        id="Baca kolom Status: ✓ tersimpan di pusat, ✗ atau ! perlu diperbaiki, … belum terkirim.",
        en="Read the column Status: ✓ kept centrally, ✗ or ! needs you, … not sent yet.",
    ),
    Words(
        id="Perbaiki sel yang berwarna; catatannya menjelaskan apa yang salah. Semua yang perlu "
        "keputusan ada di lembar {review}.",
        en="Mend the coloured cells; their notes say what is wrong. All that needs a decision "
        "stands in the sheet {review}.",
    ),
    Words(
        id="Urutkan, saring, tambah kolom dan lembar sendiri sesuka Anda; yang bukan milik Lajur "
        "tidak pernah dikirim.",
        en="Sort, filter, add columns and sheets of your own as you like; what is not Lajur's is "
        "never sent.",
    ),
)
# In a spreadsheet that a worker keeps in step there is no command and no file to save.
ONLINE_STEPS = (
    STEPS[0],
    Words(
        id="Tidak perlu menyimpan: yang Anda ketik terkirim dengan sendirinya. Bila tidak mau "
        "menunggu, centang Sinkronkan sekarang di lembar ini.",
        en="There is nothing to save: what you type is sent by itself. If you cannot wait, tick "
        "Sync now on this sheet.",
    ),
    *STEPS[2:],
)
SYNC_NOW = Words(id="Sinkronkan sekarang", en="Sync now")
WORKER = Words(id="Keadaan", en="State")
SHEETS = Words(id="Lembar", en="Sheets")
COLOURS = Words(id="Arti warna", en="What the colours mean")
LEGEND = (
    ("problem_sample", Words(id="Perlu diperbaiki", en="Needs mending")),
    ("conflict_sample", Words(id="Diubah juga oleh orang lain", en="Changed by someone else too")),
    ("ours_sample", Words(id="Diisi oleh Lajur", en="Filled in by Lajur")),
)
