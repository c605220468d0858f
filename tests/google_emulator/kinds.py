"""batchUpdate: all requests on a copy, which takes the original's place when all went well."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.google_emulator.a1 import Area
from tests.google_emulator.book import Json, Spreadsheet, Tab
from tests.google_emulator.refusals import Refusal, invalid


@dataclass
class Batch:
    """What a request works on: the copy, who asks, and a source of new ids."""

    book: Spreadsheet
    account: str
    ids: Random
    touched: Callable[[Tab, Area], None]
    owner: str = ""
    warnings: list[str] = field(default_factory=list)

    def new_id(self) -> int:
        return self.ids.randrange(1, 2**31 - 1)

    def tab(self, grid: Json) -> Tab:
        return self.book.tab(grid.get("sheetId", 0))

    def area(self, grid: Json) -> tuple[Tab, Area]:
        """The tab and area of a GridRange, told to the protection first."""
        tab = self.tab(grid)
        area = tab.area(grid)
        self.touched(tab, area)
        return tab, area


Kind = Callable[[Batch, Json], Json]
KINDS: dict[str, Kind] = {}


def kind(apply: Kind) -> Kind:
    """Registers the function under its name in Google's spelling: `add_sheet` is `addSheet`."""
    first, *rest = apply.__name__.split("_")
    KINDS[first + "".join(word.capitalize() for word in rest)] = apply
    return apply


def applied(batch: Batch, requests: list[Json]) -> list[Json]:
    """The replies; a refusal names the request that caused it."""
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_reply(batch, number, request) for number, request in enumerate(requests)]


def _reply(batch: Batch, number: int, request: Json) -> Json:
    known = {name: body for name, body in request.items() if body is not None}
    for name in known:
        if name not in KINDS:
            where = f"at 'requests[{number}]': Cannot find field."
            raise invalid(f'Invalid JSON payload received. Unknown name "{name}" {where}')
    if len(known) != 1:
        raise invalid(f"Invalid requests[{number}]: exactly one kind of request must be set")
    [(name, body)] = known.items()
    try:
        return KINDS[name](batch, body)
    except Refusal as refusal:
        raise Refusal(
            refusal.code, f"Invalid requests[{number}].{name}: {refusal.message}"
        ) from refusal
    except (KeyError, TypeError, AttributeError) as unfit:
        raise invalid(f"Invalid requests[{number}].{name}: {unfit!r}") from unfit
