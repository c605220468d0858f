"""Why a workbook could not be synchronised, said in Indonesian and English with what to do.

AddinError
├── HostError           the workbook itself (addin/hosts/errors.py)
├── NoServer            the server does not answer
├── ServerFault         it answers what we do not understand
├── NotOurServer        something else answers at that address
├── WrongAddress        what should be the server's address is none
├── WrongToken          the token is missing or not known
├── NotAllowed          the person may not do this
├── WrongCompany        the server has no such company
├── Resync              the server asks to pull everything anew (an ordinary event)
├── TooLarge            one document is larger than the server takes
├── OutboxOfAnother     what was sent last was sent by another person
├── NoOpenDraft         a draft is not there, or somebody has adopted or dropped it
├── NothingToPark       a workbook has nothing unsent
├── OtherBook           a draft was made in another book
├── NotOurWorkbook      the workbook was not made by Lajur
├── AlreadyBound        a workbook with rows of one company names another
├── CannotUpgrade       a workbook cannot be brought to the newest template
├── NewerTemplate       a workbook was made by a newer Lajur
├── OldServer           the server is older than the workbook
├── BadWindow           what was typed for the window cannot be read
├── OldTemplate         the workbook's template is older than the server takes
├── MissingSheet        a sheet or its headings are gone
├── UnknownReport       there is no report of that name (addin/report_errors.py)
├── UnknownParameter    a report does not take such a parameter
├── NoNewSheets         the program that holds the workbook cannot be given a new sheet
├── UnknownBook         there is no book of that name
├── UnknownColumn       there is no such column on the sheet
├── UnknownChange       there is no such accepted change to take back
└── UnknownRow          there is no such row in the workbook
"""

from __future__ import annotations

from typing import ClassVar


class AddinError(Exception):
    """Something that stops the sync of one workbook; `words` by language say what to do about it.

    `code` is stable and meant for programs.
    """

    code: ClassVar[str] = "error"
    sentences: ClassVar[dict[str, str]] = {"id": "{reason}", "en": "{reason}"}

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        self.words = {
            language: text.format(**{k: _in(language, v) for k, v in facts.items()})
            for language, text in self.sentences.items()
        }
        super().__init__(self.words["en"])


def _in(language: str, fact: object) -> object:
    """A fact of a sentence; one that is given by language in that language."""
    return fact[language] if isinstance(fact, dict) else fact


class NoServer(AddinError):
    """The server does not answer. Facts: server, reason."""

    code = "no_server"
    sentences = {
        "id": "Server {server} tidak menjawab ({reason}). Isian Anda aman di buku kerja; periksa"
        " sambungan, lalu sinkronkan lagi.",
        "en": "The server {server} does not answer ({reason}). What you typed is safe in the"
        " workbook; check the connection and sync again.",
    }


class ServerFault(AddinError):
    """The server answers with a fault, or with what we cannot read. Facts: server, reason."""

    code = "server_fault"
    sentences = {
        "id": "Server {server} tidak dapat mengerjakannya ({reason}). Tidak ada yang hilang; coba"
        " lagi nanti, lalu beri tahu pengelola server.",
        "en": "The server {server} could not do it ({reason}). Nothing is lost; try again later,"
        " then tell whoever runs the server.",
    }


class NotOurServer(AddinError):
    """What answers is no Lajur server: another program, a sign-in page. Facts: server, reason."""

    code = "not_our_server"
    sentences = {
        "id": "Yang menjawab di {server} bukan server Lajur ({reason}). Isian Anda aman; periksa"
        " alamatnya, atau masuk dulu ke jaringan bila diminta, lalu sinkronkan lagi.",
        "en": "What answers at {server} is not a Lajur server ({reason}). What you typed is safe;"
        " check the address, or sign in to the network if it asks you to, then sync again.",
    }


class WrongAddress(AddinError):
    """What should be the server's address is none. Facts: server."""

    code = "wrong_address"
    sentences = {
        "id": "“{server}” bukan alamat server. Tulis seperti https://lajur.contoh.co.id saat"
        " membuat buku kerja dengan `lajur new`.",
        "en": "“{server}” is not the address of a server. Write it like https://lajur.example.com"
        " when you make the workbook with `lajur new`.",
    }


class WrongToken(AddinError):
    """There is no token, or the server does not know it. Facts: server."""

    code = "wrong_token"
    sentences = {
        "id": "Server {server} tidak mengenal token Anda. Jalankan `lajur sign-in` dengan token"
        " dari pengelola, atau isi LAJUR_TOKEN.",
        "en": "The server {server} does not know your token. Run `lajur sign-in` with the token"
        " from your administrator, or set LAJUR_TOKEN.",
    }


class NotAllowed(AddinError):
    """The person's roles do not permit this. Facts: reason."""

    code = "not_allowed"
    sentences = {
        "id": "Anda tidak berwenang: {reason} Mintalah kepada pengelola.",
        "en": "You may not do this: {reason} Ask your administrator.",
    }


