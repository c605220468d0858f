"""Stock codes that are no goods, and the accounts on which their amounts are kept."""

from __future__ import annotations

from dataclasses import dataclass

SALES = "4000"


@dataclass(frozen=True, slots=True)
class Account:
    """An income account. `added` says that the plain chart does not have it."""

    code: str
    name: str
    added: bool = True


CARRIAGE = Account("4200", "Carriage charged", added=False)
VOUCHERS = Account("4310", "Gift vouchers")
MANUAL = Account("4320", "Manual charges and corrections")
DISCOUNTS = Account("4330", "Discounts given")
SAMPLES = Account("4340", "Samples")
MARKETPLACE = Account("4350", "Marketplace fees taken off")
BANK = Account("4360", "Bank charges taken off")
DONATIONS = Account("4370", "Donations taken off")
BAD_DEBT = Account("4380", "Bad debt taken off")
ACCOUNTS = (
    CARRIAGE, VOUCHERS, MANUAL, DISCOUNTS, SAMPLES, MARKETPLACE, BANK, DONATIONS, BAD_DEBT
)  # fmt: skip

# The file settles fees by credit notes to a customer. They stay in the caption Revenue, each on an
# account of its own, so that revenue is what the file adds up to.
SERVICES = {
    "POST": CARRIAGE,
    "DOT": CARRIAGE,
    "C2": CARRIAGE,
    "C3": CARRIAGE,
    "M": MANUAL,
    "ADJUST": MANUAL,
    "D": DISCOUNTS,
    "S": SAMPLES,
    "AMAZONFEE": MARKETPLACE,
    "BANK CHARGES": BANK,
    "CRUK": DONATIONS,
    "B": BAD_DEBT,
}
VOUCHER_PREFIX = "GIFT_"


def service(code: str) -> Account | None:
    """The account of a code that is no goods; None for goods, which are everything else."""
    code = code.upper()
    return VOUCHERS if code.startswith(VOUCHER_PREFIX) else SERVICES.get(code)
