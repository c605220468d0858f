"""All that the emulator knows: files, accounts, settings and its own clock."""

import random
import string
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta

from tests.google_emulator.a1 import Area
from tests.google_emulator.book import Json, Spreadsheet, Tab, new_tab
from tests.google_emulator.refusals import Refusal, drive_refusal, invalid
from tests.google_emulator.showing import new_properties

NOBODY = "person@example.test"
"""Who calls without a token, where that is allowed: a person with a Drive of their own."""
SPREADSHEET_TYPE = "application/vnd.google-apps.spreadsheet"


@dataclass
class Settings:
    """What `POST /_emulator/settings` may change; None means without a limit."""

    reads_per_minute: int | None = None
    writes_per_minute: int | None = None
    project_reads_per_minute: int | None = None
    project_writes_per_minute: int | None = None
    modified_time_lag: float = 180.0
    service_accounts_own_files: bool = False


@dataclass
class File:
    """A Drive file and the spreadsheet in it; `changes` are the moments of every edit."""

    book: Spreadsheet
    owner: str
    created: datetime
    roles: dict[str, str] = field(default_factory=dict)
    changes: list[datetime] = field(default_factory=list)

    def role(self, account: str) -> str | None:
        """owner, writer, commenter or reader; None for who may not even see it."""
        if account == self.owner:
            return "owner"
        return self.roles.get(account) or self.roles.get("anyone")

    def modified(self, now: datetime, lag: float) -> datetime:
        """What Drive tells: edits show there only after the lag."""
        seen = [moment for moment in self.changes if moment + timedelta(seconds=lag) <= now]
        return max(seen, default=self.created)


class World:
    """One Google for one test; `reset` makes it new."""

    def __init__(self, auth: bool = True, seed: int = 1) -> None:
        self.auth = auth
        self.seed = seed
        self.reset()

    def reset(self) -> None:
        self.settings = Settings()
        self.ids = random.Random(self.seed)
        self.ahead = 0.0
        self.files: dict[str, File] = {}
        self.tokens: dict[str, tuple[str, datetime]] = {}
        self.spent: dict[tuple[str, str], list[float]] = {}
        self.faults: list[Json] = []
        self.changes: list[tuple[datetime, str]] = []
        self.calls: list[str] = []

    def now(self) -> datetime:
        """The machine's clock and what the test put it ahead."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def configure(self, changes: Json) -> None:
        known = {item.name for item in fields(Settings)}
        if unknown := set(changes) - known:
            raise invalid(f"no such setting: {sorted(unknown)}")
        for name, value in changes.items():
            setattr(self.settings, name, value)

    # --- files ---------------------------------------------------------------------------

    def create(self, title: str, account: str) -> File:
        """A new empty spreadsheet; refused to a service account, which has no storage."""
        robot = account.endswith(".gserviceaccount.com")
        if robot and not self.settings.service_accounts_own_files:
            message = "The user's Drive storage quota has been exceeded."
            raise drive_refusal(403, message, "storageQuotaExceeded", "usageLimits")
        book = Spreadsheet(self.new_file_id(), new_properties(title), [new_tab(0, "Sheet1")])
        return self.keep(book, account)

    def keep(self, book: Spreadsheet, account: str) -> File:
        now = self.now()
        self.files[book.id] = File(book, account, now, changes=[now])
        self.changes.append((now, book.id))
        return self.files[book.id]

    def new_file_id(self) -> str:
        letters = string.ascii_letters + string.digits + "-_"
        return "1" + "".join(self.ids.choices(letters, k=43))

    def edited(self, file: File) -> None:
        file.changes.append(self.now())
        self.changes.append((self.now(), file.book.id))

    # --- who may do what -----------------------------------------------------------------

    def opened(self, file_id: str, account: str, write: bool) -> File | None:
        """The file; None when there is none, a refusal when it is somebody else's."""
        file = self.files.get(file_id)
        if file is None:
            return None
        role = file.role(account)
        if role is None or (write and role not in ("owner", "writer")):
            raise Refusal(403, "The caller does not have permission")
        return file


def guard(file: File, account: str, tab: Tab, area: Area) -> None:
    """Refuses to touch protected cells, unless their editors count the caller in."""
    for item in tab.protections:
        users = item.get("editors", {}).get("users")
        allowed = item.get("warningOnly") or account == file.owner or account in (users or ())
        if not allowed and tab.area(item["range"]).meets(area) and not _open(tab, item, area):
            raise invalid(
                "You are trying to edit a protected cell or object. Please contact the "
                "spreadsheet owner to remove protection if you need to edit."
            )


def _open(tab: Tab, item: Json, area: Area) -> bool:
    """Whether one unprotected part of a protected sheet holds the whole area."""
    parts = [tab.area(grid) for grid in item.get("unprotectedRanges", [])]
    return any(
        part.top <= area.top
        and part.left <= area.left
        and area.bottom <= part.bottom
        and area.right <= part.right
        for part in parts
    )
