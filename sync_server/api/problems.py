"""Errors as RFC 9457 problems: one shape for every refusal of a request."""

from __future__ import annotations

import logging

import msgspec
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from sync_server.api.titles import titles
from sync_server.core.errors import BadRequest, ServerError

log = logging.getLogger("lajur.server")


def install(app: FastAPI) -> None:
    """Answers every exception with a problem."""
    app.add_exception_handler(ServerError, _server_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def problem(status: int, code: str, title: str, detail: str, **facts: object) -> Response:
    """One problem document."""
    body = {
        "type": f"/problems/{code}",
        "status": status,
        "code": code,
        "title": title,
        "detail": detail,
        **facts,
    }
    return Response(msgspec.json.encode(body), status, media_type="application/problem+json")


async def _server_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, ServerError)
    if error.status >= 500:
        log.error("%s: %s", error.code, error)
    facts = {"titles": titles(type(error)), **error.facts}
    reply = problem(error.status, error.code, error.title, str(error), **facts)
    if error.status == 503:
        reply.headers["Retry-After"] = "1"
    if error.status == 401:
        reply.headers["WWW-Authenticate"] = "Bearer"
    return reply


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    details = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
    said = titles(BadRequest)
    return problem(400, BadRequest.code, BadRequest.title, details, titles=said)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, f"http_{error.status_code}", str(error.detail), "")


async def _unforeseen(request: Request, error: Exception) -> Response:
    log.exception("unforeseen error in %s", request.url.path, exc_info=error)
    return problem(500, "server_error", ServerError.title, "The cause is in the server's log")
