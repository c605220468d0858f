"""Imports only go down the floors; a failure names the module and what it may not import."""

import graphlib
import sys
from dataclasses import dataclass

import pytest

from tests.architecture.modules import PACKAGES, Module, product_modules, product_names


@dataclass(frozen=True)
class Floor:
    """What the modules below `name` may import; of several floors the longest name decides."""

    name: str
    ours: tuple[str, ...]
    but: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    pure: bool = False


BOOKS, RENDER = "workbook_templates.books", "workbook_templates.render"
CORE, STORAGE, POSTING = "sync_server.core", "sync_server.storage", "sync_server.posting"
TEMPLATES, SERVER_ERRORS = "workbook_templates", "sync_server.errors"
SQL = ("alembic", "msgspec", "psycopg", "sqlalchemy")
WEB = ("fastapi", "msgspec", "pydantic", "starlette")

FLOORS = (
    Floor(TEMPLATES, (TEMPLATES,), but=(BOOKS, RENDER)),
    Floor(BOOKS, (TEMPLATES,), but=(RENDER,), pure=True),
    Floor(RENDER, (TEMPLATES,), packages=("xlsxwriter",)),
    Floor(
        CORE,
        (CORE, TEMPLATES, SERVER_ERRORS),
        but=(BOOKS, RENDER),
        packages=("msgspec",),
        pure=True,
    ),
    Floor(STORAGE, (STORAGE, CORE, TEMPLATES, SERVER_ERRORS), but=(BOOKS, RENDER), packages=SQL),
    Floor(POSTING, (POSTING, CORE, TEMPLATES, SERVER_ERRORS), but=(RENDER,), packages=("msgspec",)),
    Floor(
        "sync_server.reports",
        ("sync_server.reports", CORE, STORAGE, POSTING, TEMPLATES, SERVER_ERRORS),
        packages=(*SQL, "pandas", "reportlab", "xlsxwriter"),
    ),
    Floor(
        "sync_server.api",
        ("sync_server", TEMPLATES),
        but=("sync_server.app", "sync_server.cli", "sync_server.web"),
        packages=WEB,
    ),
    Floor(
        "sync_server.web",
        ("sync_server", TEMPLATES),
        but=("sync_server.app", "sync_server.cli"),
        packages=WEB,
    ),
    Floor(
        "sync_server",
        ("sync_server", TEMPLATES),
        packages=(*SQL, *WEB, "argon2", "authlib", "rich", "typer", "uvicorn"),
    ),
    Floor(
        "addin.hosts",
        ("addin.hosts", "addin.errors", "addin.libreoffice"),
        packages=(
            *("google", "google_auth_oauthlib", "gspread", "oauthlib", "requests"),
            *("isal", "python_calamine", "xlwings"),
        ),
    ),
    Floor(
        "addin.libreoffice",
        ("addin.libreoffice",),
        packages=("com", "uno", "unohelper", "xlwings"),
    ),
    Floor(
        "addin",
        ("addin", TEMPLATES),
        packages=(*WEB, "httpx2", "keyring", "mt940", "rich", "typer", "uvicorn", "xlwings"),
    ),
)

# What would make a calculation depend on more than its arguments.
IMPURE = {
    "asyncio",
    "http",
    "multiprocessing",
    "os",
    "random",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib",
}


@pytest.mark.parametrize("module", product_modules(), ids=lambda module: module.name)
def test_a_module_imports_only_from_its_floor_and_below(module: Module) -> None:
    floor = _floor_of(module.name)
    refused = [name for name in module.imports if not _may_import(module.name, floor, name)]
    assert not refused, f"{module.name} stands on the floor {floor.name} and imports {refused}"


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_form_no_cycle(package: str) -> None:
    graph = {
        module.name: [name for name in module.imports if name in product_names() - {module.name}]
        for module in product_modules()
        if _under(module.name, package)
    }
    graphlib.TopologicalSorter(graph).prepare()


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("workbook_templates.schema", "pandas"),
        ("workbook_templates.schema", "workbook_templates.books.ledger"),
        ("workbook_templates.books.ledger.rules", "workbook_templates.books.payroll.rules"),
        ("workbook_templates.books.ledger.rules", "random"),
        ("sync_server.core.merge", "sqlalchemy"),
        ("sync_server.core.merge", "sync_server.storage"),
        ("sync_server.api.sync", "sqlalchemy"),
        ("sync_server.app", "addin.sync"),
        ("addin.sync", "sync_server.core"),
        ("addin.hosts.xlsx", "workbook_templates.schema"),
    ],
)
def test_the_floors_refuse_what_the_design_refuses(module: str, imported: str) -> None:
    assert not _may_import(module, _floor_of(module), imported)


def _floor_of(module: str) -> Floor:
    holding = (floor for floor in FLOORS if _under(module, floor.name))
    return max(holding, key=lambda floor: len(floor.name))


def _may_import(module: str, floor: Floor, name: str) -> bool:
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return not (floor.pure and top in IMPURE)
    if top not in PACKAGES:
        return top in floor.packages
    if _is_other_book(module, name):
        return False
    return _under_any(name, floor.ours) and not _under_any(name, floor.but)


def _is_other_book(module: str, name: str) -> bool:
    if not (module.startswith(f"{BOOKS}.") and name.startswith(f"{BOOKS}.")):
        return False
    return module.split(".")[2] != name.split(".")[2]


def _under_any(name: str, floors: tuple[str, ...]) -> bool:
    return any(_under(name, floor) for floor in floors)


def _under(name: str, floor: str) -> bool:
    return name == floor or name.startswith(f"{floor}.")
