"""Our client of Google's HTTP interface: gspread's, with our own pace, patience and errors.

gspread's methods (`batch_update`, `values_batch_get`, `fetch_sheet_metadata` and so on) all call
`request`, which is ours. Its own `BackOffHTTPClient` repeats appends and never gives up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from gspread.http_client import HTTPClient, ParamsType
from gspread.urls import (
    DRIVE_FILES_API_V3_URL,
    SPREADSHEET_BATCH_UPDATE_URL,
    SPREADSHEETS_API_V4_BASE_URL,
)

from addin.hosts.errors import HostError, SheetProtected
from addin.hosts.google import errors
from addin.hosts.google.pace import Pace

TIMEOUT_S = (10.0, 180.0)  # to connect, and for an answer: Google itself gives up after 180
SHEETS, DRIVE = "https://sheets.googleapis.com", "https://www.googleapis.com"
_READING_POSTS = (":search", ":getByDataFilter", ":batchGetByDataFilter")
_FILE_ID = re.compile(r"/(?:spreadsheets|files)/([\w-]+)")
_FAULTS = (500, 502, 503, 504)
_RATE_REASONS = ("rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED")
# What `requests` raises when a call did not even leave this machine.
_NOT_SENT = (requests.ConnectTimeout, requests.exceptions.SSLError)


@dataclass(frozen=True, slots=True)
class Api:
    """Where Google is asked; another address serves tests and relays."""

    sheets: str = SHEETS
    drive: str = DRIVE

    def address(self, endpoint: str) -> str:
        """The address of an endpoint that gspread wrote for Google's own hosts."""
        for own, address in ((SHEETS, self.sheets), (DRIVE, self.drive)):
            if endpoint.startswith(own):
                return address.rstrip("/") + endpoint.removeprefix(own)
        return endpoint


class SheetsClient(HTTPClient):
    """One account's calls. Raises `HostError`s only, most of them of `addin.hosts.google.errors`.

    Reading is repeated after a failure. Writing is repeated only when Google refused it for its
    number of requests, or never got it: else `EffectUnknown` leaves it to the caller to look first.
    """

    def __init__(
        self,
        session: requests.Session,
        pace: Pace | None = None,
        api: Api | None = None,
        account: str = "",
    ) -> None:
        super().__init__(None, session)  # type: ignore[arg-type] # no credentials beside a session
        self.pace, self.api, self.account = pace or Pace(), api or Api(), account
        self.timeout = TIMEOUT_S
        self.titles: dict[str, str] = {}  # of spreadsheets by their ids, for what is said

    def request(  # noqa: PLR0913 # gspread's own order and names
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,
        headers: Any = None,
    ) -> requests.Response:
        """One call, repeated as long as that is safe and patience lasts."""
        sending = {"params": params, "data": data, "json": json, "files": files, "headers": headers}
        call = _Call(self, method.upper(), endpoint, sending)
        began, attempt = self.pace.clock(), 0
        while True:
            try:
                return call.sent()
            except _Again as again:
                failure = again.error
            attempt += 1
            if not self.pace.pause(attempt, began):
                raise failure

    def modified(self, spreadsheet: str) -> str:
        """When Drive saw it change last, some three minutes late: only a hint that it did."""
        params: ParamsType = {"fields": "modifiedTime", "supportsAllDrives": True}
        told = self.request("get", f"{DRIVE_FILES_API_V3_URL}/{spreadsheet}", params=params).json()
        return str(told["modifiedTime"])

    def changed(
        self,
        spreadsheet: str,
        requests: Sequence[Mapping[str, Any]],
        ranges: Sequence[str],
        fields: str,
    ) -> dict[str, Any]:
        """Do all requests together; some fields of some ranges as they are right after that."""
        body = {"requests": list(requests), "responseRanges": list(ranges)}
        body |= {"includeSpreadsheetInResponse": True, "responseIncludeGridData": True}
        params: ParamsType = {"fields": f"updatedSpreadsheet({fields})", "prettyPrint": "false"}
        endpoint = SPREADSHEET_BATCH_UPDATE_URL % spreadsheet
        told = self.request("post", endpoint, params=params, json=body).json()
        return dict(told.get("updatedSpreadsheet", {}))

    def tags(self, spreadsheet: str, *keys: str) -> list[dict[str, Any]]:
        """The developer metadata with any of these keys."""
        lookups = [{"developerMetadataLookup": {"metadataKey": key}} for key in keys]
        endpoint = f"{SPREADSHEETS_API_V4_BASE_URL}/{spreadsheet}/developerMetadata:search"
        told = self.request("post", endpoint, json={"dataFilters": lookups}).json()
        found = told.get("matchedDeveloperMetadata", [])
        return [one["developerMetadata"] for one in found]


