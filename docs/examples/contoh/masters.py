"""The company's lists: departments, employees, warehouses, items, customers and suppliers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from docs.examples.contoh.rows import Row, Sheets

# K/I statuses belong to the yearly return of a wife and have no monthly rate.
STATUSES = ("TK/0", "TK/1", "TK/2", "TK/3", "K/0", "K/1", "K/2", "K/3")
DEPARTMENTS = (
    ("DIR", "Direksi"),
    ("KEU", "Keuangan"),
    ("GDG", "Gudang"),
    ("JUAL", "Penjualan"),
    ("UMUM", "Umum"),
)
WOMEN = (
    *("Ani", "Citra", "Dewi", "Dian", "Eka", "Fitri"),
    *("Gita", "Indah", "Kartika", "Lestari", "Putri", "Rina"),
)
MEN = (
    *("Adi", "Agus", "Bagus", "Budi", "Fajar", "Hadi"),
    *("Joko", "Made", "Nur", "Rudi", "Tono", "Wayan"),
)
LAST = (
    *("Saputra", "Wijaya", "Halim", "Santoso", "Pratama"),
    *("Hidayat", "Siregar", "Nasution", "Gunawan", "Kusuma"),
)
GOODS = (
    ("Kertas A4 80 gsm", "rim", 42_000),
    ("Tinta printer hitam", "btl", 95_000),
    ("Map plastik", "pcs", 3_500),
    ("Bolpoin biru", "lusin", 28_000),
    ("Buku tulis 58 lembar", "pak", 36_000),
    ("Spidol papan tulis", "lusin", 84_000),
    ("Amplop cokelat", "pak", 22_000),
    ("Stapler", "pcs", 31_000),
    ("Isi stapler no. 10", "dus", 4_500),
    ("Lakban bening", "rol", 12_500),
)
SIZES = ("kecil", "sedang", "besar", "hemat", "premium", "grosir")
CITIES = (
    *("Bandung", "Semarang", "Surabaya", "Medan", "Makassar"),
    *("Denpasar", "Malang", "Bogor", "Solo", "Padang"),
)
POSITIONS = ("Staf", "Staf senior", "Kepala bagian")
HEADCOUNT, CUSTOMERS, SUPPLIERS = 48, 25, 12


def masters(random: Random) -> Sheets:
    """All lists, in an order in which each row finds what it names."""
    return {
        "hr.departments": [{"department": code, "name": name} for code, name in DEPARTMENTS],
        "hr.employees": [_employee(n, random) for n in range(1, HEADCOUNT + 1)],
        "inventory.warehouses": [
            {"code": "G1", "name": "Gudang utama"},
            {"code": "G2", "name": "Gudang toko"},
        ],
        "inventory.items": [_item(n) for n in range(len(GOODS) * len(SIZES))],
        "ledger.parties": [
            *(_party(f"C{n:03d}", "customer", n) for n in range(1, CUSTOMERS + 1)),
            *(_party(f"S{n:03d}", "supplier", n) for n in range(1, SUPPLIERS + 1)),
        ],
    }


def price_of(item: str) -> int:
    """What an item usually costs in rupiah."""
    goods, size = divmod(int(item[1:]) - 1, len(SIZES))
    return GOODS[goods][2] * (10 + size) // 10


def _employee(n: int, random: Random) -> Row:
    department, _ = DEPARTMENTS[n % len(DEPARTMENTS)]
    woman = n % 2 == 0
    first = WOMEN if woman else MEN
    birth = date(1975 + n % 25, 1 + n % 12, 1 + n % 28)
    shown_day = birth.day + 40 if woman else birth.day
    nik = f"3273{10 + n % 20:02d}{shown_day:02d}{birth.month:02d}{birth.year % 100:02d}{n:04d}"
    return {
        "employee": f"K{n:03d}",
        "name": f"{first[n // 2 % len(first)]} {LAST[n * 7 // 2 % len(LAST)]}",
        "nik": nik,
        "npwp": nik,
        "gender": "female" if woman else "male",
        "ptkp": STATUSES[n % len(STATUSES)],
        "joined": joined(n),
        "department": department,
        "position": random.choice(POSITIONS),
        "born": birth,
    }


def joined(n: int) -> date:
    """The day on which the n-th employee began."""
    return date(2019 + n % 7, 1 + n % 12, 1)


def _item(n: int) -> Row:
    goods, size = divmod(n, len(SIZES))
    name, unit, _ = GOODS[goods]
    return {
        "code": f"B{n + 1:03d}",
        "name": f"{name} {SIZES[size]}",
        "unit": unit,
        "costing": "average" if n % 2 else "fifo",
        "min_qty": Decimal(500),
        "max_qty": Decimal(2_000),
    }


def _party(code: str, kind: str, n: int) -> Row:
    form = "PT" if n % 3 else "CV"
    return {"code": code, "name": f"{form} {LAST[n % len(LAST)]} {CITIES[n % 10]}", "kind": kind}