class WrongCompany(AddinError):
    """The workbook belongs to a company that this server does not have. Facts: company, server."""

    code = "wrong_company"
    sentences = {
        "id": "Buku kerja ini milik perusahaan {company}, yang tidak ada di {server} atau bukan"
        " wewenang Anda. Periksa alamat server, mintalah akses, atau buat buku kerja baru dengan"
        " `lajur new`.",
        "en": "This workbook belongs to the company {company}, which {server} does not have or in"
        " which you have no role. Check the server's address, ask for access, or make a new"
        " workbook with `lajur new`.",
    }


class Resync(AddinError):
    """The cursor no longer holds; everything is pulled anew and merged. Facts: reason, why."""

    code = "resync"
    sentences = {
        "id": "Data perlu diambil ulang seluruhnya: {why}. Isian Anda tetap; sinkronkan lagi.",
        "en": "Everything must be pulled anew: {why}. What you typed stays; sync again.",
    }


class TooLarge(AddinError):
    """One document alone is larger than the server takes. Facts: key, limit."""

    code = "too_large"
    sentences = {
        "id": "Dokumen {key} lebih besar dari batas server ({limit}). Bagilah menjadi beberapa"
        " dokumen.",
        "en": "The document {key} is larger than the server takes ({limit}). Split it into several"
        " documents.",
    }


class OutboxOfAnother(AddinError):
    """Another person sent from this file and never learned the result. Facts: sender, user."""

    code = "outbox_of_another"
    sentences = {
        "id": "Kiriman terakhir dari berkas ini dibuat {sender} dan hasilnya belum diketahui; tidak"
        " ada yang dikirim. Mintalah {sender} menyinkronkan berkas ini, atau jalankan `lajur sync"
        " --adopt` untuk mengirimnya atas nama Anda ({user}), atau `lajur drafts park BERKAS` untuk"
        " menitipkannya di server sebagai konsep.",
        "en": "What was last sent from this file was sent by {sender}, and its result is not known;"
        " nothing was sent. Ask {sender} to sync this file, or run `lajur sync --adopt` to send it"
        " in your own name ({user}), or `lajur drafts park FILE` to park it on the server as a"
        " draft.",
    }


class BeingSynced(AddinError):
    """Somebody else is syncing the same live file. Facts: by, until."""

    code = "being_synced"
    sentences = {
        "id": "{by} sedang menyinkronkan berkas ini. Tunggu sampai selesai, lalu sinkronkan lagi.",
        "en": "{by} is syncing this file just now. Wait until that is done and sync again.",
    }


class NoOpenDraft(AddinError):
    """There is no such draft for this person, or somebody was first. Facts: reason."""

    code = "no_open_draft"
    sentences = {
        "id": "Konsep ini tidak ada, atau sudah diambil atau dibuang orang lain ({reason}). Lihat"
        " `lajur drafts list BERKAS`.",
        "en": "There is no such draft, or somebody has adopted or dropped it already ({reason})."
        " See `lajur drafts list FILE`.",
    }


class NothingToPark(AddinError):
    """The workbook has nothing that was not sent. Facts: name."""

    code = "nothing_to_park"
    sentences = {
        "id": "Semua isian {name} sudah terkirim; tidak ada yang perlu dititipkan.",
        "en": "Everything in {name} is sent; there is nothing to park.",
    }


class OtherBook(AddinError):
    """A draft belongs into a workbook of its own book. Facts: book, wanted."""

    code = "other_book"
    sentences = {
        "id": "Konsep ini dibuat di buku {wanted}, sedangkan berkas ini buku {book}. Ambillah di"
        " berkas buku {wanted}.",
        "en": "This draft was made in the book {wanted}, and this file is of the book {book}."
        " Adopt it in a {wanted} workbook.",
    }


class NotOurWorkbook(AddinError):
    """The workbook has none of our hidden sheets, or they cannot be read. Facts: name."""

    code = "not_our_workbook"
    sentences = {
        "id": "{name} bukan buku kerja Lajur. Buat buku kerja baru dengan `lajur new`, lalu salin"
        " isian Anda ke sana.",
        "en": "{name} is not a Lajur workbook. Make one with `lajur new` and copy your rows"
        " into it.",
    }


class OldTemplate(AddinError):
    """The workbook was made from another version of the book. Facts: book, version, wanted."""

    code = "old_template"
    sentences = {
        "id": "Buku kerja ini memakai templat {book} versi {version}; server memakai versi"
        " {wanted}. Perbarui Lajur (pip install -U lajur), jalankan `lajur upgrade`, lalu"
        " sinkronkan lagi. Bila belum bisa, `lajur drafts park` menitipkan isian Anda di server.",
        "en": "This workbook uses version {version} of the {book} template; the server uses"
        " version {wanted}. Update Lajur (pip install -U lajur), run `lajur upgrade`, then sync"
        " again. If you cannot yet, `lajur drafts park` keeps your work on the server.",
    }


class MissingSheet(AddinError):
    """A sheet of the book, or its row of headings, is not in the workbook. Facts: title, name."""

    code = "missing_sheet"
    sentences = {
        "id": "Lembar {title} atau baris judulnya tidak ada di {name}. Batalkan penghapusan, atau"
        " kembalikan dari cadangan; tidak ada yang dikirim.",
        "en": "The sheet {title} or its row of headings is not in {name}. Undo its removal, or take"
        " it from the backup; nothing was sent.",
    }


