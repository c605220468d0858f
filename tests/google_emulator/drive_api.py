"""The paths of Drive v3, and the one of v2 that imports a CSV text."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.google_emulator.book import Cell, Json, new_tab
from tests.google_emulator.calls import Answer, Request, json_answer
from tests.google_emulator.entered import typed_into
from tests.google_emulator.field_masks import parsed, shown
from tests.google_emulator.reading import told
from tests.google_emulator.refusals import drive_refusal
from tests.google_emulator.world import SPREADSHEET_TYPE, File, World

SHORT = "kind,id,name,mimeType"
ROLES = ("owner", "writer", "commenter", "reader")


def answer(world: World, request: Request) -> Answer:
    """The answer to a call under `/drive/v3` or `/upload/drive`."""
    for method, pattern, call in ROUTES:
        match = re.fullmatch(pattern, request.path)
        if match and method == request.method:
            result = call(world, request, *match.groups())
            return result if isinstance(result, Answer) else json_answer(result)
    raise drive_refusal(404, "Not Found", "notFound")


def moment(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03}Z"


def resource(world: World, file: File) -> Json:
    """The file as Drive tells it."""
    modified = file.modified(world.now(), world.settings.modified_time_lag)
    return {
        "kind": "drive#file",
        "id": file.book.id,
        "name": file.book.properties["title"],
        "mimeType": SPREADSHEET_TYPE,
        "createdTime": moment(file.created),
        "modifiedTime": moment(modified),
        "version": str(len(file.changes)),
        "trashed": False,
        "owners": [{"kind": "drive#user", "emailAddress": file.owner}],
    }


def _shown(told: Json, request: Request, usual: str) -> Json:
    result: Json = shown(told, parsed(request.query.get("fields") or usual))
    return result


def _file(world: World, request: Request, file_id: str, *roles: str) -> File:
    file = world.files.get(file_id)
    role = file.role(request.account) if file else None
    if file is None or role is None:
        raise drive_refusal(404, f"File not found: {file_id}.", "notFound")
    if roles and role not in roles:
        message = "The user does not have sufficient permissions for this file."
        raise drive_refusal(403, message, "insufficientFilePermissions")
    return file


def _create(world: World, request: Request) -> Json:
    asked = request.json()
    if asked.get("mimeType") != SPREADSHEET_TYPE:
        raise drive_refusal(400, "The emulator keeps spreadsheets only.", "invalid")
    file = world.create(asked.get("name", "Untitled"), request.account)
    return _shown(resource(world, file), request, SHORT)


def _get(world: World, request: Request, file_id: str) -> Json:
    return _shown(resource(world, _file(world, request, file_id)), request, SHORT)


def _update(world: World, request: Request, file_id: str) -> Json:
    file = _file(world, request, file_id, "owner", "writer")
    if "name" in request.json():
        file.book.properties["title"] = request.json()["name"]
        world.edited(file)
    return _shown(resource(world, file), request, SHORT)


def _delete(world: World, request: Request, file_id: str) -> Answer:
    _file(world, request, file_id, "owner")
    del world.files[file_id]
    return Answer(204)


def _list(world: World, request: Request) -> Json:
    files = [file for file in world.files.values() if file.role(request.account)]
    for name, quoted in re.findall(
        r"""(\w+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|true|false)""",
        request.query.get("q", ""),
    ):
        wanted = re.sub(r"\\(.)", r"\1", quoted.strip("'\""))
        files = [f for f in files if _told(resource(world, f).get(name)) == wanted]
    files.sort(key=lambda file: file.created, reverse=True)
    size, start = int(request.query.get("pageSize", 100)), int(request.query.get("pageToken") or 0)
    page = [resource(world, file) for file in files[start : start + size]]
    more = {"nextPageToken": str(start + size)} if start + size < len(files) else {}
    usual = f"kind,nextPageToken,files({SHORT})"
    return _shown({"kind": "drive#fileList", **more, "files": page}, request, usual)


def _told(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _copy(world: World, request: Request, file_id: str) -> Json:
    """A copy has the same sheet ids, named ranges and tags, and an id of its own."""
    source = _file(world, request, file_id)
    title = request.json().get("name") or f"Copy of {source.book.properties['title']}"
    made = world.create(title, request.account)
    copy = source.book.copied()
    copy.id, copy.properties["title"] = made.book.id, title
    made.book = copy
    return _shown(resource(world, made), request, SHORT)


def _export(world: World, request: Request, file_id: str) -> Answer:
    """CSV of the first tab; of any other type only the first bytes are like the real ones."""
    book = _file(world, request, file_id).book
    media = request.query.get("mimeType", "")
    if media == "application/pdf":
        return Answer(200, b"%PDF-1.4\n%%EOF\n", media)
    if media not in ("text/csv", "text/tab-separated-values"):
        raise drive_refusal(400, "The requested conversion is not supported.", "badRequest")
    tab = book.tabs[0]
    filled = [at for at, cell in tab.cells.items() if cell.filled]
    height, width = (max((at[n] + 1 for at in filled), default=0) for n in (0, 1))
    text = io.StringIO()
    lines = csv.writer(text, csv.excel if "csv" in media else csv.excel_tab)
    for r in range(height):
        lines.writerow([told(book, tab, (r, c), "FORMATTED_VALUE") for c in range(width)])
    return Answer(200, text.getvalue().removesuffix("\r\n").encode(), media)


def _import(world: World, request: Request, file_id: str) -> Json:
    """The whole spreadsheet becomes one tab, titled as the file, with the CSV's values."""
    file = _file(world, request, file_id, "owner", "writer")
    title = file.book.properties["title"]
    tab = new_tab(world.ids.randrange(1, 2**31 - 1), title)
    for r, line in enumerate(csv.reader(io.StringIO(request.body.decode()))):
        tab.grow(r + 1, len(line))
        for c, text in enumerate(line):
            if text:
                tab.put(r, c, typed_into(Cell(), text, file.book.properties["locale"]))
    file.book.tabs, file.book.named_ranges = [tab], []
    file.book.properties["timeZone"] = "America/Los_Angeles"
    world.edited(file)
    return {"kind": "drive#file", "id": file_id, "title": title, "mimeType": SPREADSHEET_TYPE}


