"""The story begins: a company, three people, blank workbooks, lists and opening balances."""

from __future__ import annotations

from docs.examples.contoh.keyboard import Seen, look, retype, type_rows
from docs.examples.contoh.month import NIK_AS_NUMBER, as_typed_first, right
from docs.examples.contoh.office import COMPANY, COMPANY_NAME, OWNER_OF, ROLES, Office
from docs.examples.contoh.rows import START, Row, Sheets
from workbook_templates.words import Words

NEW_COMPANY = Words(id="Perusahaan baru di server", en="A new company on the server")
PERSON = Words(
    id="{name} mendapat peran {role} dan token pribadi.",
    en="{name} gets the role {role} and a token.",
)
BLANK = Words(
    id="Empat buku kerja kosong untuk tiga orang", en="Four blank workbooks for three people"
)
LISTS = Words(id="Daftar dan saldo awal", en="Lists and opening balances")
SARI_TYPES = Words(
    id="Sari mengetik {parties} mitra dan jurnal saldo awal. Bagan akunnya datang dari server.",
    en="Sari types {parties} parties and the opening entry. The chart of accounts comes from the "
    "server.",
)
WAYAN_TYPES = Words(
    id="Wayan mengetik {items} barang, dua gudang, dan stok awalnya.",
    en="Wayan types {items} items, two warehouses and their opening stock.",
)
RINA_TYPES = Words(
    id="Rina mengetik {people} karyawan. Pada satu orang, NIK terketik sebagai angka: Excel "
    "mengganti angka terakhirnya dengan nol.",
    en="Rina types {people} employees. One NIK is typed as a number: Excel turns its last digit "
    "into a zero.",
)
REFUSED = Words(
    id="Hanya baris itu yang ditolak, di selnya. Rina menggantinya dengan teks.",
    en="Only that row is refused, at its cell. Rina types it again, as text.",
)


def open_company(office: Office, month: Sheets) -> list[Seen]:
    """The server's side: a company with its pack's accounts, and people with tokens."""
    office.stage.scene(NEW_COMPANY)
    periods = ("--first-period", "2026-01", "--last-period", "2026-12")
    name = ("--name", COMPANY_NAME, "--language", office.language)
    office.server("company", "add", COMPANY, *name, *periods)
    for person, role in ROLES:
        added = office.ask("people", "add", person, "--role", role, "--company", COMPANY)
        office.tokens[person] = added["token"]
        office.stage.says(PERSON, name=person, role=role)
    return []


def make_workbooks(office: Office, month: Sheets) -> list[Seen]:
    """`lajur new` for each book; no server is needed for it."""
    office.stage.scene(BLANK)
    for book in OWNER_OF:
        file = office.file(book)
        file.parent.mkdir(exist_ok=True)
        spoken = () if office.language == "id" else ("--lang", office.language)
        to = "--google" if office.google == file.name else "-o"
        office.lajur(file, "new", book, to, file.name, "--company", COMPANY, *spoken)
    return []


def type_lists(office: Office, month: Sheets) -> list[Seen]:
    """Lists and opening balances of all books; the rows refused and accepted of one employee."""
    office.stage.scene(LISTS)
    _ledger(office, month)
    _stock(office, month)
    return _people(office, month)


def _ledger(office: Office, month: Sheets) -> None:
    parties = month["ledger.parties"]
    office.stage.says(SARI_TYPES, parties=len(parties))
    opening = _opening(month["ledger.journal"])
    type_rows(office.file("ledger"), {"ledger.parties": parties, "ledger.journal": opening})
    office.sync(office.file("ledger"))


def _stock(office: Office, month: Sheets) -> None:
    lists = {table: month[table] for table in ("inventory.warehouses", "inventory.items")}
    office.stage.says(WAYAN_TYPES, items=len(month["inventory.items"]))
    opening = _opening(month["inventory.moves"])
    type_rows(office.file("inventory"), {**lists, "inventory.moves": opening})
    office.sync(office.file("inventory"))


def _people(office: Office, month: Sheets) -> list[Seen]:
    file, slip = office.file("hr"), NIK_AS_NUMBER
    office.stage.says(RINA_TYPES, people=len(month["hr.employees"]))
    typed = as_typed_first("hr.employees", month["hr.employees"])
    type_rows(file, {"hr.departments": month["hr.departments"], "hr.employees": typed})
    office.sync(file, status=1)
    seen = look(file, slip.table, employee=slip.row)
    office.stage.rows(slip.table, seen, ("employee", "name", "nik"))
    office.stage.says(REFUSED)
    retype(file, slip.table, {slip.key: slip.row}, {slip.column: right(month, slip)})
    office.sync(file)
    return [*seen, *look(file, slip.table, employee=slip.row)]


def _opening(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["date"] == START]
