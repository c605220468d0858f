"""The emulator as an HTTP server on Google's paths, with `/_emulator/…` for the test itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Lock, Thread
from urllib.parse import parse_qsl

from tests.google_emulator import drive_api, faults, human, sheets_api, tokens
from tests.google_emulator.book import Json
from tests.google_emulator.calls import Answer, Request, json_answer, request_of
from tests.google_emulator.refusals import Refusal, error_body, invalid, not_found
from tests.google_emulator.world import World


def answer(world: World, request: Request) -> Answer:
    """The answer to any call; a refusal is an answer too."""
    try:
        return _answer(world, request)
    except Refusal as refusal:
        return json_answer(refusal.body, refusal.code)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as unfit:
        # A call of a shape that nobody thought of: seen as the emulator's own fault.
        return json_answer(error_body(500, f"emulator: {unfit!r}"), 500)


def _answer(world: World, request: Request) -> Answer:
    if request.path == "/token":
        return json_answer(tokens.granted(world, dict(parse_qsl(request.body.decode()))))
    if request.path == "/o/oauth2/auth":
        return Answer(200, tokens.consent_page(request.query).encode(), "text/html")
    world.calls.append(f"{request.method} {request.path}")
    request = replace(request, account=tokens.caller(world, request.authorization))
    if request.path.startswith("/v4/spreadsheets"):
        return json_answer(sheets_api.answer(world, request))
    if request.path.startswith(("/drive/v3/", "/upload/drive/v2/")):
        return drive_api.answer(world, request)
    raise not_found()


# --- the test's own side -----------------------------------------------------------------


def _reset(world: World, body: Json) -> Json:
    world.reset()
    return {}


def _settings(world: World, body: Json) -> Json:
    world.configure(body)
    return vars(world.settings)


def _clock(world: World, body: Json) -> Json:
    world.ahead += body.get("advance", 0)
    return {"now": world.now().isoformat()}


def _faults(world: World, body: Json) -> Json:
    if body.get("clear"):
        world.faults.clear()
    faults.lay(world, body.get("faults", []))
    return {"left": world.faults}


def _calls(world: World, body: Json) -> Json:
    calls, world.calls = world.calls, []
    return {"calls": calls}


CONTROLS: dict[str, Callable[[World, Json], Json]] = {
    "reset": _reset,
    "settings": _settings,
    "clock": _clock,
    "faults": _faults,
    "calls": _calls,
    "human": human.done,
}


def controlled(world: World, request: Request) -> Answer:
    """`POST /_emulator/…`: never subject to faults, tokens or quotas."""
    control = CONTROLS.get(request.path.removeprefix("/_emulator/"))
    try:
        if control is None or request.method != "POST":
            raise not_found()
        return json_answer(control(world, request.json()))
    except Refusal as refusal:
        return json_answer(refusal.body, refusal.code)
    except (KeyError, TypeError) as unfit:
        return json_answer(invalid(f"{unfit!r}").body, 400)


# --- HTTP --------------------------------------------------------------------------------


class Handler(BaseHTTPRequestHandler):
    """Writes each answer in one go: two writes cost 40 ms of delayed acknowledgement."""

    protocol_version = "HTTP/1.1"
    world: World
    lock: Lock

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        authorization = self.headers.get("Authorization") or ""
        request = request_of(self.command, self.path, body, authorization)
        outcome = self._outcome(request)
        if outcome.answer is None:
            self.close_connection = True
        else:
            self._send(outcome.answer, outcome.half)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def _outcome(self, request: Request) -> faults.Outcome:
        if request.path.startswith("/_emulator/"):
            with self.lock:
                return faults.Outcome(controlled(self.world, request))
        with self.lock:
            fault = faults.taken(self.world, request)
        return faults.suffered(fault, lambda: self._answered(request))

    def _answered(self, request: Request) -> Answer:
        with self.lock:
            return answer(self.world, request)

    def _send(self, told: Answer, half: bool) -> None:
        reason = self.responses.get(told.code, ("",))[0]
        head = f"HTTP/1.1 {told.code} {reason}\r\nContent-Type: {told.media}\r\n"
        if told.code != 204:
            head += f"Content-Length: {len(told.body)}\r\n"
        body = told.body[: len(told.body) // 2] if half else told.body
        self.close_connection = self.close_connection or half
        self.wfile.write(head.encode() + b"\r\n" + body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a test's output is the test's."""


class Server(ThreadingHTTPServer):
    """Without the look-up of this machine's full name, which takes half a second."""

    daemon_threads = True

    def server_bind(self) -> None:
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])


def serving(world: World, port: int = 0) -> Server:
    """A server bound to this machine only; port 0 takes a free one."""
    handler = type("WorldHandler", (Handler,), {"world": world, "lock": Lock()})
    return Server(("127.0.0.1", port), handler)


@contextmanager
def running(world: World) -> Iterator[str]:
    """The emulator's address, for as long as the block runs."""
    with serving(world) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
