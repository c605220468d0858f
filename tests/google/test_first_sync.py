"""The first sync of a spreadsheet that came from a template and has no number of its own yet."""

from __future__ import annotations

from addin.hosts.base import SetCell, SheetEdit
from addin.runs import Wishes, sync_workbook
from addin.shadow import meta_of
from tests.google.shared_sheet import new_sheet, type_an_entry
from tests.protocol.central import central

META = "_lajur_meta"


def test_a_spreadsheet_without_a_number_of_its_own_gets_one_and_syncs() -> None:
    with central() as served:
        sheet = new_sheet(served.open_company(), seed=1)
        workbook = sheet.opened()
        rows = workbook.read(META).rows
        [row] = [n for n, line in enumerate(rows, 1) if line and line[0] == "copy_id"]
        workbook.write([SheetEdit(META, (SetCell(row, 2, None),))])
        workbook.save()
        sheet.hands(lambda: type_an_entry(sheet))
        run = sync_workbook(sheet.opened(), served.sign_in("rina"), Wishes())
        assert run.groups["applied"] == 1
        assert meta_of(sheet.opened())["copy_id"]
