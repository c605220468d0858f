"""The HTTP client of the sync server: one method for each route that a workbook needs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx2
import msgspec

from addin.errors import (
    AddinError,
    BeingSynced,
    NoOpenDraft,
    NoServer,
    NotAllowed,
    NotOurServer,
    Resync,
    ServerFault,
    TooLarge,
    WrongAddress,
    WrongCompany,
    WrongToken,
)
from addin.shadow import Sent
from workbook_templates import wire
from workbook_templates.wire_drafts import DraftParked, Drafts, DraftSeen
from workbook_templates.wire_leases import Lease, LeaseAsked
from workbook_templates.wire_versions import Versions, VersionsAsked
from workbook_templates.words import Words

T = TypeVar("T")

WAITS = (0.2, 1.0, 3.0)  # seconds before the same bytes are sent again
_BUSY = frozenset({429, 502, 503, 504})
_RESYNC = frozenset({"epoch_changed", "scope_changed", "cursor_expired", "cursor_forged"})
AWAY = Words("berkas ini terlalu lama tidak disinkronkan", "this file was not synced for too long")
WHY = {
    "epoch_changed": Words(
        "server dipulihkan dari cadangan", "the server was restored from a backup"
    ),
    "scope_changed": Words("wewenang Anda berubah", "your rights have changed"),
    "cursor_forged": Words(
        "server tidak mengenal penanda bacaan berkas ini",
        "the server does not know how far this file had read",
    ),
}
_DRAFTS = frozenset({"unknown_draft", "draft_settled"})
_STRANGE = frozenset({"", "http_404", "http_405"})  # no problem of ours, or no route of ours
PAGE = 20_000
REASONS = {
    httpx2.ConnectTimeout: Words("tidak tersambung dalam 10 detik", "no connection in 10 seconds"),
    httpx2.TimeoutException: Words("tidak ada jawaban dalam 60 detik", "no answer in 60 seconds"),
    httpx2.ConnectError: Words(
        "alamatnya tidak dapat dihubungi: server mati, alamat salah, atau tidak ada jaringan",
        "nothing can be reached at that address: the server is off, the address is wrong, or there"
        " is no network",
    ),
}
BROKEN = Words("sambungan terputus di tengah jalan", "the connection broke on the way")


@dataclass
class Told:
    """The newest commit that the server has told of since it was greeted."""

    head: int = 0


@dataclass(frozen=True)
class Server:
    """The central copy of one company, over any `httpx2.Client` that knows address and token.

    What is read is asked to know of `told`: a replica may be behind the database that is written.
    """

    http: httpx2.Client
    company: str
    sleep: Callable[[float], None] = time.sleep
    told: Told = field(default_factory=Told, compare=False)

    @property
    def address(self) -> str:
        """The server's address as a person knows it."""
        return str(self.http.base_url).rstrip("/")

    def hello(self, book: str, told: Mapping[str, str] | None = None) -> wire.Hello:
        """Who one is and where the central copy stands; `told` is what the file says of itself.

        Raises `WrongCompany`, `WrongToken`.
        """
        found = self._get("hello", wire.Hello, {"book": book, **(told or {})})
        self.told.head = found.head
        return found

    def push(self, head: dict[str, Any], groups: Sequence[Sent]) -> wire.PushReply:
        """Send frozen groups as they are. Raises `NoServer`, `TooLarge`, `Resync`."""
        reply = self._post("push", head, groups)
        self.told.head = max(self.told.head, reply.head)
        return reply

    def validate(self, head: dict[str, Any], groups: Sequence[Sent]) -> wire.PushReply:
        """What `push` would answer, with nothing kept."""
        return self._post("validate", head, groups)

    def changes(
        self,
        cursor: str,
        tables: Sequence[str],
        within: Sequence[str] = (),
        schema: str = "",
    ) -> wire.Changes:
        """One page of what is new since the cursor; "" is the beginning. Raises `Resync`.

        `schema` names the template's version to a server that may be ahead: "ledger:1".
        """
        asked: dict[str, Any] = {"limit": str(PAGE), "tables": ",".join(tables)}
        if within:
            asked["within"] = list(within)
        if schema:
            asked["schema"] = schema
        if cursor:
            asked["cursor"] = cursor
        return self._look("changes", wire.Changes, asked)

    def report(self, key: str, asked: Mapping[str, str]) -> list[dict[str, str | None]]:
        """The rows of a report, as canonical text by column."""
        found = self._look(f"reports/{key}", dict[str, Any], asked)
        return list(found.get("rows", ()))

    def report_reply(self, key: str, asked: Mapping[str, str]) -> wire.ReportReply:
        """A report's table with the commit up to which it is true."""
        return self._look(f"reports/{key}", wire.ReportReply, asked)

    def history(self, table: str, rid: str) -> list[wire.Audit]:
        """Every change of one row, oldest first; none of a row that a restored server lacks."""
        try:
            return self._look(f"rows/{table}/{rid}/history", list[wire.Audit], {})
        except WrongCompany:  # it was greeted: what is not there is the row
            return []

    def audit(self, start: int) -> wire.AuditPage:
        """Whole commits from a number on, with what one may see of them."""
        return self._look("audit", wire.AuditPage, {"from": str(start)})

    def reverse(self, asked: wire.Reverse) -> wire.Result:
        """What became of taking an accepted change back."""
        reply = self._put_in("reverse", msgspec.json.encode(asked), wire.PushReply)
        return reply.results[0]

    def versions(self, asked: VersionsAsked) -> Versions:
        """Which versions of rows the server's history knows."""
        return self._put_in("versions", msgspec.json.encode(asked), Versions)

    def park(self, draft: DraftParked) -> DraftSeen:
        """Park a draft; the same again parks it once."""
        return self._put_in("drafts", msgspec.json.encode(draft), DraftSeen)

    def drafts(self) -> tuple[DraftSeen, ...]:
        """The drafts that one may see."""
        return self._get("drafts", Drafts, {}).drafts

    def draft(self, draft: str) -> DraftSeen:
        """One draft with its documents."""
        return self._get(f"drafts/{draft}", DraftSeen, {})

    def settle_draft(self, draft: str, adopt: bool) -> DraftSeen:
        """Say that a draft is in one's workbook now, or drop it."""
        if adopt:
            return self._put_in(f"drafts/{draft}/adopt", b"", DraftSeen)
        return self._read(self._send("DELETE", f"drafts/{draft}"), DraftSeen)

    def take_lease(self, copy: str, holder: str) -> Lease:
        """A turn of a minute to sync a live file, or a longer one. Raises `BeingSynced`."""
        asked = msgspec.json.encode(LeaseAsked(holder))
        return self._put_in(f"copies/{copy}/lease", asked, Lease)

    def release_lease(self, copy: str, holder: str) -> None:
        """End one's turn."""
        self._send("DELETE", f"copies/{copy}/lease", params={"holder": holder})

    def _look(self, path: str, kind: type[T], asked: Mapping[str, Any]) -> T:
        """What a server says that knows of all that was told."""
        known = {"min_seq": str(self.told.head)} if self.told.head else {}
        return self._get(path, kind, {**asked, **known})

    def _get(self, path: str, kind: type[T], asked: dict[str, str]) -> T:
        return self._read(self._send("GET", path, params=asked), kind)

    def _post(self, path: str, head: dict[str, Any], groups: Sequence[Sent]) -> wire.PushReply:
        bodies = [msgspec.Raw(sent.body.encode()) for sent in groups]
        content = msgspec.json.encode({**head, "groups": bodies})
        return self._put_in(path, content, wire.PushReply)

    def _put_in(self, path: str, content: bytes, kind: type[T]) -> T:
        headers = {"Content-Type": "application/json"}
        return self._read(self._send("POST", path, content=content, headers=headers), kind)

    def _send(self, method: str, path: str, **options: Any) -> httpx2.Response:
        """The reply; the same bytes again while the server is away or busy for a moment."""
        url = f"/v1/companies/{self.company}/{path}"
        reason: object = ""
        for wait in (*WAITS, None):
            try:
                reply = self.http.request(method, url, **options)
                if reply.status_code not in _BUSY:
                    return self._accepted(reply)
                reason = _problem(reply).get("titles") or f"HTTP {reply.status_code}"
            except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as wrong:
                raise WrongAddress(server=self.address) from wrong
            except httpx2.TransportError as lost:
                reason = _reason(lost)
            if wait is not None:
                self.sleep(wait)
        raise NoServer(server=self.address, reason=reason)

    def _accepted(self, reply: httpx2.Response) -> httpx2.Response:
        if reply.is_success:
            return reply
        raise self._error(reply.status_code, _problem(reply))

    def _error(self, status: int, problem: dict[str, Any]) -> AddinError:
        code, detail = str(problem.get("code", "")), str(problem.get("detail", ""))
        if status == 401:
            return WrongToken(server=self.address)
        if code == "lease_taken":
            return BeingSynced(by=problem.get("by", ""), until=problem.get("until", ""))
        if code in _RESYNC or status == 410:
            return Resync(reason=code or "410", why=WHY.get(code, AWAY).all())
        if code in _DRAFTS:
            return NoOpenDraft(reason=detail)
        if code in _STRANGE and status < 500 and status != 413:
            return NotOurServer(server=self.address, reason=f"HTTP {status}")
        if code == "not_allowed" or status == 403:
            return NotAllowed(reason=detail or "403")
        if status == 404:
            return WrongCompany(company=self.company, server=self.address)
        if status == 413:
            return TooLarge(key="", limit=problem.get("limit", ""))
        return ServerFault(server=self.address, reason=f"HTTP {status}. {detail}".strip())

    def _read(self, reply: httpx2.Response, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(reply.content, type=kind)
        except msgspec.MsgspecError as broken:
            raise NotOurServer(server=self.address, reason=str(broken)) from broken


def _reason(lost: httpx2.TransportError) -> dict[str, str]:
    """Why nothing came, in both languages: the system has words for it in its own one only."""
    for kind, words in REASONS.items():
        if isinstance(lost, kind):
            return words.all()
    return BROKEN.all()


def _problem(reply: httpx2.Response) -> dict[str, Any]:
    """The RFC 9457 problem in a reply; {} where something else answered (a proxy's page)."""
    try:
        found = msgspec.json.decode(reply.content)
    except msgspec.MsgspecError:
        return {}
    return found if isinstance(found, dict) else {}


def client(address: str, token: str) -> httpx2.Client:
    """An HTTP client for a server's address, signed in with a token.

    Raises `WrongToken` or `WrongAddress` for what can be none.
    """
    timeout = httpx2.Timeout(60.0, connect=10.0)
    if not (token.isascii() and token.isprintable()):
        raise WrongToken(server=address)
    headers = {"Authorization": f"Bearer {token}"}
    try:
        return httpx2.Client(base_url=address, headers=headers, timeout=timeout)
    except httpx2.InvalidURL as wrong:
        raise WrongAddress(server=address) from wrong
