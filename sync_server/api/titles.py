"""What a refused request is called in Indonesian; the English title is the error's own."""

from __future__ import annotations

from sync_server.core.errors import ServerError

INDONESIAN = {
    "server_error": "Server tidak dapat mengerjakannya",
    "not_signed_in": "Masuk dulu: tidak ada token yang sah",
    "not_allowed": "Anda tidak punya akses ke sini",
    "not_found": "Tidak ada yang seperti itu di sini",
    "bad_request": "Permintaan ini tidak dapat dipahami",
    "cursor_forged": "Penanda bacaan ini bukan buatan server ini",
    "epoch_changed": "Server dipulihkan dari cadangan: ambil ulang semuanya, isian Anda tetap",
    "scope_changed": "Wewenang Anda berubah: ambil ulang semuanya, isian Anda tetap",
    "cursor_expired": "Terlalu lama tidak menyinkronkan: ambil ulang semuanya, isian Anda tetap",
    "row_changed": "Baris ini sudah berubah sejak Anda membacanya",
    "precondition_required": "Sebutkan versi mana yang Anda ubah: If-Match",
    "whole_document": "Baris ini hanya diterima bersama seluruh dokumennya",
    "invalid": "Baris ini melanggar aturan",
    "locked": "Periode baris ini ditutup atau ditahan",
    "mid_reused": "Kunci ini sudah dipakai untuk permintaan lain",
    "no_notices": "Server ini tidak mengirim pemberitahuan: tanyakan dari waktu ke waktu",
    "already_there": "Sudah ada yang bernama itu",
    "unknown_draft": "Tidak ada konsep seperti itu",
    "draft_settled": "Konsep ini sudah diambil atau dibuang seseorang",
    "lease_taken": "Orang lain sedang menyinkronkan berkas ini",
    "template_too_old": "Templat ini terlalu lama: perbarui Lajur",
    "too_large": "Kirim ini dalam bagian yang lebih kecil",
    "busy": "Server sedang sibuk: kirim lagi yang sama sebentar lagi",
    "behind": "Server ini belum membaca sampai ke sana: tanyakan lagi sebentar lagi",
    "damaged": "Salinan pusat rusak",
    "closed_to_new_rules": "Aturan baru akan mengubah yang sudah selesai",
    "no_database": "Basis data tidak dapat dijangkau",
    "disk_full": "Ruang simpan server penuh: tidak ada yang disimpan",
}


def titles(error: type[ServerError]) -> dict[str, str]:
    """The error's title by language."""
    return {"id": INDONESIAN.get(error.code, INDONESIAN["server_error"]), "en": error.title}
