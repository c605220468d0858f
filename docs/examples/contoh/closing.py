"""The end of the month: stock count, pay run, closed period, verification, statements."""

from __future__ import annotations

from decimal import Decimal

from docs.examples.contoh.keyboard import Seen, look, retype, type_rows
from docs.examples.contoh.month import CHART
from docs.examples.contoh.office import COMPANY, Office
from docs.examples.contoh.pay import RUN
from docs.examples.contoh.rows import PERIOD, START, Row, Sheets, day
from docs.examples.contoh.stage import Brief
from docs.examples.contoh.weeks import MONTH_END, balances
from workbook_templates.words import Words

TERMS = ("payroll.components", "payroll.insurance", "payroll.employee_pay", "payroll.pay_inputs")
PAYSLIP_OF = "K012"
PAY_ENTRY, LATE_ENTRY = "JU-031", "JU-032"
NEXT_MONTH = "2026-06-02"
OWED = ("party", "name", "document", "due", "days_late", "open")
LAYER = ("item", "name", "warehouse", "date", "qty", "value")
PAID = ("employee", "name", "gross", "contributions", "deductions", "tax", "net")
STATEMENT = ("account", "name", "amount")
AGREED = ("check", "amount", "compared", "difference")
REPORTS = (
    Brief("trial_balance", "as_of", MONTH_END, summed=True),
    Brief("income_statement", "period", PERIOD, columns=STATEMENT),
    Brief("balance_sheet", "as_of", MONTH_END, columns=STATEMENT),
    Brief("cash_flow_direct", "period", PERIOD, columns=STATEMENT),
    Brief("books_agree", "as_of", MONTH_END, columns=AGREED),
    Brief("aged_receivables", "as_of", MONTH_END, 8, OWED, True),
    Brief(
        "stock_valuation",
        "as_of",
        MONTH_END,
        8,
        ("item", "name", "warehouse", "date", "qty", "value"),
        True,
    ),
    Brief("pay_register", "period", PERIOD, 8, PAID, True),
)

COUNT = Words(id="Stok opname", en="The stock count")
COUNTED = Words(
    id="Wayan menghitung {items} barang di gudang utama.",
    en="Wayan counts {items} items in the main warehouse.",
)
PAY = Words(id="Penggajian", en="The pay run")
RUN_TYPED = Words(
    id="Rina mengetik komponen, upah {people} karyawan, lembur, lalu satu baris penggajian.",
    en="Rina types components, the pay of {people} employees, overtime, then one pay run.",
)
SLIPS = Words(
    id="Slip upah datang sebagai baris, misalnya milik {employee}:",
    en="Payslips come back as rows, for instance those of {employee}:",
)
TRANSFERRED = Words(
    id="Jurnal penggajian datang ke buku besar Sari; ia mencatat transfer gaji {net}.",
    en="The payroll entry comes to Sari's ledger; she enters the transfer of {net}.",
)
CLOSE = Words(id="Tutup bulan", en="The month is closed")
TOO_LATE = Words(
    id="Setelah ditutup, jurnal bertanggal Mei ditolak; dengan tanggal Juni ia diterima.",
    en="Now an entry dated in May is refused; dated in June it is accepted.",
)
STATEMENTS = Words(id="Pemeriksaan dan laporan", en="Verification and statements")


def count_stock(office: Office, month: Sheets) -> list[Seen]:
    """The count of the last day; differences are costed and posted."""
    office.stage.scene(COUNT)
    counts = month["inventory.counts"]
    office.stage.says(COUNTED, items=len(counts))
    type_rows(office.file("inventory"), {"inventory.counts": counts})
    office.sync(office.file("inventory"))
    wanted = (CHART["inventory"], CHART["stock_adjustment"])
    there = balances(office)
    figures = [(f"{account} {there[account][0]}", there[account][1]) for account in wanted]
    office.stage.figures("", figures)
    return []


def run_payroll(office: Office, month: Sheets) -> list[Seen]:
    """What is agreed, one run, and the payslips of one employee as they came back."""
    office.stage.scene(PAY)
    file = office.file("payroll")
    office.stage.says(RUN_TYPED, people=len(month["hr.employees"]))
    type_rows(file, {table: month[table] for table in TERMS})
    type_rows(file, {"payroll.pay_runs": month["payroll.pay_runs"]})
    office.sync(file)
    office.stage.says(SLIPS, employee=PAYSLIP_OF)
    slips = look(file, "payroll.payslips", employee=PAYSLIP_OF)
    office.stage.rows("payroll.payslips", slips, ("name", "kind", "amount"))
    return slips


def pay_salaries(office: Office, month: Sheets) -> list[Seen]:
    """The bookkeeper gets the payroll entry as rows that she cannot change, and pays the net."""
    file = office.file("ledger")
    office.sync(file)
    owed = look(file, "ledger.journal", entry=f"PR:{RUN}", account=CHART["salaries_payable"])
    net = Decimal(str(owed[0].cells["credit"]))
    office.stage.says(TRANSFERRED, net=office.stage.text(net))
    type_rows(file, {"ledger.journal": entry(PAY_ENTRY, "Transfer gaji", net)})
    office.sync(file)
    return owed


def entry(number: str, words: str, amount: Decimal) -> list[Row]:
    """An entry that pays salaries, or what else is paid from the bank, on the 29th."""
    debit = CHART["salaries_payable"] if number == PAY_ENTRY else CHART["bank_charges"]
    head: Row = {"entry": number, "date": day(29), "description": words}
    return [
        {**head, "account": debit, "debit": amount},
        {**head, "account": CHART["bank"], "credit": amount},
    ]


def close_the_month(office: Office, month: Sheets) -> list[Seen]:
    """Periods are closed in the ledger workbook; a late entry is refused and takes another date."""
    office.stage.scene(CLOSE)
    file = office.file("ledger")
    for period in (f"{START:%Y-%m}", PERIOD):
        retype(file, "ledger.periods", {"period": period}, {"status": "closed"})
    office.sync(file)
    office.stage.says(TOO_LATE)
    late = entry(LATE_ENTRY, "Biaya administrasi bank", Decimal(75_000))
    type_rows(file, {"ledger.journal": late})
    office.sync(file, status=1)
    seen = look(file, "ledger.journal", entry=LATE_ENTRY)
    office.stage.rows("ledger.journal", seen, ("entry", "date", "account", "debit", "credit"))
    for row in late:
        where: Row = {"entry": LATE_ENTRY, "account": row["account"]}
        retype(file, "ledger.journal", where, {"date": NEXT_MONTH})
    office.sync(file)
    return seen


def state(office: Office, month: Sheets) -> list[Seen]:
    """`lajur-server verify`, and the statements on the terminal and as workbooks."""
    office.stage.scene(STATEMENTS)
    office.server("verify")
    folder = office.folder / "reports"
    folder.mkdir(exist_ok=True)
    for brief in REPORTS:
        office.stage.report(brief, office.report(brief.name, **{brief.span: brief.when}))
        target = folder / f"{brief.name}.xlsx"
        asked = (f"--{brief.span.replace('_', '-')}", brief.when)
        to = ("-o", str(target.relative_to(office.folder)))
        office.server("report", brief.name, "--company", COMPANY, *asked, *to)
    return []
