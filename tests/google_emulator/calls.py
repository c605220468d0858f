"""A call as the emulator sees it, and what it answers."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.google_emulator.refusals import invalid


@dataclass(frozen=True)
class Request:
    """One HTTP call; `query` holds each parameter's last value, `lists` all of them."""

    method: str
    path: str
    lists: dict[str, list[str]] = field(default_factory=dict)
    body: bytes = b""
    account: str = ""
    authorization: str = ""

    @property
    def query(self) -> dict[str, Any]:
        return {name: values[-1] for name, values in self.lists.items()}

    def json(self) -> dict[str, Any]:
        """The body's object; an absent body is an empty one."""
        try:
            told = json.loads(self.body or b"{}")
        except ValueError as unreadable:
            raise invalid("Invalid JSON payload received.") from unreadable
        if not isinstance(told, dict):
            raise invalid("Invalid JSON payload received. Root element must be a message.")
        return {name: _without_nulls(value) for name, value in told.items() if value is not None}


def _without_nulls(value: Any) -> Any:
    """A field that is null is an absent one; a null in a list of values means: leave the cell."""
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {name: _without_nulls(item) for name, item in value.items() if item is not None}
    return value


@dataclass(frozen=True)
class Answer:
    """What goes back; a text that is no JSON has its own media type."""

    code: int
    body: bytes = b""
    media: str = "application/json; charset=UTF-8"


def json_answer(told: dict[str, Any], code: int = 200) -> Answer:
    return Answer(code, json.dumps(told, ensure_ascii=False).encode())


def request_of(method: str, target: str, body: bytes, authorization: str) -> Request:
    """The call to a target such as `/v4/spreadsheets/ID/values/A1?fields=…`."""
    parts = urlsplit(target)
    # keep_blank_values: `pageToken=` is sent by gspread.
    lists = parse_qs(parts.query, keep_blank_values=True)
    return Request(method, unquote(parts.path), lists, body, authorization=authorization)
