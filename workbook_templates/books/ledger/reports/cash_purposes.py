"""The lines of operating cash flows by the direct method: what money was received and paid for."""

from __future__ import annotations

from dataclasses import dataclass

from workbook_templates.books.ledger.groups import group_of
from workbook_templates.schema import Line
from workbook_templates.words import Words


@dataclass(frozen=True, slots=True)
class Purpose:
    """A line of the direct method: the cash that went to or came from accounts of these roles or
    groups. An account belongs to the first line that takes it.
    """

    words: Words
    roles: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    def takes(self, account: Line) -> bool:
        """Whether an account belongs here."""
        return account.text("role") in self.roles or group_of(account).key in self.groups


PURPOSES = (
    Purpose(
        Words(id="Penerimaan dari pelanggan", en="Received from customers"),
        frozenset({"receivable"}),
        frozenset({"revenue"}),
    ),
    Purpose(
        Words(id="Pembayaran kepada pemasok", en="Paid to suppliers"),
        frozenset({"payable", "goods_received", "inventory"}),
        frozenset({"cost_of_sales"}),
    ),
    Purpose(
        Words(id="Pembayaran kepada karyawan", en="Paid to and for employees"),
        frozenset(
            {
                "salaries", "bonuses", "overtime", "employer_contributions", "employer_health",
                "employee_loans", "salaries_payable", "bpjs_payable", "bpjs_health_payable",
            }
        ),
        frozenset({"employee_benefit"}),
    ),
    Purpose(
        Words(id="Pembayaran pajak", en="Taxes paid"),
        frozenset({"vat_in", "vat_out", "tax_payable_pph21", "tax_allowance"}),
        frozenset({"income_tax"}),
    ),
    Purpose(
        Words(id="Pembayaran beban usaha", en="Operating expenses paid"),
        groups=frozenset({"operating_expense"}),
    ),
)  # fmt: skip
OTHER = Words(id="Penerimaan (pembayaran) operasi lainnya", en="Other operating cash flows")


def purpose_of(account: Line) -> Words:
    """The line to which the cash of entries on an account belongs."""
    return next((purpose.words for purpose in PURPOSES if purpose.takes(account)), OTHER)


ALL_LINES = (*(purpose.words for purpose in PURPOSES), OTHER)
