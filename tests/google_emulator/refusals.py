"""The emulator says no in the words and the JSON shape that Google uses."""

from typing import Any

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class Refusal(Exception):
    """An answer other than 2xx; `body` overrides the usual Sheets error body."""

    def __init__(self, code: int, message: str, body: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.body = body if body is not None else error_body(code, message)


def error_body(code: int, message: str, details: list[Any] | None = None) -> dict[str, Any]:
    """Google's error body for Sheets."""
    error: dict[str, Any] = {"code": code, "message": message, "status": STATUS_NAMES[code]}
    return {"error": error | ({"details": details} if details else {})}


def drive_refusal(code: int, message: str, reason: str, domain: str = "global") -> Refusal:
    """Drive's older error body, with a list of errors and a reason."""
    error = {"message": message, "domain": domain, "reason": reason}
    return Refusal(code, message, {"error": {"errors": [error], "code": code, "message": message}})


def invalid(message: str) -> Refusal:
    """400: what was asked cannot be done."""
    return Refusal(400, message)


def not_found() -> Refusal:
    """404 of Sheets, in the recorded words."""
    return Refusal(404, "Requested entity was not found.")