# --- sharing -----------------------------------------------------------------------------


def _permission(address: str, role: str) -> Json:
    kind = "anyone" if address == "anyone" else "user"
    told: Json = {"kind": "drive#permission", "id": _permission_id(address), "type": kind}
    return told | {"role": role} | ({"emailAddress": address} if kind == "user" else {})


def _permission_id(address: str) -> str:
    if address == "anyone":
        return "anyoneWithLink"
    return str(int.from_bytes(address.encode(), "big") % 10**20).zfill(20)


def _shared_with(file: File) -> dict[str, str]:
    return {file.owner: "owner"} | file.roles


def _permissions(world: World, request: Request, file_id: str) -> Json:
    file = _file(world, request, file_id, "owner", "writer")
    items = [_permission(address, role) for address, role in _shared_with(file).items()]
    told = {"kind": "drive#permissionList", "permissions": items}
    return _shown(told, request, "kind,permissions(kind,id,type,role)")


def _share(world: World, request: Request, file_id: str) -> Json:
    file = _file(world, request, file_id, "owner", "writer")
    asked = request.json()
    address = "anyone" if asked.get("type") == "anyone" else asked.get("emailAddress")
    if not address or asked.get("role") not in ROLES:
        raise drive_refusal(400, "The permission's type, role or address is missing.", "invalid")
    if asked["role"] == "owner":
        raise drive_refusal(403, "Consent is required to transfer ownership.", "consentRequired")
    file.roles[address] = asked["role"]
    return _shown(_permission(address, asked["role"]), request, "kind,id,type,role")


def _unshare(world: World, request: Request, file_id: str, permission_id: str) -> Answer:
    file = _file(world, request, file_id, "owner", "writer")
    for address in list(file.roles):
        if _permission_id(address) == permission_id:
            del file.roles[address]
            return Answer(204)
    raise drive_refusal(404, f"Permission not found: {permission_id}.", "notFound")


def _comments(world: World, request: Request, file_id: str) -> Json:
    _file(world, request, file_id)
    return {"comments": []}


# --- what changed ------------------------------------------------------------------------


def _about(world: World, request: Request) -> Json:
    told = {"kind": "drive#about", "user": {"emailAddress": request.account}}
    return _shown(told, request, "kind")


def _start(world: World, request: Request) -> Json:
    return {"kind": "drive#startPageToken", "startPageToken": str(len(_seen(world)))}


def _seen(world: World) -> list[tuple[datetime, str]]:
    """Changes show in Drive only after the lag, as modifiedTime does."""
    lag, now = world.settings.modified_time_lag, world.now()
    return [item for item in world.changes if (now - item[0]).total_seconds() >= lag]


def _changes(world: World, request: Request) -> Json:
    seen = _seen(world)
    token = request.query.get("pageToken", "")
    if not token.isdecimal() or int(token) > len(seen):
        raise drive_refusal(400, "Invalid Value", "invalid")
    latest = {file_id: when for when, file_id in seen[int(token) :]}
    items = [
        {"kind": "drive#change", "fileId": i, "time": moment(t), "removed": i not in world.files}
        for i, t in latest.items()
        if i not in world.files or world.files[i].role(request.account)
    ]
    told = {"kind": "drive#changeList", "newStartPageToken": str(len(seen)), "changes": items}
    return _shown(told, request, "*")


Call = Callable[..., Json | Answer]
FILE = "/drive/v3/files/([^/]+)"
ROUTES: tuple[tuple[str, str, Call], ...] = (
    ("GET", "/drive/v3/about", _about),
    ("POST", "/drive/v3/files", _create),
    ("GET", "/drive/v3/files", _list),
    ("GET", FILE, _get),
    ("PATCH", FILE, _update),
    ("DELETE", FILE, _delete),
    ("POST", f"{FILE}/copy", _copy),
    ("GET", f"{FILE}/export", _export),
    ("GET", f"{FILE}/comments", _comments),
    ("GET", f"{FILE}/permissions", _permissions),
    ("POST", f"{FILE}/permissions", _share),
    ("DELETE", f"{FILE}/permissions/([^/]+)", _unshare),
    ("GET", "/drive/v3/changes/startPageToken", _start),
    ("GET", "/drive/v3/changes", _changes),
    ("PUT", "/upload/drive/v2/files/([^/]+)", _import),
)