class NoKeyStore(AddinError):
    """This machine has no key store. Facts: reason."""

    code = "no_key_store"
    sentences = {
        "id": "Komputer ini tidak punya tempat menyimpan token ({reason}). Isi LAJUR_TOKEN.",
        "en": "This machine has no key store for the token ({reason}). Set LAJUR_TOKEN instead.",
    }


class Unbound(AddinError):
    """The workbook names no company or no server. Facts: name."""

    code = "unbound"
    sentences = {
        "id": "{name} belum terikat pada perusahaan dan server. Isi sel Perusahaan dan Server di"
        " lembar Pengaturan, atau jalankan `lajur bind BERKAS --company KODE --server ALAMAT`.",
        "en": "{name} is not bound to a company and a server yet. Fill in the cells Company and"
        " Server of the sheet Setup, or run `lajur bind FILE --company CODE --server URL`.",
    }


class CannotUpgrade(AddinError):
    """A workbook cannot be brought to the newest template; it is as it was. Facts: name, id, en."""

    code = "cannot_upgrade"
    sentences = {
        "id": "{name} tidak dapat dibawa ke templat baru: {id} Berkas tidak berubah.",
        "en": "{name} cannot be brought to the new template: {en} The file is unchanged.",
    }


class NewerTemplate(AddinError):
    """A workbook was made by a newer Lajur. Facts: name, book, version, known."""

    code = "newer_template"
    sentences = {
        "id": "{name} memakai templat {book} versi {version}; Lajur di komputer ini mengenal sampai"
        " versi {known}. Perbarui Lajur (pip install -U lajur), lalu sinkronkan lagi.",
        "en": "{name} uses version {version} of the {book} template; Lajur on this computer knows"
        " versions up to {known}. Update Lajur (pip install -U lajur), then sync again.",
    }


class OldServer(AddinError):
    """The server is older than the workbook. Facts: book, version, wanted."""

    code = "old_server"
    sentences = {
        "id": "Server mengenal templat {book} sampai versi {wanted}; buku kerja ini versi"
        " {version}. Minta pengelola memperbarui server. Isian Anda aman.",
        "en": "The server knows the {book} template up to version {wanted}; this workbook has"
        " version {version}. Ask its administrator to update it. What you typed is safe.",
    }


class AlreadyBound(AddinError):
    """A workbook with rows of one company names another. Facts: name, company, typed."""

    code = "already_bound"
    sentences = {
        "id": "{name} berisi data perusahaan {company} dan tidak dapat dipindah ke {typed}."
        " Kembalikan isi sel Perusahaan di lembar Pengaturan, atau buat buku kerja baru dengan"
        " `lajur new`.",
        "en": "{name} holds rows of the company {company} and cannot be moved to {typed}. Put back"
        " the cell Company on the sheet Setup, or make a new workbook with `lajur new`.",
    }


class BadWindow(AddinError):
    """What was typed for the window cannot be read. Facts: id, en (the sentences)."""

    code = "bad_window"
    sentences = {
        "id": "{id} Perbaiki di lembar Pengaturan; tidak ada yang berubah.",
        "en": "{en} Mend it on the sheet Setup; nothing has changed.",
    }


class AlreadyThere(AddinError):
    """A file is never overwritten by a new one. Facts: name."""

    code = "already_there"
    sentences = {
        "id": "{name} sudah ada dan tidak ditimpa. Pilih nama lain dengan -o.",
        "en": "{name} exists and is not overwritten. Choose another name with -o.",
    }


class UnknownBook(AddinError):
    """There is no book of that name here. Facts: book, books."""

    code = "unknown_book"
    sentences = {
        "id": "Tidak ada buku bernama {book}. Pilih salah satu: {books}.",
        "en": "There is no book named {book}. Choose one of: {books}.",
    }


class UnknownColumn(AddinError):
    """No such column on a sheet. Facts: sheet, column."""

    code = "unknown_column"
    sentences = {
        "id": "Lembar {sheet} tidak punya kolom {column}. Tulis judul kolomnya seperti di lembar.",
        "en": "The sheet {sheet} has no column {column}. Write its heading as on the sheet.",
    }


class UnknownChange(AddinError):
    """No such accepted change, or none of this row or file. Facts: change."""

    code = "unknown_change"
    sentences = {
        "id": "Tidak ada perubahan {change} yang dapat dikembalikan di sini. Lihat nomornya di"
        " kolom Status atau dengan `lajur history`.",
        "en": "There is no change {change} here that could be taken back. Find its number in the"
        " column Status or with `lajur history`.",
    }


class UnknownRow(AddinError):
    """No such sheet or row. Facts: sheet, row."""

    code = "unknown_row"
    sentences = {
        "id": "Tidak ada baris {row} yang pernah tersimpan di lembar {sheet}.",
        "en": "The sheet {sheet} has no row {row} that was ever kept.",
    }
