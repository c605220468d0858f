"""Budgets: one row for each account and cost centre of a year, with its months beside it."""

from __future__ import annotations

from workbook_templates.books.ledger.budgets import ALLOW, MONTHS, STOP, WARN
from workbook_templates.books.ledger.rules.budgets import budget_is_whole
from workbook_templates.books.ledger.rules.years import year_has_four_digits
from workbook_templates.columns import Choice, Code, Money, Option, Ref
from workbook_templates.schema import Sheet
from workbook_templates.spans import MONTHS_EN, MONTHS_ID
from workbook_templates.words import Words

POLICIES = (
    Option(ALLOW, Words(id="Biarkan", en="Allow")),
    Option(WARN, Words(id="Tandai", en="Warn")),
    Option(STOP, Words(id="Tolak", en="Stop")),
)
POLICY = Choice(
    "policy",
    Words(id="Bila terlampaui", en="When exceeded"),
    Words(
        id="Tandai: laporan anggaran menandainya. Tolak: jurnal dan tagihan yang melampauinya "
        "ditolak, kecuali dari pengawas pembukuan.",
        en="Warn: the budget report marks it. Stop: entries and bills beyond it are refused, but "
        "for a controller's.",
    ),
    default=ALLOW,
    width=16,
    choices=POLICIES,
)
BUDGETS_SHEET = Sheet(
    key="budgets",
    title=Words(id="Anggaran", en="Budgets"),
    help=Words(
        id="Satu baris per akun dan pusat biaya: jumlah setahun, yang dibagi rata, atau dua belas "
        "bulannya. Tanpa pusat biaya berarti semua yang tidak dianggarkan tersendiri.",
        en="One row for each account and cost centre: the year's amount, spread evenly, or its "
        "twelve months. Without a cost centre it is of all that has no budget of its own.",
    ),
    unique=("year", "account", "cost_centre"),
    columns=(
        Code("year", Words(id="Tahun", en="Year"), required=True, width=10, max_length=4),
        Ref(
            "account",
            Words(id="Akun", en="Account"),
            required=True,
            width=12,
            tables=("ledger.accounts",),
        ),
        Code("cost_centre", Words(id="Pusat biaya", en="Cost centre"), width=13),
        Money("amount", Words(id="Setahun", en="Year's amount"), width=18),
        *(
            Money(key, Words(id=id_, en=en), width=16)
            for key, id_, en in zip(MONTHS, MONTHS_ID, MONTHS_EN, strict=True)
        ),
        POLICY,
    ),
    rules=(year_has_four_digits, budget_is_whole),
    indexes=("account", "policy"),
)
