"""A code that must exist in another table: the account, the item, the employee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workbook_templates.columns.code import Code


@dataclass(frozen=True)
class Ref(Code):
    """The business key of a row in one of `tables` ("book.sheet"). Whether there is such a row is
    for the check, which knows the tables; reading is that of a code.

    `also`: (table, indexed column) pairs where the text may stand too, without being a key there.
    """

    tables: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()

    kind: ClassVar[str] = "ref"
