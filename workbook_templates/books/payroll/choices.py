"""The drop-down lists of the payroll book, and the codes that only a calculation makes."""

from __future__ import annotations

from workbook_templates.columns import Option
from workbook_templates.packs.pay import statutory
from workbook_templates.words import Words

COMPONENT_KINDS = (
    Option("earning", Words(id="Pendapatan", en="Earning")),
    Option("deduction", Words(id="Potongan", en="Deduction")),
    Option("employer_contribution", Words(id="Iuran pemberi kerja", en="Employer contribution")),
    Option("benefit", Words(id="Natura dan kenikmatan", en="Benefit in kind")),
)
LINE_KINDS = (
    *COMPONENT_KINDS,
    Option("contribution", Words(id="Iuran karyawan", en="Employee contribution")),
    Option("tax", Words(id="Pajak", en="Tax")),
    Option("net", Words(id="Upah bersih", en="Net pay")),
)
# What a line of a kind adds to net pay; a benefit in kind is not paid in money.
NET_SIGN = {"earning": 1, "deduction": -1, "contribution": -1, "tax": -1}

DRAFT, POSTED = "draft", "posted"
RUN_STATUSES = (
    Option(DRAFT, Words(id="Draf", en="Draft")),
    Option(POSTED, Words(id="Diposting", en="Posted")),
)
RISK_CLASSES = tuple(Option(c, Words(id=c, en=c)) for c in ("I", "II", "III", "IV", "V"))
TAX_BORNE = (
    Option("employee", Words(id="Dipotong dari upah", en="Withheld from pay")),
    Option("employer", Words(id="Ditanggung perusahaan (gross-up)", en="Paid on top (gross-up)")),
)

NET = "NET"
NET_WORDS = Words(id="Upah bersih", en="Net pay")


def computed_names(pack: str) -> dict[str, Words]:
    """The components that only a calculation makes, by code: those of the law, and net pay."""
    return {code: found.name for code, found in statutory(pack).items()} | {NET: NET_WORDS}
