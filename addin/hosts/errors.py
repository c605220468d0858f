"""What can go wrong with a workbook as a whole, said to the person in Indonesian and English."""

from __future__ import annotations

from typing import ClassVar

from addin.errors import AddinError


class HostError(AddinError):
    """A workbook that cannot be opened, read or written; ``words`` says what to do about it.

    ``words`` has the keys ``id`` and ``en``; ``code`` is stable and meant for programs.
    """

    code: ClassVar[str] = "host_error"
    sentences: ClassVar[dict[str, str]] = {
        "id": "Berkas {name} tidak dapat dibuka atau disimpan ({reason}). Isinya tidak berubah;"
        " coba lagi, atau simpan salinannya di folder lain.",
        "en": "The file {name} cannot be opened or saved ({reason}). It is unchanged; try again, or"
        " save a copy in another folder.",
    }


class WorkbookMissing(HostError):
    """There is no such file, and no host knows a workbook by that name. Facts: name."""

    code = "workbook_missing"
    sentences = {
        "id": "Buku kerja {name} tidak ditemukan. Periksa nama dan foldernya.",
        "en": "The workbook {name} was not found. Check its name and folder.",
    }


class NotAWorkbook(HostError):
    """The file is something else. Facts: name."""

    code = "not_a_workbook"
    sentences = {
        "id": "{name} bukan berkas .xlsx atau .xlsm yang didukung. Buka di Excel atau LibreOffice,"
        " lalu simpan sebagai Excel Workbook (.xlsx).",
        "en": "{name} is not an .xlsx or .xlsm file that we support. Open it in Excel or"
        " LibreOffice and save it as Excel Workbook (.xlsx).",
    }


class DamagedWorkbook(HostError):
    """The file is cut off or its content does not agree with itself. Facts: name."""

    code = "damaged_workbook"
    sentences = {
        "id": "Berkas {name} rusak atau tidak lengkap. Salin ulang berkas itu, atau gunakan"
        " cadangan {name}.bak.",
        "en": "The file {name} is damaged or incomplete. Copy it again, or use the backup"
        " {name}.bak.",
    }


class DangerousWorkbook(HostError):
    """The file is built to do harm, or looks like it. Facts: name, reason."""

    code = "dangerous_workbook"
    sentences = {
        "id": "Berkas {name} tidak dibuka karena isinya tidak aman ({reason}). Mintalah berkas"
        " baru dari pengirimnya.",
        "en": "The file {name} was not opened because its content is not safe ({reason}). Ask its"
        " sender for a new file.",
    }


class EncryptedWorkbook(HostError):
    """The file has a password. Facts: name."""

    code = "encrypted_workbook"
    sentences = {
        "id": "Berkas {name} dilindungi kata sandi. Hapus kata sandi untuk membuka, simpan, lalu"
        " coba lagi.",
        "en": "The file {name} is protected by a password. Remove the password to open, save it,"
        " then try again.",
    }


class UnreadableWorkbook(HostError):
    """The person may not read the file. Facts: name."""

    code = "unreadable_workbook"
    sentences = {
        "id": "Anda tidak mempunyai izin membaca berkas {name}. Mintalah izin kepada pemiliknya,"
        " atau minta salinannya.",
        "en": "You have no permission to read the file {name}. Ask its owner for permission or for"
        " a copy.",
    }


class ReadOnlyWorkbook(HostError):
    """The file or its folder must not be written. Facts: name."""

    code = "read_only_workbook"
    sentences = {
        "id": "Berkas {name} hanya dapat dibaca. Hapus tanda baca-saja atau simpan salinannya di"
        " folder Anda sendiri.",
        "en": "The file {name} is read-only. Clear its read-only mark or save a copy in a folder of"
        " your own.",
    }


class WorkbookIsOpen(HostError):
    """Another program, or another sync, has the file open. Facts: name, who, lock."""

    code = "workbook_is_open"
    sentences = {
        "id": "Berkas {name} sedang dibuka ({who}). Simpan dan tutup dahulu, lalu coba lagi. Jika"
        " tidak ada yang membukanya, hapus berkas {lock}.",
        "en": "The file {name} is open ({who}). Save and close it first, then try again. If nobody"
        " has it open, delete the file {lock}.",
    }


class WorkbookChanged(HostError):
    """Somebody saved the file after we had read it; ours is not written over it. Facts: name."""

    code = "workbook_changed"
    sentences = {
        "id": "Berkas {name} diubah oleh program lain saat sedang diproses. Tidak ada yang"
        " ditimpa; jalankan sekali lagi.",
        "en": "The file {name} was changed by another program in the meantime. Nothing was"
        " overwritten; run it again.",
    }


class DiskFull(HostError):
    """No room for the new file; the old one is untouched. Facts: name."""

    code = "disk_full"
    sentences = {
        "id": "Ruang penyimpanan tidak cukup untuk menyimpan {name}. Berkas lama tidak berubah;"
        " kosongkan ruang, lalu coba lagi.",
        "en": "There is not enough disk space to save {name}. The old file is unchanged; free some"
        " space, then try again.",
    }


