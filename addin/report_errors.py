"""Why a report sheet could not be added to a workbook, or let go."""

from __future__ import annotations

from addin.errors import AddinError


class UnknownReport(AddinError):
    """No such report or report sheet, or not with such a parameter. Facts: name, names."""

    code = "unknown_report"
    sentences = {
        "id": "Tidak ada laporan {name} di sini. Pilih salah satu: {names}.",
        "en": "There is no report {name} here. Choose one of: {names}.",
    }


class UnknownParameter(AddinError):
    """A report does not take such a parameter. Facts: report, names, known."""

    code = "unknown_parameter"
    sentences = {
        "id": "Laporan {report} tidak mengenal {names}. Yang dikenal: {known}.",
        "en": "The report {report} does not take {names}. It takes: {known}.",
    }


class NoNewSheets(AddinError):
    """The program that holds the workbook cannot be given a sheet. Facts: name."""

    code = "no_new_sheets"
    sentences = {
        "id": "Lembar tidak dapat ditambahkan ke {name} di sini. Tutup berkasnya, lalu jalankan"
        " perintahnya lagi tanpa --with; sinkronisasi menyegarkannya di mana saja.",
        "en": "No sheet can be added to {name} here. Close the file, then run the command again"
        " without --with; a sync refreshes it anywhere.",
    }
