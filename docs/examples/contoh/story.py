"""The whole story, scene by scene, as functions: the demo plays it, and so do the tests."""

from __future__ import annotations

from collections.abc import Callable

from docs.examples.contoh.closing import (
    close_the_month,
    count_stock,
    pay_salaries,
    run_payroll,
    state,
)
from docs.examples.contoh.keyboard import Seen
from docs.examples.contoh.month import whole_month
from docs.examples.contoh.office import Office
from docs.examples.contoh.opening import make_workbooks, open_company, type_lists
from docs.examples.contoh.rows import Sheets
from docs.examples.contoh.weeks import (
    come_back,
    edit_two_copies,
    find_a_receipt,
    work_offline,
    work_online,
)

Scene = Callable[[Office, Sheets], list[Seen]]
SCENES: tuple[Scene, ...] = (
    open_company,
    make_workbooks,
    type_lists,
    work_online,
    work_offline,
    come_back,
    find_a_receipt,
    edit_two_copies,
    count_stock,
    run_payroll,
    pay_salaries,
    close_the_month,
    state,
)


def play(office: Office) -> dict[str, list[Seen]]:
    """Play all scenes against a running server: scene -> the rows that it looked at.

    Raises `Unexpected` where a command ends otherwise than the story has it.
    """
    month = whole_month()
    return {scene.__name__: scene(office, month) for scene in SCENES}
