"""The drop-down lists of the hr book."""

from __future__ import annotations

from workbook_templates.columns import Option
from workbook_templates.words import Words

GENDERS = (
    Option("female", Words(id="Perempuan", en="Female")),
    Option("male", Words(id="Laki-laki", en="Male")),
)
# PMK 101/PMK.010/2016 Pasal 1; K/I is a wife whose income is joined with her husband's.
PTKP = tuple(
    Option(status, Words(id=status, en=status))
    for status in (
        *(f"TK/{n}" for n in range(4)),
        *(f"K/{n}" for n in range(4)),
        *(f"K/I/{n}" for n in range(4)),
    )
)
WEEKS = (
    Option("5", Words(id="5 hari (Senin–Jumat)", en="5 days (Monday–Friday)")),
    Option("6", Words(id="6 hari (Senin–Sabtu)", en="6 days (Monday–Saturday)")),
    Option("7", Words(id="Sif (setiap hari kalender)", en="Shifts (every calendar day)")),
)
LEAVE_KINDS = (
    Option("annual", Words(id="Cuti tahunan", en="Annual leave")),
    Option("sick", Words(id="Sakit", en="Sick leave")),
    Option("maternity", Words(id="Melahirkan", en="Maternity leave")),
    Option("important", Words(id="Alasan penting", en="Family event")),
    Option("unpaid", Words(id="Tanpa upah", en="Unpaid leave")),
)
LEAVE_STATUSES = (
    Option("requested", Words(id="Diajukan", en="Requested")),
    Option("approved", Words(id="Disetujui", en="Approved")),
    Option("refused", Words(id="Ditolak", en="Refused")),
    Option("cancelled", Words(id="Dibatalkan", en="Cancelled")),
)
GRANT_BASES = (
    Option("yearly", Words(id="Jatah tahunan", en="Yearly entitlement")),
    Option("carried", Words(id="Sisa tahun lalu", en="Carried over")),
    Option("correction", Words(id="Koreksi", en="Correction")),
)
DAY_KINDS = (
    Option("holiday", Words(id="Libur", en="Holiday")),
    Option("collective", Words(id="Cuti bersama", en="Collective leave")),
    Option("work", Words(id="Hari kerja", en="Work day")),
)
ATTENDANCE = (
    Option("present", Words(id="Hadir", en="Present")),
    Option("leave", Words(id="Cuti", en="On leave")),
    Option("sick", Words(id="Sakit", en="Sick")),
    Option("permitted", Words(id="Izin", en="Excused")),
    Option("absent", Words(id="Alpa", en="Absent")),
)
CONTRACT_KINDS = (
    Option("pkwt", Words(id="PKWT (waktu tertentu)", en="Fixed term (PKWT)")),
    Option("pkwtt", Words(id="PKWTT (tetap)", en="Permanent (PKWTT)")),
)
DOCUMENT_KINDS = (
    Option("identity", Words(id="KTP", en="Identity card")),
    Option("passport", Words(id="Paspor", en="Passport")),
    Option("residence", Words(id="KITAS/KITAP", en="Residence permit")),
    Option("work_permit", Words(id="Pengesahan RPTKA", en="Work permit")),
    Option("driving", Words(id="SIM", en="Driving licence")),
    Option("certificate", Words(id="Sertifikat", en="Certificate")),
    Option("other", Words(id="Lainnya", en="Other")),
)