class SheetMissing(HostError):
    """The workbook has no such sheet. Facts: name, sheet."""

    code = "sheet_missing"
    sentences = {
        "id": "Lembar {sheet} tidak ada di {name}. Batalkan penghapusan atau kembalikan nama"
        " lembar itu.",
        "en": "The sheet {sheet} is not in {name}. Undo its removal or give the sheet its name"
        " back.",
    }


class TableMissing(HostError):
    """The sheet has no such table. Facts: name, table."""

    code = "table_missing"
    sentences = {
        "id": "Tabel {table} tidak ada di {name}. Batalkan penghapusan tabel itu.",
        "en": "The table {table} is not in {name}. Undo the removal of that table.",
    }


class FormulaInTheWay(HostError):
    """A cell to be written belongs to an array formula or a data table. Facts: name, cell."""

    code = "formula_in_the_way"
    sentences = {
        "id": "Sel {cell} di {name} adalah bagian dari rumus larik. Pindahkan rumus itu ke luar"
        " tabel, lalu coba lagi.",
        "en": "Cell {cell} of {name} belongs to an array formula. Move that formula out of the"
        " table, then try again.",
    }


class TextTooLong(HostError):
    """A cell holds at most 32,767 characters. Facts: name, length."""

    code = "text_too_long"
    sentences = {
        "id": "Teks sepanjang {length} karakter tidak muat dalam satu sel di {name} (paling banyak"
        " 32.767). Persingkat teks itu.",
        "en": "A text of {length} characters does not fit into one cell of {name} (32,767 at"
        " most). Shorten it.",
    }


class TableCannotGrow(HostError):
    """Something stands where the table has to grow. Facts: name, table, cell."""

    code = "table_cannot_grow"
    sentences = {
        "id": "Tabel {table} di {name} tidak dapat diperpanjang karena ada isi di {cell}. Pindahkan"
        " isi itu ke tempat lain, lalu coba lagi.",
        "en": "The table {table} of {name} cannot grow because something stands in {cell}. Move it"
        " elsewhere, then try again.",
    }


class ProgramMissing(HostError):
    """The spreadsheet program is not on this machine, or cannot be talked to. Facts: program,
    reason."""

    code = "program_missing"
    sentences = {
        "id": "{program} tidak dapat dijalankan dari sini ({reason}). Pasang dahulu, atau"
        " sinkronkan berkas yang tertutup tanpa --with.",
        "en": "{program} cannot be used from here ({reason}). Install it first, or sync the closed"
        " file without --with.",
    }


class ProgramLost(HostError):
    """The spreadsheet program ended or hung while we used it. Facts: name, program."""

    code = "program_lost"
    sentences = {
        "id": "{program} berhenti atau tidak menjawab saat {name} sedang diproses. Berkas berisi"
        " simpanan terakhir; buka lagi, lalu sinkronkan sekali lagi.",
        "en": "{program} ended or did not answer while {name} was in use. The file holds what was"
        " saved last; open it again, then sync once more.",
    }


class ProgramBusy(HostError):
    """A cell is being edited or a dialog is open, for as long as we waited. Facts: program."""

    code = "program_busy"
    sentences = {
        "id": "{program} sedang sibuk: mungkin sebuah sel sedang diketik atau ada jendela yang"
        " menunggu jawaban. Tekan Esc atau Enter di {program}, lalu sinkronkan lagi.",
        "en": "{program} is busy: perhaps a cell is being typed or a window waits for an answer."
        " Press Esc or Enter in {program}, then sync again.",
    }


class SheetProtected(HostError):
    """Cells to be written are locked. Facts: name, sheet."""

    code = "sheet_protected"
    sentences = {
        "id": "Lembar {sheet} di {name} diproteksi. Buka proteksinya (Tinjau > Buka Proteksi"
        " Lembar), sinkronkan, lalu proteksi lagi.",
        "en": "The sheet {sheet} of {name} is protected. Unprotect it (Review > Unprotect Sheet),"
        " sync, then protect it again.",
    }


class CellNotKept(HostError):
    """A cell holds something else than what was written to it. Facts: name, sheet, cell."""

    code = "cell_not_kept"
    sentences = {
        "id": "Sel {cell} di lembar {sheet}, {name}, tidak menerima isinya. Hapus filter, rumus"
        " larik, atau makro yang mengubah sel itu, lalu sinkronkan lagi.",
        "en": "Cell {cell} on the sheet {sheet} of {name} does not keep what is written to it."
        " Clear a filter, array formula or macro that changes it, then sync again.",
    }


class CannotBeGrafted(HostError):
    """The file is spelled in a way in which we do not add sheets. Facts: name."""

    code = "cannot_be_grafted"
    sentences = {
        "id": "Lembar baru tidak dapat ditambahkan ke {name}. Buka di Excel atau LibreOffice,"
        " simpan sebagai Excel Workbook (.xlsx), lalu coba lagi.",
        "en": "No sheet can be added to {name} as it is. Open it in Excel or LibreOffice, save it"
        " as Excel Workbook (.xlsx), then try again.",
    }
