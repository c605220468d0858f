"""The groups of accounts: the captions of the statements, in their order, and what each is."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_templates.columns import Option
from workbook_templates.schema import Line
from workbook_templates.words import Words

CASH, OPERATING, INVESTING, FINANCING = "cash", "operating", "investing", "financing"
DEBIT_TYPES = ("asset", "expense")


@dataclass(frozen=True, slots=True)
class Group:
    """A caption. `type`: the account type that it belongs to; `flow`: the part of the cash flow
    statement in which money spent on its accounts is shown, or CASH for the money itself.
    """

    key: str
    words: Words
    type: str
    flow: str = OPERATING

    @property
    def sign(self) -> int:
        """What makes a balance (debit less credit) positive on the group's own side."""
        return 1 if self.type in DEBIT_TYPES else -1


ALL_GROUPS = (
    Group("cash", Words(id="Kas dan setara kas", en="Cash and cash equivalents"), "asset", CASH),
    Group("current_asset", Words(id="Aset lancar", en="Current assets"), "asset"),
    Group(
        "fixed_asset", Words(id="Aset tidak lancar", en="Non-current assets"), "asset", INVESTING
    ),
    Group(
        "current_liability",
        Words(id="Liabilitas jangka pendek", en="Current liabilities"),
        "liability",
    ),
    Group(
        "long_term_liability",
        Words(id="Liabilitas jangka panjang", en="Non-current liabilities"),
        "liability",
        FINANCING,
    ),
    Group(
        "employee_benefit",
        Words(id="Liabilitas imbalan kerja", en="Employee benefit liabilities"),
        "liability",
    ),
    Group("equity", Words(id="Ekuitas", en="Equity"), "equity", FINANCING),
    Group("revenue", Words(id="Pendapatan usaha", en="Revenue"), "income"),
    Group("cost_of_sales", Words(id="Beban pokok penjualan", en="Cost of sales"), "expense"),
    Group("operating_expense", Words(id="Beban usaha", en="Operating expenses"), "expense"),
    Group("other_income", Words(id="Pendapatan lain-lain", en="Other income"), "income"),
    Group(
        "disposal_gain",
        Words(id="Laba (rugi) pelepasan aset", en="Gains (losses) on disposal of assets"),
        "income",
        INVESTING,
    ),
    Group("other_expense", Words(id="Beban lain-lain", en="Other expenses"), "expense"),
    Group("income_tax", Words(id="Beban pajak penghasilan", en="Income tax expense"), "expense"),
)
GROUPS = tuple(Option(group.key, group.words) for group in ALL_GROUPS)
BY_KEY = {group.key: group for group in ALL_GROUPS}
TYPE_OF_GROUP = {group.key: group.type for group in ALL_GROUPS}
# Where an account stands in the statements when its own group is blank.
OF_TYPE = {
    "asset": "current_asset",
    "liability": "current_liability",
    "equity": "equity",
    "income": "revenue",
    "expense": "operating_expense",
}
OF_ROLE = {"cash": "cash", "bank": "cash"}


def group_of(account: Line) -> Group:
    """The caption under which an account stands: its group, or that of its role or type."""
    key = account.text("group") or OF_ROLE.get(account.text("role"))
    return BY_KEY[key or OF_TYPE[account.text("type")]]
