"""What a request names, looked at once for all its groups: ids, documents, references, texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sync_server.core.catalogue import Catalogue
from sync_server.core.draft import Draft
from sync_server.core.port import DOCUMENT
from workbook_templates import wire
from workbook_templates.check import all_canonical
from workbook_templates.schema import Sheet

Texts = dict[str, dict[str | None, None]]  # by column, in the order in which they are named


def survey(draft: Draft, groups: Sequence[wire.Group]) -> None:
    """Reads in a few questions what the groups name: their rows, documents and references, and
    of a tree (the chart of accounts) the rows below those. Notes the tables whose texts are all
    as they must be: row by row only the others are looked at again.
    """
    sheets = draft.catalogue.sheets
    draft.fates.load(mid for group in groups for mid in (group.mid, *group.after))
    wanted: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    named: dict[str, Texts] = defaultdict(lambda: defaultdict(dict))
    for group in groups:
        wanted[(group.kind, DOCUMENT)][group.key] = None
        for op in group.ops:
            texts = named[op.t]
            for column, (_, mine) in op.cells.items():
                texts[column][mine] = None
    for table in named.keys() & sheets.keys():
        _add_references(draft.catalogue, sheets[table], named[table], wanted)
    draft.canonical = {
        table
        for table, texts in named.items()
        if table in sheets and _can_keep(sheets[table], texts)
    }
    draft.load_ids(op.rid for group in groups for op in group.ops)
    for (table, column), values in wanted.items():
        if table in sheets:
            draft.load(table, column, values)


def _add_references(
    catalogue: Catalogue,
    sheet: Sheet,
    named: Texts,
    wanted: dict[tuple[str, str], dict[str, None]],
) -> None:
    for column in sheet.reference_columns:
        codes = {text: None for text in named.get(column.key, ()) if text is not None}
        for table in column.tables if codes else ():
            wanted[(table, DOCUMENT)].update(codes)
            if table in catalogue.parents:
                wanted[(table, catalogue.parents[table])].update(codes)


def _can_keep(sheet: Sheet, named: Texts) -> bool:
    """Whether every text can be kept by its column."""
    return all(all_canonical(sheet, column, texts) for column, texts in named.items())