class _Again(Exception):
    """A call that may be repeated, and the error that it is when nobody repeats it."""

    def __init__(self, error: HostError) -> None:
        self.error = error


class _Call:
    """One call of a client."""

    def __init__(
        self, client: SheetsClient, method: str, endpoint: str, sending: dict[str, Any]
    ) -> None:
        self.client, self.method, self.endpoint, self.sending = client, method, endpoint, sending
        found = _FILE_ID.search(endpoint)
        self.name = client.titles.get(found[1], found[1]) if found else "Google Sheets"

    @property
    def reads(self) -> bool:
        """Whether it changes nothing at Google's."""
        return self.method == "GET" or self.endpoint.endswith(_READING_POSTS)

    def sent(self) -> requests.Response:
        """The answer, when it is a good one. Raises `_Again` or a `HostError`."""
        pace, address = self.client.pace, self.client.api.address(self.endpoint)
        (pace.reads if self.reads else pace.writes).take()
        sending = {name: value for name, value in self.sending.items() if value is not None}
        try:
            answer = self.client.session.request(
                self.method, address, timeout=self.client.timeout, **sending
            )
        except RefreshError as refused:
            raise self._not_signed_in(refused) from refused
        except GoogleAuthError as failed:  # nothing was sent yet: there is no token to send it with
            raise _Again(errors.GoogleOffline(name=self.name, reason=_reason(failed))) from failed
        except requests.RequestException as failed:
            raise self._lost(failed) from failed
        return self._judged(answer)

    def _not_signed_in(self, refused: RefreshError) -> Exception:
        """No token, so nothing was sent; what is no JSON was not said by Google's sign-in."""
        said = str(refused.args[0]) if refused.args else ""
        if refused.retryable or said.lstrip().startswith("<"):
            return _Again(errors.GoogleFault(name=self.name, reason="token"))
        return errors.SignInRefused(account=self.client.account, reason=said)

    def _lost(self, failed: requests.RequestException) -> Exception:
        """The connection broke, perhaps after Google had done what it was asked."""
        if self.reads or isinstance(failed, _NOT_SENT) or "refused" in str(failed):
            return _Again(errors.GoogleOffline(name=self.name, reason=_reason(failed)))
        return errors.EffectUnknown(name=self.name, reason=_reason(failed))

    def _judged(self, answer: requests.Response) -> requests.Response:
        if answer.ok:
            if answer.status_code == 204 or "/export" in self.endpoint or _is_json(answer):
                return answer
            raise self._faulty("HTML")  # of a proxy, or of a hotel's sign-in page
        told = _error(answer)
        code, reason = answer.status_code, told["message"]
        if code == 429 or (code == 403 and told["reason"] in _RATE_REASONS):
            raise _Again(errors.QuotaUsedUp(name=self.name))
        if code in _FAULTS:
            raise self._faulty(f"{code}: {reason}" if reason else f"{code}")
        raise self._refused(code, reason, told["reason"])

    def _faulty(self, reason: str) -> Exception:
        if self.reads:
            return _Again(errors.GoogleFault(name=self.name, reason=reason))
        return errors.EffectUnknown(name=self.name, reason=reason)

    def _refused(self, code: int, reason: str, kind: str) -> HostError:
        account = self.client.account or "-"
        if code == 403 and kind == "storageQuotaExceeded":
            return errors.StorageFull(account=account)
        if code == 401:
            return errors.SignInRefused(account=account, reason=reason)
        if code == 403:
            return errors.NotShared(name=self.name, account=account)
        if code == 404:
            return errors.SpreadsheetGone(name=self.name)
        if "protected cell" in reason:
            return SheetProtected(name=self.name, sheet="")
        if "10000000" in reason:
            return errors.TooManyCells(name=self.name)
        return errors.GoogleRefused(name=self.name, reason=reason or f"{code}")


def _reason(failed: Exception) -> str:
    """A short reason: what such an error says at length is for programmers."""
    return type(failed).__name__


def _is_json(answer: requests.Response) -> bool:
    return "json" in answer.headers.get("Content-Type", "")


def _error(answer: requests.Response) -> dict[str, str]:
    """What an answer says of an error, however it is spelled: nothing where it is no JSON."""
    try:
        told = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        return {"message": "", "reason": ""}
    if not isinstance(told, dict):
        return {"message": str(told), "reason": ""}
    details = [*told.get("errors", []), *told.get("details", [])]
    reasons = (one.get("reason") for one in details if isinstance(one, dict))
    return {"message": str(told.get("message", "")), "reason": next(filter(None, reasons), "")}
