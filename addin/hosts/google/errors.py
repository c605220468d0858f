"""What can go wrong with Google, said to the person in Indonesian and English."""

from __future__ import annotations

from addin.hosts.errors import HostError


class NotShared(HostError):
    """The account may not open the spreadsheet, or only read it. Facts: name, account."""

    code = "google_not_shared"
    sentences = {
        "id": "Spreadsheet {name} belum dibagikan kepada {account}. Di Google Sheets pilih Bagikan,"
        " isikan alamat itu sebagai Editor, lalu coba lagi.",
        "en": "The spreadsheet {name} is not shared with {account}. In Google Sheets choose Share,"
        " enter that address as an Editor, then try again.",
    }


class SpreadsheetGone(HostError):
    """There is no such spreadsheet, or it is in the bin. Facts: name."""

    code = "google_spreadsheet_gone"
    sentences = {
        "id": "Spreadsheet {name} tidak ada di Google Sheets. Periksa alamatnya, atau pulihkan dari"
        " sampah Google Drive.",
        "en": "The spreadsheet {name} does not exist in Google Sheets. Check its address, or"
        " restore it from the bin of Google Drive.",
    }


class QuotaUsedUp(HostError):
    """Google takes no more requests for now, for longer than we wait. Facts: name."""

    code = "google_quota"
    sentences = {
        "id": "Google sedang membatasi jumlah permintaan untuk akun ini. Isian di {name} aman;"
        " sinkronkan lagi beberapa menit kemudian, atau tambahkan akun layanan.",
        "en": "Google limits the requests of this account for now. What was typed in {name} is"
        " safe; sync again in a few minutes, or add a service account.",
    }


class StorageFull(HostError):
    """The account cannot own another file: a service account owns none. Facts: account."""

    code = "google_storage"
    sentences = {
        "id": "Akun {account} tidak dapat menyimpan berkas di Google Drive. Buat spreadsheet kosong"
        " dengan akun Anda sendiri, lalu bagikan kepada akun itu sebagai Editor.",
        "en": "The account {account} cannot store files in Google Drive. Make an empty spreadsheet"
        " with your own account and share it with that account as an Editor.",
    }


class GoogleOffline(HostError):
    """No connection to Google for as long as we tried. Facts: name, reason."""

    code = "google_offline"
    sentences = {
        "id": "Google tidak dapat dihubungi ({reason}). Isian di {name} aman; periksa sambungan"
        " internet, lalu sinkronkan lagi.",
        "en": "Google cannot be reached ({reason}). What was typed in {name} is safe; check the"
        " internet connection, then sync again.",
    }


class GoogleFault(HostError):
    """Google answers with faults for as long as we tried. Facts: name, reason."""

    code = "google_fault"
    sentences = {
        "id": "Google Sheets sedang bermasalah ({reason}). Isian di {name} aman; sinkronkan lagi"
        " beberapa menit kemudian.",
        "en": "Google Sheets has a fault at the moment ({reason}). What was typed in {name} is"
        " safe; sync again in a few minutes.",
    }


class EffectUnknown(GoogleFault):
    """A write was sent, and nobody knows whether it took effect: look before sending it again."""

    code = "google_effect_unknown"


class GoogleRefused(HostError):
    """Google says that a request is wrong. Facts: name, reason."""

    code = "google_refused"
    sentences = {
        "id": "Google Sheets menolak perubahan di {name} ({reason}). Tidak ada yang berubah;"
        " laporkan kalimat ini kepada pengelola Lajur.",
        "en": "Google Sheets refused a change of {name} ({reason}). Nothing was changed; tell this"
        " sentence to whoever looks after Lajur.",
    }


class SignInRefused(HostError):
    """Google does not accept the account's key or sign-in. Facts: account, reason."""

    code = "google_sign_in"
    sentences = {
        "id": "Google menolak masuknya akun {account} ({reason}). Periksa jam komputer dan berkas"
        " kunci akun; bila perlu, buat kunci baru.",
        "en": "Google refused to sign in the account {account} ({reason}). Check this computer's"
        " clock and the account's key file; make a new key if need be.",
    }


class NoGoogleAccount(HostError):
    """No account's key was given, or the file is none. Facts: reason."""

    code = "google_no_account"
    sentences = {
        "id": "Berkas kunci akun Google tidak dapat dipakai ({reason}). Isi LAJUR_GOOGLE_ACCOUNT"
        " dengan letak berkas JSON akun layanan Anda.",
        "en": "The key file of a Google account cannot be used ({reason}). Let LAJUR_GOOGLE_ACCOUNT"
        " say where the JSON file of your service account is.",
    }


class TooManyCells(HostError):
    """A spreadsheet holds ten million cells. Facts: name."""

    code = "google_too_many_cells"
    sentences = {
        "id": "Spreadsheet {name} sudah mencapai batas Google, 10 juta sel. Hapus baris dan kolom"
        " kosong, atau persempit rentang waktu di lembar Setup.",
        "en": "The spreadsheet {name} has reached Google's limit of ten million cells. Delete empty"
        " rows and columns, or narrow the window of time on the sheet Setup.",
    }
