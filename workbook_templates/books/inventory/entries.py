"""The journal entry of a day's stock: what came in and went out, by kind, at its cost.

One entry a day and not a document (docs/decisions/0012): a back-dated receipt re-values thousands
of issues, but only as many entries as there are days.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.inventory.choices import MOVEMENTS, words_of_kind
from workbook_templates.books.inventory.tables import ACCOUNTS, COST_DAYS, JOURNAL
from workbook_templates.schema import Cells, Known, Proposal
from workbook_templates.words import Words

INVENTORY = "inventory"
# The role of the account on the other side; a transfer moves no value between accounts.
CONTRA_ROLES = {
    "opening": "opening_balance",
    "receipt": "goods_received",
    "return_out": "goods_received",
    "issue": "cost_of_goods",
    "return_in": "cost_of_goods",
    "adjustment_in": "stock_adjustment",
    "adjustment_out": "stock_adjustment",
    "count": "stock_adjustment",
}
ROLE_WORDS = {
    INVENTORY: Words(id="Persediaan", en="Inventory"),
    "opening_balance": Words(id="Saldo awal", en="Opening balances"),
    "goods_received": Words(id="Barang diterima belum ditagih", en="Goods received not billed"),
    "cost_of_goods": Words(id="Beban pokok penjualan", en="Cost of goods sold"),
    "stock_adjustment": Words(id="Selisih persediaan", en="Stock adjustments"),
}
ORDER = tuple(option.key for option in MOVEMENTS)


def roles_of(kind: str) -> tuple[str, ...]:
    """The roles of the accounts that a kind of stock movement is posted to."""
    contra = CONTRA_ROLES.get(kind)
    return (INVENTORY, contra) if contra else ()


def account_of(known: Known, role: str) -> str | None:
    """The code of the account that has a role; None where no account has it."""
    account = next(iter(known.where(ACCOUNTS, "role", role)), None)
    return account.text("code") if account else None


def stock_entry(day: str, known: Known) -> Iterator[Proposal]:
    """The entry of one day, nothing where no value came or went."""
    sums = known.totals(COST_DAYS, ("kind",), equal={"date": day})
    key = f"STK:{day}"
    head = {"entry": key, "date": day, "source": f"{COST_DAYS}/{day}"}
    rows: list[Cells] = []
    for kind in sorted((kind for (kind,) in sums), key=ORDER.index):
        value_in, value_out = sums[(kind,)]
        accounts = [account_of(known, role) for role in roles_of(kind)]
        if not accounts or None in accounts:  # the rule `accounts_have_their_roles` refuses it
            continue
        lines = {**head, "description": words_of_kind(kind)[known.company.language]}
        for value, (debit, credit) in ((value_in, accounts), (value_out, accounts[::-1])):
            if value:
                rows.append({**lines, "account": debit, "debit": amount_text(value)})
                rows.append({**lines, "account": credit, "credit": amount_text(value)})
    if rows:
        yield Proposal(JOURNAL, key, tuple(rows))


def amount_text(units: int) -> str:
    """Canonical text of a value in 1/10,000, not negative, whose last two digits are zero."""
    cents = units // 100
    return f"{cents // 100}.{cents % 100:02}"
