"""Every behaviour of the emulator, and how we know that Google behaves so.

The host may rely on what is recorded or documented. What another suite's tests say is likely;
what is assumed needs a fallback in the host, and a person with an account to settle it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Known(StrEnum):
    """Where a behaviour is known from, the best first."""

    RECORDED = "recorded"  # in gspread's recorded cassettes
    DOCUMENTED = "documented"  # in Google's API reference or guides
    OTHER_SUITE = "other-suite"  # in tests, issues or trials of other libraries
    ASSUMED = "assumed"  # nobody here has seen it


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One behaviour: the module that has it, and what it does.

    For an assumed one `instead` says what the host does so as not to rely on it; `simplified`
    are those of which we know that Google's are more than that, and which nobody needs to settle.
    """

    module: str
    what: str
    known: Known
    instead: str = ""
    simplified: bool = False


def _of(module: str, known: Known, *behaviours: str) -> tuple[Behaviour, ...]:
    return tuple(Behaviour(module, what, known) for what in behaviours)


def _assumed(module: str, what: str, instead: str, simplified: bool = False) -> Behaviour:
    return Behaviour(module, what, Known.ASSUMED, instead, simplified)


BEHAVIOURS: tuple[Behaviour, ...] = (
    *_of(
        "a1",
        Known.RECORDED,
        "a title is quoted where it has a blank or reads as a cell (D3)",
        "corners may be swapped; an open end reaches the end of the grid",
        "the sheet id 0 is left out of a GridRange",
    ),
    *_of(
        "reading",
        Known.RECORDED,
        "trailing empty cells and rows are left out; no values field when all are empty",
        "FORMATTED_VALUE, UNFORMATTED_VALUE and FORMULA; dates are serials from 1899-12-30",
        "majorDimension COLUMNS; a tab's title alone is its whole grid; Sheet!NamedRange",
    ),
    *_of(
        "reading",
        Known.OTHER_SUITE,
        "a range that starts outside the grid is refused with the grid's limits",
        "an unknown tab or name: Unable to parse range",
    ),
    _assumed(
        "reading",
        "a range that only ends outside the grid is cut to it",
        "asks only for ranges inside the grid, the size of which it read",
    ),
    *_of(
        "writing",
        Known.RECORDED,
        "null leaves a cell, an empty text empties it; nulls do not count as updated",
        "updatedRange is what was written, not what was named; one cell is an anchor",
        "append finds the table around the range's last filled cell, else writes at its start",
        "clear answers the whole range cleared; batchUpdate counts distinct columns",
    ),
    *_of(
        "writing",
        Known.DOCUMENTED,
        "valueInputOption is required; INSERT_ROWS pushes down what stands below",
        "clear keeps formats, notes and validation",
        "values.batchUpdate is atomic",
        "50,000 characters in a cell",
    ),
    *_of(
        "writing",
        Known.OTHER_SUITE,
        "writing beyond a range of several cells is refused",
    ),
    _assumed(
        "writing",
        "a filter that hides rows changes nothing about where rows go",
        "never appends: writes to the rows that it names, hidden or not",
    ),
    _assumed(
        "writing",
        "writing from an anchor beyond the grid's end makes it grow",
        "makes the grid longer by a request of its own in the same batch",
    ),
    *_of(
        "entered",
        Known.RECORDED,
        "RAW keeps texts; USER_ENTERED reads =formulas, 0042, 2,000,000.01 and ISO dates",
    ),
    *_of(
        "entered",
        Known.DOCUMENTED,
        "USER_ENTERED reads TRUE, a leading apostrophe, percent, currency and local dates",
        "RAW keeps =1+1 a text",
    ),
    _assumed(
        "entered",
        "id_ID reads 1.250,50 and 03/05/2026; other locales as en_US",
        "writes nothing that is parsed; reads numbers and serials unformatted; flags other texts",
    ),
    *_of("formats", Known.RECORDED, "a colour has 8 bits a part, told as float32; zeros left out"),
    _assumed(
        "formats",
        "numbers without a format show ten figures; patterns with quotes and sections",
        "reads only whether a cell shows its number as a day",
    ),
    *_of("formulas", Known.RECORDED, "arithmetic such as =4/2 and = 1 / 1024"),
    *_of(
        "formulas",
        Known.DOCUMENTED,
        "references, SUM, COUNT, COUNTA, MAX, MIN; anything else is #NAME?",
    ),
    _assumed(
        "formulas",
        "references in a formula do not move with rows (Google's do)",
        "never writes over a formula, and compares its value only",
        simplified=True,
    ),
    *_of("field_masks", Known.RECORDED, "masks with dots, slashes and brackets, shown and changed"),
    *_of("field_masks", Known.DOCUMENTED, "an update without fields is refused"),
    *_of("showing", Known.RECORDED, "properties of a new spreadsheet; notes and formats by mask"),
    *_of("showing", Known.DOCUMENTED, "includeGridData: rowData, rowMetadata, columnMetadata"),
    _assumed(
        "showing",
        "the answer to a batch tells of a tab that the batch itself made, after all requests",
        "looks for the tab itself where the answer does not tell of it",
    ),
    *_of(
        "kinds",
        Known.DOCUMENTED,
        "a batch takes effect as a whole or not at all, its requests in their order",
    ),
    *_of("kinds", Known.OTHER_SUITE, "an unknown kind is refused with its name and place"),
    *_of(
        "kinds_tabs",
        Known.RECORDED,
        "addSheet, updateSheetProperties, insert- and deleteDimension, hidden rows, groups",
        "rowGroupControlAfter appears with the first group and stays",
    ),
    *_of(
        "kinds_tabs",
        Known.DOCUMENTED,
        "titles differ whatever their case; the last tab and the last rows stay; 10 M cells",
        "moveDimension counts its destination before the move; appendDimension",
    ),
    _assumed(
        "kinds_tabs",
        "a duplicated tab takes protection and filters along, not developer metadata",
        "of two tabs of one table the first counts, however the second came about",
    ),
    _assumed(
        "kinds_tabs",
        "autoResizeDimensions by the number of characters",
        "gives every column its width in pixels",
        simplified=True,
    ),
    *_of("kinds_cells", Known.RECORDED, "repeatCell, updateCells with notes, merge and unmerge"),
    *_of(
        "kinds_cells",
        Known.DOCUMENTED,
        "appendCells, copyPaste, cutPaste, insertRange, deleteRange, setDataValidation",
        "a merge keeps the first value only",
        "sorting: numbers before texts, blanks last in both orders",
    ),
    _assumed(
        "kinds_cells",
        "a sort moves cells with formats, notes and rules; row metadata stays behind",
        "knows a row by its id in a hidden column; tags only tabs and columns",
    ),
    *_of(
        "kinds_ranges",
        Known.RECORDED,
        "addProtectedRange answers the editors as asked, later reads count the caller in",
        "named ranges added, changed and deleted",
    ),
    *_of(
        "kinds_ranges",
        Known.DOCUMENTED,
        "conditional formats by index; filter and filter views hide rows and move nothing",
    ),
    *_of(
        "kinds_metadata",
        Known.DOCUMENTED,
        "one row or column a tag; 30,000 characters a sheet; visibility required",
        "search by key, value, id, location; tags follow inserted, deleted and moved rows",
    ),
    *_of("shifting", Known.DOCUMENTED, "ranges and tags shift with rows; an emptied range is gone"),
    _assumed(
        "shifting",
        "moved rows do not take named or protected ranges along",
        "reads where its names stand anew each time, and protects whole columns",
    ),
    *_of("drive_api", Known.RECORDED, "create, get, copy (Copy of …), delete 204, list, comments"),
    *_of(
        "drive_api",
        Known.RECORDED,
        "a CSV import makes one tab with a new id and Los Angeles time; export of CSV",
    ),
    *_of(
        "drive_api",
        Known.DOCUMENTED,
        "permissions; changes from a start token; only the owner deletes",
    ),
    *_of("world", Known.OTHER_SUITE, "a service account owns no files: 403, usageLimits"),
    *_of(
        "world",
        Known.OTHER_SUITE,
        "modifiedTime and changes lag three minutes behind an edit",
        "protected cells refuse all but owner and editors with 400",
    ),
    *_of("tokens", Known.DOCUMENTED, "JWT grant, claims judged, bearer token for an hour"),
    _assumed(
        "tokens",
        "the assertion's signature is not verified",
        "signs with the key, as Google asks",
        simplified=True,
    ),
    *_of("quota", Known.RECORDED, "the 429 body, without Retry-After"),
    *_of("quota", Known.DOCUMENTED, "reads and writes counted apart; a batch counts once"),
    _assumed(
        "quota",
        "sixty sliding seconds instead of a minute's refill",
        "spends at most 80 % of a quota, and waits longer at each 429",
    ),
    _assumed(
        "faults",
        "503 and HTML 502: no such answer was ever recorded",
        "takes any 5xx and all that is no JSON for an unknown outcome, and looks before it writes",
    ),
    _assumed(
        "human",
        "pasting types cell by cell; a copied row takes its id along",
        "an id that stands twice is given to the row that was there, the other one is new",
    ),
)
